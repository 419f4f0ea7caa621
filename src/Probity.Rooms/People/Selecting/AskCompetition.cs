using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Selecting;

/// <summary>A commander asks that a post below them be filled by a competition. It decides nothing: integrity or vetting draws it up.</summary>
internal sealed class AskCompetition(SelectionDesk desk)
{
    internal sealed record Command(Guid Request, Guid Post, string? Reason);

    public static Decision Decide(Command command, SelectionFacts facts) =>
        facts.All.Requests.Any(r => r.Post == command.Post) ? Decision.Refuse("people.selection-asked-already")
        : VettingTexts.Refuses(command.Reason) is { } unfit ? unfit
        : Decision.Accept(Competitions.Stream, new CompetitionAsked(command.Request, command.Post, command.Reason!.Trim()));

    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, null, SelectionAction.Ask, facts => Decide(command, facts), cancel, command.Post);
}
