using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Shared;

namespace Probity.Cases.Working;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class EndAccessPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/cases/{id:guid}/access/end", (Guid id, HttpContext http, CaseForms forms) =>
            forms.ShowAsync<EndAccessPage>(http, id, CaseAction.GiveAccess, Fill));
        pages.MapPost("/cases/{id:guid}/access/end", (Guid id, HttpContext http, CaseForms forms, EndAccess slice) =>
            forms.TakeAsync<EndAccessPage>(http, id, "accessEnded", Fill, FieldOf, async (person, typed, seen, cancel) =>
            {
                var (known, reasons) = (Guid.TryParseExact(typed["person"], "D", out var whom), typed["reasons"].ToString());
                return FormResult.Missing.Among((known ? null : "page.person-missing", "person"), (CaseTexts.RefusesReason(reasons)?.Code, "reasons"))
                    ?? (FormResult)new FormResult.Ran(await slice.HandleAsync(person, new(id, whom, reasons), seen, cancel));
            }));
    }

    static CaseForm Fill(CaseForm form, CaseFacts facts) => form with
    {
        Choices = [.. facts.Case.Named.Select(p => new Choice(p.ToString("D"), CaseWords.Of(p, facts.Register, facts.Now))).OrderBy(c => c.Text, StringComparer.CurrentCulture)],
        Nothing = facts.Case.Named.IsEmpty ? CasesText.Of(EndAccess.NotNamed) : null,
    };

    static string FieldOf(string code) => code == EndAccess.NotNamed ? "person" : CaseForms.FieldOf(code);
}
