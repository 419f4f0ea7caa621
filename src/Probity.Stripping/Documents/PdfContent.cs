using System.Text;
using Probity.Stripping.Pictures;


namespace Probity.Stripping.Documents;

/// <summary>What is drawn on a page, operator by operator (ISO 32000-1, annex A). Comments, marks for programs and unknown operators are left out.</summary>
internal sealed class PdfContent(PdfFile file, StripJob job)
{
    static readonly HashSet<string> Operators =
    [
        "b", "B", "b*", "B*", "BT", "BX", "c", "cm", "CS", "cs", "d", "d0", "d1", "Do", "ET", "EX", "f", "F", "f*", "G", "g", "gs", "h", "i", "J", "j", "K", "k", "l", "m", "M", "n",
        "q", "Q", "re", "RG", "rg", "ri", "s", "S", "SC", "sc", "SCN", "scn", "sh", "T*", "Tc", "Td", "TD", "Tf", "Tj", "TJ", "TL", "Tm", "Tr", "Ts", "Tw", "Tz", "v", "w", "W", "W*", "y", "'", "\"",
    ];

    static readonly HashSet<string> OfPicture =
    [
        "BPC", "BitsPerComponent", "CS", "ColorSpace", "D", "Decode", "DP", "DecodeParms", "F", "Filter", "H", "Height", "IM", "ImageMask", "Intent", "I", "Interpolate", "W", "Width",
    ];

    public byte[] Make(ReadOnlyMemory<byte> content)
    {
        var lexer = new PdfLexer(content, job);
        var to = new StringBuilder();
        List<PdfValue?> operands = [];
        var layers = new Stack<bool>();
        while (!lexer.AtEnd)
        {
            // Stray closing marks, which readers step over.
            if (lexer.Take("]"u8) || lexer.Take(">>"u8) || lexer.Take(")"u8) || lexer.Take(">"u8) || lexer.Take("{"u8) || lexer.Take("}"u8))
                continue;
            var value = lexer.Read(references: false);
            if (value is not PdfWord { Text: not ("true" or "false") } word)
            {
                operands.Add(value);
                // No operator takes as many, but for colours of many inks.
                if (operands.Count > 64)
                    throw CannotStripException.Malformed;
                continue;
            }
            switch (word.Text)
            {
                case "BDC" or "BMC":
                    // Of marked stretches only those that a layer shows or hides matter to what is seen.
                    layers.Push(operands is [PdfName { Text: "OC" }, PdfName] && word.Text == "BDC");
                    if (layers.Peek())
                        Write(to, operands, word.Text);
                    break;
                case "EMC":
                    if (layers.TryPop(out var written) && written)
                        to.Append("EMC\n");
                    break;
                case "BI":
                    Picture(to, lexer, content);
                    break;
                case var known when Operators.Contains(known):
                    Write(to, operands, known);
                    break;
            }
            operands.Clear();
        }
        return Encoding.Latin1.GetBytes(to.ToString());
    }

    static void Write(StringBuilder to, List<PdfValue?> operands, string name)
    {
        foreach (var operand in operands)
        {
            PdfWriting.Write(to, operand);
            to.Append(' ');
        }
        to.Append(name).Append('\n');
    }

    void Picture(StringBuilder to, PdfLexer lexer, ReadOnlyMemory<byte> content)
    {
        Dictionary<string, PdfValue?> entries = [];
        while (lexer.Read(references: false) is var key and not PdfWord { Text: "ID" })
        {
            var value = lexer.Read(references: false);
            if (key is PdfName name && OfPicture.Contains(name.Text))
                entries[name.Text] = value;
        }
        var bytes = content.Span;
        var start = lexer.At + 1;
        var end = EndOfPicture(bytes, start);
        lexer.At = end + 3;
        var data = content[start..end];
        if (PdfFilters.Of(file, new PdfDict(entries)) is [.., ("DCTDecode", _)] filters)
        {
            data = JpegCopy.MakePlain(PdfFilters.Unpack(data, filters.SkipLast(1), file, job), job);
            foreach (var key in new[] { "F", "DP", "DecodeParms" })
                entries.Remove(key);
            entries["Filter"] = new PdfName("DCTDecode");
        }
        to.Append("BI\n");
        foreach (var (key, value) in entries)
        {
            PdfWriting.Write(to, new PdfName(key));
            to.Append(' ');
            PdfWriting.Write(to, value);
            to.Append('\n');
        }
        to.Append("ID ").Append(Encoding.Latin1.GetString(data.Span)).Append("\nEI\n");
    }

    // The end is marked by a word alone, which may also stand in the picture by chance: what follows must look like content.
    static int EndOfPicture(ReadOnlySpan<byte> bytes, int start)
    {
        for (var at = start; ; at++)
        {
            var next = bytes[at..].IndexOf("EI"u8);
            if (next < 0)
                throw CannotStripException.Malformed;
            at += next;
            var behind = bytes[(at + 2)..];
            if (at > start && PdfLexer.IsSpace(bytes[at - 1]) && (behind.IsEmpty || PdfLexer.IsSpace(behind[0])) && !behind[..Math.Min(behind.Length, 16)].ContainsAnyExcept(Plain))
                return at - 1;
        }
    }

    static readonly System.Buffers.SearchValues<byte> Plain = System.Buffers.SearchValues.Create([9, 10, 13, .. Enumerable.Range(32, 95).Select(i => (byte)i)]);
}
