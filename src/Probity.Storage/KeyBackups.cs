using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Probity.Ledger;
using Probity.Storage.Deposits;

namespace Probity.Storage;

/// <summary>
/// Backups of a node's keys. A key that was destroyed lives on in them, so each has a day on which it ends: from then on it is not
/// restored, and the node overwrites and removes it wherever it was put, as long as that can be reached.
/// </summary>
public static class KeyBackups
{
    /// <summary>How many days a backup is good for, unless the policy says fewer or more.</summary>
    public const int DefaultDays = 30;

    /// <summary>The most days that a policy may say.</summary>
    public const int MaxDays = 365;

    const int LongestList = 1024 * 1024;

    /// <summary>A line of the list in which the node keeps where its backups are: when it ends, and its path.</summary>
    sealed record Listed(DateTimeOffset Expires, string Path);

    /// <summary>How many days the node's policy gives a backup: <c>keys/backup-days</c>, or <see cref="DefaultDays"/>.</summary>
    /// <exception cref="InvalidDataException">The file holds no such number.</exception>
    public static int PolicyDays(NodeFolder folder)
    {
        var file = Path.Combine(folder.SecretsFolder, "backup-days");
        if (!File.Exists(file)) return DefaultDays;
        return int.TryParse(RegularFile.ReadText(file, 64).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= MaxDays
            ? days : throw new InvalidDataException($"{file} is not a number of days from 1 to {MaxDays}: correct it or remove it.");
    }

    /// <summary>Writes a backup; the node may be running.</summary>
    /// <param name="folder">The node.</param>
    /// <param name="file">A new file.</param>
    /// <param name="days">How long it is good for; the policy's days where it is null, and never more.</param>
    /// <param name="now">The time.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>How many keys it holds, and when it ends.</returns>
    /// <exception cref="InvalidDataException">The days are more than the policy's, or the keys cannot be read.</exception>
    /// <exception cref="IOException">The file is there already, or cannot be written.</exception>
    public static async Task<(int Keys, DateTimeOffset Expires)> BackUpAsync(NodeFolder folder, string file, int? days, DateTimeOffset now, CancellationToken ct)
    {
        var policy = PolicyDays(folder);
        if (days > policy) throw new InvalidDataException($"A backup of keys ends after {policy} days at the latest: ask for no more, or change {Path.Combine(folder.SecretsFolder, "backup-days")}.");
        var path = Path.GetFullPath(file);
        using var wrapping = ReadWrapping(folder);
        var (keys, origin) = await ReadAsync(folder, ct);
        if (keys.FirstOrDefault(key => key.Wrapped is not null && !wrapping.Opens(key)) is { } damaged)
            throw new InvalidDataException($"The key of compartment {damaged.Compartment} does not open: run 'probity verify' on {folder.Root} before you back it up.");
        var backup = new KeyBackupFile(origin, now, now.AddDays(days ?? policy), keys);
        // Listed first: a backup that nobody knows of would outlive its day.
        Enlist(folder, backup.Expires, path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var stream = new FileStream(path, options);
        backup.Write(stream, wrapping);
        await stream.FlushAsync(ct);
        stream.Flush(flushToDisk: true);
        return (keys.Count, backup.Expires);
    }

    /// <summary>
    /// Puts keys back that were lost. What was destroyed stays so: a tombstone of the node or of the backup wins, and so does what the
    /// record says was erased.
    /// </summary>
    /// <returns>How many keys came back.</returns>
    /// <exception cref="InvalidDataException">The backup is over, of another node, changed, or what was erased cannot be read: nothing is changed.</exception>
    /// <exception cref="IOException">The node is running, or a file cannot be read.</exception>
    public static async Task<int> RestoreAsync(NodeFolder folder, string file, DateTimeOffset now, CancellationToken ct)
    {
        if (!folder.Exists) throw new FileNotFoundException($"{folder.Root} holds no ledger: restore the ledger first.", folder.LedgerFile);
        await using var alone = await folder.HoldAloneAsync(ct);
        try
        {
            await KeyRotation.FinishAsync(folder, ct);
            return await RestoreAloneAsync(folder, file, now, ct);
        }
        catch (NpgsqlException fault)
        {
            throw folder.Unreachable(fault);
        }
    }

    static async Task<int> RestoreAloneAsync(NodeFolder folder, string file, DateTimeOffset now, CancellationToken ct)
    {
        RegularFile.Require(file);
        if (new FileInfo(file).Length > KeyBackupFile.Longest) throw new InvalidDataException($"{file} is longer than a backup of keys may be.");
        using var wrapping = ReadWrapping(folder);
        KeyBackupFile backup;
        try
        {
            backup = KeyBackupFile.Read(await File.ReadAllBytesAsync(file, ct), wrapping);
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"{file}: {fault.Message}.", fault);
        }

        if (backup.Expires <= now)
            throw new InvalidDataException($"{file} ended on {backup.Expires:yyyy-MM-dd}: what was erased since would come back with it. Restore a newer backup.");
        await using var ledger = folder.OpenLogUntouched();
        if (backup.Origin != await ReadOriginAsync(folder, ledger, ct) && (await ledger.ReadPredecessorsAsync(ct)).All(one => one.Origin != backup.Origin))
            throw new InvalidDataException($"{file} holds the keys of {backup.Origin}, not of this node.");

        await using var table = await folder.OpenKeyTableAsync(ct);
        var erased = await ReadErasedAsync(ledger, [.. await table.ReadAllAsync(ct), .. backup.Keys], wrapping, ct);
        var came = 0;
        await table.ChangeAsync(rows =>
        {
            var known = rows.ToDictionary(key => key.Compartment);
            var changed = backup.Keys.Select(key => Merge(key, known.GetValueOrDefault(key.Compartment), erased, wrapping)).OfType<WrappedKey>().ToList();
            came = changed.Count(key => key.Wrapped is not null);
            return changed;
        }, ct);
        return came;
    }

    /// <summary>Overwrites and removes the backups that are over. One that cannot be reached now is tried again.</summary>
    /// <returns>How many were removed.</returns>
    public static int Prune(NodeFolder folder, DateTimeOffset now)
    {
        var listed = ReadList(folder);
        var over = listed.Where(backup => backup.Expires <= now && Directory.Exists(Path.GetDirectoryName(backup.Path))).ToList();
        if (over.Count == 0) return 0;
        var gone = over.Where(IsGone).ToList();
        WriteList(folder, [.. listed.Except(gone)]);
        return gone.Count;
    }

    /// <summary>Puts a backup on the list of those that end: of keys, or of sealed reports.</summary>
    internal static void Enlist(NodeFolder folder, DateTimeOffset expires, string path) => WriteList(folder, [.. ReadList(folder), new Listed(expires, path)]);

    // Only what still begins as a backup of keys or of reports: the name may have been given to something else since.
    static bool IsGone(Listed backup)
    {
        try
        {
            if (RegularFile.KindOf(backup.Path) == FileKind.Absent) return true;
            if (RegularFile.KindOf(backup.Path) != FileKind.Regular) return true;
            if (MagicOf(backup.Path) is not { } magic) return true;
            // What a long file holds opens with the key in its head alone.
            if (magic == ReportsBackupHead.Magic) OverwriteHead(backup.Path);
            else KeyRotation.Destroy(backup.Path);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static string? MagicOf(string path)
    {
        using var stream = File.OpenRead(path);
        var begin = new byte[ReportsBackupHead.Magic.Length];
        var read = Encoding.ASCII.GetString(begin.AsSpan(0, stream.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false)));
        return ((string[])[KeyBackupFile.Magic, ReportsBackupHead.Magic]).FirstOrDefault(magic => read.StartsWith(magic, StringComparison.Ordinal));
    }

    static void OverwriteHead(string path)
    {
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Write))
        {
            stream.Write(new byte[Math.Min(stream.Length, 1024 * 1024)]);
            stream.Flush(flushToDisk: true);
        }

        File.Delete(path);
    }

