using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>Gives the file of a name below a log's prefix, or null where there is none.</summary>
/// <exception cref="FormatException">It is longer than <paramref name="limit"/> bytes.</exception>
internal delegate ValueTask<byte[]?> ReadLogFile(string path, int limit, CancellationToken ct);

/// <summary>
/// What a C2SP tlog-tiles log shows the public, wherever its files lie: over HTTP or in a folder. Whoever made them may be an enemy:
/// what is longer than it may be is a <see cref="FormatException"/>, what is not there null.
/// </summary>
/// <param name="read">Reads the files.</param>
internal sealed class LogSource(ReadLogFile read)
{
    public const string Checkpoint = "checkpoint";
    public const string VerifierKey = "vkey";
    public const string Predecessors = "predecessors";

    const int MaxTile = Tile.FullWidth * Hash.Size;

    /// <summary>Four kilobytes an entry; the house's have 33 bytes. C2SP's own limit is sixteen times as much, a bundle.</summary>
    const int MaxBundle = 1 << 20;

    const int MaxKey = 4_096;

    public ValueTask<byte[]?> ReadCheckpointAsync(CancellationToken ct) => read(Checkpoint, SignedNote.MaxLength, ct);

    /// <summary>The key as the log gives it; not part of C2SP, so other logs do not have it.</summary>
    public ValueTask<byte[]?> ReadVerifierKeyAsync(CancellationToken ct) => read(VerifierKey, MaxKey, ct);

    /// <summary>The logs that this one continues; not part of C2SP, so other logs have no such list.</summary>
    public ValueTask<byte[]?> ReadPredecessorsAsync(CancellationToken ct) => read(Predecessors, PredecessorList.MaxLength, ct);

    public async ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(Tile tile, CancellationToken ct)
    {
        if (await read(tile.Path, MaxTile, ct) is { } bytes) return bytes;
        // A log may drop a partial tile once the full one is there.
        if (tile.IsFull || await read((tile with { Width = Tile.FullWidth }).Path, MaxTile, ct) is not { } full) return null;
        return full.Length == MaxTile ? full.AsMemory(0, tile.Width * Hash.Size) : full;
    }

    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>?> ReadEntriesAsync(EntryBundle bundle, CancellationToken ct)
    {
        if (await ReadBundleAsync(bundle, ct) is { } bytes) return bundle.Decode(bytes);
        var whole = bundle with { Width = Tile.FullWidth };
        if (bundle == whole || await ReadBundleAsync(whole, ct) is not { } full) return null;
        return [.. whole.Decode(full).Take(bundle.Width)];
    }

    /// <exception cref="InvalidDataException">It is longer than is read here, which is no fault of the log.</exception>
    async ValueTask<byte[]?> ReadBundleAsync(EntryBundle bundle, CancellationToken ct)
    {
        try
        {
            return await read(bundle.Path, MaxBundle, ct);
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"The log cannot be checked: {fault.Message}", fault);
        }
    }
}
