using System.Security.Claims;
using Probity.Access.Contract;
using Probity.People.Requiring;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Revetting;

/// <summary>What can be done about draws of re-vetting.</summary>
internal enum LotAction { See, Draw }

/// <summary>All that a decision on a draw may know.</summary>
internal sealed record LotFacts(Lots Lots, Requirements Requirements, Policy Policy, Actor Actor, Register Register, DateTimeOffset Now)
{
    /// <summary>The quarter that is drawn now.</summary>
    public Quarter Quarter => Quarter.Of(Now);

    /// <summary>Whether its draw was made.</summary>
    public bool IsDrawn => Lots.All.ContainsKey(Quarter.ToString());

    /// <summary>By when it is made: so long after the quarter began, or after the node had its first chain of seeds in it.</summary>
    public DateTimeOffset DueAt =>
        Policy.After(PolicyRules.LotDrawnWithin, Lots.Chains is [var first, ..] && first.At > Quarter.Start ? first.At : Quarter.Start);
}

/// <summary>Who sees the draws and who starts one, as a table. Nobody chooses who is drawn. Where integrity lets the time pass, an overseer starts it. Everything else is denied.</summary>
internal static class LotAccess
{
    static readonly Dictionary<LotAction, (Role Role, bool OnlyOverdue)[]> Table = new()
    {
        [LotAction.See] = [(Role.Integrity, false), (Role.Vetting, false), (Role.Overseer, false)],
        [LotAction.Draw] = [(Role.Integrity, false), (Role.Overseer, true)],
    };

    /// <summary>The refusal of this action to this person, or null where it is allowed.</summary>
    public static Refusal? Refuses(LotAction action, LotFacts facts) =>
        Table[action].Any(row => facts.Actor.Has(row.Role) && (!row.OnlyOverdue || facts.Now >= facts.DueAt)) ? null
        : new Refusal(Bars.Role, new Reroute(nameof(Role.Integrity), [.. facts.Register.Holders(Role.Integrity, facts.Now).Where(p => p != facts.Actor.Person)]));

    /// <summary>Whether somebody signed in sees the draws.</summary>
    public static bool Sees(ClaimsPrincipal user) => Table[LotAction.See].Any(row => SignedInPerson.Has(user, row.Role));
}
