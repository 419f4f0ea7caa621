using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.BreakingGlass;

/// <summary>
/// Judges an opening without being assigned: justified or not, with reasons. Never the person themself nor their chain of command.
/// </summary>
internal sealed class ReviewGlass(CaseDesk desk)
{
    public const string NoSuchOpening = "cases.no-such-opening";
    public const string AlreadyReviewed = "cases.opening-reviewed";

    internal sealed record Command(Guid CaseId, Guid Glass, bool Justified, string Reasons);

    internal sealed record Body(Guid Glass, bool Justified, string Reasons);

    public static Decision Decide(Command command, Case @case, Guid reviewer, Register register, DateTimeOffset now)
    {
        if (@case.Glasses.FirstOrDefault(g => g.Id == command.Glass) is not { } glass) return Decision.Refuse(NoSuchOpening);
        if (Recusal.Between(reviewer, [glass.Person], register, now) is { } bar)
            return Decision.Refuse(bar, CaseAccess.WhoMayAs(Role.Overseer, CaseAction.ReviewGlass, @case, register, now));
        if (glass.IsReviewed) return Decision.Refuse(AlreadyReviewed);
        return CaseTexts.RefusesReason(command.Reasons) is { } refusal
            ? refusal
            : Decision.Accept(@case.Stream, new GlassReviewed(command.Glass, command.Justified, command.Reasons));
    }

    /// <summary>The openings that wait for this person's judgment, the oldest first.</summary>
    public static IEnumerable<Glass> WaitingFor(CaseFacts facts) =>
        CaseAccess.Refuses(CaseAction.ReviewGlass, facts.Actor, facts.Case, facts.Register, facts.Now) is null
            ? facts.Case.Glasses.Where(g => !g.IsReviewed && Recusal.Between(facts.Actor.Person, [g.Person], facts.Register, facts.Now) is null)
            : [];

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.ReviewGlass, expected,
        facts => Decide(command, facts.Case, person, facts.Register, facts.Now), CasePlace.Readings, cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/break-glass/review", (Guid id, HttpContext http, ReviewGlass slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(
                person, new Command(id, body.Glass, body.Justified, body.Reasons), expected, cancel)))
        .Describe<Body>("reviewGlass", "Judge an opening of the case by somebody who was not assigned to it.");
}
