using System.Collections.Immutable;
using System.Globalization;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits;

/// <summary>Where an analysis stands.</summary>
internal enum AnalysisStage { Reported, Returned, Reviewed }

/// <summary>An analysis of an exhibit.</summary>
/// <param name="Id">The analysis.</param>
/// <param name="Package">The package, or all of it where null.</param>
/// <param name="Substance">What was found; null where it was nothing controlled.</param>
/// <param name="Methods">By what.</param>
/// <param name="Consumed">What was used up.</param>
/// <param name="Analyst">Who analysed it.</param>
/// <param name="At">When it was reported.</param>
internal sealed record Analysis(Guid Id, int? Package, string? Substance, string Methods, Grams Consumed, Guid Analyst, DateTimeOffset At)
{
    public decimal? Purity { get; init; }
    public decimal? PurityUncertainty { get; init; }
    public Grams? Net { get; init; }
    public Grams? NetUncertainty { get; init; }
    public Grams? Duplicate { get; init; }
    public string? Profile { get; init; }

    /// <summary>On which day it was analysed, where the report says so.</summary>
    public DateOnly? Day { get; init; }

    public string? Remarks { get; init; }

    /// <summary>Why it used up more than an analysis needs.</summary>
    public string? UsedReason { get; init; }

    /// <summary>Whether who reviewed it signed for that too.</summary>
    public bool UseSeen { get; init; }

    public AnalysisStage Stage { get; init; }

    /// <summary>Its place among the exhibit's entries.</summary>
    public long Entry { get; init; }
    public Guid? Reviewer { get; init; }
    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>Why it was returned.</summary>
    public string? Reasons { get; init; }

    /// <summary>Only what another analyst has reviewed counts.</summary>
    public bool Counts => Stage == AnalysisStage.Reviewed;

    /// <summary>Whether nothing controlled was found.</summary>
    public bool IsNegative => Substance is null;

    /// <summary>The code of what was found, also where it was nothing.</summary>
    public string Found => Substance ?? Substances.Nothing;

    public static Analysis Of(AnalysisReported e, Recorded recorded) => new(e.Analysis, e.Package, e.Substance, e.Methods, e.Consumed, recorded.Actor.Value, recorded.When)
    {
        Purity = e.Purity, PurityUncertainty = e.PurityUncertainty, Net = e.Net, NetUncertainty = e.NetUncertainty, Duplicate = e.Duplicate, Profile = e.Profile, Day = e.Day, UsedReason = e.UsedReason,
    };

    public static Analysis Of(NothingControlledFound e, Recorded recorded) =>
        new(e.Analysis, e.Package, null, e.Methods, e.Consumed, recorded.Actor.Value, recorded.When) { Day = e.Day, Remarks = e.Remarks, UsedReason = e.UsedReason };

    /// <summary>
    /// How far another result's purity is from this one's, where that is more than both uncertainties together (JCGM 100:2008, 5.1); null otherwise.
    /// </summary>
    public string? PurityShift(Analysis later)
    {
        if (this is not { Purity: { } before, PurityUncertainty: { } u1 } || later is not { Purity: { } after, PurityUncertainty: { } u2 }) return null;
        var shift = after - before;
        return shift * shift > u1 * u1 + u2 * u2 ? string.Create(CultureInfo.InvariantCulture, $"{shift} % (± {u1}, ± {u2})") : null;
    }
}

/// <summary>What the laboratory said of an exhibit.</summary>
internal sealed partial record Exhibit
{
    /// <summary>From when on a submission is late.</summary>
    public static readonly TimeSpan SubmitWithin = TimeSpan.FromHours(72);

    /// <summary>How many working days the laboratory has to give it back after its result.</summary>
    public const int ReturnWithinDays = 5;

    public ImmutableArray<Analysis> Analyses { get; init; } = [];

    /// <summary>What counts: the reviewed analyses.</summary>
    public IEnumerable<Analysis> Results => Analyses.Where(a => a.Counts);

    /// <summary>What waits for a review.</summary>
    public Analysis? ToReview => Analyses.FirstOrDefault(a => a.Stage == AnalysisStage.Reported);

    /// <summary>What counts of it, by the package of what was seized: of each the newest.</summary>
    public IReadOnlyList<LaboratoryResult> NewestResults => LaboratoryResult.Newest(
        Results.Select(r => new LaboratoryResult(RootPackageOf(r.Package), r.Substance, r.ReviewedAt!.Value)));

    /// <summary>The same, and of all that was drawn from it; where two samples say different things, both. A sample has its own results alone.</summary>
    public IReadOnlyList<LaboratoryResult> ResultsWith(IEnumerable<Exhibit> family) =>
        [.. family.Where(e => Origin is null && e.Origin?.Root == Id).Prepend(this).SelectMany(e => e.NewestResults)];

    /// <summary>Whether the laboratory found nothing controlled in any of it.</summary>
    public bool IsNegativeWith(IEnumerable<Exhibit> family) =>
        LaboratoryResult.IsNegative(ResultsWith(family), Origin is { } origin ? [origin.Package] : [.. Packages.Select(p => p.Number)]);

