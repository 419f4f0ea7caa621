using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Passports;

/// <summary>Somebody brings the newest list of a trusted issuer's revoked passports. Its signature says whose it is, so one person is enough; an older one than is here is refused.</summary>
internal sealed class TakeList(PassportDesk desk)
{
    public const string Missing = "people.list-missing";
    public const string Wrong = "people.list-wrong";
    public const string Older = "people.list-older";
    public const string Future = "people.list-future";

    internal sealed record Command(Guid Issuer, string? List);

    public static Decision Decide(Command command, PassportFacts facts)
    {
        if (facts.Issuer is not { Since: not null } issuer) return Decision.Refuse(TrustIssuer.Nothing);
        if (string.IsNullOrWhiteSpace(command.List)) return Decision.Refuse(Missing);
        if (RevokedList.Open(command.List, issuer.Key) is not { } list) return Decision.Refuse(Wrong);
        if (list.At > facts.Now + PassportResult.Skew) return Decision.Refuse(Future);
        return issuer.List is { } before && RevokedList.Open(before, issuer.Key) is { } known && known.Number >= list.Number ? Decision.Refuse(Older)
            : Decision.Accept(PassportBook.Stream, new IssuerListTaken(issuer.Id, command.List.Trim()));
    }

    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunOnIssuerAsync(person, command.Issuer, PassportAction.TakeList, facts => Decide(command, facts), cancel);
}
