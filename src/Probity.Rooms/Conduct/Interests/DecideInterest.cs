using Probity.Access.Contract;
using Probity.Conduct.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.Conduct.Interests;

/// <summary>All that a decision on something declared may know.</summary>
internal sealed record InterestFacts(Guid Declarer, Interest? Interest, Actor Actor, Register Register, Policy Policy, DateTimeOffset Now)
{
    /// <summary>The refusal of an action, or null.</summary>
    public Refusal? Refuses(InterestAction action) => InterestAccess.Refuses(action, Declarer, Interest, Actor, Register, Now);
}

/// <summary>What is decided about it.</summary>
internal enum InterestVerdict { Managed, Prohibited, Closed }

/// <summary>A superior advises; integrity, or an overseer, decides with measures and reasons, looks again within the pack's period, and somebody who decided nothing of it before closes it, after a measure was taken.</summary>
internal sealed class DecideInterest(TransparencyLog log, Clerk clerk, IRegister registers, IPolicies policies, TimeProvider time)
{
    public const string Closed = "conduct.interest-closed";
    public const string VerdictMissing = "conduct.interest-verdict-missing";
    public const string MeasureMissing = "conduct.interest-measure-missing";
    public const string NotManaged = "conduct.interest-not-managed";

    internal sealed record Command(Guid Declarer, int Number, InterestVerdict? Verdict, IReadOnlyList<InterestMeasure> Measures, string? Reason);

    internal sealed record Advice(Guid Declarer, int Number, string? Text);

    public static Decision Decide(Command command, InterestFacts facts)
    {
        if (facts.Refuses(InterestAction.Decide) is { } refusal) return refusal;
        var interest = facts.Interest!;
        if (interest.Stage == InterestStage.Closed) return Decision.Refuse(Closed);
        if (command.Verdict is not { } verdict || !Enum.IsDefined(verdict)) return Decision.Refuse(VerdictMissing);
        var measures = command.Measures.Where(Enum.IsDefined).Distinct().Order().ToList();
        if (verdict == InterestVerdict.Managed && measures.Count == 0) return Decision.Refuse(MeasureMissing);
        // That it was declared resolves nothing: a measure comes first.
        if (verdict == InterestVerdict.Closed && !interest.IsDecided) return Decision.Refuse(NotManaged);
        if (verdict == InterestVerdict.Closed && interest.Deciders.Contains(facts.Actor.Person)) return Decision.Refuse(Bars.EarlierRole);
        if (ConductTexts.RefusesReason(command.Reason) is { } unfit) return unfit;
        var (reason, review) = (command.Reason!.Trim(), facts.Policy.After(PolicyRules.InterestReviewedAfter, facts.Now));
        return Filed(facts.Declarer, verdict switch
        {
            InterestVerdict.Managed => new InterestManaged(interest.Number, measures, reason, review, facts.Policy.Label),
            InterestVerdict.Prohibited => new InterestProhibited(interest.Number, reason, review, facts.Policy.Label),
            _ => new InterestClosed(interest.Number, reason),
        });
    }

    public static Decision DecideAdvice(Advice command, InterestFacts facts) =>
        (facts.Refuses(InterestAction.Advise) ?? ConductTexts.RefusesReason(command.Text)) is { } refusal ? refusal
        : Filed(facts.Declarer, new InterestAdvised(facts.Interest!.Number, command.Text!.Trim()));

    static Decision Filed(Guid declarer, IEvent happened) => Decision.Accept(new Filing(OwnInterests.StreamOf(declarer), happened, Compartment: Compartments.OfPerson(declarer)));

    /// <summary>Null where there is no such entry, as far as this person may know.</summary>
    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        RunAsync(person, command.Declarer, command.Number, "conduct.DecideInterest", facts => Decide(command, facts), cancel);

    /// <summary>The same of the advice.</summary>
    public Task<Outcome?> HandleAsync(Guid person, Advice command, CancellationToken cancel) =>
        RunAsync(person, command.Declarer, command.Number, "conduct.AdviseInterest", facts => DecideAdvice(command, facts), cancel);

    /// <summary>Opens an entry for a page: the reading, or its refusal, is recorded. Null where this person may not know of it.</summary>
    public async Task<InterestFacts?> OpenAsync(Guid person, Guid declarer, int number, CancellationToken cancel)
    {
        var facts = await ReadAsync(new RecordSession(log), person, declarer, number, cancel);
        var stream = OwnInterests.StreamOf(declarer);
        if (facts.Refuses(InterestAction.View) is { } refusal)
        {
            await clerk.FileAsync(new ActorId(person), stream, "conduct.ViewInterest", _ => ValueTask.FromResult<Decision>(refusal), cancel: cancel);
            return null;
        }

        await clerk.FileReadAsync(new ActorId(person), stream, "conduct.interest", cancel: cancel);
        return facts;
    }

    /// <summary>What somebody declared themselves.</summary>
    public ValueTask<OwnInterests> OwnAsync(Guid person, CancellationToken cancel) => new RecordSession(log).FoldAsync<OwnInterests>(OwnInterests.StreamOf(person), cancel);

    async Task<Outcome?> RunAsync(Guid person, Guid declarer, int number, string action, Func<InterestFacts, Decision> decide, CancellationToken cancel)
    {
        var visible = true;
        var outcome = await clerk.FileAsync(new ActorId(person), OwnInterests.StreamOf(declarer), action, async session =>
        {
            var facts = await ReadAsync(session, person, declarer, number, cancel);
            visible = facts.Refuses(InterestAction.View) is null;
            return decide(facts);
        }, cancel: cancel);
        return visible ? outcome : null;
    }

    async ValueTask<InterestFacts> ReadAsync(RecordSession session, Guid person, Guid declarer, int number, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        var own = await session.FoldAsync<OwnInterests>(OwnInterests.StreamOf(declarer), cancel);
        return new InterestFacts(declarer, own.Find(number), Actor.From(register, person, now), register, await policies.ReadAsync(session, cancel), now);
    }
}
