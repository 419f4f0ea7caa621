using System.IO.Compression;

namespace Probity.Stripping.Documents;

/// <summary>Unpacks streams (ISO 32000-1, 7.4), but for pictures, which stay as they are packed.</summary>
internal static class PdfFilters
{
    /// <summary>A stream's filters with their parameters, first to last.</summary>
    public static List<(string Name, PdfDict? Parameters)> Of(PdfFile file, PdfDict stream)
    {
        static List<PdfValue?> All(PdfValue? value) => value is PdfArray array ? array.Items : [value];
        var names = All(file.Resolve(stream["Filter"] ?? stream["F"])).ConvertAll(f => (file.Resolve(f) as PdfName)?.Text);
        var parameters = All(file.Resolve(stream["DecodeParms"] ?? stream["DP"])).ConvertAll(p => file.Resolve(p) as PdfDict);
        return [.. names.Select((n, i) => (Long(n), parameters.ElementAtOrDefault(i))).Where(f => f.Item1.Length > 0)];
    }

    // Pictures inside content name their filters short.
    static string Long(string? name) => name switch
    {
        "Fl" => "FlateDecode",
        "LZW" => "LZWDecode",
        "A85" => "ASCII85Decode",
        "AHx" => "ASCIIHexDecode",
        "RL" => "RunLengthDecode",
        "CCF" => "CCITTFaxDecode",
        "DCT" => "DCTDecode",
        _ => name ?? "",
    };

    /// <exception cref="CannotStripException">A filter is none of these, or the bytes are not packed so.</exception>
    public static ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> packed, IEnumerable<(string Name, PdfDict? Parameters)> filters, PdfFile file, StripJob job)
    {
        foreach (var (name, parameters) in filters)
        {
            packed = name switch
            {
                "FlateDecode" => Predicted(Inflate(packed, job), parameters, file),
                "LZWDecode" => Predicted(Lzw(packed.Span, file.Resolve(parameters?["EarlyChange"]) is not PdfNumber { Whole: 0 }, job), parameters, file),
                "ASCII85Decode" => Ascii85(packed.Span),
                "ASCIIHexDecode" => AsciiHex(packed.Span),
                "RunLengthDecode" => RunLength(packed.Span, job),
                _ => throw CannotStripException.Malformed,
            };
        }
        return packed;
    }

    public static byte[] Deflate(ReadOnlySpan<byte> content)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(content);
        return packed.ToArray();
    }

    static byte[] Inflate(ReadOnlyMemory<byte> packed, StripJob job)
    {
        using var all = new MemoryStream();
        using var zlib = new ZLibStream(new MemoryStream(packed.ToArray(), writable: false), CompressionMode.Decompress);
        var piece = new byte[16384];
        for (int read; (read = zlib.Read(piece)) > 0; all.Write(piece, 0, read))
            job.CountUnpacked(read);
        return all.ToArray();
    }

    static byte[] Predicted(byte[] bytes, PdfDict? parameters, PdfFile file)
    {
        int Parameter(string name, int otherwise) => file.Resolve(parameters?[name]) is PdfNumber number ? number.Whole : otherwise;
        var predictor = Parameter("Predictor", 1);
        if (predictor == 1)
            return bytes;
        var bits = Math.BigMul(Parameter("Colors", 1), Parameter("BitsPerComponent", 8));
        var row = (bits * Parameter("Columns", 1) + 7) / 8;
        if (predictor < 10 || bits is < 1 or > 256 || row is < 1 or > 1 << 24)
            throw CannotStripException.Malformed;
        var (back, width) = (Math.Max(1, (int)bits / 8), (int)row);
        var rows = bytes.Length / (width + 1);
        var result = new byte[rows * width];
        var above = new byte[width];
        for (var r = 0; r < rows; r++)
        {
            var from = bytes.AsSpan(r * (width + 1) + 1, width);
            var to = result.AsSpan(r * width, width);
            for (var i = 0; i < width; i++)
            {
                int left = i >= back ? to[i - back] : 0, up = above[i], corner = i >= back ? above[i - back] : 0;
                to[i] = (byte)(from[i] + bytes[r * (width + 1)] switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, 4 => Paeth(left, up, corner), _ => throw CannotStripException.Malformed });
            }
            to.CopyTo(above);
        }
        return result;
    }

    static int Paeth(int left, int up, int corner)
    {
        var (a, b, c) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - 2 * corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }

    static byte[] Lzw(ReadOnlySpan<byte> packed, bool early, StripJob job)
    {
        var all = new MemoryStream();
        List<byte[]> table = [.. Enumerable.Range(0, 258).Select(i => i < 256 ? new[] { (byte)i } : [])];
        byte[]? last = null;
        var (bits, held, width) = (0, 0, 9);
        foreach (var b in packed)
        {
            held = (held << 8 | b) & 0xFFFFFF;
            if ((bits += 8) < width)
                continue;
            bits -= width;
            var code = held >> bits & ((1 << width) - 1);
            if (code == 257)
                break;
            if (code == 256)
            {
                table.RemoveRange(258, table.Count - 258);
                (last, width) = (null, 9);
                continue;
            }
            var text = code < table.Count ? table[code] : last is not null && code == table.Count ? [.. last, last[0]] : throw CannotStripException.Malformed;
            job.CountUnpacked(text.Length);
            all.Write(text);
            if (last is not null && table.Count < 4096)
                table.Add([.. last, text[0]]);
            last = text;
            width = (table.Count + (early ? 1 : 0)) switch { >= 2048 => 12, >= 1024 => 11, >= 512 => 10, _ => 9 };
        }
        return all.ToArray();
    }

    static byte[] Ascii85(ReadOnlySpan<byte> packed)
    {
        List<byte> all = [];
        var (group, count) = (0L, 0);
        foreach (var b in packed)
        {
            if (b == '~')
                break;
            if (PdfLexer.IsSpace(b))
                continue;
            if (b == 'z' && count == 0)
            {
                all.AddRange([0, 0, 0, 0]);
                continue;
            }
            if (b is < (byte)'!' or > (byte)'u')
                throw CannotStripException.Malformed;
            group = group * 85 + b - '!';
            if (++count < 5)
                continue;
            all.AddRange([(byte)(group >> 24), (byte)(group >> 16), (byte)(group >> 8), (byte)group]);
            (group, count) = (0, 0);
        }
        for (var i = count; count > 1 && i < 5; i++)
            group = group * 85 + 84;
        for (var i = 0; i < count - 1; i++)
            all.Add((byte)(group >> (24 - 8 * i)));
        return [.. all];
    }

    static byte[] AsciiHex(ReadOnlySpan<byte> packed)
    {
        List<char> digits = [];
        foreach (var b in packed)
        {
            if (b == '>')
                break;
            if (!PdfLexer.IsSpace(b))
                digits.Add((char)b);
        }
        if (digits.Count % 2 == 1)
            digits.Add('0');
        return Convert.FromHexString([.. digits]);
    }

    static byte[] RunLength(ReadOnlySpan<byte> packed, StripJob job)
    {
        var all = new MemoryStream();
        for (var at = 0; at < packed.Length && packed[at] != 128;)
        {
            var length = packed[at++];
            job.CountUnpacked(128);
            if (length < 128)
            {
                all.Write(packed.Slice(at, length + 1));
                at += length + 1;
            }
            else
            {
                for (var i = 257 - length; i > 0; i--)
                    all.WriteByte(packed[at]);
                at++;
            }
        }
        return all.ToArray();
    }
}
