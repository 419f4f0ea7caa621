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
            throw new IOException($"Another process has the folder of {file} open: stop it first.", fault);
        }
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
