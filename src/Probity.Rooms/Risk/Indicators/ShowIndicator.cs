using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Home;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Risk.Indicators;

/// <summary>One indicator, all that was stated of it, and what the reader may do.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Law">What counts now, 0 to 100.</param>
/// <param name="Practice">The same of what is done.</param>
/// <param name="Facts">What counts now, in words.</param>
/// <param name="Waiting">What waits for an overseer, in words; empty where nothing does.</param>
/// <param name="Number">Which statement waits.</param>
/// <param name="Figure">What the house's own record shows, and its page.</param>
/// <param name="Less">Whether that is less than was stated.</param>
/// <param name="History">All that was stated.</param>
/// <param name="MayState">Whether the reader may state it.</param>
/// <param name="MayAnswer">Whether they may answer.</param>
public sealed record IndicatorSheet(
    string Key, string Question, int? Law, int? Practice, IReadOnlyList<SummaryItem> Facts, IReadOnlyList<SummaryItem> Waiting, int Number,
    Link? Figure, bool Less, IReadOnlyList<TimelineItem> History, bool MayState, bool MayAnswer)
{
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>Where to turn after a refusal.</summary>
    public string? TurnTo { get; init; }

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}

/// <summary>The page of an indicator, where integrity states and an overseer answers.</summary>
internal sealed class ShowIndicator(IndicatorDesk desk, StateIndicator state, AnswerIndicator answer, Standings standings, When when)
{
    const string NotEnough = "none";

    internal sealed record StatementBody(int? Law, string? LawSource, int? Practice, string? Evidence);

