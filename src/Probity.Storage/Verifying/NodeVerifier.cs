using System.Collections.Concurrent;
using Npgsql;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Storage.Postgres;
using Probity.Storage.Sqlite;

namespace Probity.Storage;

/// <summary>
/// Checks all that lies in a node's data folder, without the server and without changing a byte of it: signatures, tree, records,
/// ciphertexts, payloads, keys, order, and the database files themselves.
/// </summary>
public sealed partial class NodeVerifier
{
    const string Published = "published checkpoint";
    const string Identity = "identity";

    readonly NodeFolder _folder;
    readonly INodeDatabase _database;
    readonly VerifyRequest _request;
    readonly IProgress<double>? _progress;
    readonly Findings _findings = new();
    readonly RowSums _sums = new();
    readonly ConcurrentBag<ILedgerReader> _readers = [];
    Task<bool> _whole = Task.FromResult(false);
    UInt128 _scanned;
    IReadOnlySet<Guid> _nodes = new HashSet<Guid>();
    long _withoutKeys;

    NodeVerifier(NodeFolder folder, INodeDatabase database, VerifyRequest request, IProgress<double>? progress) =>
        (_folder, _database, _request, _progress) = (folder, database, request, progress);

    /// <summary>Checks a data folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="request">What to lean on beside the folder itself.</param>
    /// <param name="progress">Takes the share done, 0 to 1.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="FileNotFoundException">There is no ledger in the folder.</exception>
    /// <exception cref="IOException">A database or the wrapping key is no regular file, or cannot be read.</exception>
    public static Task<VerifyReport> VerifyAsync(string path, VerifyRequest request, IProgress<double>? progress, CancellationToken ct)
    {
        var folder = NodeFolder.At(path);
        if (!folder.Exists) throw folder.Missing();
        return folder.IsOnPostgres
            ? VerifyPostgresAsync(folder, request, progress, ct)
            : new NodeVerifier(folder, new SqliteNodeDatabase(folder), request, progress).RunAsync(ct);
    }

    static async Task<VerifyReport> VerifyPostgresAsync(NodeFolder folder, VerifyRequest request, IProgress<double>? progress, CancellationToken ct)
    {
        try
        {
            await using var database = new PostgresNodeDatabase(folder.ReadConnection()!);
            return await new NodeVerifier(folder, database, request, progress).RunAsync(ct);
        }
        catch (NpgsqlException fault)
        {
            throw folder.Unreachable(fault);
        }
    }

    async Task<VerifyReport> RunAsync(CancellationToken ct)
    {
        LogIdentity? identity = null;
        LogHead? head = null;
        try
        {
            var ours = _database.CheckLedger(_findings);
            if (ours) _whole = Task.Run(() => _database.CheckPages(_findings, ct), CancellationToken.None);
            var reader = _database.OpenLedger();
            _readers.Add(reader);
            if (ours) identity = ReadIdentity(reader);
            if (ours && (_request.Key ?? ParseKey(identity?.VerifierKey)) is { } key) head = await CheckAllAsync(reader, key, identity, ct);
        }
        catch (Exception fault) when (DatabaseAudit.IsDamage(fault))
        {
            _findings.Fault(DatabaseAudit.Database, null, $"{_database.Ledger} cannot be read: {fault.Message}");
        }
        finally
        {
            await _whole;
            while (_readers.TryTake(out var reader)) reader.Dispose();
        }

        return new VerifyReport(
            identity?.Origin, head?.Size ?? 0, head?.Root, _request.Key is not null, _withoutKeys, _findings.Results());
    }

    async Task<LogHead?> CheckAllAsync(ILedgerReader reader, VerifierKey key, LogIdentity? identity, CancellationToken ct)
    {
        var lineage = ReadLineage(reader, key);
        var signed = new CheckpointAudit(_findings, lineage);
        signed.CheckPredecessors(_request.OldKeys);
        CheckPublished(reader, signed);
        CheckWitnessed(reader, signed, lineage);
        // Before the newest checkpoint: what is destroyed by now is said by an entry that it counts, on a node that is running too.
        await using var keys = await OpenKeysAsync(ct);
        var head = CheckCheckpoints(reader, signed);
        signed.CheckOld(_request.OldCheckpoints, _request.OldKeys);
        if (head is not null) await CheckRecordsAsync(head, signed, keys, identity, lineage, ct);
        return head;
    }

