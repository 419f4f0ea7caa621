using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Procedures;

/// <summary>What can be done with a procedure.</summary>
internal enum SopAction
{
    /// <summary>Read what is or was in force.</summary>
    View,

    /// <summary>Read also what is being drafted.</summary>
    ViewDrafts,

    /// <summary>Begin a procedure, draft a version, change and submit it.</summary>
    Draft,

    /// <summary>Review the risks of a draft.</summary>
    Review,

    /// <summary>Approve what was reviewed.</summary>
    Approve,

    /// <summary>Put in force what was approved.</summary>
    PutInForce,
}

/// <summary>
/// Who may do what with procedures, as one table; what stands in no line is denied. Author, reviewer of risks and approver of a version
/// are three people, and none of them stands in the author's chain of command.
/// </summary>
/// <remarks>Who follows figures from outside, and who runs the machine, reads no procedure: it tells where the controls are.</remarks>
internal static class SopAccess
{
    static readonly Dictionary<SopAction, Role[]> Table = new()
    {
        [SopAction.View] = [Role.Commander, Role.Officer, Role.Custodian, Role.Prosecutor, Role.Vetting, Role.Integrity, Role.Investigator, Role.Overseer],
        [SopAction.ViewDrafts] = [Role.Commander, Role.Integrity, Role.Overseer],
        [SopAction.Draft] = [Role.Integrity, Role.Commander],
        [SopAction.Review] = [Role.Integrity],
        [SopAction.Approve] = [Role.Commander, Role.Overseer],
        [SopAction.PutInForce] = [Role.Commander, Role.Overseer],
    };

    /// <summary>Whether a post of this person allows it at all, for what is shown.</summary>
    public static bool Has(ClaimsPrincipal user, SopAction action) =>
        SignedInPerson.Of(user) is not null && Table[action].Any(role => SignedInPerson.Has(user, role));

    /// <summary>The refusal of this action to this person, or null where it is allowed.</summary>
    /// <param name="action">What is being done.</param>
    /// <param name="actor">Who.</param>
    /// <param name="version">With which version; null for the procedure as a whole.</param>
    /// <param name="register">Who is who.</param>
    /// <param name="now">When.</param>
    public static Refusal? Refuses(SopAction action, Actor actor, SopVersion? version, Register register, DateTimeOffset now) =>
        Bar(action, actor, version, register, now) is { } bar ? new Refusal(bar, WhoMay(action, version, register, now)) : null;

    static string? Bar(SopAction action, Actor actor, SopVersion? version, Register register, DateTimeOffset now)
    {
        if (!Table[action].Any(actor.Has)) return Bars.Role;
        if (version is null || action is not (SopAction.Review or SopAction.Approve or SopAction.PutInForce)) return null;
        if (version.IsDrawnBy(actor.Person) || (action == SopAction.Approve && version.Reviewer == actor.Person)) return Bars.EarlierRole;
        return action == SopAction.PutInForce ? null : Recusal.Between(actor.Person, version.Authors.Union(version.Copied), register, now);
    }

    static Reroute WhoMay(SopAction action, SopVersion? version, Register register, DateTimeOffset now)
    {
        foreach (var role in Table[action])
        {
            var people = register.Holders(role, now).Where(p => Bar(action, Actor.From(register, p, now), version, register, now) is null).ToList();
            if (people.Count > 0) return new Reroute(role.ToString(), people);
        }

        return new Reroute(nameof(Role.Overseer), register.Holders(Role.Overseer, now));
    }
}
