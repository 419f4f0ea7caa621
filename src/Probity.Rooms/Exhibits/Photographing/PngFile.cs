using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Probity.Exhibits.Photographing;

/// <summary>The frame of a PNG (ISO/IEC 15948): chunks, each with a sum that is right; first the header with the size, then data, an end and nothing behind it.</summary>
internal static class PngFile
{
    const int Frame = 12;

    static readonly uint[] Sums = [.. Enumerable.Range(0, 256).Select(n =>
    {
        var sum = (uint)n;
        for (var bit = 0; bit < 8; bit++) sum = (sum & 1) == 0 ? sum >> 1 : 0xEDB88320u ^ (sum >> 1);
        return sum;
    })];

    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static bool Read(ReadOnlySpan<byte> bytes, IncrementalHash sum, out int width, out int height)
    {
        (width, height) = (0, 0);
        var points = false;
        for (var at = Signature.Length; bytes.Length - at >= Frame;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > bytes.Length - at - Frame) return false;
            var chunk = bytes.Slice(at + 4, 4 + (int)length);
            var type = chunk[..4];
            var data = chunk[4..];
            at += Frame + (int)length;
            if (BinaryPrimitives.ReadUInt32BigEndian(bytes[(at - 4)..]) != SumOf(chunk)) return false;
            if (type.SequenceEqual("IHDR"u8) != (width == 0)) return false;
            if (width == 0 && !TrySize(data, out width, out height)) return false;
            if (type.SequenceEqual("IEND"u8)) return data.IsEmpty && points && at == bytes.Length;
            var isPoints = type.SequenceEqual("IDAT"u8);
            points |= isPoints && !data.IsEmpty;
            if (isPoints) sum.AppendData(data);
        }

        return false;
    }

    static bool TrySize(ReadOnlySpan<byte> header, out int width, out int height)
    {
        (width, height) = (0, 0);
        if (header.Length != 13) return false;
        var (wide, high) = (BinaryPrimitives.ReadUInt32BigEndian(header), BinaryPrimitives.ReadUInt32BigEndian(header[4..]));
        var (depth, colour) = (header[8], header[9]);
        var known = colour switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            3 => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        if (!known || header[10] != 0 || header[11] != 0 || header[12] > 1 || wide is 0 or > int.MaxValue || high is 0 or > int.MaxValue) return false;
        (width, height) = ((int)wide, (int)high);
        return true;
    }

    /// <summary>The sum of a chunk, name and data.</summary>
    public static uint SumOf(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var each in bytes) sum = Sums[(byte)(sum ^ each)] ^ (sum >> 8);
        return ~sum;
    }
}
