using System.Security.Claims;
using Probity.Access.Contract;
using Probity.People.Vetting;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Passports;

/// <summary>What can be done about passports and about those who issue them.</summary>
internal enum PassportAction { Ask, Issue, Revoke, List, Check, SeeIssuers, ProposeIssuer, AgreeToIssuer, EndIssuer, TakeList }

/// <summary>All that a decision on a passport or an issuer may know.</summary>
/// <param name="Book">The passports.</param>
/// <param name="Holder">Whom it is about; empty where it is about an issuer.</param>
/// <param name="Clearances">Their clearances.</param>
/// <param name="Issuer">The issuer that it is about; null where it is about a passport.</param>
/// <param name="Policy">The pack in force.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="Register">Who is who.</param>
/// <param name="Now">The time.</param>
internal sealed record PassportFacts(PassportBook Book, Guid Holder, PersonClearances Clearances, TrustedIssuer? Issuer, Policy Policy, Actor Actor, Register Register, DateTimeOffset Now)
{
    /// <summary>Whether the actor is the holder.</summary>
    public bool IsOwn => Holder == Actor.Person && Holder != Guid.Empty;

    /// <summary>The clearance that a passport would speak of: the highest that counts, or null.</summary>
    public Clearance? Valid => Register.IsShutOut(Holder) || Register.HasLeft(Holder, Now) ? null : Clearances.CurrentAt(Now) is { } current && current.IsValidAt(Now) ? current : null;
}

/// <summary>
/// Who may what about passports, as a table. The holder alone asks; vetting issues, never a commander, never to oneself or to somebody above, below or close; where nobody of vetting
/// may, an overseer does. Integrity brings another unit's key and an overseer agrees. Everything else is denied.
/// </summary>
internal static class PassportAccess
{
    static readonly Dictionary<PassportAction, Role[]> Table = new()
    {
        [PassportAction.Ask] = [],
        [PassportAction.Issue] = [Role.Vetting],
        [PassportAction.Revoke] = [Role.Vetting, Role.Integrity, Role.Overseer],
        [PassportAction.List] = [Role.Vetting, Role.Integrity, Role.Overseer],
        [PassportAction.Check] = [Role.Commander, Role.Officer, Role.Custodian, Role.Analyst, Role.Prosecutor, Role.Vetting, Role.Integrity, Role.Investigator, Role.Overseer],
        [PassportAction.SeeIssuers] = [Role.Vetting, Role.Integrity, Role.Overseer],
        [PassportAction.ProposeIssuer] = [Role.Integrity],
        [PassportAction.AgreeToIssuer] = [Role.Overseer],
        [PassportAction.EndIssuer] = [Role.Integrity, Role.Overseer],
        [PassportAction.TakeList] = [Role.Vetting, Role.Integrity, Role.Overseer],
    };

    static readonly PassportAction[] Own = [PassportAction.Ask, PassportAction.Revoke];

    /// <summary>The refusal of this action to this person, or null where it is allowed.</summary>
    public static Refusal? Refuses(PassportAction action, PassportFacts facts)
    {
        if (facts.IsOwn && Own.Contains(action)) return facts.Actor.Posts.IsEmpty && action == PassportAction.Ask ? new Refusal(Bars.Role) : null;
        if (Bar(action, facts.Actor.Person, facts.Actor.Roles, facts) is not { } bar) return null;
        foreach (var role in RolesOf(action, facts))
        {
            var others = facts.Register.Holders(role, facts.Now).Where(p => p != facts.Actor.Person && Bar(action, p, [role], facts) is null).ToList();
            if (others.Count > 0) return new Refusal(bar, new Reroute(role.ToString(), others));
        }

        return new Refusal(bar);
    }

    /// <summary>Whether a role of somebody signed in is one that may do this at all.</summary>
    public static bool Serves(PassportAction action, ClaimsPrincipal user) => Table[action].Any(role => SignedInPerson.Has(user, role));

    static string? Bar(PassportAction action, Guid person, IEnumerable<Role> roles, PassportFacts facts) =>
        !roles.Any(RolesOf(action, facts).Contains) ? Bars.Role
        : action == PassportAction.AgreeToIssuer && facts.Issuer?.By == person ? Bars.EarlierRole
        : action is PassportAction.Issue or PassportAction.Revoke ? Recusal.Between(person, [facts.Holder], facts.Register, facts.Now) : null;

    // Where nobody of vetting may issue one, an overseer does.
    static Role[] RolesOf(PassportAction action, PassportFacts facts) =>
        action == PassportAction.Issue && !facts.Register.Holders(Role.Vetting, facts.Now).Any(p => Recusal.Between(p, [facts.Holder], facts.Register, facts.Now) is null)
            ? [Role.Vetting, Role.Overseer] : Table[action];
}
