using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Probity.Exhibits.Photographing;

/// <summary>The frame of a HEIC (ISO/IEC 23008-12): boxes that fill the file, of which one describes pictures with their sizes and one holds their points.</summary>
internal static class HeicFile
{
    const uint Meta = 0x6D657461, Data = 0x6D646174, Properties = 0x69707270, Container = 0x6970636F, Size = 0x69737065;

    public static bool Read(ReadOnlySpan<byte> bytes, IncrementalHash sum, out int width, out int height)
    {
        (width, height) = (0, 0);
        var points = false;
        for (var at = 0; at < bytes.Length;)
        {
            if (!TryBox(bytes, ref at, out var type, out var inner)) return false;
            if (type == Meta && !TryMeta(bytes[inner], ref width, ref height)) return false;
            if (type != Data || bytes[inner].IsEmpty) continue;
            sum.AppendData(bytes[inner]);
            points = true;
        }

        return points && width > 0;
    }

    // The largest of the sizes is that of the whole: telephones put a picture together from tiles.
    static bool TryMeta(ReadOnlySpan<byte> meta, ref int width, ref int height)
    {
        // Version and flags come first.
        for (var at = 4; at < meta.Length;)
        {
            if (!TryBox(meta, ref at, out var type, out var inner)) return false;
            if (type == Properties && !TryProperties(meta[inner], ref width, ref height)) return false;
        }

        return meta.Length >= 4;
    }

    static bool TryProperties(ReadOnlySpan<byte> properties, ref int width, ref int height)
    {
        for (var at = 0; at < properties.Length;)
        {
            if (!TryBox(properties, ref at, out var type, out var inner)) return false;
            if (type == Container && !TrySizes(properties[inner], ref width, ref height)) return false;
        }

        return true;
    }

    static bool TrySizes(ReadOnlySpan<byte> container, ref int width, ref int height)
    {
        for (var at = 0; at < container.Length;)
        {
            if (!TryBox(container, ref at, out var type, out var inner)) return false;
            if (type != Size) continue;
            var size = container[inner];
            if (size.Length != 12) return false;
            var wide = BinaryPrimitives.ReadUInt32BigEndian(size[4..]);
            var high = BinaryPrimitives.ReadUInt32BigEndian(size[8..]);
            if (wide is 0 or > int.MaxValue || high is 0 or > int.MaxValue) return false;
            if ((long)wide * high > (long)width * height) (width, height) = ((int)wide, (int)high);
        }

        return true;
    }

    // The box that begins here, by its name and where its content is; goes on behind it.
    static bool TryBox(ReadOnlySpan<byte> bytes, ref int at, out uint type, out Range inner)
    {
        (type, inner) = (0, default);
        var rest = bytes[at..];
        if (rest.Length < 8) return false;
        ulong whole = BinaryPrimitives.ReadUInt32BigEndian(rest);
        type = BinaryPrimitives.ReadUInt32BigEndian(rest[4..]);
        var head = 8;
        // Nought is all that is left, one a length of eight bytes behind the name.
        if (whole == 0) whole = (ulong)rest.Length;
        if (whole == 1)
        {
            if (rest.Length < 16) return false;
            (whole, head) = (BinaryPrimitives.ReadUInt64BigEndian(rest[8..]), 16);
        }

        if (whole < (ulong)head || whole > (ulong)rest.Length) return false;
        inner = (at + head)..(at + (int)whole);
        at += (int)whole;
        return true;
    }
}
