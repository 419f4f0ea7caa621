using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits.Disposing;

/// <summary>
/// By a court's order: an exhibit is given to whom it belongs, before a second person, or it becomes the state's. It is then the state's office
/// for such things to which it is given. Drugs are never given to anybody.
/// </summary>
internal sealed class ReturnExhibit(DisposalDesk desk)
{
    public const string OwnerMissing = "exhibits.owner-missing";
    public const string NotReturned = "exhibits.not-returned";
    public const string Forfeited = "exhibits.forfeited-already";

    internal sealed record Command(Guid Exhibit, Guid Act, string To, string Order, DateOnly Ordered, SecondPerson Second);

    internal sealed record Body(Guid Act, string To, string Order, DateOnly Ordered, Guid? Witness, string? Alone, Guid? Photo);

    internal sealed record Forfeit(Guid Exhibit, string Order, DateOnly Ordered);

    internal sealed record ForfeitBody(string Order, DateOnly Ordered);

    public static Decision Decide(Command command, DisposalFacts facts)
    {
        var exhibit = facts.Of.Exhibit;
        if (exhibit.Return is { } given && given.Act == command.Act) return Decision.Accept();
        if (exhibit.IsGone) return Decision.Refuse(ExhibitAccess.Gone);
        if (exhibit.Substance is not null) return Decision.Refuse(NotReturned);
        if ((facts.Refuses() ?? ExhibitTexts.Refuses(command.To, ExhibitTexts.MaxLine, OwnerMissing) ?? facts.RefusesOrder(command.Order, command.Ordered)
            ?? command.Second.Refuses(facts.Of)) is { } refusal) return refusal;
        return Decision.Accept(exhibit.File(new ExhibitReturned(
            command.Act, command.To.Trim(), command.Order.Trim(), command.Ordered, command.Second.Witness, command.Second.Reason, command.Second.Photo)));
    }

    public static Decision Decide(Forfeit command, DisposalFacts facts)
    {
        if (facts.Of.Exhibit.IsForfeited) return Decision.Refuse(Forfeited);
        return facts.RefusesOrder(command.Order, command.Ordered) is { } refusal
            ? refusal
            : Decision.Accept(facts.Of.Exhibit.File(new ExhibitForfeited(command.Order.Trim(), command.Ordered)));
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Exhibit, ExhibitAction.Return, facts => Decide(command, facts), cancel);

    public Task<Outcome?> ForfeitAsync(Guid person, Forfeit command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Exhibit, ExhibitAction.Forfeit, facts => Decide(command, facts), cancel);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/{id:guid}/return", (Guid id, HttpContext http, ReturnExhibit slice) => ExhibitsApi.RunAsync<Body>(
            http, (person, body, cancel) => slice.HandleAsync(
                person, new Command(id, body.Act, body.To, body.Order, body.Ordered, new SecondPerson(body.Witness, body.Alone, body.Photo)), cancel)))
            .Describe<Body>("returnExhibit", "Record that an exhibit was given back to whom it belongs.");
        api.MapPost("/{id:guid}/forfeiture", (Guid id, HttpContext http, ReturnExhibit slice) => ExhibitsApi.RunAsync<ForfeitBody>(
            http, (person, body, cancel) => slice.ForfeitAsync(person, new Forfeit(id, body.Order, body.Ordered), cancel)))
            .Describe<ForfeitBody>("forfeitExhibit", "Record that an exhibit is the state's by a court's order.");
    }
}
