using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Interdiction.ViewingTargets;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Interdiction.Watching;

/// <summary>An officer's line: where the rate lies to the limits is said in words.</summary>
public sealed record RateLine(string Name, int Decisions, int Overrides, string Rate, string Limits, string Judged, Tone Tone);

/// <summary>The picture: points and lines in the coordinates of its box.</summary>
public sealed record FunnelPicture(
    string Mean, IReadOnlyList<string> Warning, IReadOnlyList<string> Alarm, IReadOnlyList<FunnelPoint> Points,
    IReadOnlyList<(string At, string Text)> Across, IReadOnlyList<(string At, string Text)> Up);

/// <summary>A point of the picture.</summary>
public sealed record FunnelPoint(string X, string Y, string Name, bool Outside, string Anchor);

/// <summary>All that the page of decisions against the risk shows.</summary>
public sealed record OverridesSheet(IReadOnlyList<RateLine> Lines, FunnelPicture? Picture, int Decisions, int Overrides, bool UpToDate);

/// <summary>Shows integrity and the overseer which officers decide against the risk more often than chance explains.</summary>
internal sealed class ShowOverrides(OverrideRates rates, IRegister registers)
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/interdiction/overrides", async (HttpContext http, ShowOverrides slice) =>
    {
        if (!TargetAccess.SeesAll(http.User)) return Results.Forbid();
        var current = await http.CaughtUpAsync(TargetsView.ViewName, http.RequestAborted);
        var sheet = await slice.ReadAsync(SignedInPerson.Of(http.User)!.Value, current, http.RequestAborted);
        return Rendered.Page<OverridesPage>(new { Sheet = sheet });
    });

    async Task<OverridesSheet> ReadAsync(Guid person, bool current, CancellationToken cancel)
    {
        var found = await rates.ReadAsync(person, cancel);
        var register = await registers.ReadAsync(cancel);
        return new OverridesSheet(
            [.. found.Officers.Select(o => LineOf(o, found.Rate, register))],
            found.Officers.Any(o => !o.TooFew) ? Funnel.Draw(found, register.NameOf) : null, found.Decisions, found.Overrides, current);
    }

    static RateLine LineOf(OfficerRate officer, double all, Register register)
    {
        var name = register.NameOf(officer.Officer);
        if (officer.TooFew)
        {
            var few = InterdictionText.Say("rate.few", OfficerRate.Least);
            return new RateLine(name, officer.Decisions, officer.Overrides, "–", "–", few, Tone.Neutral);
        }

        var (warning, alarm) = (BinomialLimits.Of(all, officer.Decisions, BinomialLimits.Warning), BinomialLimits.Of(all, officer.Decisions, BinomialLimits.Alarm));
        var (judged, tone) = officer.Rate > alarm.High ? ("rate.alarm", Tone.Urgent)
            : officer.Rate > warning.High ? ("rate.warning", Tone.Attention)
            : officer.Rate < warning.Low ? ("rate.low", Tone.Info)
            : ("rate.usual", Tone.Neutral);
        return new RateLine(
            name, officer.Decisions, officer.Overrides, Percent(officer.Rate), $"{Percent(warning.Low)} – {Percent(warning.High)}", InterdictionText.Of(judged), tone);
    }

    internal static string Percent(double share) => share.ToString("P0", CultureInfo.CurrentCulture);
}
