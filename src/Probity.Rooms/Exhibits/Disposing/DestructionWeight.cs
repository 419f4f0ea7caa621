using Probity.Exhibits.Contract;

namespace Probity.Exhibits.Disposing;

/// <summary>
/// What is about to be burned, by the balance: every package weighed after the order and after the last time that it was opened, handed over or moved, in a way
/// that is held against what it weighed before.
/// </summary>
/// <param name="Mass">All of it together.</param>
/// <param name="Uncertainty">All uncertainties together, k = 2.</param>
internal sealed record DestructionWeight(Grams Mass, Grams Uncertainty)
{
    /// <summary>The weight of an exhibit whose destruction was ordered; null where something of it was not weighed so.</summary>
    public static DestructionWeight? Of(ExhibitFacts facts)
    {
        if (facts.Exhibit is not { Destruction: { } order, Packages.IsEmpty: false } exhibit) return null;
        var weighed = exhibit.Readings.Where((r, at) => at >= order.Weighings && r.Moment == Moment.PreDestruction && r.Kind != MassKind.Tare && r.At >= order.At
            && r.Entry > exhibit.TouchedAt(r.Package) && IsComparable(r, at, facts)).ToList();
        if (weighed.LastOrDefault(r => r.Package is null) is { } whole) return new DestructionWeight(whole.Mass, whole.Uncertainty);
        var each = exhibit.Packages.Select(p => weighed.LastOrDefault(r => r.Package == p.Number)).OfType<Reading>().ToList();
        return each.Count == exhibit.Packages.Length
            ? new DestructionWeight(each.Aggregate(Grams.Zero, (sum, r) => sum + r.Mass), Grams.Combine(each.Select(r => r.Uncertainty))) : null;
    }

    // A weight that can be held against none says nothing of what is missing; one in another packaging tells nothing of what is in it.
    static bool IsComparable(Reading reading, int at, ExhibitFacts facts) =>
        (facts.Exhibit with { Readings = [.. facts.Exhibit.Readings.Take(at).Where(r => WeighingTrust.Is(r, facts))] }).Compare(reading) is { IsExact: true };
}
