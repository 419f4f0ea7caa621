using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Working;

/// <summary>Takes the case to its next stage. Each stage has a gate, and no stage is skipped.</summary>
internal sealed class EnterStage(CaseDesk desk)
{
    public const string NotNext = "cases.stage-not-next";
    public const string NeedsHandler = "cases.gate.handler";
    public const string NeedsReport = "cases.gate.report-filed";
    public const string NeedsProsecutor = "cases.gate.prosecutor";
    public const string NeedsCharge = "cases.gate.charge";
    public const string NeedsConviction = "cases.gate.convict";
    public const string NeedsSentence = "cases.gate.sentence";

    internal sealed record Command(Guid CaseId, Stage Stage);

    internal sealed record Body(Stage Stage);

    public static Decision Decide(Command command, Case @case, Guid person)
    {
        // A case is closed by two people, never by entering a stage.
        if (command.Stage != @case.Stage + 1 || command.Stage >= Stage.Closed) return Decision.Refuse(NotNext);
        if (@case.Closing is not null) return Decision.Refuse(Closing.ProposeClosing.Pending);
        if (Deciding.DecideInCase.HasEnded(@case)) return Decision.Refuse(Deciding.DecideInCase.Final);
        return GateOf(command.Stage, @case, person) is { } code
            ? Decision.Refuse(code, code == NeedsProsecutor && @case.Prosecutor is { } p ? new Reroute(nameof(Seat.Prosecutor), [p]) : null)
            : Decision.Accept(@case.Stream, new StageEntered(command.Stage));
    }

    /// <summary>What still stands between the case and a stage, for this person; null where the gate is open.</summary>
    public static string? GateOf(Stage stage, Case @case, Guid person) => stage switch
    {
        Stage.Investigate when @case.Handler is null => NeedsHandler,
        Stage.Prosecute when !@case.Steps.Contains(Step.ReportFiled) => NeedsReport,
        Stage.Adjudicate or Stage.Enforce when @case.Prosecutor != person => NeedsProsecutor,
        Stage.Adjudicate when !@case.Decisions.Contains(DecisionKind.Charge) => NeedsCharge,
        Stage.Enforce when !@case.Decisions.Contains(DecisionKind.Convict) => NeedsConviction,
        Stage.Enforce or Stage.Closed when !@case.Decisions.Contains(DecisionKind.Sentence) => NeedsSentence,
        _ => null,
    };

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.EnterStage, expected, facts => Decide(command, facts.Case, person), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/stage", (Guid id, HttpContext http, EnterStage slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(person, new Command(id, body.Stage), expected, cancel)))
        .Describe<Body>("enterStage", "Take the case to its next stage.");
}
