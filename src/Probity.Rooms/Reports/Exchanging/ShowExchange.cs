using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Reports.Keys;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Reports.Exchanging;

/// <summary>What an overseer asked for, as the page shows it.</summary>
/// <param name="What">What is to be done.</param>
/// <param name="By">Who asked, and when.</param>
/// <param name="Reason">What they wrote.</param>
/// <param name="MayAnswer">Whether whoever looks may agree.</param>
/// <param name="Agree">The words of the button.</param>
public sealed record AskedLine(string What, string By, string Reason, bool MayAnswer, string Agree);

/// <summary>A machine that was replaced.</summary>
public sealed record EarlierLine(string Key, string Until, string Held, string Note);

/// <summary>All that the page of the exchange shows.</summary>
/// <param name="Facts">How it stands.</param>
/// <param name="IsConnected">Whether a reporter's side is named.</param>
/// <param name="Problem">What is wrong with the file that names it.</param>
/// <param name="IsWell">Whether nothing is wrong and nothing waits.</param>
/// <param name="Stopped">For what it was stopped.</param>
/// <param name="Returned">What was missing and came back, or was made up.</param>
/// <param name="Asked">What waits for a second person.</param>
/// <param name="Earlier">Machines that were replaced.</param>
/// <param name="Replacing">Which record would take the place of which.</param>
/// <param name="May">What whoever looks may do: resume, pass, replace, look-into.</param>
/// <param name="Typed">What was typed.</param>
/// <param name="Errors">What was refused.</param>
public sealed record ExchangeSheet(
    IReadOnlyList<SummaryItem> Facts, bool IsConnected, string? Problem, bool IsWell, string? Stopped, IReadOnlyList<string> Returned, AskedLine? Asked, IReadOnlyList<EarlierLine> Earlier,
    string? Replacing, IReadOnlySet<string> May, IReadOnlyDictionary<string, string> Typed, IReadOnlyList<FieldError> Errors);

/// <summary>How the exchange with the reporter's side stands, for integrity and the overseers: what was missing, for what it was stopped, and what waits for a second person.</summary>
internal sealed class ShowExchange(IntakeExchange exchange, ChangeExchange change, ExchangeOptions options, IRegister registers, When when, TimeProvider time)
{
    public const string Address = "/reports/exchange";

