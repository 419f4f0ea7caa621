using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Probity.Lens.Conformance;
using Probity.Lens.Reports;
using Probity.Lens.Rules;

namespace Probity.Procedures.Checking;

/// <summary>One kind of departure: what happened, in how many cases, and a few of them.</summary>
public sealed record DepartureLine(string What, int Cases, string Share, string Examples);

/// <summary>A kind of departure and in how many cases there is one of it.</summary>
public sealed record KindLine(string Kind, int Cases, string Share);

/// <summary>One rule that was not kept: which, how often, in how many cases, and one of them in words.</summary>
public sealed record BrokenLine(string Rule, int Times, int Cases, string Example);

/// <summary>The page while the work goes on, or after it failed.</summary>
/// <param name="Token">Of the check.</param>
/// <param name="Stage">What is being done, in words.</param>
/// <param name="Share">How much of the whole is done, 0 to 1.</param>
/// <param name="Failure">Why there is no result.</param>
/// <param name="Detail">What the reader of the file says of it.</param>
public sealed record ProgressSheet(string Token, string Stage, double Share, string? Failure, string? Detail);

/// <summary>What was found, in words and tables.</summary>
public sealed record FoundSheet(string Token, string FileName, string Procedure, IReadOnlyList<string> Found, IReadOnlyList<string> Open)
{
    /// <summary>How many cases followed the procedure, of those that were judged; null without a procedure.</summary>
    public (int Followed, int Judged)? Followed { get; init; }

    /// <summary>In how many cases there is what kind of departure.</summary>
    public IReadOnlyList<KindLine> Kinds { get; init; } = [];

    /// <summary>The departures by kind and step, those of most cases first.</summary>
    public IReadOnlyList<DepartureLine> Departures { get; init; } = [];

    /// <summary>How many of them are not shown.</summary>
    public int MoreDepartures { get; init; }

    /// <summary>The rules that were not kept; null where none were judged.</summary>
    public IReadOnlyList<BrokenLine>? Broken { get; init; }

    /// <summary>How many rules are not shown.</summary>
    public int MoreBroken { get; init; }

    /// <summary>What the addresses of pictures end with, so that each language has its own.</summary>
    public string PictureQuery { get; init; } = "";

    /// <summary>Whether there is a drawing of the procedure to take along: of a table there is.</summary>
    public bool HasDrawing { get; init; }

    /// <summary>Whether it was typed, and can be taken along as a table.</summary>
    public bool IsTyped { get; init; }

    /// <summary>Whether the reader may take the findings along.</summary>
    public bool MayDownload { get; init; }
}

