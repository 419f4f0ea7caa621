using System.Globalization;

namespace Probity.Ledger.Tests.Faults;

/// <summary>How much the tests of faults do: what CI has time for, times <c>PROBITY_FAULTS</c> (see CONTRIBUTING.md).</summary>
internal static class FaultSize
{
    /// <summary>1 unless told.</summary>
    public static int Factor { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("PROBITY_FAULTS"), NumberStyles.None, CultureInfo.InvariantCulture, out var factor) ? Math.Max(1, factor) : 1;

    /// <summary>The seed of the first round; further rounds count on from it. <c>PROBITY_FAULTS_SEED</c> sets another.</summary>
    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("PROBITY_FAULTS_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : 20_260_301;
}
