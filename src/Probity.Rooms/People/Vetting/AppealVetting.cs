using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Vetting;

/// <summary>The person asks for another decision in time, and somebody who had no part in the first gives it, for the last time.</summary>
internal sealed class AppealVetting(ClearanceDesk desk)
{
    public const string Nothing = "people.appeal-nothing";
    public const string TooLate = "people.appeal-too-late";
    public const string NotLodged = "people.appeal-not-lodged";

    internal sealed record Appeal(Guid Clearance, string? Reason);

    internal sealed record Answer(Guid Clearance, bool? Right, string? Reason);

    public static Decision Decide(Appeal command, ClearanceFacts facts)
    {
        var clearance = facts.Clearance;
        if (!clearance.IsAppealable) return Decision.Refuse(Nothing);
        if (facts.Now >= clearance.AppealUntil) return Decision.Refuse(TooLate);
        return VettingTexts.Refuses(command.Reason) is { } unfit ? unfit
            : Decision.Accept(ClearanceDesk.File(clearance, new VettingAppealLodged(command.Reason!.Trim(), !facts.IsOwn)));
    }

    public static Decision Decide(Answer command, ClearanceFacts facts)
    {
        var (clearance, policy) = (facts.Clearance, facts.Policy);
        if (!clearance.IsAppealed) return Decision.Refuse(NotLodged);
        if (command.Right is not { } right) return Decision.Refuse(DecideClearance.AnswerMissing);
        if (VettingTexts.Refuses(command.Reason) is { } unfit) return unfit;
        // What was withdrawn or restricted wrongly holds as long as it would have held; what was refused wrongly begins now.
        var (until, review) = right && clearance.Until is null ? Terms.Of(clearance.Level, policy, facts.Now) : ((DateTimeOffset?)null, (DateTimeOffset?)null);
        return Decision.Accept([
            ClearanceDesk.File(clearance, new VettingAppealDecided(right, command.Reason!.Trim(), until, review, policy.Label)),
            // Who is suspended stays so: it was not that which they appealed against.
            .. right && clearance.Suspension is null ? DecideClearance.Restores(facts) : [],
        ]);
    }

    public Task<Outcome?> HandleAsync(Guid person, Appeal command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Clearance, ClearanceAction.LodgeAppeal, expected, facts => Decide(command, facts), cancel);

    public Task<Outcome?> HandleAsync(Guid person, Answer command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Clearance, ClearanceAction.DecideAppeal, expected, facts => Decide(command, facts), cancel);
}
