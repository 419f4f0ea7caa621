using Probity.Ledger;

namespace Probity.Storage.Deposits;

/// <summary>What a backup of sealed reports holds.</summary>
/// <param name="Records">How many records of the reporter's side.</param>
/// <param name="Files">How many sealed files.</param>
/// <param name="Expires">When it ends.</param>
/// <param name="Fault">Why it was not kept; null where all is right.</param>
public sealed record ReportsBackupReport(long Records, int Files, DateTimeOffset Expires, string? Fault = null);

/// <summary>
/// Backups of the sealed reports of a node: <c>reports.db</c> and <c>reports/files</c>. What is erased lives on in them, so they end on a day as backups of keys do, with the same policy and in the same
/// list; and a rotation of the wrapping key ends all earlier ones at once, for the key of the file is sealed with it.
/// </summary>
public static class ReportsBackup
{
    const int RowsAtOnce = 64;

    /// <summary>Writes a backup, reads it back, and gives it its name only if it is whole; the node may be running.</summary>
    /// <param name="folder">The node.</param>
    /// <param name="file">A new file.</param>
    /// <param name="days">How long it is good for; the policy's days where it is null, and never more.</param>
    /// <param name="now">The time.</param>
    /// <param name="ct">Gives up; no file is left.</param>
    /// <exception cref="InvalidDataException">The days are more than the policy's, or the reports cannot be read.</exception>
    /// <exception cref="IOException">The file is there already, or one cannot be read or written.</exception>
    public static async Task<ReportsBackupReport> BackUpAsync(NodeFolder folder, string file, int? days, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var policy = KeyBackups.PolicyDays(folder);
        if (days > policy) throw new InvalidDataException($"A backup of sealed reports ends after {policy} days at the latest: ask for no more, or change {Path.Combine(folder.SecretsFolder, "backup-days")}.");
        var path = Path.GetFullPath(file);
        if (RegularFile.KindOf(path) != FileKind.Absent) throw new IOException($"{path} is there already: name a new file.");
        if (!File.Exists(folder.ReportsFile)) throw new FileNotFoundException($"{folder.Root} holds no reports.db: nothing was ever fetched from a reporter's side.", folder.ReportsFile);
        string origin;
        await using (var ledger = folder.OpenLogUntouched()) origin = await KeyBackups.ReadOriginAsync(folder, ledger, ct);
        using var wrapping = KeyBackups.ReadWrapping(folder);
        using var store = DepositStore.OpenSnapshot(folder.ReportsFile);
        var expires = now.AddDays(days ?? policy);
        var part = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetRandomFileName()}.part");
        // Listed first: a backup that nobody knows of would outlive its day.
        KeyBackups.Enlist(folder, expires, path);
        try
        {
            var report = Write(store, folder, part, origin, now, expires, wrapping, ct);
            if (report.Fault is not null) return report;
            File.Move(part, path);
            FolderSync.Flush(Path.GetDirectoryName(path)!);
            return report;
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Puts sealed reports back into a node that has none.</summary>
    /// <param name="folder">The node: its ledger and its keys are back already.</param>
    /// <param name="file">The backup.</param>
    /// <param name="now">The time.</param>
    /// <param name="taken">What is kept of a deposit, and null for all of it; what the ledger says was removed leaves a proof of its place.</param>
    /// <param name="isFileTaken">Whether a sealed file is put back: asked after all deposits.</param>
    /// <param name="ct">Gives up; nothing is left.</param>
    /// <exception cref="InvalidDataException">The backup is over, of another node, or changed.</exception>
    /// <exception cref="IOException">The node is running or has reports already, or a file cannot be read or written.</exception>
    public static async Task<ReportsBackupReport> RestoreAsync(
        NodeFolder folder, string file, DateTimeOffset now, Func<StoredDeposit, StoredProof?> taken, Func<Guid, bool> isFileTaken, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!folder.Exists) throw new FileNotFoundException($"{folder.Root} holds no ledger: restore the ledger first.", folder.LedgerFile);
        RegularFile.Require(file);
        await using var alone = await folder.HoldAloneAsync(ct);
        if (File.Exists(folder.ReportsFile)) throw new IOException($"{folder.ReportsFile} is there already: move it away first, if what it holds is not what you want.");
        using var wrapping = KeyBackups.ReadWrapping(folder);
        await using var ledger = folder.OpenLogUntouched();
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        var part = folder.ReportsFile + ".part";
        try
        {
            var head = ReportsBackupHead.Read(stream);
            if (head.Expires <= now) throw new InvalidDataException($"it ended on {head.Expires:yyyy-MM-dd}: what was erased since would come back with it. Restore a newer backup");
            if (head.Origin != await KeyBackups.ReadOriginAsync(folder, ledger, ct) && (await ledger.ReadPredecessorsAsync(ct)).All(one => one.Origin != head.Origin))
                throw new InvalidDataException($"it holds the reports of {head.Origin}, not of this node");
            File.Delete(part);
            var report = Read(stream, head, part, folder.ReportFilesFolder, wrapping, taken, isFileTaken, ct);
            File.Move(part, folder.ReportsFile);
            FolderSync.Flush(folder.Root);
            return report;
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"{file} was not restored: {fault.Message}.", fault);
        }
        finally
        {
            foreach (var left in (string[])[part, part + "-wal", part + "-shm"]) File.Delete(left);
        }
    }

    static ReportsBackupReport Write(DepositStore store, NodeFolder folder, string part, string origin, DateTimeOffset now, DateTimeOffset expires, WrappingKey wrapping, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(part, options);
        var (records, files) = (0L, 0);
        var head = ReportsBackupHead.Write(stream, origin, now, expires, wrapping);
        using var key = head.Open(wrapping);
        var begin = stream.Position;
        var frames = new ReportFrames.Writer(stream, key);
        for (var next = 0L; store.ReadAll(next, RowsAtOnce) is { Count: > 0 } some; next = some[^1].Index + 1)
        {
            ct.ThrowIfCancellationRequested();
            foreach (var record in some) frames.Write(record);
            records += some.Count;
        }

        foreach (var (_, report) in store.ReadRemoved(0)) frames.WriteRemoval(report);
        foreach (var one in Directory.Exists(folder.ReportFilesFolder) ? Directory.GetFiles(folder.ReportFilesFolder) : [])
        {
            ct.ThrowIfCancellationRequested();
            // What is not whole yet is fetched again; what is removed meanwhile is gone.
            if (Guid.TryParseExact(Path.GetFileName(one), "N", out var id) && frames.WriteFile(id, one)) files++;
        }

        frames.Finish();
        stream.Flush(flushToDisk: true);
        stream.Position = begin;
        var (again, filesAgain) = (0L, 0);
        try
        {
            foreach (var frame in ReportFrames.Read(stream, key)) (again, filesAgain) = (again + (frame is ReportFrame.Deposit or ReportFrame.Proof ? 1 : 0), filesAgain + (frame is ReportFrame.File ? 1 : 0));
        }
        catch (InvalidDataException fault)
        {
            return new ReportsBackupReport(records, files, expires, fault.Message);
        }

        return new ReportsBackupReport(records, files, head.Expires, (again, filesAgain) == (records, files) ? null : "not all of it was there when it was read back");
    }

    static ReportsBackupReport Read(
        FileStream stream, ReportsBackupHead head, string part, string filesFolder, WrappingKey wrapping, Func<StoredDeposit, StoredProof?> taken, Func<Guid, bool> isFileTaken, CancellationToken ct)
    {
        var (records, files) = (0L, 0);
        using var key = head.Open(wrapping);
        using var store = DepositStore.Open(part, Durability.EveryCommit);
        var (deposits, proofs, removals) = (new List<StoredDeposit>(), new List<StoredProof>(), new List<Guid>());
        using var writer = new ReportFiles(filesFolder);
        foreach (var frame in ReportFrames.Read(stream, key))
        {
            ct.ThrowIfCancellationRequested();
            switch (frame)
            {
                case ReportFrame.Deposit(var deposit) when taken(deposit) is { } left: proofs.Add(left); break;
                case ReportFrame.Deposit(var deposit): deposits.Add(deposit); break;
                case ReportFrame.Proof(var proof): proofs.Add(proof); break;
                case ReportFrame.Removal(var report): removals.Add(report); break;
                case ReportFrame.File(var id, var length):
                    writer.Begin(isFileTaken(id) ? id : null, length);
                    files += isFileTaken(id) ? 1 : 0;
                    break;
                case ReportFrame.Piece(var piece): writer.Write(piece.Span); break;
            }

            if (frame is ReportFrame.Deposit or ReportFrame.Proof) records++;
            if (deposits.Count + proofs.Count < RowsAtOnce) continue;
            store.Keep(deposits, proofs);
            deposits.Clear();
            proofs.Clear();
        }

        writer.Finish();
        store.Keep(deposits, proofs);
        foreach (var report in removals) store.Remove(report, []);
        return new ReportsBackupReport(records, files, head.Expires);
    }
}
