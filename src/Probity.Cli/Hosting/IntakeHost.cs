using System.Text.Json;
using Probity.Intake;
using Probity.Intake.Keeping;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Sealing;
using Probity.Storage;

namespace Probity.Cli.Hosting;

/// <summary>What the node is told of the reporter's side, as its file <c>keys/intake</c> holds it.</summary>
/// <param name="Url">Where the exchange answers.</param>
/// <param name="Certificate">The SHA-256 of the certificate that it shows, in hexadecimal.</param>
/// <param name="Log">What its record's checkpoints verify with.</param>
internal sealed record IntakePairing(string Url, string Certificate, string Log)
{
    /// <summary>The file's text.</summary>
    public string Write() => JsonSerializer.Serialize(this, Plain);

    // A key holds plus signs, and somebody copies this by hand.
    static readonly JsonSerializerOptions Plain = new(JsonSerializerOptions.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

/// <summary>Opens the folder of a reporter's side and makes its server ready.</summary>
internal static class IntakeHost
{
    /// <summary>Opens it; made on first use, under the name that is given then.</summary>
    /// <exception cref="InvalidDataException">It is not there and no name is given, or does not open.</exception>
    public static async Task<(WebApplication App, VerifierKey Key)> OpenAsync(IntakeOptions options, string? name, CancellationToken cancel)
    {
        var folder = NodeFolder.At(options.Folder);
        var time = new DayTime(options.Time);
        if (!folder.Exists && name is null)
            throw new InvalidDataException($"there is no reporter's side in {folder.Root}: give it a name on first use, with --name");
        var log = folder.Exists ? await NodeFolder.OpenAsync(folder.Root, time, new LogOptions(), cancel) : await NodeFolder.CreateAsync(folder.Root, name!, time, new LogOptions(), cancel);
        try
        {
            return (await IntakeServer.BuildAsync(options, log, null, cancel), log.VerifierKey);
        }
        catch
        {
            await log.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the node is told of a server that was started.</summary>
    public static IntakePairing PairingOf(WebApplication app, IntakeOptions options, VerifierKey key, string host)
    {
        using var certificate = ExchangeCertificate.ReadOrMake(new IntakeFolder(options.Folder).CertificateFile, options.Time.GetUtcNow());
        return new IntakePairing($"https://{host}:{IntakeServer.ExchangeOf(app).Port}", ExchangeCertificate.FingerprintOf(certificate), $"{key}");
    }
}
