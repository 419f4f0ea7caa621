using System.CommandLine;
using Probity.Cli.Hosting;
using Probity.Storage;

namespace Probity.Cli.Verbs;

/// <summary><c>probity witness</c>: confirms others' logs, until it is stopped.</summary>
internal static class WitnessVerb
{
    const int DefaultPort = 5090;

    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "The witness's own folder: its key and what it has confirmed. Made on first use; never put an older copy of it back.", HelpName = "DIR", DefaultValueFactory = _ => "probity-witness" };
        var logs = new Option<string>("--logs") { Description = "The logs to confirm: a file with a line 'log KEY' for each, KEY being what the log shows under /log/vkey.", HelpName = "FILE", Required = true };
        var name = new Option<string?>("--name") { Description = "The witness's name, on first use and for ever: a host name and a path, such as ombudsman.example/witness.", HelpName = "NAME" };
        var port = Port.Option(DefaultPort);
        var verb = new Command("witness", "Confirms others' logs (C2SP tlog-witness): cosigns their checkpoints if nothing was taken from them since the last.") { data, logs, name, port };
        verb.SetAction((call, cancel) => RunAsync(call.GetValue(data)!, call.GetValue(logs)!, call.GetValue(name), call.GetValue(port), cancel));
        return verb;
    }

    static async Task<int> RunAsync(string data, string logs, string? name, int port, CancellationToken cancel)
    {
        Port.RequireFree(port);
        var witness = await WitnessFolder.OpenAsync(data, name, logs, TimeProvider.System);
        try
        {
            await using var app = WitnessServer.Build(witness, port);
            await app.StartAsync(cancel);
            Console.WriteLine(witness.VerifierKey);
            Console.WriteLine($"This witness answers at {ServeVerb.Address(app)}. Ctrl-C stops it.");
            await app.WaitForShutdownAsync(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopping it is how a server ends well.
        }

        return ExitCodes.Fine;
    }
}
