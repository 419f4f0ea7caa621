using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared;

namespace Probity.Cases.Working;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class GiveAccessPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/cases/{id:guid}/access", (Guid id, HttpContext http, CaseForms forms) =>
            forms.ShowAsync<GiveAccessPage>(http, id, CaseAction.GiveAccess, Fill));
        pages.MapPost("/cases/{id:guid}/access", (Guid id, HttpContext http, CaseForms forms, GiveAccess slice) =>
            forms.TakeAsync<GiveAccessPage>(http, id, "access", Fill, FieldOf, async (person, typed, seen, cancel) =>
            {
                var (known, reasons) = (Guid.TryParseExact(typed["person"], "D", out var whom), typed["reasons"].ToString());
                return FormResult.Missing.Among((known ? null : "page.person-missing", "person"), (CaseTexts.RefusesReason(reasons)?.Code, "reasons"))
                    ?? (FormResult)new FormResult.Ran(await slice.HandleAsync(person, new(id, whom, reasons), seen, cancel));
            }));
    }

    // Those to whom access would give something; whom the guard bars is not even offered.
    static CaseForm Fill(CaseForm form, CaseFacts facts) => form with
    {
        Choices = [.. facts.Register.People.Keys
            .Where(p => !facts.Case.Named.Contains(p) && CaseAccess.CanBeNamed(Actor.From(facts.Register, p, facts.Now))
                && CaseAccess.Bar(CaseAction.GiveAccess, p, facts.Case, facts.Register, facts.Now) is null)
            .Select(p => new Choice(p.ToString("D"), CaseWords.Of(p, facts.Register, facts.Now))).OrderBy(c => c.Text, StringComparer.CurrentCulture)],
    };

    static string FieldOf(string code) => code switch
    {
        GiveAccess.NoPost or GiveAccess.RoleSeesNoCase or GiveAccess.AlreadyNamed => "person",
        _ => CaseForms.FieldOf(code),
    };
}
