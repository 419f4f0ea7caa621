using Probity.Procedures.Contract;
using Probity.Shared.Record;

namespace Probity.Procedures.Reviewing;

/// <summary>A second person reviews the risks of a draft: who could misuse which step, and what stands against it.</summary>
internal sealed class ReviewRisk(SopDesk desk)
{
    public const string NotSubmitted = "procedures.not-submitted";

    internal sealed record Command(Guid Sop, int Number, string Findings);

    public static Decision Decide(Command command, SopFacts facts) =>
        facts is not { Stage: SopStage.Draft, At.Submitted: true } ? Decision.Refuse(NotSubmitted)
        : SopTexts.RefusesReason(command.Findings) is { } unfit ? unfit
        : Decision.Accept(facts.Sop.Stream, new RiskReviewed(facts.At.Id, command.Findings.Trim()));

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.Sop, command.Number, SopAction.Review, expected, facts => Decide(command, facts), cancel);
}

/// <summary>A third person approves what was reviewed.</summary>
internal sealed class ApproveVersion(SopDesk desk)
{
    public const string NotReviewed = "procedures.not-reviewed";

    internal sealed record Command(Guid Sop, int Number, string? Reason);

    public static Decision Decide(Command command, SopFacts facts) =>
        facts is not { Stage: SopStage.RiskReviewed } ? Decision.Refuse(NotReviewed)
        : SopTexts.RefusesNote(command.Reason) is { } unfit ? unfit
        : Decision.Accept(facts.Sop.Stream, new VersionApproved(facts.At!.Id, SopTexts.Kept(command.Reason)));

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.Sop, command.Number, SopAction.Approve, expected, facts => Decide(command, facts), cancel);
}

/// <summary>Whoever may take the next step with a version may send it back to its author instead, with reasons, as long as it is not in force.</summary>
internal sealed class ReturnVersion(SopDesk desk)
{
    public const string NothingToReturn = "procedures.nothing-to-return";

    internal sealed record Command(Guid Sop, int Number, string Reasons);

    public static Decision Decide(Command command, SopFacts facts) =>
        !CanBe(facts) ? Decision.Refuse(NothingToReturn)
        : SopAccess.Refuses(ActionOf(facts), facts.Actor, facts.At, facts.Register, facts.Now) is { } refusal ? refusal
        : SopTexts.RefusesReason(command.Reasons) is { } unfit ? unfit
        : Decision.Accept(facts.Sop.Stream, new VersionReturned(facts.At!.Id, command.Reasons.Trim()));

    /// <summary>Whether there is anything to send back.</summary>
    public static bool CanBe(SopFacts facts) => facts is { Stage: SopStage.RiskReviewed or SopStage.Approved } or { Stage: SopStage.Draft, At.Submitted: true };

    /// <summary>What the version waits for: who may do that may send it back.</summary>
    public static SopAction ActionOf(SopFacts facts) => facts.Stage switch
    {
        SopStage.Draft => SopAction.Review,
        SopStage.RiskReviewed => SopAction.Approve,
        _ => SopAction.PutInForce,
    };

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.Sop, command.Number, SopAction.ViewDrafts, expected, facts => Decide(command, facts), cancel);
}
