using System.CommandLine;
using Probity.Cli.Hosting;
using Probity.Reports.Exchanging;
using Probity.Storage;

namespace Probity.Cli.Verbs;

/// <summary><c>probity serve</c>: the staff server, until it is stopped.</summary>
internal static class ServeVerb
{
    const int DefaultPort = 5080;
    const int MostHours = 8_760;

    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "The node's data folder.", HelpName = "DIR", DefaultValueFactory = _ => "probity-data" };
        var port = Port.Option(DefaultPort);
        var restored = new Option<bool>("--restored-without-witnesses") { Description = "Says that the folder was put back from a backup and that no witness can tell whether anything is missing. Refused where the folder names witnesses." };
        var within = new Option<int>("--confirmed-within") { Description = "How many hours old the newest confirmation of the record from outside may be before the pages warn.", HelpName = "HOURS", DefaultValueFactory = _ => 24 };
        within.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is < 1 or > MostHours) given.AddError($"--confirmed-within is a number of hours from 1 to {MostHours}");
        });
        var verb = new Command("serve", "Runs the staff server on this machine until it is stopped.") { data, port, within, restored };
        verb.SetAction((call, cancel) => RunAsync(call.GetValue(data)!, call.GetValue(port), TimeSpan.FromHours(call.GetValue(within)), call.GetValue(restored), cancel));
        return verb;
    }

    static async Task<int> RunAsync(string data, int port, TimeSpan within, bool restored, CancellationToken cancel)
    {
        if (!NodeFolder.At(data).Exists) throw NodeFolder.At(data).Missing();
        Port.RequireFree(port);
        if (restored) await NodeWitnessing.ConfirmRestoredAsync(NodeFolder.At(data), cancel);
        try
        {
            await using var app = await StaffServer.BuildAsync(new StaffServerOptions(data) { Port = port, ConfirmedWithin = within }, cancel);
            // Once more, for opening a long record takes a while.
            Port.RequireFree(port);
            await app.StartAsync(cancel);
            Console.WriteLine($"Probity runs at {Address(app)}. Ctrl-C stops it.");
            Console.WriteLine($"A reporter's side on another machine lets it in with --node {app.Services.GetRequiredService<IntakeExchange>().CertificateHash()}");
            await app.WaitForShutdownAsync(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopping it is how a server ends well.
        }

        return ExitCodes.Fine;
    }

    /// <summary>Where people reach a started server.</summary>
    public static string Address(WebApplication app) => $"http://localhost:{new Uri(app.Urls.First()).Port}";
}
