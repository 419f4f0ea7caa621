using System.Security.Cryptography;
using Probity.Ledger;

namespace Probity.Storage;

/// <summary>
/// What a node folder takes over from the one that it follows, beside the record: the secrets but for those that sign, sign-ins, and the
/// files that name witnesses. Not the evidence, which stays where it is, nor the memory of the witness that the node was to others: that
/// one ends with the folder, and another begins under the new name.
/// </summary>
internal sealed class SecretsTakenOver(NodeFolder old, NodeFolder made)
{
    /// <summary>The signing key, the database's password and the key of the witness of others.</summary>
    static readonly string[] Left = ["signing", "postgres", "witness"];

    /// <exception cref="InvalidDataException">There is no wrapping key.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public void Copy()
    {
        if (!File.Exists(old.KeyFile)) throw new InvalidDataException($"{old.KeyFile} is missing: put the newest backup of the keys back into a copy of the folder, and continue that.");
        WrappingKeySources.Of(old.SecretsFolder);
        LogKeys.MakeFolder(made.SecretsFolder);
        if (Directory.Exists(old.SecretsFolder)) CopySecrets(old.SecretsFolder, made.SecretsFolder);
        foreach (var file in (string[])[old.AccessFile, old.AccessFile + "-wal", old.WitnessedLogsFile, old.OtherNodesFile])
            if (RegularFile.KindOf(file) != FileKind.Absent) CopyFile(file, Path.Combine(made.Root, Path.GetFileName(file)));
        CopyPolicy();
    }

    static void CopySecrets(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from))
            if (!Left.Contains(Path.GetFileName(file))) CopyFile(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            // It may lead back to where it lies, which would be copied without end.
            if (new DirectoryInfo(folder).LinkTarget is not null) throw new IOException($"{folder} is a link to a folder: put the folder itself there, or take the link away.");
            LogKeys.MakeFolder(Path.Combine(to, Path.GetFileName(folder)));
            CopySecrets(folder, Path.Combine(to, Path.GetFileName(folder)));
        }

        FolderSync.Flush(to);
    }

    /// <summary>The witnesses stay, as soon as their operators know the new log; a line that names the old log would shut the new one out.</summary>
    void CopyPolicy()
    {
        if (RegularFile.KindOf(old.PolicyFile) == FileKind.Absent) return;
        NodeWitnessing.ReadPolicy(old);
        var lines = RegularFile.ReadText(old.PolicyFile, Ledger.Formats.SignedNote.MaxLength).Split('\n');
        File.WriteAllText(made.PolicyFile, string.Join('\n', lines.Where(line => line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is not ["log", ..])));
    }

    /// <summary>The wrapping key, from wherever it comes.</summary>
    public WrappingKey ReadWrapping()
    {
        var key = WrappingKeySources.Of(made.SecretsFolder).Read();
        var wrapping = new WrappingKey(key);
        CryptographicOperations.ZeroMemory(key);
        return wrapping;
    }

    /// <summary>Copies a file with its permissions; on return it is on the disk.</summary>
    public static void CopyFile(string from, string to)
    {
        RegularFile.Require(from);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = File.GetUnixFileMode(from);
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read);
        using var copy = new FileStream(to, options);
        source.CopyTo(copy);
        copy.Flush(flushToDisk: true);
    }
}
