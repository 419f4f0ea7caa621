using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Probity.Tests.Reports.Notifying;

/// <summary>A real mail server on the loopback address, in a process of its own, which keeps what it takes.</summary>
internal sealed class Postbox : IDisposable
{
    const string Python = "/usr/bin/python3";

    // What the server writes on what it keeps, of its own.
    static readonly string[] s_own = ["X-Peer:", "X-MailFrom:", "X-RcptTo:"];

    readonly string _folder = Directory.CreateTempSubdirectory("postbox-").FullName;
    readonly Process _process;

    Postbox(int port, string[] options)
    {
        Port = port;
        var start = new ProcessStartInfo(Python) { RedirectStandardError = true };
        foreach (var argument in (string[])["-m", "aiosmtpd", "-n", "-c", "aiosmtpd.handlers.Mailbox", "-l", $"127.0.0.1:{port}", .. options, Path.Combine(_folder, "mails")]) start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
    }

    public int Port { get; }

    public static void Require() => Assert.SkipUnless(
        File.Exists(Python) && Directory.Exists("/usr/lib/python3/dist-packages/aiosmtpd"), "There is no SMTP server on this machine (Debian: python3-aiosmtpd).");

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static async Task<Postbox> StartAsync(int? port = null, params string[] options)
    {
        var box = new Postbox(port ?? FreePort(), options);
        for (var attempt = 0; ; attempt++)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, box.Port);
                return box;
            }
            catch (SocketException) when (attempt < 200)
            {
                Assert.False(box._process.HasExited, "The SMTP server did not start.");
                await Task.Delay(50);
            }
        }
    }

    /// <summary>What it took, each as it came but for its line ends and the headers that it adds itself.</summary>
    public IReadOnlyList<string> Mails => Directory.Exists(Path.Combine(_folder, "mails", "new"))
        ? [.. Directory.EnumerateFiles(Path.Combine(_folder, "mails", "new")).Select(f => string.Join('\n', File.ReadAllLines(f).Where(l => !s_own.Any(own => l.StartsWith(own, StringComparison.Ordinal)))))]
        : [];

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
