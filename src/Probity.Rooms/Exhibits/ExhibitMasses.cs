using Probity.Exhibits.Contract;

namespace Probity.Exhibits;

/// <summary>A weighing held against the last one that it can be compared with.</summary>
/// <param name="Earlier">That one.</param>
/// <param name="Expected">What it should weigh: what it weighed, less what was taken since and recorded.</param>
/// <param name="Difference">How much more or less it weighs.</param>
/// <param name="Allowed">How far apart the readings may be: all uncertainties together.</param>
internal sealed record Comparison(Reading Earlier, Grams Expected, Grams Difference, Grams Allowed)
{
    /// <summary>By how much its packaging may weigh otherwise, because it was opened and sealed again in between.</summary>
    public Grams Repacked { get; init; }

    /// <summary>Whether both were weighed in the same packaging, or in none: only such a one tells what is in it.</summary>
    public bool IsExact => Repacked == Grams.Zero;

    public bool Differs => Difference.Size > Allowed + Repacked;

    /// <summary>Whether it is far rougher than what it is held against.</summary>
    public bool IsTooRough { get; init; }

    /// <summary>Whether it would show a loss: what is far apart differs whatever the balance, what is not is told by one that is fine enough.</summary>
    public bool Tells => Differs || (!IsTooRough && !MassUncertainty.IsTooLarge(Allowed.Value, Expected.Value));
}

/// <summary>What an exhibit weighs, and what was taken from it.</summary>
internal sealed partial record Exhibit
{
    /// <summary>The newest mass of all of it, of a kind; the sum of its packages where each was weighed by itself. Null where something is missing.</summary>
    public (Grams Mass, Grams Uncertainty)? MassOf(MassKind kind) => MassOf(kind, Readings);

    (Grams Mass, Grams Uncertainty)? MassOf(MassKind kind, IEnumerable<Reading> readings) => PartsOf(kind, readings) is { Count: > 0 } parts
        ? (parts.Aggregate(Grams.Zero, (sum, r) => sum + r.Mass), parts is [var one] ? one.Uncertainty : Grams.Combine(parts.Select(r => r.Uncertainty)))
        : null;

    /// <summary>The weighings that its newest mass of a kind is the sum of: they may be of different times. None where something is missing.</summary>
    public IReadOnlyList<Reading> PartsOf(MassKind kind) => PartsOf(kind, Readings);

    List<Reading> PartsOf(MassKind kind, IEnumerable<Reading> readings)
    {
        var of = readings.Where(r => r.Kind == kind).ToList();
        if (of.LastOrDefault(r => r.Package is null) is { } whole) return [whole];
        var each = Packages.Select(p => of.LastOrDefault(r => r.Package == p.Number)).OfType<Reading>().ToList();
        return each.Count == Packages.Length ? each : [];
    }

    /// <summary>The packages of which somebody else than who weighed them first has weighed the same again; one that is all there is counts as number 1.</summary>
    public IReadOnlyList<int> WeighedAgain =>
        [.. Packages.Select(p => p.Number).DefaultIfEmpty(1).Where(p => Readings.Any(again => Covers(again, p) && Readings.Any(first =>
            Covers(first, p) && first.Kind == again.Kind && first.Entry < again.Entry && first.Weigher != again.Weigher) && !IsTooRoughFor(again)))];

    bool Covers(Reading reading, int package) => reading.Kind != MassKind.Tare && (reading.Package is null || reading.Package == package || Packages.Length <= 1);

    /// <summary>Whether something was taken from it since it was last weighed in this way: what it weighed then is what it weighs no more.</summary>
    public bool IsLessThan(MassKind kind) =>
        Readings.LastOrDefault(r => r.Kind == kind) is { } last && (Taken.Any(t => t.After > Readings.IndexOf(last)) || (kind != MassKind.Net && Reseals.Any(r => r.Entry > last.Entry)));

    /// <summary>For how long after it came into a store its weighing there is still one at its intake.</summary>
    public static readonly TimeSpan IntakeWithin = TimeSpan.FromDays(7);

