using System.CommandLine;
using Probity.Cli.Hosting;
using Probity.Storage;

namespace Probity.Cli.Verbs;

/// <summary><c>probity serve</c>: the staff server, until it is stopped.</summary>
internal static class ServeVerb
{
    const int DefaultPort = 5080;

    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "The node's data folder.", HelpName = "DIR", DefaultValueFactory = _ => "probity-data" };
        var port = new Option<int>("--port") { Description = "The port on this machine; 0 takes a free one.", HelpName = "N", DefaultValueFactory = _ => DefaultPort };
        port.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is < 0 or > 65_535) given.AddError("--port is a number from 0 to 65535");
        });
        var verb = new Command("serve", "Runs the staff server on this machine until it is stopped.") { data, port };
        verb.SetAction((call, cancel) => RunAsync(call.GetValue(data)!, call.GetValue(port), cancel));
        return verb;
    }

    static async Task<int> RunAsync(string data, int port, CancellationToken cancel)
    {
        if (!NodeFolder.At(data).Exists)
            throw new FileNotFoundException($"there is no node in {Path.GetFullPath(data)}; name its folder with --data, or see one with: probity demo");
        Port.RequireFree(port);
        try
        {
            await using var app = await StaffServer.BuildAsync(new StaffServerOptions(data) { Port = port }, cancel);
            await app.StartAsync(cancel);
            Console.WriteLine($"Probity runs at {Address(app)}. Ctrl-C stops it.");
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
