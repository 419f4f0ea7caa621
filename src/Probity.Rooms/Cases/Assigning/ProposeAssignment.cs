using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Assigning;

/// <summary>
/// Asks that a seat be given by hand, or, without a person, that it be drawn anew. A second person decides; who is barred
/// is not even asked for.
/// </summary>
internal sealed class ProposeAssignment(CaseDesk desk, ClearedForWork cleared)
{
    public const string Pending = "cases.proposal-pending";
    public const string DrawStands = "cases.draw-stands";
    public const string SeatEmpty = "cases.seat-empty";
    public const string NotEligible = "cases.not-eligible";
    public const string NotCleared = "cases.not-cleared";

    internal sealed record Command(Guid CaseId, Seat Seat, Guid? Person, string Reason);

    internal sealed record Body(Seat Seat, Guid? Person, string Reason);

    public static Decision Decide(Command command, Case @case, IReadOnlyList<Guid> eligible, IReadOnlySet<Guid>? lacking = null)
    {
        if (CaseTexts.RefusesReason(command.Reason) is { } refusal) return refusal;
        if (@case.Closing is not null) return Decision.Refuse(Closing.ProposeClosing.Pending);
        if (@case.SeatProposals.ContainsKey(command.Seat)) return Decision.Refuse(Pending);
        if (@case.Draws.TryGetValue(command.Seat, out var draw) && draw.Seed is null) return Decision.Refuse(DrawStands);
        if (command.Person is not { } person)
        {
            return @case.Seats.ContainsKey(command.Seat)
                ? Decision.Accept(@case.Stream, new RedrawProposed(command.Seat, command.Reason))
                : Decision.Refuse(SeatEmpty);
        }

        return eligible.Contains(person)
            ? Decision.Accept(@case.Stream, new HandAssignmentProposed(command.Seat, person, command.Reason))
            : Decision.Refuse(CodeOf(person, lacking), new Reroute(Eligible.RoleFor(command.Seat, @case).ToString(), eligible));
    }

    /// <summary>Why somebody cannot be given a seat: what their post asks for has to be seen to first, or the seat is not for them.</summary>
    public static string CodeOf(Guid person, IReadOnlySet<Guid>? lacking) => lacking?.Contains(person) == true ? NotCleared : NotEligible;

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.ProposeAssignment, expected,
        async facts =>
        {
            var lacking = await cleared.LackingAsync(command.Seat, facts, cancel);
            return Decide(command, facts.Case, Eligible.For(command.Seat, facts.Case, facts.Register, lacking, facts.Now), lacking);
        }, cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/assignment", (Guid id, HttpContext http, ProposeAssignment slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(
                person, new Command(id, body.Seat, body.Person, body.Reason), expected, cancel)))
        .Describe<Body>("proposeAssignment", "Propose that a seat be given by hand or, without a person, drawn anew.");
}
