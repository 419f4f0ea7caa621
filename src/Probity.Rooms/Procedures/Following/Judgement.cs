using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Lens.Procedures.Drawings;

namespace Probity.Procedures.Following;

/// <summary>The closed cases that began under one version, held against it.</summary>
internal sealed record JudgedVersion(int Number, ProcedureDrawing Drawing, IReadOnlyList<CaseTrace> Cases, EventLog Log, ConformanceResult Result);

/// <summary>A way of departing, over all versions: in which cases.</summary>
internal sealed record Departure(DeviationKind Kind, string Activity, IReadOnlyList<CaseTrace> Cases);

/// <summary>What the check of the closed cases found, and up to which entry of the record it looked.</summary>
/// <param name="Cases">The closed cases.</param>
/// <param name="Log">All of them as one log, for maps and times.</param>
/// <param name="Versions">Each version with the cases that it judges.</param>
/// <param name="ByCase">What was found in each case.</param>
/// <param name="Governing">The procedure with its versions.</param>
/// <param name="Open">How many cases are open.</param>
/// <param name="Next">The first entry that was not looked at.</param>
/// <param name="AsOf">When it was counted.</param>
internal sealed record Judgement(
    IReadOnlyList<CaseTrace> Cases, EventLog Log, IReadOnlyList<JudgedVersion> Versions, IReadOnlyDictionary<Guid, VariantResult> ByCase, Sop Governing, int Open,
    long Next, DateTimeOffset AsOf)
{
    public int Followed => ByCase.Values.Count(v => v.Fits);

    public int Unfinished => Versions.Sum(v => v.Result.Alignments.Unfinished);

    /// <summary>Whether a case followed the version that it began under.</summary>
    public bool Fits(CaseTrace trace) => ByCase[trace.Id].Fits;

    /// <summary>The ways in which cases depart, the most frequent first.</summary>
    public IReadOnlyList<Departure> Departures() =>
    [
        .. Cases.SelectMany(c => ByCase[c.Id].Deviations.Select(d => (d.Kind, d.Activity)).Distinct().Select(key => (key, Case: c)))
            .GroupBy(x => x.key, x => x.Case)
            .Select(g => new Departure(g.Key.Kind, g.Key.Activity, [.. g]))
            .OrderByDescending(d => d.Cases.Count).ThenBy(d => d.Kind).ThenBy(d => d.Activity, StringComparer.Ordinal),
    ];

    /// <summary>Holds each closed case against the version that was in force when it was opened.</summary>
    public static Judgement Of(CaseLog cases, Sop governing, DateTimeOffset now, CancellationToken cancel)
    {
        var closed = cases.Cases.Where(c => c.Closed).OrderBy(c => c.Number, StringComparer.Ordinal).ToList();
        var byCase = new Dictionary<Guid, VariantResult>();
        var versions = new List<JudgedVersion>();
        foreach (var group in closed.GroupBy(c => governing.InForceAt(c.Opened)!.Number).OrderBy(g => g.Key))
        {
            var drawing = SopDrawings.Read(governing.Numbered(group.Key)!.Drawing);
            var (part, log) = (group.ToList(), CaseLog.ToLog(group));
            var result = ConformanceCheck.Run(log, drawing.Net, new ConformanceOptions { Threads = 1 }, null, cancel);
            // ToLog sorts as this list is sorted: by number.
            foreach (var variant in result.Variants)
                foreach (var at in variant.Variant.Cases) byCase[part[at].Id] = variant;
            versions.Add(new JudgedVersion(group.Key, drawing, part, log, result));
        }

        return new Judgement(closed, CaseLog.ToLog(closed), versions, byCase, governing, cases.Cases.Count - closed.Count, cases.Next, now);
    }
}
