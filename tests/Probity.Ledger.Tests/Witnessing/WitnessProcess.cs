using System.Diagnostics;
using Probity.Storage;

namespace Probity.Ledger.Tests.Witnessing;

/// <summary>
/// The tests' own program, run again as a witness that is killed while it answers one request: after it has remembered and before it
/// answers, or while it decides.
/// </summary>
internal static class WitnessProcess
{
    public const string Verb = "die-while-witnessing";

    public const string Remembered = "remembered";
    public const string Deciding = "deciding";

    public static async Task RunAsync(string folder, string request, string when)
    {
        var clock = when == Deciding ? new DeadlyClock() : TimeProvider.System;
        await using var witness = await WitnessFolder.OpenAsync(folder, "witness.example/killed", Path.Combine(folder, "logs"), clock);
        await witness.AddCheckpointAsync(await File.ReadAllBytesAsync(request), CancellationToken.None);
        Process.GetCurrentProcess().Kill();
    }

    // The time of a cosignature is asked for between what is read of the memory and what is written to it.
    sealed class DeadlyClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            Process.GetCurrentProcess().Kill();
            return base.GetUtcNow();
        }
    }
}
