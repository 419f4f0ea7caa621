using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Shared.Confirming;
using Probity.Shared.Web;

namespace Probity.Cases.Viewing;

/// <summary>
/// A receipt for one entry of a case, for whoever may see the case and as it is seen there: with its content, unless they want it
/// without. Taking it along is itself recorded.
/// </summary>
internal sealed class TakeReceipt(TransparencyLog log, CaseReading reading)
{
    /// <summary>Where the receipt of an entry is taken on the pages.</summary>
    public static string Href(Guid caseId, long index) => FormattableString.Invariant($"/cases/{caseId}/receipt/{index}");

    /// <summary>The receipt, or null where the case has no such entry or this person may not know of the case.</summary>
    public async Task<Receipt?> HandleAsync(Guid person, Guid caseId, long index, bool content, CancellationToken cancel)
    {
        if (await reading.OpenAsync(person, caseId, "cases.receipt", cancel) is not { } facts) return null;
        if (await log.ReadHeaderAsync(index, cancel) is not { } bytes || HeaderEncoding.Decode(bytes) is not { } header
            || header.Stream != facts.Case.Stream || !CaseTimeline.IsFor(header.Type, facts)) return null;
        return await log.WriteReceiptAsync(index, content ? ReceiptForm.Content : ReceiptForm.Header, cancel);
    }

    public static void MapPage(IEndpointRouteBuilder pages) => pages.MapGet("/cases/{id:guid}/receipt/{index:long}", async (Guid id, long index, bool? content, HttpContext http, TakeReceipt slice) =>
        SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized()
        : await slice.HandleAsync(person, id, index, content ?? true, http.RequestAborted) is { } receipt ? Answer(http, receipt)
        : Results.NotFound());

    public static void MapApi(RouteGroupBuilder api) => api
        .MapGet("/{id:guid}/receipts/{index:long}", async (Guid id, long index, bool? content, HttpContext http, TakeReceipt slice) =>
            SignedInPerson.Of(http.User) is not { } person ? Problem.SignIn()
            : await slice.HandleAsync(person, id, index, content ?? true, http.RequestAborted) is { } receipt ? Answer(http, receipt)
            : Problem.NotFound())
        .WithName("takeReceipt").WithSummary("A receipt (C2SP tlog-proof) for one entry of the case, with what was recorded unless content=false. Taking it is recorded.")
        .Produces<string>(200, "text/plain").Refuses(400, 401, 404);

    static IResult Answer(HttpContext http, Receipt receipt)
    {
        http.Response.Headers.CacheControl = "no-store";
        return PublicReceiptEndpoints.File(http, receipt);
    }
}
