using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Passports;

/// <summary>Somebody asks for a passport of their own clearance. Nobody asks for another.</summary>
internal sealed class AskPassport(PassportDesk desk)
{
    public const string NotHeld = "people.passport-no-clearance";
    public const string Waits = "people.passport-waits";

    public static Decision Decide(Guid request, PassportFacts facts) =>
        facts.Valid is null ? Decision.Refuse(NotHeld)
        : facts.Book.RequestOf(facts.Holder) is not null ? Decision.Refuse(Waits)
        : Decision.Accept(PassportBook.Stream, new PassportAsked(request, facts.Holder));

    public Task<Outcome> HandleAsync(Guid person, CancellationToken cancel)
    {
        var request = Guid.CreateVersion7();
        return desk.RunAsync(person, person, PassportAction.Ask, facts => Decide(request, facts), cancel);
    }
}
