using Probity.Policies.Contract;
using Probity.Risk.Contract;

namespace Probity.Risk.Moving;

/// <summary>A fact that bears on a risk: what was counted, or null where it was not measured, and from which share on it raises the risk.</summary>
internal sealed record SignalFact(RiskSignal Signal, SignalCount? Count, int From)
{
    /// <summary>By how many steps of likelihood it raises the risk: 0, 1 or 2. One case alone is never more than one step.</summary>
    public int Steps => Count is not { Count: > 0 and var count, Of: var of } || 100L * count < (long)From * of ? 0
        : count > 1 && 100L * count >= (long)SignalTable.TwiceAt * From * of ? 2 : 1;
}

/// <summary>One step by which facts raised a risk; without a fact, that it is not below what was approved.</summary>
internal sealed record MovedStep(SignalFact? Fact, Rating Rating);

/// <summary>
/// What the facts of the record make of a risk. It is worked out whenever it is read, and nobody records or lowers it: it goes as it came, with the facts. It is never below what
/// remains, and where facts raise it never below what was approved: the lowering does not hold against them.
/// </summary>
internal sealed record Movement(Rating Remaining, Rating Rating, IReadOnlyList<SignalFact> Facts, IReadOnlyList<MovedStep> Steps)
{
    /// <summary>Whether facts raised it.</summary>
    public bool HasMoved => Rating != Remaining;

    /// <summary>Whether anything that bears on it was measured. Otherwise that it did not rise says nothing.</summary>
    public bool IsMeasured => Facts.Any(f => f.Count is not null);

    /// <summary>When the oldest of the facts that raise it arose; null where that is not known.</summary>
    public DateTimeOffset? Since => Facts.Where(f => f.Steps > 0).Min(f => f.Count!.Since);

    /// <param name="scenario">Its key.</param>
    /// <param name="remaining">The risk that remains without the facts.</param>
    /// <param name="approved">The risk as it was rated and approved.</param>
    /// <param name="counts">What was counted of its unit.</param>
    /// <param name="policy">The pack in force.</param>
    public static Movement Of(string scenario, Rating remaining, Rating approved, IReadOnlyDictionary<RiskSignal, SignalCount> counts, Policy policy)
    {
        var facts = SignalTable.Of(scenario).Select(s => new SignalFact(s, counts.GetValueOrDefault(s) is { Of: > 0 } count ? count : null, policy.Of(SignalTable.ShareOf(s)))).ToList();
        var (rating, steps) = (remaining, new List<MovedStep>());
        foreach (var fact in facts.Where(f => f.Steps > 0))
        {
            rating = rating with { Likelihood = Math.Min(RiskMatrix.Most, rating.Likelihood + fact.Steps) };
            steps.Add(new MovedStep(fact, rating));
        }

        if (steps.Count > 0 && !RiskMatrix.IsWithin(approved, rating))
        {
            rating = new Rating(Math.Max(rating.Likelihood, approved.Likelihood), Math.Max(rating.Impact, approved.Impact));
            steps.Add(new MovedStep(null, rating));
        }

        return new Movement(remaining, rating, facts, steps);
    }
}
