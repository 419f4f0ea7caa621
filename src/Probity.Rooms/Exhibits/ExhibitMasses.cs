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

    /// <summary>Whether it would show a loss: what is far apart differs whatever the balance, what is not is told by one that is fine enough.</summary>
    public bool Tells => Differs || !MassUncertainty.IsTooLarge(Allowed.Value, Expected.Value);
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
    /// since allowed for. Null where there is nothing to compare it with, or where the two are known too roughly for that.
    /// </summary>
    public Comparison? Compare(Reading reading) => HoldAgainst(reading) is { Tells: true } compared ? compared : null;

    Comparison? HoldAgainst(Reading reading)
    {
        if (CompareWithParts(reading) is { } parts) return parts;
        if (LastLike(reading) is not { } earlier) return null;
        var taken = reading.Kind == MassKind.Net ? TakenBetween(earlier, reading).ToList() : [];
        var expected = taken.Aggregate(earlier.Mass, (mass, t) => mass - t.Mass);
        return new Comparison(
            earlier, expected, reading.Mass - expected, Grams.Combine([earlier.Uncertainty, reading.Uncertainty, .. taken.Select(t => t.Uncertainty)]));
    }

    // All of it held against its packages, where each was weighed by itself since all of it was.
    Comparison? CompareWithParts(Reading reading)
    {
        if (reading.Package is not null || Packages.Length < 2) return null;
        var since = Readings.LastOrDefault(r => r.Package is null && r.Kind == reading.Kind) is { } whole ? Readings.IndexOf(whole) : -1;
        var each = Packages.Select(p => Readings.Skip(since + 1).LastOrDefault(r => r.Package == p.Number && r.Kind == reading.Kind)).OfType<Reading>().ToList();
        if (each.Count < Packages.Length || (reading.Kind != MassKind.Net && each.Any(e => OpenedBetween(e.Package, e, reading).Any()))) return null;
        var taken = reading.Kind == MassKind.Net ? each.SelectMany(e => TakenBetween(e, reading with { Package = e.Package })).ToList() : [];
        var expected = taken.Aggregate(each.Aggregate(Grams.Zero, (sum, r) => sum + r.Mass), (mass, t) => mass - t.Mass);
        return new Comparison(
            each.MaxBy(Readings.IndexOf)!, expected, reading.Mass - expected, Grams.Combine([.. each.Select(r => r.Uncertainty), reading.Uncertainty, .. taken.Select(t => t.Uncertainty)]));
    }

    Reading? LastLike(Reading reading)
    {
        // The only package is all of it.
        var earlier = Readings.LastOrDefault(r => r.Kind == reading.Kind && (r.Package == reading.Package || Packages.Length == 1));
        var repacked = reading.Kind != MassKind.Net && earlier is not null && OpenedBetween(reading.Package, earlier, reading).Any();
        return repacked ? null : earlier;
    }

    /// <summary>
    /// The new seals between two weighings of a package, or of all of it: by the clock, and on the record before the later one. What is entered once a loss has
    /// shown explains nothing of it.
    /// </summary>
    public IEnumerable<Reseal> OpenedBetween(int? package, Reading earlier, Reading later) =>
        Reseals.Where(r => (package is null || r.Package == package) && r.At >= earlier.At && r.At <= later.At && r.Entry < later.Entry);

    /// <summary>Whether a second person has signed an act, and did not say that it was not so.</summary>
    public bool IsVouchedFor(Guid act) => Acts.GetValueOrDefault(act) is { SignedBy: not null, Objection: null };

    // By the clock, and by the record's order where two things have the same time.
    IEnumerable<Taken> TakenBetween(Reading earlier, Reading reading)
    {
        var since = Readings.IndexOf(earlier);
        return Taken.Where(t => (reading.Package is null || t.Package == reading.Package) && since < t.After && t.After <= Readings.Length
            && t.At >= earlier.At && t.At <= reading.At);
    }
}
