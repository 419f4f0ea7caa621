using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Sealing;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Reports.Keys;

/// <summary>Keys are made by one person and confirmed by another; custodians of identities are named by one and agreed to by another.</summary>
internal sealed class ChangeKeys(TransparencyLog log, Clerk clerk, IRegister registers, TimeProvider time) : IDisposable
{
    public const string TooMany = "reports.keys-too-many";
    public const string NotWaiting = "reports.key-not-waiting";
    public const string Unknown = "reports.key-unknown";
    public const string InForce = "reports.key-in-force";
    public const string Disputed = "reports.key-disputed";
    public const string CustodianUnfit = "reports.custodian-unfit";
    public const string CustodianUnknown = "reports.custodian-unknown";
    public const string CustodianNamedAlready = "reports.custodian-named";
    public const string ReasonMissing = "reports.reason-missing";
    public const string ReasonUnfit = "reports.reason-unfit";

    /// <summary>The most keys that somebody may have made, and the most characters of a reason.</summary>
    public const int MostKeys = 6, MaxReason = 2_000;

    readonly FoldedStream<Recipients> _recipients = new(log);

    internal sealed record Make(string Key);

    internal sealed record Confirm(Guid Person, string? Key);

    internal sealed record Withdraw(Guid Person, string? Key);

    internal sealed record Name(Guid Person);

    internal sealed record Agree(Guid Person);

    internal sealed record End(Guid Person, string? Reason);

    public static Decision Decide(Make command, KeyFacts facts)
    {
        var person = facts.Actor.Person;
        if (KeyAccess.Refuses(KeyAction.Make, person, facts) is { } refusal) return refusal;
        return facts.Recipients.KeysOf(person).Count >= MostKeys ? Decision.Refuse(TooMany) : File(person, new KeyMade(SealingPublicKey.Parse(command.Key).ToString()));
    }

    public static Decision Decide(Confirm command, KeyFacts facts)
    {
        if (KeyAccess.Refuses(KeyAction.Confirm, command.Person, facts) is { } refusal) return refusal;
        // What was read out is the key of the page: another that was made meanwhile is not confirmed by it.
        return facts.Recipients.WaitingKeyOf(command.Person) is { } waiting && waiting.Public == command.Key
            ? File(command.Person, new KeyConfirmed(command.Person, waiting.Public)) : Decision.Refuse(NotWaiting);
    }

    public static Decision Decide(Withdraw command, KeyFacts facts)
    {
        if (KeyAccess.Refuses(KeyAction.Withdraw, command.Person, facts) is { } refusal) return refusal;
        if (facts.Recipients.KeysOf(command.Person).FirstOrDefault(k => k.Public == command.Key && k.Withdrawn is null) is not { } key) return Decision.Refuse(Unknown);
        var happened = new KeyWithdrawn(command.Person, command.Key!);
        if (command.Person == facts.Actor.Person) return File(command.Person, happened);
        // One that counts nobody else takes away, and one that waits takes two: or one person could leave nobody to seal for.
        if (key.ConfirmedBy is not null) return Decision.Refuse(InForce);
        return key.DisputedBy is not { } other ? File(command.Person, new KeyDisputed(command.Person, command.Key!))
            : other == facts.Actor.Person ? Decision.Refuse(Disputed) : File(command.Person, happened);
    }

    public static Decision Decide(Name command, KeyFacts facts)
    {
        if (KeyAccess.Refuses(KeyAction.NameCustodian, command.Person, facts) is { } refusal) return refusal;
        if (!KeyAccess.MayKeepIdentities(Actor.From(facts.Register, command.Person, facts.Now))) return Decision.Refuse(CustodianUnfit);
        return facts.Recipients.Custodians.ContainsKey(command.Person) ? Decision.Refuse(CustodianNamedAlready) : File(command.Person, new CustodianNamed(command.Person));
    }

    public static Decision Decide(Agree command, KeyFacts facts)
    {
        if (KeyAccess.Refuses(KeyAction.ConfirmCustodian, command.Person, facts) is { } refusal) return refusal;
        if (!facts.Recipients.Custodians.TryGetValue(command.Person, out var named) || named.ConfirmedBy is not null) return Decision.Refuse(CustodianUnknown);
        if (named.NamedBy == facts.Actor.Person) return Decision.Refuse(Bars.EarlierRole);
        return KeyAccess.MayKeepIdentities(Actor.From(facts.Register, command.Person, facts.Now)) ? File(command.Person, new CustodianConfirmed(command.Person)) : Decision.Refuse(CustodianUnfit);
    }

    public static Decision Decide(End command, KeyFacts facts)
    {
        if (KeyAccess.Refuses(KeyAction.EndCustodian, command.Person, facts) is { } refusal) return refusal;
        if (!facts.Recipients.Custodians.ContainsKey(command.Person)) return Decision.Refuse(CustodianUnknown);
        return RefusesReason(command.Reason) is { } unfit ? unfit : File(command.Person, new CustodianEnded(command.Person, command.Reason!.Trim()));
    }

    /// <summary>The refusal of words that have to say something.</summary>
    public static Refusal? RefusesReason(string? reason) =>
        !WrittenText.SaysSomething(reason) ? new Refusal(ReasonMissing) : reason!.Length > MaxReason || !WrittenText.IsPlain(reason, lines: true) ? new Refusal(ReasonUnfit) : null;

    public Task<Outcome> HandleAsync(Guid person, Make command, CancellationToken cancel) => RunAsync(person, "key-make", f => Decide(command, f), cancel);

    public Task<Outcome> HandleAsync(Guid person, Confirm command, CancellationToken cancel) => RunAsync(person, "key-confirm", f => Decide(command, f), cancel);

    public Task<Outcome> HandleAsync(Guid person, Withdraw command, CancellationToken cancel) => RunAsync(person, "key-withdraw", f => Decide(command, f), cancel);

    public Task<Outcome> HandleAsync(Guid person, Name command, CancellationToken cancel) => RunAsync(person, "custodian-name", f => Decide(command, f), cancel);

    public Task<Outcome> HandleAsync(Guid person, Agree command, CancellationToken cancel) => RunAsync(person, "custodian-agree", f => Decide(command, f), cancel);

    public Task<Outcome> HandleAsync(Guid person, End command, CancellationToken cancel) => RunAsync(person, "custodian-end", f => Decide(command, f), cancel);

    /// <summary>Keys and custodians as they stand.</summary>
    public ValueTask<Recipients> ReadAsync(CancellationToken cancel) => _recipients.ReadAsync(cancel);

    /// <summary>The same with who asks and the register, for a page.</summary>
    public async ValueTask<KeyFacts> FactsAsync(Guid person, CancellationToken cancel)
    {
        var (register, now) = (await registers.ReadAsync(cancel), time.GetUtcNow());
        return new KeyFacts(await ReadAsync(cancel), Actor.From(register, person, now), register, now);
    }

    static Decision File(Guid person, IEvent happened) => Decision.Accept(new Filing(Recipients.Stream, happened, Compartment: Compartments.OfPerson(person)));

    Task<Outcome> RunAsync(Guid person, string action, Func<KeyFacts, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), Recipients.Stream, $"reports.{action}", async session =>
        {
            var now = time.GetUtcNow();
            var register = await registers.ReadAsync(session, cancel);
            return decide(new KeyFacts(await _recipients.ReadAsync(session, cancel), Actor.From(register, person, now), register, now));
        }, cancel: cancel);

    public void Dispose() => _recipients.Dispose();
}
