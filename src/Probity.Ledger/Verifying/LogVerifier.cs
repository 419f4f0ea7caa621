using System.Runtime.CompilerServices;
using System.Text;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>
/// Checks all that a log shows the public, as anyone can: its newest checkpoint, every entry bundle, every hash tile, and that it
/// holds all that older checkpoints held. Works on any log that serves C2SP tlog-tiles.
/// </summary>
public sealed class LogVerifier
{
    const string Entries = "entries";
    const int Ahead = 8;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly HttpLogSource _source;
    readonly VerifyRequest _request;
    readonly IProgress<double>? _progress;
    readonly Findings _findings = new();

    LogVerifier(HttpLogSource source, VerifyRequest request, IProgress<double>? progress) =>
        (_source, _request, _progress) = (source, request, progress);

    /// <summary>Checks a log.</summary>
    /// <param name="prefix">What the paths of C2SP tlog-tiles stand under: <c>https://node.example/log/</c>.</param>
    /// <param name="request">What to lean on beside the log itself.</param>
    /// <param name="progress">Takes the share done, 0 to 1.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="HttpRequestException">The log does not answer; what is wrong with the record cannot be said.</exception>
    /// <exception cref="InvalidDataException">No key was given, and the log shows none.</exception>
    public static async Task<VerifyReport> VerifyAsync(Uri prefix, VerifyRequest request, IProgress<double>? progress, CancellationToken ct)
    {
        using var client = new HttpClient { Timeout = Patience };
        try
        {
            return await new LogVerifier(new HttpLogSource(client, prefix), request, progress).RunAsync(ct);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new HttpRequestException($"The log at {prefix} does not answer: {fault.Message}", fault);
        }
    }

    async Task<VerifyReport> RunAsync(CancellationToken ct)
    {
        var key = _request.Key ?? await ReadKeyAsync(ct);
        var signed = new CheckpointAudit(_findings, key);
        _findings.Check(CheckpointAudit.Checkpoints, "The newest checkpoint is signed with the log's key, and the entries have the root that it signs.");
        signed.CheckOld(_request.OldCheckpoints);
        var head = await ReadHeadAsync(signed, ct);
        if (head is not null) await CheckTreeAsync(head, signed, ct);
        return new VerifyReport(head is null ? null : key.Name, head?.Size ?? 0, head?.Root, _request.Key is not null, 0, _findings.Results());
    }

    async ValueTask<LogHead?> ReadHeadAsync(CheckpointAudit signed, CancellationToken ct)
    {
        try
        {
            if (await _source.ReadCheckpointAsync(ct) is { } note)
                return signed.Check(CheckpointAudit.Checkpoints, Encoding.UTF8.GetString(note), null, "The newest checkpoint");
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
        await foreach (var leaves in LeavesAsync(head.Size, ct))
        {
            // Without these entries nothing can be said about those that follow.
            if (leaves is null) return;
            await tree.AppendAsync(leaves, ct);
            _progress?.Report((double)tree.Size / head.Size);
        }

        await tree.FinishAsync(ct);
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
