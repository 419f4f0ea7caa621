using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Reports.Exchanging;

/// <summary>All that the page of the exchange shows.</summary>
public sealed record ExchangeSheet(IReadOnlyList<SummaryItem> Facts, bool IsConnected, string? Problem, string? Stopped, bool MayResume, string? Typed, IReadOnlyList<FieldError> Errors);

/// <summary>How the exchange with the reporter's side stands, for integrity and the overseers; an overseer lets it go on after it was stopped.</summary>
internal sealed class ShowExchange(IntakeExchange exchange, ExchangeOptions options, IRegister registers, When when, TimeProvider time)
{
    public const string Address = "/reports/exchange";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowExchange show) => await show.ShowAsync(http, null, null));
        pages.MapGet(Address + "/resume", () => new SeeOther(Address));
        pages.MapPost(Address + "/resume", async (HttpContext http, ShowExchange show) => await show.TakeAsync(http));
    }

    async Task<IResult> TakeAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var outcome = await exchange.ResumeAsync(SignedInPerson.Of(http.User)!.Value, form["reason"], http.RequestAborted);
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(http, outcome, form["reason"]);
        http.Wrote(index);
        return new SeeOther(Address);
    }

    async Task<IResult> ShowAsync(HttpContext http, Outcome? outcome, string? typed)
    {
        var actor = Actor.From(await registers.ReadAsync(http.RequestAborted), SignedInPerson.Of(http.User)!.Value, time.GetUtcNow());
        if (!actor.Has(Role.Integrity) && !actor.Has(Role.Overseer)) return Results.Forbid();
        var (state, standing) = (await exchange.ReadAsync(http.RequestAborted), exchange.Standing);
        var (connection, problem) = Connection();
        var facts = new List<SummaryItem>();
        if (connection is not null)
        {
            facts.Add(new(ReportsText.Of("exchange.with"), connection.Address.ToString()));
            facts.Add(new(ReportsText.Of("exchange.reached"), standing.Reached is { } at ? when.Moment(at) : ReportsText.Of("exchange.not-yet")));
            if (standing.Failed is { } failed) facts.Add(new(ReportsText.Of("exchange.failed"), $"{when.Moment(failed)}: {standing.Why}"));
            facts.Add(new(ReportsText.Of("exchange.checkpoint"), state.CheckpointAt is { } kept ? when.Moment(kept) : ReportsText.Of("exchange.not-yet")));
        }

        facts.Add(new(ReportsText.Of("exchange.certificate"), exchange.CertificateHash()));
        var stopped = state.Stopped is not var (code, record, since) ? null
            : $"{ReportsText.Of(code)} {(record is { } number ? ReportsText.Say("exchange.stopped-record", number, when.Moment(since)) : ReportsText.Say("exchange.stopped-at", when.Moment(since)))}";
        IReadOnlyList<FieldError> errors = outcome is null ? [] : (outcome as Outcome.Refused)?.Refusal.Code is { } refused ? [new FieldError("reason", ReportsText.Of(refused))] : [new FieldError("", ReportsText.Of(Answers.Stale))];
        var sheet = new ExchangeSheet(facts, connection is not null, problem, stopped, state.Stopped is not null && actor.Has(Role.Overseer), typed, errors);
        return Rendered.Page<ExchangePage>(new { Sheet = sheet }, outcome is null ? null : outcome is Outcome.Stale ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity);
    }

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
