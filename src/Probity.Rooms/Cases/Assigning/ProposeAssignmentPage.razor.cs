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
public sealed partial class ProposeAssignmentPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        foreach (var seat in Enum.GetValues<Seat>())
        {
            var route = $"/cases/{{id:guid}}/assignment/{DocketQuery.Camel(seat)}";
            pages.MapGet(route, (Guid id, HttpContext http, CaseForms forms, IStringLocalizer<CasesPages> text) =>
                forms.ShowAsync<ProposeAssignmentPage>(http, id, CaseAction.ProposeAssignment, (form, facts) => Fill(form, facts, seat, text)));
            pages.MapPost(route, (Guid id, HttpContext http, CaseForms forms, ProposeAssignment slice, IStringLocalizer<CasesPages> text) =>
                forms.TakeAsync<ProposeAssignmentPage>(
                    http, id, "assignment", (form, facts) => Fill(form, facts, seat, text), FieldOf, async (person, typed, seen, cancel) =>
                    {
                        Guid? whom = Guid.TryParseExact(typed["person"], "D", out var chosen) ? chosen : null;
                        var reasons = typed["reasons"].ToString();
                        return FormResult.Missing.Among(
                                (whom is null && typed["person"] != Redraw ? "page.person-missing" : null, "person"), (CaseTexts.RefusesReason(reasons)?.Code, "reasons"))
                            ?? (FormResult)new FormResult.Ran(await slice.HandleAsync(person, new(id, seat, whom, reasons), seen, cancel));
                    }));
        }
    }

    static CaseForm Fill(CaseForm form, CaseFacts facts, Seat seat, IStringLocalizer<CasesPages> text)
    {
        var choices = Eligible.For(seat, facts.Case, facts.Register, facts.Now)
            .Select(p => new Choice(p.ToString("D"), text["Assign.Hand", CaseWords.Of(p, facts.Register, facts.Now)]))
            .OrderBy(c => c.Text, StringComparer.CurrentCulture).ToList();
        if (facts.Case.Seats.ContainsKey(seat)) choices.Insert(0, new Choice(Redraw, text["Assign.Redraw"]));
        return form with { Subject = CaseWords.Of(seat), Reasons = DocketQuery.Camel(seat), Choices = choices };
    }

    static string FieldOf(string code) => code is ProposeAssignment.NotEligible or ProposeAssignment.CodeOverdue or ProposeAssignment.NotCleared or ProposeAssignment.NotTrained or ProposeAssignment.NotDeclared or ProposeAssignment.TenureOver or ProposeAssignment.OnLeave or ProposeAssignment.LeaveOverdue or ProposeAssignment.SeatEmpty ? "person" : CaseForms.FieldOf(code);
}
