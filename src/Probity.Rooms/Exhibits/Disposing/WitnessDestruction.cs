using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits.Disposing;

/// <summary>
/// A witness of a destruction signs, in a session of their own, that they saw every package go; or says what was not so, and the integrity officer
/// looks at it. With the second signature the exhibit is destroyed.
/// </summary>
internal sealed class WitnessDestruction(DisposalDesk desk)
{
    public const string NotAwaited = "exhibits.destruction-not-awaited";

    internal sealed record Command(Guid Exhibit, string? Objection);

    internal sealed record Body(string? Objection);

    public static Decision Decide(Command command, DisposalFacts facts)
    {
        var (exhibit, me) = (facts.Of.Exhibit, facts.Of.Actor.Person);
        if (exhibit.Destruction is not { } destruction) return Decision.Refuse(CarryOutDestruction.NotOrdered);
        if (destruction.Signed.ContainsKey(me)) return Decision.Accept();
        if (!destruction.Awaits(me)) return Decision.Refuse(NotAwaited);
        // Said once, it is the integrity officer's.
        if (facts.Unsettled > 0 && destruction.Objections.ContainsKey(me)) return Decision.Refuse(DisposalFacts.OpenDiscrepancy);
        var objection = ExhibitTexts.Kept(command.Objection);
        // Who has come to be none any more signs nothing, and may still say what was not so.
        if (objection is null && DestructionChecks.RefusesWitness(me, destruction.Order.OrderId, facts.Of) is { } code) return Decision.Refuse(code);
        if (ExhibitTexts.Refuses(objection, ExhibitTexts.MaxReason, lines: true) is { } unfit) return unfit;
        var signed = exhibit.File(new DestructionWitnessed(destruction.Id, objection));
        if (objection is not null) return Decision.Accept([signed, .. Discrepancies.OfObjection(exhibit, destruction.Id, destruction.By, me, objection)]);
        // What somebody objected to is cleared up before anybody signs it away, whoever objected.
        return facts.Unsettled > 0 ? Decision.Refuse(DisposalFacts.OpenDiscrepancy) : Decision.Accept(signed);
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Exhibit, ExhibitAction.WitnessDestruction, facts => Decide(command, facts), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/destruction/witness", (Guid id, HttpContext http, WitnessDestruction slice) => ExhibitsApi.RunAsync<Body>(
            http, (person, body, cancel) => slice.HandleAsync(person, new Command(id, body.Objection), cancel)))
        .Describe<Body>("witnessDestruction", "Sign that you saw an exhibit destroyed, or say what was not so.");
}
