using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits.Keeping;

/// <summary>The overseer's roster: who countersigns where a unit has nobody left, at night and at small posts.</summary>
internal sealed class NameDeputy(StoreDesk desk)
{
    public const string DeputyUnfit = "exhibits.deputy-unfit";

    internal sealed record Command(Guid Person, bool Ends, string Reason);

    internal sealed record Body(Guid Person, bool Ends, string Reason);

    public static Decision Decide(Command command, StoreFacts facts)
    {
        if (ExhibitTexts.RefusesReason(command.Reason) is { } refusal) return refusal;
        var isDeputy = facts.Store.Deputies.Contains(command.Person);
        if (command.Ends) return isDeputy ? Decision.Accept(Store.Stream, new DeputyEnded(command.Person, command.Reason.Trim())) : Decision.Accept();
        if (isDeputy) return Decision.Accept();
        // A keeper would vouch for keepers, and who runs the machine for anybody.
        return facts.Register.PostsOf(command.Person, facts.Now).Any(p => p.Role is Role.Commander or Role.Officer or Role.Prosecutor or Role.Investigator or Role.Integrity)
            ? Decision.Accept(Store.Stream, new DeputyNamed(command.Person, command.Reason.Trim()))
            : Decision.Refuse(DeputyUnfit);
    }

    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, StoreAction.NameDeputy, facts => Decide(command, facts), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/deputies", (HttpContext http, NameDeputy slice) => ExhibitsApi.RunAsync<Body>(
            http, async (person, body, cancel) => await slice.HandleAsync(person, new Command(body.Person, body.Ends, body.Reason), cancel)))
        .Describe<Body>("nameDeputy", "Name a deputy who countersigns, or end it.");
}
