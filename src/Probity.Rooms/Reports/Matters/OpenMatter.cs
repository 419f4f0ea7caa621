using System.Security.Cryptography;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Reading;
using Probity.Shared.Record;

namespace Probity.Reports.Matters;

/// <summary>
/// Integrity or an overseer opens a matter, of their own accord or from a report that they have in hand. Both leave the same entries, and none with the report: who can open the report works out
/// where its matters are.
/// </summary>
internal sealed class OpenMatter(MatterDesk desk, ReportDesk reports, Clerk clerk)
{
    public const string Already = "matters.opened-already";
    public const string TooMany = "matters.too-many-of-report";

    /// <param name="Id">The matter.</param>
    /// <param name="First">Its first allegation: by that one a call that comes twice is known.</param>
    /// <param name="Investigator">Who looks into it.</param>
    /// <param name="Body">Or which other body does.</param>
    /// <param name="People">Who else sees it.</param>
    /// <param name="Accusation">The first allegation.</param>
    /// <param name="Knows">From a report: that it protects whom this is about is known.</param>
    /// <param name="Why">And why it is no retaliation.</param>
    internal sealed record Command(Guid Id, Guid First, Guid? Investigator, string? Body, IReadOnlyList<Guid> People, Accusation Accusation, bool Knows = false, string? Why = null);

    /// <summary>What a matter holds of where it comes from: a commitment, and why it accuses somebody whom a report protects. Of one that comes from nowhere both look the same.</summary>
    internal sealed record Origin(string Commitment, string Reason);

    /// <param name="command">What is asked.</param>
    /// <param name="origin">What it comes from.</param>
    /// <param name="candidates">Who can be named.</param>
    /// <param name="facts">The matter, that is not there yet.</param>
    public static Decision Decide(Command command, Origin origin, MatterCandidates candidates, MatterFacts facts)
    {
        var (matter, register, now) = (facts.Matter, facts.Register, facts.Now);
        if (matter.Exists) return matter.Opener == facts.Person ? Decision.Accept() : Decision.Refuse(Already);
        var accusation = command.Accusation;
        if (accusation.Refuses(register, facts.Today) is { } unfit) return unfit;
        if (accusation.Bars(facts.Person, register, now) is { } bar) return Decision.Refuse(bar);
        var people = command.People.Distinct().Order().ToList();
        if ((candidates.RefusesLookingInto(command.Investigator, command.Body)
            ?? candidates.RefusesPeople(people, command.Investigator, IsFree, register.Holders(Role.Overseer, now).Contains)) is { } wrong) return wrong;
        return Decision.Accept(
            matter.File(new MatterOpened(command.Investigator, command.Investigator is null ? command.Body!.Trim() : null, people)), matter.File(new OriginCommitted(origin.Commitment)),
            matter.File(new OpeningReasoned(origin.Reason)), matter.File(accusation.Made(command.First)));

        bool IsFree(Guid person) => accusation.Bars(person, register, now) is null;
    }

    /// <summary>Of one's own accord, or of an inspection. The key makes that the same form sent twice opens one.</summary>
    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel)
    {
        var origin = new Origin(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes)), OpeningReason.Noise(command.Id));
        return clerk.FileAsync(new ActorId(person), new StreamId(command.Id), "matters.Open", async session =>
        {
            var facts = await desk.ReadAsync(session, person, command.Id, cancel);
            return MatterAccess.Refuses(MatterAction.Open, facts) is { } refusal ? refusal : Decide(command, origin, MatterCandidates.Of(person, facts.Register, facts.Now), facts);
        }, cancel: cancel);
    }

    /// <summary>The id of a matter that somebody opens of their own accord, from the key of their form.</summary>
    public static Guid IdOf(Guid person, Guid key) => Streams.Derive(key, $"matter of {person:D}");

    /// <summary>The id of its first allegation: from the key too, of one's own accord and from a report alike, and not from the matter, which would tell the one from the other.</summary>
    public static Guid FirstOf(Guid person, Guid key) => Streams.Derive(key, $"first allegation of {person:D}");

    /// <summary>
    /// From a report, at the next place that is free, so that nobody learns how many there are; null where there is no such report, as far as this person may know. A refusal is filed where the
    /// matter would be, as any is: beside the report it would join the two by its time.
    /// </summary>
    public async Task<Outcome?> FromReportAsync(Guid person, Guid report, OpenedReport? opened, Command command, CancellationToken cancel)
    {
        var visible = false;
        var before = await reports.ReadAsync(person, report, opened, cancel);
        // Whom a report protects stands in no refusal on the record: what is missing is said before.
        if (before is not null && ReportAccess.Refuses(ReportAction.OpenMatter, before) is null && OpeningReason.Lacks(command, before) is { } lacks) return new Outcome.Refused(new Refusal(lacks), 0);
        var place = opened is null ? Report.StreamOf(report) : new StreamId(MatterLink.IdOf(opened.StaffKey.Span, NextOf(before)));
        var outcome = await clerk.FileAsync(new ActorId(person), place, "matters.Open", async session =>
        {
            var facts = await reports.ReadAsync(session, person, report, opened, cancel);
            visible = ReportAccess.Refuses(ReportAction.View, facts) is null;
            if (ReportAccess.Refuses(ReportAction.OpenMatter, facts) is { } refusal) return refusal;
            if (facts!.Matters.Any(m => m.Matter.Known.Contains(command.First))) return Decision.Accept();
            if (facts.Report.Closed is not null) return Decision.Refuse(AcknowledgeReport.IsClosed);
            var (key, number) = (facts.Opened.StaffKey, NextOf(facts));
            if (facts.SeenMatters.Count() >= MatterLink.Most || number > MatterLink.Places) return Decision.Refuse(TooMany);
            var id = MatterLink.IdOf(key.Span, number);
            var matter = await desk.ReadAsync(session, person, id, cancel);
            var reason = OpeningReason.IsNeeded(command, facts) && command.Why is { } why ? OpeningReason.Seal(key.Span, id, why) : OpeningReason.Noise(id);
            return Decide(command with { Id = id }, new Origin(MatterLink.Commit(MatterLink.SecretOf(key.Span, number), report, id), reason), MatterCandidates.Of(facts), matter);
        }, cancel: cancel);
        return visible ? outcome : null;

        static int NextOf(ReportFacts? facts) => facts is { Matters: [.., var last] } ? last.Number + 1 : 1;
    }
}
