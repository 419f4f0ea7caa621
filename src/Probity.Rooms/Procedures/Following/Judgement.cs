using Probity.Lens.Conformance;
using Probity.Lens.Logs;

namespace Probity.Procedures.Following;

/// <summary>What the check of the closed cases found, and up to which entry of the record it looked.</summary>
internal sealed record Judgement(
    IReadOnlyList<CaseTrace> Cases, EventLog Log, ConformanceResult Result, IReadOnlyDictionary<Guid, VariantResult> ByCase, int Open,
    long Next, DateTimeOffset AsOf)
{
    public int Followed => ByCase.Values.Count(v => v.Fits);

    /// <summary>The cases in which this happened to this activity.</summary>
    public IReadOnlyList<Guid> With(DeviationKind kind, string activity) =>
        [.. Cases.Where(c => ByCase[c.Id].Deviations.Any(d => d.Kind == kind && d.Activity == activity)).Select(c => c.Id)];

    public static Judgement Of(CaseLog cases, Lens.Procedures.PetriNet procedure, DateTimeOffset now, CancellationToken cancel)
    {
        var closed = cases.Cases.Where(c => c.Closed).OrderBy(c => c.Number, StringComparer.Ordinal).ToList();
        var log = CaseLog.ToLog(closed);
        var result = ConformanceCheck.Run(log, procedure, new ConformanceOptions { Threads = 1 }, null, cancel);
        var byCase = new Dictionary<Guid, VariantResult>();
        foreach (var variant in result.Variants)
        {
            foreach (var at in variant.Variant.Cases) byCase[closed[at].Id] = variant;
        }

        return new Judgement(closed, log, result, byCase, cases.Cases.Count - closed.Count, cases.Next, now);
    }
}
