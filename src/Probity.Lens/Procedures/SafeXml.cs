using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Probity.Lens.Procedures;

/// <summary>Reads XML from strangers: no document type, no outside references, bounded size and depth.</summary>
internal static class SafeXml
{
    /// <summary>Far more than a drawn procedure needs (the largest published BPMN models have a few megabytes).</summary>
    const long MaxCharacters = 64L << 20;

    /// <summary>Above any nesting that editors write; keeps a tower of tags from exhausting the stack.</summary>
    const int MaxDepth = 128;

    /// <summary>Attributes of one tag; each is compared with all before it.</summary>
    const int MaxAttributes = 1_000;

    const string Declarations = "http://www.w3.org/2000/xmlns/";

    /// <summary>The document's root element.</summary>
    /// <exception cref="XmlException">Not well-formed, or it has a document type or too many characters.</exception>
    /// <exception cref="BadInputException">Nested too deeply, or a tag with too many attributes.</exception>
    public static XElement Load(Stream input)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxCharacters,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        using var reader = XmlReader.Create(input, settings);
        XElement? root = null;
        XElement? open = null;
        var text = new StringBuilder(); // A text may come in many pieces; added one by one, each would copy all before it.
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (reader.Depth > MaxDepth)
                        throw new BadInputException($"tags are nested more than {MaxDepth} deep; this is no drawn procedure.");
                    AddText(open, text);
                    var element = Start(reader);
                    if (open is null) root = element;
                    else open.Add(element);
                    if (!reader.IsEmptyElement) open = element;
                    break;
                case XmlNodeType.EndElement:
                    AddText(open, text);
                    open = open!.Parent;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    text.Append(reader.Value);
                    break;
            }
        }

        return root!;
    }

    /// <summary>A value from the file made fit for a one-line message.</summary>
    public static string Show(string? value)
    {
        var text = OneLine(value ?? "");
        return text.Length <= 60 ? text : text[..57] + "...";
    }

    /// <summary>Joins lines and drops control characters, which could rewrite a terminal.</summary>
    public static string OneLine(string text) =>
        string.Create(text.Length, text, static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++) to[i] = char.IsControl(from[i]) ? ' ' : from[i];
        });

    static void AddText(XElement? open, StringBuilder text)
    {
        if (text.Length == 0) return;
        open!.Add(text.ToString());
        text.Clear();
    }

    static XElement Start(XmlReader reader)
    {
        if (reader.AttributeCount > MaxAttributes)
            throw new BadInputException($"a tag has more than {MaxAttributes:N0} attributes; this is no drawn procedure.");
        var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI == Declarations) continue; // The reader has resolved them already.
            element.SetAttributeValue(XName.Get(reader.LocalName, reader.NamespaceURI), reader.Value);
        }

        reader.MoveToElement();
        return element;
    }
}
