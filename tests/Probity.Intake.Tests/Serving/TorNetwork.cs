using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Probity.Intake.Tests.Serving;

/// <summary>A Tor network that reaches no further than this machine: a directory authority, four more relays, and whoever joins them.</summary>
internal sealed class TorNetwork : IDisposable
{
    public const string KeyMaker = "/usr/bin/tor-gencert";

    const int Relays = 4;

    readonly List<Tor> _running = [];
    readonly string _folder;
    readonly int _control = FreePort();
    string _authority = "";

    TorNetwork(string folder) => _folder = folder;

    /// <summary>Starts it; it is ready when all its relays stand in a consensus.</summary>
    public static async Task<TorNetwork> StartAsync(string folder)
    {
        var network = new TorNetwork(folder);
        try
        {
            await network.StartAuthorityAsync();
            for (var relay = 1; relay <= Relays; relay++) network.Join($"relay{relay}", Relay($"relay{relay}", "auto"));
            var consensus = Path.Combine(folder, "authority", "cached-microdesc-consensus");
            await Tor.UntilAsync(() => File.Exists(consensus) && File.ReadLines(consensus).Count(line => line.StartsWith("r ", StringComparison.Ordinal)) == Relays + 1, "all relays stand in a consensus");
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Starts a tor that knows this network and no other.</summary>
    public void Join(string name, IEnumerable<string> torrc) => _running.Add(Tor.Start(Path.Combine(_folder, name), [.. Common, _authority, .. torrc]));

    /// <summary>Joins as somebody who only visits; where their browser finds it.</summary>
    public Uri Visit()
    {
        var port = FreePort();
        Join("visitor", [$"SocksPort 127.0.0.1:{port}", $"ControlPort 127.0.0.1:{_control}"]);
        return new Uri($"socks5://127.0.0.1:{port}");
    }

    /// <summary>All bytes that the visitor's tor has sent and received.</summary>
    public async Task<long> CarriedAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _control);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("AUTHENTICATE\r\nGETINFO traffic/read traffic/written\r\nQUIT\r\n"));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        return answer.Split("\r\n").Where(line => line.StartsWith("250-traffic/", StringComparison.Ordinal)).Sum(line => long.Parse(line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..], System.Globalization.CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        foreach (var tor in _running) tor.Dispose();
    }

    // Five relays are too few to choose second guards from.
    static string[] Common => ["TestingTorNetwork 1", "ShutdownWaitLength 0", "PathsNeededToBuildCircuits 0.67", "VanguardsLiteEnabled 0"];

    static string[] Relay(string name, string port) =>
        [$"Nickname {name}", "Address 127.0.0.1", $"ORPort 127.0.0.1:{port}", "AssumeReachable 1", "ExitRelay 0", "ContactInfo nobody@example.com", "MaxMemInQueues 256 MB", "NumCPUs 1", "SocksPort 0"];

    async Task StartAuthorityAsync()
    {
        var (folder, port, directory) = (Path.Combine(_folder, "authority"), FreePort(), FreePort());
        var keys = Directory.CreateDirectory(Path.Combine(folder, "keys")).FullName;
        string In(string file) => Path.Combine(keys, $"authority_{file}");
        var (code, said) = await Tor.RunAsync(KeyMaker, "a passphrase\n", "--create-identity-key", "--passphrase-fd", "0", "-i", In("identity_key"), "-s", In("signing_key"), "-c", In("certificate"), "-a", $"127.0.0.1:{directory}");
        Assert.True(code == 0, said);
        var identity = File.ReadLines(In("certificate")).Single(line => line.StartsWith("fingerprint ", StringComparison.Ordinal))["fingerprint ".Length..];
        string Named(string fingerprint) => $"DirAuthority authority orport={port} v3ident={identity} 127.0.0.1:{directory} {fingerprint}";

        // It votes every ten seconds, and gives every relay every part.
        string[] votes =
        [
            .. Relay("authority", $"{port}"), $"DirPort 127.0.0.1:{directory}", "AuthoritativeDirectory 1", "V3AuthoritativeDirectory 1",
            "TestingV3AuthInitialVotingInterval 10", "TestingV3AuthInitialVoteDelay 2", "TestingV3AuthInitialDistDelay 2", "V3AuthVotingInterval 10", "V3AuthVoteDelay 2", "V3AuthDistDelay 2", "V3AuthNIntervalsValid 3",
            "TestingDirAuthVoteExit *", "TestingDirAuthVoteHSDir *", "TestingDirAuthVoteGuard *", "TestingMinExitFlagThreshold 0", "TestingMinFastFlagThreshold 0", "TestingAuthDirTimeToLearnReachability 0", "MinUptimeHidServDirectoryV2 0",
        ];
        // Everybody has to name it by its fingerprint, itself too, which is made here.
        var torrc = Path.Combine(_folder, "first");
        await File.WriteAllLinesAsync(torrc, [$"DataDirectory {folder}", .. Common, Named(new string('0', 40)), .. votes]);
        (code, said) = await Tor.RunAsync(Tor.Program, null, "--list-fingerprint", "--defaults-torrc", "/dev/null", "-f", torrc);
        Assert.True(code == 0, said);
        _authority = Named((await File.ReadAllTextAsync(Path.Combine(folder, "fingerprint"))).Trim().Split(' ')[1]);
        Join("authority", votes);
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
