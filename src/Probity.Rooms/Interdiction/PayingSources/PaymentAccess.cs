using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Interdiction.PayingSources;

/// <summary>What can be done about a payment.</summary>
internal enum PaymentAction { View, Sign, Approve, TakeReceipt }

/// <summary>What somebody is to a payment.</summary>
internal enum PaymentRelation { Payer, Second, Superior }

/// <summary>
/// Who has to do with a payment, as one table: whoever pays, whoever signs with them and takes the source's receipt, over the ceiling whoever commands their commander,
/// and those who watch. Nobody else, not even in the same unit. Whoever is barred from the case has nothing to do with what is paid in it.
/// </summary>
internal static class PaymentAccess
{
    // A role that stands alone, whatever its relation, is written with null.
    static readonly Dictionary<PaymentAction, (Role Role, PaymentRelation? Relation)[]> Table = new()
    {
        [PaymentAction.View] =
        [
            (Role.Officer, PaymentRelation.Payer), (Role.Commander, PaymentRelation.Payer), (Role.Officer, PaymentRelation.Second),
            (Role.Commander, PaymentRelation.Second), (Role.Commander, PaymentRelation.Superior), (Role.Integrity, null), (Role.Overseer, null),
        ],
        [PaymentAction.Sign] = [(Role.Officer, PaymentRelation.Second), (Role.Commander, PaymentRelation.Second)],
        [PaymentAction.Approve] = [(Role.Commander, PaymentRelation.Superior), (Role.Integrity, null)],
        [PaymentAction.TakeReceipt] = [(Role.Officer, PaymentRelation.Second), (Role.Commander, PaymentRelation.Second)],
    };

    /// <summary>The refusal of this action to this person, or null where it is allowed.</summary>
    public static Refusal? Refuses(PaymentAction action, PaymentFacts facts)
    {
        if (Bar(action, facts.Actor.Person, facts) is { } bar) return new Refusal(bar, WhoMay(action, facts));
        if (!Allows(action, facts.Actor, facts)) return new Refusal(Bars.Role, WhoMay(action, facts));
        return EarlierRole(action, facts.Actor.Person, facts.Payment) ? new Refusal(Bars.EarlierRole, WhoMay(action, facts)) : null;
    }

    /// <summary>Whether a role of this person has anything to do with payments.</summary>
    public static bool HasAnyRole(ClaimsPrincipal user) => Table[PaymentAction.View].Any(row => SignedInPerson.Has(user, row.Role));

    /// <summary>Whether this person sees all payments, and what they come to.</summary>
    public static bool SeesAll(ClaimsPrincipal user) => Table[PaymentAction.View].Any(row => row.Relation is null && SignedInPerson.Has(user, row.Role));

    /// <summary>Who may be the second signature of a payment that somebody records: in the unit, or for it where nobody is there.</summary>
    public static IReadOnlyList<Guid> Seconds(Guid payer, Guid unit, bool alone, IReadOnlyList<Guid> people, Register register, DateTimeOffset now) => alone
        ? SmallUnit.StandIns(payer, unit, people, register, now)
        : [.. register.Holders(Role.Commander, now).Concat(register.Holders(Role.Officer, now)).Distinct().Where(p => p != payer
            && TargetAccess.RegistersIn(unit, Actor.From(register, p, now), register) && Recusal.Between(p, people, register, now) is null)];

    static bool Allows(PaymentAction action, Actor actor, PaymentFacts facts) => facts.Payment.Exists
        && Table[action].Any(row => actor.Has(row.Role) && (row.Relation is not { } relation || Is(relation, actor, facts)));

    static bool Is(PaymentRelation relation, Actor actor, PaymentFacts facts) => relation switch
    {
        PaymentRelation.Payer => facts.Payment.Payer == actor.Person,
        PaymentRelation.Second => facts.Payment.Second == actor.Person,
        _ => facts.Payment.NeedsThird && facts.Register.Units.GetValueOrDefault(facts.Payment.Unit)?.Parent is { } above && actor.Commands(above, facts.Register),
    };

    static string? Bar(PaymentAction action, Guid person, PaymentFacts facts) =>
        Recusal.Between(person, action == PaymentAction.View ? facts.Suspects : facts.People, facts.Register, facts.Now);

    // Three signatures are three people.
    static bool EarlierRole(PaymentAction action, Guid person, Payment payment) => action switch
    {
        PaymentAction.Sign => payment.Payer == person,
        PaymentAction.Approve => payment.Payer == person || payment.Second == person,
        _ => false,
    };

    static Reroute? WhoMay(PaymentAction action, PaymentFacts facts)
    {
        if (!facts.Payment.Exists) return null;
        foreach (var role in Table[action].Select(row => row.Role).Distinct())
        {
            var people = facts.Register.Holders(role, facts.Now).Where(p => Bar(action, p, facts) is null
                && Allows(action, Actor.From(facts.Register, p, facts.Now), facts) && !EarlierRole(action, p, facts.Payment)).ToList();
            if (people.Count > 0) return new Reroute(role.ToString(), people);
        }

        return new Reroute(nameof(Role.Overseer), facts.Register.Holders(Role.Overseer, facts.Now));
    }
}
