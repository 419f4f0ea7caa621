using System.Security.Cryptography;
using System.Text.Json;
using Probity.Ledger;
using Probity.Ledger.Formats;

namespace Probity.Reports.Exchanging;

/// <summary>How the exchange with the reporter's side is run.</summary>
internal sealed record ExchangeOptions
{
    /// <summary>The file that names the reporter's side; without it there is none.</summary>
    public required string ConnectionFile { get; init; }

    /// <summary>Where this node's certificate for it lies, made on first use; a secret.</summary>
    public required string CertificateFile { get; init; }

    /// <summary>Where sealed files are kept.</summary>
    public required string FilesFolder { get; init; }

    /// <summary>How often: a schedule of its own, whatever comes.</summary>
    public required TimeSpan Every { get; init; }
}

/// <summary>The reporter's side of this node, as <c>keys/intake</c> names it: <c>{"url":"https://…","certificate":"SHA-256 in hex","log":"verifier key"}</c>.</summary>
/// <param name="Address">Where it answers.</param>
/// <param name="Certificate">SHA-256 of its certificate: it is believed no other, whoever signed it.</param>
/// <param name="Log">The key of its record.</param>
internal sealed record IntakeConnection(Uri Address, ReadOnlyMemory<byte> Certificate, VerifierKey Log)
{
    const int LongestFile = 4_096;

    static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { MaxDepth = 2, UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    /// <summary>Reads the file; null where there is none.</summary>
    /// <exception cref="FormatException">It says something else.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IntakeConnection? ReadFile(string file) =>
        RegularFile.KindOf(file) == FileKind.Absent ? null : Read(RegularFile.ReadText(file, LongestFile));

    /// <inheritdoc cref="ReadFile"/>
    public static IntakeConnection Read(string text)
    {
        try
        {
            var said = text.Length <= LongestFile ? JsonSerializer.Deserialize<Said>(text, s_json) : null;
            if (said is not { Url: { } url, Certificate: { } pin, Log: { } log }) throw new FormatException("It has to name url, certificate and log.");
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps) throw new FormatException("The url has to begin with https://.");
            if (pin.Length != 2 * SHA256.HashSizeInBytes || !pin.All(char.IsAsciiHexDigit)) throw new FormatException("The certificate is named by its SHA-256, 64 characters.");
            return new IntakeConnection(address, Convert.FromHexString(pin), VerifierKey.Parse(log));
        }
        catch (JsonException fault)
        {
            throw new FormatException($"It is not the JSON that it has to be: {fault.Message}", fault);
        }
    }

    sealed record Said(string? Url, string? Certificate, string? Log);
}
