namespace Probity.Ledger.Tests.Faults.Tampering;

/// <summary>A node's folder, byte for byte, by the names of its files.</summary>
internal sealed class Snapshot
{
    readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _files.Keys;

    public byte[] this[string name]
    {
        get => _files[name];
        set => _files[name] = value;
    }

    public bool Has(string name) => _files.ContainsKey(name);

    /// <summary>Takes a folder as it lies there, also while its node runs.</summary>
    public static Snapshot Take(string folder)
    {
        var copy = Path.Combine(Path.GetDirectoryName(folder)!, Guid.NewGuid().ToString("N"));
        FolderCopy.Make(folder, copy);
        var snapshot = new Snapshot();
        foreach (var file in Directory.EnumerateFiles(copy, "*", SearchOption.AllDirectories)) snapshot[Path.GetRelativePath(copy, file)] = File.ReadAllBytes(file);
        Directory.Delete(copy, recursive: true);
        return snapshot;
    }

    /// <summary>Lays it out again, in the place of whatever is there.</summary>
    public void Lay(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        foreach (var (name, bytes) in _files)
        {
            var file = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes);
        }
    }
}