    /// <summary>Whether it came into a store not long ago and nobody has weighed it since.</summary>
    public bool AwaitsIntake(DateTimeOffset now) => Chain.Links is [.., { Out.Purpose: Purpose.Store } last] && now - last.In.At < IntakeWithin && Readings.All(r => r.At <= last.In.At || IsTooRoughFor(r)) && !IsOver;

    /// <summary>Whether a package, or any, was opened since it was last weighed with its packaging, and not weighed net since.</summary>
    public bool AwaitsNet => Reseals.Select(r => (long?)r.Entry).Max() is { } opened && Readings.Any(r => r.Kind != MassKind.Net && r.Entry < opened) && !Readings.Any(r => r.Kind == MassKind.Net && r.Entry > opened);

    /// <summary>
    /// A new weighing held against the last of the same package and kind, with what was taken since allowed for; with its packaging also by how much that may
    /// weigh otherwise where it was opened in between. Null where there is nothing to compare it with, or where the two are known too roughly for that.
    /// </summary>
    public Comparison? Compare(Reading reading) => HoldAgainst(reading) is { Tells: true } compared ? compared : null;

    Comparison? HoldAgainst(Reading reading)
    {
        if (CompareWithParts(reading) is { } parts) return parts;
        // The only package is all of it.
        var like = Readings.Where(r => r.Kind == reading.Kind && (r.Package == reading.Package || Packages.Length == 1)).ToList();
        // Weighed first as opened, it is held against what it weighed sealed: no more can be gone than the seal and what is around it.
        var unsealed = like.Count == 0 && reading.Kind == MassKind.GrossOpen;
        if (unsealed) like = [.. Readings.Where(r => r.Kind == MassKind.GrossSealed && (r.Package == reading.Package || Packages.Length == 1))];
        // One on a balance that was too coarse for it puts itself before none, nor does one that was too rough to be held against those before it.
        like = FineOf(like);
        if ((like.LastOrDefault(r => !IsTooLarge(r) && !IsTooRough(r)) ?? like.LastOrDefault(r => !IsTooLarge(r)) ?? like.LastOrDefault()) is not { } earlier) return null;
        return Held(reading, earlier, earlier.Mass, [earlier.Uncertainty], [.. TakenBetween(earlier, reading)], Math.Max(unsealed ? reading.Package is null ? Packages.Length : 1 : 0, Opened(reading.Package, earlier, reading)));

        static bool IsTooLarge(Reading r) => MassUncertainty.IsTooLarge(r.Uncertainty.Value, r.Mass.Value);
        bool IsTooRough(Reading r) => MassUncertainty.IsTooRoughAgain(reading.Uncertainty, reading.Mass.Value, r.Uncertainty);
    }

    // Those that were not far rougher than all that were fine enough before them.
    static List<Reading> FineOf(List<Reading> like)
    {
        var fine = new List<Reading>();
        foreach (var r in like.Where(r => fine.Count == 0 || fine.Any(f => !MassUncertainty.IsTooRoughAgain(r.Uncertainty, r.Mass.Value, f.Uncertainty)))) fine.Add(r);
        return fine;
    }

    /// <summary>Each first weighing as opened that does not fit what was weighed sealed.</summary>
    public IEnumerable<(Reading Reading, Comparison Held)> UnsealedFaults => Readings.Where(r => r.Kind == MassKind.GrossOpen)
        .Select(r => (Reading: r, Held: Without(r) is var before && before.Readings.All(b => b.Kind != MassKind.GrossOpen || b.Package != r.Package) ? before.Compare(r) : null))
        .Where(f => f.Held is { Differs: true }).Select(f => (f.Reading, f.Held!));

    /// <summary>Whether all that was opened was weighed without its packaging since.</summary>
    public bool IsNetSinceOpened => Reseals.All(s => Readings.Any(r => r.Kind == MassKind.Net && (r.Package is null || r.Package == s.Package) && r.Entry > s.Entry));

    bool IsTooRoughFor(Reading reading) => Without(reading).HoldAgainst(reading) is { IsTooRough: true, Differs: false };

