using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Assigning;

/// <summary>A second person agrees to a redraw or an assignment by hand, or does not and says why.</summary>
internal sealed class ApproveAssignment(CaseDesk desk, FitForWork fit)
{
    public const string NothingProposed = "cases.nothing-proposed";

    internal sealed record Command(Guid CaseId, Seat Seat, bool Approve, string? Reason);

    internal sealed record Body(Seat Seat, bool Approve, string? Reason);

    public static Decision Decide(Command command, Case @case, Pool pool)
    {
        if (!@case.SeatProposals.TryGetValue(command.Seat, out var proposal)) return Decision.Refuse(NothingProposed);
        if (!command.Approve)
        {
            return CaseTexts.RefusesReason(command.Reason) is { } refusal
                ? refusal
                : Decision.Accept(@case.Stream, new AssignmentRejected(command.Seat, command.Reason!));
        }

        if (CaseTexts.Refuses(command.Reason, CaseTexts.MaxReasons, missing: null) is { } unfit) return unfit;

        // Who was eligible when it was proposed may have come under a bar since.
        return proposal.Person is { } person && ProposeAssignment.RefusesPerson(command.Seat, person, @case, pool) is { } barred
            ? barred
            : Decision.Accept(@case.Stream, new AssignmentApproved(command.Seat, CaseTexts.Kept(command.Reason)));
    }

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.ApproveAssignment, expected,
        async facts => Decide(command, facts.Case, await fit.PoolAsync(command.Seat, facts, cancel)), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/assignment/approval", (Guid id, HttpContext http, ApproveAssignment slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(
                person, new Command(id, body.Seat, body.Approve, body.Reason), expected, cancel)))
        .Describe<Body>("approveAssignment", "Approve or reject what was proposed for a seat.");
}
