using System.Globalization;
using Microsoft.Data.Sqlite;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Ledger.Witnessing;
using Probity.Storage.Sqlite;

namespace Probity.Storage;

/// <summary>What a succession is asked for with.</summary>
/// <param name="Origin">The successor's name.</param>
/// <param name="Cause">Why the old log cannot go on; null to take it from its file <c>stopped</c>.</param>
/// <param name="Reason">The same in words.</param>
/// <param name="By">Who decided it, or null.</param>
public sealed record SuccessionRequest(string Origin, SuccessionCause? Cause, string Reason, string? By);

/// <summary>What a succession made.</summary>
/// <param name="Succeeded">What the new log says of the old one.</param>
/// <param name="Key">The new log's key.</param>
/// <param name="HasWitnesses">Whether the new folder names witnesses, who have to be given the key.</param>
public sealed record SuccessionReport(Succeeded Succeeded, VerifierKey Key, bool HasWitnesses);

/// <summary>
/// Makes a data folder whose log continues that of another, which was rolled back or forked or whose signing key was stolen: the same
/// entries, under a new name and a new signing key, and an entry more that says so. The old folder is evidence: no byte of it changes.
/// </summary>
public static class LedgerSuccession
{
    const int LongestName = 255;

    /// <summary>Makes a successor; its folder has its name only when all of it was verified.</summary>
    /// <param name="old">The old folder. No server may have it open.</param>
    /// <param name="to">A folder that is not there yet, or empty.</param>
    /// <param name="request">Name, cause and reason.</param>
    /// <param name="time">The clock of the entry.</param>
    /// <param name="progress">Takes the share done, 0 to 1.</param>
    /// <param name="ct">Gives up; nothing is left.</param>
    /// <exception cref="InvalidDataException">The request cannot be, the old record does not verify, or its keys are not there.</exception>
    /// <exception cref="IOException">A server runs on the old folder, the new one is there, or a file cannot be read or written.</exception>
    public static async Task<SuccessionReport> SucceedAsync(
        NodeFolder old, string to, SuccessionRequest request, TimeProvider time, IProgress<double>? progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        Check(request);
        if (!old.Exists) throw new FileNotFoundException($"{old.Root} holds no ledger: name the data folder of a node.", old.LedgerFile);
        if (old.IsOnPostgres)
            throw new InvalidDataException($"The ledger of {old.Root} lies in PostgreSQL, from where it is not continued by itself yet: docs/recovery.md says what can be done.");
        var target = RequireNew(to, old);
        var above = Path.GetDirectoryName(target)!;
        var hadLock = File.Exists(old.LockFile);
        var folder = NodeFolder.At(Path.Combine(above, $".{Path.GetRandomFileName()}.part"));
        try
        {
            await using var own = new FolderLock(old.LockFile);
            folder.MakePrivate();
            var report = await new Succession(old, folder, request, time, progress).RunAsync(ct);
            FolderSync.Flush(folder.Root);
            if (Directory.Exists(target)) Directory.Delete(target);
            Directory.Move(folder.Root, target);
            FolderSync.Flush(above);
            return report;
        }
        catch (SqliteException fault)
        {
            throw new IOException($"{target} cannot be made. {SqliteFaults.Describe(fault, target)}", fault);
        }
        finally
        {
            if (!hadLock) File.Delete(old.LockFile);
            if (Directory.Exists(folder.Root)) Directory.Delete(folder.Root, recursive: true);
        }
    }

    static void Check(SuccessionRequest request)
    {
        if (!VerifierKey.IsName(request.Origin) || request.Origin.Length > LongestName)
            throw new InvalidDataException($"'{request.Origin}' cannot be a log's name: up to {LongestName} characters, no spaces and no plus signs, such as example.org/unit-2.");
        if (!Succeeded.IsText(request.Reason, Succeeded.LongestReason))
            throw new InvalidDataException($"The reason is what an overseer will read: 1 to {Succeeded.LongestReason} characters on one line.");
        if (request.By is not null && !Succeeded.IsText(request.By, Succeeded.LongestBy))
            throw new InvalidDataException($"Who decided is a name and a post: 1 to {Succeeded.LongestBy} characters on one line.");
    }

