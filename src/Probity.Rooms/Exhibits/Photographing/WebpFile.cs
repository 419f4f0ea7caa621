using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Probity.Exhibits.Photographing;

/// <summary>The frame of a WebP (RFC 9649): chunks that fill the file, one of which is a still picture and says its size.</summary>
internal static class WebpFile
{
    const int Frame = 8;

    public static bool Read(ReadOnlySpan<byte> bytes, IncrementalHash sum, out int width, out int height)
    {
        (width, height) = (0, 0);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) != bytes.Length - Frame) return false;
        var at = 12;
        while (bytes.Length - at >= Frame)
        {
            var type = bytes.Slice(at, 4);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            at += Frame;
            // A chunk of odd length has a byte behind it.
            if (length > int.MaxValue || length + (length & 1) > bytes.Length - at) return false;
            var data = bytes.Slice(at, (int)length);
            at += (int)(length + (length & 1));
            var (lossy, lossless) = (type.SequenceEqual("VP8 "u8), type.SequenceEqual("VP8L"u8));
            if (!lossy && !lossless) continue;
            if (width > 0 || !(lossy ? TryLossy(data, out width, out height) : TryLossless(data, out width, out height))) return false;
            sum.AppendData(data);
        }

        return width > 0 && at == bytes.Length;
    }

    // RFC 6386, 9.1: a key frame.
    static bool TryLossy(ReadOnlySpan<byte> data, out int width, out int height)
    {
        (width, height) = (0, 0);
        if (data.Length <= 10 || (data[0] & 1) != 0 || !data[3..].StartsWith<byte>([0x9D, 0x01, 0x2A])) return false;
        width = BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF;
        height = BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF;
        return width > 0 && height > 0;
    }

    static bool TryLossless(ReadOnlySpan<byte> data, out int width, out int height)
    {
        (width, height) = (0, 0);
        if (data.Length <= 5 || data[0] != 0x2F) return false;
        var sides = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
        (width, height) = ((int)(sides & 0x3FFF) + 1, (int)((sides >> 14) & 0x3FFF) + 1);
        return true;
    }
}
