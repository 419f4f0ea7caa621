using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Probity.Access;
using Probity.Access.Contract;
using Probity.Access.Enrolling;
using Probity.Access.SigningIn;
using Probity.Cli.Hosting;
using Probity.Ledger;
using Probity.Procedures.Checking;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Storage;
using Probity.Stripping;

namespace Probity.Tests.Access;

/// <summary>The real staff server on a free port, over a new node with one agency, one unit and a person of each role.</summary>
internal sealed class StaffHost : IAsyncDisposable
{
    public static readonly Guid Agency = Id(1), Unit = Id(2), OtherUnit = Id(3);
    public const string Password = "harbour violet trumpet ash";

    static readonly LogOptions s_log = new() { Durability = Durability.OnlyWhenClosed };

    WebApplication _app = null!;
    readonly string _folder = Directory.CreateTempSubdirectory("probity-test-").FullName;
    readonly Dictionary<Guid, string> _names = [];

    StaffServerOptions _options = null!;

    public Clock Clock { get; private init; } = new();
    public CapturedLogs Logs { get; } = new();
    public string Folder => _folder;
    public string DataFolder => Path.Combine(_folder, "data");
    public Uri Address => new(_app.Urls.First());
    public IServiceProvider Services => _app.Services;
    public TransparencyLog Log => Services.GetRequiredService<TransparencyLog>();

    public static Guid Of(Role role) => Id(100 + (int)role);
    public static Guid PostOf(Role role) => Id(200 + (int)role);
    public static Guid PostingOf(Role role) => Id(300 + (int)role);
    public static Guid Other(int number) => Id(400 + number);
    public static Guid PostOfOther(int number) => Id(500 + number);
    static Guid Id(int n) => new(n, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0);

    /// <param name="demo">Whether links sign people in.</param>
    /// <param name="rounds">How much a password costs.</param>
    /// <param name="attempts">How many an address has a minute.</param>
    /// <param name="check">What a check of somebody's own register may take.</param>
    /// <param name="postgres">An empty database that the log is to lie in.</param>
    /// <param name="stripper">What makes copies of files; the installed program unless told.</param>
    /// <param name="more">People beside the one of each role: their posts and units; the first is <see cref="Other"/> 0.</param>
    public static async Task<StaffHost> StartAsync(bool demo = true, int rounds = 1_000, int attempts = 10_000, CheckLimits? check = null, string? postgres = null, StripperProcess? stripper = null, params (Role Role, Guid Unit)[] more)
    {
        var host = new StaffHost();
        if (postgres is null) await (await NodeFolder.CreateAsync(host.DataFolder, "probity.example/test", host.Clock, s_log, default)).DisposeAsync();
        else
        {
            using (var keys = LogKeys.Generate("probity.example/test")) keys.Write(NodeFolder.At(host.DataFolder).SecretsFolder);
            WriteSecret(NodeFolder.At(host.DataFolder).PostgresFile, postgres);
        }

        await host.BuildAsync(new AccessOptions { Demo = demo, PasswordRounds = rounds, AttemptsPerMinute = attempts }, check, stripper);
        var roles = Enum.GetValues<Role>();
        var outcome = await host.Services.GetRequiredService<Founding>().FileAsync(new FoundingPlan(
            [new(Agency, null, "Agency", "A"), new(Unit, Agency, "Port unit", "P"), new(OtherUnit, Agency, "Airport unit", "F")],
            [.. roles.Select(r => new Post(PostOf(r), Unit, $"Post {r}", r, r == Role.Officer ? PostOf(Role.Commander) : null)), .. more.Select((m, i) => new Post(PostOfOther(i), m.Unit, $"Other post {i}", m.Role, null))],
            [.. roles.Select(r => new Person(Of(r), $"Quilombo {r}")), .. more.Select((m, i) => new Person(Other(i), $"Palmares {m.Role} {i}"))],
            [.. roles.Select(r => new FoundingPosting(PostingOf(r), Of(r), PostOf(r), "founding")), .. more.Select((_, i) => new FoundingPosting(Id(600 + i), Other(i), PostOfOther(i), "founding"))]));
        Assert.IsType<Outcome.Done>(outcome);
        host.Clock.Now += TimeSpan.FromSeconds(1);
        await host._app.StartAsync();
        return host;
    }