    const string Forms = Address + "/{what:regex(^(resume|look-into|pass|replace|answer)$)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowExchange show) => await show.ShowAsync(http, null, null, []));
        pages.MapGet(Forms, () => new SeeOther(Address));
        pages.MapPost(Forms, async (string what, HttpContext http, ShowExchange show) => await show.TakeAsync(http, what));
    }

    async Task<IResult> TakeAsync(HttpContext http, string what)
    {
        var (person, cancel) = (SignedInPerson.Of(http.User)!.Value, http.RequestAborted);
        var form = await http.Request.ReadFormAsync(cancel);
        string? reason = form[FieldOf(what)];
        var outcome = what switch
        {
            "resume" => await change.HandleAsync(person, new ChangeExchange.Resume(reason), cancel),
            "look-into" => await change.HandleAsync(person, new ChangeExchange.LookInto(reason), cancel),
            "pass" => await change.HandleAsync(person, new ChangeExchange.AskPassing(reason), cancel),
            "replace" => await change.HandleAsync(person, new ChangeExchange.AskReplacing(reason), cancel),
            _ => await change.HandleAsync(person, new ChangeExchange.Answer(form["agrees"].ToString() switch { "yes" => true, "no" => false, _ => null }, reason), cancel),
        };
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(http, outcome, what, new() { [FieldOf(what)] = reason ?? "" });
        http.Wrote(index);
        return new SeeOther(Address);
    }

    /// <summary>The field of a form's reason.</summary>
    public static string FieldOf(string what) => what == "resume" ? "reason" : $"{what}-reason";

    async Task<IResult> ShowAsync(HttpContext http, Outcome? outcome, string? what, Dictionary<string, string> typed)
    {
        var facts = await change.FactsAsync(SignedInPerson.Of(http.User)!.Value, http.RequestAborted);
        if (ExchangeAccess.Refuses(ExchangeAction.See, facts.Actor) is not null) return Results.Forbid();
        var (state, register) = (facts.State, await registers.ReadAsync(http.RequestAborted));
        var (connection, problem) = Connection();
        var stopped = state.Stopped is not var (code, record, since) ? null
            : $"{ReportsText.Of(code)} {(record is { } place ? ReportsText.Say("exchange.stopped-record", NumberOf(place, state), when.Moment(since)) : ReportsText.Say("exchange.stopped-at", when.Moment(since)))}";
        // What helps, where letting it go on does not.
        if (stopped is not null && !ChangeExchange.CanResume(state, facts.Named)) stopped += $" {ReportsText.Of("exchange.other-helps")}";
        var isWell = connection is not null && state.IsOf(connection.Log) && ExchangeNextSteps.IsWell(state, exchange.Standing, time.GetUtcNow());
        var sheet = new ExchangeSheet(
            FactsOf(state, connection), connection is not null, problem, isWell, stopped, ReturnedOf(state), AskedOf(facts, register),
            [.. state.Earlier.Select(e => new EarlierLine(e.Key ?? "", when.Moment(e.Until), ReportsText.Say("exchange.earlier-held", e.Held), e.Note ?? ReportsText.Of("exchange.earlier-no-note")))],
            ChangeExchange.CanReplace(state, facts.Named) ? ReportsText.Say("exchange.asked-replace", facts.Named, state.Key ?? "–") : null, MayOf(facts), typed, ErrorsOf(outcome, what));
        http.Response.Headers.CacheControl = "no-store";
        return Rendered.Page<ExchangePage>(new { Sheet = sheet }, outcome is null ? null : outcome is Outcome.Stale ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity);
    }

    List<SummaryItem> FactsOf(ExchangeState state, IntakeConnection? connection)
    {
        var (facts, standing) = (new List<SummaryItem>(), exchange.Standing);
        if (connection is not null)
        {
            facts.Add(new(ReportsText.Of("exchange.with"), connection.Address.ToString()));
            facts.Add(new(ReportsText.Of("exchange.reached"), standing.Reached is { } at ? when.Moment(at) : ReportsText.Of("exchange.not-yet")));
            if (standing.Failed is { } failed) facts.Add(new(ReportsText.Of("exchange.failed"), $"{when.Moment(failed)}: {standing.Why}"));
            facts.Add(new(ReportsText.Of("exchange.checkpoint"), state.CheckpointAt is { } kept ? when.Moment(kept) : ReportsText.Of("exchange.not-yet-compared")));
            facts.Add(new(ReportsText.Of("exchange.compared"), state.Compared is var (compared, held) ? ReportsText.Say("exchange.compared-held", held, when.Moment(compared)) : ReportsText.Of("exchange.not-yet-compared")));
        }

        facts.Add(new(ReportsText.Of("exchange.certificate"), exchange.CertificateHash()));
        return facts;
    }

    List<string> ReturnedOf(ExchangeState state)
    {
        if (state.Returned is not var (records, removals, since)) return [];
        var lines = new List<string>();
        if (!records.IsEmpty) lines.Add(ReportsText.Say("exchange.returned", string.Join(", ", records.Select(r => r.From == r.To ? NumberOf(r.From, state) : $"{NumberOf(r.From, state)}–{NumberOf(r.To, state)}")), when.Moment(since)));
        if (removals > 0) lines.Add(ReportsText.Say("exchange.planted", removals, when.Moment(since)));
        return lines;
    }

    AskedLine? AskedOf(ExchangeFacts facts, Register register)
    {
        if (facts.State.Asked is not { } asked) return null;
        var action = asked.Key is null ? ExchangeAction.AnswerPassing : ExchangeAction.AnswerReplacing;
        return new AskedLine(
            asked.Record is { } place ? ReportsText.Say("exchange.asked-pass", NumberOf(place, facts.State)) : ReportsText.Say("exchange.asked-replace", asked.Key, facts.State.Key ?? "–"),
            ReportsText.Say("exchange.asked-by", register.NameOf(asked.By), when.Moment(asked.At)), asked.Reason,
            ExchangeAccess.Refuses(action, facts.Actor, asked) is null, ReportsText.Of(asked.Key is null ? "exchange.agree-pass" : "exchange.agree-replace"));
    }

    /// <summary>The forms that whoever looks may fill in.</summary>
    internal static HashSet<string> MayOf(ExchangeFacts facts)
    {
        var (state, may) = (facts.State, new HashSet<string>());
        if (state.Asked is null && ChangeExchange.CanResume(state, facts.Named) && ExchangeAccess.Refuses(ExchangeAction.Resume, facts.Actor) is null) may.Add("resume");
        if (state.Asked is null && ChangeExchange.CanPass(state) && ExchangeAccess.Refuses(ExchangeAction.AskPassing, facts.Actor) is null) may.Add("pass");
        if (state.Asked is null && ChangeExchange.CanReplace(state, facts.Named) && ExchangeAccess.Refuses(ExchangeAction.AskReplacing, facts.Actor) is null) may.Add("replace");
        if (state.Returned is not null && ExchangeAccess.Refuses(ExchangeAction.LookInto, facts.Actor) is null) may.Add("look-into");
        return may;
    }

    static IReadOnlyList<FieldError> ErrorsOf(Outcome? outcome, string? what) => outcome switch
    {
        null => [],
        Outcome.Refused { Refusal.Code: var code } when code is ChangeKeys.ReasonMissing or ChangeKeys.ReasonUnfit => [new FieldError(FieldOf(what!), ReportsText.Of(code))],
        Outcome.Refused { Refusal.Code: var code } => [new FieldError("", ReportsText.Of(code))],
        _ => [new FieldError("", ReportsText.Of(Answers.Stale))],
    };

    // Of a machine that was replaced, which one is said too.
    static string NumberOf(long place, ExchangeState state) => RecordPlace.RecordOf(place) is var record && record == state.Earlier.Count
        ? $"{RecordPlace.NumberOf(place)}" : ReportsText.Say("exchange.of-earlier", RecordPlace.NumberOf(place), record + 1);

    (IntakeConnection? Connection, string? Problem) Connection()
    {
        try
        {
            return (IntakeConnection.ReadFile(options.ConnectionFile), null);
        }
        catch (Exception fault) when (fault is FormatException or IOException)
        {
            return (null, ReportsText.Say("exchange.file-wrong", fault.Message));
        }
    }
}
