using System.Collections.Immutable;
using Probity.Exhibits.Contract;
using Probity.Records.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits.Balancing;

/// <summary>What was seized as one, with all that was drawn from it, and what it comes to; reckoned when it is first asked for.</summary>
internal sealed class GramsFamily(Exhibit root, ImmutableDictionary<Guid, Exhibit> samples, ImmutableHashSet<(Guid Exhibit, Guid Act)> explained)
{
    readonly Lazy<MassBalance> _balance = new(() => MassBalance.Of(root, [.. samples.Values], (exhibit, act) => explained.Contains((exhibit, act))));

    public Exhibit Root { get; } = root;
    public ImmutableDictionary<Guid, Exhibit> Samples { get; } = samples;
    public ImmutableHashSet<(Guid Exhibit, Guid Act)> Explained { get; } = explained;
    public MassBalance Balance => _balance.Value;
    public int Year => Root.SeizedAt.UtcDateTime.Year;
}

/// <summary>
/// Everything seized, as the record's entries up to one place have it: the same entries make the same book, on any day and on any node. It never
/// changes; each entry makes the next one.
/// </summary>
internal sealed record GramsBook
{
    public static readonly GramsBook Empty = new();

    static readonly string[] Beginnings = [EventTypes.NameOf(typeof(ExhibitSeized)), EventTypes.NameOf(typeof(ExhibitTakenOver))];

    /// <summary>The index of the first entry that is not in it: the size of the record that it was made of.</summary>
    public long Next { get; init; }

    /// <summary>When the newest entry in it was recorded.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>How many seizures in it can be read no longer, because their case was erased.</summary>
    public int Erased { get; init; }

    public ImmutableDictionary<Guid, GramsFamily> Families { get; init; } = ImmutableDictionary<Guid, GramsFamily>.Empty;
    /// <summary>The newest published balance of each unit.</summary>
    public ImmutableDictionary<Guid, (long Index, DateTimeOffset At)> Published { get; init; } = ImmutableDictionary<Guid, (long, DateTimeOffset)>.Empty;

    /// <summary>The published balances, by their entry, that came out otherwise when they were computed again; each with its unit and since when that is known.</summary>
    public ImmutableDictionary<long, (Guid Unit, DateTimeOffset At)> Contradicted { get; init; } = ImmutableDictionary<long, (Guid, DateTimeOffset)>.Empty;

    ImmutableDictionary<Guid, Guid> Roots { get; init; } = ImmutableDictionary<Guid, Guid>.Empty;
    ImmutableDictionary<Guid, (Guid Exhibit, Guid Act, bool Explained)> Findings { get; init; } = ImmutableDictionary<Guid, (Guid, Guid, bool)>.Empty;

    public GramsBook With(Recorded recorded)
    {
        var book = this with { Next = recorded.Index + 1, At = recorded.At };
        return recorded.Event switch
        {
            MatterErased => book.Without(recorded.Stream.Value),
            null when Beginnings.Contains(recorded.Type) => book with { Erased = Erased + 1 },
            _ when !recorded.Type.StartsWith("exhibits.", StringComparison.Ordinal) => book,
            ExhibitSeized or ExhibitTakenOver => book.Keep(new GramsFamily(Lean(Exhibit.Initial.Apply(recorded)), ImmutableDictionary<Guid, Exhibit>.Empty, []), recorded.Stream.Value),
            ExhibitSampled e when Roots.ContainsKey(e.Root) => book.Keep(Joined(Families[e.Root], Exhibit.Initial.Apply(recorded)), recorded.Stream.Value),
            DiscrepancyFound { Kind: DiscrepancyKind.Weight } e => book.Find(e, recorded.Stream.Value),
            DiscrepancyAnswered e when Findings.TryGetValue(recorded.Stream.Value, out var found) =>
                book with { Findings = Findings.SetItem(recorded.Stream.Value, found with { Explained = e.Explained }) },
            DiscrepancySettled { Agrees: true } when Findings.TryGetValue(recorded.Stream.Value, out var found) && found.Explained => book.Explain(found.Exhibit, found.Act),
            BalancePublished e => book with { Published = Published.SetItem(e.Unit, (recorded.Index, recorded.At)) },
            BalanceChecked e => book with
            {
                Contradicted = e is { SameRoot: false } or { SameFigures: false, Erased: 0 } ? Contradicted.SetItem(e.Statement, (e.Unit, Contradicted.TryGetValue(e.Statement, out var known) ? known.At : recorded.At)) : Contradicted.Remove(e.Statement),
            },
            _ => Roots.TryGetValue(recorded.Stream.Value, out var root) ? book.Keep(Moved(Families[root], recorded), recorded.Stream.Value) : book,
        };
    }

    // Whatever people wrote has no part in the reckoning and is not kept in memory.
    static Exhibit Lean(Exhibit exhibit) => exhibit with { Description = "", Photos = [] };

    static GramsFamily Joined(GramsFamily family, Exhibit sample) => new(family.Root, family.Samples.SetItem(sample.Id, Lean(sample)), family.Explained);

    static GramsFamily Moved(GramsFamily family, Recorded recorded) => recorded.Stream.Value == family.Root.Id
        ? new GramsFamily(Lean(family.Root.Apply(recorded)), family.Samples, family.Explained)
        : Joined(family, family.Samples[recorded.Stream.Value].Apply(recorded));

    GramsBook Keep(GramsFamily family, Guid stream) => this with
    {
        Families = Families.SetItem(family.Root.Id, family), Roots = Roots.SetItem(stream, family.Root.Id),
    };

    // A finding is named after the weighing that showed it; the newest of its exhibit is filed with it.
    GramsBook Find(DiscrepancyFound found, Guid stream)
    {
        if (!Roots.TryGetValue(found.Exhibit, out var root)) return this;
        var family = Families[root];
        var exhibit = found.Exhibit == root ? family.Root : family.Samples[found.Exhibit];
        var act = exhibit.Readings.Select(r => (Guid?)r.Act).Concat(exhibit.Analyses.Select(a => (Guid?)a.Id))
            .LastOrDefault(a => Discrepancy.StreamOf(exhibit.Id, Discrepancies.WeightKey(a!.Value)).Value == stream);
        return act is { } known ? this with { Findings = Findings.SetItem(stream, (found.Exhibit, known, false)) } : this;
    }

    GramsBook Explain(Guid exhibit, Guid act)
    {
        var family = Families[Roots[exhibit]];
        return this with { Families = Families.SetItem(family.Root.Id, new GramsFamily(family.Root, family.Samples, family.Explained.Add((exhibit, act)))) };
    }

    GramsBook Without(Guid @case)
    {
        var gone = Families.Values.Where(f => f.Root.Case == @case).ToList();
        var ids = gone.SelectMany(f => f.Samples.Keys.Append(f.Root.Id)).ToHashSet();
        return this with
        {
            Erased = Erased + gone.Count, Families = Families.RemoveRange(gone.Select(f => f.Root.Id)), Roots = Roots.RemoveRange(ids),
            Findings = Findings.RemoveRange(Findings.Where(f => ids.Contains(f.Value.Exhibit)).Select(f => f.Key)),
        };
    }
}
