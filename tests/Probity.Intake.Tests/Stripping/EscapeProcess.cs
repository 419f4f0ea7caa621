using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Probity.Stripping;
using Probity.Stripping.Confining;

namespace Probity.Intake.Tests.Stripping;

/// <summary>The same program as the one that cleans, but it tries to get out, and says by which attempts it could.</summary>
static class EscapeProcess
{
    public const string Verb = "escape";

    /// <summary>The way in which it tries every way.</summary>
    public const string EveryWay = "every-way";

    /// <summary>The same without being confined, but for what would end the process itself.</summary>
    public const string Free = "free";

    public static readonly string[] OnlyConfined = ["exec", "fork", "kill", "trace", "connect"];

    public static readonly Dictionary<string, Action> Attempts = new()
    {
        ["read"] = () => Call(Open("/etc/hostname\0"u8.ToArray(), 0)),
        ["read-again"] = () => File.ReadAllText("/proc/self/status"),
        ["write"] = () => File.WriteAllText(Path.Combine(Path.GetTempPath(), "probity-escape"), "out"),
        ["create"] = () => Call(Open("/tmp/probity-escape\0"u8.ToArray(), 0x241)),
        ["delete"] = () => Call(Unlink("/tmp/probity-no-such-file\0"u8.ToArray()), ErrorOfNothing),
        ["list"] = () => Directory.GetFiles("/etc"),
        ["socket"] = () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp).Dispose(),
        ["connect"] = () => { using var client = new TcpClient(); client.Connect(IPAddress.Loopback, 9); },
        ["unix-socket"] = () => new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified).Dispose(),
        ["process"] = () => Process.Start("/bin/true").WaitForExit(),
        ["exec"] = () => Call(Execute("/bin/true\0"u8.ToArray(), 0, 0)),
        ["fork"] = () =>
        {
            var child = Fork();
            if (child == 0)
                Exit(0);
            Call(child);
        },
        ["kill"] = () => Call(Kill(GetParent(), 0)),
        ["trace"] = () => Call((int)Trace(16, GetParent(), 0, 0)),
        ["other-thread"] = () =>
        {
            var thrown = false;
            // The finalizer's thread was there before the process was confined.
            WhenFinalized.Do(() =>
            {
                try
                {
                    Call(Open("/etc/hostname\0"u8.ToArray(), 0));
                }
                catch (IOException)
                {
                    thrown = true;
                }
            });
            if (thrown)
                throw new IOException("Held.");
        },
    };

    const int ErrorOfNothing = 2;

    public static int Run(string attempt)
    {
        // Everything that an attempt needs is loaded: what holds it shall be the kernel, not a library that is missing.
        using (var warm = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
            Process.Start("/bin/true").WaitForExit();
        Directory.GetFiles("/etc");
        using var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        using var report = new FileStream(new SafeFileHandle(2, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        try
        {
            Call(-1);
        }
        catch (IOException)
        {
            if (attempt is EveryWay or Free)
                report.Write(Encoding.ASCII.GetBytes(attempt));
        }
        if (attempt != Free)
            Confinement.Apply(StripLimits.Default);
        switch (attempt)
        {
            case "endless":
                while (true)
                    Thread.SpinWait(1000);
            case "silent":
                return 0;
            case "lying":
                report.Write("{\"kind\":\"<script>\",\"taken\":[],\"refusal\":null,\"missing\":[]}"u8);
                return 0;
            case "memory":
                List<byte[]> held = [];
                while (held.Count < 100)
                    held.Add(GC.AllocateUninitializedArray<byte>(100 << 20));
                return 0;
        }
        foreach (var (name, way) in Attempts.Where(a => attempt != Free || !OnlyConfined.Contains(a.Key)))
        {
            try
            {
                way();
                output.Write(Encoding.ASCII.GetBytes(name + "\n"));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException or System.ComponentModel.Win32Exception)
            {
                // Held.
            }
        }
        if (attempt == Free)
            File.Delete(Path.Combine(Path.GetTempPath(), "probity-escape"));
        return 0;
    }

    static void Call(int result, int butNot = 0)
    {
        if (result < 0 && Marshal.GetLastPInvokeError() != butNot)
            throw new IOException("Held.");
    }

    sealed class WhenFinalized(Action act)
    {
        ~WhenFinalized() => act();

        public static void Do(Action act)
        {
            Make(act);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static void Make(Action act) => _ = new WhenFinalized(act);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "unlink", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Unlink(byte[] path);

    [DllImport("libc", EntryPoint = "execve", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Execute(byte[] path, nint arguments, nint environment);

    [DllImport("libc", EntryPoint = "fork", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Fork();

    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern void Exit(int code);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Kill(int process, int signal);

    [DllImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int GetParent();

    [DllImport("libc", EntryPoint = "ptrace", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern nint Trace(nint request, nint process, nint address, nint data);
}
