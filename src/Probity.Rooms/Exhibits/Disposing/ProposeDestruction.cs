using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Contract;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits.Disposing;

/// <summary>
/// The custodian who holds an exhibit chooses the order to destroy it, which stands on the record of its case, and says where, how, and before which two
/// witnesses.
/// </summary>
internal sealed class ProposeDestruction(DisposalDesk desk)
{
    public const string PlaceMissing = "exhibits.destruction-place-missing";
    public const string MethodMissing = "exhibits.destruction-method-missing";
    public const string TwoWitnesses = "exhibits.destruction-two-witnesses";
    public const string InTheChain = "exhibits.witness-in-chain";
    public const string HoldersUnit = "exhibits.witness-of-holders-unit";
    public const string Known = "exhibits.destruction-known";
    public const string CarriedOut = "exhibits.destruction-carried-out";

    internal sealed record Command(Guid Exhibit, Guid Destruction, Guid? Order, string Place, string Method, IReadOnlyList<Guid> Witnesses);

    internal sealed record Body(Guid Destruction, Guid? Order, string Place, string Method, IReadOnlyList<Guid> Witnesses);

    public static Decision Decide(Command command, DisposalFacts facts)
    {
        var exhibit = facts.Of.Exhibit;
        if (exhibit.Destruction is { } known)
        {
            if (known.Id == command.Destruction) return Decision.Accept();
            if (known.CarriedOut is not null) return Decision.Refuse(CarriedOut);
        }

        // What an earlier order found and settled settles nothing for a new one.
        if (exhibit.Ordered.Contains(command.Destruction)) return Decision.Refuse(Known);
        if (ExhibitAccess.LeftOf(exhibit) is { } left) return left;
        if ((facts.RefusesOrder(command.Order, ExhibitOrderKind.Destroy) ?? ExhibitTexts.Refuses(command.Place, ExhibitTexts.MaxLine, PlaceMissing)
            ?? ExhibitTexts.Refuses(command.Method, ExhibitTexts.MaxLine, MethodMissing)) is { } unfit) return unfit;
        if (command.Witnesses.Distinct().Count() != 2 || command.Witnesses.Count != 2) return Decision.Refuse(TwoWitnesses);
        foreach (var witness in command.Witnesses)
        {
            if (DestructionChecks.RefusesWitness(witness, command.Order, facts.Of) is { } code) return Decision.Refuse(code);
        }

        var order = facts.OrderOf(command.Order!.Value);
        return Decision.Accept(exhibit.File(new DestructionProposed(
            command.Destruction, order.Reference, order.Ordered, command.Place.Trim(), command.Method.Trim(), [.. command.Witnesses], order.Order)));
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Exhibit, ExhibitAction.Destroy, facts => Decide(command, facts), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/destruction", (Guid id, HttpContext http, ProposeDestruction slice) => ExhibitsApi.RunAsync<Body>(
            http, (person, body, cancel) => slice.HandleAsync(
                person, new Command(id, body.Destruction, body.Order, body.Place, body.Method, body.Witnesses ?? []), cancel)))
        .Describe<Body>("proposeDestruction", "Choose the order to destroy an exhibit, which stands on the record of its case.");
}
