using Probity.Access.Contract;
using Probity.Interdiction.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Interdiction.Setting;

/// <summary>
/// A commander asks for another threshold, and somebody who watches over the unit from outside agrees or does not. Decisions are judged by
/// the one that was in force when they were made.
/// </summary>
internal sealed class SetThreshold(TransparencyLog log, Clerk clerk, IRegister registers, TimeProvider time)
{
    public const string Waiting = "interdiction.threshold-pending";
    public const string Same = "interdiction.threshold-same";

    internal sealed record Proposal(Guid Unit, int Score, string? Reason);

    internal sealed record Answer(Guid Unit, bool Agree, string? Reason);

    public static Decision Decide(Proposal command, UnitThreshold threshold, Actor actor, Register register, DateTimeOffset now)
    {
        if (!Proposes(command.Unit, actor, register)) return new Refusal(Bars.Role, new Reroute(nameof(Role.Commander), register.Holders(Role.Commander, now, command.Unit)));
        if (threshold.Asked is not null) return Decision.Refuse(Waiting);
        // At 0 everything is selected; over 100 nothing would have to be.
        if (command.Score is < 0 or > 100) return Decision.Refuse(Registering.RegisterTarget.ScoreWrong);
        if (command.Score == threshold.Score) return Decision.Refuse(Same);
        return TargetTexts.RefusesReason(command.Reason) is { } unfit ? unfit
            : Decision.Accept(UnitThreshold.StreamOf(command.Unit), new ThresholdProposed(command.Unit, command.Score, command.Reason!.Trim()));
    }

    public static Decision Decide(Answer command, UnitThreshold threshold, Actor actor, Register register, DateTimeOffset now)
    {
        if (!Answers(actor)) return new Refusal(Bars.Role, new Reroute(nameof(Role.Integrity), register.Holders(Role.Integrity, now)));
        if (threshold.Asked is not { } asked) return Decision.Refuse(Agreeing.AnswerOverride.Nothing);
        if (Recusal.Between(actor.Person, [asked.By], register, now) is { } bar)
            return new Refusal(bar, new Reroute(nameof(Role.Overseer), register.Holders(Role.Overseer, now)));
        return command.Agree ? Decision.Accept(UnitThreshold.StreamOf(command.Unit), new ThresholdAgreed())
            : TargetTexts.RefusesReason(command.Reason) is { } unfit ? unfit
            : Decision.Accept(UnitThreshold.StreamOf(command.Unit), new ThresholdReturned(command.Reason!.Trim()));
    }

    /// <summary>Whether this person may ask for another threshold of a unit.</summary>
    public static bool Proposes(Guid unit, Actor actor, Register register) => register.Units.ContainsKey(unit) && actor.Commands(unit, register);

    /// <summary>Whether this person may be the second one. Nobody of the unit: all of them are judged by it.</summary>
    public static bool Answers(Actor actor) => TargetAccess.SeesAll(actor);

    public Task<Outcome> HandleAsync(Guid person, Proposal command, CancellationToken cancel) =>
        RunAsync(person, command.Unit, (t, actor, register, now) => Decide(command, t, actor, register, now), cancel);

    public Task<Outcome> HandleAsync(Guid person, Answer command, CancellationToken cancel) =>
        RunAsync(person, command.Unit, (t, actor, register, now) => Decide(command, t, actor, register, now), cancel);

    /// <summary>A unit's threshold as it stands.</summary>
    public ValueTask<UnitThreshold> ReadAsync(Guid unit, CancellationToken cancel) =>
        new RecordSession(log).FoldAsync<UnitThreshold>(UnitThreshold.StreamOf(unit), cancel);

    Task<Outcome> RunAsync(
        Guid person, Guid unit, Func<UnitThreshold, Actor, Register, DateTimeOffset, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), UnitThreshold.StreamOf(unit), "interdiction.SetThreshold", async session =>
        {
            var now = time.GetUtcNow();
            var register = await registers.ReadAsync(session, cancel);
            var threshold = await session.FoldAsync<UnitThreshold>(UnitThreshold.StreamOf(unit), cancel);
            return decide(threshold, Actor.From(register, person, now), register, now);
        }, cancel: cancel);
}