    Exhibit Without(Reading reading) => this with { Readings = [.. Readings.TakeWhile(r => r.Act != reading.Act)] };

    /// <summary>Whether a package, or all of it, was last weighed again so roughly that nobody can tell whether something is gone.</summary>
    public bool AwaitsFinerWeighing => !IsOver && Readings.Length > 1 && Readings.Where(r => r.Kind != MassKind.Tare)
        .GroupBy(r => (r.Kind, r.Package)).Select(of => of.Last()).Any(last => IsTooRoughFor(last)
            && (last.Package is null ? !Packages.All(p => Readings.Any(r => r.Kind == last.Kind && r.Package == p.Number && r.Entry > last.Entry)) : !Readings.Any(r => r.Kind == last.Kind && r.Package is null && r.Entry > last.Entry)));

    // All of it held against its packages, where each was weighed by itself since all of it was.
    Comparison? CompareWithParts(Reading reading)
    {
        if (reading.Package is not null || Packages.Length < 2) return null;
        var since = Readings.LastOrDefault(r => r.Package is null && r.Kind == reading.Kind) is { } whole ? Readings.IndexOf(whole) : -1;
        var each = Packages.Select(p => Readings.Skip(since + 1).LastOrDefault(r => r.Package == p.Number && r.Kind == reading.Kind)).OfType<Reading>().ToList();
        if (each.Count < Packages.Length) return null;
        return Held(
            reading, each.MaxBy(Readings.IndexOf)!, each.Aggregate(Grams.Zero, (sum, r) => sum + r.Mass), each.Select(r => r.Uncertainty),
            [.. each.SelectMany(e => TakenBetween(e, reading with { Package = e.Package }))], each.Sum(e => Opened(e.Package, e, reading)));
    }

    Comparison Held(Reading reading, Reading earlier, Grams was, IEnumerable<Grams> uncertainties, IReadOnlyCollection<Taken> taken, int opened)
    {
        var expected = taken.Aggregate(was, (mass, t) => mass - t.Mass);
        Grams[] before = [.. uncertainties];
        return new Comparison(earlier, expected, reading.Mass - expected, Grams.Combine([.. before, reading.Uncertainty, .. taken.Select(t => t.Uncertainty)]))
        {
            IsTooRough = MassUncertainty.IsTooRoughAgain(reading.Uncertainty, reading.Mass.Value, Grams.Combine(before)),
            Repacked = reading.Kind == MassKind.Net || opened == 0 ? Grams.Zero : MassRules.RepackingOf(was.Value, reading.Package is null ? Packages.Length : 1, opened),
        };
    }

    int Opened(int? package, Reading earlier, Reading later) => OpenedBetween(package, earlier, later).Select(r => r.Package).Distinct().Count();

    /// <summary>
    /// The new seals between two weighings of a package, or of all of it: by the clock, and on the record before the later one. What is entered once a loss has
    /// shown explains nothing of it.
    /// </summary>
    public IEnumerable<Reseal> OpenedBetween(int? package, Reading earlier, Reading later) =>
        Reseals.Where(r => (package is null || r.Package == package) && r.At >= earlier.At && r.At <= later.At && r.Entry < later.Entry);

    /// <summary>Whether a second person has signed an act, and did not say that it was not so.</summary>
    public bool IsVouchedFor(Guid act) => Acts.GetValueOrDefault(act) is { SignedBy: not null, Objection: null };

    /// <summary>What was taken of a package, or of all of it, between two weighings: by the clock, and by the record's order where two things have the same time.</summary>
    public IEnumerable<Taken> TakenBetween(Reading earlier, Reading reading)
    {
        var (since, until) = (Readings.IndexOf(earlier), Readings.IndexOf(reading) is >= 0 and var at ? at : Readings.Length);
        return Taken.Where(t => (reading.Package is null || t.Package == reading.Package || Packages.Length == 1) && since < t.After && t.After <= until
            && t.At >= earlier.At && t.At <= reading.At);
    }
}
