using System.IO.Compression;

namespace Probity.Stripping.Offices;

/// <summary>A document that is a zip: read entry by entry under limits, written anew without dates, comments and extra fields.</summary>
internal static class PackageCopy
{
    public static string Make(ReadOnlyMemory<byte> file, StripJob job, CopyParts copy)
    {
        var entries = new PackageEntries(file, job);
        var (kind, parts) = entries.Names.Contains("mimetype") ? OdfCopy.Make(entries, job)
            : entries.Names.Contains("[Content_Types].xml") ? OoxmlCopy.Make(entries, job)
            : throw new CannotStripException(StripRefusals.UnknownKind);
        copy.Add(Zip(parts));
        return kind;
    }

    static byte[] Zip(IEnumerable<(string Name, byte[] Content)> parts)
    {
        var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                // OpenDocument asks that its first entry can be read without unpacking.
                var entry = zip.CreateEntry(name, name == "mimetype" ? CompressionLevel.NoCompression : CompressionLevel.Optimal);
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var to = entry.Open();
                to.Write(content);
            }
        }
        return packed.ToArray();
    }
}

/// <summary>The entries of a zip, unpacked one at a time and counted.</summary>
internal sealed class PackageEntries
{
    // Below a megabyte a part may be as empty as it likes: sheets of equal cells pack very well.
    const int RatioFrom = 1 << 20;

    readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.OrdinalIgnoreCase);
    readonly StripJob job;

    public PackageEntries(ReadOnlyMemory<byte> file, StripJob job)
    {
        this.job = job;
        var zip = new ZipArchive(new MemoryStream(file.ToArray(), writable: false));
        foreach (var entry in zip.Entries)
        {
            job.CountPart();
            if (entry.IsEncrypted)
                throw new CannotStripException(StripRefusals.Encrypted);
            if (!entry.FullName.EndsWith('/') && !entries.TryAdd(entry.FullName, entry))
                throw CannotStripException.Malformed;
        }
    }

    public ICollection<string> Names => entries.Keys;

    /// <exception cref="CannotStripException">It is not there, or unpacks to more than allowed.</exception>
    public byte[] Read(string name)
    {
        if (!entries.TryGetValue(name, out var entry))
            throw CannotStripException.Malformed;
        using var packed = entry.Open();
        using var all = new MemoryStream();
        var piece = new byte[81920];
        for (int read; (read = packed.Read(piece)) > 0; all.Write(piece, 0, read))
        {
            job.CountUnpacked(read);
            if (all.Length > RatioFrom && all.Length / job.Limits.MostRatio > entry.CompressedLength)
                throw new CannotStripException(StripRefusals.TooLarge);
        }
        return all.ToArray();
    }
}
