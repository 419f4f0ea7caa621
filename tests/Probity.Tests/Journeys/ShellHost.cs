using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Probity.Shared;

namespace Probity.Tests.Journeys;

/// <summary>The shell on a real port. A request with the header or cookie "who" is signed in under that name.</summary>
public sealed class ShellHost : IAsyncLifetime
{
    WebApplication? app;

    public string Address { get; private set; } = "";

    internal FakeLogs Logs { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders().AddProvider(Logs);
        builder.Services.AddShared(options => options.UnitName = "Joint Airport Unit");
        builder.Services.AddSingleton<IStanding>(new Said(StandingRow.Measured(StandingKeys.Staff, true, 52 / 60d, "52 of 60 cleared.", SampleTime, "/kit")));
        builder.Services.AddSingleton<IStanding>(new Said(StandingRow.Measured(StandingKeys.Cases, false, 381 / 400d, "381 of 400 followed; 19 to look at.", SampleTime, "/kit")));
        builder.Services.AddSingleton<IStanding>(new Said(StandingRow.NotMeasured(StandingKeys.Oversight, "Not measured: no recommendations yet.")));
        builder.Services.AddSingleton<IStanding, Broken>();
        builder.Services.AddSingleton<INextSteps, ManySteps>();
        builder.Services.AddNavigation<SharedText>("kit", "/kit", 10, "Rooms");
        app = builder.Build();
        app.UseShared();
        app.Use((context, next) =>
        {
            var who = context.Request.Cookies["who"] ?? (string?)context.Request.Headers["who"];
            if (who is not null) context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, who)], "test"));
            return next();
        });
        app.UseForms();
        app.MapShared().MapSteps();
        app.MapGet("/kit", () => new RazorComponentResult<KitPage> { PreventStreamingRendering = true });
        app.MapPost("/kit", () => Results.Ok());
        app.MapPost("/sign-out", () => Results.Redirect("/"));
        app.MapGet("/broken", string () => throw new InvalidOperationException("the secret reason"));
        app.MapGet("/broken-page", () => new RazorComponentResult<BrokenPage> { PreventStreamingRendering = true });
        app.MapGet("/forbidden", () => Results.StatusCode(403));
        await app.StartAsync();
        Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    internal static DateTimeOffset SampleTime { get; } = new(2026, 11, 4, 9, 30, 0, TimeSpan.Zero);

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    sealed class Said(StandingRow row) : IStanding
    {
        public string Key => row.Key;

        public Task<StandingRow> Read(CancellationToken cancel) => Task.FromResult(row);
    }

    sealed class Broken : IStanding
    {
        public string Key => StandingKeys.Discipline;

        public Task<StandingRow> Read(CancellationToken cancel) => throw new InvalidOperationException("the figure broke");
    }

    sealed class ManySteps : INextSteps
    {
        public Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<NextStep>>([.. Enumerable.Range(1, 7).Take(most).Reverse().Select(n =>
                new NextStep($"Task {n}", $"Case 2026-{n:000} waits for your decision.", "Open the file", "/kit", SampleTime.AddDays(n)))]);

        public Task<(int Total, string Href)?> Beyond(ClaimsPrincipal person, CancellationToken cancel) =>
            Task.FromResult<(int, string)?>((13, "/kit?all"));
    }
}

/// <summary>What the host logged.</summary>
internal sealed class FakeLogs : ILoggerProvider, ILogger
{
    readonly System.Collections.Concurrent.ConcurrentQueue<string> lines = new();

    internal IReadOnlyCollection<string> Lines => lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue($"{formatter(state, exception)} {exception}");

    public void Dispose() { }
}
