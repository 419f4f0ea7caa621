using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Ordering;

/// <summary>The overseer or an integrity officer signs the prosecutor's order about exhibits, or refuses it. Until then nothing is done by it.</summary>
internal sealed class SignOrder(CaseDesk desk)
{
    internal sealed record Command(Guid CaseId, Guid Order, bool Agrees, string? Reasons);

    internal sealed record Body(bool Agrees, string? Reasons);

    public static Decision Decide(Command command, Case @case, Guid signer)
    {
        if (@case.Court.Orders.FirstOrDefault(o => o.Id == command.Order && o.IsAwaited) is not { } order) return Decision.Refuse(OrderRules.Unknown);
        if (order.By == signer) return Decision.Refuse(Bars.Self);
        // Charged meanwhile: it is the court's now.
        if (command.Agrees && OrderRules.RefusesProsecution(@case) is { } court) return court;
        return (command.Agrees ? CaseTexts.Refuses(command.Reasons, CaseTexts.MaxReasons, missing: null) : CaseTexts.RefusesReason(command.Reasons)) is { } reasons
            ? reasons
            : Decision.Accept(@case.Stream, new ExhibitsOrderSigned(command.Order, command.Agrees, CaseTexts.Kept(command.Reasons)));
    }

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.SignOrder, expected, facts => Decide(command, facts.Case, person), CasePlace.ProsecutionOrders, cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/exhibit-orders/{order:guid}/signature", (Guid id, Guid order, HttpContext http, SignOrder slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(person, new Command(id, order, body.Agrees, body.Reasons), expected, cancel)))
        .Describe<Body>("signExhibitOrder", "Sign or refuse the prosecutor's order about exhibits.");
}
