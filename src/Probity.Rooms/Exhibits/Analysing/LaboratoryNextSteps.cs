using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared;

namespace Probity.Exhibits.Analysing;

/// <summary>What the laboratory would have an analyst do: review what another one reported, and report on what they have. What is due first comes first.</summary>
internal sealed class LaboratoryNextSteps(LaboratoryWork work) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => ShowLaboratory.Serves(person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel) => (await ReadAsync(person, most, cancel)).Steps;

    public async Task<(int Total, string Href)?> Beyond(ClaimsPrincipal person, CancellationToken cancel) =>
        await ReadAsync(person, LaboratoryWork.Most, cancel) is { Steps.Count: > 0 and var total } ? (total, ShowLaboratory.Address) : null;

    async Task<(IReadOnlyList<NextStep> Steps, bool AreMore)> ReadAsync(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (!Serves(person) || SignedInPerson.Of(person) is not { } id) return ([], false);
        var (review, report) = (await work.ToReviewAsync(id, cancel, most), await work.ToReportAsync(id, cancel, most));
        var steps = review.Items.Select(i => Step("review", i, $"/exhibits/{i.Facts.Exhibit.Id:D}/review/{i.Analysis!.Id:D}", i.Facts.Register.NameOf(i.Analysis.Analyst)))
            .Concat(report.Items.Where(i => ExhibitAccess.Refuses(ExhibitAction.Analyse, i.Facts) is null).Select(i => Step("analyse", i, $"/exhibits/{i.Facts.Exhibit.Id:D}/analysis")));
        return ([.. steps.OrderBy(s => s.Due)], review.AreMore || report.AreMore);
    }

    static NextStep Step(string key, LaboratoryItem item, string href, params ReadOnlySpan<object?> words) => new(
        $"{item.Facts.Exhibit.Number}: {ExhibitWords.Say($"next.{key}", words)}", ExhibitWords.Say($"next.{key}.why", words), ExhibitsText.Of($"next.{key}.do"), href, item.Due);
}
