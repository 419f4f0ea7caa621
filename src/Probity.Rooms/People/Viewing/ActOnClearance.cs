using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Vetting;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.People.Viewing;

/// <summary>Takes the forms of a clearance's page, and shows the page again with what was refused.</summary>
internal sealed class ActOnClearance(
    ShowClearance show, SubmitForm submit, RecordChecks checks, AssessClearance assess, DecideClearance decide, AppealVetting appeal, SuspendClearance suspend, WithdrawClearance withdraw,
    DiscontinueClearance discontinue, ReportCircumstances report)
{
    const string Forms = "{what:regex(^(submit|checks|assess|decide|appeal|appeal-answer|suspend|confirm|lift|lift-answer|open|answer|ruling|discontinue|discontinue-answer|report|review)$)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/vetting/{id:guid}/" + Forms, (Guid id) => new SeeOther($"/vetting/{id:D}"));
        pages.MapPost("/vetting/{id:guid}/" + Forms, async (Guid id, string what, HttpContext http, ActOnClearance act) =>
            SignedInPerson.Of(http.User) is { } person ? await act.TakeAsync(http, person, id, what) : Results.Unauthorized());
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid person, Guid id, string what)
    {
        var cancel = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(cancel);
        var expected = long.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : (long?)null;
        var text = form["text"].ToString();
        VettingGround[] grounds = [.. Many<VettingGround>("grounds")];
        CheckKind[] withheld = [.. Many<CheckKind>("withheld")];
        var yes = form["answer"].ToString() switch { "yes" => true, "no" => false, _ => (bool?)null };
        var outcome = what switch
        {
            ClearanceForm.Submit => await submit.HandleAsync(person, new(id, text), expected, cancel),
            ClearanceForm.Checks => await checks.HandleAsync(person, new(id, [.. ChecksOf(form)]), expected, cancel),
            ClearanceForm.Assess => await assess.HandleAsync(person, new(id, text), expected, cancel),
            ClearanceForm.Decide => await decide.HandleAsync(
                person, new(id, PeopleText.Named<ClearanceAnswer>(form["answer"]), grounds, text, form["restrictions"], withheld, form["withheldWhy"]), expected, cancel),
            ClearanceForm.Appeal => await appeal.HandleAsync(person, new AppealVetting.Appeal(id, text), expected, cancel),
            ClearanceForm.AppealAnswer => await appeal.HandleAsync(person, new AppealVetting.Answer(id, yes, text), expected, cancel),
            ClearanceForm.Suspend => await suspend.HandleAsync(person, new SuspendClearance.Suspension(id, grounds, text), expected, cancel),
            ClearanceForm.Confirm => await suspend.HandleAsync(person, new SuspendClearance.Confirming(id, text), expected, cancel),
            ClearanceForm.Lift => await suspend.HandleAsync(person, new SuspendClearance.Lifting(id, text), expected, cancel),
            ClearanceForm.LiftAnswer => await suspend.HandleAsync(person, new SuspendClearance.LiftingAnswer(id, yes, text), expected, cancel),
            ClearanceForm.Open => await withdraw.HandleAsync(person, new WithdrawClearance.Opening(id, text), expected, cancel),
            ClearanceForm.Answer => await withdraw.HandleAsync(person, new WithdrawClearance.Answer(id, text), expected, cancel),
            ClearanceForm.Ruling => await withdraw.HandleAsync(person, new WithdrawClearance.Ruling(id, yes, grounds, text, withheld, form["withheldWhy"]), expected, cancel),
            ClearanceForm.Discontinue => await discontinue.HandleAsync(person, new DiscontinueClearance.Command(id, PeopleText.Named<DiscontinuedBecause>(form["because"]), text), expected, cancel),
            ClearanceForm.DiscontinueAnswer => await discontinue.HandleAsync(person, new DiscontinueClearance.Answer(id, yes, text), expected, cancel),
            ClearanceForm.Report => await report.HandleAsync(
                person, new ReportCircumstances.Report(id, Guid.CreateVersion7(), PeopleText.Named<CircumstanceKind>(form["kind"]), DayOf(form["since"]), text), expected, cancel),
            _ => await report.HandleAsync(person, new ReportCircumstances.Review(id, Guid.TryParse(form["report"], out var of) ? of : Guid.Empty, text), expected, cancel),
        };
        if (outcome is null) return Results.NotFound();
        if (outcome is not Outcome.Done(var index))
            return await show.ShowAsync(person, id, what, outcome, form.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()), cancel);
        http.Wrote(index);
        return new SeeOther($"/vetting/{id:D}");

        IEnumerable<T> Many<T>(string field) where T : struct, Enum => form[field].Select(PeopleText.Named<T>).OfType<T>();
    }

    // A row that was left empty says nothing.
    static IEnumerable<CheckDone> ChecksOf(IFormCollection form) =>
        from kind in Enum.GetValues<CheckKind>()
        let name = PeopleText.Camel(kind)
        let result = PeopleText.Named<VettingResult>(form["result-" + name])
        where result is not null
        select new CheckDone(kind, result.Value, result == VettingResult.NotDone ? null : DayOf(form["day-" + name]), form["note-" + name]);

    static DateOnly? DayOf(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The field that a refusal belongs to; empty for the whole page.</summary>
    internal static string FieldOf(string code) => code switch
    {
        VettingTexts.Missing or VettingTexts.TooShort or VettingTexts.Unfit => "text",
        NoSoleGround.GroundsMissing or NoSoleGround.Code => "grounds",
        DecideClearance.AnswerMissing => "answer",
        DecideClearance.RestrictionsMissing => "restrictions",
        DecideClearance.RedactionWrong => "withheldWhy",
        DiscontinueClearance.CauseMissing => "because",
        ReportCircumstances.KindMissing => "kind",
        ReportCircumstances.DayWrong => "since",
        _ => "",
    };
}
