using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Matters;
using Probity.Reports.Reading;
using Probity.Reports.Viewing;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Reports.Erasing;

/// <summary>A hold on a report, with what was written.</summary>
public sealed record ReportHoldLine(Guid Id, string By, string When, string Words);

/// <summary>All that the page of a report's erasure shows.</summary>
public sealed record ReportErasureSheet(Guid Report, string Reference, string? From, string? Asked, string? NotNow, IReadOnlyList<ReportHoldLine> Holds, IReadOnlyList<string> Forms)
{
    /// <summary>What was typed.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>The page on which a report is held for the law, and erased once it was kept long enough: for those whose key opens it.</summary>
internal sealed class ShowReportErasure(ReportReader reader, ReportDesk desk, EraseReport erase, HoldReport hold, When when)
{
    const string Address = "/reports/{id:guid}/erasure";
    const string Does = Address + "/{what:regex(^(ask|answer|hold|end)$)}";

    public static string AddressOf(Guid report) => $"/reports/{report:D}/erasure";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (Guid id, HttpContext http, ShowReportErasure show) => ReportForms.Serves(http.User) ? await show.ShowAsync(http, id, null, []) : Results.Forbid());
        pages.MapGet(Does, (Guid id) => new SeeOther(AddressOf(id)));
        pages.MapPost(Does, async (Guid id, string what, HttpContext http, ShowReportErasure show) => ReportForms.Serves(http.User) ? await show.TakeAsync(http, id, what) : Results.Forbid());
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid id, string what)
    {
        var cancel = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(cancel);
        var (person, opened) = (SignedInPerson.Of(http.User)!.Value, await reader.OpenAsync(http.User, id, cancel));
        var act = ReportForms.ActOf(person, id, $"erasure/{what}", form["key"]);
        bool? agrees = form["agrees"].ToString() switch { "yes" => true, "no" => false, _ => null };
        var outcome = what switch
        {
            "ask" => await erase.HandleAsync(person, opened, new EraseReport.Command(id, act, form["ask"]), cancel),
            "answer" => await erase.HandleAsync(person, opened, new EraseReport.Answer(id, act, agrees, form["answer"]), cancel),
            "hold" => await hold.HandleAsync(person, opened, new HoldReport.Command(id, act, form["hold"]), cancel),
            _ => await hold.HandleAsync(person, opened, new HoldReport.End(id, act, MatterForms.IdIn(form["which"]), form[$"end-{form["which"]}"]), cancel),
        };
        if (outcome is null) return Results.NotFound();
        if (outcome is not Outcome.Done(var index)) return await ShowAsync(http, id, (what, outcome), ReportForms.TypedIn(form));
        http.Wrote(index);
        return new SeeOther(what == "answer" && agrees == true ? ShowQueue.Address : AddressOf(id));
    }

    async Task<IResult> ShowAsync(HttpContext http, Guid id, (string What, Outcome Outcome)? refused, Dictionary<string, string> typed)
    {
        var facts = await desk.OpenAsync(
            SignedInPerson.Of(http.User)!.Value, SignedInPerson.SessionOf(http.User) ?? "", id, await reader.OpenAsync(http.User, id, http.RequestAborted), http.RequestAborted);
        if (facts is null) return Results.NotFound();
        var code = (refused?.Outcome as Outcome.Refused)?.Refusal.Code ?? Answers.Stale;
        var sheet = Of(facts) with { Typed = typed, Errors = refused is { } r ? [new FieldError(FieldOf(r.What, code, typed), HandlingText.Of(code))] : [] };
        return Rendered.Page<ReportErasurePage>(new { Sheet = sheet }, ReportForms.StatusOf(refused?.Outcome));
    }

    ReportErasureSheet Of(ReportFacts facts)
    {
        var (report, opened) = (facts.Report, facts.Opened);
        var asked = report is { ErasureAsked: { } ask, ErasureBy: { } by } ? HandlingText.Say("erasing.asked", facts.Register.NameOf(by), StaffText.Open(opened, ask.Id, ask.Box)) : null;
        // Whether somebody waits for an identity is decided when it is asked.
        var notNow = EraseReport.StandsInTheWay(facts, identityWaits: false);
        var holds = report.Acts.Where(a => a.Event is ReportHeld held && report.Holds.ContainsKey(held.Id)).Select(a => (Act: a, Held: (ReportHeld)a.Event))
            .Select(h => new ReportHoldLine(h.Held.Id, facts.Register.NameOf(h.Act.By), when.Day(h.Act.Day), StaffText.Open(opened, h.Held.Id, h.Held.Box) ?? "")).ToList();
        return new ReportErasureSheet(
            report.Id, ReportForms.Reference(report.Id), EraseReport.From(facts) is { } from ? when.Day(from) : null, asked, notNow is null ? null : HandlingText.Of(notNow), holds, FormsOf(facts, notNow is null));
    }

    static List<string> FormsOf(ReportFacts facts, bool isDue)
    {
        (string Form, ReportAction Action, bool IsLeft)[] all =
        [
            ("answer", ReportAction.AnswerErasure, facts.Report.ErasureAsked is not null), ("ask", ReportAction.AskErasure, isDue && facts.Report.ErasureAsked is null),
            ("hold", ReportAction.PlaceHold, true), ("end", ReportAction.EndHold, !facts.Report.Holds.IsEmpty),
        ];
        return [.. all.Where(f => f.IsLeft && ReportAccess.Refuses(f.Action, facts) is null).Select(f => f.Form)];
    }

    static string FieldOf(string what, string code, Dictionary<string, string> typed) => code switch
    {
        CloseReport.AgreesMissing => "agrees",
        StaffText.Missing or StaffText.TooShort or StaffText.TooLong or StaffText.Unfit => what == "end" ? $"end-{typed.GetValueOrDefault("which")}" : what,
        _ => "",
    };
}
