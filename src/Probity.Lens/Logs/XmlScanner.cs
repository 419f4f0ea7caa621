using System.Buffers;
using System.Text;

namespace Probity.Lens.Logs;

/// <summary>
/// A forward scanner of XML 1.0 with namespaces, for big documents made of tags and attributes: it stops at each tag,
/// allocates nothing for it, and refuses what is not well-formed. Text is checked and, unless asked for, passed over. A DTD
/// is refused, so no entity can grow.
/// </summary>
internal sealed class XmlScanner(ByteWindow window)
{
    static readonly SearchValues<byte> Space = SearchValues.Create(" \t\r\n"u8);
    static readonly SearchValues<byte> DoubleQuoted = SearchValues.Create("\"<&\t\r\n"u8);
    static readonly SearchValues<byte> SingleQuoted = SearchValues.Create("'<&\t\r\n"u8);

    readonly Place[] _attributes = new Place[LogLimits.AttributesInTag];

    readonly XmlElements _open = new();
    byte[] _decoded = [];
    byte[] _text = [];
    int _textLength;
    int _attributeCount;
    int _tagLength;
    int _nameEnd;
    bool _plainName;
    bool _rootSeen;

    /// <summary>Whether the tag at hand begins an element; an element <c>&lt;x/&gt;</c> only begins.</summary>
    public bool IsStart { get; private set; }

    /// <summary>Whether the tag at hand is <c>&lt;x/&gt;</c>.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>How many elements enclose the one at hand: 0 for the root.</summary>
    public int Depth { get; private set; }

    /// <summary>The element's name with its prefix; right until the next <see cref="Read"/>, for a start only.</summary>
    public ReadOnlySpan<byte> Name => window.Data[1.._nameEnd];

    /// <summary>The same without its prefix.</summary>
    public ReadOnlySpan<byte> LocalName => Name[(Name.IndexOf((byte)':') + 1)..];

    /// <summary>Whether the text between two tags is kept, from the tag at hand on; XES has none that counts.</summary>
    public bool KeepsText { get; set; }

    /// <summary>The decoded text between the tag before and the tag at hand; right until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _textLength);

    /// <summary>Goes to the next tag; false once the root element has been closed and the text is at its end.</summary>
    public bool Read()
    {
        window.Advance(_tagLength);
        _tagLength = _textLength = 0;
        while (PassText())
        {
            var length = Markup(out var isTag);
            if (length == 0)
            {
                if (!window.Grow()) throw Cut();
            }
            else if (isTag)
            {
                _tagLength = length;
                return true;
            }
            else
            {
                window.Advance(length);
            }
        }

        return false;
    }

