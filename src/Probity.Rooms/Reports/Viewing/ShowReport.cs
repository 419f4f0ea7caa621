using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Reports.Contract;
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
        pages.MapGet(Address, async (Guid id, HttpContext http, ShowReport show) => ReportForms.Serves(http.User) ? await show.ShowAsync(http, id, null, []) : Results.Forbid());
        pages.MapGet(Forms, (Guid id) => new SeeOther($"/reports/{id:D}"));
        pages.MapPost(Forms, async (Guid id, string what, HttpContext http, ShowReport show) => ReportForms.Serves(http.User) ? await show.TakeAsync(http, id, what) : Results.Forbid());
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid id, string what)
    {
        var cancel = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(cancel);
        var (person, opened) = (SignedInPerson.Of(http.User)!.Value, await reader.OpenAsync(http.User, id, cancel));
        var outcome = await acts.RunAsync(person, opened, id, what, form, cancel);
        if (outcome is null) return Results.NotFound();
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(http, id, (what, outcome), ReportForms.TypedIn(form));
        http.Wrote(index);
        return new SeeOther(what == "aside" ? ShowQueue.Address : $"/reports/{id:D}");
    }

    async Task<IResult> ShowAsync(HttpContext http, Guid id, (string What, Outcome Outcome)? refused, Dictionary<string, string> typed)
    {
        var person = SignedInPerson.Of(http.User)!.Value;
        var facts = await desk.OpenAsync(person, SignedInPerson.SessionOf(http.User) ?? "", id, await reader.OpenAsync(http.User, id, http.RequestAborted), http.RequestAborted);
        if (facts is null) return Results.NotFound();
        var code = (refused?.Outcome as Outcome.Refused)?.Refusal.Code ?? Answers.Stale;
        var known = ReportSheets.Of(facts, when);
        var sheet = known with
        {
            IsUnreachable = RecordPlace.RecordOf(facts.Opened.Deposits[0].Index) < (await exchange.ReadAsync(http.RequestAborted)).Earlier.Count,
            Typed = refused is null ? known.Typed : typed, Open = refused?.What, Errors = refused is { } r ? [new FieldError(ActOnReport.FieldOf(r.What, code), HandlingText.Of(code))] : [],
        };
        return Rendered.Page<ReportPage>(new { Sheet = sheet }, ReportForms.StatusOf(refused?.Outcome));
    }
}

/// <summary>The forms of the page of a report, each to its command.</summary>
internal sealed class ActOnReport(
    AcknowledgeReport acknowledge, TriageReport triage, TakeReport take, TellSource tell, WriteNote note, RecordFinding find, CloseReport close, ReopenReport reopen, ReviewClosing review, StepAside aside)
{
    public Task<Outcome?> RunAsync(Guid person, OpenedReport? opened, Guid report, string what, IFormCollection form, CancellationToken cancel)
    {
        var id = ReportForms.ActOf(person, report, what, form["key"]);
        string? Typed(string field) => form[$"{what}-{field}"];
        bool? Agrees() => Typed("agrees") switch { "yes" => true, "no" => false, _ => null };
        return what switch
        {
            "acknowledge" => acknowledge.HandleAsync(person, opened, new(report, id, Typed("message")), cancel),
            "triage" => triage.HandleAsync(person, opened, new(
                report, id, ReportForms.Chosen<TriageVerdict>(Typed("verdict")), ReportForms.Chosen<ReportUrgency>(Typed("urgency")), ReportForms.Chosen<RetaliationRisk>(Typed("risk")),
                Typed("retaliated") == "yes", Typed("words"), Typed("protection")), cancel),
            "take" => take.HandleAsync(person, opened, new(report, id), cancel),
            "message" or "feedback" => tell.HandleAsync(person, opened, new(report, id, Typed("message"), ReportForms.DayIn(Typed("until")), what == "feedback"), cancel),
            "note" => note.HandleAsync(person, opened, new(report, id, Typed("words")), cancel),
            "find" => find.HandleAsync(person, opened, new(report, id, ReportForms.Chosen<Finding>(Typed("finding")), Typed("words")), cancel),
            "close" => close.HandleAsync(person, opened, new CloseReport.Command(report, id, ReportForms.Chosen<CloseReason>(Typed("reason")), Typed("words"), Typed("message")), cancel),
            "answer" => close.HandleAsync(person, opened, new CloseReport.Answer(report, id, Agrees(), Typed("words")), cancel),
            "reopen" => reopen.HandleAsync(person, opened, new(report, id, Typed("words")), cancel),
            "review" => review.HandleAsync(person, opened, new(report, id, Agrees(), Typed("words")), cancel),
            _ => aside.HandleAsync(person, opened, new(report, id, Typed("words")), cancel),
        };
    }

    /// <summary>The field of a form that a refusal belongs to.</summary>
    public static string FieldOf(string what, string code) => code switch
    {
        TriageReport.VerdictMissing => "triage-verdict",
        TriageReport.UrgencyMissing => "triage-urgency",
        TriageReport.RiskMissing => "triage-risk",
        TriageReport.ProtectionMissing => "triage-protection",
        RecordFinding.FindingMissing => "find-finding",
        CloseReport.ReasonMissing or CloseReport.ReasonUnfit => "close-reason",
        CloseReport.MessageMissing => "close-message",
        CloseReport.AgreesMissing => $"{what}-agrees",
        TellSource.UntilWrong => $"{what}-until",
        StaffText.Missing or StaffText.TooShort or StaffText.Unfit => what is "acknowledge" or "message" or "feedback" ? $"{what}-message" : $"{what}-words",
        _ => "",
    };
}
