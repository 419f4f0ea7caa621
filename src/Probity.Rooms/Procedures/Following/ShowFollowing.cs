using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Lens.Conformance;
using Probity.Lens.Discovery;
using Probity.Lens.Logs;
using Probity.Procedures.Checking;
using Probity.Procedures.Deviating;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Procedures.Following;

/// <summary>
/// One way in which cases depart from the procedure. <paramref name="Cases"/> are those that the reader may see;
/// <paramref name="Count"/> is null where it is too small for the reader. <paramref name="Explained"/> says in how many the step was left out
/// on purpose, and whether another person stands for it: that explains a departure and never hides it.
/// </summary>
public sealed record DepartureRow(string Kind, string Activity, int? Count, string Explained, IReadOnlyList<Link> Cases, int More);

/// <summary>A step of the map: from what to what, how often, and whether it departs from the procedure.</summary>
public sealed record StepRow(string From, string To, int Count, bool Departs);

/// <summary>All that the page shows. Not <paramref name="Whole"/> for who has no part in cases: then small counts and the map are left out.</summary>
public sealed record FollowingSheet(
    bool Whole, string Result, int Followed, int Closed, int Open, int Unfinished, DateTimeOffset AsOf, IReadOnlyList<DepartureRow> Departures, IReadOnlyList<StepRow> Steps,
    string MapHref)
{
    /// <summary>Whether the reader may hold a register of their own against a procedure.</summary>
    public bool MayCheck { get; init; }

    /// <summary>The page of the procedure, for who may read it.</summary>
    public string? SopHref { get; init; }

    /// <summary>Versions, units and periods beside each other, times and handovers.</summary>
    public FiguresSheet Figures { get; init; } = new([], [], []);
}

/// <summary>A step of one case, or one that is missing.</summary>
public sealed record FollowedStep(string Activity, string? Who, DateTimeOffset? When, string? Departure)
{
    /// <summary>That a missing step was left out on purpose, and whether another person stands for it.</summary>
    public string? Explained { get; init; }
}

/// <summary>One case held against the procedure; without steps it is still open.</summary>
public sealed record FollowedSheet(Guid Id, string Number, bool Followed, bool Judged, IReadOnlyList<FollowedStep> Steps)
{
    /// <summary>The version that it is held against: the one in force when it was opened.</summary>
    public int Version { get; init; }

    /// <summary>That version's page, for who may read it.</summary>
    public string? VersionHref { get; init; }

    /// <summary>The page of what was left out on purpose and of the unit's own steps.</summary>
    public string DeviationsHref { get; init; } = "";
}

