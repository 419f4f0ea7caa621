using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Home;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Risk.Indicators;

/// <summary>One indicator as a reader may see it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Href">Its page, for whoever may open it.</param>
/// <param name="Counts">Whether it has a score that counts: without one nothing is said, not even that the evidence is not enough.</param>
/// <param name="Law">What the rules ask for, 0 to 100; null: not enough evidence.</param>
/// <param name="Practice">What is done.</param>
/// <param name="Source">The rule, public; null where nothing is in force.</param>
/// <param name="Marks">What a reader should know of the score: out of date, waiting, the record shows less.</param>
public sealed record IndicatorLine(string Key, string Question, string? Href, bool Counts, int? Law, int? Practice, string? Source, IReadOnlyList<(string Text, Tone Tone)> Marks);

/// <summary>A dimension and its indicators. The means are null where fewer than half have a score that counts.</summary>
public sealed record DimensionPart(string Title, double? Law, double? Practice, IReadOnlyList<IndicatorLine> Lines);

/// <summary>All dimensions; <paramref name="Scored"/> of <paramref name="Total"/> indicators have a score that counts.</summary>
public sealed record IndicatorsSheet(IReadOnlyList<DimensionPart> Parts, int Scored, int Total, bool MayState);

/// <summary>
/// Shows everybody what the rules ask for beside what is done, by dimension. Only what an overseer confirmed and what is up to date counts; where the house's own figures show less than was
/// stated, the page says so.
/// </summary>
internal sealed class ShowIndicators(FoldedStream<IndicatorScores> scores, Standings standings, TimeProvider time)
{
    public const string Address = "/risk/indicators";

    // Half a step of the scale: a score is nearest to what the record shows within it.
    const double HalfStep = 12.5;

    internal sealed record Line(string Indicator, string Dimension, int? Law, int? Practice, string? LawSource, DateTimeOffset? UpToDateUntil);

    public static void MapPublic(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowIndicators show) => Rendered.Page<IndicatorsPage>(new { Sheet = await show.ReadAsync(http) }));
        pages.MapGet("/api/risk/indicators", async (ShowIndicators show, CancellationToken cancel) => await show.TellAsync(cancel))
            .WithTags("Risk").WithName("listIndicators").WithSummary("What the rules ask for and what is done, 0 to 100 each, as an overseer confirmed it; left out where the evidence is not enough or out of date.");
    }

    async Task<IReadOnlyList<Line>> TellAsync(CancellationToken cancel)
    {
        var (known, now) = (await scores.ReadAsync(cancel), time.GetUtcNow());
        return [.. IndicatorList.All.Select(i => known.CountingOf(i.Key, now) is var s ? new Line(i.Key, i.Dimension, s?.Law, s?.Practice, s?.LawSource, s?.UpToDateUntil) : null!)];
    }

    async Task<IndicatorsSheet> ReadAsync(HttpContext http)
    {
        var (known, now, sees) = (await scores.ReadAsync(http.RequestAborted), time.GetUtcNow(), IndicatorAccess.Sees(http.User));
        var figures = await standings.Read(http.RequestAborted);
        return new IndicatorsSheet(
            [.. IndicatorList.Dimensions.Select(d => new DimensionPart(
                IndicatorText.Of("dimension." + d), known.MeanOf(d, s => s.Law, now), known.MeanOf(d, s => s.Practice, now),
                [.. IndicatorList.All.Where(i => i.Dimension == d).Select(i => LineOf(i, known, figures, sees, now))]))],
            IndicatorList.All.Count(i => known.CountingOf(i.Key, now) is not null), IndicatorList.All.Count, SignedInPerson.Has(http.User, Role.Integrity));
    }

    static IndicatorLine LineOf(Indicator indicator, IndicatorScores known, IReadOnlyDictionary<string, StandingRow> figures, bool sees, DateTimeOffset now)
    {
        var (score, marks) = (known.CountingOf(indicator.Key, now), new List<(string, Tone)>());
        if (score is null) marks.Add(known.ConfirmedOf(indicator.Key) is null ? (IndicatorText.Of("mark.none"), Tone.Neutral) : (IndicatorText.Of("mark.old"), Tone.Attention));
        if (sees && known.WaitingOf(indicator.Key) is not null) marks.Add((IndicatorText.Of("mark.waits"), Tone.Info));
        if (FigureOf(indicator, figures) is { } figure && ShowsLess(score?.Practice, figure)) marks.Add((IndicatorText.Of("mark.less"), Tone.Urgent));
        return new IndicatorLine(indicator.Key, IndicatorText.Of("indicator." + indicator.Key), sees ? $"{Address}/{indicator.Key}" : null, score is not null, score?.Law, score?.Practice, score?.LawSource, marks);
    }

    /// <summary>The house's own figure of an indicator, where it has one that was measured.</summary>
    internal static StandingRow? FigureOf(Indicator indicator, IReadOnlyDictionary<string, StandingRow> figures) =>
        indicator.Figure is { } key && figures.GetValueOrDefault(key) is { Share: not null } row ? row : null;

    /// <summary>Whether the record shows less than was stated: by more than half a step of the scale.</summary>
    internal static bool ShowsLess(int? practice, StandingRow figure) => practice > (100 * figure.Share!.Value) + HalfStep;

    /// <summary>A mean, rounded, and its band: <c>B (71)</c>.</summary>
    internal static string Said(double? mean) => mean is { } known
        ? string.Create(CultureInfo.CurrentCulture, $"{IndicatorList.BandOf(Math.Round(known))} ({Math.Round(known)})") : IndicatorText.Of("not-enough");
}
