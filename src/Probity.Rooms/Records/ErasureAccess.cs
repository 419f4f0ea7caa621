using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Records.Contract;
using Probity.Shared.Record;

namespace Probity.Records;

/// <summary>What can be done about erasing and keeping.</summary>
internal enum RecordsAction { View, Propose, Approve, Refuse, PlaceHold, ReleaseHold }

/// <summary>
/// Who may have something erased or kept, as one table: the role, and for a prosecutor in a case that it is theirs. Everything else is
/// denied, nobody decides about themselves or their chain of command, and nobody is both halves of what takes two.
/// </summary>
internal static class ErasureAccess
{
    // True: in a case only as its prosecutor.
    static readonly Dictionary<RecordsAction, (Role Role, bool OwnCase)[]> Table = new()
    {
        [RecordsAction.View] = [(Role.Integrity, false), (Role.Overseer, false), (Role.Prosecutor, true)],
        [RecordsAction.Propose] = [(Role.Integrity, false)],
        [RecordsAction.Approve] = [(Role.Overseer, false), (Role.Integrity, false)],
        [RecordsAction.Refuse] = [(Role.Overseer, false), (Role.Integrity, false)],
        [RecordsAction.PlaceHold] = [(Role.Overseer, false), (Role.Prosecutor, true)],
        [RecordsAction.ReleaseHold] = [(Role.Overseer, false), (Role.Prosecutor, true)],
    };

    /// <summary>The refusal of this action to this person, or null where it is allowed.</summary>
    public static Refusal? Refuses(RecordsAction action, ErasureFacts facts)
    {
        if (Bar(action, facts.Actor.Person, facts) is { } bar) return new Refusal(bar, WhoMay(action, facts));
        if (!Allows(action, facts.Actor, facts.Subject)) return new Refusal(Bars.Role, WhoMay(action, facts));
        return EarlierRole(action, facts.Actor.Person, facts) ? new Refusal(Bars.EarlierRole, WhoMay(action, facts)) : null;
    }

    /// <summary>Whether a role of this person has anything to do with it.</summary>
    public static bool HasAnyRole(ClaimsPrincipal user) => Table[RecordsAction.View].Any(row => SignedInPerson.Has(user, row.Role));

    /// <summary>Whether a role of this person says yes or no to an erasure.</summary>
    public static bool Decides(ClaimsPrincipal user) => Table[RecordsAction.Approve].Any(row => SignedInPerson.Has(user, row.Role));

    static bool Allows(RecordsAction action, Actor actor, ErasureSubject subject) => Table[action].Any(row => actor.Has(row.Role)
        && (!row.OwnCase || subject.Kind == SubjectKind.Person || subject.Prosecutor == actor.Person));

    static string? Bar(RecordsAction action, Guid person, ErasureFacts facts) =>
        Recusal.Between(person, action == RecordsAction.View ? facts.Subject.Hidden : facts.Subject.People, facts.Register, facts.Now)
        ?? (facts.Subject.Walled.Contains(person) ? Bars.Declared : null);

    // Who asked never agrees; who worked in a case does not have it erased.
    static bool EarlierRole(RecordsAction action, Guid person, ErasureFacts facts) => action switch
    {
        RecordsAction.Propose => facts.Subject.Worked.Contains(person),
        RecordsAction.Approve or RecordsAction.Refuse => facts.Erasure.ProposedBy == person || facts.Subject.Worked.Contains(person),
        _ => false,
    };

    static Reroute WhoMay(RecordsAction action, ErasureFacts facts)
    {
        foreach (var (role, _) in Table[action])
        {
            var people = facts.Register.Holders(role, facts.Now).Where(IsFree).ToList();
            if (people.Count > 0) return new Reroute(role.ToString(), people);
        }

        return new Reroute(nameof(Role.Overseer), facts.Register.Holders(Role.Overseer, facts.Now));

        bool IsFree(Guid person) => Allows(action, Actor.From(facts.Register, person, facts.Now), facts.Subject)
            && Bar(action, person, facts) is null && !EarlierRole(action, person, facts);
    }
}
