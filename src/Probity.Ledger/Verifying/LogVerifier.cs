using System.Runtime.CompilerServices;
using System.Text;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>
/// Checks all that a log shows the public, as anyone can, over HTTP or in a folder: its newest checkpoint, every entry bundle, every hash tile, and that it
/// holds all that older checkpoints held. Works on any log that serves C2SP tlog-tiles in bundles of up to a megabyte. The server may
/// be an enemy: each answer has a deadline and a longest length, and tiles that do not carry the signed root are found before the
/// entries are walked.
/// </summary>
public sealed class LogVerifier
{
    const string Entries = "entries";
    const int Ahead = 8;

    readonly LogSource _source;
    readonly VerifyRequest _request;
    readonly IProgress<double>? _progress;
    readonly Action _moved;
    readonly Findings _findings = new();

    LogVerifier(LogSource source, VerifyRequest request, IProgress<double>? progress, Action moved) =>
        (_source, _request, _progress, _moved) = (source, request, progress, moved);

    /// <summary>Checks a log.</summary>
    /// <param name="prefix">What the paths of C2SP tlog-tiles stand under: <c>https://node.example/log/</c>.</param>
    /// <param name="request">What to lean on beside the log itself.</param>
    /// <param name="progress">Takes the share done, 0 to 1.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="HttpRequestException">The log does not answer; what is wrong with the record cannot be said.</exception>
    /// <exception cref="InvalidDataException">No key was given and the log shows none, or its bundles are too long to be read here.</exception>
    public static Task<VerifyReport> VerifyAsync(Uri prefix, VerifyRequest request, IProgress<double>? progress, CancellationToken ct) =>
        VerifyAsync(prefix, request, progress, LogPatience.Usual, ct);

    /// <summary>Checks a log that lies in a folder as files in the paths of C2SP tlog-tiles, with the same checks.</summary>
    /// <param name="folder">The folder; its <c>checkpoint</c> is the newest.</param>
    /// <param name="request">What to lean on beside the log itself.</param>
    /// <param name="progress">Takes the share done, 0 to 1.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="IOException">A file is no regular file, or cannot be read.</exception>
    /// <exception cref="InvalidDataException">No key was given and the folder holds none, or its bundles are too long to be read here.</exception>
    public static Task<VerifyReport> VerifyFolderAsync(string folder, VerifyRequest request, IProgress<double>? progress, CancellationToken ct) =>
        new LogVerifier(new LogSource(new FolderFiles(folder).ReadAsync), request, progress, () => { }).RunAsync(ct);

    /// <summary>Whether a folder looks like a log's files.</summary>
    public static bool IsLogFolder(string folder) => RegularFile.KindOf(Path.Combine(folder, LogSource.Checkpoint)) == FileKind.Regular;

    internal static async Task<VerifyReport> VerifyAsync(
        Uri prefix, VerifyRequest request, IProgress<double>? progress, LogPatience patience, CancellationToken ct)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var stalled = CancellationTokenSource.CreateLinkedTokenSource(ct);
        stalled.CancelAfter(patience.Progress);
        try
        {
            var source = new LogSource(new HttpLogSource(client, prefix, patience).ReadAsync);
            return await new LogVerifier(source, request, progress, () => stalled.CancelAfter(patience.Progress)).RunAsync(stalled.Token);
        }
        catch (OperationCanceledException fault) when (!ct.IsCancellationRequested)
        {
            throw new HttpRequestException($"The log at {prefix} gave nothing that could be verified for {patience.Progress.TotalSeconds:0} seconds.", fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or TimeoutException)
        {
            throw new HttpRequestException($"The log at {prefix} does not answer: {fault.Message}", fault);
        }
    }

    async Task<VerifyReport> RunAsync(CancellationToken ct)
    {
        var key = _request.Key ?? await ReadKeyAsync(ct);
        _findings.Check(CheckpointAudit.Checkpoints, "The newest checkpoint is signed with the log's key, and the entries have the root that it signs.");
        var signed = new CheckpointAudit(_findings, await ReadLineageAsync(key, ct));
        signed.CheckPredecessors(_request.OldKeys);
        signed.CheckOld(_request.OldCheckpoints, _request.OldKeys);
        var head = await ReadHeadAsync(signed, key, ct);
        if (head is not null) await CheckTreeAsync(head, signed, ct);
        return new VerifyReport(head is null ? null : key.Name, head?.Size ?? 0, head?.Root, _request.Key is not null, 0, _findings.Results());
    }

    async ValueTask<LogHead?> ReadHeadAsync(CheckpointAudit signed, VerifierKey key, CancellationToken ct)
    {
        try
        {
            if (await _source.ReadCheckpointAsync(ct) is { } bytes)
            {
                var note = Encoding.UTF8.GetString(bytes);
                var head = signed.Check(CheckpointAudit.Checkpoints, note, null, "The newest checkpoint");
                if (head is not null && _request.Policy is { } policy) WitnessAudit.Check(_findings, policy, key, note, head.Size);
                return head;
            }

            _findings.Fault(CheckpointAudit.Checkpoints, null, "The log shows no checkpoint.");
        }
        catch (FormatException fault)
        {
            _findings.Fault(CheckpointAudit.Checkpoints, null, fault.Message);
        }

        return null;
    }

