using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Conduct.Interests;

/// <summary>What can be done about what somebody declared.</summary>
internal enum InterestAction { View, Advise, Decide }

/// <summary>What somebody is to it.</summary>
internal enum InterestRelation { OfIntegrity, OfOverseer, Above }

/// <summary>
/// Who has to do with what somebody declared, as one table: they themselves, integrity and the overseers; and until it is decided a commander over their unit, who advises. What commanders and integrity
/// declare goes to an overseer, and what fewer than two of integrity may decide to overseers too. Nobody decides their own, nor that of whom they are barred from.
/// </summary>
internal static class InterestAccess
{
    // A role that stands alone, whatever its relation, is written with null.
    static readonly Dictionary<InterestAction, (Role Role, InterestRelation? Relation)[]> Table = new()
    {
        [InterestAction.View] = [(Role.Integrity, null), (Role.Overseer, null), (Role.Commander, InterestRelation.Above)],
        [InterestAction.Advise] = [(Role.Commander, InterestRelation.Above)],
        [InterestAction.Decide] = [(Role.Integrity, InterestRelation.OfIntegrity), (Role.Overseer, InterestRelation.OfOverseer)],
    };

    /// <summary>The refusal of this action to this person, or null where it is allowed; of what is not there, every one.</summary>
    public static Refusal? Refuses(InterestAction action, Guid declarer, Interest? interest, Actor actor, Register register, DateTimeOffset now) =>
        interest is null ? new Refusal(Bars.Role) : Refuses(action, declarer, interest.ToOverseer, interest.Unit, interest.Stage, actor, register, now);

    /// <summary>The same of what a list knows of it.</summary>
    public static Refusal? Refuses(InterestAction action, Guid declarer, bool toOverseer, Guid unit, InterestStage stage, Actor actor, Register register, DateTimeOffset now)
    {
        if (actor.Person == declarer) return action == InterestAction.View ? null : new Refusal(Bars.Self, WhoDecides(declarer, toOverseer, register, now));
        if (action == InterestAction.Decide && Recusal.Between(actor.Person, [declarer], register, now) is { } bar) return new Refusal(bar, WhoDecides(declarer, toOverseer, register, now));
        // Whoever commands is a superior by nature; kin and other ties keep them out.
        if (action == InterestAction.Advise && Recusal.Tied(actor.Person, declarer, register) is { } tied) return new Refusal(tied);
        return Table[action].Any(row => actor.Has(row.Role) && (row.Relation is not { } relation || Is(relation, declarer, toOverseer, unit, stage, actor, register, now)))
            ? null : new Refusal(Bars.Role, WhoDecides(declarer, toOverseer, register, now));
    }

    /// <summary>Whether a role of this person declares interests or sees them.</summary>
    public static bool HasAnyRole(ClaimsPrincipal user) => Enum.GetValues<Role>().Any(role => role != Role.Monitor && role != Role.Secretariat && SignedInPerson.Has(user, role));

    /// <summary>Whether a role of this person sees what all declared.</summary>
    public static bool SeesAll(Actor actor) => Table[InterestAction.View].Any(row => row.Relation is null && actor.Has(row.Role));

    /// <summary>Whether what this person declares goes past integrity to an overseer.</summary>
    public static bool GoesToOverseer(Actor declarer) => declarer.Has(Role.Commander) || declarer.Has(Role.Integrity);

    static bool Is(InterestRelation relation, Guid declarer, bool toOverseer, Guid unit, InterestStage stage, Actor actor, Register register, DateTimeOffset now) => relation switch
    {
        InterestRelation.OfIntegrity => !toOverseer,
        InterestRelation.OfOverseer => toOverseer || Watch.TakesOverseers(p => Recusal.Between(p, [declarer], register, now) is null, register, now),
        _ => stage == InterestStage.Declared && !toOverseer && actor.Commands(unit, register) && Recusal.Tied(actor.Person, declarer, register) is null,
    };

    // The role alone: who is missing in a list of people would tell who declared a tie.
    static Reroute WhoDecides(Guid declarer, bool toOverseer, Register register, DateTimeOffset now) =>
        new(toOverseer || Watch.Free(Role.Integrity, p => Recusal.Between(p, [declarer], register, now) is null, register, now).Count == 0 ? nameof(Role.Overseer) : nameof(Role.Integrity), []);
}
