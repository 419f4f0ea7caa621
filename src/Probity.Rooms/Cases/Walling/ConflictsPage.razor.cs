using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Cases.ViewingDocket;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Cases.Walling;

/// <summary>How the page is shown, and how what is typed into it is taken.</summary>
public sealed partial class ConflictsPage : ComponentBase
{
    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/cases/conflicts", async (HttpContext http, DeclareConflict slice) =>
            SignedInPerson.Of(http.User) is { } person
                ? await AnswerAsync(http, slice, person, new NumberForm { Typed = new Dictionary<string, string> { ["number"] = http.Request.Query["number"].ToString() } }, StatusCodes.Status200OK)
                : Results.Unauthorized());
        pages.MapPost("/cases/conflicts", async (HttpContext http, DeclareConflict slice) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
            var typed = await http.Request.ReadFormAsync(http.RequestAborted);
            var form = NumberForm.From(typed);
            if (DocketQuery.Named<ConflictKind>(typed["kind"]) is not { } kind)
                return await AnswerAsync(http, slice, person, form with { Errors = [new("kind", CasesText.Of(DeclareConflict.KindUnknown))] }, StatusCodes.Status422UnprocessableEntity);
            switch (await slice.HandleAsync(person, new(typed["number"].ToString(), kind), http.RequestAborted))
            {
                case Outcome.Done(var index):
                    http.Wrote(index);
                    return CaseForms.SeeOther(http, "/cases/conflicts?done=declared");
                case Outcome.Refused(var refusal, _):
                    var field = refusal.Code == Bars.Role ? "" : "number";
                    return await AnswerAsync(http, slice, person, form with { Errors = [new(field, CasesText.Of(refusal.Code))] }, StatusCodes.Status422UnprocessableEntity);
                default:
                    return await AnswerAsync(http, slice, person, form with { Errors = [new("", CasesText.Of("record.stale"))] }, StatusCodes.Status409Conflict);
            }
        });
    }

    static async Task<IResult> AnswerAsync(HttpContext http, DeclareConflict slice, Guid person, NumberForm form, int status)
    {
        var own = await slice.OfAsync(person, http.RequestAborted);
        return new RazorComponentResult<ConflictsPage>(new
        {
            Form = form, Own = (IReadOnlyList<OwnConflict>)[.. own.Select(d => new OwnConflict(d.Number, CaseWords.Of(d.Kind), d.At))],
            Done = http.Request.Query["done"] == "declared", Listed = CaseAccess.HasAnyRole(http.User),
        }) { StatusCode = status, PreventStreamingRendering = true };
    }
}
