using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Reports.Exchanging;
using Probity.Reports.Handling;
using Probity.Reports.Reading;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Reports.Viewing;

/// <summary>The page of one report, and the forms on it: one for each thing that its reader may do.</summary>
internal sealed class ShowReport(ReportReader reader, ReportDesk desk, ActOnReport acts, FoldedStream<ExchangeState> exchange, When when)
{
    const string Address = "/reports/{id:guid}";
    const string Forms = Address + "/{what:regex(^(acknowledge|triage|take|message|feedback|note|find|close|answer|reopen|review|aside)$)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (Guid id, HttpContext http, ShowReport show) => ReportForms.Serves(http.User) ? await show.ShowAsync(http, id) : Results.Forbid());
        pages.MapGet(Forms, (Guid id) => new SeeOther($"/reports/{id:D}"));
        pages.MapPost(Forms, async (Guid id, string what, HttpContext http, ShowReport show) => ReportForms.Serves(http.User) ? await show.TakeAsync(http, id, what) : Results.Forbid());
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid id, string what)
    {
        var cancel = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(cancel);
        var (person, opened) = (SignedInPerson.Of(http.User)!.Value, await reader.OpenAsync(http.User, id, cancel));
        if (ActOnReport.Unready(what, form) is { } missing) return await ShowAsync(http, id, form, (what, missing, StatusCodes.Status422UnprocessableEntity));
        var outcome = await acts.RunAsync(person, opened, id, what, form, cancel);
        if (outcome is null) return Results.NotFound();
        if (outcome is not Outcome.Done(var index))
            return await ShowAsync(http, id, form, (what, (outcome as Outcome.Refused)?.Refusal.Code ?? Answers.Stale, ReportForms.StatusOf(outcome)));
        http.Wrote(index);
        return new SeeOther(what == "aside" ? ShowQueue.Address : $"/reports/{id:D}");
    }

    async Task<IResult> ShowAsync(HttpContext http, Guid id, IFormCollection? form = null, (string What, string Code, int Status)? refused = null)
    {
        var person = SignedInPerson.Of(http.User)!.Value;
        var opened = await reader.OpenAsync(http.User, id, http.RequestAborted);
        // Nothing of it is shown, so nothing was read.
        if (opened is null && await reader.IsBrokenAsync(http.User, id, http.RequestAborted)) return Rendered.Page<BrokenReportPage>(new { Reference = ReportForms.Reference(id) }, StatusCodes.Status503ServiceUnavailable);
        var facts = await desk.OpenAsync(person, SignedInPerson.SessionOf(http.User) ?? "", id, opened, http.RequestAborted);
        if (facts is null) return Results.NotFound();
        var sheet = ReportSheets.Of(facts, when) with
        {
            IsUnreachable = RecordPlace.RecordOf(facts.Opened.Deposits[0].Index) < (await exchange.ReadAsync(http.RequestAborted)).Earlier.Count,
        };
        if (refused is var (what, code, _) && form is not null)
            sheet = sheet with { Typed = ReportForms.TypedOver(sheet.Typed, what, form), Open = what, Errors = ActOnReport.ErrorsOf(what, code, form, facts.Today) };
        return Rendered.Page<ReportPage>(new { Sheet = sheet }, refused?.Status ?? StatusCodes.Status200OK);
    }
}
