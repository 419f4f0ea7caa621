using System.Buffers.Binary;
using System.IO.Compression;

namespace Probity.Lens.Logs.Sheets;

/// <summary>
/// The parts of an Office package (ECMA-376 part 2): a ZIP archive whose entries are looked up by their names and never written
/// to a disk. One part is open at a time; each comes out as it is unpacked.
/// </summary>
internal sealed class PackageParts : IDisposable
{
    const string Broken = "the ZIP archive in it is damaged or cut short; fetch it again";
    readonly ZipArchive _archive;
    readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.OrdinalIgnoreCase);
    readonly HashSet<string> _twice = new(StringComparer.OrdinalIgnoreCase);
    readonly long _size;
    readonly long _mostUnpacked;
    long _unpacked;

    /// <param name="file">The archive, seekable; it stays open.</param>
    /// <param name="name">The file, for messages.</param>
    /// <param name="mostUnpacked">The most bytes that its parts may unpack to, all readings of them together.</param>
    /// <exception cref="BadInputException">No archive, a damaged one, or none of a workbook.</exception>
    public PackageParts(Stream file, string name, long mostUnpacked = LogLimits.Unpacked)
    {
        Name = name;
        _mostUnpacked = mostUnpacked;
        _size = file.Length;
        CheckDirectory(file);
        file.Position = 0;
        try
        {
            _archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            foreach (var entry in _archive.Entries)
            {
                // Some exporters write the separator of Windows.
                var part = entry.FullName.Replace('\\', '/').TrimStart('/');
                if (!_entries.TryAdd(part, entry)) _twice.Add(part);
            }
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw new BadInputException($"{name}: {Broken}.", e);
        }

        if (Has("[Content_Types].xml")) return;
        var isOpenDocument = Has("mimetype") && Has("content.xml");
        _archive.Dispose();
        throw new BadInputException(isOpenDocument
            ? $"{name}: an OpenDocument file (.ods), which is not read; open it and save it as .xlsx."
            : $"{name}: a ZIP archive, not a workbook; unpack it and give it the log in it.");
    }

    /// <summary>The file, for messages.</summary>
    public string Name { get; }

    public bool Has(string part) => _entries.ContainsKey(part);

    /// <summary>Opens a part as XML.</summary>
    /// <param name="part">Its name.</param>
    /// <param name="progress">Told the share of the part that was read, 0 to 1.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="BadInputException">There is no such part, or it cannot be unpacked.</exception>
    public PartXml Open(string part, Action<double>? progress, CancellationToken cancel)
    {
        if (!_entries.TryGetValue(part, out var entry))
            throw new BadInputException($"{Name}: the workbook speaks of a part '{LogText.Show(part)}' that is not in it; open it and save it anew.");
        if (_twice.Contains(part))
            throw new BadInputException($"{Name}: the workbook holds the part '{LogText.Show(part)}' twice, and nothing says which one counts; open it and save it anew.");
        try
        {
            var content = entry.Open();
            long read = 0;
            return new PartXml($"{Name}: {LogText.Show(part)}", content, (buffer, offset, count) =>
            {
                var got = Read(content, buffer, offset, count);
                progress?.Invoke(Math.Min(1, (double)(read += got) / Math.Max(1, entry.Length)));
                return got;
            }, cancel);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            throw new BadInputException($"{Name}: {Broken}, or open it and save it as .xlsx without a password.", e);
        }
    }

    public void Dispose() => _archive.Dispose();

    int Read(Stream content, byte[] buffer, int offset, int count)
    {
        try
        {
            var got = content.Read(buffer, offset, count);
            _unpacked += got;
            if (_unpacked > _mostUnpacked) throw new BadInputException($"{Name}: unpacks to more than {_mostUnpacked >> 20} MiB; split it.");
            // A sheet is unpacked twice, once for its merged cells, and its beginning once more for its header.
            if (_unpacked > LogLimits.RatioGrace && _unpacked / _size > 2 * LogLimits.Ratio)
                throw new BadInputException($"{Name}: unpacks to more than {LogLimits.Ratio} times its size; no real workbook does. It was not read further.");
            return got;
        }
        catch (InvalidDataException e)
        {
            throw new BadInputException($"{Name}: {Broken}.", e);
        }
    }

    /// <summary>
    /// Looks at the record at the archive's end (APPNOTE 4.3.16) before the framework does, which would read a directory of any size
    /// into memory.
    /// </summary>
    void CheckDirectory(Stream file)
    {
        const int Record = 22, LongestComment = 0xFFFF;
        var tail = new byte[Math.Min(file.Length, Record + LongestComment)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || at + Record > tail.Length) throw new BadInputException($"{Name}: {Broken}.");
        var start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16));
        if (BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 10)) == ushort.MaxValue || start == uint.MaxValue)
            throw new BadInputException($"{Name}: a workbook of more than 4 GiB or 65,534 parts; save the sheet as CSV.");
        if (start > file.Length) throw new BadInputException($"{Name}: {Broken}.");
        if (file.Length - start > SheetLimits.Directory)
            throw new BadInputException($"{Name}: the archive's directory is larger than {SheetLimits.Directory >> 20} MiB; no real workbook's is.");
    }
}
