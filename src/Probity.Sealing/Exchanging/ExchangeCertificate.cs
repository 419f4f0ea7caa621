using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Probity.Sealing;

/// <summary>The certificate that a side of the exchange shows the other: signed by itself, known to the other by its SHA-256, so that no authority can put another in its place.</summary>
public static class ExchangeCertificate
{
    const int Years = 20;

    /// <summary>Reads it from its file; made where it is not there, readable by its owner alone.</summary>
    public static X509Certificate2 ReadOrMake(string file, DateTimeOffset now)
    {
        if (!File.Exists(file)) Make(file, now);
        return X509CertificateLoader.LoadPkcs12FromFile(file, null, X509KeyStorageFlags.Exportable);
    }

    /// <summary>What the other side is given to know it by: SHA-256 in hexadecimal.</summary>
    public static string FingerprintOf(X509Certificate2 certificate) => Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));

    static void Make(string file, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=exchange", key, HashAlgorithmName.SHA256);
        // It tells no finer time than everything else does.
        var from = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(-1);
        using var certificate = request.CreateSelfSigned(from, from.AddYears(Years));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(file, options);
        stream.Write(certificate.Export(X509ContentType.Pfx));
        stream.Flush(flushToDisk: true);
    }
}
