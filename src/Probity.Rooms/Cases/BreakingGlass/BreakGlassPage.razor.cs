using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Cases.BreakingGlass;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class BreakGlassPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/cases/break-glass", (HttpContext http) =>
            CaseAccess.MayBreakGlass(http.User) ? Answer(new NumberForm(), StatusCodes.Status200OK) : Results.NotFound());
        pages.MapPost("/cases/break-glass", async (HttpContext http, BreakGlass slice) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
            if (!CaseAccess.MayBreakGlass(http.User)) return Results.NotFound();
            var typed = await http.Request.ReadFormAsync(http.RequestAborted);
            var form = NumberForm.From(typed);
            switch (await slice.HandleAsync(person, new(typed["number"].ToString(), typed["reasons"].ToString()), http.RequestAborted))
            {
                case ({ } id, Outcome.Done(var index)):
                    http.Wrote(index);
                    return CaseForms.SeeCase(http, id, "glass");
                case (_, Outcome.Refused(var refusal, _)):
                    var field = refusal.Code is BreakGlass.NoSuchCase or Walling.DeclareConflict.NumberMissing ? "number" : "reasons";
                    return Answer(form with { Errors = [new(field, CasesText.Of(refusal.Code))] }, StatusCodes.Status422UnprocessableEntity);
                default:
                    return Answer(form with { Errors = [new("", CasesText.Of("record.stale"))] }, StatusCodes.Status409Conflict);
            }
        });
    }

    static RazorComponentResult<BreakGlassPage> Answer(NumberForm form, int status) =>
        new(new { Form = form }) { StatusCode = status, PreventStreamingRendering = true };
}
