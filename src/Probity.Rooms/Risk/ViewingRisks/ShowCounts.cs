using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Risk.ViewingRisks;

/// <summary>How many risks stand in a band, as everybody may read it.</summary>
public sealed record BandLine(string Level, Tone Tone, string Count);

/// <summary>Shows everybody how many risks there are in each band, and no count under five, nothing included: that there is none in a band would say of a unit what it is. The sum is not told: what is left out would follow from it.</summary>
internal sealed class ShowCounts(Risks risks)
{
    public const string Address = "/risk/counts";

    public static void MapPublic(IEndpointRouteBuilder pages) => pages.MapGet(Address, async (HttpContext http, ShowCounts slice) =>
    {
        await http.CaughtUpAsync(RisksView.ViewName, http.RequestAborted);
        return Rendered.Page<CountsPage>(new { Lines = Tell(await slice.ReadAsync(http.RequestAborted)) });
    });

    Task<BandCounts?> ReadAsync(CancellationToken cancel) => risks.CountAsync(cancel);

    /// <summary>What is told of the counts, the highest band first; nothing where no assessment is in force.</summary>
    public static IReadOnlyList<BandLine> Tell(BandCounts? counts) => counts is null ? [] : [.. Enum.GetValues<RiskLevel>().Reverse().Select(level => new BandLine(
        RiskText.Word(level), RiskForms.ToneOf(level), counts.Bands[level] < PublicCount.Least ? RiskText.Of("counts.few") : counts.Bands[level].ToString(CultureInfo.CurrentCulture)))];
}
