using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits.Settling;

/// <summary>
/// What nothing explains keeps its exhibit from being destroyed or given back, until the integrity officer says why it may go all the same and a second person
/// from outside the unit agrees. It stays unexplained.
/// </summary>
internal sealed class ReleaseUnexplained(DiscrepancyDesk desk)
{
    public const string NotUnexplained = "exhibits.discrepancy-not-unexplained";
    public const string NotAsked = "exhibits.release-not-asked";

    internal sealed record Body(string Reasons);

    internal sealed record Agreement(bool Agrees, string? Reasons);

    public static Decision Decide(string reasons, DiscrepancyFacts facts)
    {
        if (!facts.Discrepancy.IsUnexplained) return Decision.Refuse(NotUnexplained);
        return ExhibitTexts.RefusesReason(reasons) is { } refusal ? refusal : Decision.Accept(AnswerDiscrepancy.File(facts, new DiscrepancyReleaseAsked(reasons.Trim())));
    }

    public static Decision Decide(Agreement agreement, DiscrepancyFacts facts)
    {
        if (facts.Discrepancy.Stage != DiscrepancyStage.ReleaseAsked) return Decision.Refuse(NotAsked);
        if (facts.Discrepancy.ReleaseAskedBy == facts.Of.Actor.Person) return Decision.Refuse(Bars.EarlierRole);
        if ((agreement.Agrees ? ExhibitTexts.Refuses(agreement.Reasons, ExhibitTexts.MaxReason, lines: true) : ExhibitTexts.RefusesReason(agreement.Reasons)) is { } refusal)
            return refusal;
        return Decision.Accept([
            AnswerDiscrepancy.File(facts, new DiscrepancyReleased(agreement.Agrees, ExhibitTexts.Kept(agreement.Reasons))),
            .. agreement.Agrees ? AnswerDiscrepancy.Upheld(facts) : []]);
    }

    public Task<Outcome?> AskAsync(Guid person, Guid discrepancy, string reasons, CancellationToken cancel) =>
        desk.RunAsync(person, discrepancy, ExhibitAction.AnswerDiscrepancy, facts => Decide(reasons, facts), cancel);

    public Task<Outcome?> AgreeAsync(Guid person, Guid discrepancy, Agreement agreement, CancellationToken cancel) =>
        desk.RunAsync(person, discrepancy, ExhibitAction.SettleDiscrepancy, facts => Decide(agreement, facts), cancel);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/discrepancies/{id:guid}/release", (Guid id, HttpContext http, ReleaseUnexplained slice) => ExhibitsApi.RunAsync<Body>(
            http, (person, body, cancel) => slice.AskAsync(person, id, body.Reasons, cancel)))
            .Describe<Body>("askReleaseUnexplained", "Say why an exhibit may be destroyed or given back though nothing explains a discrepancy of it.");
        api.MapPost("/discrepancies/{id:guid}/release/agreement", (Guid id, HttpContext http, ReleaseUnexplained slice) => ExhibitsApi.RunAsync<Agreement>(
            http, (person, body, cancel) => slice.AgreeAsync(person, id, body, cancel)))
            .Describe<Agreement>("releaseUnexplained", "Agree that it may go though nothing explains it, or not.");
    }
}
