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
/// Who may do what with declarations. They are sealed: the vetting unit reads them and nobody else, but who made them. What the vetting unit's own people declare an overseer reads and
/// nobody of the unit; and overseers read too what one alone of the unit may judge, or nobody, for who they are to the person.
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
        // Colleagues of one unit do not clear each other.
        var ofUnit = register.PostsOf(facts.Person, now).Any(p => p.Role == Role.Vetting);
        if (actor.Has(Role.Overseer)) return ofUnit || Free(Role.Vetting, facts) is { Count: < FewestFree } ? null : new Refusal(Bars.Role, new Reroute(nameof(Role.Vetting), Free(Role.Vetting, facts)));
        return ofUnit ? new Refusal(Bars.Role, new Reroute(nameof(Role.Overseer), Free(Role.Overseer, facts))) : null;
    }

    /// <summary>Where fewer of the vetting unit may judge somebody, overseers do too: whoever ties themselves to all of it but one has chosen their judge.</summary>
    public const int FewestFree = 2;

    /// <summary>Whose declarations overseers read: everybody of the vetting unit, and everybody whom fewer than <see cref="FewestFree"/> of it may judge.</summary>
    public static IReadOnlyList<Guid> LeftToOverseers(Register register, DateTimeOffset now)
    {
        var vetting = register.Holders(Role.Vetting, now);
        var barred = vetting.SelectMany(v => Recusal.BarredWith(v, register, now).Append(v).Distinct()).CountBy(p => p).ToDictionary(p => p.Key, p => p.Value);
        return [.. (vetting.Count < FewestFree ? register.People.Keys : barred.Keys).Where(p => vetting.Contains(p) || vetting.Count - barred.GetValueOrDefault(p) < FewestFree)];
    }

    /// <summary>Whom a reader of others' declarations may read; null for everybody but those in <paramref name="barred"/>.</summary>
    /// <param name="overseer">Whether they read as an overseer.</param>
    /// <param name="reader">Who reads.</param>
    /// <param name="register">Who is who.</param>
    /// <param name="now">The time.</param>
    /// <param name="barred">Whom they may not read.</param>
    public static IReadOnlyList<Guid>? ReadableBy(bool overseer, Guid reader, Register register, DateTimeOffset now, out IReadOnlyList<Guid> barred)
    {
        barred = [.. Recusal.BarredWith(reader, register, now), .. overseer ? [] : register.Holders(Role.Vetting, now)];
        return overseer ? LeftToOverseers(register, now) : null;
    }

    static IReadOnlyList<Guid> Free(Role role, DeclarationFacts facts) =>
        [.. facts.Register.Holders(role, facts.Now).Where(p => Recusal.Between(p, [facts.Person], facts.Register, facts.Now) is null)];
}