/// <summary>Shows how the work goes on, and what it found.</summary>
internal static class ShowFound
{
    const int LinesShown = 40;
    const int Examples = 5;
    const string EverySeconds = "2";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet($"/{{token}}/{CheckStep.Result}", (HttpContext http, string token, CheckDesk desk, IStringLocalizer<ProceduresText> words) =>
            desk.ForAsync(http, token, check => Task.FromResult(Show(http, desk, words, check))));
        pages.MapPost($"/{{token}}/{CheckStep.Result}", (HttpContext http, string token, CheckDesk desk) => desk.ForAsync(http, token, check =>
        {
            check.Job?.Dispose();
            return Task.FromResult(CheckDesk.SeeOther(http, check.Path(CheckStep.Order)));
        }));
        pages.MapGet($"/{{token}}/{CheckStep.Result}/map.svg", (HttpContext http, string token, CheckDesk desk) => OfAsync(http, token, desk, found =>
            Results.Text(DepartureMap.Svg(found.Log, found.Result, Language), "image/svg+xml", Encoding.UTF8)));
        pages.MapGet($"/{{token}}/{CheckStep.Result}/procedure.svg", (HttpContext http, string token, CheckDesk desk) => OfAsync(http, token, desk, found =>
            found.Net is null ? Results.NotFound() : Results.Text(ProcedureMap.Svg(found.Net, found.Result, Language), "image/svg+xml", Encoding.UTF8)));
    }

    /// <summary>Answers from what was found; 404 where there is nothing yet.</summary>
    public static Task<IResult> OfAsync(HttpContext http, string token, CheckDesk desk, Func<CheckFound, IResult> answer) =>
        desk.ForAsync(http, token, check => Task.FromResult(check.Job?.Found is { } found ? answer(found) : Results.NotFound()));

    /// <summary>The reader's language, as the library of the check names it.</summary>
    public static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    static IResult Show(HttpContext http, CheckDesk desk, IStringLocalizer<ProceduresText> words, RegisterCheck check)
    {
        if (check.Job is not { } job || check.Procedure is not { } procedure || job.Stage == CheckStage.Stopped) return CheckDesk.SeeOther(http, check.Path(check.Job is null ? CheckStep.Newest(check) : CheckStep.Order));
        if (job.Found is { } found) return CheckDesk.Page<FoundPage>(new { Sheet = Sheet(http, words, check, procedure, found) });
        // No script: the browser asks again by itself. A person who would rather not wait has a link.
        if (job.Goes) http.Response.Headers["Refresh"] = EverySeconds;
        return CheckDesk.Page<ProgressPage>(new
        {
            Sheet = new ProgressSheet(
                check.Token, job.Goes ? desk.Text[$"Stage.{job.Stage}"].Value : "", Done(job),
                job.Failure is var (key, detail) ? desk.Text[key, (int)desk.Limits.Work.TotalSeconds].Value : null, job.Failure?.Detail),
        });
    }

    // Each stage takes about a third where there is a procedure and rules; that the bar never goes back matters more than that it is even.
    static double Done(CheckJob job) => job.Stage switch
    {
        CheckStage.Reading => job.Share / 3,
        CheckStage.Following => (1 + job.Share) / 3,
        CheckStage.Judging => (2 + job.Share) / 3,
        _ => 0,
    };

    static string Share(int part, int whole) => ((double)part / whole).ToString("P1", CultureInfo.CurrentCulture);

    static FoundSheet Sheet(HttpContext http, IStringLocalizer<ProceduresText> words, RegisterCheck check, ChosenProcedure procedure, CheckFound found)
    {
        var summary = new SummarySentences(found.Log, found.Procedure, found.Rules, Language);
        var cases = found.Log.Cases.Count;
        var groups = found.Result?.GroupDeviations(found.Log, Examples) ?? [];
        var say = new DepartureSentences(Language);
        var broken = found.Rules?.Rules.Where(r => r.Violations.Count > 0).OrderByDescending(r => r.Violations.Count).ToList();
        var sentences = found.Rules is { } rules ? new RuleSentences(rules, Language, found.People.Of) : null;
        return new FoundSheet(check.Token, check.File.Name, procedure.Name, summary.Found, summary.Open)
        {
            Followed = found.Result is { } result
                ? (result.Variants.Where(v => v.Fits).Sum(v => v.Variant.Count), result.Variants.Where(v => v.Cost is not null).Sum(v => v.Variant.Count)) : null,
            Kinds = [.. Enum.GetValues<DeviationKind>()
                .Select(kind => (Kind: kind, Cases: found.Result?.Variants.Where(v => v.Deviations.Any(d => d.Kind == kind)).Sum(v => v.Variant.Count) ?? 0))
                .Where(k => k.Cases > 0).OrderByDescending(k => k.Cases).Select(k => new KindLine(words[$"Kind.{k.Kind}"], k.Cases, Share(k.Cases, cases)))],
            Departures = [.. groups.Take(LinesShown).Select(g => new DepartureLine(
                say.Say(g.Kind, g.Activity), g.Cases, Share(g.Cases, cases), string.Join(", ", g.Examples)))],
            MoreDepartures = Math.Max(0, groups.Count - LinesShown),
            Broken = broken?.Take(LinesShown).Select(r => new BrokenLine(
                r.Rule.Sentence ?? r.Rule.Id, r.Violations.Count, r.Cases, sentences!.Explain(r, r.Violations[0]))).ToList(),
            MoreBroken = Math.Max(0, (broken?.Count ?? 0) - LinesShown),
            PictureQuery = $"?at={found.Made.UtcTicks.ToString(CultureInfo.InvariantCulture)}&lang={Language}",
            HasDrawing = found.Net?.WriteBpmn is not null,
            IsTyped = procedure.Choice == ChooseProcedure.ByTable,
            MayDownload = CheckAccess.Allows(CheckAction.Download, http.User),
        };
    }
}
