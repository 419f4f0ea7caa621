using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authorization;
using Probity.Access;
using Probity.Cases;
using Probity.Cases.Assigning;
using Probity.Cases.Searching;
using Probity.Conduct;
using Probity.Exhibits;
using Probity.Exhibits.Labelling;
using Probity.Exports;
using Probity.Interdiction;
using Probity.Ledger;
using Probity.Ledger.Witnessing;
using Probity.Oversight;
using Probity.People;
using Probity.People.Declaring;
using Probity.People.Passports;
using Probity.People.Revetting;
using Probity.People.Training;
using Probity.Policies;
using Probity.Procedures;
using Probity.Procedures.Checking;
using Probity.Protection;
using Probity.Records;
using Probity.Reports;
using Probity.Reports.Exchanging;
using Probity.Reports.Files;
using Probity.Reports.Routing;
using Probity.Reports.Handling;
using Probity.Reports.Viewing;
using Probity.Reports.Notifying;
using Probity.Risk;
using Probity.Shared.Drawing;
using Probity.Shared;
using Probity.Shared.Confirming;
using Probity.Shared.Record;
using Probity.Shared.Stopping;
using Probity.Shared.Views;
using Probity.Shared.Web;
using Probity.Storage;
using Probity.Storage.Credentials;
using Probity.Storage.Deposits;
using Probity.Storage.Views;
using Probity.Stripping;

namespace Probity.Cli.Hosting;

/// <summary>How a staff server is run.</summary>
/// <param name="DataFolder">A node's data folder; there is a node in it.</param>
internal sealed record StaffServerOptions(string DataFolder)
{
    /// <summary>The port on the loopback address; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>How people sign in; whether links do it for them.</summary>
    public AccessOptions Access { get; init; } = new();

    /// <summary>What a check of somebody's own register may take.</summary>
    public CheckLimits Check { get; init; } = new();

    /// <summary>The clock of everything: recorded times, sessions, codes, lockouts.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How the log is run.</summary>
    public LogOptions Log { get; init; } = new();

    /// <summary>How old the newest confirmation from outside may be before the pages warn.</summary>
    public TimeSpan ConfirmedWithin { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How the witnesses of the log are asked.</summary>
    public WitnessPatience Witnesses { get; init; } = WitnessPatience.Usual;

    /// <summary>Where somebody reports, if the first screen leads there.</summary>
    public string? ReportHref { get; init; }

    /// <summary>How often reports are fetched from the reporter's side, and answers sent there.</summary>
    public TimeSpan ExchangeEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What makes copies of files that were sent along; this very program unless told.</summary>
    public StripperProcess? Stripper { get; init; }

    /// <summary>Where log lines go; standard error unless told.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }
}

/// <summary>Composes the staff server: the record, its readers, the rooms, and the web in front of them.</summary>
internal static class StaffServer
{
    const long MaxBody = 1024 * 1024;

    /// <summary>Opens the node and makes the server ready to start. Disposing of it closes the node.</summary>
    /// <exception cref="FileNotFoundException">There is no node in the folder.</exception>
    /// <exception cref="IOException">Another process has it open.</exception>
    /// <exception cref="InvalidDataException">The node refuses to open.</exception>
    public static async Task<WebApplication> BuildAsync(StaffServerOptions options, CancellationToken cancel)
    {
        var folder = NodeFolder.At(options.DataFolder);
        var log = await NodeFolder.OpenAsync(folder.Root, options.Time, options.Log, cancel);
        WebApplication? app = null;
        try
        {
            app = Compose(options, folder, log);
            await ViewsStorage.PrepareViewsAsync(app.Services, cancel);
            await CredentialsStorage.PrepareCredentialsAsync<Credential>(app.Services, cancel);
            await app.Services.GetRequiredService<NodeWitness>().PrepareAsync(cancel);
            // A log that was stopped can still be read; the seeds are committed to when it takes entries again.
            if (log.Stopped is null) await app.Services.GetRequiredService<CommitSeeds>().RunAsync(cancel);
            if (log.Stopped is null) await app.Services.GetRequiredService<CommitLots>().RunAsync(cancel);
            if (log.Stopped is null) await app.Services.GetRequiredService<DrawReviews>().CommitAsync(cancel);
            Map(app, options);
            return app;
        }
        catch
        {
            if (app is not null) await app.DisposeAsync();
            await log.DisposeAsync();
            throw;
        }
    }