    /// <summary>The decoded value of an attribute of the start tag at hand, right until the next call.</summary>
    public bool TryAttribute(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var data = window.Data;
        for (var i = 0; i < _attributeCount; i++)
        {
            ref var a = ref _attributes[i];
            if (!data[a.Name..a.NameEnd].SequenceEqual(name)) continue;
            value = data[a.Value..a.ValueEnd];
            if (a.Raw) value = Decode(value);
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>The same for an attribute that has a prefix, whichever it is, and this name after it.</summary>
    public bool TryPrefixed(ReadOnlySpan<byte> local, out ReadOnlySpan<byte> value)
    {
        var data = window.Data;
        for (var i = 0; i < _attributeCount; i++)
        {
            ref var a = ref _attributes[i];
            var name = data[a.Name..a.NameEnd];
            if (!name.EndsWith(local) || name.Length == local.Length || name[^(local.Length + 1)] != ':') continue;
            value = a.Raw ? Decode(data[a.Value..a.ValueEnd]) : data[a.Value..a.ValueEnd];
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>The error at the tag at hand.</summary>
    public BadInputException Fault(string what) => window.Fault(0, what);

    /// <summary>Checks the text before the next tag and goes to it; false at the end of the document.</summary>
    bool PassText()
    {
        // Nearly always a line break and some indent; a loop is quicker over those than a vector.
        var data = window.Data;
        var space = SkipSpace(data, 0);
        if (space < data.Length && data[space] == '<' && _open.Count > 0)
        {
            if (KeepsText) Keep(data[..space], references: true);
            window.Advance(space);
            return true;
        }

        var length = data.IndexOf((byte)'<');
        while (length < 0)
        {
            var searched = window.Data.Length;
            if (!window.Grow()) break;
            length = window.Data[searched..].IndexOf((byte)'<');
            if (length >= 0) length += searched;
        }

        var text = length < 0 ? window.Data : window.Data[..length];
        if (text.ContainsAnyExcept(Space)) CheckText(text);
        if (length >= 0)
        {
            if (KeepsText && _open.Count > 0) Keep(text, references: true);
            window.Advance(length);
            return true;
        }

        if (_open.Count > 0) throw Cut();
        if (!_rootSeen) throw window.Fault(0, "no XML element in it");
        return false;
    }

    void CheckText(ReadOnlySpan<byte> text)
    {
        if (_open.Count == 0)
            throw window.Fault(text.IndexOfAnyExcept(Space), _rootSeen ? "text after the end of the document" : "text before the first tag; this is no XML");
        var end = text.IndexOf("]]>"u8);
        if (end >= 0) throw window.Fault(end, "']]>' outside a CDATA section");
        for (var at = text.IndexOf((byte)'&'); at >= 0 && at < text.Length;)
        {
            if (!XmlNames.TryReference(text[at..], out _, out var length)) throw Reference(at);
            var next = text[(at += length)..].IndexOf((byte)'&');
            if (next < 0) return;
            at += next;
        }
    }

    /// <summary>The length of the markup that begins here, or 0 while it is not all at hand.</summary>
    int Markup(out bool isTag)
    {
        var data = window.Data;
        isTag = false;
        if (data.Length < 2) return 0;
        switch (data[1])
        {
            case (byte)'!': return Declaration(data);
            case (byte)'?': return Instruction(data);
            case (byte)'/':
                isTag = true;
                return EndTag(data);
            default:
                isTag = true;
                return StartTag(data);
        }
    }

    int Declaration(ReadOnlySpan<byte> data)
    {
        if (data.Length < 9 && window.Grow()) data = window.Data;
        if (data.StartsWith("<!--"u8))
        {
            var end = data[4..].IndexOf("--"u8);
            if (end < 0 || data.Length < end + 7) return 0;
            return data[end + 6] == '>' ? end + 7 : throw window.Fault(end + 4, "'--' inside a comment");
        }

        if (data.StartsWith("<![CDATA["u8))
        {
            if (_open.Count == 0) throw window.Fault(0, "CDATA outside the root element");
            var end = data.IndexOf("]]>"u8);
            if (end < 0) return 0;
            if (KeepsText) Keep(data[9..end], references: false);
            return end + 3;
        }

        throw window.Fault(0, data.StartsWith("<!DOCTYPE"u8)
            ? "a document type definition (DOCTYPE); an event log needs none, and it can be used to attack: take it out"
            : "a declaration that XML does not know here");
    }

    int Instruction(ReadOnlySpan<byte> data)
    {
        var end = data[2..].IndexOf("?>"u8);
        if (end < 0) return 0;
        var body = data.Slice(2, end);
        var nameEnd = XmlNames.End(body, 0);
        var target = body[..nameEnd];
        if (!XmlNames.IsName(target) || target.Contains((byte)':') || (nameEnd < body.Length && !Space.Contains(body[nameEnd])))
            throw window.Fault(0, "a processing instruction without a proper name");
        if (Ascii.EqualsIgnoreCase(target, "xml"u8))
        {
            if (window.Offset > 0) throw window.Fault(0, "an XML declaration that is not at the very beginning");
            XmlDeclaration.Check(window, body);
        }

        return end + 4;
    }

    int EndTag(ReadOnlySpan<byte> data)
    {
        var nameEnd = XmlNames.End(data, 2);
        var end = SkipSpace(data, nameEnd);
        if (end == data.Length) return 0;
        if (data[end] != '>') throw window.Fault(0, "an end tag that is not closed");
        var name = data[2..nameEnd];
        if (_open.Count == 0 || !name.SequenceEqual(_open.Top))
        {
            throw window.Fault(0, _open.Count == 0
                ? $"</{Show(name)}> ends nothing"
                : $"</{Show(name)}> where </{Show(_open.Top)}> should be");
        }

        _open.Pop();
        (IsStart, IsEmpty, Depth) = (false, false, _open.Count);
        return end + 1;
    }

    int StartTag(ReadOnlySpan<byte> data)
    {
        _attributeCount = 0;
        var at = _nameEnd = XmlNames.End(data, 1, out _plainName);
        if (at == data.Length) return 0;
        if (at == 1) throw window.Fault(0, "a tag without a proper name; write &lt; for the sign itself");
        while (true)
        {
            var next = SkipSpace(data, at);
            if (next + 1 >= data.Length && (next == data.Length || data[next] == '/')) return 0;
            if (data[next] == '>') return Begin(data, next + 1, empty: false);
            if (data[next] == '/')
            {
                if (data[next + 1] != '>') throw window.Fault(next, "'/' inside a tag");
                return Begin(data, next + 2, empty: true);
            }

            if (next == at) throw window.Fault(at, "a character that may not stand in a tag here");
            if ((at = Attribute(data, next)) == 0) return 0;
        }
    }

    /// <summary>Takes the attribute that begins at <paramref name="at"/>; the position after it, or 0 if it is not all at hand.</summary>
    int Attribute(ReadOnlySpan<byte> data, int at)
    {
        var nameEnd = XmlNames.End(data, at, out var plain);
        var equals = SkipSpace(data, nameEnd);
        if (equals == data.Length) return 0;
        if (data[equals] != '=') throw window.Fault(at, "an attribute without '='");
        var open = SkipSpace(data, equals + 1);
        if (open == data.Length) return 0;
        var quote = data[open];
        if (quote is not ((byte)'"' or (byte)'\'')) throw window.Fault(open, "an attribute's value without quotes");
        var stops = quote == '"' ? DoubleQuoted : SingleQuoted;
        var raw = false;
        var end = open + 1;
        while (true)
        {
            var stop = data[end..].IndexOfAny(stops);
            if (stop < 0) return 0;
            end += stop;
            if (data[end] == quote) break;
            if (data[end] == '<') throw window.Fault(end, "'<' inside an attribute's value; a quote is missing, or write &lt;");
            raw = true;
            if (data[end] != '&')
            {
                end++;
            }
            else if (XmlNames.TryReference(data[end..], out _, out var length))
            {
                end += length;
            }
            else
            {
                // A reference may be cut off by the end of the window, and then is none yet.
                if (data.Length - end < 16 && !data[end..].Contains((byte)'>')) return 0;
                throw Reference(end);
            }
        }

        if (_attributeCount == _attributes.Length) throw window.Fault(0, $"a tag with more than {LogLimits.AttributesInTag} attributes");
        _attributes[_attributeCount++] = new Place(at, nameEnd, open + 1, end, raw, plain);
        return end + 1;
    }

    int Begin(ReadOnlySpan<byte> data, int length, bool empty)
    {
        var name = data[1.._nameEnd];
        if (_open.Count == 0 && _rootSeen) throw window.Fault(0, "a second root element");
        if (_open.Count == LogLimits.Depth) throw window.Fault(0, $"tags nested more than {LogLimits.Depth} deep; no event log is");
        if (!_plainName && !XmlNames.IsName(name)) throw window.Fault(0, "a tag without a proper name");
        for (var i = 0; i < _attributeCount; i++) CheckAttribute(data, i);
        if (_open.HasPrefixes || (!_plainName && name.Contains((byte)':'))) CheckPrefixes(data, name);
        _rootSeen = true;
        (IsStart, IsEmpty, Depth) = (true, empty, _open.Count);
        if (empty) _open.ForgetPrefixes();
        else _open.Push(name);
        return length;
    }

    void CheckAttribute(ReadOnlySpan<byte> data, int number)
    {
        var (nameStart, nameEnd, value, valueEnd, _, plain) = _attributes[number];
        var name = data[nameStart..nameEnd];
        if (!plain && !XmlNames.IsName(name)) throw window.Fault(nameStart, "an attribute without a proper name");
        for (var i = 0; i < number; i++)
        {
            if (data[_attributes[i].Name.._attributes[i].NameEnd].SequenceEqual(name))
                throw window.Fault(nameStart, $"the attribute {Show(name)} twice in one tag");
        }

        if (plain || !name.Contains((byte)':')) return;
        if (name.StartsWith("xmlns:"u8))
        {
            if (value == valueEnd) throw window.Fault(nameStart, "a namespace prefix bound to nothing");
            _open.Declare(name[6..]);
        }
        else
        {
            _open.HasPrefixes = true;
        }
    }

    void CheckPrefixes(ReadOnlySpan<byte> data, ReadOnlySpan<byte> name)
    {
        CheckPrefix(name);
        for (var i = 0; i < _attributeCount; i++) CheckPrefix(data[_attributes[i].Name.._attributes[i].NameEnd]);
    }

    void CheckPrefix(ReadOnlySpan<byte> name)
    {
        var colon = name.IndexOf((byte)':');
        if (colon > 0 && !_open.IsDeclared(name[..colon]))
            throw window.Fault(0, $"the namespace prefix {Show(name[..colon])} is declared nowhere");
    }

    ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> value)
    {
        if (_decoded.Length < value.Length) _decoded = new byte[Math.Max(256, value.Length)];
        return _decoded.AsSpan(0, XmlNames.Decode(value, _decoded));
    }

    void Keep(ReadOnlySpan<byte> text, bool references)
    {
        var needed = _textLength + text.Length;
        if (needed > LogLimits.Run) throw window.Fault(0, $"a text longer than {LogLimits.Run >> 20} MiB");
        if (_text.Length < needed) Array.Resize(ref _text, Math.Max(256, needed * 2));
        _textLength += XmlNames.DecodeText(text, _text.AsSpan(_textLength), references);
    }

    static int SkipSpace(ReadOnlySpan<byte> data, int at)
    {
        while ((uint)at < (uint)data.Length && data[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
        return at;
    }

    BadInputException Reference(int at) =>
        window.Fault(at, "'&' that begins no reference XML knows (&amp; &lt; &gt; &quot; &apos; &#N;); write &amp; for the sign itself");

    BadInputException Cut() => window.Fault(window.Data.Length, _open.Count == 0
        ? "the document ends inside its first tag; it is cut short: fetch it again"
        : $"the document ends before </{Show(_open.Top)}>; it is cut short: fetch it again");

    static string Show(ReadOnlySpan<byte> name) => LogText.Show(Encoding.UTF8.GetString(name));

    /// <summary>Where an attribute lies in the window, whether its value must be decoded and its name is plain.</summary>
    readonly record struct Place(int Name, int NameEnd, int Value, int ValueEnd, bool Raw, bool Plain);
}
