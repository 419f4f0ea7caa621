using Probity.Access.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Routing;
using Probity.Sealing;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Reports.Matters;

/// <summary>Who can be asked to look into a matter, and who can be named to see it.</summary>
internal sealed record MatterCandidates(IReadOnlyList<Guid> Investigators, IReadOnlyList<Guid> People)
{
    public const string LooksIntoMissing = "matters.looks-into-missing";
    public const string BodyUnfit = "matters.body-unfit";
    public const string InvestigatorUnfit = "matters.investigator-unfit";
    public const string PeopleMissing = "matters.people-missing";
    public const string PeopleUnfit = "matters.people-unfit";
    public const string OverseerMissing = "matters.overseer-missing";

    /// <summary>One of those chosen is tied to whom it is about: said last, and of all of them alike. What it said of one by itself, or before what is missing, would tell whoever tries who is tied to whom.</summary>
    public const string NotFree = "matters.not-free";

    const int LongestBody = 200;

    /// <summary>Of a matter that is opened of one's own accord: all who have such a post.</summary>
    public static MatterCandidates Of(Guid opener, Register register, DateTimeOffset now) => new(
        [.. register.Holders(Role.Investigator, now).Where(p => p != opener)],
        [.. register.Holders(Role.Integrity, now).Union(register.Holders(Role.Overseer, now)).Where(p => p != opener)]);

    /// <summary>Of one that is opened from a report: those who can open the report, and investigators whom its source did not want kept from it, by the rule by which reports are sealed.</summary>
    public static MatterCandidates Of(ReportFacts facts)
    {
        var all = Of(facts.Person, facts.Register, facts.Now);
        var book = BookMaking.Of(facts.Register, [.. all.Investigators.Select(p => new BookHolder(p, HolderPart.Integrity, ""))], facts.Now, new byte[SecretBox.KeySize]);
        var kept = facts.Opened.Deposits.Select(d => Sealing.Routing.Of(book, d.Content.Without).Opens).ToList();
        return new([.. book.Holders.Index().Where(h => kept.TrueForAll(opens => opens[h.Index])).Select(h => h.Item.Id)],
            [.. facts.Readers(Role.Integrity).Union(facts.Readers(Role.Overseer)).Where(p => p != facts.Person)]);
    }

    /// <summary>The refusal of who is to look into it, or null: an investigator or another body, and not both. It tells nothing but who is offered.</summary>
    public Refusal? RefusesLookingInto(Guid? investigator, string? body) =>
        investigator is null == string.IsNullOrWhiteSpace(body) ? new(LooksIntoMissing)
        : body is { Length: > 0 } && !(body.Length <= LongestBody && WrittenText.IsPlain(body, lines: false) && WrittenText.SaysSomething(body)) && investigator is null ? new(BodyUnfit)
        : investigator is { } person && !Investigators.Contains(person) ? new(InvestigatorUnfit)
        : null;

    /// <summary>The refusal of all who are chosen, or null: somebody has to be able to confirm what is found, and an overseer is among them wherever one is free.</summary>
    public Refusal? RefusesPeople(IReadOnlyList<Guid> named, Guid? investigator, Func<Guid, bool> isFree, Func<Guid, bool> isOverseer) =>
        named.Count == 0 ? new(PeopleMissing)
        : named.Any(p => !People.Contains(p) || p == investigator) ? new(PeopleUnfit)
        : !named.Any(isOverseer) && People.Any(p => isOverseer(p) && isFree(p) && p != investigator) ? new(OverseerMissing)
        : !named.All(isFree) || (investigator is { } person && !isFree(person)) ? new(NotFree)
        : null;
}
