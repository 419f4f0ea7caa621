using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Probity.Cases.Contract;
using Probity.Cases.ViewingDocket;
using Probity.Shared;

namespace Probity.Cases.Assigning;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class ApproveAssignmentPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        foreach (var seat in Enum.GetValues<Seat>())
        {
            var route = $"/cases/{{id:guid}}/assignment/{DocketQuery.Camel(seat)}/approval";
            pages.MapGet(route, (Guid id, HttpContext http, CaseForms forms, IStringLocalizer<CasesPages> text) =>
                forms.ShowAsync<ApproveAssignmentPage>(http, id, CaseAction.ApproveAssignment, (form, facts) => Fill(form, facts, seat, text)));
            pages.MapPost(route, (Guid id, HttpContext http, CaseForms forms, ApproveAssignment slice, IStringLocalizer<CasesPages> text) =>
                forms.TakeAsync<ApproveAssignmentPage>(
                    http, id, "answered", (form, facts) => Fill(form, facts, seat, text), CaseForms.FieldOf, async (person, typed, seen, cancel) =>
                        Answer.Missing(typed)
                        ?? (FormResult)new FormResult.Ran(await slice.HandleAsync(person, new(id, seat, Answer.IsYes(typed), typed["reasons"].ToString()), seen, cancel))));
        }
    }

    static CaseForm Fill(CaseForm form, CaseFacts facts, Seat seat, IStringLocalizer<CasesPages> text)
    {
        var filled = form with { Choices = [new Choice(DocketQuery.Camel(seat), CaseWords.Of(seat))] };
        if (!facts.Case.SeatProposals.TryGetValue(seat, out var proposal)) return filled with { Nothing = CasesText.Of(ApproveAssignment.NothingProposed) };
        var by = facts.Register.NameOf(proposal.By);
        return filled with
        {
            Subject = proposal.Person is { } person
                ? text["ApproveAssignment.Hand", by, CaseWords.Of(seat), facts.Register.NameOf(person)]
                : text["ApproveAssignment.Redraw", by, CaseWords.Of(seat)],
            Reasons = proposal.Reason,
        };
    }
}
