using System.Buffers.Binary;
using System.IO.Compression;
using Probity.Exhibits.Photographing;

namespace Probity.Cli.Sample;

/// <summary>A photograph that shows nothing and nobody: grey stripes, as wide as its number says, so that no two are the same.</summary>
internal static class SamplePicture
{
    const int Side = PictureFile.LeastSide;

    public static byte[] Of(int number)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Side);
        // Eight bits of grey; the rest of the header is nought.
        header[8] = 8;
        using var points = new MemoryStream();
        using (var packed = new ZLibStream(points, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var row = 0; row < Side; row++)
            {
                packed.WriteByte(0);
                for (var column = 0; column < Side; column++) packed.WriteByte((byte)(column * number / Side % 2 == 0 ? 96 : 160));
            }
        }

        return [.. PngFile.Signature, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, points.ToArray()), .. Chunk("IEND"u8, [])];
    }

    static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] named = [.. type, .. data];
        var (length, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, PngFile.SumOf(named));
        return [.. length, .. named, .. sum];
    }
}
