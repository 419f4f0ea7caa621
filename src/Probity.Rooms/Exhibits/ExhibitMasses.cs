using Probity.Exhibits.Contract;

namespace Probity.Exhibits;

/// <summary>A weighing held against the last one that it can be compared with.</summary>
/// <param name="Earlier">That one.</param>
/// <param name="Expected">What it should weigh: what it weighed, less what was taken since and recorded.</param>
/// <param name="Difference">How much more or less it weighs.</param>
/// <param name="Allowed">How far apart the readings may be: all uncertainties together.</param>
internal sealed record Comparison(Reading Earlier, Grams Expected, Grams Difference, Grams Allowed)
{
    public bool Differs => Difference.Size > Allowed;
}

/// <summary>What an exhibit weighs, and what was taken from it.</summary>
internal sealed partial record Exhibit
{
    /// <summary>The newest mass of all of it, of a kind; the sum of its packages where each was weighed by itself. Null where something is missing.</summary>
    public (Grams Mass, Grams Uncertainty)? MassOf(MassKind kind) => MassOf(kind, Readings);

    (Grams Mass, Grams Uncertainty)? MassOf(MassKind kind, IEnumerable<Reading> readings)
    {
        var of = readings.Where(r => r.Kind == kind).ToList();
        if (of.LastOrDefault(r => r.Package is null) is { } whole) return (whole.Mass, whole.Uncertainty);
        var each = Packages.Select(p => of.LastOrDefault(r => r.Package == p.Number)).ToList();
        return each.Count > 0 && each.All(r => r is not null)
            ? (each.Aggregate(Grams.Zero, (sum, r) => sum + r!.Mass), Grams.Combine(each.Select(r => r!.Uncertainty)))
            : null;
    }

    /// <summary>
    /// A new weighing held against the last of the same package and kind: with its packaging only while that is the same, and net with what was taken
    /// since allowed for. Null where there is nothing to compare it with.
    /// </summary>
    public Comparison? Compare(Reading reading)
    {
        if (LastLike(reading) is not { } earlier) return null;
        var taken = reading.Kind == MassKind.Net ? TakenBetween(earlier, reading).ToList() : [];
        var expected = taken.Aggregate(earlier.Mass, (mass, t) => mass - t.Mass);
        return new Comparison(
            earlier, expected, reading.Mass - expected, Grams.Combine([earlier.Uncertainty, reading.Uncertainty, .. taken.Select(t => t.Uncertainty)]));
    }

    Reading? LastLike(Reading reading)
    {
        var earlier = Readings.LastOrDefault(r => r.Package == reading.Package && r.Kind == reading.Kind);
        var repacked = reading.Kind != MassKind.Net && earlier is not null && Reseals.Any(r =>
            (reading.Package is null || r.Package == reading.Package) && r.At >= earlier.At && r.At <= reading.At);
        return repacked ? null : earlier;
    }

    // By the clock, and by the record's order where two things have the same time.
    IEnumerable<Taken> TakenBetween(Reading earlier, Reading reading)
    {
        var since = Readings.IndexOf(earlier);
        return Taken.Where(t => (reading.Package is null || t.Package == reading.Package) && since < t.After && t.After <= Readings.Length
            && t.At >= earlier.At && t.At <= reading.At);
    }
}