    async Task CheckTreeAsync(LogHead head, CheckpointAudit signed, CancellationToken ct)
    {
        _findings.Check(Entries, $"All {head.Size} entries are there.");
        _findings.Check(TreeAudit.Tiles, "Every hash tile is computed from the entries.");
        var tree = new TreeAudit(_findings, ReadTileAsync, signed.Claims, partialLeafTiles: true);
        if (!await CheckEdgeAsync(head, ct))
        {
            tree.GiveUp();
            return;
        }

        await foreach (var leaves in LeavesAsync(head.Size, ct))
        {
            // Without these entries nothing can be said about those that follow.
            if (leaves is null)
            {
                tree.GiveUp();
                return;
            }

            await tree.AppendAsync(leaves, ct);
            _moved();
            _progress?.Report((double)tree.Size / head.Size);
        }

        await tree.FinishAsync(ct);
    }

    /// <summary>
    /// Whether the tiles carry the signed root down to the first and the last entries: a few requests, however many entries a
    /// checkpoint claims. Who signed for entries that are not there is found here, and not after a walk without end.
    /// </summary>
    async ValueTask<bool> CheckEdgeAsync(LogHead head, CancellationToken ct)
    {
        if (head.Size == 0) return true;
        var tiles = new VerifiedTiles(head.Size, head.Root, async (tile, cancel) =>
            await _source.ReadTileAsync(tile, cancel) ?? throw new FormatException($"{tile.Path} is missing."));
        foreach (var index in (long[])[0, head.Size - 1])
        {
            var bundle = EntryBundle.Holding(index, head.Size);
            Hash[] row;
            try
            {
                row = await tiles.ReadRowAsync(Tile.Holding(new NodeId(0, index), head.Size), ct);
            }
            catch (FormatException fault)
            {
                _findings.Fault(TreeAudit.Tiles, null, fault.Message);
                return false;
            }

            _moved();
            if (await ReadLeavesAsync(bundle, ct) is not { } leaves) return false;
            var same = leaves.AsSpan().CommonPrefixLength(row);
            if (same == row.Length) continue;
            _findings.Fault(Entries, (bundle.Index * Tile.FullWidth) + same, $"{bundle.Path} does not hold the entries that were signed, from its entry {same} on.");
            return false;
        }

        return true;
    }

    async IAsyncEnumerable<Hash[]?> LeavesAsync(long size, [EnumeratorCancellation] CancellationToken ct)
    {
        var ahead = new Queue<Task<Hash[]?>>();
        for (long next = 0; next < size || ahead.Count > 0;)
        {
            for (; next < size && ahead.Count < Ahead; next += Tile.FullWidth) ahead.Enqueue(ReadLeavesAsync(EntryBundle.Holding(next, size), ct));
            yield return await ahead.Dequeue();
        }
    }

    async Task<Hash[]?> ReadLeavesAsync(EntryBundle bundle, CancellationToken ct)
    {
        var first = bundle.Index * Tile.FullWidth;
        try
        {
            if (await _source.ReadEntriesAsync(bundle, ct) is { } entries) return [.. entries.Select(entry => MerkleTree.LeafHash(entry.Span))];
            _findings.Fault(Entries, first, $"{bundle.Path} is missing: the entries from {first} on cannot be checked.");
        }
        catch (FormatException fault)
        {
            _findings.Fault(Entries, first, fault.Message);
        }

        return null;
    }

    async ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(Tile tile, CancellationToken ct)
    {
        try
        {
            return await _source.ReadTileAsync(tile, ct);
        }
        catch (FormatException)
        {
            return ReadOnlyMemory<byte>.Empty;
        }
    }

    async ValueTask<Lineage> ReadLineageAsync(VerifierKey key, CancellationToken ct)
    {
        try
        {
            // A log that has no such list may show something else under its name; one that hides its list continues nobody.
            if (await _source.ReadPredecessorsAsync(ct) is { } list && PredecessorList.IsList(list)) return Lineage.Of(key, PredecessorList.Parse(list));
        }
        catch (HttpRequestException fault) when ((int?)fault.StatusCode is >= 400 and < 500)
        {
            // As logs answer that do not know what is asked for.
        }
        catch (FormatException fault)
        {
            _findings.Fault(CheckpointAudit.Predecessors, null, $"What the log says of those that it continues cannot be so: {fault.Message}");
        }

        return Lineage.Of(key);
    }

    async ValueTask<VerifierKey> ReadKeyAsync(CancellationToken ct)
    {
        try
        {
            if (await _source.ReadVerifierKeyAsync(ct) is { } key) return VerifierKey.Parse(Encoding.UTF8.GetString(key).TrimEnd('\n'));
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"The key that the log shows cannot be read: {fault.Message}", fault);
        }

        throw new InvalidDataException("The log shows no key: give the one you know.");
    }
}
