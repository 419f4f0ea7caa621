using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Keeping;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exhibits.Counting;

/// <summary>The second person who counted signs; from then on the place counts as counted.</summary>
internal sealed class SignCount(StoreDesk desk)
{
    internal sealed record Body;

    public static Decision Decide(StoreCount count, StoreFacts facts)
    {
        if (count.Counted is not { } counted || counted.Second != facts.Actor.Person) return Decision.Refuse(Bars.Role);
        if (facts.Store.SignedCounts.Contains(count.Id)) return Decision.Accept();
        return Decision.Accept(Store.Stream, new CountSigned(count.Id, counted.Location, count.At));
    }

    public Task<Outcome> HandleAsync(Guid person, Guid count, CancellationToken cancel) =>
        desk.RunAsync(person, StoreAction.SignCount, async (session, facts) => Decide(await session.FoldAsync<StoreCount>(new StreamId(count), cancel), facts), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/counts/{id:guid}/signature", (Guid id, HttpContext http, SignCount slice) => ExhibitsApi.RunAsync<Body>(
            http, async (person, _, cancel) => await slice.HandleAsync(person, id, cancel)))
        .Describe<Body>("signCount", "Sign a count as its second person.");
}
