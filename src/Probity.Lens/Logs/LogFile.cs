using System.IO.Compression;
using Probity.Lens.Objects.Sqlite;

namespace Probity.Lens.Logs;

/// <summary>
/// A log's file, opened and unpacked: gzip is told by its first two bytes, whatever the file is called, and so is the archive that a
/// workbook is.
/// </summary>
/// <remarks>
/// <see cref="GZipStream"/> ends quietly where a packed file is cut short. So a packed zero byte, which no text holds, is
/// put behind the file: only when the file was whole does that byte come out as the last one.
/// </remarks>
internal sealed class LogFile : IDisposable
{
    static readonly byte[] EndMark = Pack([0]);

    const string Forms = "XES, CSV, XLSX or OCEL 2.0";

    readonly string _path;
    readonly Stream _file;
    readonly Stream _content;
    readonly IProgress<double>? _progress;
    readonly long _size;
    readonly bool _packed;
    readonly long _mostUnpacked;
    readonly bool _owned;
    long _unpacked;
    bool _ended;

    /// <exception cref="BadInputException">There is no such file, it is a folder, it is empty, or may not be read.</exception>
    public LogFile(string path, IProgress<double>? progress) : this(Open(path), path, progress, LogLimits.Unpacked, owned: true) { }

    /// <summary>The same for a file that is open and stays so.</summary>
    /// <exception cref="BadInputException">It is empty, or of a form that is not read.</exception>
    public LogFile(Stream file, string name, IProgress<double>? progress, long mostUnpacked = LogLimits.Unpacked)
        : this(file, name, progress, mostUnpacked, owned: false) { }

    LogFile(Stream file, string name, IProgress<double>? progress, long mostUnpacked, bool owned)
    {
        _path = name;
        _progress = progress;
        _file = file;
        _owned = owned;
        _mostUnpacked = Math.Min(mostUnpacked, LogLimits.Unpacked);
        _size = _file.CanSeek ? _file.Length : 0;
        var head = new byte[16];
        var got = _file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        Stream whole = _file;
        if (_file.CanSeek) _file.Position = 0;
        else whole = new JoinedStream(new MemoryStream(head, 0, got), _file);
        _packed = head is [0x1F, 0x8B, ..];
        IsArchive = head is [(byte)'P', (byte)'K', 3, 4, ..];
        IsDatabase = head.AsSpan().SequenceEqual(SqlitePages.Magic);
        _content = _packed
            ? new GZipStream(new JoinedStream(whole, new MemoryStream(EndMark)), CompressionMode.Decompress)
            : whole;
        var fault = head switch
        {
            _ when got == 0 => $"the file is empty; give it a log in {Forms}",
            [0xD0, 0xCF, 0x11, 0xE0, ..] => "an old workbook (.xls) or one with a password; open it and save it as .xlsx without a password",
            [(byte)'P', (byte)'K', 5, 6, ..] => "an empty ZIP archive; give it a log in " + Forms,
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => "encoded as UTF-16; save the log as UTF-8",
            _ when IsArchive && !_file.CanSeek => "a workbook cannot be read from a pipe; save it as a file and name that",
            _ => null,
        };
        if (fault is null) return;
        Dispose();
        throw new BadInputException($"{name}: {fault}.");
    }

    /// <summary>Whether it is a ZIP archive, as workbooks are.</summary>
    public bool IsArchive { get; }

    /// <summary>Whether it is a SQLite database, which is no text and is read page by page.</summary>
    public bool IsDatabase { get; }

    /// <summary>The file itself, before any unpacking, to look up parts of it.</summary>
    public Stream Raw => _file;

    /// <summary>Fills a part of an array with unpacked bytes; 0 at the end.</summary>
    /// <exception cref="BadInputException">The packing is damaged or cut short, or the content is unreasonably large.</exception>
    public int Read(byte[] buffer, int offset, int count)
    {
        if (_ended) return 0;
        if (IsArchive) throw new BadInputException($"{_path}: a workbook or another ZIP archive; save the sheet as CSV.");
        var got = _packed ? Unpack(buffer, offset, count) : _content.Read(buffer, offset, count);
        _unpacked += got;
        CheckSize();
        if (_size > 0) _progress?.Report((double)_file.Position / _size);
        return got;
    }

    int Unpack(byte[] buffer, int offset, int count)
    {
        try
        {
            var got = _content.Read(buffer, offset, count);
            if (got == 0) throw Damaged(null);
            if (_unpacked == 0 && buffer.AsSpan(offset, got).StartsWith(SqlitePages.Magic))
                throw new BadInputException($"{_path}: a packed SQLite database, which is read here and there and not from its beginning; unpack it first.");
            if (buffer[offset + got - 1] != 0) return got;
            _ended = true;
            Span<byte> more = stackalloc byte[1];
            return _content.Read(more) == 0 ? got - 1 : throw Damaged(null);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(e);
        }
    }

    public void Dispose()
    {
        if (_packed) _content.Dispose();
        if (_owned) _file.Dispose();
    }

    static FileStream Open(string path)
    {
        try
        {
            if (Directory.Exists(path)) throw new BadInputException($"{path}: a folder, not a log; name one file.");
            return InputFile.Open(path, new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 64 << 10 });
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BadInputException($"{path}: no such file; check the path.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new BadInputException($"{path}: cannot be read ({e.Message.TrimEnd('.')}); check its name and permissions.", e);
        }
    }

    void CheckSize()
    {
        if (_unpacked > _mostUnpacked && (_packed || _mostUnpacked < LogLimits.Unpacked))
            throw new BadInputException($"{_path}: unpacks to more than {_mostUnpacked >> 20} MiB; split the log.");
        if (_packed && _size > 0 && _unpacked > LogLimits.RatioGrace && _unpacked / _size > LogLimits.Ratio)
            throw new BadInputException($"{_path}: unpacks to more than {LogLimits.Ratio} times its size; no real log does. It was not read further.");
    }

    BadInputException Damaged(Exception? e) => new(
        $"{_path}: the gzip file is cut short or damaged (byte {_unpacked} of its content, at about byte {_file.Position} of {_size}); fetch it again.", e);

    static byte[] Pack(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(content);
        return packed.ToArray();
    }
}