/// <summary>Shows whether the procedure was followed, over all closed cases and for one.</summary>
internal sealed class ShowFollowing(
    FollowCases following, ICaseDirectory cases, IRegister registers, Clerk clerk, DeviationDesk deviations, FollowingFigures figures, TimeProvider time,
    IStringLocalizer<ProceduresText> text)
{
    const int Shown = 10;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/procedures/case-handling", async (HttpContext http, ShowFollowing slice) =>
            SignedInPerson.Of(http.User) is { } person
                ? Rendered.Page<FollowingPage>(new { Sheet = await slice.AllAsync(person, http.User, http.RequestAborted) })
                : Results.Unauthorized());
        pages.MapGet("/procedures/case-handling/map.svg", async (HttpContext http, ShowFollowing slice) =>
            SignedInPerson.Of(http.User) is null ? Results.Unauthorized()
            : !slice.SeesWhole(http.User) ? Results.Forbid()
            : await slice.MapAsync(http.RequestAborted) is { } svg ? Results.Text(svg, "image/svg+xml") : Results.NotFound());
        pages.MapGet("/procedures/case-handling/handovers.svg", async (HttpContext http, ShowFollowing slice) =>
            SignedInPerson.Of(http.User) is null ? Results.Unauthorized()
            : !FollowingAccess.SeesAll(http.User) ? Results.Forbid()
            : await slice.NetworkAsync(http.RequestAborted) is { } svg ? Results.Text(svg, "image/svg+xml") : Results.NotFound());
        pages.MapGet("/procedures/case-handling/{id:guid}", async (Guid id, HttpContext http, ShowFollowing slice) =>
            SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized()
            : await slice.OneAsync(person, http.User, id, http.RequestAborted) is { } sheet
                ? Rendered.Page<CaseFollowedPage>(new { Sheet = sheet })
                : Results.NotFound());
    }

    bool SeesWhole(ClaimsPrincipal user) => cases.SeesCases(user);

    async Task<FollowingSheet?> AllAsync(Guid person, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (await following.NewestAsync(cancel) is not { } found) return null;
        var whole = SeesWhole(user);
        var visible = (await cases.AmongAsync(person, [.. found.Cases.Where(c => !found.ByCase[c.Id].Fits).Select(c => c.Id)], cancel))
            .ToDictionary(c => c.Id);
        var departures = found.Departures().Select(d =>
        {
            var seen = d.Cases.Where(c => visible.ContainsKey(c.Id)).ToList();
            return new DepartureRow(
                text[$"Kind.{d.Kind}"], ActivityNames.Of(d.Activity), whole || !PublicCount.IsTooSmall(d.Cases.Count) ? d.Cases.Count : null, whole ? ExplainedIn(d) : "",
                [.. seen.Take(Shown).Select(c => new Link($"/procedures/case-handling/{c.Id:D}", visible[c.Id].Number))], Math.Max(0, seen.Count - Shown));
        });
        var departing = Departing(found);
        var (told, sentence) = whole
            ? (found.Followed, text.Count("Following.Result", found.Followed, found.Cases.Count))
            : CasesStanding.Say(found.Followed, found.Cases.Count, text);
        return new FollowingSheet(
            whole, sentence, told, found.Cases.Count, found.Open, found.Unfinished, found.AsOf, [.. departures],
            [.. whole && DirectlyFollows.Of(found.Log) is var map ? map.Edges.OrderByDescending(e => e.Count).Select(e => new StepRow(
                ActivityNames.Of(map.Activities[e.From]), ActivityNames.Of(map.Activities[e.To]), e.Count,
                departing.Contains((map.Activities[e.From], map.Activities[e.To])))) : []],
            string.Create(CultureInfo.InvariantCulture, $"/procedures/case-handling/map.svg?at={found.Next}&lang={CultureInfo.CurrentUICulture.TwoLetterISOLanguageName}"))
        {
            MayCheck = CheckAccess.Allows(CheckAction.Check, user), SopHref = SopAccess.Has(user, SopAction.View) ? $"/procedures/sops/{HouseProcedures.CasesSop:D}" : null,
            Figures = await figures.ReadAsync(found, user, whole, cancel),
        };
    }

    async Task<string?> NetworkAsync(CancellationToken cancel) =>
        await following.NewestAsync(cancel) is { Cases.Count: > 0 } found ? await figures.NetworkAsync(found, cancel) : null;

    // Only what was left out can be explained so.
    string ExplainedIn(Departure departure)
    {
        if (departure.Kind != DeviationKind.Skipped) return "";
        var now = time.GetUtcNow();
        var states = departure.Cases.Select(c => c.Explaining(departure.Activity)).OfType<LeftOut>().CountBy(d => d.IsOverdue(now) ? "Overdue" : d.State.ToString()).ToDictionary();
        return string.Join(", ", ((string[])["Countersigned", "Awaiting", "Overdue"]).Where(states.ContainsKey).Select(state => text[$"Explained.{state}", states[state]].Value));
    }

    async Task<string?> MapAsync(CancellationToken cancel)
    {
        if (await following.NewestAsync(cancel) is not { } found || found.Cases.Count == 0) return null;
        var named = CaseLog.ToLog(found.Cases, ActivityNames.Of);
        return ProcessMap.Svg(DirectlyFollows.Of(named), new MapOptions
        {
            Title = text["Map.Title"],
            Words = new MapWords
            {
                Start = text["Map.Start"], End = text["Map.End"], Events = text["Map.Events"], Departs = text["Map.DepartsHere"],
                Reading = text["Map.Reading"], Departing = text["Map.Departing"], LeftOut = text["Map.LeftOut"],
                Skipped = text["Map.Skipped"], Inserted = text["Map.Inserted"], Culture = CultureInfo.CurrentCulture,
            },
            Marks = Marks(found), Waits = Waits(named),
            DeviatingSteps = Departing(found).Select(s => (ActivityNames.Of(s.From), ActivityNames.Of(s.To))).ToHashSet(),
            DeviatingActivities = found.ByCase.Values.SelectMany(v => v.Deviations).Where(d => d.Kind == DeviationKind.Unknown)
                .Select(d => ActivityNames.Of(d.Activity)).ToHashSet(),
        });
    }

    async Task<FollowedSheet?> OneAsync(Guid person, ClaimsPrincipal user, Guid id, CancellationToken cancel)
    {
        if (await cases.OpenAsync(person, id, "procedures.case", cancel) is not { } entry) return null;
        // Erased meanwhile: then there is nothing beside it either.
        if (await deviations.SeeAsync(person, id, cancel) is not { } facts) return null;
        var sheet = new FollowedSheet(id, entry.Number, false, false, [])
        {
            Version = facts.Number, VersionHref = SopAccess.Has(user, SopAction.View) ? $"/procedures/sops/{HouseProcedures.CasesSop:D}/{SopWords.Number(facts.Number)}" : null,
            DeviationsHref = ShowDeviations.PathOf(id),
        };
        var found = await following.NewestAsync(cancel);
        if (found?.Cases.FirstOrDefault(c => c.Id == id) is not { } trace) return sheet;
        var register = await registers.ReadAsync(cancel);
        var judged = found.ByCase[id];
        var steps = new List<FollowedStep>();
        for (var at = 0; at <= trace.Steps.Count; at++)
        {
            foreach (var missing in judged.Deviations.Where(d => d.Kind == DeviationKind.Skipped && d.Position == at))
                steps.Add(new FollowedStep(ActivityNames.Of(missing.Activity), null, null, text[$"Kind.{missing.Kind}"]) { Explained = Explained(missing.Activity, facts) });
            if (at == trace.Steps.Count) break;
            var step = trace.Steps[at];
            var departure = judged.Deviations.FirstOrDefault(d => d.Kind != DeviationKind.Skipped && d.Position == at);
            steps.Add(new FollowedStep(
                ActivityNames.Of(step.Activity), step.Person == clerk.House.Value ? text["House"].Value : register.NameOf(step.Person), step.When,
                departure is null ? null : text[$"Kind.{departure.Kind}"].Value));
        }

        return sheet with { Followed = judged.Fits, Judged = true, Steps = steps };
    }

    string? Explained(string activity, DeviationFacts facts) => facts.Deviations.All.FindLast(d => d.Activity == activity) is not { } left ? null
        : text[$"LeftOut.{ShowDeviations.StateOf(left, facts.Now)}", left.Reason, facts.Register.NameOf(left.By), left.Second is { } second ? facts.Register.NameOf(second) : "–"].Value;

    // In how many cases a step was missed, and in how many it came where it has no place.
    static Dictionary<string, MapMark> Marks(Judgement found) => found.Departures().Where(d => d.Kind != DeviationKind.Unknown).GroupBy(d => ActivityNames.Of(d.Activity)).ToDictionary(
        g => g.Key, g => new MapMark(g.Where(d => d.Kind == DeviationKind.Skipped).Sum(d => d.Cases.Count), g.Where(d => d.Kind != DeviationKind.Skipped).Sum(d => d.Cases.Count)));

    static Dictionary<(string, string), TimeSpan> Waits(EventLog named) =>
        Waiting.Of(named).ToDictionary(w => (named.Activities[w.From], named.Activities[w.To]), w => w.Median);

    // A step of the map departs where what it leads to does, or where it passes over what is missing.
    // Marked where at least one in so many does: a busy arrow on which a few cases depart would look like a broken one.
    const int MarkedFromOneIn = 2;

    static HashSet<(string From, string To)> Departing(Judgement found)
    {
        var taken = new Dictionary<(string, string), int>();
        var departed = new Dictionary<(string, string), int>();
        foreach (var (log, variant) in found.Versions.SelectMany(v => v.Result.Variants.Select(variant => (v.Log, variant))))
        {
            var path = variant.Variant.Activities;
            var departs = variant.Deviations.Select(d => d.Position).ToHashSet();
            for (var at = 1; at < path.Count; at++)
            {
                var step = (log.Activities[path[at - 1]], log.Activities[path[at]]);
                taken[step] = taken.GetValueOrDefault(step) + variant.Variant.Count;
                if (departs.Contains(at)) departed[step] = departed.GetValueOrDefault(step) + variant.Variant.Count;
            }
        }

        return [.. departed.Where(d => d.Value * MarkedFromOneIn >= taken[d.Key]).Select(d => d.Key)];
    }
}
