using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.People.Selecting;

/// <summary>What is counted for everybody.</summary>
internal enum SelectionFigure { Competitions, Applications, Appeals, Departures }

/// <summary>How many in a year; null is several years together.</summary>
internal sealed record FigureCount(SelectionFigure Figure, int? Year, int Count);

/// <summary>A figure as it is told.</summary>
public sealed record FigureLine(string Figure, string Year, string Count);

/// <summary>How many competitions, applications, appeals and departures there were: to everybody, with no cell under five (<see cref="MergedCells"/>).</summary>
internal sealed class ShowFigures(FoldedStream<Competitions> reader)
{
    public const string Address = "/selection/figures";

    public static void MapPublic(IEndpointRouteBuilder pages) => pages.MapGet(Address, async (HttpContext http, ShowFigures show) =>
    {
        var (told, leavesOut) = Tell(Count(await show.ReadAsync(http.RequestAborted)));
        return Rendered.Page<FiguresPage>(new
        {
            Lines = told.Select(c => new FigureLine(
                SelectionText.Of("figure." + PeopleText.Camel(c.Figure)), c.Year is { } year ? year.ToString(System.Globalization.CultureInfo.InvariantCulture) : SelectionText.Of("years-together"), Figures.Whole(c.Count))).ToList(),
            LeavesOut = leavesOut,
        });
    });

    ValueTask<Competitions> ReadAsync(CancellationToken cancel) => reader.ReadAsync(cancel);

    /// <summary>What there is to count: competitions whose ranking was adopted, by the year of their first day.</summary>
    public static IEnumerable<FigureCount> Count(Competitions all) => all.All.Values.Where(c => c.AdoptedAt is not null).GroupBy(c => c.Plan.Opens.Year).SelectMany(year => (FigureCount[])
    [
        new(SelectionFigure.Competitions, year.Key, year.Count()), new(SelectionFigure.Applications, year.Key, year.Sum(c => c.Applications.Count)),
        new(SelectionFigure.Appeals, year.Key, year.Sum(c => c.Appealed)), new(SelectionFigure.Departures, year.Key, year.Sum(c => c.Departures)),
    ]).Where(c => c.Count > 0);

    /// <summary>The cells that may be told, the newest first, and whether anything is left out.</summary>
    public static (IReadOnlyList<FigureCount> Told, bool LeavesOut) Tell(IEnumerable<FigureCount> counts)
    {
        var (told, leavesOut) = MergedCells.Tell(counts, [c => c, c => c with { Year = null }], c => c.Count, (c, sum) => c with { Count = sum });
        return ([.. told.OrderByDescending(c => c.Year ?? 0).ThenBy(c => c.Figure)], leavesOut);
    }
}
