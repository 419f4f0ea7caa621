using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.People.Declaring;

/// <summary>All that a decision on somebody's declarations may know.</summary>
internal sealed record DeclarationFacts(Guid Person, Declarations Declarations, Policies.Contract.Policy Policy, Actor Actor, Register Register, DateTimeOffset Now);

/// <summary>What can be done with declarations.</summary>
internal enum DeclarationAction
{
    /// <summary>Make one of one's own.</summary>
    Declare,

    /// <summary>Read somebody's.</summary>
    Read,

    /// <summary>Say what became of growth that was flagged.</summary>
    Resolve,
}

/// <summary>
/// Who may do what with declarations. They are sealed: the vetting unit reads them and nobody else, but who made them. What the vetting unit's own people declare, and what
/// nobody there may read for who they are to the person, an overseer reads.
/// </summary>
internal static class DeclarationAccess
{
    // Those of an agency who can be bought: everybody in it who touches a case, an exhibit or somebody's file.
    static readonly Role[] s_declaring = [Role.Commander, Role.Officer, Role.Custodian, Role.Analyst, Role.Prosecutor, Role.Vetting, Role.Integrity, Role.Investigator];

    /// <summary>Whether a post has to declare.</summary>
    public static bool Declares(Role role) => s_declaring.Contains(role);

    /// <summary>Whether this person has to declare.</summary>
    public static bool Declares(Actor actor) => actor.Posts.Any(p => Declares(p.Role));

    /// <summary>Whether this person reads those of others at all.</summary>
    public static bool ReadsOthers(Actor actor) => actor.Has(Role.Vetting) || actor.Has(Role.Overseer);

    /// <summary>The refusal of an action, or null.</summary>
    public static Refusal? Refuses(DeclarationAction action, DeclarationFacts facts)
    {
        var (actor, register, now) = (facts.Actor, facts.Register, facts.Now);
        if (action == DeclarationAction.Declare)
            return actor.Person == facts.Person && Declares(actor) ? null : new Refusal(Bars.Role);
        if (action == DeclarationAction.Read && actor.Person == facts.Person) return null;
        if (!ReadsOthers(actor)) return new Refusal(Bars.Role, new Reroute(nameof(Role.Vetting), register.Holders(Role.Vetting, now)));
        if (Recusal.Between(actor.Person, [facts.Person], register, now) is { } bar) return new Refusal(bar, new Reroute(nameof(Role.Overseer), Free(Role.Overseer, facts)));
        if (actor.Has(Role.Vetting)) return null;
        // The overseer reads what is left to nobody of the vetting unit.
        var left = Free(Role.Vetting, facts);
        return left.Count == 0 || register.PostsOf(facts.Person, now).Any(p => p.Role == Role.Vetting) ? null : new Refusal(Bars.Role, new Reroute(nameof(Role.Vetting), left));
    }

    static IReadOnlyList<Guid> Free(Role role, DeclarationFacts facts) =>
        [.. facts.Register.Holders(role, facts.Now).Where(p => Recusal.Between(p, [facts.Person], facts.Register, facts.Now) is null)];
}
