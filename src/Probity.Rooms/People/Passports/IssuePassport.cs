using Probity.Ledger.Formats;
using Probity.People.Contract;
using Probity.People.Vetting;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Passports;

/// <summary>Vetting issues the passport that somebody asked for, having seen a document of theirs, or says why not.</summary>
internal sealed class IssuePassport(PassportDesk desk, PassportKeys keys)
{
    public const string Nothing = "people.passport-nothing";
    public const string DocumentMissing = "people.passport-document-missing";
    public const string DocumentUnfit = "people.passport-document-unfit";
    public const string NameGone = "people.passport-name-gone";
    const int ShortestNumber = 4;

    /// <summary>What vetting answers; the number of the document is hashed and kept nowhere.</summary>
    internal sealed record Answer(Guid Request, bool? Issue, string? Document, string? Reason);

    /// <summary>What the house adds to it: chance and key are arguments.</summary>
    internal sealed record Drawn(string Number, string Code, VerifierKey Key);

    public static Decision Decide(Answer command, Drawn drawn, PassportFacts facts)
    {
        if (!facts.Book.Requests.TryGetValue(command.Request, out var request) || request.Person != facts.Holder) return Decision.Refuse(Nothing);
        if (command.Issue is not { } issue) return Decision.Refuse(DecideClearance.AnswerMissing);
        if (!issue)
        {
            return VettingTexts.Refuses(command.Reason) is { } unfit ? unfit
                : Decision.Accept(new Filing(PassportBook.Stream, new PassportRefused(request.Id, command.Reason!.Trim()), Compartment: Compartments.OfPerson(facts.Holder)));
        }

        if (facts.Valid is not { } clearance) return Decision.Refuse(AskPassport.NotHeld);
        if (facts.Register.People.GetValueOrDefault(facts.Holder)?.Name is not { } name) return Decision.Refuse(NameGone);
        if (string.IsNullOrWhiteSpace(command.Document)) return Decision.Refuse(DocumentMissing);
        if (command.Document.Length > HolderMark.LongestNumber || HolderMark.Document(command.Document).Length < ShortestNumber) return Decision.Refuse(DocumentUnfit);
        var until = facts.Policy.After(PolicyRules.PassportHolds, facts.Now);
        var issued = new PassportIssued(
            drawn.Number, request.Id, facts.Holder, clearance.Id, clearance.Level, Seconds(facts.Now), Seconds(until < clearance.Until ? until : clearance.Until!.Value),
            HolderMark.Of(name, command.Document, drawn.Code), drawn.Key.ToString(), facts.Policy.Label);
        if (issued.Until <= issued.From) return Decision.Refuse(AskPassport.NotHeld);
        // A new one takes the place of those before: a person has one that counts.
        var before = facts.Book.Of(facts.Holder).Where(p => p.Revoked is null && facts.Now < p.Said.Until).Select(p => new Filing(PassportBook.Stream, new PassportRevoked(p.Said.Token, PassportRevocation.NotNeeded)));
        return Decision.Accept([
            .. before, new Filing(PassportBook.Stream, issued),
            new Filing(PassportBook.Stream, new PassportCodeKept(drawn.Number, drawn.Code), Compartment: Compartments.OfPerson(facts.Holder)),
        ]);
    }

    public async Task<Outcome> HandleAsync(Guid person, Answer command, CancellationToken cancel)
    {
        var drawn = new Drawn(PassportToken.NewNumber(), HolderMark.NewCode(), keys.Verifier);
        var holder = (await desk.ReadAsync(cancel)).Requests.GetValueOrDefault(command.Request)?.Person ?? Guid.Empty;
        return await desk.RunAsync(person, holder, PassportAction.Issue, facts => Decide(command, drawn, facts), cancel);
    }

    static DateTimeOffset Seconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
