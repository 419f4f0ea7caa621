using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits.Contract;

namespace Probity.Exhibits.Disposing;

/// <summary>What a destruction needs: each has words on the page, and what is missing refuses it.</summary>
internal enum DestructionCheck { Order, Hold, Discrepancies, Custody, Weighing, Signatures, Retest, Sample, Witnesses, Packages }

/// <summary>Whether an exhibit is ready to be destroyed, check by check.</summary>
internal static class DestructionChecks
{
    /// <summary>All checks of an exhibit whose destruction was ordered, each with whether it is met. Only what is a drug is analysed again.</summary>
    public static IReadOnlyList<(DestructionCheck Check, bool Met)> Of(DisposalFacts facts)
    {
        if (facts.Of.Exhibit is not { Destruction: { } order } exhibit) return [];
        var weighed = Weighed(exhibit, order).ToList();
        List<(DestructionCheck, bool)> checks =
        [
            (DestructionCheck.Order, facts.RefusesOrder(order.Order.OrderId, ExhibitOrderKind.Destroy) is null),
            (DestructionCheck.Hold, !facts.Held),
            (DestructionCheck.Discrepancies, facts.Unsettled == 0),
            (DestructionCheck.Custody, exhibit.Status is ExhibitStatus.Held or ExhibitStatus.Forfeited),
            (DestructionCheck.Weighing, exhibit.Packages.IsEmpty || IsWhole(exhibit, weighed, order.Weighings)),
            (DestructionCheck.Signatures, (weighed.Count > 0 || exhibit.Packages.IsEmpty) && weighed.All(r => exhibit.Acts.GetValueOrDefault(r.Act)?.SignedBy is not null)),
        ];
        if (exhibit.Kind == ExhibitKind.Drug) checks.Add((DestructionCheck.Retest, IsRetested(facts.Of, order)));
        if (facts.Of.Standing.Court.Orders.FirstOrDefault(o => o.Id == order.Order.OrderId) is { Said.BeforeJudgment: true }) checks.Add((DestructionCheck.Sample, facts.KeepsSample));
        checks.Add((DestructionCheck.Witnesses, order.Order.Witnesses.All(w => RefusesWitness(w, facts.Of) is null)));
        checks.Add((DestructionCheck.Packages, !exhibit.ToRead(facts.Of.Now).Any()));
        return checks;
    }

    /// <summary>
    /// What keeps somebody from witnessing a destruction: they had the exhibit or what it comes from in hand, seized, weighed, analysed, signed or stored
    /// it, are of the holder's unit, or are barred from its case. Civil society may; who runs the machine may not.
    /// </summary>
    public static string? RefusesWitness(Guid person, ExhibitFacts facts)
    {
        var posts = facts.Register.PostsOf(person, facts.Now).ToList();
        if (!posts.Any(p => p.Role != Role.Administrator)) return SecondPerson.Unfit;
        if (facts.Family.Append(facts.Exhibit).Any(e => HadAHandIn(person, e, facts.Store))) return ProposeDestruction.InTheChain;
        if (facts.Register.PostsOf(facts.Exhibit.Chain.Holder, facts.Now).Any(h => posts.Any(p => p.Unit == h.Unit))) return ProposeDestruction.HoldersUnit;
        return facts.Standing.Case.BarOf(person, facts.Register, facts.Now);
    }

    static bool HadAHandIn(Guid person, Exhibit exhibit, Store store) =>
        exhibit.IsFromTheHandsOf(person)
        || exhibit.Releases.Any(r => r.From == person || r.To == person) || exhibit.Receipts.Any(r => r.From == person || r.To == person)
        || exhibit.Acts.Values.Any(a => a.By == person || a.Witness == person || a.SignedBy == person)
        || exhibit.Analyses.Any(a => a.Analyst == person || a.Reviewer == person)
        || exhibit.Receipts.Select(r => r.Location).Append(exhibit.Location).Any(l => l is { } id && store.Locations.GetValueOrDefault(id)?.Keyholders.Contains(person) == true);

    static IEnumerable<Reading> Weighed(Exhibit exhibit, Destruction order) =>
        exhibit.Readings.Skip(order.Weighings).Where(r => r.Moment == Moment.PreDestruction && r.At >= order.At);

    // All at once, or package by package; gross or net, but not its wrapping alone.
    // And in a way in which it was weighed before, where it was: a weight that can be held against none says nothing of what is missing.
    static bool IsWhole(Exhibit exhibit, List<Reading> weighed, int before) =>
        weighed.Where(r => r.Kind != MassKind.Tare && IsKnown(exhibit, r.Kind, before)).GroupBy(r => r.Kind).Any(of => of.Any(r => r.Package is null) || exhibit.Packages.All(p => of.Any(r => r.Package == p.Number)));

    static bool IsKnown(Exhibit exhibit, MassKind kind, int before)
    {
        var earlier = exhibit.Readings.Take(before).Where(r => r.Kind != MassKind.Tare).ToList();
        return earlier.Count == 0 || earlier.Any(r => r.Kind == kind);
    }

    // Of the exhibit itself, or of a sample drawn from it: after the order, or drawn before and analysed after.
    static bool IsRetested(ExhibitFacts facts, Destruction order) =>
        facts.Exhibit.Analyses.Skip(order.Analyses).Any(a => a.Counts)
        || facts.Exhibit.Samples.Where((sample, at) => facts.Family.Any(e => e.Id == sample.Id && e.Results.Any(r => at >= order.Samples || r.At > order.At))).Any();
}
