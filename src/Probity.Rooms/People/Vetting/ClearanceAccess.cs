using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Vetting;

/// <summary>What can be done about a clearance. <see cref="See"/> is its state, <see cref="View"/> its contents.</summary>
internal enum ClearanceAction
{
    See, View, Invite, Submit, RecordChecks, Assess, Decide, LodgeAppeal, DecideAppeal, Suspend, ConfirmSuspension, LiftSuspension, OpenWithdrawal, AnswerWithdrawal, DecideWithdrawal,
    Discontinue, ReportCircumstances, ReviewCircumstances, AgreeToLift, AgreeToDiscontinue,
}

/// <summary>What somebody is to a clearance.</summary>
internal enum ClearanceRelation
{
    /// <summary>It is theirs.</summary>
    Self,

    /// <summary>Its person cannot sign in: what came on paper is typed for them.</summary>
    ForShutOut,

    /// <summary>Nobody of vetting may do it.</summary>
    NobodyOfVetting,

    /// <summary>It is suspended, and one person alone stands for that.</summary>
    SuspendedByOne,
}

/// <summary>All that a decision on a clearance may know.</summary>
internal sealed record ClearanceFacts(Clearance Clearance, Policy Policy, Actor Actor, Register Register, DateTimeOffset Now)
{
    /// <summary>The acts to its person's disadvantage that were held.</summary>
    public HeldActs Acts { get; init; } = HeldActs.Initial;

    /// <summary>Whether it is the actor's own.</summary>
    public bool IsOwn => Clearance.Person == Actor.Person;
}

/// <summary>
/// Need-to-know and the decision guard of a clearance, as one table: vetting carries it out and decides, never a commander, never oneself, nobody twice. Where nobody
/// of vetting may, the overseer does. Everything else is denied.
/// </summary>
internal static class ClearanceAccess
{
    static readonly (Role, ClearanceRelation?)[] VettingOrElse = [(Role.Vetting, null), (Role.Overseer, ClearanceRelation.NobodyOfVetting)];
    static readonly (Role, ClearanceRelation?)[] Typed = [(Role.Vetting, ClearanceRelation.ForShutOut)];

    // What the person does themselves stands in Own.
    static readonly Dictionary<ClearanceAction, (Role Role, ClearanceRelation? Relation)[]> Table = new()
    {
        [ClearanceAction.See] = [(Role.Vetting, null), (Role.Overseer, null), (Role.Integrity, null)],
        [ClearanceAction.View] = [(Role.Vetting, null), (Role.Overseer, null)],
        [ClearanceAction.Invite] = VettingOrElse,
        [ClearanceAction.Submit] = Typed,
        [ClearanceAction.RecordChecks] = VettingOrElse,
        [ClearanceAction.Assess] = VettingOrElse,
        [ClearanceAction.Decide] = VettingOrElse,
        [ClearanceAction.LodgeAppeal] = Typed,
        [ClearanceAction.DecideAppeal] = [(Role.Vetting, null), (Role.Overseer, null)],
        [ClearanceAction.Suspend] = VettingOrElse,
        [ClearanceAction.ConfirmSuspension] = [(Role.Vetting, null), (Role.Overseer, null)],
        [ClearanceAction.LiftSuspension] = [.. VettingOrElse, (Role.Overseer, ClearanceRelation.SuspendedByOne)],
        [ClearanceAction.AgreeToLift] = [(Role.Overseer, null)],
        [ClearanceAction.OpenWithdrawal] = VettingOrElse,
        [ClearanceAction.AnswerWithdrawal] = Typed,
        [ClearanceAction.DecideWithdrawal] = VettingOrElse,
        [ClearanceAction.Discontinue] = VettingOrElse,
        [ClearanceAction.AgreeToDiscontinue] = [(Role.Overseer, null)],
        [ClearanceAction.ReportCircumstances] = [],
        [ClearanceAction.ReviewCircumstances] = VettingOrElse,
    };

    static readonly ClearanceAction[] Own =
    [
        ClearanceAction.See, ClearanceAction.View, ClearanceAction.Submit, ClearanceAction.LodgeAppeal, ClearanceAction.AnswerWithdrawal, ClearanceAction.ReportCircumstances,
    ];