    LogIdentity? ReadIdentity(ILedgerReader reader)
    {
        _findings.Check(Identity, "The ledger says what log it is, and that is the log of the key.");
        LogIdentity? identity = null;
        DatabaseAudit.Guard(_findings, Identity, _database.Ledger, () =>
        {
            if (reader.CountIdentities() != 1) _findings.Fault(Identity, null, $"{_database.Ledger} does not say, once, what log it is.");
            identity = reader.ReadIdentity();
            if (identity is null) return;
            if (!identity.IsReadable)
                _findings.Fault(Identity, null, $"{_database.Ledger} has format {identity.Format}; this program reads formats up to {LogIdentity.CurrentFormat}.");
            else if (identity.Format != reader.FormatOfTables)
                _findings.Fault(Identity, null, $"{_database.Ledger} says that it has format {identity.Format}, and has the tables of another.");
            if (ParseKey(identity.VerifierKey) is not { } key || key.Name != identity.Origin)
                _findings.Fault(Identity, null, $"The key in {_database.Ledger} is not that of the log it names.");
            else if (_request.Key is { } given && given != key)
                _findings.Fault(Identity, null, $"The ledger was made with the key {key}, not with the one given.");
        });
        return identity;
    }

    /// <summary>
    /// Every checkpoint that the ledger kept. The newest is what the log claims to be, the first that of the empty log. Nothing
    /// says how many commits lie between: one checkpoint taken out in the middle is not seen, and proves nothing that the next
    /// does not.
    /// </summary>
    LogHead? CheckCheckpoints(ILedgerReader reader, CheckpointAudit signed)
    {
        const int AtOnce = 1_024;
        _findings.Check(CheckpointAudit.Checkpoints, "Every checkpoint that is there is signed with the log's key, and the entries have the root that each signs.");
        LogHead? head = null;
        DatabaseAudit.Guard(_findings, CheckpointAudit.Checkpoints, _database.Ledger, () =>
        {
            if (reader.FindNegativeCheckpoint() is { } negative)
                _findings.Fault(CheckpointAudit.Checkpoints, null, $"A checkpoint is filed under the negative size {negative}.");
            if (reader.ReadCheckpoint(0) is null)
                _findings.Fault(CheckpointAudit.Checkpoints, null, "The checkpoint of the empty log, which every ledger begins with, is missing.");
            List<StoredCheckpoint> some;
            for (var after = -1L; (some = reader.ReadCheckpoints(after, AtOnce)).Count > 0; after = some[^1].Size)
            {
                // A damaged tree of pages can lead in a circle.
                if (some[0].Size <= after || some.Zip(some.Skip(1)).Any(pair => pair.First.Size >= pair.Second.Size))
                    throw new InvalidDataException("its checkpoints are not in order.");
                var heads = new LogHead?[some.Count];
                if (some.Count < Environment.ProcessorCount * 8) for (var i = 0; i < heads.Length; i++) Check(i);
                else Parallel.For(0, heads.Length, Check);
                head = heads[^1];

                void Check(int i) => heads[i] =
                    signed.Check(CheckpointAudit.Checkpoints, some[i].Note, some[i].Size, $"The checkpoint of size {some[i].Size}");
            }

            if (head is null) _findings.Fault(CheckpointAudit.Checkpoints, null, $"{_database.Ledger} has no newest checkpoint that verifies.");
        });
        return head;
    }

    // Looked at before the ledger's own checkpoints: a server that is running may publish a newer one meanwhile.
    void CheckPublished(ILedgerReader reader, CheckpointAudit signed)
    {
        _findings.Check(Published, "The ledger holds what was last published of it.");
        string note;
        try
        {
            note = RegularFile.ReadText(_folder.CheckpointFile, SignedNote.MaxLength);
        }
        catch (IOException fault)
        {
            _findings.Fault(Published, null, $"The published checkpoint cannot be read: {fault.Message}");
            return;
        }

        if (signed.Check(Published, note, null, "The published checkpoint") is not { } head) return;
        DatabaseAudit.Guard(_findings, Published, _database.Ledger, () =>
        {
            if (reader.ReadCheckpoint(head.Size) is not { } recorded)
                _findings.Fault(Published, null, $"The ledger has no commit that ends at {head.Size} entries, which was published: entries were lost or replaced.");
            else if (recorded.Note != note)
                _findings.Fault(Published, null, $"The ledger's checkpoint of size {head.Size} is not the one that was published.");
        });
    }

    static VerifierKey? ParseKey(string? text)
    {
        try
        {
            return text is null ? null : VerifierKey.Parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
