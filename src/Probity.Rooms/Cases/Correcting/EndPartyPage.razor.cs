using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Shared;

namespace Probity.Cases.Correcting;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class EndPartyPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/cases/{id:guid}/parties/end", (Guid id, HttpContext http, CaseForms forms) =>
            forms.ShowAsync<EndPartyPage>(http, id, CaseAction.EndParty, Fill, CasePlace.Parties));
        pages.MapPost("/cases/{id:guid}/parties/end", (Guid id, HttpContext http, CaseForms forms, EndParty slice) =>
            forms.TakeAsync<EndPartyPage>(http, id, "partyEnded", Fill, FieldOf, async (person, typed, seen, cancel) =>
            {
                var (known, reasons) = (int.TryParse(typed["number"], NumberStyles.None, CultureInfo.InvariantCulture, out var number), typed["reasons"].ToString());
                return FormResult.Missing.Among((known ? null : EndParty.NotNamed, "number"), (CaseTexts.RefusesReason(reasons)?.Code, "reasons"))
                    ?? (FormResult)new FormResult.Ran(await slice.HandleAsync(person, new(id, number, reasons), seen, cancel));
            }, CasePlace.Parties));
    }

    static CaseForm Fill(CaseForm form, CaseFacts facts)
    {
        var named = EndParty.OpenTo(facts.Case, facts.Actor, facts.Register, facts.Now)
            .Select(p => new Choice(p.Number.ToString(CultureInfo.InvariantCulture), p.Party.Name, CaseWords.Of(p.Party.Role))).ToList();
        return form with { Choices = named, Nothing = named.Count > 0 ? null : CasesText.Of(EndParty.NotNamed) };
    }

    static string FieldOf(string code) => code == EndParty.NotNamed ? "number" : CaseForms.FieldOf(code);
}
