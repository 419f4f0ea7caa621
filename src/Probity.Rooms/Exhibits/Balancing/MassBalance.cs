using System.Collections.Immutable;
using Probity.Exhibits.Contract;

namespace Probity.Exhibits.Balancing;

/// <summary>Whether what was seized is accounted for.</summary>
internal enum GramsState
{
    /// <summary>Somebody else has weighed all of it again, and it fits within the uncertainty.</summary>
    Balanced,

    /// <summary>Nothing contradicts, but nobody else has weighed all of it again.</summary>
    WeighedOnce,

    /// <summary>Nothing that can be held against each other: see <see cref="GramsGap"/>.</summary>
    CannotTell,

    /// <summary>More or less than was seized, beyond the uncertainty; or a count did not find it, or a witness says that it was not burned.</summary>
    DoesNotAddUp,
}

/// <summary>Why it cannot be told.</summary>
internal enum GramsGap
{
    /// <summary>It was never weighed.</summary>
    NeverWeighed,

    /// <summary>Not every package was.</summary>
    NotEveryPackage,

    /// <summary>First by somebody who had it from others than those who seized it.</summary>
    WeighedLate,

    /// <summary>It was opened in between and weighed with its packaging only.</summary>
    Opened,

    /// <summary>The same, and it was weighed without its packaging since: what comes after is held against that.</summary>
    NetSinceOpened,

    /// <summary>It was weighed too roughly: what the balance may be off by is too much of what was seized for a loss to show.</summary>
    TooRough,

    /// <summary>It was weighed again far more roughly than at first: a loss as large as the balance may be off by would not show.</summary>
    AgainTooRough,

    /// <summary>It was taken over from a register: what was seized is not on this record. Its grams count from the first weighing here.</summary>
    FromRegister,
}

/// <summary>
/// What became of the grams of one thing that was seized, samples and all: where each of them is by the newest weighing of it, and what is not
/// explained. It rests on the exhibits' entries alone.
/// </summary>
/// <param name="Kind">What was held against what: net, or with its packaging.</param>
/// <param name="State">Whether it adds up.</param>
/// <param name="Gap">Why that cannot be told.</param>
/// <param name="Figures">The grams; nothing where it was not weighed at its seizure.</param>
/// <param name="Breaks">Between which two weighings it did not fit, the largest difference first; explained ones are not among them.</param>
internal sealed record MassBalance(MassKind Kind, GramsState State, GramsGap? Gap, GramsFigures Figures, ImmutableArray<MassStep> Breaks)
{
    /// <summary>The version of this reckoning, published with what it came to: another one may come to something else.</summary>
    public const int Method = 5;

    static readonly MassKind[] Kinds = [MassKind.Net, MassKind.GrossSealed, MassKind.GrossOpen];

    /// <summary>Whether grams are the measure of it: drugs, precursors, and whatever else was weighed.</summary>
    public static bool Applies(Exhibit root) => root.Kind is ExhibitKind.Drug or ExhibitKind.Precursor || !root.Readings.IsEmpty;

    /// <param name="root">What was seized.</param>
    /// <param name="samples">All that was drawn from it, and from that.</param>
    /// <param name="explained">Whether two people have settled what a weighing showed, and explained it: exhibit and act.</param>
    public static MassBalance Of(Exhibit root, IReadOnlyCollection<Exhibit> samples, Func<Guid, Guid, bool> explained)
    {
        var balance = OfWeighings(root, samples, explained);
        return root.FromRegister is null || balance.State == GramsState.DoesNotAddUp ? balance : balance with { State = GramsState.CannotTell, Gap = GramsGap.FromRegister };
    }

