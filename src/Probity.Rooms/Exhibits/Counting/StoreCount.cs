using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits.Counting;

/// <summary>A count of a place of the store.</summary>
internal sealed record StoreCount : IState<StoreCount>
{
    public static StoreCount Initial { get; } = new();

    public Guid Id { get; init; }
    public StoreCounted? Counted { get; init; }
    public Guid Counter { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>Every exhibit that a count names: expected, found besides, or moved meanwhile.</summary>
    public static IEnumerable<Guid> AllOf(StoreCounted counted) => counted.Expected.Concat(counted.Unexpected).Concat((counted.Moves ?? []).Select(m => m.Exhibit)).Distinct();

    public StoreCount Apply(Recorded recorded) => recorded.Event is StoreCounted e && Counted is null
        ? this with { Id = recorded.Stream.Value, Counted = e, Counter = recorded.Actor.Value, At = recorded.When }
        : this;
}

/// <summary>Who may count, and when a place has to be counted again.</summary>
internal static class Counts
{
    public const string Keeper = "exhibits.counter-keeps";
    public const string OwnUnit = "exhibits.counter-own-unit";
    public const string Seized = "exhibits.counter-seized";

    /// <summary>How long the second person has to sign: what lies at a place changes every day.</summary>
    public static readonly TimeSpan SignWithin = TimeSpan.FromHours(24);

    /// <summary>Whether a count can be signed no longer, and the place is to be counted again: it is too old, or another one came after it.</summary>
    public static bool HasLapsed(DateTimeOffset at, StorageLocation location, DateTimeOffset now) => now - at > SignWithin || location.CountedAt > at;

    /// <summary>Within what time every place is counted once.</summary>
    public const int EveryMonths = 12;

    /// <summary>
    /// What keeps somebody from counting a place: an auditor is never the custodian, has no key to it, holds nothing that is there, seized none of it, and
    /// commands nobody of its unit; only the integrity office and the overseer may sit in it.
    /// </summary>
    public static string? Refuses(Guid person, StorageLocation location, IReadOnlyCollection<Exhibit> there, Register register, DateTimeOffset now)
    {
        var actor = Actor.From(register, person, now);
        if (actor.Has(Role.Custodian) || location.Keyholders.Contains(person) || there.Any(e => e.Chain.Holder == person)) return Keeper;
        if (there.Any(e => e.IsFromTheHandsOf(person))) return Seized;
        if (!actor.Roles.Any(r => r != Role.Administrator)) return SecondPerson.Unfit;
        if (actor.Has(Role.Integrity) || actor.Has(Role.Overseer)) return null;
        return actor.Commands(location.Unit, register) || actor.Posts.Any(p => p.Unit == location.Unit) ? OwnUnit : null;
    }

    /// <summary>The seals of an exhibit that a count read otherwise than they should have been then.</summary>
    public static IEnumerable<(int Package, string Expected, string Read)> DifferingSeals(StoreCounted counted, Exhibit exhibit, DateTimeOffset at) =>
        (counted.Seals ?? []).Where(s => s.Exhibit == exhibit.Id).Select(s => (s.Package, exhibit.SealOf(s.Package, at) ?? "", s.Seal))
            .Where(s => ExhibitTexts.SealAsRead(s.Item2) != ExhibitTexts.SealAsRead(s.Seal));

    /// <summary>Why a place has to be counted, a key of the texts, or null where it need not be.</summary>
    /// <param name="location">The place.</param>
    /// <param name="newcomer">When the last who had never put anything there before put something there; null where nobody has.</param>
    /// <param name="now">The time.</param>
    public static string? Due(StorageLocation location, DateTimeOffset? newcomer, DateTimeOffset now)
    {
        if (location.CountedAt is not { } last) return newcomer is null ? null : "count.due.never";
        if (location.KeysSince > last || newcomer > last) return "count.due.custodian";
        return now > last.AddMonths(EveryMonths) ? "count.due.year" : null;
    }
}
