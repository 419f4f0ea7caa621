using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Listing;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exhibits.Analysing;

/// <summary>Something that waits in the laboratory.</summary>
/// <param name="Facts">The exhibit as it stands now.</param>
/// <param name="Analysis">The analysis that waits for a review; null while there is none.</param>
/// <param name="Since">Since when it waits.</param>
/// <param name="Due">Until when it should not.</param>
internal sealed record LaboratoryItem(ExhibitFacts Facts, Analysis? Analysis, DateTimeOffset Since, DateTimeOffset Due)
{
    /// <summary>Whether an analysis of it was returned and has to be reported again.</summary>
    public bool IsReturned => Analysis is null && Facts.Exhibit.Analyses.Any(a => a.Stage == AnalysisStage.Returned);

    public bool IsOverdue => Due < Facts.Now;
}

/// <summary>What waits for an analyst, what is due first at the top. Of each kind so many, and whether there are more.</summary>
internal sealed record LaboratoryItems(IReadOnlyList<LaboratoryItem> Items, bool AreMore);

/// <summary>
/// The work of a laboratory as one analyst may see it: what is on its way to them, what they have and have not reported, what they may review, and what
/// of theirs somebody else has to review. The lists say which exhibits; each is read from the record and passes the guard.
/// </summary>
internal sealed class LaboratoryWork(DbContext views, TransparencyLog log, ExhibitDesk desk)
{
    /// <summary>The most of one kind that is shown.</summary>
    public const int Most = 100;

    /// <summary>Within what time an analysis is reported once the analyst has the exhibit, and reviewed once it is reported. Where a law says less, that holds.</summary>
    public static readonly TimeSpan ReportWithin = TimeSpan.FromDays(15), ReviewWithin = TimeSpan.FromDays(5);

    /// <summary>Handed to this person for an analysis, and not signed for.</summary>
    public async Task<LaboratoryItems> ComingAsync(Guid person, CancellationToken cancel) => await ReadAsync(
        person, views.Set<ExhibitRow>().Where(e => e.Addressee == person && e.Substance != null).OrderBy(e => e.HalfSince).ThenBy(e => e.Id).Select(e => e.Id),
        facts => facts.Exhibit.Chain.Given.LastOrDefault(r => r.To == person && r.Purpose == Purpose.Laboratory) is { } given
            ? new LaboratoryItem(facts, null, given.At, given.At + WitnessedAct.Within) : null, cancel);

    /// <summary>In this person's hands in the laboratory, without a result or a report that waits for a review.</summary>
    public async Task<LaboratoryItems> ToReportAsync(Guid person, CancellationToken cancel, int wanted = Most) => await ReadAsync(
        person, views.Set<ExhibitRow>().Where(e => e.Holder == person && e.Status == ExhibitStatus.AtLab && e.Substance != null
            && !views.Set<AnalysisRow>().Any(a => a.Exhibit == e.Id && a.Stage != AnalysisStage.Returned)).OrderBy(e => e.Since).ThenBy(e => e.Id).Select(e => e.Id),
        facts => facts.Exhibit is { Status: ExhibitStatus.AtLab, ToReview: null } exhibit && !exhibit.Results.Any() && exhibit.Chain is { Last: { } last } chain && chain.Holder == person
            ? new LaboratoryItem(facts, null, last.In.At, last.In.At + ReportWithin) : null, cancel, wanted);

    /// <summary>Reported by another analyst of this person's laboratory.</summary>
    public async Task<LaboratoryItems> ToReviewAsync(Guid person, CancellationToken cancel, int wanted = Most)
    {
        var analysts = await views.Set<AnalysisRow>().Where(a => a.Stage == AnalysisStage.Reported && a.Analyst != person).Select(a => a.Analyst).Distinct().ToListAsync(cancel);
        var facts = await desk.ReadCaseAsync(new RecordSession(log), person, Guid.Empty, cancel);
        if (!facts.Actor.Has(Role.Analyst)) return new LaboratoryItems([], false);
        Guid[] colleagues = [.. analysts.Where(a => ExhibitAccess.SharesUnit(facts, a))];
        return await ReadAsync(
            person, Waiting(a => colleagues.Contains(a.Analyst)),
            of => of.Exhibit.ToReview is { } analysis && ExhibitAccess.Refuses(ExhibitAction.ReviewAnalysis, of) is null && !of.Exhibit.IsFromTheHandsOf(person) ? Reviewed(of, analysis) : null, cancel, wanted);
    }

    /// <summary>Reported by this person, and waiting for somebody else.</summary>
    public async Task<LaboratoryItems> OwnAsync(Guid person, CancellationToken cancel) => await ReadAsync(
        person, Waiting(a => a.Analyst == person), of => of.Exhibit.ToReview is { } analysis && analysis.Analyst == person ? Reviewed(of, analysis) : null, cancel);

    IQueryable<Guid> Waiting(System.Linq.Expressions.Expression<Func<AnalysisRow, bool>> whose) => views.Set<AnalysisRow>()
        .Where(a => a.Stage == AnalysisStage.Reported).Where(whose).OrderBy(a => a.At).ThenBy(a => a.Id).Select(a => a.Exhibit);

    static LaboratoryItem Reviewed(ExhibitFacts facts, Analysis analysis) => new(facts, analysis, analysis.At, analysis.At + ReviewWithin);

    // The list may be a moment behind, and knows nothing of conflicts: what counts is what the record says of each.
    async Task<LaboratoryItems> ReadAsync(Guid person, IQueryable<Guid> ids, Func<ExhibitFacts, LaboratoryItem?> read, CancellationToken cancel, int wanted = Most)
    {
        var (items, listed) = (new List<LaboratoryItem>(), await ids.Take(Most + 1).ToListAsync(cancel));
        foreach (var id in listed)
        {
            var facts = await desk.ReadAsync(new RecordSession(log), person, id, cancel);
            if (!facts.Exhibit.Exists || ExhibitAccess.Refuses(ExhibitAction.View, facts) is not null || read(facts) is not { } item) continue;
            if (items.Count == wanted) return new LaboratoryItems([.. items.OrderBy(i => i.Due)], true);
            items.Add(item);
        }

        return new LaboratoryItems([.. items.OrderBy(i => i.Due)], listed.Count > Most);
    }
}
