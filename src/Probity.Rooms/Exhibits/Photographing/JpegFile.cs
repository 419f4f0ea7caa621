using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Probity.Exhibits.Photographing;

/// <summary>The frame of a JPEG (ITU-T T.81, annex B): a start, one frame header with the size, scans, an end.</summary>
internal static class JpegFile
{
    const byte EndOfImage = 0xD9, StartOfScan = 0xDA;

    public static bool Read(ReadOnlySpan<byte> bytes, IncrementalHash sum, out int width, out int height)
    {
        (width, height) = (0, 0);
        var scanned = false;
        for (var at = 2; TryMarker(bytes, ref at, out var marker);)
        {
            if (marker == EndOfImage) return scanned && bytes.Length - at <= PictureFile.MostBehind;
            if (IsAlone(marker) || bytes.Length - at < 2) return false;
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
            if (length < 2 || length > bytes.Length - at) return false;
            if (IsFrame(marker) && (width > 0 || !TrySize(bytes.Slice(at + 2, length - 2), out width, out height))) return false;
            at += length;
            if (marker != StartOfScan) continue;
            var points = ScanFrom(bytes[at..]);
            if (width == 0 || points == 0) return false;
            // Nothing else: tables and headers can say the same in more than one way.
            sum.AppendData(bytes.Slice(at, points));
            at += points;
            scanned = true;
        }

        return false;
    }

    static bool TryMarker(ReadOnlySpan<byte> bytes, ref int at, out byte marker)
    {
        marker = 0;
        if (at >= bytes.Length || bytes[at] != 0xFF) return false;
        while (at < bytes.Length && bytes[at] == 0xFF) at++;
        if (at >= bytes.Length) return false;
        marker = bytes[at++];
        return true;
    }

    // How long the coded points are: until a marker that is neither a stuffed byte nor a restart.
    static int ScanFrom(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (bytes[at..].IndexOf((byte)0xFF) is >= 0 and var next)
        {
            at += next;
            if (at + 1 >= bytes.Length) break;
            if (bytes[at + 1] is not (0x00 or (>= 0xD0 and <= 0xD7))) return at;
            at += 2;
        }

        return bytes.Length;
    }

    static bool TrySize(ReadOnlySpan<byte> frame, out int width, out int height)
    {
        (width, height) = (0, 0);
        if (frame.Length < 6 || frame[5] is 0 or > 4 || frame.Length != 6 + 3 * frame[5]) return false;
        height = BinaryPrimitives.ReadUInt16BigEndian(frame[1..]);
        width = BinaryPrimitives.ReadUInt16BigEndian(frame[3..]);
        return width > 0 && height > 0;
    }

    static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    static bool IsAlone(byte marker) => marker is 0x00 or 0x01 or (>= 0xD0 and <= 0xD8);
}
