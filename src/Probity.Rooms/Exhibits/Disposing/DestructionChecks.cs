using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits.Contract;

namespace Probity.Exhibits.Disposing;

/// <summary>What a destruction needs: each has words on the page, and what is missing refuses it.</summary>
internal enum DestructionCheck { Order, Witnesses, Hold, Discrepancies, Custody, Retest, Sample, Weighing, Account, Signatures, Packages }

/// <summary>Whether an exhibit is ready to be destroyed, check by check.</summary>
internal static class DestructionChecks
{
    /// <summary>All checks of an exhibit whose destruction was ordered, each with whether it is met. Only what is a drug is analysed again.</summary>
    public static IReadOnlyList<(DestructionCheck Check, bool Met)> Of(DisposalFacts facts)
    {
        if (facts.Of.Exhibit is not { Destruction: { } order } exhibit) return [];
        // In the order in which they are done: what is drawn for the analysis opens a package, which is weighed after, and all of it is signed before the first is read.
        List<(DestructionCheck, bool)> checks =
        [
            (DestructionCheck.Order, facts.RefusesOrder(order.Order.OrderId, ExhibitOrderKind.Destroy) is null),
            (DestructionCheck.Witnesses, order.Order.Witnesses.All(w => RefusesWitness(w, order.Order.OrderId, facts.Of) is null)),
            (DestructionCheck.Hold, !facts.Held),
            (DestructionCheck.Discrepancies, facts.Unsettled == 0),
            (DestructionCheck.Custody, exhibit.Status is ExhibitStatus.Held or ExhibitStatus.Forfeited),
        ];
        if (exhibit.Kind == ExhibitKind.Drug) checks.Add((DestructionCheck.Retest, IsRetested(facts.Of, order)));
        if (facts.Of.Standing.Court.Orders.FirstOrDefault(o => o.Id == order.Order.OrderId) is { } stands && facts.Of.Standing.Court.KeepsSample(stands)) checks.Add((DestructionCheck.Sample, facts.KeepsSample));
        checks.Add((DestructionCheck.Weighing, exhibit.Packages.IsEmpty || DestructionWeight.Of(facts.Of) is not null));
        // What the exhibit's story says of its grams, its end says too.
        checks.Add((DestructionCheck.Account, facts.AddsUp));
        checks.Add((DestructionCheck.Signatures, exhibit.Acts.Values.All(a => a.SignedBy is not null)));
        checks.Add((DestructionCheck.Packages, !exhibit.ToRead(facts.Of.Now).Any()));
        return checks;
    }

    /// <summary>
    /// What keeps somebody from witnessing a destruction: they had the exhibit or what it comes from in hand, seized, weighed, analysed, signed or stored
    /// it, or ever had a key of a place where it lay; they are or were of a unit that seized or had it, or commanded that; or they are barred from its case.
    /// Neither a key given back nor a post left changes that. Nor may who put the order on the record. Civil society may; who runs the machine may not.
    /// </summary>
    public static string? RefusesWitness(Guid person, Guid? order, ExhibitFacts facts)
    {
        if (DisposalFacts.IsOrderOf(person, order, facts)) return DisposalFacts.OrderedIt;
        var posts = facts.Register.PostsOf(person, facts.Now).ToList();
        if (!posts.Any(p => p.Role != Role.Administrator)) return SecondPerson.Unfit;
        if (facts.Family.Append(facts.Exhibit).Any(e => HadAHandIn(person, e, facts.Store))) return ProposeDestruction.InTheChain;
        if (IsOfTheirUnits(person, facts)) return ProposeDestruction.HoldersUnit;
        return facts.Standing.Case.BarOf(person, facts.Register, facts.Now);
    }

    static bool HadAHandIn(Guid person, Exhibit exhibit, Store store) =>
        exhibit.IsFromTheHandsOf(person)
        // What one person alone says of another bars nobody: else a stranger's claim would silence a witness.
        || exhibit.Chain.Had(person) || exhibit.Releases.Any(r => r.From == person) || exhibit.Receipts.Any(r => r.To == person)
        || exhibit.Acts.Values.Any(a => a.By == person || a.Witness == person || a.SignedBy == person)
        || exhibit.Analyses.Any(a => a.Analyst == person || a.Reviewer == person)
        || exhibit.Places.Any(place => store.Locations.GetValueOrDefault(place)?.EverKeyholders.Contains(person) == true);

    // Of the unit that works the case, or one in which anybody had a post who had it in hand since the seizure; or in command of one of those, at any height.
    static bool IsOfTheirUnits(Guid person, ExhibitFacts facts)
    {
        var (register, since) = (facts.Register, facts.Exhibit.RootSeizedAt);
        var hands = facts.Family.Append(facts.Exhibit)
            .SelectMany(e => e.Chain.Links.SelectMany(l => (Guid[])[l.Out.From, l.In.To]).Append(e.Seizer).Append(e.Origin?.Seizer ?? e.Seizer)).ToHashSet();
        var units = hands.SelectMany(register.PostingsOf).Where(p => p.InForceWithin(since, facts.Now)).Select(p => register.Posts[p.Post].Unit)
            .Append(facts.Exhibit.Unit).ToHashSet();
        return register.PostingsOf(person).Where(p => p.From <= facts.Now).Select(p => register.Posts[p.Post])
            .Any(post => units.Any(u => u == post.Unit || (post.Role == Role.Commander && register.IsWithin(u, post.Unit))));
    }

    // Of the exhibit itself, or of a sample drawn from it: after the order, or drawn before and analysed after. Who opened a package since may have put
    // something else into it; only who analysed it closes it again.
    static bool IsRetested(ExhibitFacts facts, Destruction order)
    {
        var exhibit = facts.Exhibit;
        return exhibit.Analyses.Skip(order.Analyses).Any(a => a.Counts && exhibit.Reseals.All(r => r.Entry < a.Entry || r.By == a.Analyst))
            || exhibit.Samples.Where((sample, at) => exhibit.Reseals.All(r => r.Entry < sample.Entry || r.Act == sample.Act)
                && facts.Family.Any(e => e.Id == sample.Id && e.Results.Any(r => at >= order.Samples || r.At > order.At))).Any();
    }
}
