using Microsoft.Data.Sqlite;
using Npgsql;
using NSec.Cryptography;
using Probity.Ledger;
using Probity.Storage.Credentials;
using Probity.Storage.Postgres;
using Probity.Storage.Sqlite;

namespace Probity.Storage;

/// <summary>What a backup holds.</summary>
/// <param name="Size">How many records.</param>
/// <param name="Fault">Why it was not kept: what was read back is not a whole log. Null where all is right.</param>
public sealed record BackupReport(long Size, string? Fault);

/// <summary>
/// Backs up a node's ledger: records, checkpoints, the witnessed one and who witnesses, as of one moment, encrypted for a key whose private half is
/// elsewhere. No keys or views are in it, and credentials only if that is asked for. The node may be running.
/// </summary>
public static class LedgerBackup
{
    const int RecordsAtOnce = 1_024;
    const int CheckpointsAtOnce = 1_024;
    const int PieceSize = 1024 * 1024;
    const long BytesAtOnce = 8 * 1024 * 1024;

    /// <summary>Writes a backup, reads it back, and gives it its name only if it is whole.</summary>
    /// <param name="folder">The node.</param>
    /// <param name="file">A new file.</param>
    /// <param name="recipient">Whose private half will open it.</param>
    /// <param name="withCredentials">Whether what people sign in with is to be in it.</param>
    /// <param name="now">The time that it says.</param>
    /// <param name="progress">Takes the share done, 0 to 1.</param>
    /// <param name="ct">Gives up; no file is left.</param>
    /// <exception cref="InvalidDataException">The ledger cannot be read.</exception>
    /// <exception cref="IOException">The file is there already, or one cannot be read or written.</exception>
    public static async Task<BackupReport> WriteAsync(
        NodeFolder folder, string file, BackupKey recipient, bool withCredentials, DateTimeOffset now, IProgress<double>? progress, CancellationToken ct)
    {
        if (!folder.Exists) throw new FileNotFoundException($"{folder.Root} holds no ledger: name the data folder of a node.", folder.LedgerFile);
        var path = Path.GetFullPath(file);
        if (RegularFile.KindOf(path) != FileKind.Absent) throw new IOException($"{path} is there already: name a new file.");
        if (withCredentials && folder.IsOnPostgres) throw new InvalidDataException($"The credentials of {folder.Root} lie in PostgreSQL: back them up with pg_dump --schema=access (docs/postgresql.md).");
        try
        {
            // Read first: it is small, and where it cannot be read nothing is begun.
            var credentials = withCredentials ? CredentialsImage.Read(folder.AccessFile) : [];
            if (!folder.IsOnPostgres) return Write(folder, new SqliteNodeDatabase(folder), path, recipient, credentials, now, progress, ct);
            await using var database = new PostgresNodeDatabase(folder.ReadConnection()!);
            return Write(folder, database, path, recipient, credentials, now, progress, ct);
        }
        catch (NpgsqlException fault)
        {
            throw folder.Unreachable(fault);
        }
        catch (SqliteException fault)
        {
            throw new InvalidDataException($"{folder.Root} cannot be backed up. {SqliteFaults.Describe(fault, folder.Root)}", fault);
        }
    }

    static BackupReport Write(
        NodeFolder folder, INodeDatabase database, string path, BackupKey recipient, byte[] credentials, DateTimeOffset now, IProgress<double>? progress, CancellationToken ct)
    {
        var part = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetRandomFileName()}.part");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            long size;
            string? fault;
            using (var stream = new FileStream(part, options))
            {
                using var reader = database.OpenSnapshot();
                var identity = reader.ReadIdentity() ?? throw new InvalidDataException($"The ledger of {folder.Root} is empty: there is nothing to back up.");
                size = reader.ReadCheckpoint(null)?.Size ?? 0;
                using var key = BackupHead.Write(stream, identity.Origin, now, recipient);
                var begin = stream.Position;
                var writer = new BackupWriter(stream, key);
                foreach (var one in Parts(folder, database, reader, identity, Half(progress, 0, size), ct)) writer.Write(one);
                foreach (var piece in credentials.Chunk(PieceSize)) writer.Write(new BackupPart.Credentials(piece));
                writer.Finish();
                stream.Flush(flushToDisk: true);
                stream.Position = begin;
                fault = Check(stream, key, Half(progress, 0.5, size), ct);
            }

            if (fault is null)
            {
                File.Move(part, path);
                FolderSync.Flush(Path.GetDirectoryName(path)!);
            }

            return new BackupReport(size, fault);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>The parts of a ledger, in their order.</summary>
    internal static IEnumerable<BackupPart> Parts(NodeFolder folder, INodeDatabase database, ILedgerReader reader, LogIdentity identity, Action<long> done, CancellationToken ct)
    {
        yield return new BackupPart.Identity(identity);
        foreach (var predecessor in reader.ReadPredecessors(Lineage.Most + 1)) yield return new BackupPart.Predecessor(predecessor);
        // Who joins meanwhile is one too many at most.
        foreach (var node in database.ReadNodes().Where(node => node != identity.Node)) yield return new BackupPart.Node(node);
        if (RegularFile.KindOf(folder.PolicyFile) != FileKind.Absent)
            yield return new BackupPart.Policy(RegularFile.ReadText(folder.PolicyFile, Ledger.Formats.SignedNote.MaxLength));
        if (reader.ReadWitnessed() is { } witnessed) yield return new BackupPart.Witnessed(witnessed);
        var next = 0L;
        List<StoredCheckpoint> some;
        for (var after = -1L; (some = reader.ReadCheckpoints(after, CheckpointsAtOnce)).Count > 0; after = some[^1].Size)
        {
            foreach (var checkpoint in some)
            {
                while (next < checkpoint.Size)
                {
                    ct.ThrowIfCancellationRequested();
                    var records = reader.ReadRecords(next, (int)Math.Min(RecordsAtOnce, checkpoint.Size - next), BytesAtOnce);
                    // What is missing is found when the backup is read back.
                    if (records.Count == 0) break;
                    foreach (var record in records) yield return new BackupPart.Record(record);
                    next += records.Count;
                    done(next);
                }

                yield return new BackupPart.Signed(checkpoint);
            }
        }
    }

    static string? Check(Stream stream, Key key, Action<long> done, CancellationToken ct)
    {
        try
        {
            foreach (var part in BackupReader.Read(stream, key, null))
            {
                if (part is not BackupPart.Signed(var checkpoint)) continue;
                ct.ThrowIfCancellationRequested();
                done(checkpoint.Size);
            }

            return null;
        }
        catch (InvalidDataException fault)
        {
            return fault.Message;
        }
    }

    static Action<long> Half(IProgress<double>? progress, double from, long size) => done => progress?.Report(from + (0.5 * done / Math.Max(1, size)));
}
