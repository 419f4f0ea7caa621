namespace Probity.Ledger.Tests.Faults.Disk;

/// <summary>
/// A file as the system's cache holds it and as the disk does. Each sector that was written since the last sync may stand on the disk
/// as it was before, or as any of the writes left it; each by itself, so that pages are torn. A file is cut to a length whole or not
/// at all, and what was written after that is not there without it: so do the file systems that keep a journal.
/// </summary>
internal sealed class ModelFile
{
    const int Sector = 512;

    readonly Dictionary<int, byte[]> _disk = [];
    readonly Dictionary<int, List<Version>> _unsynced = [];
    byte[] _cache = [];
    int _length, _cuts;

    public void Write(long offset, ReadOnlySpan<byte> data)
    {
        if (data.Length == 0) return;
        var end = (int)offset + data.Length;
        if (end > _cache.Length) Array.Resize(ref _cache, Math.Max(end, _cache.Length * 2));
        data.CopyTo(_cache.AsSpan((int)offset));
        // What lies between the old end and the write is zeros that the system makes.
        var from = Math.Min((int)offset, _length);
        _length = Math.Max(_length, end);
        Note(from / Sector, (end - 1) / Sector, isCut: false);
    }

    public void Truncate(long length)
    {
        if (length >= _length) return;
        var last = (_length - 1) / Sector;
        _cache.AsSpan((int)length, _length - (int)length).Clear();
        _length = (int)length;
        _cuts++;
        Note((int)length / Sector, last, isCut: true);
    }

    public void Sync()
    {
        foreach (var (sector, versions) in _unsynced) _disk[sector] = versions[^1].Content;
        Synced();
    }

    /// <summary>A sync that failed: the system takes what it did not write for written, and will not write it again.</summary>
    public void FailSync(Random random)
    {
        foreach (var (sector, versions) in _unsynced) Choose(sector, versions, _disk, random, 0.5, _cuts);
        Synced();
    }

    /// <summary>The file as a power cut leaves it.</summary>
    /// <param name="random">Chooses for each sector.</param>
    /// <param name="share">How likely it is that a sector reached the disk as it was last written.</param>
    public byte[] Cut(Random random, double share)
    {
        var chosen = new Dictionary<int, byte[]>(_disk);
        var cuts = random.Next(_cuts + 1);
        foreach (var (sector, versions) in _unsynced) Choose(sector, versions, chosen, random, share, cuts);
        var length = chosen.Where(entry => entry.Value.Length > 0).Select(entry => (entry.Key * Sector) + entry.Value.Length).DefaultIfEmpty(0).Max();
        var image = new byte[length];
        foreach (var (sector, bytes) in chosen) bytes.CopyTo(image.AsSpan(Math.Min(sector * Sector, length)));
        return image;
    }

    static void Choose(int sector, List<Version> versions, Dictionary<int, byte[]> chosen, Random random, double share, int cuts)
    {
        var possible = versions.Where(version => version.Cuts <= cuts).ToList();
        if (possible.FindLastIndex(version => version.IsCut) is var cut and >= 0)
        {
            chosen[sector] = possible[cut].Content;
            possible.RemoveRange(0, cut);
        }

        if (possible.Count == 0) return;
        if (random.NextDouble() < share) chosen[sector] = possible[^1].Content;
        else if (share > 0 && random.Next(4) == 0) chosen[sector] = possible[random.Next(possible.Count)].Content;
    }

    void Note(int first, int last, bool isCut)
    {
        for (var sector = first; sector <= last; sector++)
        {
            var start = sector * Sector;
            var content = _cache.AsSpan(start, Math.Clamp(_length - start, 0, Math.Min(Sector, _cache.Length - start))).ToArray();
            var version = new Version(_cuts, isCut, content);
            if (_unsynced.TryGetValue(sector, out var versions)) versions.Add(version);
            else _unsynced[sector] = [version];
        }
    }

    void Synced()
    {
        _unsynced.Clear();
        _cuts = 0;
    }

    /// <summary>A sector after a write or a cut, and how many times the file had been cut by then since it was last synced.</summary>
    readonly record struct Version(int Cuts, bool IsCut, byte[] Content);
}
