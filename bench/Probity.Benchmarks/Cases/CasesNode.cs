using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Probity.Access;
using Probity.Access.Contract;
using Probity.Access.SigningIn;
using Probity.Cli.Hosting;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Storage;

namespace Probity.Benchmarks.Cases;

/// <summary>A node with cases and its staff server, asked over HTTP as people ask it.</summary>
internal sealed class CasesNode : IAsyncDisposable
{
    static readonly LogOptions s_filling = new() { Durability = Durability.OnlyWhenClosed };

    WebApplication _app = null!;

    CasesNode(string folder, int cases) => (Folder, Count) = (folder, cases);

    public string Folder { get; }
    public int Count { get; }

    /// <summary>How long it took to write the entries, and until the lists had read them.</summary>
    public TimeSpan Filling { get; private set; }
    public TimeSpan Listing { get; private set; }
    public long Entries { get; private set; }

    static Guid Unit => CaseFill.Id("unit");
    static Guid Agency => CaseFill.Id("agency");
    public static Guid Overseer => CaseFill.Id("overseer");
    public static Guid Commander => CaseFill.Id("commander");

    /// <summary>Makes a node with so many cases, whose lists have read all of them.</summary>
    public static async Task<CasesNode> CreateAsync(string folder, int cases, Action<string> say)
    {
        var node = new CasesNode(folder, cases);
        await (await NodeFolder.CreateAsync(folder, "probity.example/bench", TimeProvider.System, s_filling, default)).DisposeAsync();
        await node.BuildAsync(s_filling);
        await node.FoundAsync();
        var log = node._app.Services.GetRequiredService<TransparencyLog>();
        var clock = Stopwatch.StartNew();
        await CaseFill.RunAsync(log, cases, Unit, place =>
        {
            if (place % 100_000 == 0 && place > 0) say(FormattableString.Invariant($"  {place} cases after {clock.Elapsed.TotalSeconds:0} s"));
        });
        node.Filling = clock.Elapsed;
        node.Entries = log.Size;
        clock.Restart();
        await node._app.Services.GetRequiredService<ViewRunner>().CatchUpAsync(default);
        node.Listing = clock.Elapsed;
        await node._app.DisposeAsync();
        await node.BuildAsync(new LogOptions());
        await node._app.StartAsync();
        await node.SettleAsync(say);
        return node;
    }

    /// <summary>A client that is signed in as somebody.</summary>
    public async Task<HttpClient> SignInAsync(Guid person)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(_app.Urls.First()) };
        var path = _app.Services.GetRequiredService<DemoSignIn>().PathOf(person);
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode == HttpStatusCode.SeeOther ? client : throw new InvalidOperationException($"Nobody was signed in: {answer.StatusCode}.");
    }

    /// <summary>Bytes on the disk by file.</summary>
    public IReadOnlyList<(string What, long Bytes)> Sizes() =>
        [.. new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(f => f.Length > 64 * 1024).Select(f => (Path.GetRelativePath(Folder, f.FullName), f.Length)).OrderByDescending(f => f.Length)];

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    // What a server does after its start, beside the requests, is done before anything is measured.
    async Task SettleAsync(Action<string> say)
    {
        var clock = Stopwatch.StartNew();
        for (var (before, quiet) = (Process.GetCurrentProcess().TotalProcessorTime, 0); quiet < 3;)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            var now = Process.GetCurrentProcess().TotalProcessorTime;
            quiet = now - before < TimeSpan.FromSeconds(0.2) ? quiet + 1 : 0;
            before = now;
        }

        say(FormattableString.Invariant($"  {Count} cases: the server was idle {clock.Elapsed.TotalSeconds:0} s after its start, with {Environment.WorkingSet / 1e6:0} MB"));
    }

    async Task BuildAsync(LogOptions options) => _app = await StaffServer.BuildAsync(new StaffServerOptions(Folder)
    {
        Port = 0, Log = options, Logging = l => l.SetMinimumLevel(LogLevel.Error).AddSimpleConsole(), Access = new AccessOptions { Demo = true, AttemptsPerMinute = 10_000 },
    }, default);

    async Task FoundAsync()
    {
        var people = Enumerable.Range(0, CaseFill.Officers).Select(CaseFill.Officer).Concat(Enumerable.Range(0, CaseFill.Measured).Select(CaseFill.MeasuredOfficer)).Select(p => (Id: p, Role: Role.Officer))
            .Append((Id: Overseer, Role: Role.Overseer)).Append((Id: Commander, Role: Role.Commander)).ToList();
        Guid Of(Guid person, string what) => Streams.Derive(person, what);
        var outcome = await _app.Services.GetRequiredService<Founding>().FileAsync(new FoundingPlan(
            [new(Agency, null, "Agency", "AGE"), new(Unit, Agency, "Unit", "BEN")],
            [.. people.Select(p => new Post(Of(p.Id, "post"), Unit, "Post", p.Role, null))],
            [.. people.Select((p, i) => new Person(p.Id, FormattableString.Invariant($"Person {i}")))],
            [.. people.Select(p => new FoundingPosting(Of(p.Id, "posting"), p.Id, Of(p.Id, "post"), "founding"))]));
        if (outcome is not Outcome.Done) throw new InvalidOperationException($"The unit was not founded: {outcome}.");
    }
}
