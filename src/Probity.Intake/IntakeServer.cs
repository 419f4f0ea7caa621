using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Probity.Intake.Exchanging;
using Probity.Intake.Keeping;
using Probity.Intake.Pages;
using Probity.Intake.Publishing;
using Probity.Intake.Returning;
using Probity.Intake.Writing;
using Probity.Ledger;
using Probity.Sealing;

namespace Probity.Intake;

/// <summary>
/// Composes the reporter's side: its pages on the loopback address, for an onion service or a proxy in front of it, and the exchange with the node. It knows no room of the house and holds no private
/// key of anybody. Nothing is logged of who asks, or for what.
/// </summary>
public static class IntakeServer
{
    const long MaxBody = 1 << 20;

    /// <summary>Makes the server ready to start. Disposing of it closes the record.</summary>
    /// <param name="options">How it is run.</param>
    /// <param name="log">Its record, opened with <see cref="DayTime"/>.</param>
    /// <param name="logging">Where log lines go; standard error unless told.</param>
    /// <param name="cancel">Gives up reading the record.</param>
    public static async Task<WebApplication> BuildAsync(IntakeOptions options, TransparencyLog log, Action<ILoggingBuilder>? logging, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        var folder = new IntakeFolder(options.Folder);
        folder.RemoveUnfinished();
        var record = await IntakeRecord.OpenAsync(log, cancel);
        var certificate = ExchangeCertificate.ReadOrMake(folder.CertificateFile, options.Time.GetUtcNow());

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(IntakeServer).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listen(kestrel, options, folder, certificate));
        // Not a line of a request: paths, addresses and what a browser calls itself are kept nowhere.
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft", LogLevel.None).AddFilter("System", LogLevel.None);
        if (logging is null) builder.Logging.AddSimpleConsole(console => console.SingleLine = true).Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        else logging(builder.Logging);
        var services = builder.Services;
        services.Configure<ConsoleLifetimeOptions>(o => o.SuppressStatusMessages = true);
        services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(10));
        services.AddSingleton(options).AddSingleton(folder).AddSingleton(_ => log).AddSingleton(record).AddSingleton(new BookInForce(folder)).AddSingleton(new DayTime(options.Time))
            .AddSingleton(new SourceSessions(options.Time)).AddSingleton(new InflowMeter(options.Time)).AddSingleton<Publication>().AddHostedService(s => s.GetRequiredService<Publication>());
        services.AddSingleton<SendReport>().AddSingleton<KeepCode>().AddSingleton<ComeBack>().AddSingleton<ReadAnswers>().AddSingleton<AddMessage>().AddSingleton<AddFile>().AddSingleton<SendInParts>().AddSingleton<Exchange>();
        services.AddRouting();
        services.AddLocalization();
        services.AddRazorComponents();
        services.AddHostFiltering(o => o.AllowedHosts = ["localhost", "127.0.0.1", "[::1]", .. options.Hosts, .. options.Onion is { } onion ? [onion] : Array.Empty<string>()]);

        var app = builder.Build();
        // Asked for once, so that the server closes it with itself.
        app.Services.GetRequiredService<TransparencyLog>();
        Map(app, options, folder);
        return app;
    }

    /// <summary>Where the pages of a started server answer.</summary>
    public static Uri PagesOf(WebApplication app) => new(app.Urls.First(url => url.StartsWith("http:", StringComparison.Ordinal)));

    /// <summary>Where the exchange of a started server answers.</summary>
    public static Uri ExchangeOf(WebApplication app) => new(app.Urls.First(url => url.StartsWith("https:", StringComparison.Ordinal)));

    static void Listen(KestrelServerOptions kestrel, IntakeOptions options, IntakeFolder folder, X509Certificate2 certificate)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBody;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        // Slow lines are the rule here, not the exception.
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromMinutes(1);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(200, TimeSpan.FromMinutes(1));
        kestrel.Limits.MinResponseDataRate = new MinDataRate(200, TimeSpan.FromMinutes(1));
        kestrel.Limits.MaxConcurrentConnections = 5_000;
        kestrel.Listen(IPAddress.Loopback, options.Port);
        kestrel.Listen(options.ExchangeAddress, options.ExchangePort, listen => listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = certificate,
            SslProtocols = SslProtocols.Tls13,
            ClientCertificateMode = ClientCertificateMode.RequireCertificate,
            ClientCertificateValidation = (shown, _, _) => IsNode(shown, folder),
        }));
    }

    // By its SHA-256 and nothing else: whoever is not the node does not come as far as a request.
    static bool IsNode(X509Certificate2 shown, IntakeFolder folder) =>
        folder.ReadNode() is { Length: 64 } known
        && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(known), System.Text.Encoding.ASCII.GetBytes(ExchangeCertificate.FingerprintOf(shown)));

    static void Map(WebApplication app, IntakeOptions options, IntakeFolder folder)
    {
        // The two sides do not meet: the exchange's connection has shown the node's certificate, the pages' has no such thing.
        app.UseWhen(http => http.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is null, pages =>
        {
            pages.UseHostFiltering();
            pages.Use((http, next) => Protect(http, next, options));
            pages.Use(Tongue.Set);
        });
        app.Use(Part);
        app.UseRouting();
        app.UseEndpoints(_ => { });
        StartSlice.MapRoot(app, options, folder);
        var tongue = app.MapGroup("/{language:regex(^(en|es|pt)$)}");
        StartSlice.Map(tongue, options);
        SendReport.Map(tongue);
        KeepCode.Map(tongue);
        ComeBack.Map(tongue);
        ReadAnswers.Map(tongue);
        AddMessage.Map(tongue);
        AddFile.Map(tongue);
        SendInParts.Map(tongue);
        SendInParts.MapScript(app);
        Exchange.Map(app);
        app.MapFallback(() => Answers.Page<GonePage>(status: StatusCodes.Status404NotFound));
    }

    // What is on the other side's port is not there.
    static Task Part(HttpContext http, RequestDelegate next)
    {
        var isNode = http.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is not null;
        if (isNode == http.Request.Path.StartsWithSegments("/exchange")) return next(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    static async Task Protect(HttpContext http, RequestDelegate next, IntakeOptions options)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Look.Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), browsing-topics=()";
        headers.CacheControl = "no-store";
        if (options.Onion is { } onion && http.Request.Host.Host != onion) headers["Onion-Location"] = $"http://{onion}{http.Request.Path}";
        // The framework's own header would tell what these pages are made with.
        http.Response.OnStarting(() =>
        {
            headers.Remove("blazor-enhanced-nav");
            return Task.CompletedTask;
        });
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && FromElsewhere(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        try
        {
            await next(http);
        }
        // An encoding that is not supported is said by the framework in its own way.
        catch (Exception fault) when (!http.Response.HasStarted && fault is Microsoft.AspNetCore.Http.BadHttpRequestException or InvalidDataException or NotSupportedException)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await Answers.Page<GonePage>(new { Key = "Broken" }, StatusCodes.Status400BadRequest).ExecuteAsync(http);
        }
    }

    // A page of another site cannot have the session's cookie sent along; one of a neighbouring name can. What a browser says of where a form stands decides. Where it says nothing, the origin does; and that is "null" for
    // our own forms, for these pages send no referrer (Fetch, "append a request Origin header").
    internal static bool FromElsewhere(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site ? site is not ("same-origin" or "none")
        : request.Headers.Origin.ToString() is { Length: > 0 } origin && origin != "null" && (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || from.Authority != request.Host.ToString());
}
