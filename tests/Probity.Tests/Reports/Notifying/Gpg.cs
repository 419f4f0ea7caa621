using System.Diagnostics;
using System.Text;

namespace Probity.Tests.Reports.Notifying;

/// <summary>GnuPG with a home of its own, which holds the keys of a test and is deleted with it.</summary>
internal sealed class Gpg : IDisposable
{
    const string Program = "/usr/bin/gpg";

    readonly string _home = Directory.CreateTempSubdirectory("gpg-").FullName;

    public static void Require() => Assert.SkipUnless(File.Exists(Program), "GnuPG is not on this machine (Debian: gnupg).");

    /// <summary>Makes a key; answers its fingerprint.</summary>
    /// <param name="name">Its user id.</param>
    /// <param name="algorithm">future-default makes a subkey for encryption too; of others there is the key alone: rsa2048, ed25519.</param>
    /// <param name="usage">What it is for.</param>
    /// <param name="expires">As GnuPG writes it: 2y, never, a day.</param>
    /// <param name="made">When it is made.</param>
    public string Make(string name, string algorithm = "future-default", string usage = "default", string expires = "2y", string made = "20260101T000000")
    {
        Run(null, "--faked-system-time", made + "!", "--passphrase", "", "--quick-gen-key", name, algorithm, usage, expires);
        return Fingerprint(name);
    }

    /// <summary>Adds a subkey.</summary>
    public void Add(string fingerprint, string algorithm, string usage, string expires, string made = "20260102T000000") =>
        Run(null, "--faked-system-time", made + "!", "--passphrase", "", "--quick-add-key", fingerprint, algorithm, usage, expires);

    public string Fingerprint(string name) => Encoding.UTF8.GetString(Run(null, "--with-colons", "--list-keys", name)).Split('\n').First(l => l.StartsWith("fpr:", StringComparison.Ordinal)).Split(':')[9];

    /// <summary>Their public keys in one block; all that there are if none is named.</summary>
    public string Export(params string[] names) => Encoding.UTF8.GetString(Run(null, ["--armor", "--export", .. names]));

    public string ExportSecret(string name) => Encoding.UTF8.GetString(Run(null, "--passphrase", "", "--armor", "--export-secret-keys", name));

    public string Decrypt(string message) => Encoding.UTF8.GetString(Run(Encoding.ASCII.GetBytes(message), "--decrypt"));

    /// <summary>Edits a key by what somebody would type.</summary>
    public void Edit(string name, string typed) => Run(Encoding.ASCII.GetBytes(typed), "--faked-system-time", "20260103T000000!", "--passphrase", "", "--command-fd", "0", "--edit-key", name);

    /// <summary>Takes a key in that was made elsewhere, such as a revocation.</summary>
    public void Import(string armoured) => Run(Encoding.ASCII.GetBytes(armoured), "--import");

    /// <summary>The revocation that GnuPG makes beside each key.</summary>
    public string Revocation(string fingerprint) =>
        File.ReadAllText(Path.Combine(_home, "openpgp-revocs.d", fingerprint + ".rev")).Replace(":-----BEGIN", "-----BEGIN", StringComparison.Ordinal);

    byte[] Run(byte[]? input, params string[] arguments) => Run(Program, input, ["--batch", "--quiet", "--no-tty", "--pinentry-mode", "loopback", "--yes", .. arguments]);

    byte[] Run(string program, byte[]? input, string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["GNUPGHOME"] = _home;
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        if (input is not null) process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"gpg {string.Join(' ', arguments)}: {errors.Result}");
        return output.ToArray();
    }

    public void Dispose()
    {
        // Only the agent of this home.
        Run("/usr/bin/gpgconf", null, ["--kill", "gpg-agent"]);
        Directory.Delete(_home, recursive: true);
    }
}
