using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Probity.Cases.Contract;
using Probity.Cases.ViewingDocket;
using Probity.Shared;

namespace Probity.Cases.Deciding;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class DecideInCasePage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/cases/{id:guid}/decisions/new", (Guid id, HttpContext http, CaseForms forms, IStringLocalizer<CasesPages> text) =>
            forms.ShowAsync<DecideInCasePage>(http, id, CaseAction.Decide, (form, facts) => Fill(form, facts, text)));
        pages.MapPost("/cases/{id:guid}/decisions/new", (Guid id, HttpContext http, CaseForms forms, DecideInCase slice, IStringLocalizer<CasesPages> text) =>
            forms.TakeAsync<DecideInCasePage>(http, id, "decision", (form, facts) => Fill(form, facts, text), FieldOf, async (person, typed, seen, cancel) =>
            {
                var (kind, reasons, basis) = (DocketQuery.Named<DecisionKind>(typed["kind"]), typed["reasons"].ToString(), typed["basis"].ToString());
                return FormResult.Missing.Among(
                        (kind is null ? "page.decision-missing" : null, "kind"), (CaseTexts.RefusesReason(reasons)?.Code, "reasons"),
                        (string.IsNullOrWhiteSpace(basis) ? DecideInCase.LegalBasisMissing : null, "basis"))
                    ?? (FormResult)new FormResult.Ran(await slice.HandleAsync(person, new(id, kind!.Value, reasons, basis), seen, cancel));
            }));
    }

    static CaseForm Fill(CaseForm form, CaseFacts facts, IStringLocalizer<CasesPages> text)
    {
        var choices = DecideInCase.OpenIn(facts.Case).Select(k => new Choice(DocketQuery.Camel(k), CaseWords.Of(k))).ToList();
        return form with
        {
            Choices = choices, Before = [.. facts.Case.Decisions.Select(CaseWords.Of)],
            Nothing = choices.Count > 0 ? null
                : facts.Case.Closing is not null ? CasesText.Of(Closing.ProposeClosing.Pending)
                : DecideInCase.HasEnded(facts.Case) ? CasesText.Of(DecideInCase.Final)
                : text["Decide.Nothing"].Value,
        };
    }

    static string FieldOf(string code) => code switch
    {
        DecideInCase.LegalBasisMissing => "basis",
        DecideInCase.NotInStage or DecideInCase.IsCourts or DecideInCase.OutOfOrder or DecideInCase.AlreadyTaken => "kind",
        _ => CaseForms.FieldOf(code),
    };
}