    /// <summary>Another node of a log in PostgreSQL: a folder of its own with the same keys, and the same clock.</summary>
    public static async Task<StaffHost> JoinAsync(StaffHost first)
    {
        var host = new StaffHost { Clock = first.Clock };
        var keys = Directory.CreateDirectory(NodeFolder.At(host.DataFolder).SecretsFolder).FullName;
        foreach (var file in Directory.EnumerateFiles(NodeFolder.At(first.DataFolder).SecretsFolder)) File.Copy(file, Path.Combine(keys, Path.GetFileName(file)));
        await host.BuildAsync(first._options.Access, null);
        await host._app.StartAsync();
        return host;
    }

    /// <summary>The same node, started once more after <see cref="StopAsync"/>.</summary>
    public async Task StartAgainAsync()
    {
        _app = await StaffServer.BuildAsync(_options, default);
        await _app.StartAsync();
    }

    async Task BuildAsync(AccessOptions access, CheckLimits? check, StripperProcess? stripper = null)
    {
        _options = new StaffServerOptions(DataFolder)
        {
            Port = 0, Time = Clock, Log = s_log, Logging = l => l.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs), Check = check ?? new CheckLimits(), Access = access,
            Stripper = stripper ?? new StripperProcess(Path.Combine(AppContext.BaseDirectory, "probity"), [StripperProcess.Verb]),
        };
        _app = await StaffServer.BuildAsync(_options, default);
    }

    static void WriteSecret(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(file, options);
        stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
    }

    public Browser Open() => new(Address);

    /// <summary>A browser that a demo link has signed in.</summary>
    public Task<Browser> SignedInAsync(Role role) => SignedInAsync(Of(role));

    /// <summary>The same, for somebody beside the one of each role.</summary>
    public async Task<Browser> SignedInAsync(Guid person)
    {
        var browser = Open();
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.GetAsync("/demo/sign-in/" + DemoToken(person))).StatusCode);
        return browser;
    }

    /// <summary>The last part of a demo link.</summary>
    public string DemoToken(Role role) => DemoToken(Of(role));

    public string DemoToken(Guid person) => Services.GetRequiredService<DemoSignIn>().Issue([person])[person];

    public async Task<string> InviteAsync(Role by, Role who)
    {
        await using var scope = Services.CreateAsyncScope();
        var (outcome, sent) = await scope.ServiceProvider.GetRequiredService<Inviting>().RunAsync(Of(by), Of(who), NameOf(who), default);
        Assert.IsType<Outcome.Done>(outcome);
        return sent!.Path;
    }

    public static string NameOf(Role role) => "zq-" + role.ToString().ToLowerInvariant();

    /// <summary>Invites and enrols a person through the pages; answers the second factor's secret.</summary>
    public async Task<string> EnrolAsync(Role who, Role by = Role.Administrator, string password = Password)
    {
        var path = await InviteAsync(by, who);
        var browser = Open();
        var page = await browser.TextAsync(path);
        var secret = Regex.Match(page, "<code id=\"secret\">([A-Z2-7]+)</code>").Groups[1].Value;
        var answer = await browser.PostAsync(path, page, new()
        {
            ["seal"] = Regex.Match(page, "name=\"seal\" value=\"([^\"]+)\"").Groups[1].Value.Replace("&#x2B;", "+", StringComparison.Ordinal),
            ["password"] = password, ["again"] = password, ["code"] = Code(secret),
        });
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Clock.Now += TimeSpan.FromMinutes(1);
        return secret;
    }

    /// <summary>Signs in with password and code; answers the last response.</summary>
    public async Task<HttpResponseMessage> SignInAsync(Browser browser, Role who, string secret, string back = "/api/me", string password = Password)
    {
        var first = await PasswordAsync(browser, NameOf(who), password, back);
        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        return await CodeAsync(browser, Code(secret));
    }

    public static async Task<HttpResponseMessage> PasswordAsync(Browser browser, string name, string password, string back = "/")
    {
        var page = await browser.TextAsync("/sign-in");
        return await browser.PostAsync("/sign-in", page, new() { ["name"] = name, ["password"] = password, ["return"] = back });
    }

    public static async Task<HttpResponseMessage> CodeAsync(Browser browser, string code)
    {
        var page = await browser.TextAsync("/sign-in/code");
        return await browser.PostAsync("/sign-in/code", page, new() { ["code"] = code });
    }

    /// <summary>RFC 6238, written a second time so that the server's is checked by another.</summary>
    public string Code(string secret)
    {
        var bits = string.Concat(secret.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var key = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var counter = BitConverter.GetBytes(Clock.Now.ToUnixTimeSeconds() / 30);
        if (BitConverter.IsLittleEndian) Array.Reverse(counter);
#pragma warning disable CA5350
        var mac = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var at = mac[19] & 15;
        var number = ((mac[at] & 127) << 24) | (mac[at + 1] << 16) | (mac[at + 2] << 8) | mac[at + 3];
        return (number % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until the house has done what follows from a command; fails after ten seconds.</summary>
    public async Task UntilAsync(Func<Recorded, bool> recorded)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await foreach (var batch in Services.GetRequiredService<TransparencyLog>().SubscribeAsync(0, limit.Token))
        {
            if (batch.Select(EventTypes.Read).Any(recorded)) return;
        }
    }

    /// <summary>Waits until a list shows all that is recorded; fails after ten seconds.</summary>
    public async Task CaughtUpAsync(string view)
    {
        var (positions, newest) = (Services.GetRequiredService<ViewPositions>(), Services.GetRequiredService<TransparencyLog>().Size - 1);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            if (await positions.WaitAsync(view, newest, TimeProvider.System, default)) return;
        }

        Assert.Fail($"The view '{view}' did not keep up.");
    }

    public async Task<IReadOnlyList<Recorded>> RecordAsync() =>
        [.. (await Services.GetRequiredService<TransparencyLog>().ReadAsync(0, 10_000, default)).Select(EventTypes.Read)];

    public async Task StopAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

internal sealed class Clock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>A client that keeps cookies and follows nothing.</summary>
internal sealed class Browser(Uri address) : IDisposable
{
    readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
    HttpClient? _client;

    public void Dispose() => _handler.Dispose();

    HttpClient Client => _client ??= new HttpClient(_handler) { BaseAddress = address };

    public CookieContainer Jar => _handler.CookieContainer;

    public CookieCollection Cookies(string path = "/") => _handler.CookieContainer.GetCookies(new Uri(address, path));

    public void Take(Cookie cookie) => _handler.CookieContainer.Add(address, new Cookie(cookie.Name, cookie.Value));

    public Task<HttpResponseMessage> GetAsync(string path) => Client.GetAsync(new Uri(path, UriKind.Relative));

    public async Task<string> TextAsync(string path) => await (await GetAsync(path)).Content.ReadAsStringAsync();

    public Task<HttpResponseMessage> PostAsync(string path, string? page, Dictionary<string, string> fields)
    {
        if (page is not null)
            fields["__RequestVerificationToken"] = Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        return Client.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(fields));
    }

    public Task<HttpResponseMessage> PostJsonAsync(string path, object? body) => Client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => Client.SendAsync(request);

    public async Task<Guid> MadeAsync(string path, object body)
    {
        var answer = await PostJsonAsync(path, body);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }
}

internal sealed class CapturedLogs : ILoggerProvider
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Captured(this);

    public void Dispose() { }

    sealed class Captured(CapturedLogs logs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logs.Lines.Enqueue(formatter(state, exception) + exception);
    }
}
