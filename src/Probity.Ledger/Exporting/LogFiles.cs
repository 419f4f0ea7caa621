using System.Text;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>What an export wrote.</summary>
/// <param name="OldSize">How many records the folder's checkpoint counted before.</param>
/// <param name="Size">How many it counts now.</param>
/// <param name="Files">How many files were written.</param>
/// <param name="WitnessedAt">When the quorum of witnesses had confirmed the exported checkpoint; null where the log alone has signed it.</param>
public sealed record LogExport(long OldSize, long Size, long Files, DateTimeOffset? WitnessedAt);

/// <summary>
/// Writes all that a log shows the public as files in the paths of C2SP tlog-tiles, for any web server or CDN. What is there already is
/// left alone: nothing of it ever changes. The checkpoint comes last, so whoever reads meanwhile, or after a crash, finds all that it counts.
/// </summary>
internal sealed class LogFiles
{
    readonly ILogStore _store;
    readonly TreeReader _tree;
    readonly VerifierKey _key;
    readonly string _folder;
    readonly HashSet<string> _own = [];
    string? _note;
    long _written;

    LogFiles(ILogStore store, VerifierKey key, string folder) => (_store, _tree, _key, _folder) = (store, new TreeReader(store), key, folder);

    /// <summary>Brings a folder up to a checkpoint.</summary>
    /// <param name="store">The log's store.</param>
    /// <param name="key">The log's key.</param>
    /// <param name="newest">The checkpoint.</param>
    /// <param name="folder">A folder that is empty, not there yet, or an earlier export of the same log.</param>
    /// <param name="progress">Takes the share done, 0 to 1.</param>
    /// <param name="ct">Gives up; the folder then still shows what it showed before.</param>
    /// <exception cref="InvalidDataException">The folder holds something else, or a history that is not the beginning of this one.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static Task<LogExport> WriteAsync(
        ILogStore store, VerifierKey key, PublicHead newest, string folder, IProgress<double>? progress, CancellationToken ct) =>
        new LogFiles(store, key, folder).RunAsync(newest, progress, ct);

    async Task<LogExport> RunAsync(PublicHead newest, IProgress<double>? progress, CancellationToken ct)
    {
        var head = newest.Head;
        var old = await ReadOldAsync(head, ct);
        Directory.CreateDirectory(_folder);
        var key = Encoding.UTF8.GetBytes($"{_key}\n");
        if (!File.Exists(Named(LogSource.VerifierKey))) Write(LogSource.VerifierKey, key);
        var tiles = Tile.Added(old, head.Size).ToList();
        for (var i = 0; i < tiles.Count; i++)
        {
            ct.ThrowIfCancellationRequested();
            await WriteTileAsync(tiles[i], ct);
            progress?.Report((i + 1d) / tiles.Count);
        }

        var predecessors = Lineage.Of(_key, await _store.ReadPredecessorsAsync(ct)).Predecessors;
        if (predecessors.Count > 0 && !File.Exists(Named(LogSource.Predecessors))) Write(LogSource.Predecessors, PredecessorList.Encode(predecessors));
        if (_note != head.Note) Write(LogSource.Checkpoint, Encoding.UTF8.GetBytes(head.Note));
        foreach (var tile in tiles.Where(tile => tile.IsFull)) DropPartial(tile);
        return new LogExport(old, head.Size, _written, newest.WitnessedAt);
    }

    /// <summary>How far the folder has come: 0 where nothing is in it. What it shows has to be the beginning of what it will.</summary>
    async ValueTask<long> ReadOldAsync(LogHead head, CancellationToken ct)
    {
        if (RegularFile.KindOf(_folder) is FileKind.Regular or FileKind.Other) throw new IOException($"{_folder} is no folder; name one to write into.");
        if (!Directory.Exists(_folder) || !Directory.EnumerateFileSystemEntries(_folder).Any()) return 0;
        if (RegularFile.KindOf(Named(LogSource.VerifierKey)) != FileKind.Regular || RegularFile.ReadText(Named(LogSource.VerifierKey), 4_096).TrimEnd('\n') != _key.ToString())
            throw new InvalidDataException($"{_folder} holds something other than the files of the log {_key.Name}; name an empty folder, or the one of an earlier export.");
        // An export that was cut short before its first checkpoint.
        if (RegularFile.KindOf(Named(LogSource.Checkpoint)) == FileKind.Absent) return 0;
        _note = RegularFile.ReadText(Named(LogSource.Checkpoint), SignedNote.MaxLength);
        var old = LogKeys.Open(_note, _key)
            ?? throw new InvalidDataException($"The checkpoint in {_folder} is not signed by the log {_key.Name}; name an empty folder.");
        if (old.Size > head.Size)
            throw new InvalidDataException(
                $"{_folder} shows {old.Size} records, and this log has {head.Size} to show: it was rolled back, or its witnesses have not confirmed as much. "
                + "Run 'probity verify --old' with the folder's checkpoint.");
        var root = await new Subtree(0, old.Size).FoldAsync(_tree.Nodes(head.Size, ct));
        return root == old.Root ? old.Size
            : throw new InvalidDataException(
                $"{_folder} shows a history of {old.Size} records that is not the beginning of this log's: keep it as evidence, and run 'probity verify' on the data folder.");
    }

    async ValueTask WriteTileAsync(Tile tile, CancellationToken ct)
    {
        Write(tile.Path, (await LogTiles.ReadAsync(_store, tile, ct) ?? throw Missing(tile.Path)).ToArray());
        if (tile.Level > 0) return;
        var bundle = new EntryBundle(tile.Index, tile.Width);
        var headers = await _store.ReadHeadersAsync(tile.Index * Tile.FullWidth, tile.Width, ct);
        if (headers.Count < tile.Width) throw Missing(bundle.Path);
        Write(bundle.Path, EntryBundle.Encode([.. headers.Select(header => (ReadOnlyMemory<byte>)HeaderEncoding.LeafEntry(header.Span))]));
    }

    /// <summary>A partial tile has done its duty once the full one is there (C2SP tlog-tiles): readers of an older checkpoint take that.</summary>
    void DropPartial(Tile tile)
    {
        string[] full = tile.Level > 0 ? [tile.Path] : [tile.Path, new EntryBundle(tile.Index).Path];
        foreach (var partial in full.Select(path => path + ".p").Where(path => Directory.Exists(Named(path))))
        {
            RequireOwn(partial);
            Directory.Delete(Named(partial), recursive: true);
        }
    }

    /// <summary>Under its name only when it is whole and on the disk.</summary>
    void Write(string path, byte[] bytes)
    {
        var file = Named(path);
        RequireOwn(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var part = file + ".part";
        // Made anew: a link that somebody left under the name would have another file written over.
        File.Delete(part);
        using (var stream = new FileStream(part, FileMode.CreateNew, FileAccess.Write))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(part, file, overwrite: true);
        _written++;
    }

    /// <summary>Refuses folders below the export that are links: whoever may write there is not to have anything written, or removed, elsewhere.</summary>
    void RequireOwn(string path)
    {
        for (var above = Path.GetDirectoryName(path); above is { Length: > 0 } && !_own.Contains(above); above = Path.GetDirectoryName(above))
        {
            if (new DirectoryInfo(Named(above)).LinkTarget is not null)
                throw new IOException($"{Named(above)} is a link, and nothing is written through it; name an empty folder.");
            _own.Add(above);
        }
    }

    string Named(string path) => Path.Combine(_folder, path);

    static InvalidDataException Missing(string path) => new($"{path} cannot be made: records are missing. Run 'probity verify' on the data folder.");
}
