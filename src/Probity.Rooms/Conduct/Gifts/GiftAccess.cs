using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Conduct.Contract;
using Probity.Shared.Record;

namespace Probity.Conduct.Gifts;

/// <summary>What can be done about a gift.</summary>
internal enum GiftAction { View, Review }

/// <summary>What somebody is to a gift.</summary>
internal enum GiftRelation { OfIntegrity, OfOverseer }

/// <summary>
/// Who has to do with a gift, as one table: whoever declared it, integrity, and the overseers, who review what commanders and integrity declare, and what fewer than two of integrity may.
/// Nobody reviews their own, nor a superior's or subordinate's.
/// </summary>
internal static class GiftAccess
{
    // A role that stands alone, whatever its relation, is written with null.
    static readonly Dictionary<GiftAction, (Role Role, GiftRelation? Relation)[]> Table = new()
    {
        [GiftAction.View] = [(Role.Integrity, null), (Role.Overseer, null)],
        [GiftAction.Review] = [(Role.Integrity, GiftRelation.OfIntegrity), (Role.Overseer, GiftRelation.OfOverseer)],
    };

    /// <summary>The refusal of this action to this person, or null where it is allowed. Whoever declared a gift sees it.</summary>
    /// <param name="action">What is to be done.</param>
    /// <param name="declarer">Who declared it.</param>
    /// <param name="toOverseer">Whether it goes to an overseer.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="register">Who is who.</param>
    /// <param name="now">The time.</param>
    public static Refusal? Refuses(GiftAction action, Guid declarer, bool toOverseer, Actor actor, Register register, DateTimeOffset now)
    {
        if (action == GiftAction.View && actor.Person == declarer) return null;
        if (action == GiftAction.Review && Recusal.Between(actor.Person, [declarer], register, now) is { } bar) return new Refusal(bar, WhoReviews(declarer, toOverseer, register, now));
        return Table[action].Any(row => actor.Has(row.Role) && (row.Relation is not { } relation || Is(relation, declarer, toOverseer, register, now))) ? null
            : new Refusal(Bars.Role, WhoReviews(declarer, toOverseer, register, now));
    }

    /// <summary>Whether a role of this person declares gifts or sees them.</summary>
    public static bool HasAnyRole(ClaimsPrincipal user) => Enum.GetValues<Role>().Any(role => (CodeDuty.Binds(role) || SeesAll(role)) && SignedInPerson.Has(user, role));

    /// <summary>Whether a role of this person sees the gifts of all.</summary>
    public static bool SeesAll(Actor actor) => actor.Roles.Any(SeesAll);

    static bool SeesAll(Role role) => Table[GiftAction.View].Any(row => row.Role == role);

    /// <summary>Whether what this person declares goes past integrity to an overseer.</summary>
    public static bool GoesToOverseer(Actor declarer) => declarer.Has(Role.Commander) || declarer.Has(Role.Integrity);

    static bool Is(GiftRelation relation, Guid declarer, bool toOverseer, Register register, DateTimeOffset now) => relation switch
    {
        GiftRelation.OfIntegrity => !toOverseer,
        _ => toOverseer || Watch.TakesOverseers(p => Recusal.Between(p, [declarer], register, now) is null, register, now),
    };

    // The role alone: who is missing in a list of people would tell who declared a tie.
    static Reroute WhoReviews(Guid declarer, bool toOverseer, Register register, DateTimeOffset now) =>
        new(toOverseer || Watch.Free(Role.Integrity, p => Recusal.Between(p, [declarer], register, now) is null, register, now).Count == 0 ? nameof(Role.Overseer) : nameof(Role.Integrity), []);
}
