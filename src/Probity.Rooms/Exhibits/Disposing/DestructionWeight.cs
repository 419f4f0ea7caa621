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

    // A weight that can be held against none says nothing of what is missing.
    static bool IsComparable(Reading reading, int at, ExhibitFacts facts) =>
        (facts.Exhibit with { Readings = [.. facts.Exhibit.Readings.Take(at).Where(r => IsTrusted(r, facts))] }).Compare(reading) is not null;

    // Two vouch for it, and they are not the holder and a colleague: who keeps a thing does not choose the figure that it is held against.
    static bool IsTrusted(Reading reading, ExhibitFacts facts)
    {
        var holder = facts.Exhibit.Chain.Holder;
        if (facts.Family.Append(facts.Exhibit).Select(e => e.Acts.GetValueOrDefault(reading.Act)).FirstOrDefault(a => a is not null)
            is not { SignedBy: { } signer, SignedAt: { } at, Objection: null }) return false;
        return (reading.Weigher != holder && signer != holder) || !facts.Register.PostsOf(signer, at).Any(theirs => facts.Register.PostsOf(holder, at).Any(own => own.Unit == theirs.Unit));
    }
}
