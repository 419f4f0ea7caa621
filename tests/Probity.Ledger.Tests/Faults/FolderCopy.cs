namespace Probity.Ledger.Tests.Faults;

/// <summary>Copies a node's folder as it lies there, also while the node runs.</summary>
internal static class FolderCopy
{
    public static void Make(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from)) Make(folder, Path.Combine(to, Path.GetFileName(folder)));
        foreach (var file in Directory.EnumerateFiles(from))
        {
            // The lock is held, what SQLite shares in memory is nobody else's, and a file that is being written has no name yet.
            if (Path.GetFileName(file) == "lock" || file.EndsWith("-shm", StringComparison.Ordinal) || file.EndsWith(".part", StringComparison.Ordinal)) continue;
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = File.Create(Path.Combine(to, Path.GetFileName(file)));
            source.CopyTo(copy);
        }
    }
}