    static MassBalance OfWeighings(Exhibit root, IReadOnlyCollection<Exhibit> samples, Func<Guid, Guid, bool> explained)
    {
        var courses = Kinds.Select(kind => (Kind: kind, Course: MassCourse.Of(root, kind))).Where(c => !c.Course.IsEmpty).ToList();
        var known = courses.Where(c => c.Course is { First: not null, IsLate: false }).ToList();
        if (known.Count == 0)
        {
            var gap = courses.Count == 0 ? GramsGap.NeverWeighed : courses.Any(c => c.Course.First is not null) ? GramsGap.WeighedLate : GramsGap.NotEveryPackage;
            var faults = FaultsOf([root, .. samples], explained);
            return new MassBalance(MassKind.Net, IsInDoubt(root) || faults.Count > 0 ? GramsState.DoesNotAddUp : GramsState.CannotTell, gap, GramsFigures.None, [.. faults]);
        }

        // Where net and gross say different things, the worse is believed: a thief would choose the better. Else what the seizer weighed comes before what
        // was first weighed by who took it from them.
        return known.Select(c => (c.Course.Hands, Balance: Of(root, c.Kind, c.Course, samples, explained)))
            .OrderByDescending(b => b.Balance.State == GramsState.DoesNotAddUp).ThenBy(b => b.Hands).ThenBy(b => Array.IndexOf(Better, b.Balance.State)).First().Balance;
    }

    static readonly GramsState[] Better = [GramsState.DoesNotAddUp, GramsState.Balanced, GramsState.WeighedOnce, GramsState.CannotTell];

    static MassBalance Of(Exhibit root, MassKind kind, MassCourse own, IReadOnlyCollection<Exhibit> samples, Func<Guid, Guid, bool> explained)
    {
        IReadOnlyList<(Exhibit Of, MassCourse Course)> all = [(root, own), .. samples.Select(s => (s, MassCourse.Of(s, MassKind.Net, own.First!.Uncertainty)))];
        var (unexplained, settled, repacked) = (MassSum.Zero, MassSum.Zero, MassSum.Zero);
        var steps = all.SelectMany(m => m.Course.Steps).ToList();
        foreach (var (_, course) in all) unexplained += course.Now + course.Taken + course.Packaging - (course.First ?? MassSum.Zero);
        var breaks = new List<MassStep>();
        foreach (var step in Settling(steps, explained))
        {
            var isExplained = explained(step.Exhibit, step.Later);
            if (!isExplained && !step.Opened) breaks.Add(step);
            else if (!step.Counts) continue;
            else if (isExplained) (settled, unexplained) = (settled + step.Difference, unexplained - step.Difference);
            else (repacked, unexplained) = (repacked + step.Difference, unexplained - step.Difference);
        }

        // Net and gross say together what neither says alone.
        var faults = FaultsOf(all.Select(m => m.Of), explained).Where(f => breaks.All(b => (b.Exhibit, b.Later) != (f.Exhibit, f.Later))).ToList();
        breaks.AddRange(faults);
        // Many small losses, each within its own uncertainty, are one large one.
        if (breaks.Count == 0 && unexplained.IsBeyond && Longest(steps) is { } longest) breaks.Add(longest with { Difference = unexplained });
        var doubted = all.Any(m => IsInDoubt(m.Of));
        var tooRoughAgain = all.Any(m => m.Course.IsTooRoughAgain);
        var rough = IsRough(own, unexplained, all.Skip(1).Select(m => m.Course));
        // A step that another one takes back was there all the same: whoever could undo a loss on paper would have chosen the figure.
        var state = doubted || unexplained.IsBeyond || breaks.Count > 0 ? GramsState.DoesNotAddUp
            : rough || tooRoughAgain || repacked.Of.Count > 0 ? GramsState.CannotTell
            : all.All(m => m.Course.IsAgain) ? GramsState.Balanced : GramsState.WeighedOnce;
        var places = all.GroupBy(m => GramsPlaces.Of(m.Of)).ToDictionary(g => g.Key, g => g.Sum(m => m.Course.Now.Value));
        places[GramsPlace.Packaging] = all.Sum(m => m.Course.Packaging.Value);
        places[GramsPlace.Consumed] = all.SelectMany(m => m.Of.Taken).Where(t => t.Analysis is not null).Sum(t => t.Mass.Value);
        var beyond = state == GramsState.DoesNotAddUp && unexplained.IsBeyond ? unexplained.Value : 0m;
        // What only net against gross shows is missing all the same, though no figure of one kind has it.
        if (beyond == 0m && faults.Count > 0) beyond = faults.MaxBy(f => Math.Abs(f.Difference.Value))!.Difference.Value;
        // What tells nothing is said by itself: in the sum of many it would make a loss of others disappear.
        var (told, untold) = rough && state == GramsState.CannotTell ? (MassSum.Zero, unexplained.Value) : (unexplained, 0m);
        return new MassBalance(kind, state, state != GramsState.CannotTell ? null : rough ? GramsGap.TooRough : tooRoughAgain ? GramsGap.AgainTooRough : root.IsNetSinceOpened ? GramsGap.NetSinceOpened : GramsGap.Opened, new GramsFigures
        {
            Seized = own.First!.Value, Places = places.Where(p => p.Value != 0m).ToImmutableSortedDictionary(), Explained = settled.Value, Repacked = repacked.Value,
            Rough = untold, Unexplained = told.Value, Squares = told.Uncertainty.Value * told.Uncertainty.Value, Less = Math.Max(0m, -beyond), More = Math.Max(0m, beyond),
            Again = own.Again, Carried = all.Sum(m => m.Course.Now.Value - m.Course.Here), Duplicate = all.SelectMany(m => m.Of.Results).Sum(a => a.Duplicate?.Value ?? 0m),
        }, [.. breaks.OrderByDescending(b => Math.Abs(b.Difference.Value))]);
    }

