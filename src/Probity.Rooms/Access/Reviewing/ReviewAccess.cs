using Probity.Access.Contract;
using Probity.Access.Leaving;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.Access.Reviewing;

/// <summary>All that a decision on a review may know.</summary>
internal sealed record ReviewFacts(Guid Unit, UnitReviews Own, Policy Policy, Register Register, Actor Actor, DateTimeOffset Now)
{
    /// <summary>The postings in force in the unit, without those of units below it, sorted by id.</summary>
    public IReadOnlyList<Guid> InForce => [.. Register.PostsIn(Unit).SelectMany(p => Register.PostingsOn(p.Id)).Where(p => p.InForceAt(Now)).Select(p => p.Id).Order()];

    /// <summary>The lines of the open review that wait for a word: a posting that ended meanwhile needs none.</summary>
    public IEnumerable<Posting> Left => Own.Open is { } open
        ? open.Postings.Where(p => !open.Said.ContainsKey(p)).Select(p => Register.Postings[p]).Where(p => p.InForceAt(Now)) : [];
}

/// <summary>
/// Who has to do with the review of a unit's access. Whoever commands the unit says; what they may not judge is integrity's to say, and what none of integrity may an overseer's. Who confirms said nothing and
/// stands on no line, nor near anybody who does. What stands in no line is denied; nobody can override it.
/// </summary>
internal static class ReviewAccess
{
    /// <summary>Whether somebody sees the unit's reviews; to others there is nothing.</summary>
    public static bool Sees(Actor actor, Guid unit, Register register) =>
        register.Units.ContainsKey(unit) && (actor.Has(Role.Integrity) || actor.Has(Role.Overseer) || actor.Commands(unit, register));

    /// <summary>Who commands the unit itself: a commander further up does not know who works in it.</summary>
    public static IReadOnlyList<Guid> CommandersOf(Guid unit, Register register, DateTimeOffset now) =>
        [.. register.PostsIn(unit).Where(p => p.Role == Role.Commander).SelectMany(p => register.PostingsOn(p.Id))
            .Where(p => p.InForceAt(now) && !register.IsShutOut(p.Person)).Select(p => p.Person).Distinct()];

    /// <summary>So many days after a list was opened integrity says too what the commander has not said.</summary>
    public const int CommanderHas = 14;

    /// <summary>The refusal to open a review, or null: who commands the unit opens it, integrity where nobody does, or where its day went by.</summary>
    public static Refusal? RefusesBegin(ReviewFacts facts)
    {
        var commanders = CommandersOf(facts.Unit, facts.Register, facts.Now);
        return commanders.Count == 0 || (facts.Actor.Has(Role.Integrity) && ReviewDue.Of(facts) <= facts.Now) ? facts.Actor.Has(Role.Integrity) ? null : To(Bars.Role, Role.Integrity)
            : commanders.Contains(facts.Actor.Person) ? null : To(Bars.Role, Role.Commander);
    }

    /// <summary>The refusal to say whether a person keeps a posting, or null.</summary>
    public static Refusal? RefusesSay(Posting line, ReviewFacts facts)
    {
        var (register, actor, now) = (facts.Register, facts.Actor, facts.Now);
        var integrity = Watch.Free(Role.Integrity, IsFree, register, now).Count > 0 ? Role.Integrity : Role.Overseer;
        if (actor.Person == line.Person) return To(Bars.Self, integrity);
        if (Recusal.Tied(actor.Person, line.Person, register) is { } tied) return To(tied, integrity);
        var commanders = CommandersOf(facts.Unit, register, now);
        if (commanders.Contains(actor.Person) && OfLine(actor.Person)) return null;
        if (commanders.Any(OfLine) && !(facts.Own.Open is { } open && open.Begun.AddDays(CommanderHas) <= now && actor.Has(integrity))) return To(Bars.Role, Role.Commander);
        // Of the commanders those are left who stand under whoever the line is of, and those whose line it never is.
        if (!actor.Has(integrity)) return To(commanders.Contains(actor.Person) && Between(actor.Person) == Bars.Subordinate ? Bars.Subordinate : Bars.Role, integrity);
        return Between(actor.Person) is { } bar ? To(bar, integrity) : null;

        string? Between(Guid person) => Recusal.Between(person, [line.Person], register, now);

        bool IsFree(Guid person) => Between(person) is null;

        // Those who watch are no commander's to judge, and nobody judges whom they stand under.
        bool OfLine(Guid commander) => commander != line.Person && !LeavingAccess.Watching.Contains(register.Posts[line.Post].Role)
            && Recusal.Tied(commander, line.Person, register) is null && Between(commander) != Bars.Subordinate;
    }

    /// <summary>The refusal to confirm the open review or send it back, or null.</summary>
    public static Refusal? RefusesAnswer(ReviewFacts facts)
    {
        var (register, actor, now) = (facts.Register, facts.Actor, facts.Now);
        if (facts.Own.Open is not { } open) return new Refusal(ReviewUnit.NoneOpen);
        var lines = open.Postings.Select(p => register.Postings[p]).ToList();
        var people = lines.Select(p => p.Person).Distinct().ToList();
        // As of its opening: whoever leaves a post meanwhile does not change who confirms.
        var roles = lines.Select(p => register.Posts[p.Post].Role).ToHashSet();
        var overseersAlone = (!roles.Contains(Role.Commander) || roles.Contains(Role.Integrity)) && Watch.Free(Role.Overseer, IsFree, register, now).Count > 0;
        var to = overseersAlone ? Role.Overseer : Role.Integrity;
        if (!actor.Has(Role.Integrity) && !actor.Has(Role.Overseer)) return To(Bars.Role, to);
        if (BarOf(actor.Person) is { } bar) return To(bar, to);
        if (actor.Has(Role.Overseer) && (overseersAlone || Watch.TakesOverseers(IsFree, register, now))) return null;
        return actor.Has(Role.Integrity) && !overseersAlone ? null : To(Bars.Role, to);

        bool IsFree(Guid person) => BarOf(person) is null;

        string? BarOf(Guid person) => open.Sayers.Contains(person) ? Bars.EarlierRole : Recusal.Between(person, people, register, now);
    }

    // The role alone: who is missing in a list of people would tell who declared a tie.
    static Refusal To(string code, Role role) => new(code, new Reroute(role.ToString(), []));
}
