using Probity.Ledger.Tests.Log;
using Probity.Storage;

namespace Probity.Ledger.Tests.Faults.Tampering;

/// <summary>What an attacker finds, and has kept from earlier.</summary>
/// <param name="Now">The folder.</param>
/// <param name="Older">Copies from earlier, some of them of a node that ran.</param>
/// <param name="Kept">The checkpoint that somebody outside keeps.</param>
/// <param name="Answers">All that the log answers.</param>
internal sealed record Scene(Snapshot Now, IReadOnlyList<Snapshot> Older, string Kept, string Answers)
{
    const int PageSize = 512;

    /// <summary>Makes a node in a folder.</summary>
    /// <param name="folder">A new one.</param>
    /// <param name="records">How many records it gets, in ten commits.</param>
    /// <param name="stopped">Whether it was closed, or is found as a crash leaves it: with its newest commits in the write-ahead logs.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Scene> MakeAsync(string folder, int records, bool stopped, CancellationToken ct)
    {
        var streams = Enumerable.Range(0, 5).Select(_ => LogFixture.NewStream()).ToArray();
        var older = new List<Snapshot>();
        var log = await NodeFolder.CreateAsync(folder, LogKeys.Generate("example.org/scene"), new TestClock(), new LogOptions(), PageSize, ct);
        for (var commit = 0; commit < 10; commit++)
        {
            await log.AppendAsync([], [.. Enumerable.Range(0, records / 10).Select(i => LogFixture.Entry(streams[(commit + i) % 5], $"{commit} {new string('x', i % 7 * 9)}", compartment: Late(commit)))], ct);
            if (commit is 2 or 6) older.Add(Snapshot.Take(folder));
            if (commit != 4) continue;
            await log.DisposeAsync();
            older.Add(Snapshot.Take(folder));
            log = await NodeFolder.OpenAsync(folder, new TestClock(), new LogOptions(), ct);
        }

        var (kept, answers) = (log.Checkpoint, await SmallNode.AnswersAsync(log, ct));
        Snapshot? running = null;
        if (!stopped)
        {
            running = Snapshot.Take(folder);
            running["checkpoint"] = System.Text.Encoding.UTF8.GetBytes(kept);
        }

        await log.DisposeAsync();
        return new Scene(running ?? Snapshot.Take(folder), older, kept, answers);
    }

    /// <summary>The last commits make keys, so that they still lie in the write-ahead log of a node that runs.</summary>
    static CompartmentId? Late(int commit) => commit < 7 ? null : new CompartmentId(new Guid(commit, 0, 0, new byte[8]));
}
