using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Transferring;
using Probity.Shared.Record;

namespace Probity.Exhibits.Keeping;

/// <summary>The custodian puts an exhibit into another place of the store.</summary>
internal sealed class MoveExhibit(ExhibitDesk desk)
{
    internal sealed record Command(Guid Exhibit, Guid Location, string? Reason);

    internal sealed record Body(Guid Location, string? Reason);

    public static Decision Decide(Command command, ExhibitFacts facts)
    {
        if (!facts.Store.Locations.ContainsKey(command.Location)) return Decision.Refuse(ReceiveExhibit.LocationUnknown);
        if (ExhibitTexts.Refuses(command.Reason, ExhibitTexts.MaxReason, lines: true) is { } unfit) return unfit;
        if (facts.Exhibit.Location == command.Location) return Decision.Accept();
        return Decision.Accept([
            facts.Exhibit.File(new ExhibitMoved(command.Location, ExhibitTexts.Kept(command.Reason))),
            .. Discrepancies.OfReturn(facts.Exhibit, facts.Exhibit with { Moved = (command.Location, facts.Now) }, facts.Actor.Person, facts.Store, facts.Now)]);
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Exhibit, ExhibitAction.Move, facts => Decide(command, facts), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/location", (Guid id, HttpContext http, MoveExhibit slice) => ExhibitsApi.RunAsync<Body>(
            http, (person, body, cancel) => slice.HandleAsync(person, new Command(id, body.Location, body.Reason), cancel)))
        .Describe<Body>("moveExhibit", "Put an exhibit into another place of the store.");
}
