using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Lens.Conformance;
using Probity.Lens.Discovery;
using Probity.Procedures.Checking;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Procedures.Following;

/// <summary>
/// One way in which cases depart from the procedure. <paramref name="Cases"/> are those that the reader may see;
/// <paramref name="Count"/> is null where it is too small for the reader.
/// </summary>
public sealed record DepartureRow(string Kind, string Activity, int? Count, IReadOnlyList<Link> Cases, int More);

/// <summary>A step of the map: from what to what, how often, and whether it departs from the procedure.</summary>
public sealed record StepRow(string From, string To, int Count, bool Departs);

/// <summary>All that the page shows. Not <paramref name="Whole"/> for who has no part in cases: then small counts and the map are left out.</summary>
public sealed record FollowingSheet(
    bool Whole, string Result, int Followed, int Closed, int Open, int Unfinished, DateTimeOffset AsOf, IReadOnlyList<DepartureRow> Departures, IReadOnlyList<StepRow> Steps,
    string MapHref)
{
    /// <summary>Whether the reader may hold a register of their own against a procedure.</summary>
    public bool MayCheck { get; init; }
}

/// <summary>A step of one case, or one that is missing.</summary>
public sealed record FollowedStep(string Activity, string? Who, DateTimeOffset? When, string? Departure);

/// <summary>One case held against the procedure; without steps it is still open.</summary>
public sealed record FollowedSheet(Guid Id, string Number, bool Followed, bool Judged, IReadOnlyList<FollowedStep> Steps);