    /// <summary>
    /// What there is to use up in an analysis or to draw a sample from: the newest net mass of a package, or of all of it, less what was taken since; where nobody
    /// weighed it net, with its packaging. Null where nobody weighed it at all.
    /// </summary>
    public Grams? LeftOf(int? package)
    {
        var of = Readings.Where(r => r.Package == package || r.Package is null || Packages.Length == 1).ToList();
        if ((of.LastOrDefault(r => r.Kind == MassKind.Net) ?? of.LastOrDefault(r => r.Kind != MassKind.Tare)) is not { } last) return package is null && MassOf(MassKind.Net) is { } all ? all.Mass : null;
        var since = Readings.IndexOf(last);
        return Taken.Where(t => t.After > since && (last.Package is null || t.Package == last.Package)).Aggregate(last.Mass, (mass, t) => mass - t.Mass);
    }

    /// <summary>
    /// What analyses of a package used up and gave no reason for, but for one of them: portions are one amount, whoever reports them. What was returned was not used up.
    /// </summary>
    public Grams UsedUnsaid(int? package, Guid? but = null) => new(Analyses
        .Where(a => a.Id != but && a.Stage != AnalysisStage.Returned && a.UsedReason is null && (package is null || a.Package is null || a.Package == package)).Sum(a => a.Consumed.Value));

    /// <summary>
    /// Whether an analysis uses up more than one needs: by itself, with what those before it gave no reason for, or with all before it more than that share of what
    /// there was.
    /// </summary>
    public bool UsesMuch(Grams used, Grams? net, int? package)
    {
        if (used == Grams.Zero) return false;
        if (MassRules.UsesMuch(used, net) || MassRules.UsesMuch(used + UsedUnsaid(package), null)) return true;
        var before = new Grams(Taken.Where(t => t.Analysis is not null && (package is null || t.Package == package)).Sum(t => t.Mass.Value));
        return LeftOf(package) is { } left && (used + before).Value > MassRules.UsedLeast && (used + before).Value > (left + before).Value * MassRules.UsedShare;
    }

    /// <summary>Whether something of it was used up in the laboratory, and nobody has weighed since what is left.</summary>
    public bool AwaitsWeighingOfRest => Analyses.LastOrDefault(a => a.Stage != AnalysisStage.Returned && a.Consumed > Grams.Zero) is { } last
        && !Readings.Any(r => r.Kind == MassKind.Net && r.Entry > last.Entry);

    /// <summary>When it was first handed to the laboratory.</summary>
    public DateTimeOffset? SubmittedAt => Releases.Where(r => r.Purpose == Purpose.Laboratory).Select(r => (DateTimeOffset?)r.At).Min();

    /// <summary>Whether it came late to the laboratory: legal limits differ, 72 hours where none is known.</summary>
    public bool IsSubmittedLate => FromRegister is null && SubmittedAt - RootSeizedAt > SubmitWithin;

    /// <summary>
    /// The same among all that was seized together: what goes there once more, such as before a destruction, is not late because the first of it went long ago.
    /// </summary>
    public bool IsSubmittedLateAmong(IEnumerable<Exhibit> family) => IsSubmittedLate && !family.Any(e => e.Id != Id && e.SubmittedAt < SubmittedAt);

    /// <summary>Whether the laboratory had it for longer than five working days after its newest result.</summary>
    public bool IsReturnedSlowly(DateTimeOffset now)
    {
        if (Results.Select(r => r.ReviewedAt).Max() is not { } since) return false;
        var back = Chain.Links.FirstOrDefault(l => !l.IsClaim && l.Out.At >= since && l.Out.Purpose != Purpose.Laboratory)?.In.At;
        if (back is null && Status != ExhibitStatus.AtLab) return false;
        return WorkingDays(since, back ?? now) > ReturnWithinDays;
    }

    // Days that begin between the two, Monday to Friday; holidays are each country's own and left out.
    static int WorkingDays(DateTimeOffset from, DateTimeOffset until)
    {
        var (day, last) = (DateOnly.FromDateTime(from.UtcDateTime), DateOnly.FromDateTime(until.UtcDateTime));
        var (weeks, rest) = Math.DivRem(Math.Max(0, last.DayNumber - day.DayNumber), 7);
        return weeks * 5 + Enumerable.Range(1, rest).Count(n => day.AddDays(n).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));
    }

    Exhibit Analyse(Recorded recorded) => recorded.Event switch
    {
        AnalysisReported e => Report(Analysis.Of(e, recorded) with { Entry = recorded.Version }),
        NothingControlledFound e => Report(Analysis.Of(e, recorded) with { Entry = recorded.Version }),
        AnalysisReviewed e => this with
        {
            Analyses = [.. Analyses.Select(a => a.Id != e.Analysis ? a : a with
            {
                Stage = e.Agrees ? AnalysisStage.Reviewed : AnalysisStage.Returned, Reviewer = recorded.Actor.Value, ReviewedAt = recorded.When, Reasons = e.Reasons, UseSeen = e.UseSeen == true,
            })],
            // What was returned is reported again, with what it used up.
            Taken = e.Agrees ? Taken : Taken.RemoveAll(t => t.Analysis == e.Analysis),
        },
        _ => Dispose(recorded),
    };

    Exhibit Report(Analysis analysis) => this with
    {
        Analyses = Analyses.Add(analysis),
        Taken = analysis.Consumed > Grams.Zero
            ? Taken.Add(new Taken(analysis.Package ?? OnlyPackage, analysis.Consumed, Grams.Zero, Readings.Length, analysis.At) { Analysis = analysis.Id }) : Taken,
    };

    int? OnlyPackage => Packages is [var one] ? one.Number : null;
}
