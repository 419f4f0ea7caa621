using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Conduct.Interests.Ties;

/// <summary>All that a decision on a tie may know.</summary>
internal sealed record TieFacts(Tie? Tie, Actor Actor, Register Register, DateTimeOffset Now)
{
    /// <summary>The refusal of an action, or null.</summary>
    public Refusal? Refuses(TieAction action) => TieAccess.Refuses(action, Tie, Actor, Register, Now);
}

/// <summary>Whoever declared a tie says that it ended; until somebody who watches over it confirms that, it bars as before. Nobody ends one alone. And an overseer confirms one that stands on its declarer's word alone.</summary>
internal sealed class EndTie(TransparencyLog log, Clerk clerk, IRegister registers, TimeProvider time)
{
    public const string Ended = "conduct.tie-over";
    public const string Asked = "conduct.tie-end-asked";
    public const string NotAsked = "conduct.tie-end-not-asked";
    public const string Counts = "conduct.tie-counts";

    internal sealed record Command(Guid Tie, string? Reason);

    internal sealed record Answer(Guid Tie, bool Agrees, string? Reason);

    internal sealed record Confirmation(Guid Tie, bool Agrees, string? Reason);

    public static Decision Decide(Command command, TieFacts facts)
    {
        if (facts.Refuses(TieAction.AskEnd) is { } refusal) return refusal;
        if (!facts.Tie!.Holds) return Decision.Refuse(Ended);
        if (facts.Tie.EndReason is not null) return Decision.Refuse(Asked);
        return ConductTexts.RefusesReason(command.Reason) is { } unfit ? unfit : Filed(facts.Tie, new TieEndAsked(command.Tie, command.Reason!.Trim()));
    }

    public static Decision DecideAnswer(Answer command, TieFacts facts)
    {
        if (facts.Refuses(TieAction.Answer) is { } refusal) return refusal;
        if (!facts.Tie!.Holds) return Decision.Refuse(Ended);
        if (facts.Tie.EndReason is null) return Decision.Refuse(NotAsked);
        if (ConductTexts.RefusesReason(command.Reason) is { } unfit) return unfit;
        var reason = command.Reason!.Trim();
        return Filed(facts.Tie, command.Agrees ? new TieEnded(command.Tie, reason) : new TieKept(command.Tie, reason));
    }

    public static Decision DecideConfirmation(Confirmation command, TieFacts facts) =>
        facts.Refuses(TieAction.Confirm) is { } refusal ? refusal
        // Nobody ends one that bars with a word of their own.
        : !command.Agrees && facts.Register.Counts(facts.Tie!) ? Decision.Refuse(Counts)
        : ConductTexts.RefusesReason(command.Reason) is { } unfit ? unfit : Filed(facts.Tie!, new TieConfirmed(command.Tie, command.Agrees, command.Reason!.Trim()));

    // All that is said of a tie is erased with whoever declared it.
    static Decision Filed(Tie tie, IEvent happened) => Decision.Accept(new Filing(Register.Stream, happened, Compartment: Compartments.OfPerson(tie.By)));

    /// <summary>Null where there is no such tie, as far as this person may know.</summary>
    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) => RunAsync(person, command.Tie, "conduct.AskTieEnd", facts => Decide(command, facts), cancel);

    /// <summary>The same of the answer.</summary>
    public Task<Outcome?> HandleAsync(Guid person, Answer command, CancellationToken cancel) => RunAsync(person, command.Tie, "conduct.AnswerTieEnd", facts => DecideAnswer(command, facts), cancel);

    /// <summary>The same of an overseer's word on one that does not bar without.</summary>
    public Task<Outcome?> HandleAsync(Guid person, Confirmation command, CancellationToken cancel) => RunAsync(person, command.Tie, "conduct.ConfirmTie", facts => DecideConfirmation(command, facts), cancel);

    /// <summary>Opens a tie for a page: the reading, or its refusal, is recorded. Null where this person may not know of it.</summary>
    public async Task<TieFacts?> OpenAsync(Guid person, Guid id, CancellationToken cancel)
    {
        var facts = await ReadAsync(new RecordSession(log), person, id, cancel);
        if (facts.Refuses(TieAction.View) is { } refusal)
        {
            await clerk.FileAsync(new ActorId(person), new StreamId(id), "conduct.ViewTie", _ => ValueTask.FromResult<Decision>(refusal), cancel: cancel);
            return null;
        }

        await clerk.FileReadAsync(new ActorId(person), new StreamId(id), "conduct.tie", cancel: cancel);
        return facts;
    }

    async Task<Outcome?> RunAsync(Guid person, Guid id, string action, Func<TieFacts, Decision> decide, CancellationToken cancel)
    {
        var visible = true;
        var outcome = await clerk.FileAsync(new ActorId(person), new StreamId(id), action, async session =>
        {
            var facts = await ReadAsync(session, person, id, cancel);
            visible = facts.Refuses(TieAction.View) is null;
            return decide(facts);
        }, cancel: cancel);
        return visible ? outcome : null;
    }

    async ValueTask<TieFacts> ReadAsync(RecordSession session, Guid person, Guid id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        return new TieFacts(register.Ties.GetValueOrDefault(id), Actor.From(register, person, now), register, now);
    }
}
