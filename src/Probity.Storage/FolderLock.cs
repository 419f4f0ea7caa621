namespace Probity.Storage;

/// <summary>
/// Held while a folder is open for writing. A second process would keep keys in memory that the first has destroyed; the system
/// lets go of it when the process dies.
/// </summary>
internal sealed class FolderLock : IAsyncDisposable
{
    readonly FileStream _file;

    public FolderLock(string file)
    {
        try
        {
            _file = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault)
        {
            throw new IOException($"another process has {Path.GetDirectoryName(Path.GetFullPath(file))} open; stop it first, a server with Ctrl-C", fault);
        }
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
