using System.Collections.Immutable;
using Probity.Exhibits.Contract;

namespace Probity.Exhibits;

/// <summary>
/// What is in a package and what is around it weigh together what both do: net and packaging held against gross. It shows what like held against like never
/// does: the first net mass of what was opened.
/// </summary>
/// <param name="Reading">The weighing that completed it.</param>
/// <param name="Earlier">The one that it was held against.</param>
/// <param name="Expected">The net mass that would have fitted: the nearest one.</param>
/// <param name="Net">The net mass that was weighed.</param>
/// <param name="Allowed">All uncertainties together.</param>
internal sealed record NetAgainstGross(Reading Reading, Reading Earlier, Grams Expected, Grams Net, Grams Allowed)
{
    public Grams Difference => Net - Expected;

    public bool Differs => Difference.Size > Allowed;

    /// <summary>
    /// Each weighing of an exhibit after which its net, its packaging and its gross do not fit, in the order of the record; what only says again what one before
    /// it has said is left out.
    /// </summary>
    public static IReadOnlyList<NetAgainstGross> Of(Exhibit exhibit)
    {
        var found = new List<NetAgainstGross>();
        if (!exhibit.Readings.Any(r => r.Kind == MassKind.Net) || !exhibit.Readings.Any(r => r.Kind is MassKind.GrossSealed or MassKind.GrossOpen)) return found;
        for (var at = 0; at < exhibit.Readings.Length; at++)
        {
            var reading = exhibit.Readings[at];
            if (Of(exhibit with { Readings = [.. exhibit.Readings.Take(at)] }, reading) is not { Differs: true } fault) continue;
            if (!found.Any(f => f.Reading.Package == reading.Package && (f.Difference - fault.Difference).Size.Value <= fault.Allowed.Value)) found.Add(fault);
        }

        return found;
    }

    /// <summary>A new weighing held against what was weighed of the same package in other ways; null where that says nothing.</summary>
    public static NetAgainstGross? Of(Exhibit before, Reading reading) =>
        // Where all of it was weighed as one, the last package completes the whole.
        Of(before, reading, reading.Package) ?? (reading.Package is not null && before.Packages.Length > 1 && before.Readings.Any(r => r.Package is null) ? Of(before, reading, null) : null);

    static NetAgainstGross? Of(Exhibit before, Reading reading, int? package)
    {
        // What the seizer weighed comes before any gross mass since: who opened it chose that.
        if (package == reading.Package && OfSeizure(before, reading) is { } own) return own;
        var exhibit = before with { Readings = before.Readings.Add(reading) };
        Weighed? Last(params MassKind[] kinds) => kinds.Select(k => Weighed.Of(exhibit, k, package)).OfType<Weighed>().MaxBy(w => w.Order);
        if (Last(MassKind.Net) is not { } net || Last(MassKind.GrossSealed, MassKind.GrossOpen) is not { } gross) return null;
        var tare = Last(MassKind.Tare);
        // Held once: by whichever of the three came last.
        if (net.Last != reading && gross.Last != reading && tare?.Last != reading) return null;
        var (first, then) = net.Order < gross.Order ? (net, gross) : (gross, net);
        var taken = first.Parts.SelectMany(p => exhibit.TakenBetween(p, then.Last with { Package = p.Package })).ToList();
        var gone = taken.Sum(t => t.Mass.Value);
        var around = gross.Mass - net.Mass + (first == net ? gone : -gone);
        Grams[] uncertainties = [net.Uncertainty, gross.Uncertainty, .. taken.Select(t => t.Uncertainty)];
        var allowed = Grams.Combine(uncertainties);
        var earlier = reading == first.Last ? then.Last : first.Last;
        // Nothing weighs less than nothing.
        if (around < 0m) return Fault(around, allowed);
        // A packaging that was weighed in the same state: as it was, where the seizer weighed it, since nobody who keeps it chose that.
        if (tare is not null && IsSameState(exhibit, tare, gross))
        {
            var fault = Fault(around - tare.Mass, Grams.Combine([.. uncertainties, tare.Uncertainty]));
            if (fault.Differs || IsOfSeizure(exhibit, tare)) return fault;
        }

        var most = MassRules.PackagingOf(gross.Mass, package is null ? Math.Max(1, exhibit.Packages.Length) : 1).Value;
        return Fault(Math.Max(0m, around - most), allowed);

        NetAgainstGross Fault(decimal less, Grams within) => new(reading, earlier, new Grams(net.Mass + less), new Grams(net.Mass), within);
    }

