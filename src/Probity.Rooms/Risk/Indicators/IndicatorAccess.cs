using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.Risk.Indicators;

/// <summary>What can be done about an indicator.</summary>
internal enum IndicatorAction { See, State, Answer }

/// <summary>All that a decision on an indicator may know.</summary>
internal sealed record IndicatorFacts(IndicatorScores Scores, Policy Policy, Actor Actor, Register Register, DateTimeOffset Now);

/// <summary>
/// Who may what about indicators, as a table. Bands and scores that an overseer confirmed are everybody's; what shows them, and what waits, is for these alone. Nobody confirms what
/// they, or somebody whom they cannot judge, have stated.
/// </summary>
internal static class IndicatorAccess
{
    static readonly Dictionary<IndicatorAction, Role[]> Table = new()
    {
        [IndicatorAction.See] = [Role.Integrity, Role.Overseer, Role.Investigator, Role.Commander],
        [IndicatorAction.State] = [Role.Integrity],
        [IndicatorAction.Answer] = [Role.Overseer],
    };

    /// <summary>The refusal of this action to this person, or null where it is allowed.</summary>
    /// <param name="action">What is being done.</param>
    /// <param name="statedBy">Who stated what is answered, or null.</param>
    /// <param name="facts">All that is known.</param>
    public static Refusal? Refuses(IndicatorAction action, Guid? statedBy, IndicatorFacts facts)
    {
        if (Bar(facts.Actor.Person, facts.Actor.Roles) is not { } bar) return null;
        var role = Table[action][0];
        var others = facts.Register.Holders(role, facts.Now).Where(p => p != facts.Actor.Person && Bar(p, [role]) is null).ToList();
        return new Refusal(bar, others.Count > 0 ? new Reroute(role.ToString(), others) : null);

        string? Bar(Guid person, IEnumerable<Role> roles) =>
            !roles.Any(Table[action].Contains) ? Bars.Role
            : statedBy is not { } by ? null
            : by == person ? Bars.EarlierRole
            : Recusal.Between(person, [by], facts.Register, facts.Now);
    }

    /// <summary>Whether somebody signed in reads what shows a score, and what waits.</summary>
    public static bool Sees(ClaimsPrincipal user) => Table[IndicatorAction.See].Any(role => SignedInPerson.Has(user, role));
}
