using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Contract;
using Probity.Cases.ViewingDocket;

namespace Probity.Cases.Assigning;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class RequestAssignmentPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        foreach (var seat in Enum.GetValues<Seat>())
        {
            var route = $"/cases/{{id:guid}}/draw/{DocketQuery.Camel(seat)}";
            CaseForm Fill(CaseForm form, CaseFacts facts) => form with { Subject = CaseWords.Of(seat), Reasons = DocketQuery.Camel(seat) };
            pages.MapGet(route, (Guid id, HttpContext http, CaseForms forms) =>
                forms.ShowAsync<RequestAssignmentPage>(http, id, CaseAction.RequestAssignment, Fill));
            pages.MapPost(route, (Guid id, HttpContext http, CaseForms forms, RequestAssignment slice) =>
                forms.TakeAsync<RequestAssignmentPage>(http, id, "draw", Fill, CaseForms.FieldOf, async (person, typed, seen, cancel) =>
                    new FormResult.Ran(await slice.HandleAsync(person, new(id, seat), seen, cancel))));
        }
    }
}
