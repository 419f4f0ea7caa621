using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Reports.Matters;
using Probity.Reports.Reading;
using Probity.Shared.Record;

namespace Probity.Reports.Handling;

/// <summary>What can be done about a report.</summary>
internal enum ReportAction { View, StepAside, Note, Acknowledge, Triage, Take, Tell, Find, AskClosing, AnswerClosing, Reopen, Review, Protect, AskOriginal, AgreeOriginal, GiveOriginal, OpenMatter, AskErasure, AnswerErasure, PlaceHold, EndHold }

/// <summary>What somebody is to a report that their key opens.</summary>
internal enum ReportRelation { Opens, ForWant, Escalated, Handles, SecondToClosing, Drawn, SecondToOriginal, AskedOriginal, SecondToErasure, WithoutOverseer }

/// <summary>All that a decision on a report may know. There are none for whom the report does not open.</summary>
/// <param name="Opened">What its source said, opened with this person's key.</param>
/// <param name="Report">What was done about it.</param>
/// <param name="Drawn">Whether its closing was drawn to be looked at again.</param>
/// <param name="Policy">The pack in force.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="Register">The register.</param>
/// <param name="Now">The time.</param>
internal sealed record ReportFacts(OpenedReport Opened, Report Report, bool Drawn, Policy Policy, Actor Actor, Register Register, DateTimeOffset Now)
{
    public Guid Person => Actor.Person;

    /// <summary>The matters that were opened from it, whoever may know of them.</summary>
    public IReadOnlyList<LinkedMatter> Matters { get; init; } = [];

    /// <summary>Those that the reader is not barred from: of the others they are told nothing.</summary>
    public IEnumerable<Matter> SeenMatters => Matters.Select(m => m.Matter).Where(m => MatterAccess.Bar(Person, m, Register, Now) is null);

    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    public ReportClock Clock => ReportClock.Of(Report, Opened.Received, Policy, Today);

    /// <summary>The number of the newest deposit.</summary>
    public long LastIndex => Opened.Deposits[^1].Index;

    /// <summary>Whether its source wrote since it was told something last; or, of a closed one, since it was closed.</summary>
    public bool SourceWrote => LastIndex > (Report.Closed?.LastIndex ?? Math.Max(Opened.Deposits[0].Index, Report.AnsweredIndex));

    /// <summary>Everybody in a role who can open it and has not stepped aside.</summary>
    public IReadOnlyList<Guid> Readers(Role role) => [.. Register.Holders(role, Now).Where(p => Opened.Readers.Contains(p) && !Report.Aside.Contains(p))];
}

/// <summary>
/// Who does what about a report, as one table: integrity handles; an overseer does where nobody of integrity can open it, or takes it in hand where a day was missed. Whoever reviews a closing never
/// handled the report and never handles it afterwards. What stands in no line is denied, and whoever cannot open a report or stepped aside is answered as if there were none.
/// </summary>
internal static class ReportAccess
{
    static readonly Dictionary<ReportAction, (Role Role, ReportRelation Relation)[]> Table = new()
    {
        [ReportAction.View] = [(Role.Integrity, ReportRelation.Opens), (Role.Overseer, ReportRelation.Opens)],
        [ReportAction.StepAside] = [(Role.Integrity, ReportRelation.Opens), (Role.Overseer, ReportRelation.Opens)],
        [ReportAction.Note] = [(Role.Integrity, ReportRelation.Opens), (Role.Overseer, ReportRelation.Opens)],
        [ReportAction.Acknowledge] = [(Role.Integrity, ReportRelation.Opens), (Role.Overseer, ReportRelation.ForWant), (Role.Overseer, ReportRelation.Escalated), (Role.Overseer, ReportRelation.Handles)],
        [ReportAction.Triage] = [(Role.Integrity, ReportRelation.Opens), (Role.Overseer, ReportRelation.ForWant), (Role.Overseer, ReportRelation.Handles)],
        [ReportAction.Take] = [(Role.Integrity, ReportRelation.Opens), (Role.Overseer, ReportRelation.ForWant), (Role.Overseer, ReportRelation.Escalated)],
        [ReportAction.Tell] = [(Role.Integrity, ReportRelation.Handles), (Role.Overseer, ReportRelation.Handles)],
        [ReportAction.Find] = [(Role.Integrity, ReportRelation.Handles), (Role.Overseer, ReportRelation.Handles)],
        [ReportAction.AskClosing] = [(Role.Integrity, ReportRelation.Handles), (Role.Overseer, ReportRelation.Handles)],
        [ReportAction.AnswerClosing] = [(Role.Integrity, ReportRelation.SecondToClosing), (Role.Overseer, ReportRelation.SecondToClosing)],
        [ReportAction.Reopen] = [(Role.Integrity, ReportRelation.Opens), (Role.Overseer, ReportRelation.ForWant), (Role.Overseer, ReportRelation.Handles)],
        [ReportAction.Review] = [(Role.Overseer, ReportRelation.Drawn)],
        [ReportAction.Protect] = [(Role.Integrity, ReportRelation.Opens), (Role.Overseer, ReportRelation.Opens)],
        [ReportAction.OpenMatter] = [(Role.Integrity, ReportRelation.Handles), (Role.Overseer, ReportRelation.Handles)],
        [ReportAction.AskErasure] = [(Role.Integrity, ReportRelation.Opens), (Role.Overseer, ReportRelation.ForWant), (Role.Overseer, ReportRelation.Handles)],
        [ReportAction.AnswerErasure] = [(Role.Overseer, ReportRelation.SecondToErasure), (Role.Integrity, ReportRelation.SecondToErasure)],
        [ReportAction.PlaceHold] = [(Role.Integrity, ReportRelation.Opens), (Role.Overseer, ReportRelation.Opens)],
        [ReportAction.EndHold] = [(Role.Overseer, ReportRelation.Opens), (Role.Integrity, ReportRelation.WithoutOverseer)],
        [ReportAction.AskOriginal] = [(Role.Integrity, ReportRelation.Opens), (Role.Overseer, ReportRelation.Opens)],
        [ReportAction.AgreeOriginal] = [(Role.Integrity, ReportRelation.SecondToOriginal), (Role.Overseer, ReportRelation.SecondToOriginal)],
        [ReportAction.GiveOriginal] = [(Role.Integrity, ReportRelation.AskedOriginal), (Role.Overseer, ReportRelation.AskedOriginal)],
    };

