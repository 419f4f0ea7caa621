using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Working;

/// <summary>Ends a person's access by name. Whoever may let somebody in may also show them out.</summary>
internal sealed class EndAccess(CaseDesk desk)
{
    public const string NotNamed = "cases.not-named";

    internal sealed record Command(Guid CaseId, Guid Person, string Reason);

    internal sealed record Body(Guid Person, string Reason);

    public static Decision Decide(Command command, Case @case) =>
        CaseTexts.RefusesReason(command.Reason) is { } refusal ? refusal
        : !@case.Named.Contains(command.Person) ? Decision.Refuse(NotNamed)
        : Decision.Accept(@case.Stream, new AccessEnded(command.Person, command.Reason));

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.GiveAccess, expected, facts => Decide(command, facts.Case), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/access/end", (Guid id, HttpContext http, EndAccess slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(person, new Command(id, body.Person, body.Reason), expected, cancel)))
        .Describe<Body>("endAccess", "End a person's access by name.");
}
