namespace Probity.Storage.Deposits;

/// <summary>Puts sealed files back, each under its name once it is as long as it has to be.</summary>
internal sealed class ReportFiles(string folder) : IDisposable
{
    FileStream? _file;
    string? _path;
    long _left;

    /// <summary>Begins one; null for one that is passed over.</summary>
    public void Begin(Guid? id, long length)
    {
        Finish();
        _left = length;
        if (id is not { } named) return;
        var made = Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows()) made.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        _path = Path.Combine(folder, named.ToString("N"));
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _file = new FileStream(_path + ".part", options);
    }

    public void Write(ReadOnlySpan<byte> piece)
    {
        _left -= piece.Length;
        if (_left < 0) throw new InvalidDataException("a file in it is longer than it says");
        _file?.Write(piece);
    }

    /// <summary>Ends the one that was begun.</summary>
    public void Finish()
    {
        if (_left != 0) throw new InvalidDataException("a file in it is shorter than it says");
        if (_file is null) return;
        _file.Flush(flushToDisk: true);
        _file.Dispose();
        _file = null;
        File.Move(_path! + ".part", _path!, overwrite: true);
        File.SetLastWriteTimeUtc(_path!, File.GetLastWriteTimeUtc(_path!).Date);
    }

    public void Dispose()
    {
        if (_file is null) return;
        _file.Dispose();
        File.Delete(_path! + ".part");
    }
}
