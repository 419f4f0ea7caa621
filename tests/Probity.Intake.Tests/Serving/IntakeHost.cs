using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Probity.Intake.Keeping;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Sealing;
using Probity.Storage;

namespace Probity.Intake.Tests.Serving;

/// <summary>The reporter's side as it is run, over a record of its own, with four holders: two of integrity, an overseer and a custodian.</summary>
internal sealed class IntakeHost : IAsyncDisposable
{
    static readonly DateTimeOffset Begin = new(2026, 3, 2, 14, 37, 51, 123, TimeSpan.Zero);

    List<string> _logged = [];
    readonly WebApplication _app;
    readonly X509Certificate2 _node;

    IntakeHost(string folder, WebApplication app, X509Certificate2 node, MovedTime time) => (Folder, _app, _node, Time) = (folder, app, node, time);

    public string Folder { get; }
    public MovedTime Time { get; }
    public SealingKey[] Keys { get; } = [.. Enumerable.Range(0, 4).Select(_ => SealingKey.Generate())];
    public Guid Unit { get; } = Guid.NewGuid();
    public Guid Post { get; } = Guid.NewGuid();
    public Uri Pages => IntakeServer.PagesOf(_app);
    public Uri ExchangeAddress => IntakeServer.ExchangeOf(_app);
    public IServiceProvider Services => _app.Services;
    public string Logged
    {
        get
        {
            lock (_logged) return string.Join('\n', _logged);
        }
    }

    public RecipientBook Book { get; private set; } = null!;
    public VerifierKey Verifier { get; private set; } = null!;

    public static async Task<IntakeHost> StartAsync(Func<IntakeOptions, IntakeOptions>? change = null, bool withBook = true)
    {
        var folder = Directory.CreateTempSubdirectory("intake").FullName;
        var time = new MovedTime(Begin);
        var log = await NodeFolder.CreateAsync(folder, "intake.example/log", new DayTime(time), new LogOptions(), CancellationToken.None);
        var verifier = log.VerifierKey;
        var node = ExchangeCertificate.ReadOrMake(Path.Combine(folder, "..", $"{Path.GetFileName(folder)}-node.pfx"), Begin);
        File.WriteAllText(Path.Combine(folder, "node"), ExchangeCertificate.FingerprintOf(node));
        var options = new IntakeOptions { Folder = folder, Time = time };
        var lines = new List<string>();
        var app = await IntakeServer.BuildAsync(change?.Invoke(options) ?? options, log, logging => logging.AddProvider(new Kept(lines)), CancellationToken.None);
        await app.StartAsync();
        var host = new IntakeHost(folder, app, node, time) { Verifier = verifier };
        host._logged = lines;
        host.Book = host.MakeBook(1);
        if (withBook) await host.HandOverAsync(host.Book);
        return host;
    }

    public RecipientBook MakeBook(long version) => new()
    {
        Version = version,
        Issued = new DateOnly(2026, 3, 1),
        Holders =
        [
            new(Guid.NewGuid(), HolderPart.Integrity, $"{Keys[0].Public}"), new(Guid.NewGuid(), HolderPart.Integrity, $"{Keys[1].Public}"),
            new(Guid.NewGuid(), HolderPart.Overseer, $"{Keys[2].Public}"), new(Guid.NewGuid(), HolderPart.Custodian, $"{Keys[3].Public}"),
        ],
        Units = [new(Unit, "Harbour team", null, [0, 1])],
        Posts = [new(Post, Unit, "Head of the harbour team", [1])],
        NameKey = Convert.ToBase64String(new byte[32]),
        Names = [new(NameWords.Keys("Everybody Exemplo", new byte[32]), [0, 1, 2, 3])],
    };

    public async Task HandOverAsync(RecipientBook book)
    {
        using var node = Node();
        using var answer = await node.PutAsync("/exchange/book", new ByteArrayContent(book.Write()));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    /// <summary>A browser without script: it keeps the session's cookie and follows redirections.</summary>
    public Browser Open() => new(Pages);

    /// <summary>The node: it shows its certificate and knows the other's.</summary>
    public HttpClient Node(X509Certificate2? shown = null, bool showsNone = false)
    {
        var known = ExchangeCertificate.FingerprintOf(X509CertificateLoader.LoadPkcs12FromFile(Path.Combine(Folder, "exchange.pfx"), null));
        var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
        handler.SslOptions.ClientCertificates = showsNone ? [] : [shown ?? _node];
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => ExchangeCertificate.FingerprintOf((X509Certificate2)certificate!) == known;
        return new HttpClient(handler) { BaseAddress = ExchangeAddress };
    }

    /// <summary>All deposits, as the node fetches and checks them; null for a record without content.</summary>
    public async Task<IReadOnlyList<(ReceiptReport Report, Deposit? Deposit)>> FetchAsync()
    {
        using var node = Node();
        var fetched = new List<(ReceiptReport, Deposit?)>();
        while (true)
        {
            using var page = JsonDocument.Parse(await node.GetStringAsync($"/exchange/records?from={fetched.Count}&most=64"));
            var receipts = page.RootElement.GetProperty("receipts").EnumerateArray().Select(receipt => receipt.GetString()!).ToList();
            foreach (var receipt in receipts)
            {
                var report = ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(receipt), new ReceiptRequest(Verifier, null));
                Assert.True(report.Proved);
                Assert.Equal(fetched.Count, report.Index);
                fetched.Add((report, report.Opening.Form == ReceiptForm.Content && report.Header!.Type == "intake.deposited.v1" ? Deposit.Decode(report.Opening.Payload) : null));
            }

            if (fetched.Count == page.RootElement.GetProperty("size").GetInt64()) return fetched;
        }
    }

