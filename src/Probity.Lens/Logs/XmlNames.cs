using System.Text;
using System.Xml;

namespace Probity.Lens.Logs;

/// <summary>Names and references of XML 1.0, on UTF-8 bytes: the grammar's small rules, apart from the loop that scans.</summary>
internal static class XmlNames
{
    const byte Simple = 1;
    const byte Special = 3;

    /// <summary>
    /// The bytes that may stand in a name: simple ones, and those that need a closer look by <see cref="IsName"/>, which
    /// are the colon and all beyond ASCII.
    /// </summary>
    static readonly byte[] Kinds =
    [
        .. Enumerable.Range(0, 256).Select(b => b >= 0x80 || b == ':' ? Special
            : char.IsAsciiLetterOrDigit((char)b) || b is '.' or '-' or '_' ? Simple : (byte)0),
    ];

    /// <summary>Where the run of name bytes that begins at <paramref name="from"/> ends.</summary>
    public static int End(ReadOnlySpan<byte> text, int from) => End(text, from, out _);

    /// <summary>
    /// The same, and whether the run is a name for certain, without a prefix: nearly all are, and need no closer look.
    /// </summary>
    public static int End(ReadOnlySpan<byte> text, int from, out bool plain)
    {
        var kinds = Kinds;
        var seen = 0;
        var at = from;
        for (; (uint)at < (uint)text.Length; at++)
        {
            var kind = kinds[text[at]];
            if (kind == 0) break;
            seen |= kind;
        }

        plain = seen == Simple && (char.IsAsciiLetter((char)text[from]) || text[from] == '_');
        return at;
    }

    /// <summary>A name as Namespaces in XML has it: one or two parts, with one colon between.</summary>
    public static bool IsName(ReadOnlySpan<byte> name)
    {
        var colon = name.IndexOf((byte)':');
        return colon < 0 ? IsPart(name) : IsPart(name[..colon]) && IsPart(name[(colon + 1)..]);
    }

    static bool IsPart(ReadOnlySpan<byte> part)
    {
        if (part.IsEmpty || part[0] is >= (byte)'0' and <= (byte)'9' or (byte)'-' or (byte)'.' || part.Contains((byte)':')) return false;
        return Ascii.IsValid(part) || IsPart(Encoding.UTF8.GetString(part));
    }

    static bool IsPart(string part) => XmlConvert.IsStartNCNameChar(part[0]) && part.All(XmlConvert.IsNCNameChar);

    /// <summary>
    /// The character of a reference, <paramref name="text"/> beginning at its ampersand, and how many bytes it takes.
    /// Only the five entities that need no DTD exist.
    /// </summary>
    public static bool TryReference(ReadOnlySpan<byte> text, out Rune character, out int length)
    {
        character = default;
        var end = text[..Math.Min(text.Length, 16)].IndexOf((byte)';');
        length = end + 1;
        if (end < 2) return false;
        var body = text[1..end];
        if (body[0] == '#') return TryNumber(body[1..], out character);
        var found = body.SequenceEqual("amp"u8) ? '&' : body.SequenceEqual("lt"u8) ? '<' : body.SequenceEqual("gt"u8) ? '>'
            : body.SequenceEqual("quot"u8) ? '"' : body.SequenceEqual("apos"u8) ? '\'' : '\0';
        character = new Rune(found);
        return found != '\0';
    }

    static bool TryNumber(ReadOnlySpan<byte> digits, out Rune character)
    {
        character = default;
        var hex = digits is [(byte)'x', ..];
        if (hex) digits = digits[1..];
        if (digits.IsEmpty) return false;
        var value = 0;
        foreach (var d in digits)
        {
            var digit = hex ? char.IsAsciiHexDigit((char)d) ? Convert.ToInt32(((char)d).ToString(), 16) : -1 : char.IsAsciiDigit((char)d) ? d - '0' : -1;
            if (digit < 0) return false;
            value = (value * (hex ? 16 : 10)) + digit;
            if (value > 0x10FFFF) return false;
        }

        return Rune.TryCreate(value, out character)
            && (value is '\t' or '\n' or '\r' || (value >= 0x20 && value is not (0xFFFE or 0xFFFF)));
    }

    /// <summary>An attribute's value with its references resolved and its white space made spaces (XML 1.0, 3.3.3).</summary>
    public static int Decode(ReadOnlySpan<byte> raw, Span<byte> target)
    {
        var written = 0;
        for (var at = 0; at < raw.Length;)
        {
            if (raw[at] == '&' && TryReference(raw[at..], out var character, out var length))
            {
                written += character.EncodeToUtf8(target[written..]);
                at += length;
                continue;
            }

            // A line break of two bytes is one character, and so one space.
            if (raw[at] == '\r' && at + 1 < raw.Length && raw[at + 1] == '\n') at++;
            target[written++] = raw[at] is (byte)'\t' or (byte)'\n' or (byte)'\r' ? (byte)' ' : raw[at];
            at++;
        }

        return written;
    }

    /// <summary>Text with its line breaks made one character (XML 1.0, 2.11) and, outside CDATA, its references resolved.</summary>
    public static int DecodeText(ReadOnlySpan<byte> text, Span<byte> target, bool references)
    {
        var written = 0;
        for (var at = 0; at < text.Length;)
        {
            if (references && text[at] == '&' && TryReference(text[at..], out var character, out var length))
            {
                written += character.EncodeToUtf8(target[written..]);
                at += length;
                continue;
            }

            var isReturn = text[at] == '\r';
            if (isReturn && at + 1 < text.Length && text[at + 1] == '\n') at++;
            target[written++] = isReturn ? (byte)'\n' : text[at];
            at++;
        }

        return written;
    }
}
