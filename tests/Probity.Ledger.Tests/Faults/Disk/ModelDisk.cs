namespace Probity.Ledger.Tests.Faults.Disk;

/// <summary>
/// What a folder may be found as after the power went: everything that was synced, and any part of what was not. Names of files are
/// on the disk once a file beside them was synced, as SQLite syncs the folder with the first sync of a new log.
/// </summary>
internal sealed class ModelDisk(int seed)
{
    readonly Dictionary<string, ModelFile> _files = [];
    readonly HashSet<string> _named = [];
    readonly Dictionary<string, ModelFile> _deleted = [];
    readonly Random _failures = new(seed);

    public void Take(DiskEvent happened)
    {
        var name = happened.File;
        switch (happened.Operation)
        {
            case DiskOperation.Create:
                _files[name] = new ModelFile();
                break;
            case DiskOperation.Write:
                _files[name].Write(happened.Offset, happened.Data);
                break;
            case DiskOperation.Truncate:
                _files[name].Truncate(happened.Offset);
                break;
            case DiskOperation.Sync when happened.Ok:
                _files[name].Sync();
                Settle();
                break;
            case DiskOperation.Sync:
                _files[name].FailSync(_failures);
                break;
            case DiskOperation.Delete:
                if (_files.Remove(name, out var gone) && _named.Remove(name)) _deleted[name] = gone;
                if (happened.Offset != 0) Settle();
                break;
        }
    }

    /// <summary>The files as one power cut leaves them.</summary>
    /// <param name="random">Chooses what reached the disk.</param>
    public Dictionary<string, byte[]> Cut(Random random)
    {
        double[] shares = [0, 0.1, 0.5, 0.9, 1];
        var share = shares[random.Next(shares.Length)];
        var image = new Dictionary<string, byte[]>();
        foreach (var (name, file) in _deleted)
            if (random.Next(2) == 0) image[name] = file.Cut(random, share);
        foreach (var (name, file) in _files)
            if (_named.Contains(name) || random.Next(2) == 0) image[name] = file.Cut(random, share);
        return image;
    }

    void Settle()
    {
        _named.UnionWith(_files.Keys);
        _deleted.Clear();
    }
}
