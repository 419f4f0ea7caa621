using Probity.Ledger.Formats;
using Probity.People.Contract;
using Probity.People.Vetting;
using Probity.Shared.Record;

namespace Probity.People.Passports;

/// <summary>Another unit's key is trusted once integrity brought it and an overseer agreed, each having compared the fingerprint; either ends that alone.</summary>
internal sealed class TrustIssuer(PassportDesk desk, PassportKeys keys)
{
    public const string KeyWrong = "people.issuer-key-wrong";
    public const string KeyOwn = "people.issuer-key-own";
    public const string KeyKnown = "people.issuer-known";
    public const string NotCompared = "people.issuer-not-compared";
    public const string Nothing = "people.issuer-nothing";

    internal sealed record Proposal(Guid Issuer, string? Key, bool Compared);

    internal sealed record Answer(Guid Issuer, bool? Agree, bool Compared, string? Reason);

    internal sealed record Ending(Guid Issuer, string? Reason);

    public static Decision Decide(Proposal command, VerifierKey own, PassportFacts facts)
    {
        if (Read(command.Key) is not { } key) return Decision.Refuse(KeyWrong);
        if (key.Equals(own)) return Decision.Refuse(KeyOwn);
        if (facts.Book.Issuers.Values.Any(i => i.Key.Equals(key))) return Decision.Refuse(KeyKnown);
        return command.Compared ? Decision.Accept(PassportBook.Stream, new IssuerProposed(command.Issuer, key.ToString())) : Decision.Refuse(NotCompared);
    }

    public static Decision Decide(Answer command, PassportFacts facts)
    {
        if (facts.Issuer is not { Since: null } issuer) return Decision.Refuse(Nothing);
        if (command.Agree is not { } agree) return Decision.Refuse(DecideClearance.AnswerMissing);
        if (agree) return command.Compared ? Decision.Accept(PassportBook.Stream, new IssuerAgreed(issuer.Id)) : Decision.Refuse(NotCompared);
        return VettingTexts.Refuses(command.Reason) is { } unfit ? unfit : Decision.Accept(PassportBook.Stream, new IssuerEnded(issuer.Id, command.Reason!.Trim()));
    }

    // It asks more of people, so one is enough.
    public static Decision Decide(Ending command, PassportFacts facts) =>
        facts.Issuer is not { Since: not null } issuer ? Decision.Refuse(Nothing)
        : VettingTexts.Refuses(command.Reason) is { } unfit ? unfit
        : Decision.Accept(PassportBook.Stream, new IssuerEnded(issuer.Id, command.Reason!.Trim()));

    public Task<Outcome> HandleAsync(Guid person, Proposal command, CancellationToken cancel) =>
        desk.RunOnIssuerAsync(person, null, PassportAction.ProposeIssuer, facts => Decide(command, keys.Verifier, facts), cancel);

    public Task<Outcome> HandleAsync(Guid person, Answer command, CancellationToken cancel) =>
        desk.RunOnIssuerAsync(person, command.Issuer, PassportAction.AgreeToIssuer, facts => Decide(command, facts), cancel);

    public Task<Outcome> HandleAsync(Guid person, Ending command, CancellationToken cancel) =>
        desk.RunOnIssuerAsync(person, command.Issuer, PassportAction.EndIssuer, facts => Decide(command, facts), cancel);

    /// <summary>A key as text, of the kind that signs passports; null for all else.</summary>
    internal static VerifierKey? Read(string? text)
    {
        try
        {
            return text is { Length: > 0 and < 1_000 } && VerifierKey.Parse(text.Trim()) is { Type: SignatureType.Ed25519 } key ? key : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
