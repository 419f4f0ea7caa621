using System.Buffers.Binary;
using System.Collections;
using Probity.Lens.Logs;

namespace Probity.Lens.Objects.Sqlite;

/// <summary>
/// The pages of a SQLite 3 database, read only (sqlite.org/fileformat2.html). No page is handed out twice, so no chain of
/// pages that leads back into itself can be followed.
/// </summary>
internal sealed class SqlitePages
{
    /// <summary>What a database begins with.</summary>
    public static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    const int HeaderSize = 100;

    readonly Stream _file;
    readonly BitArray _used;
    readonly int _count;
    readonly IProgress<double>? _progress;
    int _read;

    /// <param name="path">The file, for messages and for the files that belong beside it.</param>
    /// <param name="file">The file, open.</param>
    /// <param name="progress">Told the share of the pages read.</param>
    /// <exception cref="BadInputException">It is no database that can be read as it lies there.</exception>
    public SqlitePages(string path, Stream file, IProgress<double>? progress)
    {
        (Name, _file, _progress) = (path, file, progress);
        if (!file.CanSeek) throw new BadInputException($"{path}: a SQLite database through a pipe; name the file itself.");
        var header = new byte[HeaderSize];
        file.Position = 0;
        if (file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize || !header.AsSpan().StartsWith(Magic)) throw Fault("the header is cut short; fetch the file again");
        var size = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(16));
        PageSize = size == 1 ? 65_536 : size;
        if (PageSize < 512 || !int.IsPow2(PageSize)) throw Fault($"pages of {PageSize} bytes, which no database has; it is damaged");
        Usable = PageSize - header[20];
        if (Usable < 480) throw Fault($"{header[20]} bytes reserved in each page, which no database has; it is damaged");
        if (header[18] > 2 || header[19] > 2) throw Fault("written by a later version of SQLite than this reads; export it again");
        Encoding = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(56));
        if (Encoding is not (1 or 2 or 3)) throw Fault($"text encoding {Encoding}, which no database has; it is damaged, or holds nothing");
        if (file.Length / PageSize > int.MaxValue) throw Fault("too many pages");
        _count = (int)(file.Length / PageSize);
        var told = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(28));
        // The count holds only if whoever wrote last also wrote it.
        if (header.AsSpan(24, 4).SequenceEqual(header.AsSpan(92, 4)) && told > _count)
            throw Fault($"{_count} pages where its header tells of {told}; it is cut short: fetch it again");
        if (_count == 0) throw Fault("less than a page; it is cut short: fetch it again");
        _used = new BitArray(_count + 1);
        Beside("-wal", "what was written last lies in a file beside it");
        Beside("-journal", "a change that was never finished lies in a file beside it");
    }

    public string Name { get; }

    public int PageSize { get; }

    /// <summary>The bytes of a page that hold content.</summary>
    public int Usable { get; }

    /// <summary>1: UTF-8; 2: UTF-16, low byte first; 3: UTF-16, high byte first.</summary>
    public int Encoding { get; }

    /// <summary>Reads a page, numbered from 1, that was not read before.</summary>
    public void Read(long number, Span<byte> target, string table)
    {
        if (number < 1 || number > _count) throw Fault($"{table} leads to page {number} of {_count}; it is damaged or cut short");
        if (_used[(int)number]) throw Fault($"{table} leads to page {number} a second time; it is damaged");
        _used[(int)number] = true;
        _file.Position = (number - 1) * PageSize;
        if (_file.ReadAtLeast(target[..PageSize], PageSize, throwOnEndOfStream: false) < PageSize) throw Fault($"page {number} is cut short; fetch it again");
        if ((++_read & 0xFF) == 0) _progress?.Report((double)_read / _count);
    }

    public BadInputException Fault(string what) => new($"{Name}: SQLite database: {what}.");

    void Beside(string ending, string what)
    {
        var beside = new FileInfo(Name + ending);
        if (!beside.Exists || beside.Length == 0) return;
        using var content = beside.OpenRead();
        // A journal that is kept for the next change begins with zeros once its own is finished.
        if (ending == "-wal" || content.ReadByte() != 0)
            throw new BadInputException($"{Name}: SQLite database: {what} ({LogText.Show(beside.Name)}); open it once with a program that writes SQLite and close it, or copy it with VACUUM INTO.");
    }
}
