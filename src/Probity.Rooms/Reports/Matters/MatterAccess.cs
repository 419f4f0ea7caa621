using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Reports.Matters;

/// <summary>What can be done about a matter.</summary>
internal enum MatterAction { Open, View, Allege, State, Answer, Give }

/// <summary>What somebody is to a matter.</summary>
internal enum MatterRelation { Anybody, Opener, OpenerForBody, Named, Investigates, Second }

/// <summary>All that a decision on a matter may know.</summary>
internal sealed record MatterFacts(Matter Matter, Actor Actor, Register Register, DateTimeOffset Now)
{
    public Guid Person => Actor.Person;

    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);
}

/// <summary>
/// Who has to do with a matter, as one table: who opened it, who looks into it, and those whom its opener named. Integrity does not see it by its role, nor do overseers; commanders, vetting and the
/// administrator never do. Whoever is accused, tied to them, above or below them, or of a unit that is, is answered as if there were none. What stands in no line is denied.
/// </summary>
internal static class MatterAccess
{
    static readonly Dictionary<MatterAction, (Role Role, MatterRelation Relation)[]> Table = new()
    {
        [MatterAction.Open] = [(Role.Integrity, MatterRelation.Anybody), (Role.Overseer, MatterRelation.Anybody)],
        [MatterAction.View] =
        [
            (Role.Integrity, MatterRelation.Opener), (Role.Overseer, MatterRelation.Opener), (Role.Integrity, MatterRelation.Named), (Role.Overseer, MatterRelation.Named),
            (Role.Investigator, MatterRelation.Investigates),
        ],
        [MatterAction.Allege] = [(Role.Integrity, MatterRelation.Opener), (Role.Overseer, MatterRelation.Opener), (Role.Investigator, MatterRelation.Investigates)],
        // Of another body its opener writes down what it found.
        [MatterAction.State] = [(Role.Investigator, MatterRelation.Investigates), (Role.Integrity, MatterRelation.OpenerForBody), (Role.Overseer, MatterRelation.OpenerForBody)],
        [MatterAction.Answer] = [(Role.Integrity, MatterRelation.Second), (Role.Overseer, MatterRelation.Second)],
        [MatterAction.Give] = [(Role.Integrity, MatterRelation.Opener), (Role.Overseer, MatterRelation.Opener), (Role.Integrity, MatterRelation.Named), (Role.Overseer, MatterRelation.Named)],
    };

    /// <summary>The refusal of this action to this person, or null where it is allowed. It names nobody: who is missing in a list of people would tell who is barred.</summary>
    public static Refusal? Refuses(MatterAction action, MatterFacts facts)
    {
        if (action != MatterAction.Open && !facts.Matter.Exists) return new Refusal(Bars.Role);
        if (Bar(facts.Person, facts.Matter, facts.Register, facts.Now) is { } bar) return new Refusal(bar);
        return Table[action].Any(row => facts.Actor.Has(row.Role) && Is(row.Relation, facts)) ? null : new Refusal(Bars.Role);
    }

    /// <summary>The bar that keeps somebody from a matter, or null. A code of <see cref="Bars"/>.</summary>
    /// <remarks>Whoever has to do with it already loses it by no tie that somebody else declared since: whoever is accused could leave nobody to conclude it.</remarks>
    public static string? Bar(Guid person, Matter matter, Register register, DateTimeOffset now) =>
        Bar(person, [.. matter.Accused], [.. matter.AccusedUnits], register, now, ownWord: matter.Opener == person || matter.People.Contains(person) || matter.Investigators.Contains(person));

    /// <summary>The same of those who are accused.</summary>
    public static string? Bar(Guid person, IReadOnlyCollection<Guid> accused, IReadOnlyCollection<Guid> units, Register register, DateTimeOffset now, bool ownWord = false) =>
        Recusal.Between(person, accused, register, now, ownWord) ?? (units.Count > 0 && UnitsAround.Of(person, register, now).Overlaps(units) ? Bars.Declared : null);

    /// <summary>Whether nobody looks into it any more: whoever did is barred now, or has no such post.</summary>
    public static bool IsOrphan(MatterFacts facts) => facts.Matter is { Stage: MatterStage.Open, Body: null, Investigator: { } investigator }
        && (!facts.Register.Holders(Role.Investigator, facts.Now).Contains(investigator) || Bar(investigator, facts.Matter, facts.Register, facts.Now) is not null);

    /// <summary>Whether somebody may not conclude a matter because an overseer who was named still may: what an overseer was asked to see is not concluded past them.</summary>
    public static bool WaitsForOverseer(MatterFacts facts) => !facts.Actor.Has(Role.Overseer)
        && facts.Register.Holders(Role.Overseer, facts.Now).Any(p => IsSecond(p, facts.Matter) && Bar(p, facts.Matter, facts.Register, facts.Now) is null);

    static bool IsSecond(Guid person, Matter matter) =>
        matter.Stage == MatterStage.Found && matter.People.Contains(person) && matter.FoundBy != person && matter.Opener != person && !matter.Investigators.Contains(person);

    static bool Is(MatterRelation relation, MatterFacts facts)
    {
        var (matter, person) = (facts.Matter, facts.Person);
        return relation switch
        {
            MatterRelation.Anybody => true,
            MatterRelation.Opener => matter.Opener == person,
            MatterRelation.OpenerForBody => matter.Opener == person && matter.Body is not null,
            MatterRelation.Named => matter.People.Contains(person),
            MatterRelation.Investigates => matter.Investigator == person,
            _ => IsSecond(person, matter),
        };
    }
}
