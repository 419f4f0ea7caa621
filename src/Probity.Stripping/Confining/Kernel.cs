using System.Runtime.InteropServices;

namespace Probity.Stripping.Confining;

/// <summary>The calls of Linux by which a process gives up rights.</summary>
internal static class Kernel
{
    /// <summary>A system call by its number, which libc has no name for.</summary>
    public static nint Call(nint number, nint first, nint second, nint third) => Syscall(number, first, second, third, 0, 0, 0);

    /// <summary>Binds a resource of the process to a limit that cannot be raised again.</summary>
    public static bool Limit(int resource, ulong most)
    {
        ulong[] limits = [most, most];
        return SetLimit(resource, limits) == 0;
    }

    /// <summary>Sets one of the switches of a process.</summary>
    public static bool Switch(int which, nuint value) => Control(which, value, 0, 0, 0) == 0;

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern nint Syscall(nint number, nint first, nint second, nint third, nint fourth, nint fifth, nint sixth);

    [DllImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int SetLimit(int resource, ulong[] limits);

    [DllImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Control(int which, nuint first, nuint second, nuint third, nuint fourth);
}
