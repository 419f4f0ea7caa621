using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Keys;
using Probity.Sealing;
using Probity.Shared.Record;

namespace Probity.Reports.Granting;

/// <summary>The key that opens reports when their readers are gone is named by an overseer and agreed to by a second person. Another takes its place the same way; what was sealed before stays with the shares of the one before.</summary>
internal sealed class NameRecoveryKey(ChangeKeys keys, Clerk clerk)
{
    public const string KeyUnfit = "reports.recovery-key-unfit";
    public const string SharesUnfit = "reports.recovery-shares-unfit";
    public const string HoldersMissing = "reports.recovery-holders-missing";
    public const string NotWaiting = "reports.recovery-key-not-waiting";

    /// <param name="Key">The public half, as <c>probity recovery make</c> printed it.</param>
    /// <param name="Needed">How many shares open.</param>
    /// <param name="Shares">How many there are.</param>
    /// <param name="Holders">Who holds them, in words.</param>
    internal sealed record Command(string? Key, int? Needed, int? Shares, string? Holders);

    public static Decision Decide(Command command, KeyFacts facts)
    {
        if (GrantAccess.Refuses(GrantAction.NameRecoveryKey, On(facts)) is { } refusal) return refusal;
        if (Read(command.Key) is not { } key || key == facts.Recipients.Recovery?.Public) return Decision.Refuse(KeyUnfit);
        if (command is not { Needed: >= 2 and var needed, Shares: <= byte.MaxValue and var shares } || needed > shares) return Decision.Refuse(SharesUnfit);
        return ChangeKeys.RefusesReason(command.Holders) is not null ? Decision.Refuse(HoldersMissing)
            : Decision.Accept(new Filing(Recipients.Stream, new RecoveryKeyNamed(key, needed, shares, command.Holders!.Trim())));
    }

    /// <summary>A second person agrees to the key that the page showed: another that was named meanwhile is not confirmed by it.</summary>
    public static Decision Confirm(string? key, KeyFacts facts)
    {
        var named = facts.Recipients.RecoveryNamed;
        if (GrantAccess.Refuses(GrantAction.ConfirmRecoveryKey, On(facts)) is { } refusal) return named is null ? Decision.Refuse(NotWaiting) : refusal;
        return named!.Public == key ? Decision.Accept(new Filing(Recipients.Stream, new RecoveryKeyConfirmed(key))) : Decision.Refuse(NotWaiting);
    }

    /// <summary>Who acts on the key that was named.</summary>
    public static GrantPlace On(KeyFacts facts) => new(facts.Actor.Person, KeyAccess.PartOf(facts.Actor.Person, facts.Recipients, facts.Register, facts.Now))
    {
        First = facts.Recipients.RecoveryNamed is { } named ? (named.NamedBy, KeyAccess.PartOf(named.NamedBy, facts.Recipients, facts.Register, facts.Now)) : null,
    };

    static string? Read(string? typed)
    {
        try
        {
            return SealingPublicKey.Parse(typed?.Trim() ?? "").ToString();
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) => RunAsync(person, "recovery-key-name", f => Decide(command, f), cancel);

    public Task<Outcome> ConfirmAsync(Guid person, string? key, CancellationToken cancel) => RunAsync(person, "recovery-key-confirm", f => Confirm(key, f), cancel);

    Task<Outcome> RunAsync(Guid person, string action, Func<KeyFacts, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), Recipients.Stream, $"reports.{action}", async session =>
        {
            var facts = await keys.FactsAsync(person, cancel);
            session.Expect(Recipients.Stream, facts.Recipients.Version);
            return decide(facts);
        }, cancel: cancel);
}
