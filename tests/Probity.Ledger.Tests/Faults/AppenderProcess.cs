using System.Globalization;
using System.Text;
using Probity.Ledger.Tests.Log;
using Probity.Storage;

namespace Probity.Ledger.Tests.Faults;

/// <summary>
/// The tests' own program, run again as a process that is to be killed: it appends without end and writes a line for each
/// acknowledged entry.
/// </summary>
internal static class AppenderProcess
{
    public const string Verb = "append-until-killed";

    public static async Task RunAsync(string node, int writers)
    {
        await using var log = await NodeFolder.OpenAsync(node, TimeProvider.System, new LogOptions(), CancellationToken.None);
        await using var output = Console.OpenStandardOutput();
        using var one = new SemaphoreSlim(1);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            var stream = LogFixture.NewStream();
            while (true)
            {
                var payload = Guid.NewGuid().ToString("N");
                var result = await log.AppendAsync([], [LogFixture.Entry(stream, payload)], CancellationToken.None);
                var index = ((AppendResult.Appended)result).FirstIndex;
                await one.WaitAsync();
                await output.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{index} {payload} .\n")));
                await output.FlushAsync();
                one.Release();
            }
        })));
    }
}
