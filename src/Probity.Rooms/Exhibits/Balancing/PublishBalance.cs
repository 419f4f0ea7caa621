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
        // The account of a unit less that of one below it is that of the others, however few they are. So what one above has published covers those below; but
        // no part ever stands in the way of the whole, or who chose the part would have chosen what is never told.
        if (at.Book.Published.Keys.Any(unit => unit != facts.Unit && facts.Register.IsWithin(facts.Unit, unit))) return Decision.Refuse(Overlaps);
        // Sent twice, it is one.
        if (facts.Statements.All is [.., var last] && last.Of.Size == at.Checkpoint.Size) return Decision.Accept();
        var covered = Covered(at.Book, facts.Unit, facts.Register);
        var told = Told(covered, facts.Register);
        var (lines, withheld) = GramsLines.Merged(families, told);
        var untold = GramsLines.Untold(families);
        return Decision.Accept(BalanceStatements.StreamOf(facts.Unit), new BalancePublished(
            facts.Unit, MassBalance.Method, at.Checkpoint.Size, at.Checkpoint.Root.ToString(), at.Note, [.. lines.Select(l => GramsLines.Published(l, told))],
            PublicCount.IsTooSmall(untold) || PublicCount.IsTooSmall(GramsLines.Untold(families.Where(f => !told(f)))) ? null : untold, withheld, covered.Count > 0 ? covered : null));
    }

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
