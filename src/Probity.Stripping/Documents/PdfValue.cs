using System.Globalization;
using System.Text;

namespace Probity.Stripping.Documents;

/// <summary>A value of a PDF (ISO 32000-1, 7.3). Null stands for PDF's null.</summary>
internal abstract record PdfValue;

/// <summary>A number as it was written.</summary>
internal sealed record PdfNumber(string Written) : PdfValue
{
    /// <summary>As a whole number; 0 where it is none or is out of range.</summary>
    public int Whole => double.TryParse(Written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= int.MaxValue ? (int)number : 0;
}

internal sealed record PdfName(string Text) : PdfValue;

internal sealed record PdfString(byte[] Bytes) : PdfValue;

/// <summary>true, false, or in a page's content an operator.</summary>
internal sealed record PdfWord(string Text) : PdfValue;

internal sealed record PdfRef(int Number) : PdfValue;

internal sealed record PdfArray(List<PdfValue?> Items) : PdfValue;

internal record PdfDict(Dictionary<string, PdfValue?> Entries) : PdfValue
{
    public PdfValue? this[string key] => Entries.GetValueOrDefault(key);
}

/// <summary>A dictionary and the bytes behind it, packed as its Filter says.</summary>
internal sealed record PdfStream(Dictionary<string, PdfValue?> Entries, ReadOnlyMemory<byte> Packed) : PdfDict(Entries);

/// <summary>Values as they stand in a file.</summary>
internal static class PdfWriting
{
    public static void Write(StringBuilder to, PdfValue? value)
    {
        switch (value)
        {
            case null: to.Append("null"); break;
            case PdfNumber number: to.Append(number.Written); break;
            case PdfWord word: to.Append(word.Text); break;
            case PdfRef reference: to.Append(reference.Number).Append(" 0 R"); break;
            case PdfName name: Name(to, name.Text); break;
            case PdfString text: Text(to, text.Bytes); break;
            case PdfArray array:
                to.Append('[');
                foreach (var item in array.Items)
                {
                    Write(to, item);
                    to.Append(' ');
                }
                to.Append(']');
                break;
            case PdfDict dict:
                to.Append("<<");
                foreach (var (key, entry) in dict.Entries)
                {
                    Name(to, key);
                    to.Append(' ');
                    Write(to, entry);
                    to.Append('\n');
                }
                to.Append(">>");
                break;
        }
    }

    static void Name(StringBuilder to, string name)
    {
        to.Append('/');
        foreach (var c in name)
        {
            if (c is > ' ' and < '\u007F' and not ('#' or '/' or '%' or '(' or ')' or '<' or '>' or '[' or ']' or '{' or '}'))
                to.Append(c);
            else
                to.Append('#').Append(((int)c).ToString("X2", CultureInfo.InvariantCulture));
        }
    }

    static void Text(StringBuilder to, byte[] bytes)
    {
        to.Append('(');
        foreach (var b in bytes)
        {
            if (b is (byte)'(' or (byte)')' or (byte)'\\')
                to.Append('\\').Append((char)b);
            else if (b == '\r')
                to.Append("\\r");
            else
                to.Append((char)b);
        }
        to.Append(')');
    }
}
