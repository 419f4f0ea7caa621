using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Passports;

/// <summary>A passport is revoked because it was lost, is not needed or was a mistake. What follows from the clearance follows by itself.</summary>
internal sealed class RevokePassport(PassportDesk desk)
{
    public const string WhyMissing = "people.passport-why-missing";
    public const string Ended = "people.passport-ended";

    internal sealed record Command(string Token, PassportRevocation? Why);

    public static Decision Decide(Command command, PassportFacts facts) =>
        !facts.Book.Passports.TryGetValue(command.Token, out var passport) || passport.Said.Person != facts.Holder ? Decision.Refuse(IssuePassport.Nothing)
        : passport.Revoked is not null || facts.Now >= passport.Said.Until ? Decision.Refuse(Ended)
        : command.Why is not { } why ? Decision.Refuse(WhyMissing)
        : Decision.Accept(PassportBook.Stream, new PassportRevoked(command.Token, why));

    public async Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) => await desk.RunAsync(
        person, (await desk.ReadAsync(cancel)).Passports.GetValueOrDefault(command.Token)?.Said.Person ?? Guid.Empty, PassportAction.Revoke, facts => Decide(command, facts), cancel);
}
