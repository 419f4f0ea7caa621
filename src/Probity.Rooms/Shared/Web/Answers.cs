using Microsoft.AspNetCore.Http;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Shared.Web;

/// <summary>A command is on the record; <paramref name="Index"/> is its last entry.</summary>
internal sealed record Written(long Index);

/// <summary>The same of a command that made something.</summary>
internal sealed record WrittenAs(Guid Id, long Index);

/// <summary>Turns how a command ended into an HTTP answer, for every API call.</summary>
internal static class Answers
{
    /// <summary>The code of a conflict.</summary>
    public const string Stale = "record.stale";

    /// <summary>201, what was made, and where on the record it stands.</summary>
    public static IResult Made(Guid id, long index) => Results.Json(new WrittenAs(id, index), ApiJson.Options, statusCode: StatusCodes.Status201Created);

    /// <param name="http">The call.</param>
    /// <param name="outcome">How the command ended.</param>
    /// <param name="textOf">The words for a refusal's code, in the caller's language.</param>
    /// <param name="nameOf">What the people are called to whom a refusal sends the caller.</param>
    /// <param name="done">The answer to success; <see cref="Written"/> unless given.</param>
    public static IResult Of(HttpContext http, Outcome outcome, Func<string, string> textOf, Func<Guid, string> nameOf, Func<long, IResult>? done = null)
    {
        switch (outcome)
        {
            case Outcome.Done(var index):
                http.Wrote(index);
                return done?.Invoke(index) ?? Results.Json(new Written(index), ApiJson.Options);
            case Outcome.Refused { Refusal: var refusal }:
                return new Problem(
                    textOf(refusal.Code), StatusCodes.Status422UnprocessableEntity, refusal.Code,
                    RerouteAnswer.Of(refusal.Reroute, nameOf), refusal.Until).ToResult();
            default:
                return new Problem(textOf(Stale), StatusCodes.Status409Conflict, Stale).ToResult();
        }
    }
}
