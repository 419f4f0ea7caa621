using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Charging;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Ordering;

/// <summary>The judge of the case says that an order which the registry put on the record is theirs. What cannot be undone need then not wait.</summary>
internal sealed class ConfirmOrder(CaseDesk desk, CaseEvidence evidence)
{
    internal sealed record Command(Guid CaseId, Guid Order);

    internal sealed record Body;

    public static Decision Decide(Command command, Case @case) =>
        CourtRules.RefusesCourt(@case) is { } court ? court
        : @case.Court.Orders.FirstOrDefault(o => o.Id == command.Order) is not { } order || !OrderRules.CanBeConfirmed(order) ? Decision.Refuse(OrderRules.Unknown)
        : Decision.Accept(@case.Stream, new ExhibitsOrderConfirmed(command.Order));

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.ConfirmOrder, expected,
        async facts => (await evidence.HandsAsync(facts.Session, command.CaseId, cancel)).Contains(person) ? Decision.Refuse(OrderRules.HadInHand) : Decide(command, facts.Case), CasePlace.CourtOrders, cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/exhibit-orders/{order:guid}/confirmation", (Guid id, Guid order, HttpContext http, ConfirmOrder slice) => CaseApi.RunAsync<Body>(
            http, (person, _, expected, cancel) => slice.HandleAsync(person, new Command(id, order), expected, cancel)))
        .Describe<Body>("confirmExhibitOrder", "As the judge of the case, confirm an order about exhibits that the registry put on the record.");
}
