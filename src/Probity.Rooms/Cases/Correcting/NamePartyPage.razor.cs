using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Contract;
using Probity.Cases.Opening;
using Probity.Cases.ViewingDocket;
using Probity.Shared;

namespace Probity.Cases.Correcting;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class NamePartyPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/cases/{id:guid}/parties/new", (Guid id, HttpContext http, CaseForms forms) =>
            forms.ShowAsync<NamePartyPage>(http, id, CaseAction.NameParties, Fill, CasePlace.Parties));
        pages.MapPost("/cases/{id:guid}/parties/new", (Guid id, HttpContext http, CaseForms forms, NameParty slice) =>
            forms.TakeAsync<NamePartyPage>(http, id, "party", Fill, FieldOf, async (person, typed, seen, cancel) =>
            {
                var (name, role, reasons) = (typed["name"].ToString().Trim(), DocketQuery.Named<PartyRole>(typed["role"]), typed["reasons"].ToString());
                Guid? staff = Guid.TryParseExact(typed["staff"], "D", out var known) ? known : null;
                return FormResult.Missing.Among(
                        (name.Length == 0 ? OpenCase.PartyNameMissing : null, "name"), (role is null ? OpenCase.PartyRoleUnknown : null, "role"),
                        (CaseTexts.RefusesReason(reasons)?.Code, "reasons"))
                    ?? (FormResult)new FormResult.Ran(await slice.HandleAsync(person, new(id, new Party(role!.Value, name, staff), reasons), seen, cancel));
            }, CasePlace.Parties));
    }

    static CaseForm Fill(CaseForm form, CaseFacts facts) => form with
    {
        Choices = [.. NameParty.OpenTo(facts.Case, facts.Actor, facts.Register, facts.Now)
            .Select(p => new Choice(p.ToString("D"), CaseWords.Of(p, facts.Register, facts.Now))).OrderBy(c => c.Text, StringComparer.CurrentCulture)],
        Subject = NameParty.IsOnlyOverseer(facts.Actor, facts.Case, facts.Register) ? nameof(NameParty.WasLetBack) : null,
        Before = [.. facts.Case.CurrentParties.Select(p => p.Party.Name)],
    };

    static string FieldOf(string code) => code switch
    {
        OpenCase.PartyNameMissing or NameParty.AlreadyNamed or CaseTexts.TooLong or CaseTexts.ControlCharacters => "name",
        OpenCase.PersonUnknown or OpenCase.NobodyLeftToOversee or NameParty.SitsInIt or NameParty.WasLetBack => "staff",
        _ => CaseForms.FieldOf(code),
    };
}
