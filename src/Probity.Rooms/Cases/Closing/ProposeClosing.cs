using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Closing;

/// <summary>The handler or the prosecutor asks that the case be closed, with an outcome that the record bears out.</summary>
internal sealed class ProposeClosing(CaseDesk desk)
{
    public const string Pending = "cases.closing-pending";
    public const string SeatPending = Assigning.ProposeAssignment.Pending;
    public const string OutcomeUnfounded = "cases.outcome-unfounded";

    internal sealed record Command(Guid CaseId, CaseOutcome Outcome, string Reasons);

    internal sealed record Body(CaseOutcome Outcome, string Reasons);

    public static Decision Decide(Command command, Case @case)
    {
        if (CaseTexts.RefusesReason(command.Reasons) is { } refusal) return refusal;
        if (@case.Closing is not null) return Decision.Refuse(Pending);
        if (!@case.SeatProposals.IsEmpty) return Decision.Refuse(SeatPending);
        return IsBorneOut(command.Outcome, @case)
            ? Decision.Accept(@case.Stream, new ClosingProposed(command.Outcome, command.Reasons))
            : Decision.Refuse(OutcomeUnfounded);
    }

    /// <summary>Whether what was decided in the case comes to this outcome.</summary>
    public static bool IsBorneOut(CaseOutcome outcome, Case @case) => outcome switch
    {
        CaseOutcome.Enforced => @case.Stage == Stage.Enforce && @case.Decisions.Contains(DecisionKind.Sentence),
        CaseOutcome.Acquitted => @case.Decisions.Contains(DecisionKind.Acquit),
        CaseOutcome.Declined => @case.Decisions.Contains(DecisionKind.Decline),
        CaseOutcome.Discontinued => @case.Decisions.Contains(DecisionKind.Discontinue),
        CaseOutcome.NoFurtherAction => @case.Stage < Stage.Prosecute,
        _ => false,
    };

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.ProposeClosing, expected, facts => Decide(command, facts.Case), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/closing", (Guid id, HttpContext http, ProposeClosing slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(
                person, new Command(id, body.Outcome, body.Reasons), expected, cancel)))
        .Describe<Body>("proposeClosing", "Propose that the case be closed.");
}
