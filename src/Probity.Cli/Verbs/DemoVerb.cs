using System.CommandLine;
using System.Text.Json;
using Probity.Access;
using Probity.Access.Contract;
using Probity.Access.SigningIn;
using Probity.Cli.Hosting;
using Probity.Cli.Sample;
using Probity.Intake;
using Probity.Shared.Views;
using Probity.Storage;

namespace Probity.Cli.Verbs;

/// <summary><c>probity demo</c>: the sample unit in a data folder of its own, served with a sign-in link for each role.</summary>
internal static class DemoVerb
{
    const int DefaultPort = 5080;
    const int PeopleShown = 2;

    /// <summary>Whoever tries it does not wait five minutes for what they reported.</summary>
    static readonly TimeSpan ExchangeEvery = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "The sample's data folder; made if it is not there.", HelpName = "DIR", DefaultValueFactory = _ => "probity-demo" };
        var port = new Option<int>("--port") { Description = "The port on this machine; 0 takes a free one.", HelpName = "N", DefaultValueFactory = _ => DefaultPort };
        var reportPort = new Option<int?>("--report-port") { Description = "The port of the reporter's side; the next one unless told.", HelpName = "N" };
        var json = new Option<bool>("--json") { Description = "Prints one line of JSON when ready." };
        port.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is < 0 or > 65_535) given.AddError("--port is a number from 0 to 65535");
        });
        reportPort.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int?>() is < 0 or > 65_535) given.AddError("--report-port is a number from 0 to 65535");
        });
        var verb = new Command("demo", "Makes a sample unit and shows it on this machine, with a sign-in link for each role.") { data, port, reportPort, json };
        verb.SetAction((call, cancel) => RunAsync(
            call.GetValue(data)!, call.GetValue(port), call.GetValue(reportPort) ?? (call.GetValue(port) is 0 or 65_535 ? 0 : call.GetValue(port) + 1), call.GetValue(json), cancel));
        return verb;
    }

    static async Task<int> RunAsync(string data, int port, int reportPort, bool json, CancellationToken cancel)
    {
        Port.RequireFree(port);
        Port.RequireFree(reportPort, "--report-port");
        try
        {
            if (!NodeFolder.At(data).Exists)
            {
                if (!json) Console.WriteLine($"Making three years of an invented unit in {Path.GetFullPath(data)}.");
                using var bar = new ProgressBar("Sample unit");
                await SampleFolder.MakeAsync(data, bar, cancel);
            }

            var isNew = !Directory.Exists(DemoIntake.FolderOf(data));
            await using var intake = await DemoIntake.StartAsync(data, reportPort, cancel);
            var pages = $"http://localhost:{IntakeServer.PagesOf(intake).Port}";
            await using var app = await StaffServer.BuildAsync(
                new StaffServerOptions(data) { Port = port, Access = new AccessOptions { Demo = true }, ReportHref = pages, ExchangeEvery = ExchangeEvery }, cancel);
            await SampleReports.MakeKeysAsync(app.Services, cancel);
            if (isNew) await SampleReports.SendAsync(IntakeServer.PagesOf(intake), cancel);
            if (!json) Console.WriteLine("Reading the record.");
            await app.Services.GetRequiredService<ViewRunner>().CatchUpAsync(cancel);
            Port.RequireFree(port);
            await app.StartAsync(cancel);
            Show(ServeVerb.Address(app), pages, await RolesAsync(app, cancel), json);
            await app.WaitForShutdownAsync(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopping it is how a demo ends well.
        }

        return ExitCodes.Fine;
    }

    static async Task<IReadOnlyList<DemoRole>> RolesAsync(WebApplication app, CancellationToken cancel)
    {
        var register = await app.Services.GetRequiredService<IRegister>().ReadAsync(cancel);
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var people = Enum.GetValues<Role>()
            .SelectMany(role => LongestIn(role, register, now).Take(PeopleShown).Select(person => (role, person)))
            .ToList();
        var tokens = app.Services.GetRequiredService<DemoSignIn>().Issue(people.Select(p => p.person));
        var url = ServeVerb.Address(app);
        return [.. people.Select(p => new DemoRole(
            JsonNamingPolicy.CamelCase.ConvertName(p.role.ToString()), register.NameOf(p.person), $"{url}/demo/sign-in/{tokens[p.person]}"))];
    }

    /// <summary>Who holds a role, the longest-serving first: the same people at each start, whoever joined meanwhile.</summary>
    internal static IEnumerable<Guid> LongestIn(Role role, Register register, DateTimeOffset now) => register.Postings.Values
        .Where(p => p.InForceAt(now) && register.Posts[p.Post].Role == role)
        .OrderBy(p => p.From).ThenBy(p => p.Id)
        .Select(p => p.Person).Distinct();

    static void Show(string url, string reports, IReadOnlyList<DemoRole> roles, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { url, reports, passphrase = SampleReports.Passphrase, roles }, JsonSerializerOptions.Web));
            return;
        }

        Console.WriteLine($"Probity runs at {url}. Everybody in it is invented. Ctrl-C stops it.");
        Console.WriteLine("Sign in as:");
        foreach (var role in roles) Console.WriteLine($"  {role.Role,-14} {role.Name,-24} {role.SignIn}");
        Console.WriteLine($"Report something at {reports}; whoever handles reports opens them with the passphrase: {SampleReports.Passphrase}");
        Console.WriteLine($"Sign in as anybody else: {url}{ShowDemo.Href}");
    }

    sealed record DemoRole(string Role, string Name, string SignIn);
}
