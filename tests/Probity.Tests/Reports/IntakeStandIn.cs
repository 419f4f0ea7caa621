using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Probity.Sealing;
using Probity.Storage;

namespace Probity.Tests.Reports;

/// <summary>The reporter's side of the exchange as the node sees it, over TLS, from the record of a scene; and what it can be made to lie about.</summary>
internal sealed class IntakeStandIn : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly X509Certificate2 _certificate;

    IntakeStandIn(WebApplication app, X509Certificate2 certificate) => (_app, _certificate) = (app, certificate);

    public Uri Address => new(_app.Urls.First());

    public string CertificateHash => Convert.ToHexStringLower(SHA256.HashData(_certificate.RawData));

    /// <summary>The certificate that callers showed last.</summary>
    public string? Caller { get; private set; }

    public RecipientBook? Book { get; private set; }

    public List<JsonElement> Answers { get; } = [];

    public List<Guid> Settled { get; } = [];

    public Dictionary<Guid, byte[]> Files { get; } = [];

    public List<string> Asked { get; } = [];

    /// <summary>Changes the bytes of the records before they are answered.</summary>
    public Func<byte[], byte[]> Lie { get; set; } = bytes => bytes;

    /// <summary>Whether it has published a checkpoint of its record.</summary>
    public bool Publishes { get; set; } = true;

    /// <summary>So many bytes of a file, and then the connection breaks.</summary>
    public int? CutAfter { get; set; }

    /// <summary>Names this as the reporter's side of the node.</summary>
    public void Connect(ReportScene scene, string? certificate = null) => File.WriteAllText(
        NodeFolder.At(scene.Host.DataFolder).IntakeFile, JsonSerializer.Serialize(new { url = Address, certificate = certificate ?? CertificateHash, log = scene.Intake.VerifierKey.ToString() }));

    public static async Task<IntakeStandIn> StartAsync(ReportScene scene)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=intake", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = certificate;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (_, _, _) => true;
        })));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddRouting();
        var app = builder.Build();
        var side = new IntakeStandIn(app, certificate);
        app.Use(async (http, next) =>
        {
            side.Caller = Convert.ToHexStringLower(SHA256.HashData(http.Connection.ClientCertificate!.RawData));
            side.Asked.Add($"{http.Request.Method} {http.Request.Path}");
            await next(http);
        });
        app.UseRouting();
        app.MapGet("/exchange/records", async (long from, int most) => Results.Bytes(side.Lie(await scene.RecordsAsync(from, most)), "application/json"));
        app.MapGet("/exchange/files/{id:guid}", side.SendFileAsync);
        app.MapPut("/exchange/book", async (HttpContext http) =>
        {
            using var held = new MemoryStream();
            await http.Request.Body.CopyToAsync(held);
            side.Book = RecipientBook.Read(held.ToArray());
        });
        app.MapPost("/exchange/answers", async (HttpContext http) => side.Answers.AddRange((await http.Request.ReadFromJsonAsync<JsonElement>()).EnumerateArray()));
        app.MapPost("/exchange/settled", async (HttpContext http) => side.Settled.AddRange((await http.Request.ReadFromJsonAsync<JsonElement>()).GetProperty("reports").EnumerateArray().Select(r => r.GetGuid())));
        app.MapGet("/exchange/checkpoint", () => side.Publishes ? scene.Intake.Checkpoint : "");
        await app.StartAsync();
        return side;
    }

    async Task SendFileAsync(Guid id, HttpContext http)
    {
        if (!Files.TryGetValue(id, out var bytes))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var from = (int)(http.Request.GetTypedHeaders().Range?.Ranges.First().From ?? 0);
        if (from > 0)
        {
            http.Response.StatusCode = StatusCodes.Status206PartialContent;
            http.Response.Headers.ContentRange = $"bytes {from}-{bytes.Length - 1}/{bytes.Length}";
        }

        http.Response.ContentLength = bytes.Length - from;
        var sent = Math.Min(CutAfter ?? int.MaxValue, bytes.Length - from);
        await http.Response.Body.WriteAsync(bytes.AsMemory(from, sent));
        await http.Response.Body.FlushAsync();
        if (sent < bytes.Length - from) http.Abort();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _certificate.Dispose();
    }
}
