using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Staffing;
using Probity.Shared.Web;

namespace Probity.Access.Reviewing;

/// <summary>The same commands for programs.</summary>
internal static class ReviewApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/units/{unit:guid}/access-reviews", (Guid unit, HttpContext context, ReviewUnit slice) =>
        {
            var id = Guid.CreateVersion7();
            return RegisterApi.RunAsync(context, (by, cancel) => slice.BeginAsync(by, unit, id, cancel), () => RegisterApi.Created(id));
        }).Command("beginAccessReview", "Open a review of who has access in a unit. Takes no body.").Produces<Made>(201);
        api.MapPost("/units/{unit:guid}/access-reviews/say", (Guid unit, HttpContext context, ReviewUnit slice) => RegisterApi.RunAsync<ReviewUnit.Saying>(
            context, (by, command, cancel) => slice.SayAsync(by, unit, command, cancel), Results.NoContent))
            .Command("sayAccessReview", "Say of lines of the open review whether their people keep the posting.").Takes<ReviewUnit.Saying>().Produces(204);
        api.MapPost("/units/{unit:guid}/access-reviews/answer", (Guid unit, HttpContext context, ReviewUnit slice) => RegisterApi.RunAsync<ReviewUnit.Answer>(
            context, (by, command, cancel) => slice.AnswerAsync(by, unit, command, cancel), Results.NoContent))
            .Command("answerAccessReview", "Confirm the open review, or send it back and say why.").Takes<ReviewUnit.Answer>().Produces(204);
    }
}