    static WebApplication Compose(StaffServerOptions options, NodeFolder folder, TransparencyLog log)
    {
        // Empty: no setting of the environment or of the folder it was started in changes what the server does.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "probity", ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(1);
            kestrel.Limits.MaxConcurrentConnections = 2_000;
        });
        AddLogging(builder.Logging, options);
        var services = builder.Services;
        services.Configure<ConsoleLifetimeOptions>(o => o.SuppressStatusMessages = true);
        services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(10));
        AddRecord(services, options, folder, log);
        services.AddSingleton(folder).AddSingleton(options).AddSingleton<NodeWitness>().AddHostedService(s => s.GetRequiredService<NodeWitness>());
        services.AddOptions<SharedOptions>().Configure<NodeWitness>((shared, witness) => (shared.HasWitnesses, shared.ReportHref) = (witness.HasWitnesses, options.ReportHref));
        AddWeb(services, options, folder);
        services.AddCredentials<Credential>(folder, AccessRoom.ConfigureIdentity);
        services.AddAccess(options.Access);
        services.AddCases().AddCasePages();
        services.AddExhibits().AddExhibitPages();
        services.AddExports();
        services.AddInterdiction().AddInterdictionPages();
        services.AddPeople().AddPeoplePages();
        services.AddPolicies().AddPolicyPages();
        services.AddDeclarations().AddDeclarationPages();
        services.AddTraining().AddTrainingPages();
        services.AddConduct().AddConductPages();
        services.AddRisk().AddRiskPages();
        services.AddProtection().AddProtectionPages();
        AddReports(services, options, folder);
        services.AddHandling().AddHandlingPages();
        services.AddProcedures(options.Check);
        services.AddRecords().AddSingleton<IPurge, NodePurge>();
        services.AddNotices(folder.SecretsFolder);
        services.AddSessionKeys(folder);
        services.AddSingleton(folder).AddHostedService<KeyBackupPruner>();
        return builder.Build();
    }

    static void AddLogging(ILoggingBuilder logging, StaffServerOptions options)
    {
        // Requests are not logged: their paths hold invitations and the numbers of matters.
        logging.SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning)
            // It warns of each page with a form that our no-store is not its no-cache. Its refusals are faults of ours to log.
            .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error)
            .AddFilter("System", LogLevel.Warning);
        if (options.Logging is { } own) own(logging);
        else
        {
            logging.AddSimpleConsole(c => c.SingleLine = true);
            logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
                o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        }
    }

    static void AddRecord(IServiceCollection services, StaffServerOptions options, NodeFolder folder, TransparencyLog log)
    {
        services.AddSingleton(options.Time);
        services.AddSingleton(_ => log);
        services.AddSingleton<Clerk>();
        services.AddSingleton(DrawSeeds.FromSecret(folder.ReadDrawSecret()));
        services.AddSingleton(new SearchWords(folder.DeriveKey(SearchWords.Purpose))).AddSingleton(new ExhibitCode(folder.DeriveKey(ExhibitCode.Purpose)))
            .AddSingleton(new PassportKeys(folder.DeriveKey(PassportKeys.Purpose), log.VerifierKey.Name));
        services.AddSingleton<ViewPositions>();
        services.AddSingleton<ReactionRunner>().AddHostedService(s => s.GetRequiredService<ReactionRunner>());
        services.AddSingleton<ViewRunner>().AddHostedService(s => s.GetRequiredService<ViewRunner>()).AddHostedService<ViewPurger>();
        services.AddViews(folder.ViewsFile, typeof(Clerk).Assembly);
    }

    static void AddReports(IServiceCollection services, StaffServerOptions options, NodeFolder folder)
    {
        services.AddSingleton<IDeposits>(s => new NodeDeposits(DepositStore.Open(folder.ReportsFile, options.Log.Durability), folder.ReportFilesFolder, s.GetRequiredService<Removals>()));
        services.AddSingleton(new ExchangeOptions
        {
            ConnectionFile = folder.IntakeFile, CertificateFile = folder.IntakeClientFile, FilesFolder = folder.ReportFilesFolder, Every = options.ExchangeEvery,
        });
        services.AddSingleton(new RemovalMarks(folder.DeriveKey(RemovalMarks.Purpose)));
        services.AddSingleton(new BookNames(folder.DeriveKey(BookNames.Purpose)));
        services.AddSingleton<IFileCopies>(_ => new NodeFileCopies(options.Stripper ?? StripperProcess.OfThisProgram()));
        services.AddReports().AddReportPages().AddReportFiles();
    }

    static void AddWeb(IServiceCollection services, StaffServerOptions options, NodeFolder folder)
    {
        services.AddRouting();
        services.AddHostFiltering(o => o.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"]);
        services.AddShared();
        services.AddRecordPages().AddPublicReceipts();
        services.AddOptions<RecordOptions>().Configure<TransparencyLog>((o, log) =>
        {
            o.Stale = options.ConfirmedWithin;
            o.ReadStop = () => NodeStop.Read(folder) is { } stop ? new StopFacts(stop.IsRestored, stop.Since, stop.Evidence) : null;
            if (NodeWitnessing.ReadPolicy(folder) is not { } policy) return;
            // A node's own file may leave its log out; whoever takes it along needs it.
            o.Policy = policy;
            o.PolicyText = (policy.Logs.Count == 0 ? $"log {log.VerifierKey}\n" : "") + File.ReadAllText(folder.PolicyFile);
        });
        services.AddResponseCompression(o => o.EnableForHttps = true);
        services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            o.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            o.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        });
        services.AddApiDocument();
        // Whatever does not say otherwise is for people who are signed in.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    static void Map(WebApplication app, StaffServerOptions options)
    {
        app.UseHostFiltering();
        app.UseShared();
        // Compressed together with a secret, what an attacker sends in tells the secret by its length (BREACH): so
        // only what is the same for everybody is compressed.
        app.UseWhen(
            c => c.Request.Path.StartsWithSegments("/assets") || c.Request.Path.StartsWithSegments("/log"),
            same => same.UseResponseCompression());
        app.Use(RefuseOtherSites);
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseForms();
        // It says what can be asked, and nothing of what is there.
        app.MapOpenApi(ApiDocument.Path).AllowAnonymous();
        app.MapGroup("").AllowAnonymous().ExcludeFromDescription().MapShared();
        app.MapGroup("").ExcludeFromDescription().MapSteps();
        app.MapGroup("").AllowAnonymous().MapPublicLog();
        app.MapGroup("").AllowAnonymous().MapPublicReceipts();
        app.MapGroup("").AllowAnonymous().ExcludeFromDescription().MapRecordPages();
        if (app.Services.GetRequiredService<NodeWitness>().OfOthers is { } witness) app.MapGroup("/witness").MapWitness(witness);
        app.MapAccess(options.Access);
        app.MapCases().MapCasePages();
        app.MapExhibits().MapExhibitPages();
        app.MapExports();
        app.MapInterdiction();
        app.MapPeople();
        app.MapPolicies();
        app.MapDeclarations();
        app.MapTraining();
        app.MapConduct();
        app.MapRisk();
        app.MapProtection();
        app.MapReports();
        app.MapReportFiles();
        app.MapHandling();
        app.MapProcedures();
        app.MapRecords();
        app.MapNotices();
    }

    // Beside the forms' tokens and the cookie's SameSite: what changes anything comes from our own pages.
    static Task RefuseOtherSites(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || OwnPages.Sent(request)) return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
