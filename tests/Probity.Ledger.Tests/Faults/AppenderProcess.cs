using System.Globalization;
using System.Text;
using Probity.Ledger.Tests.Faults.Disk;
using Probity.Ledger.Tests.Log;
using Probity.Storage;

namespace Probity.Ledger.Tests.Faults;

/// <summary>
/// The tests' own program, run again as a process that is to be killed: it appends and writes a line for each acknowledged entry. It can
/// kill itself where nobody outside could aim: before or after one call to the disk, among those of its whole life or of its closing.
/// </summary>
internal static class AppenderProcess
{
    public const string Verb = "append-until-killed";

    /// <summary>Runs the process.</summary>
    /// <param name="node">The node's folder; made where there is none.</param>
    /// <param name="writers">How many append at once.</param>
    /// <param name="entries">How many entries each appends before the log is closed.</param>
    /// <param name="aim">Where it kills itself, or null.</param>
    public static async Task RunAsync(string node, int writers, int entries, KillAim? aim)
    {
        using var disk = FaultDisk.Lay(node);
        aim?.Take(disk, closing: false);
        var ct = CancellationToken.None;
        var log = NodeFolder.At(node).Exists
            ? await NodeFolder.OpenAsync(node, TimeProvider.System, new LogOptions(), ct)
            : await NodeFolder.CreateAsync(node, "example.org/killed", TimeProvider.System, new LogOptions(), ct);
        await using var output = Console.OpenStandardOutput();
        using var one = new SemaphoreSlim(1);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            var stream = LogFixture.NewStream();
            for (var i = 0; i < entries; i++)
            {
                var payload = Guid.NewGuid().ToString("N");
                // Now and then a key has to be made first.
                var compartment = new CompartmentId(i % 4 == 0 ? Guid.NewGuid() : stream.Value);
                var result = await log.AppendAsync([], [LogFixture.Entry(stream, payload, compartment: compartment)], ct);
                var index = ((AppendResult.Appended)result).FirstIndex;
                await one.WaitAsync();
                await output.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{index} {payload} .\n")));
                await output.FlushAsync();
                one.Release();
            }
        })));
        aim?.Take(disk, closing: true);
        await log.DisposeAsync();
    }
}
