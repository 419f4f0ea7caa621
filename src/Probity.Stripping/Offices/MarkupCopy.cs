using System.Text;
using System.Xml;

namespace Probity.Stripping.Offices;

/// <summary>Copies XML as a stream, with a say on each element, attribute and text. Comments and instructions are left out; a DTD is refused.</summary>
internal abstract class MarkupCopy(StripJob job)
{
    const string Declarations = "http://www.w3.org/2000/xmlns/";

    protected enum Verdict
    {
        Keep,
        Drop,

        /// <summary>What is in it stays, without it.</summary>
        Unwrap,

        /// <summary>It stays, without attributes, if an element in it does.</summary>
        KeepIfFilled,

        /// <summary>It holds text alone, and whether it stays depends on that: <see cref="KeepsText"/> says so.</summary>
        ByText,
    }

    sealed record Open(Verdict Verdict, string Prefix, string Name, string Space)
    {
        public bool Written { get; set; }
    }

    protected StripJob Job => job;

    public byte[] Make(byte[] markup)
    {
        using var to = new MemoryStream();
        using (var reader = XmlReader.Create(new MemoryStream(markup), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true }))
        using (var writer = XmlWriter.Create(to, new() { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.Entitize }))
        {
            var open = new Stack<Open>();
            writer.WriteStartDocument(standalone: true);
            for (reader.Read(); !reader.EOF;)
            {
                switch (reader.NodeType)
                {
                    case XmlNodeType.Element:
                        Start(reader, writer, open);
                        continue;
                    case XmlNodeType.EndElement:
                        if (open.Pop() is { Written: true })
                            writer.WriteEndElement();
                        break;
                    case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when open.Count > 0 && open.Peek().Verdict != Verdict.KeepIfFilled:
                        if (Text(open.Peek().Name, reader.Value) is { Length: > 0 } text)
                            writer.WriteString(text);
                        break;
                }
                reader.Read();
            }
        }
        job.CountUnpacked(to.Length);
        return to.ToArray();
    }

    void Start(XmlReader reader, XmlWriter writer, Stack<Open> open)
    {
        job.RequireDepth(reader.Depth);
        // The outermost element of a VML drawing is in no namespace.
        var verdict = Known(reader.NamespaceURI) || reader is { Depth: 0, NamespaceURI: "", LocalName: "xml" } ? Element(reader, open.Count == 0 ? "" : open.Peek().Name) : Verdict.Drop;
        if (verdict == Verdict.Drop)
        {
            // Of the outermost element nothing would be left.
            if (open.Count == 0)
                throw CannotStripException.Malformed;
            reader.Skip();
            return;
        }
        if (verdict == Verdict.ByText)
        {
            ByText(reader, writer);
            return;
        }
        var element = new Open(verdict, reader.Prefix, reader.LocalName, reader.NamespaceURI);
        var empty = reader.IsEmptyElement;
        if (verdict == Verdict.Keep)
        {
            foreach (var outer in open.Where(o => o is { Verdict: Verdict.KeepIfFilled, Written: false }).Reverse())
            {
                writer.WriteStartElement(outer.Prefix, outer.Name, outer.Space);
                outer.Written = true;
            }
            writer.WriteStartElement(element.Prefix, element.Name, element.Space);
            element.Written = true;
            Attributes(reader, writer, element);
        }
        if (!empty)
            open.Push(element);
        else if (element.Written)
            writer.WriteEndElement();
        reader.Read();
    }

    void ByText(XmlReader reader, XmlWriter writer)
    {
        var (prefix, name, space) = (reader.Prefix, reader.LocalName, reader.NamespaceURI);
        List<(string Prefix, string Name, string Space, string Value)> attributes = [];
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI != Declarations && (reader.NamespaceURI.Length == 0 || Known(reader.NamespaceURI)) && Attribute(space, name, reader) is { } value)
                attributes.Add((reader.Prefix, reader.LocalName, reader.NamespaceURI, value));
        }
        reader.MoveToElement();
        // An element in it is not of the format, and ends the copy.
        var text = reader.ReadElementContentAsString();
        if (!KeepsText(name, text, attributes.ToDictionary(a => a.Name, a => a.Value)))
            return;
        writer.WriteStartElement(prefix, name, space);
        foreach (var attribute in attributes)
            writer.WriteAttributeString(attribute.Prefix, attribute.Name, attribute.Space, attribute.Value);
        writer.WriteString(text);
        writer.WriteEndElement();
    }

    void Attributes(XmlReader reader, XmlWriter writer, Open element)
    {
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI == Declarations)
            {
                if (Known(reader.Value))
                    writer.WriteAttributeString(reader.Prefix, reader.LocalName, Declarations, reader.Value);
            }
            else if ((reader.NamespaceURI.Length == 0 || Known(reader.NamespaceURI)) && Attribute(element.Space, element.Name, reader) is { } value)
            {
                writer.WriteAttributeString(reader.Prefix, reader.LocalName, reader.NamespaceURI, value);
            }
        }
        reader.MoveToElement();
    }

    /// <summary>Whether a namespace is one of the format's: what belongs to another is left out.</summary>
    protected abstract bool Known(string space);

    protected abstract Verdict Element(XmlReader at, string parent);

    /// <returns>The value to write, or null to leave the attribute out.</returns>
    protected abstract string? Attribute(string space, string element, XmlReader at);

    protected virtual string Text(string element, string text) => text;

    /// <summary>Whether an element stays that holds text alone.</summary>
    protected virtual bool KeepsText(string element, string text, Dictionary<string, string> attributes) => true;
}
