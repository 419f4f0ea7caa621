using Probity.Access.Contract;

namespace Probity.Interdiction;

/// <summary>
/// Where the second person is not there, work goes on: it is recorded at once, with a reason, and somebody who stands in for them signs
/// afterwards.
/// </summary>
internal static class SmallUnit
{
    /// <summary>How long they have to sign; after that the overseer is told. Our default for every unit.</summary>
    public static readonly TimeSpan SignWithin = TimeSpan.FromHours(24);

    /// <summary>Whether somebody may stand in for a unit's second person: an officer or commander of another unit, or a commander over it.</summary>
    public static bool MayStandIn(Actor actor, Guid unit, Register register) =>
        actor.Commands(unit, register) || actor.Posts.Any(p => p.Role is Role.Officer or Role.Commander && p.Unit != unit);

    /// <summary>Who may stand in for the second person, and is not barred from those whom it is about.</summary>
    public static IReadOnlyList<Guid> StandIns(Guid decider, Guid unit, IEnumerable<Guid> about, Register register, DateTimeOffset now) =>
        [.. register.Holders(Role.Commander, now).Concat(register.Holders(Role.Officer, now)).Distinct().Where(p =>
            p != decider && MayStandIn(Actor.From(register, p, now), unit, register) && Recusal.Between(p, about, register, now) is null)];
}
