using System.Buffers.Binary;

namespace Probity.Ledger.Formats;

/// <summary>
/// Names a bundle of C2SP tlog-tiles: the entries, as bytes, behind the leaf hashes of the level-0 tile with the same number.
/// </summary>
/// <param name="Index">Its place: bundle n holds the entries from 256·n on.</param>
/// <param name="Width">How many entries it holds: 256 when full, 1 to 255 at the end of the log.</param>
public readonly record struct EntryBundle(long Index, int Width = Tile.FullWidth)
{
    /// <summary>The longest entry that its two-byte length can announce.</summary>
    public const int MaxEntry = ushort.MaxValue;

    const string Prefix = "tile/entries";

    /// <summary>Its path below the log's prefix: <c>tile/entries/x001/x234/067.p/8</c>.</summary>
    public string Path => TilePath.Format(Prefix, Index, Width);

    /// <summary>Reads a bundle's path.</summary>
    /// <exception cref="FormatException">It is no such path, or not the one spelling that the bundle has.</exception>
    public static EntryBundle Parse(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!path.StartsWith(Prefix + "/", StringComparison.Ordinal)) throw new FormatException("Not the path of an entry bundle.");
        var (index, width) = TilePath.Parse(path.AsSpan(Prefix.Length + 1));
        var bundle = new EntryBundle(index, width);
        return bundle.Path == path ? bundle : throw new FormatException("Not the canonical path of an entry bundle.");
    }

    /// <summary>The bundle that holds the entry at <paramref name="index"/> in a log of <paramref name="size"/> entries.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The log has no such entry.</exception>
    public static EntryBundle Holding(long index, long size)
    {
        var tile = Tile.Holding(new NodeId(0, index), size);
        return new EntryBundle(tile.Index, tile.Width);
    }

    /// <summary>Puts entries one after the other, each behind its length as two big-endian bytes.</summary>
    /// <exception cref="ArgumentException">There are none or more than 256, or one is longer than <see cref="MaxEntry"/>.</exception>
    public static byte[] Encode(IReadOnlyCollection<ReadOnlyMemory<byte>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count is < 1 or > Tile.FullWidth || entries.Any(entry => entry.Length > MaxEntry))
            throw new ArgumentException($"A bundle holds 1 to 256 entries of at most {MaxEntry} bytes.", nameof(entries));
        var bundle = new byte[entries.Sum(entry => 2 + entry.Length)];
        var rest = bundle.AsSpan();
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)entry.Length);
            entry.Span.CopyTo(rest[2..]);
            rest = rest[(2 + entry.Length)..];
        }

        return bundle;
    }

    /// <summary>Takes the bundle apart, without copying; it has to hold exactly as many entries as the bundle is wide.</summary>
    /// <exception cref="FormatException">It holds fewer or more, or breaks off within one.</exception>
    public IReadOnlyList<ReadOnlyMemory<byte>> Decode(ReadOnlyMemory<byte> bundle)
    {
        var entries = new List<ReadOnlyMemory<byte>>(Width);
        while (!bundle.IsEmpty)
        {
            if (entries.Count == Width) throw new FormatException($"{Path} holds more than {Width} entries.");
            if (!BinaryPrimitives.TryReadUInt16BigEndian(bundle.Span, out var length) || bundle.Length - 2 < length)
                throw new FormatException($"{Path} breaks off within entry {entries.Count}.");
            entries.Add(bundle.Slice(2, length));
            bundle = bundle[(2 + length)..];
        }

        return entries.Count == Width
            ? entries
            : throw new FormatException($"{Path} holds {entries.Count} entries instead of {Width}.");
    }
}
