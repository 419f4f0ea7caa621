using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Shared;

namespace Probity.Cases.Walling;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class LiftWallPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/cases/{id:guid}/walls/lift", (Guid id, HttpContext http, CaseForms forms) =>
            forms.ShowAsync<LiftWallPage>(http, id, CaseAction.LiftWall, Fill));
        pages.MapPost("/cases/{id:guid}/walls/lift", (Guid id, HttpContext http, CaseForms forms, LiftWall slice) =>
            forms.TakeAsync<LiftWallPage>(http, id, "lift", Fill, FieldOf, async (person, typed, seen, cancel) =>
            {
                var (known, reasons) = (Guid.TryParseExact(typed["person"], "D", out var whom), typed["reasons"].ToString());
                return FormResult.Missing.Among((known ? null : "page.person-missing", "person"), (CaseTexts.RefusesReason(reasons)?.Code, "reasons"))
                    ?? (FormResult)new FormResult.Ran(await slice.HandleAsync(person, new(id, whom, reasons), seen, cancel));
            }));
    }

    static CaseForm Fill(CaseForm form, CaseFacts facts)
    {
        var open = facts.Case.Walls.Where(w => w.Value.LiftAskedBy is null)
            .Select(w => new Choice(w.Key.ToString("D"), CaseWords.Of(w.Key, facts.Register, facts.Now), CaseWords.Of(w.Value.Kind)))
            .OrderBy(c => c.Text, StringComparer.CurrentCulture).ToList();
        return form with { Choices = open, Nothing = open.Count > 0 ? null : CasesText.Of(facts.Case.Walls.IsEmpty ? LiftWall.NoWall : LiftWall.Pending) };
    }

    static string FieldOf(string code) => code is LiftWall.NoWall or LiftWall.Pending ? "person" : CaseForms.FieldOf(code);
}
