using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Probity.Access;
using Probity.Access.SigningIn;
using Probity.Cli.Hosting;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Storage;

namespace Probity.Benchmarks.Pages;

/// <summary>What a node is filled with before its pages are measured.</summary>
/// <param name="Plan">Its first units, posts and people.</param>
/// <param name="Fill">Writes the rest; the function is told how far it is.</param>
internal sealed record Filling(FoundingPlan Plan, Func<TransparencyLog, Action<int>, Task> Fill);

/// <summary>A node with much in it and its staff server, asked over HTTP as people ask it.</summary>
internal sealed class BenchNode : IAsyncDisposable
{
    static readonly LogOptions s_filling = new() { Durability = Durability.OnlyWhenClosed };

    WebApplication _app = null!;

    BenchNode(string folder, string name) => (Folder, Name) = (folder, name);

    public string Folder { get; }

    /// <summary>What it is called where progress is told.</summary>
    public string Name { get; }

    /// <summary>What the server is made of, for what is not on the record.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>How long it took to write the entries, and until the lists had read them.</summary>
    public TimeSpan FillingTime { get; private set; }
    public TimeSpan Listing { get; private set; }
    public long Entries { get; private set; }

    /// <summary>Makes a node and fills it; its lists have read all of it.</summary>
    public static async Task<BenchNode> CreateAsync(string folder, string name, Filling filling, Action<string> say)
    {
        var node = new BenchNode(folder, name);
        await (await NodeFolder.CreateAsync(folder, "probity.example/bench", TimeProvider.System, s_filling, default)).DisposeAsync();
        await node.BuildAsync(s_filling);
        var outcome = await node._app.Services.GetRequiredService<Founding>().FileAsync(filling.Plan);
        if (outcome is not Outcome.Done) throw new InvalidOperationException($"The unit was not founded: {outcome}.");
        var log = node._app.Services.GetRequiredService<TransparencyLog>();
        var clock = Stopwatch.StartNew();
        await filling.Fill(log, done => say(FormattableString.Invariant($"  {name}: {done} after {clock.Elapsed.TotalSeconds:0} s")));
        // The house has nothing left to do in it: what a matter waits for stands beside it.
        await log.AppendAsync([], [Entry(new StreamId(Streams.Derive(log.Id, "reactions")), new ReactionsReached(log.Size), log.Id, TimeProvider.System.GetUtcNow())], CancellationToken.None);
        node.FillingTime = clock.Elapsed;
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

        say(FormattableString.Invariant($"  {Name}: the server was idle {clock.Elapsed.TotalSeconds:0} s after its start, with {Environment.WorkingSet / 1e6:0} MB"));
    }

    async Task BuildAsync(LogOptions options) => _app = await StaffServer.BuildAsync(new StaffServerOptions(Folder)
    {
        Port = 0, Log = options, Logging = l => l.SetMinimumLevel(LogLevel.Error).AddSimpleConsole(), Access = new AccessOptions { Demo = true, AttemptsPerMinute = 10_000 },
    }, default);

    /// <summary>An entry at a time, in the compartment of its stream unless told.</summary>
    public static NewEntry Entry(StreamId stream, IEvent happened, Guid by, DateTimeOffset at, CompartmentId? compartment = null) => new(
        stream, EventTypes.NameOf(happened.GetType()), EventTypes.Serialize(happened), new ActorId(by), compartment ?? new CompartmentId(stream.Value), at);
}
