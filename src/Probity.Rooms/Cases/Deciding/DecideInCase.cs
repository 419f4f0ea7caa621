using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Deciding;

/// <summary>Records a discretionary decision, with its reasons and what it rests on in law. Only the prosecutor of the case.</summary>
internal sealed class DecideInCase(CaseDesk desk)
{
    public const string LegalBasisMissing = "cases.legal-basis-missing";
    public const string NotInStage = "cases.decision-not-in-stage";
    public const string OutOfOrder = "cases.decision-out-of-order";
    public const string Final = "cases.decision-final";

    internal sealed record Command(Guid CaseId, DecisionKind Kind, string Reasons, string LegalBasis);

    internal sealed record Body(DecisionKind Kind, string Reasons, string LegalBasis);

    public static Decision Decide(Command command, Case @case)
    {
        if (CaseTexts.RefusesReason(command.Reasons) is { } reasons) return reasons;
        if (CaseTexts.Refuses(command.LegalBasis, CaseTexts.MaxReasons, LegalBasisMissing) is { } basis) return basis;
        if (@case.Closing is not null) return Decision.Refuse(Closing.ProposeClosing.Pending);
        if (HasEnded(@case)) return Decision.Refuse(Final);
        if (!KindsIn(@case.Stage).Contains(command.Kind)) return Decision.Refuse(NotInStage);
        if (!InOrder(command.Kind, @case)) return Decision.Refuse(OutOfOrder);
        return Decision.Accept(@case.Stream, new CaseDecided(command.Kind, command.Reasons, command.LegalBasis));
    }

    /// <summary>The decisions that can be taken in a stage.</summary>
    public static IReadOnlyList<DecisionKind> KindsIn(Stage stage) => stage switch
    {
        Stage.Prosecute => [DecisionKind.Charge, DecisionKind.Decline, DecisionKind.Discontinue, DecisionKind.Downgrade],
        Stage.Adjudicate =>
        [
            DecisionKind.Bail, DecisionKind.Adjourn, DecisionKind.Acquit, DecisionKind.Convict, DecisionKind.Downgrade,
            DecisionKind.Discontinue, DecisionKind.Sentence,
        ],
        Stage.Enforce => [DecisionKind.Sentence],
        _ => [],
    };

    /// <summary>Whether a decision was taken after which the case can only be closed.</summary>
    public static bool HasEnded(Case @case) =>
        @case.Decisions.Any(d => d is DecisionKind.Decline or DecisionKind.Discontinue or DecisionKind.Acquit);

    // What was charged is discontinued, not declined; what was decided by the court is not decided again.
    static bool InOrder(DecisionKind kind, Case @case)
    {
        var convicted = @case.Decisions.Contains(DecisionKind.Convict);
        return kind switch
        {
            DecisionKind.Decline => !@case.Decisions.Contains(DecisionKind.Charge),
            DecisionKind.Sentence => convicted,
            DecisionKind.Bail or DecisionKind.Adjourn or DecisionKind.Charge => true,
            _ => !convicted,
        };
    }

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.Decide, expected, facts => Decide(command, facts.Case), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/decisions", (Guid id, HttpContext http, DecideInCase slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(
                person, new Command(id, body.Kind, body.Reasons, body.LegalBasis), expected, cancel)))
        .Describe<Body>("decideInCase", "Record a decision of the prosecutor, with its reasons.");
}
