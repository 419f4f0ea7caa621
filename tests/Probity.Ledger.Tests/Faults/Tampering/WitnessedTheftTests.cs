using System.Collections.Concurrent;
using Probity.Ledger.Tests.Log;
using Probity.Storage;

namespace Probity.Ledger.Tests.Faults.Tampering;

/// <summary>
/// A thousand attempts of a seeded thief who holds the machine, the database and every key of the node, and writes history anew so
/// that it verifies by itself. Whatever of it the witnesses had confirmed cannot be changed unseen by whoever asks for their quorum, or holds
/// what they confirmed; and what came after can, which is asserted as well.
/// </summary>
public sealed class WitnessedTheftTests
{
    const int Attempts = 1_000;
    const string Changed = "changed what was confirmed: found by the quorum and by what was kept";
    const string Exchanged = "exchanged a key: found by anybody";
    const string Later = "changed what came later: not found";
    const string Unconfirmed = "changed what came later and took the confirmation away: found by the quorum alone";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_witnesses_have_confirmed_is_changed_by_nobody_unseen_and_what_came_after_by_who_holds_the_keys()
    {
        using var place = new MemoryFolder();
        using var theft = await Theft.MakeAsync(Path.Combine(place.Path, "node"), Ct);
        var wrong = new ConcurrentBag<string>();
        var outcomes = new ConcurrentDictionary<string, int>();
        var (next, attempts) = (-1, Attempts * FaultSize.Factor);
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(worker => Task.Run(async () =>
        {
            var folder = Path.Combine(place.Path, $"worker {worker}", "node");
            for (int attempt; (attempt = Interlocked.Increment(ref next)) < attempts && wrong.IsEmpty;)
            {
                var seed = FaultSize.Seed + attempt;
                var thief = new Thief(new Random(seed), theft);
                await thief.DoAsync(folder, Ct);
                var (outcome, right) = await JudgeAsync(folder, theft, thief);
                if (!right) wrong.Add($"seed {seed}: {thief.Done}: NOT {outcome}");
                outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1);
            }
        }, Ct)));
        TestContext.Current.SendDiagnosticMessage($"seed {FaultSize.Seed}: " + string.Join(", ", outcomes.OrderBy(o => o.Key).Select(o => $"{o.Value} {o.Key}")));
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Order().Take(20)));
        Assert.True(outcomes.GetValueOrDefault(Changed) > attempts / 2);
        Assert.True(outcomes.GetValueOrDefault(Later) > attempts / 20);
        Assert.True(outcomes.GetValueOrDefault(Unconfirmed) > attempts / 20);
    }

    static async Task<(string Outcome, bool Right)> JudgeAsync(string folder, Theft theft, Thief thief)
    {
        var kept = await VerifyAsync(folder, new VerifyRequest(null, [theft.Witnessed.Note]));
        var asked = await VerifyAsync(folder, new VerifyRequest(null, []) { Policy = theft.Policy });
        if (thief.ExchangedKey) return (Exchanged, !(await VerifyAsync(folder, new VerifyRequest(null, []))).Ok && !kept.Ok && !asked.Ok);
        if (!await HoldsConfirmedAsync(folder, theft)) return (Changed, !kept.Ok && !asked.Ok);
        // The real confirmation is of the real history: where it is left, all is as it should be for whoever looks.
        return thief.LeftConfirmation ? (Later, kept.Ok && asked.Ok) : (Unconfirmed, kept.Ok && !asked.Ok);
    }

    /// <summary>Whether each entry that was confirmed says what it said, or that it was erased, which an entry after it says.</summary>
    static async Task<bool> HoldsConfirmedAsync(string folder, Theft theft)
    {
        try
        {
            await using var log = await NodeFolder.OpenAsync(folder, new TestClock(), new LogOptions(), Ct);
            var now = await log.ReadAsync(0, Theft.Confirmed, Ct);
            return now.Count == Theft.Confirmed && now.Zip(theft.Entries).All(pair =>
                HeaderEncoding.Encode(pair.First.Header).AsSpan().SequenceEqual(HeaderEncoding.Encode(pair.Second.Header))
                && (pair.First.Payload is not { } payload || payload.Span.SequenceEqual(pair.Second.Payload!.Value.Span)));
        }
        catch (InvalidDataException)
        {
            // The node itself refuses a confirmation that is not of its history.
            return false;
        }
    }

    static Task<VerifyReport> VerifyAsync(string folder, VerifyRequest request) => NodeVerifier.VerifyAsync(folder, request, null, Ct);
}
