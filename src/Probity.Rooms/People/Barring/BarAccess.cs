using System.Security.Claims;
using Probity.Access.Contract;
using Probity.People.Vetting;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Barring;

/// <summary>What can be done about the barred list.</summary>
internal enum BarAction { See, Enter, AgreeToEntry, AskReview, AgreeToReview, AnswerMatch }

/// <summary>All that a decision on an entry may know.</summary>
/// <param name="List">The list.</param>
/// <param name="Entry">The entry; null where one is asked for.</param>
/// <param name="Subject">Whom it is about, and their clearances.</param>
/// <param name="Policy">The pack in force.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="Register">Who is who.</param>
/// <param name="Now">The time.</param>
internal sealed record BarFacts(BarList List, BarEntry? Entry, PersonClearances Subject, Policy Policy, Actor Actor, Register Register, DateTimeOffset Now);

/// <summary>
/// Who may what about the barred list, as a table: vetting or integrity asks for an entry, integrity or an overseer agrees, never whoever asked, nobody in their own entry or in that
/// of somebody above or below them. Everything else is denied.
/// </summary>
internal static class BarAccess
{
    static readonly Dictionary<BarAction, Role[]> Table = new()
    {
        [BarAction.See] = [Role.Vetting, Role.Integrity, Role.Overseer],
        [BarAction.Enter] = [Role.Vetting, Role.Integrity],
        [BarAction.AgreeToEntry] = [Role.Integrity, Role.Overseer],
        [BarAction.AskReview] = [Role.Vetting, Role.Integrity, Role.Overseer],
        [BarAction.AgreeToReview] = [Role.Integrity, Role.Overseer],
        [BarAction.AnswerMatch] = [Role.Vetting, Role.Integrity],
    };

    /// <summary>The refusal of this action to this person, or null where it is allowed.</summary>
    public static Refusal? Refuses(BarAction action, BarFacts facts)
    {
        if (Bar(action, facts.Actor.Person, facts.Actor.Roles, facts) is not { } bar) return null;
        foreach (var role in Table[action].Reverse())
        {
            var others = facts.Register.Holders(role, facts.Now).Where(p => p != facts.Actor.Person && Bar(action, p, [role], facts) is null).ToList();
            if (others.Count > 0) return new Refusal(bar, new Reroute(role.ToString(), others));
        }

        return new Refusal(bar);
    }

    /// <summary>Whether somebody signed in sees the list.</summary>
    public static bool Sees(ClaimsPrincipal user) => Table[BarAction.See].Any(role => SignedInPerson.Has(user, role));

    static string? Bar(BarAction action, Guid person, IEnumerable<Role> roles, BarFacts facts) =>
        !roles.Any(Table[action].Contains) ? Bars.Role
        : Recusal.Between(person, [facts.Subject.Person], facts.Register, facts.Now)
        ?? ((action == BarAction.AgreeToEntry && facts.Entry?.By == person) || (action == BarAction.AgreeToReview && facts.Entry?.Asked?.By == person) ? Bars.EarlierRole : null);
}