    /// <summary>A net mass held against what the seizer's own weighings of gross and packaging leave, less what was taken since; null where they say nothing.</summary>
    public static NetAgainstGross? OfSeizure(Exhibit exhibit, Reading reading)
    {
        if (reading.Kind != MassKind.Net || PackagingOf(exhibit, reading.Package) is not { } packaging) return null;
        var seized = exhibit.Readings.LastOrDefault(r => r.Kind == MassKind.GrossSealed && (r.Package == reading.Package || exhibit.Packages.Length == 1)
            && IsOfSeizure(exhibit, r) && exhibit.Reseals.All(s => s.At >= r.At));
        if (seized is null || seized.Entry >= reading.Entry) return null;
        var taken = exhibit.TakenBetween(seized, reading).ToList();
        var expected = new Grams(seized.Mass.Value - packaging.Mass - taken.Sum(t => t.Mass.Value));
        return new NetAgainstGross(reading, seized, expected, reading.Mass, Grams.Combine([seized.Uncertainty, packaging.Uncertainty, reading.Uncertainty, .. taken.Select(t => t.Uncertainty)]));
    }

    /// <summary>
    /// What the packaging of a package, or of all of it, weighs by the seizer's own weighings: by itself, or as the difference of gross and net. Null where they
    /// do not say.
    /// </summary>
    public static (decimal Mass, Grams Uncertainty)? PackagingOf(Exhibit exhibit, int? package)
    {
        var seized = exhibit with { Readings = [.. exhibit.Readings.Where(r => IsOfSeizure(exhibit, r) && exhibit.Reseals.All(s => s.At >= r.At))] };
        if (Weighed.Of(seized, MassKind.Tare, package) is { } tare) return (tare.Mass, tare.Uncertainty);
        return Weighed.Of(seized, MassKind.GrossSealed, package) is { } gross && Weighed.Of(seized, MassKind.Net, package) is { } net && gross.Mass >= net.Mass
            ? (gross.Mass - net.Mass, Grams.Combine(gross.Uncertainty, net.Uncertainty)) : null;
    }

    /// <summary>Whether it was weighed by who seized it, before they gave it away.</summary>
    public static bool IsOfSeizure(Exhibit exhibit, Reading reading) =>
        exhibit.FromRegister is null && reading.Weigher == exhibit.Seizer && (exhibit.Chain.Links is not [var first, ..] || reading.At <= first.In.At);

    static bool IsOfSeizure(Exhibit exhibit, Weighed weighed) => weighed.Parts.All(p => IsOfSeizure(exhibit, p));

    static bool IsSameState(Exhibit exhibit, Weighed one, Weighed other) => one.Parts.All(p => other.Parts.All(o => p.Package != o.Package
        || !(p.Entry <= o.Entry ? exhibit.OpenedBetween(p.Package, p, o) : exhibit.OpenedBetween(p.Package, o, p)).Any()));

    // All of it, or one package: as one, or as the sum of its packages where each was weighed by itself later.
    sealed record Weighed(ImmutableArray<Reading> Parts, int Order)
    {
        public decimal Mass => Parts.Sum(p => p.Mass.Value);

        public Grams Uncertainty => Grams.Combine(Parts.Select(p => p.Uncertainty));

        public Reading Last => Parts.MaxBy(p => p.Entry)!;

        public static Weighed? Of(Exhibit exhibit, MassKind kind, int? package)
        {
            var all = exhibit.Readings.Where(r => r.Kind == kind).ToList();
            if (package is not null || exhibit.Packages.Length == 1)
            {
                return all.LastOrDefault(r => r.Package == package || exhibit.Packages.Length == 1) is { } one ? new Weighed([one], exhibit.Readings.LastIndexOf(one)) : null;
            }

            var whole = all.LastOrDefault(r => r.Package is null);
            var each = exhibit.Packages.Select(p => all.LastOrDefault(r => r.Package == p.Number)).OfType<Reading>().ToList();
            if (each.Count > 0 && each.Count == exhibit.Packages.Length && (whole is null || each.All(r => r.Entry > whole.Entry)))
                return new Weighed([.. each], each.Max(exhibit.Readings.LastIndexOf));
            return whole is null ? null : new Weighed([whole], exhibit.Readings.LastIndexOf(whole));
        }
    }
}