    /// <summary>What a holder reads of a deposit; null where it is not for them.</summary>
    public DepositContent? Read(Deposit deposit, int holder) =>
        deposit.Content.OpenSlot(deposit.Binding(PartKind.Content), holder, Keys[holder]) is { } key ? DepositContent.Read(deposit.Content.OpenBody(deposit.Binding(PartKind.Content), key)) : null;

    /// <summary>Which files of a folder hold any of these texts, in plain letters of either width or in base64.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(string folder, params string[] texts)
    {
        byte[][] forms = [.. texts.SelectMany(text => (byte[][])[Encoding.UTF8.GetBytes(text), Encoding.Unicode.GetBytes(text), Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))[..12])])];
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock"))
        {
            await using var open = await OpenAsync(file);
            if (open is null) continue;
            var bytes = new byte[open.Length];
            await open.ReadExactlyAsync(bytes);
            if (forms.Any(form => bytes.AsSpan().IndexOf(form) >= 0)) found.Add(Path.GetRelativePath(folder, file));
        }

        return found;
    }

    // The checkpoint is being replaced now and then: a file that is written just now is read once it can be, and one that is gone by then was moved to its place.
    static async Task<FileStream?> OpenAsync(string file)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            }
            catch (FileNotFoundException) when (file.EndsWith(".part", StringComparison.Ordinal))
            {
                return null;
            }
            catch (IOException) when (tries < 50)
            {
                await Task.Delay(20);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        foreach (var key in Keys) key.Dispose();
        _node.Dispose();
        Directory.Delete(Folder, recursive: true);
        File.Delete(Folder + "-node.pfx");
    }

    sealed class Kept(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines) lines.Add(formatter(state, exception) + exception);
        }

        public void Dispose()
        {
        }
    }
}

/// <summary>A clock that stands where it is put.</summary>
internal sealed class MovedTime(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>A browser with script off, as far as the pages need one; counts what comes over the wire.</summary>
internal sealed partial class Browser : IDisposable
{
    readonly HttpClient _client;

    public Browser(Uri pages, IWebProxy? proxy = null, string? host = null)
    {
        _client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), Proxy = proxy }) { BaseAddress = pages };
        _client.DefaultRequestHeaders.Host = host;
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("CanaryBrowser/77.7");
        _client.DefaultRequestHeaders.Referrer = new Uri("http://canary-referrer.example/");
    }

    public long Received { get; private set; }
    public HttpStatusCode Status { get; private set; }
    public HttpResponseHeaders Headers { get; private set; } = null!;
    public string Page { get; private set; } = "";
    public Uri Address { get; private set; } = null!;

    public Task<string> GetAsync(string path) => TakeAsync(_client.GetAsync(path));

    public Task<string> PostAsync(string path, params (string Field, string Value)[] fields) =>
        TakeAsync(_client.PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Field, field.Value)))));

    public Task<string> PutAsync(string path, byte[] bytes) => TakeAsync(_client.PutAsync(path, new ByteArrayContent(bytes)));

    public Task<string> SendFileAsync(string path, string name, Stream content) =>
        TakeAsync(_client.PostAsync(path, new MultipartFormDataContent { { new StreamContent(content), "file", name } }));

    /// <summary>Reports, and writes the code down.</summary>
    public async Task<string[]> ReportAsync(string text, params (string Field, string Value)[] more)
    {
        await PostAsync("/en/form/1", [("what", text), .. more]);
        var words = Words();
        await PostAsync("/en/code", ("words", $"{words[2]} {words[6]}"));
        Assert.Equal("/en/mine", Address.AbsolutePath);
        return words;
    }

    public string[] Words() => [.. Item().Matches(Page[Page.IndexOf("class=\"code\"", StringComparison.Ordinal)..Page.IndexOf("</ol>", StringComparison.Ordinal)]).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];

    async Task<string> TakeAsync(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Received += bytes.Length;
        (Status, Headers, Address) = (answer.StatusCode, answer.Headers, answer.RequestMessage!.RequestUri!);
        return Page = Encoding.UTF8.GetString(bytes);
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("<li>(.*?)</li>")]
    private static partial Regex Item();
}
