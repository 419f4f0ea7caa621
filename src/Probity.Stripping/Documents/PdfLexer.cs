using System.Globalization;
using System.Text;

namespace Probity.Stripping.Documents;

/// <summary>Reads values from the bytes of a PDF or of a page's content (ISO 32000-1, 7.2 and 7.3).</summary>
internal sealed class PdfLexer(ReadOnlyMemory<byte> file, StripJob job, int at = 0)
{
    // The longest name that readers must take is 127 bytes; no operator or number comes near it.
    const int LongestWord = 512;

    public int At { get; set; } = at;

    public bool AtEnd
    {
        get
        {
            SkipSpace();
            return At >= file.Length;
        }
    }

    public static bool IsSpace(byte b) => b is 0 or 9 or 10 or 12 or 13 or 32;

    static bool IsDelimiter(byte b) => b is (byte)'(' or (byte)')' or (byte)'<' or (byte)'>' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' or (byte)'/' or (byte)'%';

    /// <summary>Reads a value; a word that is no value is a <see cref="PdfWord"/>.</summary>
    /// <param name="references">Whether "1 0 R" stands for an object, as it does anywhere but in content.</param>
    /// <param name="depth">How deep in arrays and dictionaries it lies.</param>
    public PdfValue? Read(bool references = true, int depth = 0)
    {
        job.RequireDepth(depth);
        SkipSpace();
        var bytes = file.Span;
        switch (bytes[At])
        {
            case (byte)'/':
                At++;
                return new PdfName(NameText());
            case (byte)'(':
                return new PdfString(Literal());
            case (byte)'[':
                At++;
                List<PdfValue?> items = [];
                while (!Take("]"u8))
                    items.Add(Item(references, depth));
                return new PdfArray(items);
            case (byte)'<' when bytes[At + 1] == '<':
                At += 2;
                Dictionary<string, PdfValue?> entries = [];
                while (!Take(">>"u8))
                {
                    if (Item(references, depth) is not PdfName key)
                        throw CannotStripException.Malformed;
                    entries[key.Text] = Item(references, depth);
                }
                return new PdfDict(entries);
            case (byte)'<':
                return new PdfString(Hex());
        }
        var word = Word();
        if (word is "null")
            return null;
        if (word[0] is not ((>= '0' and <= '9') or '+' or '-' or '.'))
            return new PdfWord(word);
        return references && word.All(char.IsAsciiDigit) && Reference(word) is { } reference ? reference : Number(word);
    }

    PdfValue? Item(bool references, int depth) => Read(references, depth + 1) is var item and not PdfWord { Text: not ("true" or "false") } ? item : throw CannotStripException.Malformed;

    /// <summary>Steps over something that may stand here.</summary>
    public bool Take(ReadOnlySpan<byte> expected)
    {
        SkipSpace();
        if (!file.Span[At..].StartsWith(expected))
            return false;
        At += expected.Length;
        return true;
    }

    /// <exception cref="CannotStripException">It does not stand here.</exception>
    public void Require(ReadOnlySpan<byte> expected)
    {
        if (!Take(expected))
            throw CannotStripException.Malformed;
    }

    public int Whole() => Read(references: false) is PdfNumber number && number.Whole >= 0 ? number.Whole : throw CannotStripException.Malformed;

    void SkipSpace()
    {
        var bytes = file.Span;
        while (At < bytes.Length)
        {
            if (bytes[At] == '%')
            {
                var end = bytes[At..].IndexOfAny((byte)'\r', (byte)'\n');
                At = end < 0 ? bytes.Length : At + end;
            }
            else if (IsSpace(bytes[At]))
            {
                At++;
            }
            else
            {
                return;
            }
        }
    }

    string Word()
    {
        var bytes = file.Span;
        var start = At;
        while (At < bytes.Length && !IsSpace(bytes[At]) && !IsDelimiter(bytes[At]) && At - start < LongestWord)
            At++;
        return At > start ? Encoding.Latin1.GetString(bytes[start..At]) : throw CannotStripException.Malformed;
    }

    PdfRef? Reference(string number)
    {
        var back = At;
        var bytes = file.Span;
        SkipSpace();
        var digits = At;
        while (At < bytes.Length && char.IsAsciiDigit((char)bytes[At]) && At - digits < 6)
            At++;
        if (At > digits && At < bytes.Length && IsSpace(bytes[At]))
        {
            SkipSpace();
            if (At < bytes.Length && bytes[At] == 'R' && (At + 1 == bytes.Length || IsSpace(bytes[At + 1]) || IsDelimiter(bytes[At + 1])) && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                At++;
                return new PdfRef(value);
            }
        }
        At = back;
        return null;
    }

    // Written again, a number is only what numbers are made of: "--5" and "1.2.3", which some programs wrote, are read as readers read them.
    static PdfNumber Number(string word)
    {
        var clean = new StringBuilder();
        foreach (var c in word)
        {
            if (char.IsAsciiDigit(c) || (c == '.' && !clean.ToString().Contains('.', StringComparison.Ordinal)) || (c is '-' or '+' && clean.Length == 0))
                clean.Append(c);
            else if (c is not ('-' or '+'))
                break;
        }
        return new(clean.Length is 0 or > 40 || clean.ToString() is "-" or "+" or "." or "-." ? "0" : clean.ToString());
    }

    string NameText()
    {
        var bytes = file.Span;
        var name = new StringBuilder();
        while (At < bytes.Length && !IsSpace(bytes[At]) && !IsDelimiter(bytes[At]) && name.Length < LongestWord)
        {
            if (bytes[At] == '#' && At + 2 < bytes.Length && byte.TryParse(Encoding.Latin1.GetString(bytes[(At + 1)..(At + 3)]), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var escaped))
            {
                name.Append((char)escaped);
                At += 3;
            }
            else
            {
                name.Append((char)bytes[At++]);
            }
        }
        return name.ToString();
    }

    byte[] Literal()
    {
        var bytes = file.Span;
        var text = new List<byte>();
        var open = 1;
        for (At++; ; At++)
        {
            var b = bytes[At];
            if (b == '(')
                open++;
            else if (b == ')' && --open == 0)
                break;
            if (b != '\\')
            {
                text.Add(b);
                continue;
            }
            switch (bytes[++At])
            {
                case (byte)'n': text.Add(10); break;
                case (byte)'r': text.Add(13); break;
                case (byte)'t': text.Add(9); break;
                case (byte)'b': text.Add(8); break;
                case (byte)'f': text.Add(12); break;
                case (byte)'\r' when bytes[At + 1] == '\n': At++; break;
                case (byte)'\r' or (byte)'\n': break;
                case >= (byte)'0' and <= (byte)'7':
                    var code = 0;
                    var last = At + 2;
                    for (; At <= last && bytes[At] is >= (byte)'0' and <= (byte)'7'; At++)
                        code = code * 8 + bytes[At] - '0';
                    At--;
                    text.Add((byte)code);
                    break;
                default: text.Add(bytes[At]); break;
            }
        }
        At++;
        return [.. text];
    }

    byte[] Hex()
    {
        var bytes = file.Span;
        var digits = new StringBuilder();
        for (At++; bytes[At] != '>'; At++)
        {
            if (char.IsAsciiHexDigit((char)bytes[At]))
                digits.Append((char)bytes[At]);
            else if (!IsSpace(bytes[At]))
                throw CannotStripException.Malformed;
        }
        At++;
        return Convert.FromHexString(digits.Length % 2 == 0 ? digits.ToString() : digits.Append('0').ToString());
    }
}
