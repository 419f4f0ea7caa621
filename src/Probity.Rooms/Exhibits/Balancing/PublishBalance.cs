using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Exhibits.Balancing;

/// <summary>All that a decision on a unit's balance may know.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="Register">Who is who.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Statements">What was published of it before.</param>
/// <param name="Now">The time.</param>
internal sealed record GramsFacts(Actor Actor, Register Register, Guid Unit, BalanceStatements Statements, DateTimeOffset Now);

/// <summary>
/// Publishes the balance of a unit with the checkpoint that it was computed at. The figures are nobody's to choose: the record's entries up to that
/// checkpoint give them, and give them again to whoever asks. That is why one person may do it.
/// </summary>
internal sealed class PublishBalance(GramsDesk desk, FollowGrams follow, TransparencyLog log)
{
    public const string NothingSeized = "exhibits.grams-nothing";
    public const string Overlaps = "exhibits.grams-overlap";
    public const string UnitUnknown = "exhibits.unit-unknown";

    /// <summary>The record as it stood: its signed note, and the book of exactly the entries under it.</summary>
    internal sealed record Standing(string Note, Checkpoint Checkpoint, GramsBook Book);

    public static Decision Decide(GramsFacts facts, Standing at)
    {
        if (!facts.Register.Units.ContainsKey(facts.Unit)) return Decision.Refuse(UnitUnknown);
        IReadOnlyList<GramsFamily> families = [.. Within(at.Book, facts.Unit, facts.Register)];
        if (families.Count == 0) return Decision.Refuse(NothingSeized);
        // The account of a unit less that of one below it is that of the others, however few they are. So a part that follows the whole waits until no line leaves
        // too few; but neither ever closes the other for good, or who publishes first would choose what is never told.
        if (Rests(at.Book, facts.Unit, facts.Register).Any(rest => PublicCount.IsTooSmall(rest.Count))) return Decision.Refuse(Overlaps);
        // Sent twice, it is one.
        if (facts.Statements.All is [.., var last] && last.Of.Size == at.Checkpoint.Size) return Decision.Accept();
        var covered = Covered(at.Book, facts.Unit, facts.Register);
        var told = Told(covered, facts.Register);
        var (lines, withheld) = GramsLines.Merged(families, told);
        var untold = GramsLines.Untold(families);
        return Decision.Accept(BalanceStatements.StreamOf(facts.Unit), new BalancePublished(
            facts.Unit, MassBalance.Method, at.Checkpoint.Size, at.Checkpoint.Root.ToString(), at.Note, [.. lines.Select(l => Published(l, told, at.Book, facts.Unit, facts.Register))],
            PublicCount.IsTooSmall(untold) || PublicCount.IsTooSmall(GramsLines.Untold(families.Where(f => !told(f)))) || UntoldAbove(at.Book, facts.Unit, facts.Register).Any(PublicCount.IsTooSmall) ? null : untold, withheld, covered.Count > 0 ? covered : null));
    }

    /// <summary>A line as it is published. How many do not add up is not told where the account of a unit above would tell by it of the few that are left.</summary>
    public static BalanceLine Published(GramsLine line, Func<GramsFamily, bool> told, GramsBook book, Guid unit, Register register)
    {
        var published = GramsLines.Published(line, told);
        return published.NotAddingUp is not null && Rests(book, unit, register).Any(rest => PublicCount.IsTooSmall(rest.Count(f => f.Balance.State == GramsState.DoesNotAddUp)))
            ? published with { NotAddingUp = null } : published;
    }

    // What is left of each line of the accounts above, once this unit's is told beside those that were told before.
    static IEnumerable<IReadOnlyList<GramsFamily>> Rests(GramsBook book, Guid unit, Register register) => Above(book, unit, register).SelectMany(above =>
    {
        var told = Told(Covered(book, above, register), register);
        return GramsLines.Merged(Within(book, above, register), told).Told.Select(l => (IReadOnlyList<GramsFamily>)[.. l.Of.Where(f => !told(f) && !register.IsWithin(f.Root.Unit, unit))]);
    });

    static IEnumerable<int> UntoldAbove(GramsBook book, Guid unit, Register register) => Above(book, unit, register).Select(above =>
    {
        var told = Told(Covered(book, above, register), register);
        return GramsLines.Untold(Within(book, above, register).Where(f => !told(f) && !register.IsWithin(f.Root.Unit, unit)));
    });

    static IEnumerable<Guid> Above(GramsBook book, Guid unit, Register register) => book.Published.Keys.Where(u => u != unit && register.IsWithin(unit, u)).Order();

    /// <summary>The units below a unit of which an account was published, as a book has it.</summary>
    public static IReadOnlyList<Guid> Covered(GramsBook book, Guid unit, Register register) =>
        [.. book.Published.Keys.Where(u => u != unit && register.IsWithin(u, unit)).Order()];

    /// <summary>Whether something stands in the account of one of these units.</summary>
    public static Func<GramsFamily, bool> Told(IReadOnlyList<Guid> covered, Register register) => family => covered.Any(u => register.IsWithin(family.Root.Unit, u));

    /// <summary>What was seized by a unit and those below it, where grams are the measure of it.</summary>
    public static IEnumerable<GramsFamily> Within(GramsBook book, Guid unit, Register register) =>
        book.Families.Values.Where(f => MassBalance.Applies(f.Root) && register.IsWithin(f.Root.Unit, unit));

    public Task<Outcome?> HandleAsync(Guid person, Guid unit, CancellationToken cancel) =>
        desk.RunAsync(person, unit, GramsAction.Publish, async (_, facts) => Decide(facts, await StandingAsync(cancel)), cancel);

    async Task<Standing> StandingAsync(CancellationToken cancel)
    {
        var note = log.Checkpoint;
        var checkpoint = Checkpoint.Parse(SignedNote.Parse(note).Text);
        return new Standing(note, checkpoint, await follow.ReadAsync(checkpoint.Size, cancel));
    }
}
