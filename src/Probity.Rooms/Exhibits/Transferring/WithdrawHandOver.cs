using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Shared.Record;
using Probity.Exhibits.Contract;

namespace Probity.Exhibits.Transferring;

/// <summary>Nobody came: who signed that they gave an exhibit away says that they have it still.</summary>
internal sealed class WithdrawHandOver(ExhibitDesk desk)
{
    public const string NothingGiven = "exhibits.nothing-given";

    internal sealed record Command(Guid Exhibit, Guid Half, string Reason);

    internal sealed record Body(string Reason);

    public static Decision Decide(Command command, ExhibitFacts facts)
    {
        if (ExhibitTexts.RefusesReason(command.Reason) is { } refusal) return refusal;
        return facts.Exhibit.Chain.Given.Any(r => r.Half == command.Half && r.From == facts.Actor.Person)
            ? Decision.Accept(facts.Exhibit.File(new HandOverWithdrawn(command.Half, command.Reason.Trim())))
            : Decision.Refuse(NothingGiven);
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Exhibit, ExhibitAction.HandOver, facts => Decide(command, facts), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/releases/{half:guid}/withdrawal", (Guid id, Guid half, HttpContext http, WithdrawHandOver slice) => ExhibitsApi.RunAsync<Body>(
            http, (person, body, cancel) => slice.HandleAsync(person, new Command(id, half, body.Reason), cancel)))
        .Describe<Body>("withdrawHandOver", "Say that nobody came for an exhibit.");
}
