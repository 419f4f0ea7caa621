using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Probity.Shared;

namespace Probity.Cases.Walling;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class ApproveLiftPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/cases/{id:guid}/walls/{whom:guid}/approval", (Guid id, Guid whom, HttpContext http, CaseForms forms, IStringLocalizer<NeedToKnowPages> text) =>
            forms.ShowAsync<ApproveLiftPage>(http, id, CaseAction.ApproveLift, (form, facts) => Fill(form, facts, whom, text)));
        pages.MapPost("/cases/{id:guid}/walls/{whom:guid}/approval", (Guid id, Guid whom, HttpContext http, CaseForms forms, ApproveLift slice, IStringLocalizer<NeedToKnowPages> text) =>
            forms.TakeAsync<ApproveLiftPage>(http, id, "answered", (form, facts) => Fill(form, facts, whom, text), CaseForms.FieldOf, async (person, typed, seen, cancel) =>
                Answer.Missing(typed)
                ?? (FormResult)new FormResult.Ran(await slice.HandleAsync(person, new(id, whom, Answer.IsYes(typed), typed["reasons"].ToString()), seen, cancel))));
    }

    static CaseForm Fill(CaseForm form, CaseFacts facts, Guid whom, IStringLocalizer<NeedToKnowPages> text)
    {
        var filled = form with { Choices = [new Choice(whom.ToString("D"), "")] };
        return facts.Case.Walls.TryGetValue(whom, out var wall) && wall.LiftAskedBy is { } by
            ? filled with
            {
                Subject = text["ApproveLift.Subject", facts.Register.NameOf(by), facts.Register.NameOf(whom), CaseWords.Of(wall.Kind)], Reasons = wall.LiftReason,
            }
            : filled with { Nothing = CasesText.Of(Assigning.ApproveAssignment.NothingProposed) };
    }
}
