using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Storage.Credentials;
using Probity.Storage.Postgres;
using Probity.Storage.Sqlite;

namespace Probity.Storage;

/// <summary>What was restored.</summary>
/// <param name="Origin">The log's name.</param>
/// <param name="Made">When the backup was made.</param>
/// <param name="Size">How many records it held.</param>
/// <param name="HasWitnesses">Whether the backup names witnesses, who have to confirm it before the log takes entries.</param>
/// <param name="HasCredentials">Whether the backup held what people sign in with.</param>
public sealed record RestoreReport(string Origin, DateTimeOffset Made, long Size, bool HasWitnesses, bool HasCredentials);

/// <summary>
/// Makes a data folder of a backup, its log in the folder or in a new PostgreSQL database. The folder has its name only when all of it was verified; it takes no entries until the witnesses,
/// or where there are none an administrator, say that nothing is missing.
/// </summary>
public static class LedgerRestore
{
    /// <summary>Restores a backup into a folder.</summary>
    /// <inheritdoc cref="RestoreAsync(string, BackupPrivateKey, string, string?, VerifierKey?, IProgress{double}?, CancellationToken)"/>
    public static Task<RestoreReport> RestoreAsync(
        string file, BackupPrivateKey key, string to, VerifierKey? given, IProgress<double>? progress, CancellationToken ct) =>
        RestoreAsync(file, key, to, null, given, progress, ct);

    /// <summary>Restores a backup.</summary>
    /// <param name="file">The backup.</param>
    /// <param name="key">The private half of the key that it was made for.</param>
    /// <param name="to">A folder that is not there yet.</param>
    /// <param name="postgres">The connection to an empty database that the log is to lie in, as the owner of its tables; null for the folder itself.</param>
    /// <param name="given">The log's key from elsewhere, or null to believe the backup.</param>
    /// <param name="progress">Takes the share done, 0 to 1.</param>
    /// <param name="ct">Gives up; nothing is left.</param>
    /// <exception cref="InvalidDataException">The backup is not whole, or for another key.</exception>
    /// <exception cref="IOException">The folder is there already, the database is not empty, or one cannot be read or written.</exception>
    public static async Task<RestoreReport> RestoreAsync(
        string file, BackupPrivateKey key, string to, string? postgres, VerifierKey? given, IProgress<double>? progress, CancellationToken ct)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(to));
        if (RegularFile.KindOf(target) != FileKind.Absent) throw new IOException($"{target} is there already: name a new folder.");
        var above = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(above)) throw new DirectoryNotFoundException($"there is no folder {above} to make {Path.GetFileName(target)} in; make it first");
        RegularFile.Require(file);
        var folder = NodeFolder.At(Path.Combine(above, $".{Path.GetRandomFileName()}.part"));
        var filled = false;
        try
        {
            folder.MakePrivate();
            RestoreReport report;
            using (ILedgerFilling ledger = postgres is null ? new SqliteFilling(folder.LedgerFile) : await PostgresFilling.OpenAsync(postgres, ct))
                report = Fill(folder, ledger, file, key, given, postgres is null, progress, ct);
            filled = true;
            if (postgres is not null)
            {
                LogKeys.MakeFolder(folder.SecretsFolder);
                folder.WriteConnection(postgres);
            }

            var verified = await NodeVerifier.VerifyAsync(folder.Root, new VerifyRequest(given, []), Half(progress, 0.5), ct);
            if (verified.Checks.FirstOrDefault(check => !check.Ok) is { } wrong) throw new InvalidDataException($"{file} does not verify: {wrong.Message}");
            if (postgres is not null) await PostgresFilling.MakeKeysAsync(postgres, ct);
            FolderSync.Flush(folder.Root);
            Directory.Move(folder.Root, target);
            filled = false;
            FolderSync.Flush(above);
            return report;
        }
        catch (SqliteException fault)
        {
            throw new IOException($"{target} cannot be written. {SqliteFaults.Describe(fault, target)}", fault);
        }
        catch (NpgsqlException fault)
        {
            throw NodeFolder.At(target).Unreachable(fault);
        }
        finally
        {
            if (filled && postgres is not null) await PostgresFilling.TakeBackAsync(postgres);
            if (Directory.Exists(folder.Root)) Directory.Delete(folder.Root, recursive: true);
        }
    }

    static RestoreReport Fill(
        NodeFolder folder, ILedgerFilling ledger, string file, BackupPrivateKey key, VerifierKey? given, bool inFolder, IProgress<double>? progress, CancellationToken ct)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            var head = BackupHead.Read(stream);
            using var opened = head.Open(key);
            var (nodes, policy, newest) = (new List<Guid>(), default(string), default(StoredCheckpoint));
            foreach (var part in BackupReader.Read(stream, opened, given))
            {
                switch (part)
                {
                    case BackupPart.Node(var node): nodes.Add(node); break;
                    case BackupPart.Policy(var text): policy = text; break;
                    // In a database they lie in tables of another kind.
                    case BackupPart.Credentials(var piece) when inFolder: Append(folder.AccessFile, piece.Span); break;
                    case BackupPart.Signed(var checkpoint):
                        ct.ThrowIfCancellationRequested();
                        newest = checkpoint;
                        progress?.Report(0.5 * stream.Position / stream.Length);
                        break;
                }

                ledger.Write(part);
            }

            ledger.Finish();
            if (File.Exists(folder.AccessFile)) CredentialsImage.Check(folder.AccessFile);
            Write(folder.RestoredFile, $"a backup of {head.Made:yyyy-MM-dd HH:mm:ss} UTC was put back\n");
            if (policy is not null) Write(folder.PolicyFile, policy);
            if (nodes.Count > 0 && inFolder) Write(folder.OtherNodesFile, string.Concat(nodes.Select(node => $"{node:D}\n")));
            Write(folder.CheckpointFile, newest!.Note);
            return new RestoreReport(head.Origin, head.Made, newest.Size, policy is not null, File.Exists(folder.AccessFile));
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"{file} was not restored: {fault.Message}.", fault);
        }
    }

    static void Write(string path, string text)
    {
        using var file = File.Create(path);
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    static void Append(string path, ReadOnlySpan<byte> piece)
    {
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write);
        file.Write(piece);
        file.Flush(flushToDisk: true);
    }

    static Share? Half(IProgress<double>? progress, double from) => progress is null ? null : new Share(progress, from);

    sealed class Share(IProgress<double> whole, double from) : IProgress<double>
    {
        public void Report(double value) => whole.Report(from + ((1 - from) * value));
    }
}