/// <summary>Shows whether the procedure was followed, over all closed cases and for one.</summary>
internal sealed class ShowFollowing(
    FollowCases following, ICaseDirectory cases, IRegister registers, Clerk clerk, IStringLocalizer<ProceduresText> text)
{
    const int Shown = 10;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/procedures/case-handling", async (HttpContext http, ShowFollowing slice) =>
            SignedInPerson.Of(http.User) is { } person
                ? new RazorComponentResult<FollowingPage>(new { Sheet = await slice.AllAsync(person, http.User, http.RequestAborted) }) { PreventStreamingRendering = true }
                : Results.Unauthorized());
        pages.MapGet("/procedures/case-handling/map.svg", async (HttpContext http, ShowFollowing slice) =>
            SignedInPerson.Of(http.User) is null ? Results.Unauthorized()
            : !slice.SeesWhole(http.User) ? Results.Forbid()
            : await slice.MapAsync(http.RequestAborted) is { } svg ? Results.Text(svg, "image/svg+xml") : Results.NotFound());
        pages.MapGet("/procedures/case-handling/{id:guid}", async (Guid id, HttpContext http, ShowFollowing slice) =>
            SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized()
            : await slice.OneAsync(person, id, http.RequestAborted) is { } sheet
                ? new RazorComponentResult<CaseFollowedPage>(new { Sheet = sheet }) { PreventStreamingRendering = true }
                : Results.NotFound());
    }

    /// <summary>The name of an activity in the reader's language.</summary>
    public string NameOf(string activity) => text[$"Activity.{activity}"];

    bool SeesWhole(ClaimsPrincipal user) => cases.SeesCases(user);

    async Task<FollowingSheet?> AllAsync(Guid person, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (await following.NewestAsync(cancel) is not { } found) return null;
        var whole = SeesWhole(user);
        var visible = (await cases.AmongAsync(person, [.. found.Cases.Where(c => !found.ByCase[c.Id].Fits).Select(c => c.Id)], cancel))
            .ToDictionary(c => c.Id);
        var departures = found.Result.GroupDeviations(found.Log).Select(g =>
        {
            var seen = found.With(g.Kind, g.Activity).Where(visible.ContainsKey).ToList();
            return new DepartureRow(
                text[$"Kind.{g.Kind}"], NameOf(g.Activity), whole || !PublicCount.IsTooSmall(g.Cases) ? g.Cases : null,
                [.. seen.Take(Shown).Select(id => new Link($"/procedures/case-handling/{id:D}", visible[id].Number))], Math.Max(0, seen.Count - Shown));
        });
        var departing = Departing(found);
        var (told, sentence) = whole
            ? (found.Followed, text.Count("Following.Result", found.Followed, found.Cases.Count))
            : CasesStanding.Say(found.Followed, found.Cases.Count, text);
        return new FollowingSheet(
            whole, sentence, told, found.Cases.Count, found.Open, found.Result.Alignments.Unfinished, found.AsOf, [.. departures],
            [.. whole && DirectlyFollows.Of(found.Log) is var map ? map.Edges.OrderByDescending(e => e.Count).Select(e => new StepRow(
                NameOf(map.Activities[e.From]), NameOf(map.Activities[e.To]), e.Count,
                departing.Contains((map.Activities[e.From], map.Activities[e.To])))) : []],
            string.Create(CultureInfo.InvariantCulture, $"/procedures/case-handling/map.svg?at={found.Next}&lang={CultureInfo.CurrentUICulture.TwoLetterISOLanguageName}"))
        { MayCheck = CheckAccess.Allows(CheckAction.Check, user) };
    }

    async Task<string?> MapAsync(CancellationToken cancel)
    {
        if (await following.NewestAsync(cancel) is not { } found || found.Cases.Count == 0) return null;
        var named = CaseLog.ToLog(found.Cases, NameOf);
        return ProcessMap.Svg(DirectlyFollows.Of(named), new MapOptions
        {
            Title = text["Map.Title"],
            Words = new MapWords
            {
                Start = text["Map.Start"], End = text["Map.End"], Events = text["Map.Events"], Departs = text["Map.DepartsHere"],
                Reading = text["Map.Reading"], Departing = text["Map.Departing"], LeftOut = text["Map.LeftOut"],
            },
            DeviatingSteps = Departing(found).Select(s => (NameOf(s.From), NameOf(s.To))).ToHashSet(),
            DeviatingActivities = found.ByCase.Values.SelectMany(v => v.Deviations).Where(d => d.Kind == DeviationKind.Unknown)
                .Select(d => NameOf(d.Activity)).ToHashSet(),
        });
    }

    async Task<FollowedSheet?> OneAsync(Guid person, Guid id, CancellationToken cancel)
    {
        if (await cases.OpenAsync(person, id, "procedures.case", cancel) is not { } entry) return null;
        var found = await following.NewestAsync(cancel);
        if (found?.Cases.FirstOrDefault(c => c.Id == id) is not { } trace) return new FollowedSheet(id, entry.Number, false, false, []);
        var register = await registers.ReadAsync(cancel);
        var judged = found.ByCase[id];
        var steps = new List<FollowedStep>();
        for (var at = 0; at <= trace.Steps.Count; at++)
        {
            foreach (var missing in judged.Deviations.Where(d => d.Kind == DeviationKind.Skipped && d.Position == at))
                steps.Add(new FollowedStep(NameOf(missing.Activity), null, null, text[$"Kind.{missing.Kind}"]));
            if (at == trace.Steps.Count) break;
            var step = trace.Steps[at];
            var departure = judged.Deviations.FirstOrDefault(d => d.Kind != DeviationKind.Skipped && d.Position == at);
            steps.Add(new FollowedStep(
                NameOf(step.Activity), step.Person == clerk.House.Value ? text["House"].Value : register.NameOf(step.Person), step.When,
                departure is null ? null : text[$"Kind.{departure.Kind}"].Value));
        }

        return new FollowedSheet(id, entry.Number, judged.Fits, true, steps);
    }

    // A step of the map departs where what it leads to does, or where it passes over what is missing.
    // Marked where at least one in so many does: a busy arrow on which a few cases depart would look like a broken one.
    const int MarkedFromOneIn = 2;

    static HashSet<(string From, string To)> Departing(Judgement found)
    {
        var taken = new Dictionary<(string, string), int>();
        var departed = new Dictionary<(string, string), int>();
        foreach (var variant in found.Result.Variants)
        {
            var path = variant.Variant.Activities;
            var departs = variant.Deviations.Select(d => d.Position).ToHashSet();
            for (var at = 1; at < path.Count; at++)
            {
                var step = (found.Log.Activities[path[at - 1]], found.Log.Activities[path[at]]);
                taken[step] = taken.GetValueOrDefault(step) + variant.Variant.Count;
                if (departs.Contains(at)) departed[step] = departed.GetValueOrDefault(step) + variant.Variant.Count;
            }
        }

        return [.. departed.Where(d => d.Value * MarkedFromOneIn >= taken[d.Key]).Select(d => d.Key)];
    }
}
