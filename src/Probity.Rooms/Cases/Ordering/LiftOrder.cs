using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Charging;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Ordering;

/// <summary>The court takes an order about exhibits back, with its reasons: nothing more is done by it.</summary>
internal sealed class LiftOrder(CaseDesk desk, CaseEvidence evidence)
{
    public const string CarriedOut = "cases.order-carried-out";
    public const string AskedAlready = "cases.order-lifting-asked";

    internal sealed record Command(Guid CaseId, Guid Order, string Reasons, string LegalBasis);

    internal sealed record Body(string Reasons, string LegalBasis);

    public static Decision Decide(Command command, Case @case, IReadOnlyList<CaseThing> things) =>
        (CourtRules.RefusesCourt(@case) ?? Refuses(command, @case.Court.Orders.FirstOrDefault(o => o.Id == command.Order && o.Stands), things)) is { } refusal
            ? refusal
            : Decision.Accept(@case.Stream, new ExhibitsOrderLifted(command.Order, command.Reasons, command.LegalBasis));

    /// <summary>
    /// Takes back what the prosecutor ordered: at once whoever signed it; else an overseer and an integrity officer, one after the other. Without a court there is
    /// nobody else who could, and the prosecutor who was talked into it is not asked.
    /// </summary>
    public static Decision DecideSigned(Command command, Case @case, IReadOnlyList<CaseThing> things, Guid person, Register register, DateTimeOffset now)
    {
        var order = @case.Court.Orders.FirstOrDefault(o => o.Id == command.Order && o is { Stands: true, Said.By: OrderedBy.Prosecution });
        if (Refuses(command, order, things) is { } refusal) return refusal;
        if (order!.SignedBy == person || AreOfBothPosts(order.LiftAskedBy, person, register, now))
            return Decision.Accept(@case.Stream, new ExhibitsOrderLifted(command.Order, command.Reasons, command.LegalBasis));
        // Asked once by their post, it waits for the other.
        return order.LiftAskedBy is not null
            ? Decision.Refuse(AskedAlready)
            : Decision.Accept(@case.Stream, new ExhibitsOrderLiftingAsked(command.Order, command.Reasons, command.LegalBasis));
    }

    static bool AreOfBothPosts(Guid? first, Guid second, Register register, DateTimeOffset now)
    {
        if (first is not { } asked || asked == second) return false;
        var (overseers, integrity) = (register.Holders(Role.Overseer, now), register.Holders(Role.Integrity, now));
        return (overseers.Contains(asked) && integrity.Contains(second)) || (integrity.Contains(asked) && overseers.Contains(second));
    }

    static Refusal? Refuses(Command command, ExhibitOrder? order, IReadOnlyList<CaseThing> things) =>
        order is null ? new Refusal(OrderRules.Unknown)
        // Else it would look as if it had been burned without one.
        : things.Where(t => order.Covers(t.Id)).ToList() is { Count: > 0 } covered && covered.TrueForAll(t => t.EndedAt is not null) ? new Refusal(CarriedOut)
        : CourtRules.RefusesReasoned(command.Reasons, command.LegalBasis);

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.OrderExhibits, expected, async facts => Decide(command, facts.Case, await evidence.ReadAsync(command.CaseId, cancel)), CasePlace.CourtOrders, cancel);

    /// <summary>By those who watch over the prosecutor's orders.</summary>
    public Task<CaseAnswer> SignedAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.SignOrder, expected,
        async facts => DecideSigned(command, facts.Case, await evidence.ReadAsync(command.CaseId, cancel), person, facts.Register, facts.Now), CasePlace.ProsecutionOrders, cancel);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/{id:guid}/exhibit-orders/{order:guid}/lifting", (Guid id, Guid order, HttpContext http, LiftOrder slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(person, new Command(id, order, body.Reasons, body.LegalBasis), expected, cancel)))
            .Describe<Body>("liftExhibitOrder", "Take an order about exhibits back.");
        api.MapPost("/{id:guid}/exhibit-orders/{order:guid}/signed-lifting", (Guid id, Guid order, HttpContext http, LiftOrder slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.SignedAsync(person, new Command(id, order, body.Reasons, body.LegalBasis), expected, cancel)))
            .Describe<Body>("liftSignedExhibitOrder", "Take the prosecutor's order about exhibits back, as who signed it, or as the overseer and integrity together.");
    }
}
