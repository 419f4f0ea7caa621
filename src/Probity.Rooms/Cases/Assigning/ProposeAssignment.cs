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
internal sealed class ProposeAssignment(CaseDesk desk, FitForWork fit)
{
    public const string Pending = "cases.proposal-pending";
    public const string DrawStands = "cases.draw-stands";
    public const string SeatEmpty = "cases.seat-empty";
    public const string NotEligible = "cases.not-eligible";
    public const string CodeOverdue = "cases.code-overdue";
    public const string NotCleared = "cases.not-cleared";
    public const string NotDeclared = "cases.declaration-overdue";
    public const string NotTrained = "cases.not-trained";
    public const string TenureOver = "cases.tenure-over";
    public const string OnLeave = "cases.on-leave";
    public const string LeaveOverdue = "cases.leave-overdue";

    /// <summary>What they declared keeps them out; which it is, is for those who watch over cases.</summary>
    public const string KeptOut = "cases.kept-out";

    internal sealed record Command(Guid CaseId, Seat Seat, Guid? Person, string Reason);

    internal sealed record Body(Seat Seat, Guid? Person, string Reason);

    public static Decision Decide(Command command, Case @case, Pool pool)
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

        return RefusesPerson(command.Seat, person, @case, pool) is { } unfit ? unfit
            : Decision.Accept(@case.Stream, new HandAssignmentProposed(command.Seat, person, command.Reason));
    }

    /// <summary>The refusal of a person for a seat, or null: one who has something to see to first is told apart from one who may not.</summary>
    public static Refusal? RefusesPerson(Seat seat, Guid person, Case @case, Pool pool) => pool.Eligible.Contains(person) ? null
        : new Refusal(pool.Unfit.GetValueOrDefault(person, NotEligible), new Reroute(Eligible.RoleFor(seat, @case).ToString(), pool.Eligible));

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.ProposeAssignment, expected,
        async facts => Decide(command, facts.Case, await fit.PoolAsync(command.Seat, facts, cancel)), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/assignment", (Guid id, HttpContext http, ProposeAssignment slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(
                person, new Command(id, body.Seat, body.Person, body.Reason), expected, cancel)))
        .Describe<Body>("proposeAssignment", "Propose that a seat be given by hand or, without a person, drawn anew.");
}