    /// <summary>The refusal of this action to this person, or null where it is allowed.</summary>
    public static Refusal? Refuses(ClearanceAction action, ClearanceFacts facts) =>
        Bar(action, facts.Actor, facts.Clearance, facts.Register, facts.Now) is { } bar ? new Refusal(bar, WhoMay(action, facts)) : null;

    /// <summary>Whether a role of this person sees the list of clearances: of everybody, or of those whom they command.</summary>
    public static bool Lists(ClaimsPrincipal user) => ListsAll(user) || SignedInPerson.Has(user, Role.Commander);

    /// <summary>Whether a role of this person sees the states of all clearances.</summary>
    public static bool ListsAll(ClaimsPrincipal user) => Table[ClearanceAction.See].Any(row => SignedInPerson.Has(user, row.Role));

    /// <summary>Whether somebody has to do with clearances at all: all who can have one. Who runs the machine and civil society have none here.</summary>
    public static bool Serves(ClaimsPrincipal user) => Enum.GetValues<Role>()
        .Any(role => role is not (Role.Administrator or Role.Monitor or Role.Secretariat or Role.Judge or Role.Registry) && SignedInPerson.Has(user, role));

    static string? Bar(ClearanceAction action, Actor actor, Clearance clearance, Register register, DateTimeOffset now)
    {
        if (!clearance.Exists) return Bars.Role;
        if (clearance.Person == actor.Person) return Own.Contains(action) ? null : Bars.Self;
        if (!Table[action].Any(row => actor.Has(row.Role) && Is(row.Relation, action, clearance, register, now))) return Bars.Role;
        // Whoever commands somebody sees that they are cleared from the list; the state of a clearance says more than that.
        if (Recusal.Between(actor.Person, [clearance.Person], register, now) is { } bar) return bar;
        return EarlierRole(action, actor.Person, clearance) ? Bars.EarlierRole : null;
    }

    static bool Is(ClearanceRelation? relation, ClearanceAction action, Clearance clearance, Register register, DateTimeOffset now) => relation switch
    {
        null => true,
        ClearanceRelation.ForShutOut => register.IsShutOut(clearance.Person),
        ClearanceRelation.NobodyOfVetting => !OfVetting(action, clearance, register, now).Any(),
        ClearanceRelation.SuspendedByOne => clearance.IsSuspendedByOne,
        _ => false,
    };

    /// <summary>Those of vetting who may do it.</summary>
    static IEnumerable<Guid> OfVetting(ClearanceAction action, Clearance clearance, Register register, DateTimeOffset now) =>
        register.Holders(Role.Vetting, now).Where(p => Recusal.Between(p, [clearance.Person], register, now) is null && !EarlierRole(action, p, clearance));

    // Who checks or assesses does not decide, who opens proceedings does not end them, and an appeal goes to somebody who had no part in it.
    static bool EarlierRole(ClearanceAction action, Guid person, Clearance clearance) => action switch
    {
        ClearanceAction.Decide => clearance.Checkers.Contains(person) || clearance.Assessor == person,
        ClearanceAction.ConfirmSuspension => clearance.Suspension?.By == person,
        ClearanceAction.AgreeToDiscontinue => clearance.AskedToDiscontinue?.By == person,
        ClearanceAction.AgreeToLift => clearance.AskedToLift?.By == person,
        ClearanceAction.DecideWithdrawal => clearance.Withdrawal?.By == person || clearance.Suspension?.By == person,
        ClearanceAction.DecideAppeal => clearance.Decision?.By == person || clearance.Checkers.Contains(person) || clearance.Assessor == person,
        _ => false,
    };

    static Reroute? WhoMay(ClearanceAction action, ClearanceFacts facts)
    {
        var (clearance, register, now) = (facts.Clearance, facts.Register, facts.Now);
        if (Table[action].Length == 0 || !clearance.Exists) return null;
        var vetting = OfVetting(action, clearance, register, now).Except([facts.Actor.Person]).ToList();
        if (vetting.Count > 0 && Table[action].Any(r => r.Role == Role.Vetting && Is(r.Relation, action, clearance, register, now))) return new Reroute(nameof(Role.Vetting), vetting);
        return Table[action].Any(r => r.Role == Role.Overseer)
            ? new Reroute(nameof(Role.Overseer), [.. register.Holders(Role.Overseer, now).Where(p => p != facts.Actor.Person && !EarlierRole(action, p, clearance))]) : null;
    }
}
