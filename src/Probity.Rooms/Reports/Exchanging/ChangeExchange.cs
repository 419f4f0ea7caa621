using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Keys;
using Probity.Shared.Record;

namespace Probity.Reports.Exchanging;

/// <summary>What a decision about the exchange may know.</summary>
/// <param name="State">How it stands, by the record.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="Named">The key of the record that the file of the connection names; null where it names none.</param>
/// <param name="Held">How many records of the one in force are held.</param>
internal sealed record ExchangeFacts(ExchangeState State, Actor Actor, string? Named, long Held);

/// <summary>
/// An overseer lets the exchange go on and says what was found. What gives something up for good takes two: a record that is passed over, and another machine's record that is taken up in place of the
/// one that was fetched from.
/// </summary>
internal sealed class ChangeExchange(FoldedStream<ExchangeState> states, ExchangeOptions options, IDeposits deposits, Clerk clerk, IRegister registers, TimeProvider time)
{
    public const string NotStopped = "reports.exchange-not-stopped";
    public const string NothingReturned = "reports.exchange-nothing-returned";
    public const string NotToPass = "reports.exchange-not-to-pass";
    public const string NotAsked = "reports.exchange-not-asked";
    public const string AskedAlready = "reports.exchange-asked-already";
    public const string NotAnother = "reports.exchange-not-another";

    internal sealed record Resume(string? Reason);

    internal sealed record LookInto(string? Reason);

    internal sealed record AskPassing(string? Reason);

    internal sealed record AskReplacing(string? Reason);

    /// <summary>The answer of a second person to what was asked for; a reason where they do not agree.</summary>
    internal sealed record Answer(bool? Agrees, string? Reason);

    /// <summary>Whether what it stopped for can be passed over: what stands on the other record for ever and is of no use, or what neither side has any more. What is not proved never can.</summary>
    public static bool CanPass(ExchangeState state) =>
        state.Stopped is (FetchedRecords.NoDeposit or FetchedRecords.UnknownBook or FetchFiles.Changed or FetchFiles.Missing or HeldCheck.Missing or HeldCheck.Altered, not null, _);

    /// <summary>Whether an overseer can let it go on: not while the file names another record than the one that is fetched from, for it would stop at once, until the file names the old one again or two take up the new one.</summary>
    public static bool CanResume(ExchangeState state, string? named) => state.Stopped is var (code, _, _) && (code != FetchedRecords.OtherRecord || (named is not null && state.IsOf(named)));

    /// <summary>Whether another record than those that were fetched from is named now: one that was replaced is not taken up again, for its reports are here already.</summary>
    public static bool CanReplace(ExchangeState state, string? named) =>
        state.Stopped?.Code == FetchedRecords.OtherRecord && named is not null && named != state.Key && state.Earlier.All(e => e.Key != named);

    public static Decision Decide(Resume command, ExchangeFacts facts) =>
        ExchangeAccess.Refuses(ExchangeAction.Resume, facts.Actor) is { } refusal ? refusal
        : facts.State.Stopped is null ? Decision.Refuse(NotStopped)
        : !CanResume(facts.State, facts.Named) ? Decision.Refuse(FetchedRecords.OtherRecord)
        : ChangeKeys.RefusesReason(command.Reason) is { } unfit ? unfit
        : File(new ExchangeResumed(command.Reason!.Trim()));

    public static Decision Decide(LookInto command, ExchangeFacts facts) =>
        ExchangeAccess.Refuses(ExchangeAction.LookInto, facts.Actor) is { } refusal ? refusal
        : facts.State.Returned is null ? Decision.Refuse(NothingReturned)
        : ChangeKeys.RefusesReason(command.Reason) is { } unfit ? unfit
        : File(new ReturnLookedInto(command.Reason!.Trim()));

    public static Decision Decide(AskPassing command, ExchangeFacts facts) =>
        ExchangeAccess.Refuses(ExchangeAction.AskPassing, facts.Actor) is { } refusal ? refusal
        : !CanPass(facts.State) ? Decision.Refuse(NotToPass)
        : facts.State.Asked is not null ? Decision.Refuse(AskedAlready)
        : ChangeKeys.RefusesReason(command.Reason) is { } unfit ? unfit
        : File(new PassingAsked(facts.State.Stopped!.Value.Record!.Value, command.Reason!.Trim()));

