using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Deciding;

/// <summary>
/// Records a discretionary decision of the prosecutor of the case, with its reasons and what it rests on in law. What the court decides is recorded by its registry, on charges
/// and hearings.
/// </summary>
internal sealed class DecideInCase(CaseDesk desk)
{
    public const string LegalBasisMissing = "cases.legal-basis-missing";
    public const string NotInStage = "cases.decision-not-in-stage";
    public const string OutOfOrder = "cases.decision-out-of-order";
    public const string AlreadyTaken = "cases.decision-taken";
    public const string Final = "cases.decision-final";
    public const string IsCourts = "cases.decision-is-courts";

    internal sealed record Command(Guid CaseId, DecisionKind Kind, string Reasons, string LegalBasis);

    internal sealed record Body(DecisionKind Kind, string Reasons, string LegalBasis);

    public static Decision Decide(Command command, Case @case)
    {
        if (RefusesWords(command, @case) is { } refusal) return refusal;
        if (HasEnded(@case)) return Decision.Refuse(Final);
        if (KindsOfCourt(@case.Stage).Contains(command.Kind)) return Decision.Refuse(IsCourts);
        if (!KindsIn(@case.Stage).Contains(command.Kind)) return Decision.Refuse(NotInStage);
        if (RefusesOrder(command.Kind, @case) is { } order) return Decision.Refuse(order);
        return Decision.Accept(@case.Stream, new CaseDecided(command.Kind, command.Reasons, command.LegalBasis));
    }

    /// <summary>
    /// What a decision on charges or a hearing is for the case as a whole: taken by whoever took that. What an appeal has set aside is decided anew, whatever was decided before.
    /// </summary>
    public static Decision DecideFrom(Command command, Case @case)
    {
        if (RefusesWords(command, @case) is { } refusal) return refusal;
        var anew = @case.Court.Upheld.Any(c => c.IsSetAside) && @case.Stage is Stage.Adjudicate or Stage.Enforce && command.Kind is DecisionKind.Acquit or DecisionKind.Convict;
        if (HasEnded(@case) && !anew) return Decision.Refuse(Final);
        if (!anew && !KindsIn(@case.Stage).Concat(KindsOfCourt(@case.Stage)).Contains(command.Kind)) return Decision.Refuse(NotInStage);
        if (!anew && RefusesOrder(command.Kind, @case) is { } order) return Decision.Refuse(order);
        return Decision.Accept(@case.Stream, new CaseDecided(command.Kind, command.Reasons, command.LegalBasis));
    }

    static Refusal? RefusesWords(Command command, Case @case) =>
        CaseTexts.RefusesReason(command.Reasons) ?? CaseTexts.Refuses(command.LegalBasis, CaseTexts.MaxReasons, LegalBasisMissing)
        ?? (@case.Closing is not null ? new Refusal(Closing.ProposeClosing.Pending) : null);

    /// <summary>The decisions that the prosecutor takes in a stage.</summary>
    public static IReadOnlyList<DecisionKind> KindsIn(Stage stage) => stage switch
    {
        Stage.Prosecute => [DecisionKind.Charge, DecisionKind.Decline, DecisionKind.Discontinue, DecisionKind.Downgrade],
        Stage.Adjudicate => [DecisionKind.Downgrade, DecisionKind.Discontinue],
        _ => [],
    };

    /// <summary>
    /// The decisions that are the court's in a stage: they follow from what it records of hearings and charges, and nobody takes them beside it. Cases in which a prosecutor
    /// recorded them before this was so are read as they were.
    /// </summary>
    public static IReadOnlyList<DecisionKind> KindsOfCourt(Stage stage) => stage switch
    {
        Stage.Adjudicate => [DecisionKind.Bail, DecisionKind.Adjourn, DecisionKind.Acquit, DecisionKind.Convict, DecisionKind.Sentence],
        Stage.Enforce => [DecisionKind.Sentence],
        _ => [],
    };

    /// <summary>The decisions that the prosecutor could take now.</summary>
    public static IReadOnlyList<DecisionKind> OpenIn(Case @case) => @case.Closing is not null || HasEnded(@case)
        ? []
        : [.. KindsIn(@case.Stage).Where(kind => RefusesOrder(kind, @case) is null)];

    /// <summary>Whether a decision was taken after which the case can only be closed. Of two judgments the later one counts.</summary>
    public static bool HasEnded(Case @case) =>
        @case.Decisions.Any(d => d is DecisionKind.Decline or DecisionKind.Discontinue)
        || @case.Decisions.LastOrDefault(d => d is DecisionKind.Acquit or DecisionKind.Convict) == DecisionKind.Acquit;

    // A charge, a judgment and a sentence are given once. What is not charged is declined; only what is charged can be reduced,
    // discontinued or judged. After the judgment there is the sentence, and after the sentence nothing.
    static string? RefusesOrder(DecisionKind kind, Case @case)
    {
        bool Taken(DecisionKind before) => @case.Decisions.Contains(before);
        if (kind is (DecisionKind.Charge or DecisionKind.Convict or DecisionKind.Sentence) && Taken(kind)) return AlreadyTaken;
        var follows = kind switch
        {
            DecisionKind.Charge => true,
            DecisionKind.Decline => !Taken(DecisionKind.Charge),
            DecisionKind.Bail or DecisionKind.Adjourn => !Taken(DecisionKind.Sentence),
            DecisionKind.Sentence => Taken(DecisionKind.Convict),
            _ => Taken(DecisionKind.Charge) && !Taken(DecisionKind.Convict),
        };
        return follows ? null : OutOfOrder;
    }

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.Decide, expected, facts => Decide(command, facts.Case), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/decisions", (Guid id, HttpContext http, DecideInCase slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(
                person, new Command(id, body.Kind, body.Reasons, body.LegalBasis), expected, cancel)))
        .Describe<Body>("decideInCase", "Record a decision of the prosecutor, with its reasons.");
}
