using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Conduct.Interests.Ties;

/// <summary>What can be done about a tie between two people of the house.</summary>
internal enum TieAction { View, AskEnd, Answer, Confirm }

/// <summary>What somebody is to a tie.</summary>
internal enum TieRelation { Declarer, OfIntegrity, OfOverseer, Unconfirmed }

/// <summary>
/// Who has to do with a tie, as one table: whoever declared it, and those who watch over it. The other of the two is told nothing, whatever their post. That it ended is confirmed by
/// integrity or vetting, of commanders' and their own, and where fewer than two of those are free, by an overseer; what stands on its declarer's word alone is confirmed by an overseer. Never by anybody barred from either of the two.
/// </summary>
internal static class TieAccess
{
    // A relation that stands without a role is written with null.
    static readonly Dictionary<TieAction, (Role? Role, TieRelation? Relation)[]> Table = new()
    {
        [TieAction.View] = [(null, TieRelation.Declarer), (Role.Integrity, null), (Role.Vetting, null), (Role.Overseer, null)],
        [TieAction.AskEnd] = [(null, TieRelation.Declarer)],
        [TieAction.Answer] = [(Role.Integrity, TieRelation.OfIntegrity), (Role.Vetting, TieRelation.OfIntegrity), (Role.Overseer, TieRelation.OfOverseer)],
        [TieAction.Confirm] = [(Role.Overseer, TieRelation.Unconfirmed)],
    };

    static readonly Role[] Watching = [Role.Integrity, Role.Vetting];

    /// <summary>The refusal of this action to this person, or null where it is allowed; of a tie that is not there, every one.</summary>
    public static Refusal? Refuses(TieAction action, Tie? tie, Actor actor, Register register, DateTimeOffset now)
    {
        if (tie is null || tie.Other == actor.Person) return new Refusal(Bars.Role);
        if (action is TieAction.Answer or TieAction.Confirm && Recusal.Between(actor.Person, [tie.By, tie.Other], register, now) is { } bar) return new Refusal(bar, WhoAnswers(tie, register, now));
        return Table[action].Any(row => (row.Role is not { } role || actor.Has(role)) && (row.Relation is not { } relation || Is(relation, tie, actor.Person, register, now)))
            ? null : new Refusal(Bars.Role, action == TieAction.Answer ? WhoAnswers(tie, register, now) : null);
    }

    /// <summary>Whether a post of this person watches over ties.</summary>
    public static bool Watches(Actor actor) => Table[TieAction.Answer].Any(row => row.Role is { } role && actor.Has(role));

    /// <summary>Whether a role watches over ties.</summary>
    public static bool Watches(Role role) => Table[TieAction.Answer].Any(row => row.Role == role);

    // The role alone: who is missing in a list of people would tell who declared a tie.
    static Reroute WhoAnswers(Tie tie, Register register, DateTimeOffset now) =>
        new(ToOverseer(tie, register, now) || Free(Watching, tie, register, now).Count == 0 ? nameof(Role.Overseer) : nameof(Role.Integrity), []);

    static bool Is(TieRelation relation, Tie tie, Guid person, Register register, DateTimeOffset now) => relation switch
    {
        TieRelation.Declarer => tie.By == person,
        TieRelation.OfIntegrity => !ToOverseer(tie, register, now),
        TieRelation.Unconfirmed => tie is { Holds: true, Confirmed: false },
        _ => ToOverseer(tie, register, now) || Free(Watching, tie, register, now).Count < Watch.Least,
    };

    static bool ToOverseer(Tie tie, Register register, DateTimeOffset now) => register.PostsOf(tie.By, now).Any(p => p.Role is Role.Commander or Role.Integrity or Role.Vetting);

    static List<Guid> Free(Role[] roles, Tie tie, Register register, DateTimeOffset now) =>
        [.. roles.SelectMany(role => register.Holders(role, now)).Distinct().Order().Where(p => Recusal.Between(p, [tie.By, tie.Other], register, now) is null)];
}
