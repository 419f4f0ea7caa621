using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Probity.Cases.Contract;
using Probity.Cases.ViewingDocket;
using Probity.Shared;
using Probity.Shared.Kit;

namespace Probity.Cases.Working;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class RecordStepPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/cases/{id:guid}/steps/new", (Guid id, HttpContext http, CaseForms forms, IStringLocalizer<CasesPages> text) =>
            forms.ShowAsync<RecordStepPage>(http, id, CaseAction.RecordStep, (form, facts) => Fill(form, facts, text)));
        pages.MapPost("/cases/{id:guid}/steps/new", (Guid id, HttpContext http, CaseForms forms, RecordStep slice, IOptions<SharedOptions> options, IStringLocalizer<CasesPages> text) =>
            forms.TakeAsync<RecordStepPage>(http, id, "step", (form, facts) => Fill(form, facts, text), FieldOf, async (person, typed, seen, cancel) =>
            {
                if (DocketQuery.Named<Step>(typed["step"]) is not { } step) return new FormResult.Missing(RecordStep.UnknownStep, "step");
                var day = DateParts.From(typed, "day");
                DateTimeOffset? occurred = null;
                if (!day.IsEmpty || !string.IsNullOrWhiteSpace(typed["hour"]))
                {
                    if (day.ToDay() is not { } known) return new FormResult.Missing("page.day-unclear", "day");
                    var hour = typed["hour"].ToString().Trim();
                    if (!TimeOnly.TryParseExact(hour.Length == 0 ? "00:00" : hour, "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
                        return new FormResult.Missing("page.hour-unclear", "hour");
                    var local = known.ToDateTime(at);
                    occurred = new DateTimeOffset(local, options.Value.TimeZone.GetUtcOffset(local));
                }

                return new FormResult.Ran(await slice.HandleAsync(
                    person, new(id, step, typed["note"].ToString(), occurred, AsksOrder: typed[Anyway] != "yes"), seen, cancel));
            }));
    }

    // What the next stage asks for stands first, what is on the record already last.
    static CaseForm Fill(CaseForm form, CaseFacts facts, IStringLocalizer<CasesPages> text)
    {
        var needed = RecordStep.NeededNext(facts.Case);
        return form with
        {
            Choices = [.. Enum.GetValues<Step>().Where(step => RecordStep.IsTheirs(step, facts.Actor))
                .OrderBy(step => !needed.Contains(step)).ThenBy(facts.Case.Steps.Contains).ThenBy(step => RecordStep.ComesLater(step, facts.Case))
                .Select(step => new Choice(DocketQuery.Camel(step), CaseWords.Of(step), Hint(step)))],
        };

        string? Hint(Step step) => facts.Case.Steps.Contains(step) ? text["Step.Recorded"].Value
            : RecordStep.ComesLater(step, facts.Case) ? text["Step.Later"].Value
            : needed.Contains(step) ? text["Step.Needed", CaseWords.Of(Stage.Prosecute)].Value
            : null;
    }

    static string FieldOf(string code) => code switch
    {
        RecordStep.UnknownStep or RecordStep.NotTheirs => "step",
        RecordStep.OutOfOrder => Anyway,
        RecordStep.InFuture or RecordStep.TooEarly => "day",
        CaseTexts.TooLong or CaseTexts.ControlCharacters => "note",
        _ => "",
    };
}
