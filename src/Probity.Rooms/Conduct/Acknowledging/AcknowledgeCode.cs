using Probity.Access.Contract;
using Probity.Conduct.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.Conduct.Acknowledging;

/// <summary>Somebody whom the code binds passes its quiz and acknowledges the version that they read.</summary>
internal sealed class AcknowledgeCode(Clerk clerk, FoldedStream<CodeOfConduct> codes, IRegister registers, IPolicies policies, TimeProvider time)
{
    public const string NoCode = "conduct.no-code";
    public const string OtherVersion = "conduct.other-version";
    public const string NotPassed = "conduct.quiz-not-passed";
    public const string QuizFirst = "conduct.quiz-first";
    public const string NotDue = "conduct.not-due";

    /// <summary>How long before it falls due an acknowledgement can be renewed.</summary>
    public static readonly TimeSpan Early = TimeSpan.FromDays(30);

    internal sealed record Quiz(int Version, IReadOnlyDictionary<int, int> Answers);

    internal sealed record Command(int Version);

    public static Decision Decide(Quiz command, CodeOfConduct code, Policy policy, Actor actor)
    {
        if (Refuses(command.Version, code, actor) is { } refusal) return refusal;
        var mark = Mark.Of(code.InForce!.Questions, command.Answers);
        return mark.Score < policy.Of(PolicyRules.QuizPassedAt) ? Decision.Refuse(NotPassed)
            : Decision.Accept(Acknowledgements.File(actor.Person, new QuizPassed(command.Version, mark.Score, policy.Label)));
    }

    public static Decision Decide(Command command, CodeOfConduct code, Acknowledgements own, Policy policy, Actor actor, DateTimeOffset now)
    {
        if (Refuses(command.Version, code, actor) is { } refusal) return refusal;
        if (own.Holds(command.Version, now + Early)) return Decision.Refuse(NotDue);
        return own.Passed is { } passed && passed.Version == command.Version
            ? Decision.Accept(Acknowledgements.File(actor.Person, new CodeAcknowledged(command.Version, passed.Score, policy.Label, policy.After(PolicyRules.CodeRenewedAfter, now))))
            : Decision.Refuse(QuizFirst);
    }

    static Refusal? Refuses(int version, CodeOfConduct code, Actor actor) =>
        !CodeDuty.Binds(actor) ? new Refusal(Bars.Role)
        : code.InForce is null ? new Refusal(NoCode)
        : code.InForce.Number != version ? new Refusal(OtherVersion) : null;

    /// <summary>Files that the quiz was passed. One that was not is told to whoever took it, and to no record: it is there to learn from.</summary>
    public async Task<(Outcome? Outcome, Mark Mark)> HandleAsync(Guid person, Quiz command, CancellationToken cancel)
    {
        var (code, policy) = (await codes.ReadAsync(cancel), await policies.ReadAsync(cancel));
        var mark = code.InForce is { } now ? Mark.Of(now.Questions, command.Answers) : new Mark(0, new HashSet<int>());
        if (code.InForce?.Number == command.Version && mark.Score < policy.Of(PolicyRules.QuizPassedAt)) return (null, mark);
        var outcome = await RunAsync(person, "conduct.Quiz", (known, _, pack, actor, _) => Decide(command, known, pack, actor), cancel);
        return (outcome, mark);
    }

    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        RunAsync(person, "conduct.Acknowledge", (code, own, policy, actor, now) => Decide(command, code, own, policy, actor, now), cancel);

    Task<Outcome> RunAsync(Guid person, string action, Func<CodeOfConduct, Acknowledgements, Policy, Actor, DateTimeOffset, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), CodeOfConduct.Stream, action, async session =>
        {
            var now = time.GetUtcNow();
            var actor = Actor.From(await registers.ReadAsync(session, cancel), person, now);
            var own = await session.FoldAsync<Acknowledgements>(Acknowledgements.StreamOf(person), cancel);
            return decide(await codes.ReadAsync(session, cancel), own, await policies.ReadAsync(session, cancel), actor, now);
        }, cancel: cancel);
}
