using Probity.Ledger.Tests.Log;
using Probity.Storage;

namespace Probity.Ledger.Tests.Faults;

/// <summary>The tests' own program as a node that leads and is paused: it appends as the leader whenever it is told to.</summary>
internal static class LeaderProcess
{
    public const string Verb = "lead-until-killed";

    public static readonly TimeSpan Term = TimeSpan.FromSeconds(1);

    public static readonly Guid Stream = new(7, 7, 7, new byte[8]);

    public static async Task RunAsync(string node)
    {
        await using var log = await NodeFolder.OpenAsync(node, TimeProvider.System, new LogOptions(), CancellationToken.None);
        // The work does not look at its token, as a process that wakes in the middle of an append cannot.
        await log.LeadAsync(async (leadership, _) =>
        {
            await AppendAsync(log, leadership);
            Console.WriteLine($"leads {leadership.Epoch}");
            while (await Console.In.ReadLineAsync(CancellationToken.None) is not null)
            {
                try
                {
                    await AppendAsync(log, leadership);
                    Console.WriteLine("appended");
                }
                catch (LeadershipLostException)
                {
                    Console.WriteLine("refused");
                }
            }
        }, Term, CancellationToken.None);
    }

    static async Task AppendAsync(TransparencyLog log, Leadership leadership) =>
        await log.AppendAsync([], [LogFixture.Entry(new StreamId(Stream), "of the leader")], leadership, CancellationToken.None);
}
