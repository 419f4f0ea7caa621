using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Probity.Cases.Contract;
using Probity.Cases.ViewingDocket;
using Probity.Shared;

namespace Probity.Cases.Closing;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class ProposeClosingPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/cases/{id:guid}/closing", (Guid id, HttpContext http, CaseForms forms, IStringLocalizer<CasesPages> text) =>
            forms.ShowAsync<ProposeClosingPage>(http, id, CaseAction.ProposeClosing, (form, facts) => Fill(form, facts, text)));
        pages.MapPost("/cases/{id:guid}/closing", (Guid id, HttpContext http, CaseForms forms, ProposeClosing slice, IStringLocalizer<CasesPages> text) =>
            forms.TakeAsync<ProposeClosingPage>(http, id, "closing", (form, facts) => Fill(form, facts, text), FieldOf, async (person, typed, seen, cancel) =>
            {
                var (outcome, reasons) = (DocketQuery.Named<CaseOutcome>(typed["outcome"]), typed["reasons"].ToString());
                return FormResult.Missing.Among(
                        (outcome is null ? "page.outcome-missing" : null, "outcome"), (CaseTexts.RefusesReason(reasons)?.Code, "reasons"))
                    ?? (FormResult)new FormResult.Ran(await slice.HandleAsync(person, new(id, outcome!.Value, reasons), seen, cancel));
            }));
    }

    static CaseForm Fill(CaseForm form, CaseFacts facts, IStringLocalizer<CasesPages> text)
    {
        var choices = Enum.GetValues<CaseOutcome>().Where(o => ProposeClosing.IsBorneOut(o, facts.Case))
            .Select(o => new Choice(DocketQuery.Camel(o), CaseWords.Of(o))).ToList();
        return form with
        {
            Choices = choices, Before = [.. facts.Case.Decisions.Select(CaseWords.Of)],
            Nothing = facts.Case.Closing is not null ? CasesText.Of(ProposeClosing.Pending)
                : !facts.Case.SeatProposals.IsEmpty ? CasesText.Of(ProposeClosing.SeatPending)
                : choices.Count > 0 ? null
                : text[$"Closing.Nothing.{DocketQuery.Camel(facts.Case.Stage)}"].Value,
        };
    }

    static string FieldOf(string code) => code == ProposeClosing.OutcomeUnfounded ? "outcome" : CaseForms.FieldOf(code);
}
