using System.Runtime.InteropServices;

namespace Probity.Stripping.Confining;

/// <summary>
/// Landlock (Linux 5.13) without a single rule: no file may be opened, and from 6.7 no TCP port used. It binds the thread that asks for it and those that it starts,
/// so it is a second wall behind <see cref="SeccompFilter"/>, not a wall by itself.
/// </summary>
internal static class Landlock
{
    const nint CreateRuleset = 444, RestrictSelf = 446;
    const nint AskVersion = 1;

    /// <returns>Whether the kernel has it and took it.</returns>
    public static bool Apply()
    {
        var version = Kernel.Call(CreateRuleset, 0, 0, AskVersion);
        if (version < 1)
            return false;
        // What each version of the interface knows: rights on files; ports of TCP; abstract sockets and signals to others.
        var files = version switch { 1 => (1L << 13) - 1, 2 => (1L << 14) - 1, 3 or 4 => (1L << 15) - 1, _ => (1L << 16) - 1 };
        var memory = Marshal.AllocHGlobal(24);
        try
        {
            Marshal.WriteInt64(memory, files);
            Marshal.WriteInt64(memory, 8, 3);
            Marshal.WriteInt64(memory, 16, 3);
            var rules = Kernel.Call(CreateRuleset, memory, version switch { < 4 => 8, < 6 => 16, _ => 24 }, 0);
            return rules >= 0 && Kernel.Call(RestrictSelf, rules, 0, 0) == 0;
        }
        finally
        {
            Marshal.FreeHGlobal(memory);
        }
    }
}
