using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits.TakingOver;

/// <summary>What can be done with a register.</summary>
internal enum RegisterAction { Present, View, Countersign }

/// <summary>What somebody is to a register or its store.</summary>
internal enum RegisterTie
{
    /// <summary>Holds a post in the unit whose store it is.</summary>
    OfUnit,

    /// <summary>Presented it.</summary>
    Presenter,

    /// <summary>Commands the unit.</summary>
    UnitCommander,

    /// <summary>Watches over all of them.</summary>
    Any,
}

/// <summary>
/// Who may do what with a register, as one table. Who keeps the store presents it; who agrees keeps nothing there, has no chain of command in common
/// with those who do, and sees every case that it names.
/// </summary>
internal static class TakingOverAccess
{
    static readonly Dictionary<RegisterAction, (Role Role, RegisterTie Tie)[]> Table = new()
    {
        [RegisterAction.Present] = [(Role.Custodian, RegisterTie.OfUnit)],
        [RegisterAction.View] =
        [
            (Role.Custodian, RegisterTie.Presenter), (Role.Commander, RegisterTie.UnitCommander), (Role.Integrity, RegisterTie.Any), (Role.Overseer, RegisterTie.Any),
        ],
        [RegisterAction.Countersign] = [(Role.Integrity, RegisterTie.Any), (Role.Overseer, RegisterTie.Any)],
    };

    /// <summary>The units whose register this person may present.</summary>
    public static IReadOnlyList<Guid> UnitsOf(Actor actor) =>
        [.. actor.Posts.Where(p => Table[RegisterAction.Present].Any(row => row.Role == p.Role)).Select(p => p.Unit).Distinct()];

    /// <summary>Whether a role of this person ever has to do with registers.</summary>
    public static bool Serves(Actor actor) => Table[RegisterAction.View].Concat(Table[RegisterAction.Present]).Any(row => actor.Has(row.Role));

    /// <summary>The refusal of presenting a register of a unit, or null.</summary>
    public static Refusal? RefusesToPresent(Guid unit, Actor actor, Register register, DateTimeOffset now) =>
        UnitsOf(actor).Contains(unit) ? null : new Refusal(Bars.Role, new Reroute(nameof(Role.Custodian), register.Holders(Role.Custodian, now, unit)));

    /// <summary>The refusal of an action on a register that was presented, or null.</summary>
    public static Refusal? Refuses(RegisterAction action, RegisterFacts facts)
    {
        if (facts.Taken.Presented is not { } presented) return new Refusal(Bars.Role);
        var allowed = Table[action].Any(row => facts.Actor.Has(row.Role) && row.Tie switch
        {
            RegisterTie.Presenter => facts.Taken.By == facts.Actor.Person,
            RegisterTie.UnitCommander => facts.Actor.Commands(presented.Unit, facts.Register),
            RegisterTie.OfUnit => UnitsOf(facts.Actor).Contains(presented.Unit),
            _ => true,
        });
        if (!allowed) return new Refusal(Bars.Role, WhoMay(facts));
        // Whoever may not see one of its cases does not see that it is named here; who presented it wrote it.
        if (facts.Taken.By != facts.Actor.Person && facts.Cases.Values.Any(c => c.Case.Exists && !c.Sees)) return new Refusal(Bars.Role, WhoMay(facts));
        if (action != RegisterAction.Countersign) return null;
        var bar = Recusal.Between(facts.Actor.Person, facts.Keepers, facts.Register, facts.Now) ?? facts.Cases.Values.Select(c => c.Bar).FirstOrDefault(b => b is not null);
        return bar is null ? null : new Refusal(bar, WhoMay(facts));
    }

    static Reroute WhoMay(RegisterFacts facts)
    {
        foreach (var role in new[] { Role.Integrity, Role.Overseer })
        {
            var free = facts.Register.Holders(role, facts.Now).Where(p => Recusal.Between(p, facts.Keepers, facts.Register, facts.Now) is null).ToList();
            if (free.Count > 0) return new Reroute(role.ToString(), free);
        }

        return new Reroute(nameof(Role.Overseer), facts.Register.Holders(Role.Overseer, facts.Now));
    }
}