    internal sealed record AnswerBody(int Number, bool? Agree, string? Reason);

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(ShowIndicators.Address + "/{key}", async (string key, HttpContext http, ShowIndicator show) => IndicatorAccess.Sees(http.User) ? await show.ShowAsync(http, key, null, null) : Results.Forbid());
        pages.MapGet(ShowIndicators.Address + "/{key}/{what:regex(^(state|answer)$)}", (string key) => new SeeOther($"{ShowIndicators.Address}/{Uri.EscapeDataString(key)}"));
        pages.MapPost(ShowIndicators.Address + "/{key}/{what:regex(^(state|answer)$)}", async (string key, string what, HttpContext http, ShowIndicator show) =>
            IndicatorAccess.Sees(http.User) ? await show.TakeAsync(http, key, what) : Results.Forbid());
    }

    public static void MapApi(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/risk/indicators").WithTags("Risk").AddEndpointFilter<ApiGuard>().DisableAntiforgery();
        api.MapPost("/{key}", (string key, HttpContext http, StateIndicator slice) => RunAsync<StatementBody>(http, (by, b, cancel) =>
            slice.HandleAsync(by, new StateIndicator.Command(key, true, b.Law, b.LawSource, true, b.Practice, b.Evidence), cancel)))
            .Command("stateIndicator", "State what the rules ask for and what is done, 0, 25, 50, 75 or 100 each; null where the evidence is not enough.").Accepts<StatementBody>("application/json").Produces<Written>();
        api.MapPost("/{key}/answer", (string key, HttpContext http, AnswerIndicator slice) => RunAsync<AnswerBody>(http, (by, b, cancel) =>
            slice.HandleAsync(by, new AnswerIndicator.Command(key, b.Number, b.Agree, b.Reason), cancel)))
            .Command("answerIndicator", "Agree, as an overseer, to what was stated, or not.").Accepts<AnswerBody>("application/json").Produces<Written>();
    }

    static Task<IResult> RunAsync<TBody>(HttpContext http, Func<Guid, TBody, CancellationToken, Task<Outcome>> run) where TBody : class =>
        ApiCall.RunAsync<TBody>(http, IndicatorText.Of, async (by, body, cancel) => await run(by, body, cancel));

    async Task<IResult> TakeAsync(HttpContext http, string key, string what)
    {
        var (cancel, person) = (http.RequestAborted, SignedInPerson.Of(http.User)!.Value);
        var form = await http.Request.ReadFormAsync(cancel);
        var ((lawSaid, law), (practiceSaid, practice)) = (ScoreOf(form["law"]), ScoreOf(form["practice"]));
        var outcome = what == "state"
            ? await state.HandleAsync(person, new StateIndicator.Command(key, lawSaid, law, form["source"], practiceSaid, practice, form["evidence"]), cancel)
            : await answer.HandleAsync(person, new AnswerIndicator.Command(
                key, int.TryParse(form["number"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0, form["answer"].ToString() switch { "yes" => true, "no" => false, _ => null }, form["reason"]), cancel);
        return outcome is Outcome.Done ? new SeeOther($"{ShowIndicators.Address}/{key}") : await ShowAsync(http, key, outcome, RiskForms.TypedIn(form));
    }

    async Task<IResult> ShowAsync(HttpContext http, string key, Outcome? refused, IReadOnlyDictionary<string, string>? typed)
    {
        if (IndicatorList.Find(key) is not { } indicator) return Results.NotFound();
        var facts = await desk.ReadAsync(SignedInPerson.Of(http.User)!.Value, http.RequestAborted);
        var (counting, waiting) = (facts.Scores.CountingOf(key, facts.Now), facts.Scores.WaitingOf(key));
        var figure = ShowIndicators.FigureOf(indicator, await standings.Read(http.RequestAborted));
        var refusal = (refused as Outcome.Refused)?.Refusal;
        return Rendered.Page<IndicatorPage>(new
        {
            Sheet = new IndicatorSheet(
                key, IndicatorText.Of("indicator." + key), counting?.Law, counting?.Practice, counting is null ? [] : FactsOf(counting, facts.Register), waiting is null ? [] : FactsOf(waiting, facts.Register),
                waiting?.Number ?? 0, figure is null ? null : new Link(figure.Href!, figure.Sentence), figure is not null && ShowIndicators.ShowsLess((waiting ?? counting)?.Practice, figure),
                [.. facts.Scores.Of(key).Reverse().Select(s => ItemOf(s, facts.Register))],
                IndicatorAccess.Refuses(IndicatorAction.State, null, facts) is null, waiting is not null && IndicatorAccess.Refuses(IndicatorAction.Answer, waiting.By, facts) is null)
            {
                Typed = typed ?? Begun(waiting ?? counting),
                Errors = refused is null ? [] : [new FieldError(FieldOf(refusal?.Code, typed), IndicatorText.Of(refusal?.Code ?? Answers.Stale))],
                TurnTo = RiskForms.TurnTo(refusal, facts.Register),
            },
        }, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    // Whoever states anew begins with what stands.
    static Dictionary<string, string> Begun(StatedScore? score) => score is null ? [] : new Dictionary<string, string>
    {
        ["law"] = Typed(score.Law), ["source"] = score.LawSource, ["practice"] = Typed(score.Practice), ["evidence"] = score.Evidence,
    };

    static string Typed(int? score) => score?.ToString(CultureInfo.InvariantCulture) ?? NotEnough;

    static (bool Said, int? Score) ScoreOf(string? typed) =>
        typed == NotEnough ? (true, null) : int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var score) ? (true, score) : (false, null);

    /// <summary>The scale of what the rules ask for, with its anchors, and that the evidence is not enough.</summary>
    internal static IReadOnlyList<Choice> LawScale => Scale(s => IndicatorText.Of($"law.{s}"));

    /// <summary>The same of what is done.</summary>
    internal static IReadOnlyList<Choice> PracticeScale => Scale(s => IndicatorText.Of($"practice.{s}"));

    static IReadOnlyList<Choice> Scale(Func<int, string> anchor) =>
        [.. IndicatorList.Scores.Select(s => new Choice(s.ToString(CultureInfo.InvariantCulture), $"{s} – {anchor(s)}")), new Choice(NotEnough, IndicatorText.Of("not-enough-choice"))];

    IReadOnlyList<SummaryItem> FactsOf(StatedScore score, Register register) =>
    [
        new(IndicatorText.Of("law"), IndicatorText.Score(score.Law)), new(IndicatorText.Of("source"), score.LawSource),
        new(IndicatorText.Of("practice"), IndicatorText.Score(score.Practice)), new(IndicatorText.Of("evidence"), score.Evidence),
        new(IndicatorText.Of("stated-by"), IndicatorText.Say("by-on", register.NameOf(score.By), when.Moment(score.At))),
        .. score.UpToDateUntil is { } until ? [new SummaryItem(
            IndicatorText.Of("confirmed-by"), IndicatorText.Say("by-on", register.NameOf(score.AnsweredBy!.Value), when.Moment(score.AnsweredAt!.Value))), new(IndicatorText.Of("until"), when.Day(until))] : (SummaryItem[])[],
    ];

    static TimelineItem ItemOf(StatedScore score, Register register) => new(
        IndicatorText.Say("history.stated", IndicatorText.Score(score.Law), IndicatorText.Score(score.Practice)), score.At, IndicatorText.Say("history.by", register.NameOf(score.By)),
        score.Waits ? IndicatorText.Of("mark.waits") : score.IsConfirmed ? IndicatorText.Say("history.confirmed", register.NameOf(score.AnsweredBy!.Value))
            : IndicatorText.Say("history.disputed", register.NameOf(score.AnsweredBy!.Value), score.Disputed));

    // Of two scores the first that was not chosen.
    static string FieldOf(string? code, IReadOnlyDictionary<string, string>? typed) => code switch
    {
        StateIndicator.ScoreWrong => ScoreOf(typed?.GetValueOrDefault("law")).Said ? "practice" : "law", StateIndicator.SourceMissing => "source", StateIndicator.EvidenceMissing => "evidence",
        AnswerIndicator.AnswerMissing => "answer", RiskTexts.ReasonMissing or RiskTexts.ReasonTooShort => "reason", _ => "",
    };
}
