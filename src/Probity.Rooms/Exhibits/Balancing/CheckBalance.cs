using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Shared.Record;

namespace Probity.Exhibits.Balancing;

/// <summary>
/// Has a published balance computed again from the entries that it was computed from, all of them read anew. What comes out otherwise is on the record, and
/// a matter for the integrity office: somebody has changed what happened before it was published.
/// </summary>
internal sealed class CheckBalance(GramsDesk desk, FollowGrams follow, TransparencyLog log)
{
    public const string NotPublished = "exhibits.grams-not-published";
    public const string OtherMethod = "exhibits.grams-other-method";

    // Each reads the whole record: one at a time.
    static readonly SemaphoreSlim s_one = new(1);

    /// <summary>What came out; null figures where an entry is not as it was recorded.</summary>
    internal sealed record Again(bool SameRoot, GramsBook? Book);

    public static Decision Decide(GramsFacts facts, long statement, Again again)
    {
        if (facts.Statements.At(statement) is not { } published) return Decision.Refuse(NotPublished);
        if (published.Of.Method != MassBalance.Method) return Decision.Refuse(OtherMethod);
        var same = again.Book is { } book && published.Of.Lines.SequenceEqual(LinesOf(book, facts.Unit, facts.Register));
        return Decision.Accept(BalanceStatements.StreamOf(facts.Unit), new BalanceChecked(facts.Unit, statement, again.SameRoot, same, again.Book?.Erased ?? 0));
    }

    /// <summary>The lines that a book gives for a unit.</summary>
    public static IEnumerable<BalanceLine> LinesOf(GramsBook book, Guid unit, Register register)
    {
        var told = PublishBalance.Told(PublishBalance.Covered(book, unit, register), register);
        return GramsLines.Merged(PublishBalance.Within(book, unit, register), told).Told.Select(l => PublishBalance.Published(l, told, book, unit, register));
    }

    public async Task<Outcome?> HandleAsync(Guid person, Guid unit, long statement, CancellationToken cancel)
    {
        Again? again = null;
        return await desk.RunAsync(person, unit, GramsAction.Check, async (_, facts) =>
        {
            again ??= facts.Statements.At(statement) is { } published ? await ComputeAsync(published, cancel) : null;
            return again is null ? Decision.Refuse(NotPublished) : Decide(facts, statement, again);
        }, cancel);
    }

    /// <summary>Reads all of it anew.</summary>
    public async Task<Again> ComputeAsync(BalanceStatement published, CancellationToken cancel)
    {
        await s_one.WaitAsync(cancel);
        try
        {
            var signed = Checkpoint.Parse(SignedNote.Parse(published.Of.Checkpoint).Text);
            var holds = signed.Size == published.Of.Size && signed.Root.ToString() == published.Of.Root && await log.CompareAsync(signed, cancel) == LogComparison.Holds;
            try
            {
                return new Again(holds, await follow.ReadAnewAsync(published.Of.Size, cancel));
            }
            catch (InvalidDataException)
            {
                return new Again(false, null);
            }
        }
        finally
        {
            s_one.Release();
        }
    }
}
