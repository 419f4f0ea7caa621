using System.Buffers.Binary;

namespace Probity.Stripping.Pictures;

/// <summary>Which way up a picture is to be shown: the one thing in Exif (tag 0x0112, 1 to 8) that belongs to what it shows.</summary>
internal static class Orientation
{
    const ushort Tag = 0x0112;

    /// <summary>Reads it from a TIFF structure; 1, upright, where it is not there or cannot be read.</summary>
    public static int Read(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 14)
            return 1;
        var little = tiff.StartsWith("II*\0"u8);
        if (!little && !tiff.StartsWith("MM\0*"u8))
            return 1;
        var offset = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (offset > tiff.Length - 2)
            return 1;
        var entries = tiff[(int)offset..];
        var count = Number(entries, little);
        entries = entries[2..];
        for (var i = 0; i < count && entries.Length >= 12; i++, entries = entries[12..])
        {
            if (Number(entries, little) == Tag)
                return Number(entries[8..], little) is var value and >= 1 and <= 8 ? value : 1;
        }
        return 1;
    }

    /// <summary>Whether a TIFF structure says that alone already.</summary>
    public static bool Alone(ReadOnlySpan<byte> tiff) => Read(tiff) is var orientation and not 1 && tiff.SequenceEqual(Exif(orientation));

    /// <summary>A TIFF structure with that tag alone.</summary>
    public static byte[] Exif(int orientation) =>
        [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0];

    static ushort Number(ReadOnlySpan<byte> at, bool little) => little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);
}
