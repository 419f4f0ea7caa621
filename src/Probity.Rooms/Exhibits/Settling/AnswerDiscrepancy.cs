using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits.Settling;

/// <summary>The integrity officer says what explains a discrepancy, or that nothing does; a second person from outside the unit settles it.</summary>
internal sealed class AnswerDiscrepancy(DiscrepancyDesk desk)
{
    public const string NotOpen = "exhibits.discrepancy-not-open";
    public const string NotAnswered = "exhibits.discrepancy-not-answered";

    internal sealed record Command(Guid Discrepancy, bool Explained, string Reasons);

    internal sealed record Body(bool Explained, string Reasons);

    internal sealed record Settlement(bool Agrees, string? Reasons);

    public static Decision Decide(Command command, DiscrepancyFacts facts)
    {
        if (ExhibitTexts.RefusesReason(command.Reasons) is { } refusal) return refusal;
        return facts.Discrepancy.Stage == DiscrepancyStage.Open
            ? Decision.Accept(File(facts, new DiscrepancyAnswered(command.Explained, command.Reasons.Trim())))
            : Decision.Refuse(NotOpen);
    }

    public static Decision Decide(Settlement settlement, DiscrepancyFacts facts)
    {
        if (facts.Discrepancy.Stage != DiscrepancyStage.Answered) return Decision.Refuse(NotAnswered);
        if (facts.Discrepancy.AnsweredBy == facts.Of.Actor.Person) return Decision.Refuse(Bars.EarlierRole);
        if ((settlement.Agrees ? ExhibitTexts.Refuses(settlement.Reasons, ExhibitTexts.MaxReason, lines: true) : ExhibitTexts.RefusesReason(settlement.Reasons)) is { } refusal)
            return refusal;
        return Decision.Accept([
            File(facts, new DiscrepancySettled(settlement.Agrees, ExhibitTexts.Kept(settlement.Reasons))),
            .. settlement.Agrees && facts.Discrepancy.Answer!.Explained ? Upheld(facts) : []]);
    }

    /// <summary>What answers a witness's objection to a destruction: it stands against that.</summary>
    internal static IEnumerable<Filing> Upheld(DiscrepancyFacts facts) => facts.Of.Exhibit.Destruction is { } destruction
        ? destruction.Objections.Where(o => o.Value == facts.Discrepancy.Id && destruction.Awaits(o.Key)).Select(o => facts.Of.Exhibit.File(new DestructionUpheld(destruction.Id, o.Key)))
        : [];

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Discrepancy, ExhibitAction.AnswerDiscrepancy, facts => Decide(command, facts), cancel);

    public Task<Outcome?> SettleAsync(Guid person, Guid discrepancy, Settlement settlement, CancellationToken cancel) =>
        desk.RunAsync(person, discrepancy, ExhibitAction.SettleDiscrepancy, facts => Decide(settlement, facts), cancel);

    internal static Filing File(DiscrepancyFacts facts, IEvent happened) =>
        Exhibit.FilingOf(facts.Discrepancy.Id, facts.Discrepancy.Found!.Case, happened);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/discrepancies/{id:guid}/answer", (Guid id, HttpContext http, AnswerDiscrepancy slice) => ExhibitsApi.RunAsync<Body>(
            http, (person, body, cancel) => slice.HandleAsync(person, new Command(id, body.Explained, body.Reasons), cancel)))
            .Describe<Body>("answerDiscrepancy", "Say what explains a discrepancy, or that nothing does.");
        api.MapPost("/discrepancies/{id:guid}/settlement", (Guid id, HttpContext http, AnswerDiscrepancy slice) => ExhibitsApi.RunAsync<Settlement>(
            http, (person, body, cancel) => slice.SettleAsync(person, id, body, cancel)))
            .Describe<Settlement>("settleDiscrepancy", "Agree to the answer to a discrepancy, or send it back.");
    }
}
