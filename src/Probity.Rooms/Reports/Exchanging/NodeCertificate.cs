using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Probity.Reports.Exchanging;

/// <summary>What this node shows the reporter's side to be let in: signed by itself, and known there by its SHA-256.</summary>
internal static class NodeCertificate
{
    const int Years = 20;

    /// <summary>Reads it; made where it is not there yet, readable by its owner alone.</summary>
    public static X509Certificate2 Read(string file, DateTimeOffset now)
    {
        if (!File.Exists(file)) Make(file, now);
        using var read = X509Certificate2.CreateFromPem(File.ReadAllText(file), File.ReadAllText(file));
        // A key that came from text alone is not shown in a handshake everywhere.
        return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
    }

    static void Make(string file, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=probity node", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(Years));
        var part = file + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(part, options))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes($"{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n"));
            stream.Flush(flushToDisk: true);
        }

        File.Move(part, file);
    }
}
