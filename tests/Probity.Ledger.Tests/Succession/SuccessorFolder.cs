using System.Security.Cryptography;
using Probity.Ledger.Formats;
using Probity.Ledger.Tests.Faults;
using Probity.Ledger.Tests.Log;
using Probity.Storage;

namespace Probity.Ledger.Tests.Succession;

/// <summary>A small node and what continues it, in one place.</summary>
internal sealed class SuccessorFolder : IDisposable
{
    readonly TemporaryFolder _place = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public string Place => _place.Path;

    public string Old => Path.Combine(Place, "old");

    public string New => Path.Combine(Place, "new");

    public Task MakeOldAsync() => SmallNode.MakeAsync(Old, Ct);

    public static Task<SuccessionReport> SucceedAsync(
        string old, string to, string origin = "example.org/small-2", SuccessionCause? cause = SuccessionCause.Other, string reason = "a drill", string? by = null) =>
        LedgerSuccession.SucceedAsync(NodeFolder.At(old), to, new SuccessionRequest(origin, cause, reason, by), new TestClock(), null, Ct);

    public Task<SuccessionReport> SucceedAsync() => SucceedAsync(Old, New);

    public static async Task AppendAsync(string node, int entries = 1)
    {
        await using var log = await OpenAsync(node);
        for (var i = 0; i < entries; i++) Assert.IsType<AppendResult.Appended>(await log.AppendAsync([], [LogFixture.Entry(LogFixture.NewStream())], Ct));
    }

    public static Task<TransparencyLog> OpenAsync(string node) =>
        NodeFolder.OpenAsync(node, new TestClock(), new LogOptions { Durability = Durability.OnlyWhenClosed }, Ct);

    public static string Published(string node) => File.ReadAllText(NodeFolder.At(node).CheckpointFile);

    public static VerifierKey KeyOf(string node)
    {
        using var keys = LogKeys.Read(NodeFolder.At(node).SecretsFolder);
        return keys.Verifier;
    }

    public static async Task<VerifyReport> VerifyAsync(string node, string[]? old = null, VerifierKey[]? oldKeys = null, VerifierKey? key = null) =>
        await NodeVerifier.VerifyAsync(node, new VerifyRequest(key, old ?? []) { OldKeys = oldKeys ?? [] }, null, Ct);

    public static async Task RequireFineAsync(string node, string[]? old = null, VerifierKey[]? oldKeys = null) => Require(await VerifyAsync(node, old, oldKeys));

    public static void Require(VerifyReport report) => Assert.True(report.Ok, string.Join('\n', report.Checks.Where(check => !check.Ok)));

    /// <summary>Every file of a folder, its name, rights and bytes.</summary>
    public static string[] Image(string folder) =>
    [
        .. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path =>
            $"{Path.GetRelativePath(folder, path)} {(OperatingSystem.IsWindows() ? "" : File.GetUnixFileMode(path))} {(File.Exists(path) ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))) : "")}"),
    ];

    public void Dispose() => _place.Dispose();
}
