using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Closing;

/// <summary>A second person closes the case or sends the closing back. Nobody closes a case alone.</summary>
internal sealed class ApproveClosing(CaseDesk desk)
{
    internal sealed record Command(Guid CaseId, bool Approve, string? Reason);

    internal sealed record Body(bool Approve, string? Reason);

    public static Decision Decide(Command command, Case @case, Actor actor, Register register, DateTimeOffset now)
    {
        if (@case.Closing is not { } closing) return Decision.Refuse(Assigning.ApproveAssignment.NothingProposed);

        // A case that never reached a prosecutor is looked at from outside the unit before it is laid to rest.
        if (closing.Outcome == CaseOutcome.NoFurtherAction && !actor.Has(Role.Integrity) && !actor.Has(Role.Overseer))
            return Decision.Refuse(Bars.Role, CaseAccess.WhoMayAs(Role.Integrity, CaseAction.ApproveClosing, @case, register, now));
        if (!command.Approve)
        {
            return CaseTexts.RefusesReason(command.Reason) is { } refusal
                ? refusal
                : Decision.Accept(@case.Stream, new ClosingReturned(command.Reason!));
        }

        if (CaseTexts.Refuses(command.Reason, CaseTexts.MaxReasons, missing: null) is { } unfit) return unfit;
        if (!@case.SeatProposals.IsEmpty) return Decision.Refuse(ProposeClosing.SeatPending);
        return ProposeClosing.IsBorneOut(closing.Outcome, @case)
            ? Decision.Accept(@case.Stream, new CaseClosed(closing.Outcome, CaseTexts.Kept(command.Reason)))
            : Decision.Refuse(ProposeClosing.OutcomeUnfounded);
    }

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.ApproveClosing, expected,
        facts => Decide(command, facts.Case, facts.Actor, facts.Register, facts.Now), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/closing/approval", (Guid id, HttpContext http, ApproveClosing slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(
                person, new Command(id, body.Approve, body.Reason), expected, cancel)))
        .Describe<Body>("approveClosing", "Close the case, or send the closing back.");
}