    public static Decision Decide(AskReplacing command, ExchangeFacts facts) =>
        ExchangeAccess.Refuses(ExchangeAction.AskReplacing, facts.Actor) is { } refusal ? refusal
        : !CanReplace(facts.State, facts.Named) ? Decision.Refuse(NotAnother)
        : facts.State.Asked is not null ? Decision.Refuse(AskedAlready)
        : ChangeKeys.RefusesReason(command.Reason) is { } unfit ? unfit
        : File(new ReplacingAsked(facts.Named!, command.Reason!.Trim()));

    public static Decision Decide(Answer command, ExchangeFacts facts)
    {
        var (state, asked) = (facts.State, facts.State.Asked);
        var action = asked?.Key is null ? ExchangeAction.AnswerPassing : ExchangeAction.AnswerReplacing;
        if (ExchangeAccess.Refuses(action, facts.Actor, asked) is { } refusal) return refusal;
        if (asked is null || command.Agrees is not { } agrees) return Decision.Refuse(NotAsked);
        if (!agrees && ChangeKeys.RefusesReason(command.Reason) is { } unfit) return unfit;
        if (asked.Record is { } record) return agrees ? File(new PassingAgreed(record)) : File(new PassingReturned(record, command.Reason!.Trim()));
        // Agreed to is the key that was asked for: the file may name a third one meanwhile.
        if (agrees && facts.Named != asked.Key) return Decision.Refuse(NotAnother);
        return agrees ? File(new IntakeReplaced(asked.Key!, state.Key, state.Checkpoint, facts.Held)) : File(new ReplacingReturned(asked.Key!, command.Reason!.Trim()));
    }

    public Task<Outcome> HandleAsync(Guid person, Resume command, CancellationToken cancel) => RunAsync(person, "exchange-resume", f => Decide(command, f), cancel);

    public Task<Outcome> HandleAsync(Guid person, LookInto command, CancellationToken cancel) => RunAsync(person, "exchange-look-into", f => Decide(command, f), cancel);

    public Task<Outcome> HandleAsync(Guid person, AskPassing command, CancellationToken cancel) => RunAsync(person, "exchange-pass", f => Decide(command, f), cancel);

    public Task<Outcome> HandleAsync(Guid person, AskReplacing command, CancellationToken cancel) => RunAsync(person, "exchange-replace", f => Decide(command, f), cancel);

    public Task<Outcome> HandleAsync(Guid person, Answer command, CancellationToken cancel) => RunAsync(person, "exchange-answer", f => Decide(command, f), cancel);

    /// <summary>The same for a page.</summary>
    public async ValueTask<ExchangeFacts> FactsAsync(Guid person, CancellationToken cancel) =>
        await FactsAsync(await states.ReadAsync(cancel), Actor.From(await registers.ReadAsync(cancel), person, time.GetUtcNow()), cancel);

    async ValueTask<ExchangeFacts> FactsAsync(ExchangeState state, Actor actor, CancellationToken cancel) =>
        new(state, actor, NamedIn(options.ConnectionFile), Math.Max(0, await deposits.NextAsync(cancel) - state.First));

    Task<Outcome> RunAsync(Guid person, string action, Func<ExchangeFacts, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), ExchangeState.Stream, $"reports.{action}", async session =>
            decide(await FactsAsync(await states.ReadAsync(session, cancel), Actor.From(await registers.ReadAsync(session, cancel), person, time.GetUtcNow()), cancel)), cancel: cancel);

    static string? NamedIn(string file)
    {
        try
        {
            return IntakeConnection.ReadFile(file)?.Log.ToString();
        }
        catch (Exception fault) when (fault is FormatException or IOException)
        {
            return null;
        }
    }

    static Decision File(IEvent happened) => Decision.Accept(ExchangeState.Stream, happened);
}
