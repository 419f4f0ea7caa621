using Probity.Access.Contract;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.People.Vetting;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Leave;

/// <summary>The holder of a sensitive post enters leave and who stands in; whoever commands them agrees before it begins, or says why not; until then the holder can take it back, and once it runs come back before its end: then the days that they were away count.</summary>
internal sealed class TakeLeave(Clerk clerk, IRegister registers, LeaveReader leaves, TimeProvider time)
{
    public const string None = "people.leave-none";
    public const string FromMissing = "people.leave-from";
    public const string ToMissing = "people.leave-to";
    public const string Past = "people.leave-past";
    public const string Far = "people.leave-far";
    public const string Length = "people.leave-length";
    public const string Overlaps = "people.leave-overlaps";
    public const string StandIn = "people.leave-stand-in";
    public const string Begun = "people.leave-begun";
    public const string Nothing = "people.leave-nothing";
    public const string NotRunning = "people.leave-not-running";

    /// <summary>So many days ahead at most, and so many long: a leave without an end would be a way to be given no case.</summary>
    public const int MostAhead = 366, MostDays = 90;

    internal sealed record Entering(Guid Leave, DateOnly? From, DateOnly? To, Guid StandIn);

    internal sealed record Answer(Guid Person, Guid Leave, bool? Agree, string? Reason);

    internal sealed record TakingBack(Guid Leave);

    internal sealed record ComingBack(Guid Leave);

    public static Decision Decide(Entering command, LeaveRules rules, Actor actor, DateTimeOffset now)
    {
        var today = LeavePeriod.DayOf(now);
        if (!actor.Posts.Any(p => rules.Requirements.Marked.ContainsKey(p.Id))) return Decision.Refuse(None);
        if (command.From is not { } from) return Decision.Refuse(FromMissing);
        if (command.To is not { } to) return Decision.Refuse(ToMissing);
        if (from <= today) return Decision.Refuse(Past);
        if (from > today.AddDays(MostAhead)) return Decision.Refuse(Far);
        if (to < from || to >= from.AddDays(MostDays)) return Decision.Refuse(Length);
        if (rules.Leaves.Of(actor.Person).Any(l => l.StandsOn(today) && l.From <= to && from <= l.To)) return Decision.Refuse(Overlaps);
        return !MayStandIn(command.StandIn, actor.Person, from, to, rules, now) ? Decision.Refuse(StandIn)
            : Decision.Accept(File(actor.Person, new LeaveEntered(command.Leave, actor.Person, from, to, command.StandIn)));
    }

    public static Decision Decide(Answer command, LeaveRules rules, Actor actor, DateTimeOffset now)
    {
        // Who may answer nothing learns of nothing: without a leave the refusal is that of the role.
        if (rules.Leaves.Of(command.Person).FirstOrDefault(l => l.Id == command.Leave) is not { } asked)
            return Decision.Refuse(actor.Has(Role.Commander) || actor.Has(Role.Integrity) ? Nothing : Bars.Role);
        if (LeaveAccess.RefusesAnswer(actor, asked.Person, rules.Register, now) is { } refusal) return refusal;
        if (asked.IsAgreed) return Decision.Refuse(Nothing);
        if (command.Agree is not { } agree) return Decision.Refuse(DecideClearance.AnswerMissing);
        if (!agree) return VettingTexts.Refuses(command.Reason) is { } unfit ? unfit : Decision.Accept(File(asked.Person, new LeaveReturned(asked.Id, asked.Person, command.Reason!.Trim())));
        // A leave of the past would be one that nobody can see whether it was taken.
        if (asked.From <= LeavePeriod.DayOf(now)) return Decision.Refuse(Begun);
        return !MayStandIn(asked.StandIn, asked.Person, asked.From, asked.To, rules, now) ? Decision.Refuse(StandIn)
            : Decision.Accept(File(asked.Person, new LeaveAgreed(asked.Id, asked.Person, rules.Policy.Of(PolicyRules.LeaveLeast), rules.Policy.Label)));
    }

    public static Decision Decide(TakingBack command, LeaveRules rules, Actor actor, DateTimeOffset now) =>
        rules.Leaves.Of(actor.Person).FirstOrDefault(l => l.Id == command.Leave) is not { } own ? Decision.Refuse(Nothing)
        : own.IsAgreed && own.From <= LeavePeriod.DayOf(now) ? Decision.Refuse(Begun)
        : Decision.Accept(File(actor.Person, new LeaveTakenBack(own.Id, actor.Person)));

    public static Decision Decide(ComingBack command, LeaveRules rules, Actor actor, DateTimeOffset now)
    {
        var today = LeavePeriod.DayOf(now);
        return rules.Leaves.Of(actor.Person).FirstOrDefault(l => l.Id == command.Leave && l.RunsOn(today)) is not { } own ? Decision.Refuse(NotRunning)
            : Decision.Accept(File(actor.Person, new LeaveEnded(own.Id, actor.Person, today.AddDays(-1))));
    }

    static bool MayStandIn(Guid standIn, Guid person, DateOnly from, DateOnly to, LeaveRules rules, DateTimeOffset now) =>
        LeaveAccess.StandIns(person, rules.Register, now).Contains(standIn) && !rules.Leaves.Of(standIn).Any(l => l.IsAgreed && l.From <= to && from <= l.To);

    static Filing File(Guid person, IEvent happened) => new(Leaves.Stream, happened, Compartment: Compartments.OfPerson(person));

    public Task<Outcome> HandleAsync(Guid person, Entering command, CancellationToken cancel) =>
        RunAsync(person, person, "people.enter-leave", (rules, actor, now) => Decide(command, rules, actor, now), cancel);

    public Task<Outcome> HandleAsync(Guid person, Answer command, CancellationToken cancel) =>
        RunAsync(person, command.Person, "people.answer-leave", (rules, actor, now) => Decide(command, rules, actor, now), cancel);

    public Task<Outcome> HandleAsync(Guid person, TakingBack command, CancellationToken cancel) =>
        RunAsync(person, person, "people.take-leave-back", (rules, actor, now) => Decide(command, rules, actor, now), cancel);

    public Task<Outcome> HandleAsync(Guid person, ComingBack command, CancellationToken cancel) =>
        RunAsync(person, person, "people.end-leave", (rules, actor, now) => Decide(command, rules, actor, now), cancel);

    // A refusal lies beside whom it is about, where there is somebody.
    Task<Outcome> RunAsync(Guid person, Guid about, string action, Func<LeaveRules, Actor, DateTimeOffset, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), about == Guid.Empty ? Leaves.Stream : new StreamId(about), action, async session =>
        {
            var now = time.GetUtcNow();
            var register = await registers.ReadAsync(session, cancel);
            return decide(await leaves.ReadAsync(session, register, cancel), Actor.From(register, person, now), now);
        }, cancel: cancel);
}
