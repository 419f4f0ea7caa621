using System.Net;
using Probity.Ledger.Witnessing;
using Probity.Oversight;
using Probity.Shared;

namespace Probity.Cli.Hosting;

/// <summary>Composes a witness that stands alone: its protocol and its page, on the loopback address.</summary>
internal static class WitnessServer
{
    /// <summary>More than any request, so that the witness itself answers one that is too long.</summary>
    const long MaxBody = 2 * Witness.MaxRequest;

    /// <summary>Makes the server ready to start. Disposing of it closes the witness.</summary>
    public static WebApplication Build(Witness witness, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "probity", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MaxConcurrentConnections = 500;
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(console => console.SingleLine = true);
        var services = builder.Services;
        services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        services.Configure<ConsoleLifetimeOptions>(o => o.SuppressStatusMessages = true);
        services.AddSingleton(_ => witness);
        services.AddRouting();
        services.AddHostFiltering(o => o.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"]);
        services.AddShared(shared => shared.SignInHref = "");
        services.AddAuthorization();

        var app = builder.Build();
        app.UseHostFiltering();
        app.UseShared();
        app.UseRouting();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapShell();
        app.MapWitness(app.Services.GetRequiredService<Witness>());
        return app;
    }
}
