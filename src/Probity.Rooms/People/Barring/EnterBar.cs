using Probity.People.Contract;
using Probity.People.Vetting;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Barring;

/// <summary>Vetting or integrity asks that somebody be put on the barred list, for a reason that the record bears out, and a second person agrees or says why not.</summary>
internal sealed class EnterBar(BarDesk desk)
{
    public const string Unknown = "people.person-unknown";
    public const string Listed = "people.bar-listed";
    public const string ReasonMissing = "people.bar-reason-missing";
    public const string DayWrong = "people.bar-day-wrong";
    public const string NotFinal = "people.bar-not-final";
    public const string NoProceedings = "people.bar-no-proceedings";
    public const string StillHere = "people.bar-still-here";
    public const string Nothing = "people.bar-nothing";

    internal sealed record Proposal(Guid Bar, Guid Person, BarReason? Reason, DateOnly? Notified);

    internal sealed record Answer(Guid Bar, bool? Agree, string? Reason);

    public static Decision Decide(Proposal command, BarFacts facts)
    {
        var (person, now) = (command.Person, facts.Now);
        if (!facts.Register.People.TryGetValue(person, out var known) || known.IsErased) return Decision.Refuse(Unknown);
        if (facts.List.Entries.Values.Any(b => b.Person == person)) return Decision.Refuse(Listed);
        if (command.Reason is not { } reason) return Decision.Refuse(ReasonMissing);
        if (command.Notified is not { } day || day > DateOnly.FromDateTime(now.UtcDateTime)) return Decision.Refuse(DayWrong);
        if (Contradicts(reason, facts) is { } wrong) return Decision.Refuse(wrong);
        return Decision.Accept(BarDesk.File(person, new BarProposed(command.Bar, person, reason, day)));
    }

    public static Decision Decide(Answer command, BarFacts facts)
    {
        if (facts.Entry is not { Since: null } entry) return Decision.Refuse(Nothing);
        if (command.Agree is not { } agree) return Decision.Refuse(DecideClearance.AnswerMissing);
        return agree ? Decision.Accept(BarDesk.File(entry.Person, new BarAgreed(entry.Id, facts.Policy.After(PolicyRules.BarReviewedAfter, facts.Now), facts.Policy.Label)))
            : VettingTexts.Refuses(command.Reason) is { } unfit ? unfit
            : Decision.Accept(BarDesk.File(entry.Person, new BarReturned(entry.Id, command.Reason!.Trim())));
    }

    /// <summary>Whether a withdrawal stands: nobody can appeal against it any more, or the appeal was not right.</summary>
    internal static bool IsFinal(Clearance clearance, DateTimeOffset now) => clearance.IsWithdrawn && !clearance.IsAppealed && (clearance.Appeal is not null || now >= clearance.AppealUntil);

    // What an investigation outside this record is, nobody can look up here: that rests on the two people.
    static string? Contradicts(BarReason reason, BarFacts facts)
    {
        var (person, now, all) = (facts.Subject.Person, facts.Now, facts.Subject.All);
        if (reason == BarReason.ClearanceWithdrawn) return all.Any(c => IsFinal(c, now)) ? null : NotFinal;
        if (facts.Register.PostsOf(person, now).Any()) return StillHere;
        return reason == BarReason.LeftDuringProceedings && !all.Any(c => c.Withdrawal is not null || c.Suspension is not null) ? NoProceedings : null;
    }

    public Task<Outcome> HandleAsync(Guid person, Proposal command, CancellationToken cancel) => desk.EnterAsync(person, command.Person, facts => Decide(command, facts), cancel);

    public Task<Outcome> HandleAsync(Guid person, Answer command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Bar, BarAction.AgreeToEntry, facts => Decide(command, facts), cancel);
}
