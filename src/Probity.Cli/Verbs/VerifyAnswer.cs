using Probity.Ledger;

namespace Probity.Cli.Verbs;

/// <summary>The JSON of <c>probity verify</c>; its names are a public interface.</summary>
internal sealed record VerifyAnswer(
    bool Ok, string? Origin, long Size, string? Root, string KeyTrust, long WithoutKeys, long? FirstWrong,
    IReadOnlyList<CheckResult> Checks, double Seconds)
{
    public static VerifyAnswer Of(VerifyReport report, double seconds) => new(
        report.Ok, report.Origin, report.Size, report.Root?.ToString(), report.KeyGiven ? "given" : "source",
        report.WithoutKeys, report.FirstWrong, report.Checks, seconds);
}
