using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace Probity.Cases.Closing;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class ApproveClosingPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/cases/{id:guid}/closing/approval", (Guid id, HttpContext http, CaseForms forms, IStringLocalizer<CasesPages> text) =>
            forms.ShowAsync<ApproveClosingPage>(http, id, CaseAction.ApproveClosing, (form, facts) => Fill(form, facts, text)));
        pages.MapPost("/cases/{id:guid}/closing/approval", (Guid id, HttpContext http, CaseForms forms, ApproveClosing slice, IStringLocalizer<CasesPages> text) =>
            forms.TakeAsync<ApproveClosingPage>(
                http, id, "answered", (form, facts) => Fill(form, facts, text), CaseForms.FieldOf, async (person, typed, seen, cancel) =>
                    Answer.Missing(typed)
                    ?? (FormResult)new FormResult.Ran(await slice.HandleAsync(person, new(id, Answer.IsYes(typed), typed["reasons"].ToString()), seen, cancel))));
    }

    static CaseForm Fill(CaseForm form, CaseFacts facts, IStringLocalizer<CasesPages> text) => facts.Case.Closing is { } closing
        ? form with { Subject = text["ApproveClosing.Subject", facts.Register.NameOf(closing.By), CaseWords.Of(closing.Outcome)], Reasons = closing.Reasons }
        : form with { Nothing = CasesText.Of(Assigning.ApproveAssignment.NothingProposed) };
}
