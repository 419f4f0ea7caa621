using System.Runtime.InteropServices;
using System.Text;

namespace Probity.Ledger;

/// <summary>
/// Puts the names in a folder on the disk. A file that was synced is there after a power cut; that its name is there too takes a sync
/// of its folder (fsync(2)), for which .NET has no call.
/// </summary>
internal static class FolderSync
{
    const int ReadOnly = 0;

    /// <summary>Syncs a folder. Windows keeps names by itself.</summary>
    /// <exception cref="IOException">The disk did not do it.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(Encoding.UTF8.GetBytes(folder + '\0'), ReadOnly);
        if (handle < 0) throw new IOException($"{folder} cannot be opened to be synced (error {Marshal.GetLastPInvokeError()}).");
        try
        {
            if (Sync(handle) != 0) throw new IOException($"{folder} cannot be synced (error {Marshal.GetLastPInvokeError()}): look at the disk.");
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Close(int handle);
}