    static string RequireNew(string to, NodeFolder old)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(to));
        if (RegularFile.KindOf(target) != FileKind.Absent && !(Directory.Exists(target) && !Directory.EnumerateFileSystemEntries(target).Any()))
            throw new IOException($"{target} is there already: name a new folder.");
        var above = Path.GetDirectoryName(target);
        if (above is null || !Directory.Exists(above)) throw new DirectoryNotFoundException($"there is no folder {above} to make {Path.GetFileName(target)} in; make it first");
        if (($"{RegularFile.Final(above)}{Path.DirectorySeparatorChar}").StartsWith($"{RegularFile.Final(old.Root)}{Path.DirectorySeparatorChar}", StringComparison.Ordinal) || target == old.Root)
            throw new IOException($"{target} lies in {old.Root}, which is evidence and stays as it is; name a folder beside it.");
        return target;
    }

    /// <summary>One succession, under the lock of the old folder.</summary>
    /// <param name="old">The old folder.</param>
    /// <param name="made">The new one, which has no name yet.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">Takes the share done.</param>
    sealed class Succession(NodeFolder old, NodeFolder made, SuccessionRequest request, TimeProvider time, IProgress<double>? progress)
    {
        public async Task<SuccessionReport> RunAsync(CancellationToken ct)
        {
            // A write-ahead log cannot be read without making an index beside it: then a copy is read, and the old folder left alone.
            var source = HasLog(old.LedgerFile) || HasLog(old.KeyFile) ? Copy() : old;
            var verified = await NodeVerifier.VerifyAsync(source.Root, new VerifyRequest(null, []), Share(0, 0.4), ct);
            // The lowest record, where one is known: that is where to look.
            if (verified.Checks.Where(check => !check.Ok).OrderBy(check => check.Index ?? long.MaxValue).FirstOrDefault() is { } wrong)
            {
                var at = wrong.Index is { } index ? string.Create(CultureInfo.InvariantCulture, $" [record {index}]") : "";
                throw new InvalidDataException($"{old.Root} does not verify, so nothing of it is taken over: {wrong.Name}{at}: {wrong.Message} docs/recovery.md says what to do with a damaged record.");
            }

            new SecretsTakenOver(old, made).Copy();
            using var signer = SignerKey.Generate(request.Origin);
            LogKeys.WriteSecret(Path.Combine(made.SecretsFolder, "signing"), signer.Export());
            var succeeded = await FillAsync(source, signer, ct);
            if (source != old) Directory.Delete(source.Root, recursive: true);
            await VerifyAsync(signer.Verifier, ct);
            return new SuccessionReport(succeeded, signer.Verifier, NodeWitnessing.ReadPolicy(made) is { NeedsWitnesses: true });
        }

        async Task<Succeeded> FillAsync(NodeFolder source, SignerKey signer, CancellationToken ct)
        {
            var database = new SqliteNodeDatabase(source);
            using var reader = database.OpenLedger();
            var identity = reader.ReadIdentity()!;
            var newest = reader.ReadCheckpoint(null)!;
            var predecessor = Predecessor.Open(identity.VerifierKey, newest.Note);
            var lineage = CheckName(signer.Verifier, reader, predecessor);
            var succeeded = await DescribeAsync(source, predecessor, ct);

            var tree = new CompactRange();
            var last = DateTimeOffset.MinValue;
            using (var ledger = new SqliteFilling(made.LedgerFile))
            {
                foreach (var part in LedgerBackup.Parts(source, database, reader, identity, Done(newest.Size), ct))
                {
                    switch (part)
                    {
                        case BackupPart.Identity:
                            // The id of the log stays: streams and the house's own acts are found by it.
                            ledger.Write(new BackupPart.Identity(identity with { Origin = request.Origin, VerifierKey = signer.Verifier.ToString() }));
                            foreach (var one in lineage.Stored()) ledger.Write(new BackupPart.Predecessor(one));
                            break;
                        case BackupPart.Record(var record):
                            tree.Append(LogTiles.Leaf(record.Header.Span));
                            last = HeaderEncoding.Decode(record.Header).Recorded;
                            ledger.Write(part);
                            break;
                        // Its place is the new log's first checkpoint's: it lies with the predecessor.
                        case BackupPart.Signed(var checkpoint) when checkpoint.Size == newest.Size: break;
                        case BackupPart.Signed: ledger.Write(part); break;
                    }
                }

                if (tree.Size != newest.Size || tree.Root() != predecessor.Last.Root)
                    throw new InvalidDataException($"{old.Root} was changed while it was read: nothing is taken over.");
                Sign(ledger, signer, tree);
                var entry = await SealAsync(source, succeeded, identity.Node, tree.Size, lineage.Predecessors.Count, last, ct);
                ledger.Write(new BackupPart.Record(entry));
                tree.Append(LogTiles.Leaf(entry.Header.Span));
                Write(made.CheckpointFile, Sign(ledger, signer, tree));
                ledger.Finish();
            }

            return succeeded;
        }

        /// <summary>The names in a row are all different, or nobody could tell by its name whose checkpoint one is.</summary>
        static Lineage CheckName(VerifierKey key, ILedgerReader reader, Predecessor predecessor)
        {
            if (key.Name == predecessor.Key.Name) throw new InvalidDataException($"The log is named {key.Name} already: its successor needs a name of its own, for witnesses refuse this one.");
            try
            {
                var before = Lineage.Of(predecessor.Key, reader.ReadPredecessors(Lineage.Most + 1));
                return Lineage.Of(key, (IReadOnlyList<Predecessor>)[.. before.Predecessors, predecessor]);
            }
            catch (FormatException fault)
            {
                throw new InvalidDataException($"The log cannot be continued so: {fault.Message}", fault);
            }
        }

        async ValueTask<Succeeded> DescribeAsync(NodeFolder source, Predecessor predecessor, CancellationToken ct)
        {
            var shown = ReadShown(predecessor.Key);
            await using var store = SqliteLogStore.OpenUntouched(source.LedgerFile);
            // What the folder holds by now proves nothing against it: a newer copy may have been put back since.
            if (shown is not null && shown.Checkpoint.Size <= predecessor.Size
                && await new Subtree(0, shown.Checkpoint.Size).FoldAsync(new TreeReader(store).Nodes(predecessor.Size, ct)) == shown.Checkpoint.Root)
                shown = null;
            if (shown is null && File.Exists(old.RestoredFile) && !File.Exists(old.StoppedFile) && NodeWitnessing.ReadPolicy(old) is { NeedsWitnesses: true })
                throw new InvalidDataException($"{old.Root} was restored and its witnesses have not been asked yet: start the server where it reaches them; it goes on, or stops and says what is missing.");
            var cause = request.Cause
                ?? (shown is null ? throw new InvalidDataException($"{old.StoppedFile} shows no checkpoint that this log does not hold, so it does not say why it cannot go on: give --cause, one of {string.Join(", ", Succeeded.CauseNames)}.")
                : shown.Checkpoint.Size > predecessor.Size ? SuccessionCause.RolledBack : SuccessionCause.Forked);
            return new Succeeded(predecessor, cause, request.Reason, request.By, shown?.Note.ToString());
        }

        SignedCheckpoint? ReadShown(VerifierKey key) => RegularFile.KindOf(old.StoppedFile) == FileKind.Absent ? null
            : StoppedEvidence.ReadShown(RegularFile.ReadText(old.StoppedFile, StoppedEvidence.MaxLength), key);

        /// <summary>Takes the keys over as they are wrapped, adds that of the new entry, and seals it.</summary>
        async ValueTask<StoredRecord> SealAsync(NodeFolder source, Succeeded succeeded, Guid node, long index, int version, DateTimeOffset last, CancellationToken ct)
        {
            await using (IKeyTable before = SqliteKeyStore.OpenUntouched(source.KeyFile))
            await using (IKeyTable taken = SqliteKeyStore.Open(made.KeyFile))
            {
                var rows = await before.ReadAllAsync(ct);
                await taken.ChangeAsync(_ => rows, ct);
            }

            await KeyRotation.FinishAsync(made, ct);
            await using var store = SqliteKeyStore.Open(made.KeyFile);
            using var wrapping = new SecretsTakenOver(old, made).ReadWrapping();
            using var ring = new KeyRing(store, wrapping);
            var keys = await ring.EnsureAsync([KeysDestroyed.Compartment, Succeeded.Compartment], ct);
            var key = keys[Succeeded.Compartment]
                ?? throw new InvalidDataException("The key of the entries that say which log is continued was destroyed: run 'probity verify' on the old folder.");
            var now = time.GetUtcNow();
            return RecordSealing.Seal(
                new NewEntry(Succeeded.Stream, Succeeded.Type, succeeded.Encode(), new ActorId(node), Succeeded.Compartment),
                index, version, Microseconds.ToTime(Microseconds.Of(now < last ? last : now)), node, key, System.Security.Cryptography.RandomNumberGenerator.Fill);
        }

        string Sign(SqliteFilling ledger, SignerKey signer, CompactRange tree)
        {
            var note = new Checkpoint(request.Origin, tree.Size, tree.Root()).Sign(signer).ToString();
            ledger.Write(new BackupPart.Signed(new StoredCheckpoint(tree.Size, note)));
            return note;
        }

        async ValueTask VerifyAsync(VerifierKey key, CancellationToken ct)
        {
            var verified = await NodeVerifier.VerifyAsync(made.Root, new VerifyRequest(key, []), Share(0.6, 0.4), ct);
            if (verified.Checks.FirstOrDefault(check => !check.Ok) is { } wrong)
                throw new InvalidDataException($"What was made of {old.Root} does not verify, so it was not kept: {wrong.Name}: {wrong.Message}");
        }

        NodeFolder Copy()
        {
            var copy = NodeFolder.At(Path.Combine(made.Root, "old"));
            Directory.CreateDirectory(copy.SecretsFolder);
            foreach (var file in (string[])[old.LedgerFile, old.LedgerFile + "-wal", old.KeyFile, old.KeyFile + "-wal", old.CheckpointFile, old.OtherNodesFile, old.PolicyFile])
                if (RegularFile.KindOf(file) != FileKind.Absent) SecretsTakenOver.CopyFile(file, Path.Combine(copy.Root, Path.GetFileName(file)));
            foreach (var file in (string[])[WrappingKeySources.File, WrappingKeySources.File + WrappingKeySources.Next])
                if (RegularFile.KindOf(Path.Combine(old.SecretsFolder, file)) != FileKind.Absent)
                    SecretsTakenOver.CopyFile(Path.Combine(old.SecretsFolder, file), Path.Combine(copy.SecretsFolder, file));
            return copy;
        }

        static bool HasLog(string file) => new FileInfo(file + "-wal") is { Exists: true, Length: > 0 };

        Action<long> Done(long size) => done => progress?.Report(0.4 + (0.2 * done / Math.Max(1, size)));

        Part? Share(double from, double share) => progress is null ? null : new Part(progress, from, share);

        static void Write(string path, string text)
        {
            using var file = File.Create(path);
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }
    }

    sealed class Part(IProgress<double> whole, double from, double share) : IProgress<double>
    {
        public void Report(double value) => whole.Report(from + (share * value));
    }
}