    // Whoever reviews a closing reads, and takes no part in it.
    static readonly ReportAction[] OfReviewers = [ReportAction.View, ReportAction.StepAside, ReportAction.Note, ReportAction.AnswerErasure, ReportAction.PlaceHold, ReportAction.EndHold];

    /// <summary>The refusal of this action to this person, or null where it is allowed.</summary>
    public static Refusal? Refuses(ReportAction action, ReportFacts? facts)
    {
        if (facts is null || facts.Report.IsErased || facts.Report.Aside.Contains(facts.Person)) return new Refusal(Bars.Role);
        if (facts.Report.Reviewers.Contains(facts.Person) && !OfReviewers.Contains(action)) return new Refusal(Bars.EarlierRole);
        return Table[action].Any(row => facts.Actor.Has(row.Role) && Is(row.Relation, row.Role, facts)) ? null : new Refusal(Bars.Role);
    }

    // What needs an overseer, who else looks at no report of their own accord.
    static readonly ReportRelation[] OfOverseers = [ReportRelation.ForWant, ReportRelation.Escalated, ReportRelation.Handles, ReportRelation.SecondToClosing, ReportRelation.Drawn, ReportRelation.SecondToOriginal];

    /// <summary>Whether it stands in this person's list: all that they can open for integrity, what needs them for an overseer.</summary>
    public static bool Lists(ReportFacts facts) => Refuses(ReportAction.View, facts) is null
        && (facts.Actor.Has(Role.Integrity) || OfOverseers.Any(relation => Is(relation, Role.Overseer, facts)));

    static bool Is(ReportRelation relation, Role role, ReportFacts facts)
    {
        var (report, person) = (facts.Report, facts.Person);
        return relation switch
        {
            ReportRelation.Opens => true,
            ReportRelation.ForWant => facts.Readers(Role.Integrity).Count == 0,
            ReportRelation.Escalated => facts.Clock.IsEscalated,
            ReportRelation.Handles => report.Handler == person || report.Second == person,
            // Another of integrity; where there is none, an overseer.
            ReportRelation.SecondToClosing => report is { Closing: not null, Closed: null } && report.ClosingBy != person
                && (role == Role.Integrity || facts.Readers(Role.Integrity).All(p => p == report.ClosingBy)),
            ReportRelation.SecondToErasure => report.ErasureAsked is not null && SecondsToErasure(facts).Contains(person),
            ReportRelation.WithoutOverseer => facts.Readers(Role.Overseer).Count == 0,
            ReportRelation.SecondToOriginal => report.Originals.Exists(a => a.Waits && a.By != person),
            ReportRelation.AskedOriginal => report.Originals.Exists(a => a.By == person),
            _ => facts.Drawn && report is { Closed: not null, IsReviewed: false } && !report.WasHandledBy(person),
        };
    }

    // An overseer, where one can open it beside whoever asked; of them those who did not handle it, where there are any.
    static List<Guid> SecondsToErasure(ReportFacts facts)
    {
        var others = facts.Readers(Role.Overseer).Where(p => p != facts.Report.ErasureBy).ToList();
        if (others.Count == 0) others = [.. facts.Readers(Role.Integrity).Where(p => p != facts.Report.ErasureBy)];
        return others.Where(p => !facts.Report.WasHandledBy(p)).ToList() is { Count: > 0 } free ? free : others;
    }
}