    // A sample's weighing counts for that where it is rougher than what it was drawn from: else it hides no more than that does.
    static bool IsRough(MassCourse own, MassSum unexplained, IEnumerable<MassCourse> samples)
    {
        var (seized, first) = (own.First!.Value, own.First.Uncertainty);
        return MassUncertainty.IsTooLarge(first.Value, seized) || MassUncertainty.IsTooLarge(unexplained.Uncertainty.Value, seized)
            || samples.Any(s => s is { First: { } drawn, Steps.Count: > 0 } && s.Now.Uncertainty > first && MassUncertainty.IsTooLarge(s.Now.Uncertainty.Value, drawn.Value));
    }

    // What is beyond the uncertainty; and where many small steps came to a matter that was explained, all of them up to there as one.
    static IEnumerable<MassStep> Settling(List<MassStep> steps, Func<Guid, Guid, bool> explained)
    {
        var small = new Dictionary<(Guid, int?), MassSum>();
        foreach (var step in steps)
        {
            if (step.Difference.IsBeyond)
            {
                yield return step;
                continue;
            }

            var sum = small.GetValueOrDefault((step.Exhibit, step.Package), MassSum.Zero) + step.Difference;
            var settles = step.Counts && explained(step.Exhibit, step.Later);
            small[(step.Exhibit, step.Package)] = settles ? MassSum.Zero : step.Counts ? sum : sum - step.Difference;
            if (settles) yield return step with { Difference = sum };
        }
    }

    // Where net, packaging and gross do not fit, and nobody has explained it.
    static List<MassStep> FaultsOf(IEnumerable<Exhibit> members, Func<Guid, Guid, bool> explained) =>
        [.. members.SelectMany(e => e.UnsealedFaults.Where(f => !explained(e.Id, f.Reading.Act)).Select(f => new MassStep(
            e.Id, f.Reading.Package, f.Held.Earlier.Act, f.Reading.Act, f.Held.Earlier.At, f.Reading.At,
            new MassSum(f.Held.Difference.Value, MassSum.Reading(f.Reading.Act, f.Reading.Mass, f.Held.Allowed).Of), false, false))),
            .. members.SelectMany(e => NetAgainstGross.Of(e).Where(f => !explained(e.Id, f.Reading.Act)).Select(f => new MassStep(
            e.Id, f.Reading.Package, f.Earlier.Act, f.Reading.Act, f.Earlier.At, f.Reading.At, new MassSum(f.Difference.Value, MassSum.Reading(f.Reading.Act, f.Net, f.Allowed).Of), false, false)))];

    // Whatever the balance says: a count did not find it, or a witness says that it was not it that was burned.
    static bool IsInDoubt(Exhibit exhibit) => exhibit.Status is ExhibitStatus.Missing or ExhibitStatus.DestructionContested;

    // From the first weighing of all of what moved most to the newest.
    static MassStep? Longest(List<MassStep> steps) => steps.GroupBy(s => (s.Exhibit, s.Package)).MaxBy(g => Math.Abs(g.Sum(s => s.Difference.Value))) is { } most
        ? most.First() with { Later = most.Last().Later, At = most.Last().At } : null;
}