    static WrappedKey? Merge(WrappedKey saved, WrappedKey? known, IReadOnlySet<CompartmentId> erased, WrappingKey wrapping)
    {
        if (known is { Wrapped: null }) return null;
        if (saved.Wrapped is null || erased.Contains(saved.Compartment)) return saved with { Wrapped = null };
        return known is not null && wrapping.Opens(known) || !wrapping.Opens(saved) ? null : saved;
    }

    /// <summary>What the record says was erased, with the key for that from wherever it is.</summary>
    static async Task<IReadOnlySet<CompartmentId>> ReadErasedAsync(ILogStore ledger, IReadOnlyList<WrappedKey> keys, WrappingKey wrapping, CancellationToken ct)
    {
        var erased = new HashSet<CompartmentId>();
        var key = keys.Where(k => k.Compartment == KeysDestroyed.Compartment).Select(wrapping.Unwrap).FirstOrDefault(k => k is not null);
        foreach (var record in await ledger.ReadStreamAsync(KeysDestroyed.Stream, 0, int.MaxValue, ct))
        {
            try
            {
                if (key is not null && RecordSealing.Open(record, HeaderEncoding.Decode(record.Header), key) is { } payload)
                {
                    erased.UnionWith(KeysDestroyed.Decode(payload.Span).Compartments);
                    continue;
                }
            }
            catch (FormatException)
            {
                // Said below: what was erased is not known.
            }

            throw new InvalidDataException($"Record {record.Index} says what was erased, and neither the node nor the backup has a key that opens it: restore a newer backup.");
        }

        return erased;
    }

    internal static async Task<string> ReadOriginAsync(NodeFolder folder, ILogStore ledger, CancellationToken ct) =>
        (await ledger.ReadIdentityAsync(ct))?.Origin ?? throw new InvalidDataException($"The ledger of {folder.Root} does not say what log it is.");

    /// <summary>The rows at one moment, and the log that they are of.</summary>
    static async Task<(IReadOnlyList<WrappedKey> Keys, string Origin)> ReadAsync(NodeFolder folder, CancellationToken ct)
    {
        try
        {
            await using var database = folder.OpenDatabase();
            await using var ledger = folder.OpenLogUntouched();
            return ([.. database.ReadKeys()], await ReadOriginAsync(folder, ledger, ct));
        }
        catch (NpgsqlException fault)
        {
            throw folder.Unreachable(fault);
        }
    }

    internal static WrappingKey ReadWrapping(NodeFolder folder)
    {
        var key = WrappingKeySources.Of(folder.SecretsFolder).Read();
        var wrapping = new WrappingKey(key);
        CryptographicOperations.ZeroMemory(key);
        return wrapping;
    }

    static string ListFile(NodeFolder folder) => Path.Combine(folder.SecretsFolder, "backups");

    static List<Listed> ReadList(NodeFolder folder)
    {
        var file = ListFile(folder);
        if (!File.Exists(file)) return [];
        var listed = new List<Listed>();
        foreach (var line in RegularFile.ReadText(file, LongestList).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ', 2) is [var time, var path] && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, out var expires)) listed.Add(new(expires, path));
        }

        return listed;
    }

    static void WriteList(NodeFolder folder, IReadOnlyList<Listed> listed)
    {
        var part = ListFile(folder) + ".part";
        File.Delete(part);
        LogKeys.WriteSecret(part, string.Join('\n', listed.Select(b => $"{b.Expires.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)} {b.Path}")));
        File.Move(part, ListFile(folder), overwrite: true);
    }
}
