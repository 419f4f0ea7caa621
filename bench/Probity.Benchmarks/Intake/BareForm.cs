using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Probity.Benchmarks.Intake;

/// <summary>What a report is measured beside: the same server reads the same form, appends as many bytes to a file, and answers when they are on the disk.</summary>
internal static class BareForm
{
    public static WebApplication Build(string file, int size)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        var app = builder.Build();
        app.UseRouting();
        var (bytes, turn) = (new byte[size], new Lock());
        var target = new FileStream(file, FileMode.Create, FileAccess.Write);
        app.Lifetime.ApplicationStopped.Register(target.Dispose);
        app.MapPost("/", async (HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync();
            lock (turn)
            {
                target.Write(bytes);
                target.Flush(flushToDisk: true);
            }

            return form["what"].Count;
        });
        return app;
    }
}
