using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Probity.Cli.Hosting;
using Probity.Intake;
using Probity.Intake.Keeping;
using Probity.Ledger.Formats;
using Probity.Lens;

namespace Probity.Cli.Verbs;

/// <summary><c>probity intake</c>: the reporter's side alone, until it is stopped.</summary>
internal static class IntakeVerb
{
    const int DefaultPort = 5081;
    const int DefaultExchangePort = 5082;
    const int FingerprintLength = 64;

    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Its own folder: record, keys, sealed files. Made on first use.", HelpName = "DIR", DefaultValueFactory = _ => "probity-intake" };
        var name = new Option<string?>("--name") { Description = "The name of its record, on first use and for ever: a neutral host name and a path, such as contact.example/log.", HelpName = "NAME" };
        var node = new Option<string?>("--node") { Description = "The SHA-256 of the certificate that the node shows, which the node prints; kept for the next time.", HelpName = "HEX" };
        var port = Port.Option(DefaultPort);
        var exchange = new Option<int>("--exchange-port") { Description = "The port that the node fetches from; 0 takes a free one.", HelpName = "N", DefaultValueFactory = _ => DefaultExchangePort };
        var address = new Option<string>("--exchange-address") { Description = "The address that the node reaches, where it is another machine.", HelpName = "IP", DefaultValueFactory = _ => "127.0.0.1" };
        var hosts = new Option<string[]>("--host") { Description = "A name that the pages answer to beside localhost, in front of a proxy; may be given again.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
        var onion = new Option<string?>("--onion") { Description = "The host name of the onion service, ending in .onion.", HelpName = "NAME" };
        var leave = new Option<string>("--leave-to") { Description = "Where 'leave this page' leads.", HelpName = "URL", DefaultValueFactory = _ => "https://www.wikipedia.org/" };
        node.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<string?>() is { } text && !(text.Length == FingerprintLength && text.All(char.IsAsciiHexDigit))) given.AddError("--node is 64 hexadecimal digits");
        });
        address.Validators.Add(given =>
        {
            if (!IPAddress.TryParse(given.GetValueOrDefault<string>(), out _)) given.AddError("--exchange-address is an IP address");
        });
        leave.Validators.Add(given =>
        {
            if (!Uri.TryCreate(given.GetValueOrDefault<string>(), UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http")) given.AddError("--leave-to is the address of a page, beginning with https://");
        });
        onion.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<string?>() is { } host && !OnionName.IsWhole(host)) given.AddError("--onion is the 56 letters and digits that tor wrote into the file 'hostname', and .onion: a character of it is missing or wrong");
        });
        var verb = new Command("intake", "Runs the reporter's side alone: its pages on this machine, and the exchange that the node fetches sealed reports from.") { data, name, node, port, exchange, address, hosts, onion, leave };
        verb.SetAction((call, cancel) => RunAsync(
            new IntakeOptions
            {
                Folder = call.GetValue(data)!, Port = call.GetValue(port), ExchangePort = call.GetValue(exchange), ExchangeAddress = IPAddress.Parse(call.GetValue(address)!),
                Hosts = call.GetValue(hosts) ?? [], Onion = call.GetValue(onion), LeaveTo = call.GetValue(leave)!,
            },
            call.GetValue(name), call.GetValue(node), cancel));
        return verb;
    }

    static async Task<(WebApplication App, VerifierKey Key)> OpenAsync(IntakeOptions options, string? name, CancellationToken cancel)
    {
        try
        {
            return await IntakeHost.OpenAsync(options, name, cancel);
        }
        catch (FormatException fault)
        {
            throw new BadInputException($"--name {name} is none that a record can have: {fault.Message}", fault);
        }
    }

    static async Task StartAsync(WebApplication app, IntakeOptions options, CancellationToken cancel)
    {
        try
        {
            await app.StartAsync(cancel);
        }
        catch (Exception fault) when (fault is SocketException || fault.InnerException is SocketException)
        {
            throw new BadInputException($"--exchange-address {options.ExchangeAddress} is no address of this machine", fault);
        }
    }

    static async Task<int> RunAsync(IntakeOptions options, string? name, string? node, CancellationToken cancel)
    {
        Port.RequireFree(options.Port);
        Port.RequireFree(options.ExchangePort, "--exchange-port");
        var (app, key) = await OpenAsync(options, name, cancel);
        try
        {
            await using (app)
            {
                var folder = new IntakeFolder(options.Folder);
                if (node is not null) await File.WriteAllTextAsync(folder.NodeFile, node + "\n", cancel);
                await StartAsync(app, options, cancel);
                var host = options.ExchangeAddress.Equals(IPAddress.Loopback) ? "localhost" : $"{options.ExchangeAddress}";
                Console.WriteLine("For the node, as the file keys/intake of its data folder:");
                Console.WriteLine(IntakeHost.PairingOf(app, options, key, host).Write());
                if (folder.ReadNode() is null) Console.WriteLine("No node is named yet: start this again with --node and what the node prints. Until then nobody can fetch anything, and no report is taken.");
                Console.WriteLine($"The pages answer at http://localhost:{IntakeServer.PagesOf(app).Port}. Ctrl-C stops it.");
                await app.WaitForShutdownAsync(cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopping it is how a server ends well.
        }

        return ExitCodes.Fine;
    }
}
