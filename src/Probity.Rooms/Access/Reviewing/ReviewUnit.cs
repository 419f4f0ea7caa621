using Probity.Access.Contract;
using Probity.Access.Staffing;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.Access.Reviewing;

/// <summary>
/// A unit's list of who has access is confirmed: opened, each line said – keep, or remove and why – and the whole confirmed by a second person, who confirms what they have read. A line that says remove ends
/// nothing by itself: whoever ends postings does that, by the guard of the register.
/// </summary>
internal sealed class ReviewUnit(Clerk clerk, IRegister registers, IPolicies policies, TimeProvider time)
{
    public const string NoneOpen = "review.none-open", IsOpen = "review.open", Nobody = "review.nobody", Stale = "review.stale", LineUnknown = "review.line-unknown", LineOver = "review.line-over",
        NothingSaid = "review.nothing-said", LinesLeft = "review.lines-left", Changed = "review.changed", WasReturned = "review.was-returned";

    /// <summary>What is said of a line; a line of which nothing is said is left as it is.</summary>
    internal sealed record Line(Guid Posting, bool? Keep, string? Reason);

    internal sealed record Saying(Guid Review, IReadOnlyList<Line>? Lines);

    /// <param name="Review">Which review.</param>
    /// <param name="Seen">The version of the unit's reviews that was read.</param>
    /// <param name="Confirms">Whether it is a yes.</param>
    /// <param name="Reason">Why not.</param>
    internal sealed record Answer(Guid Review, long? Seen, bool Confirms, string? Reason);

    public static Decision DecideBegin(Guid review, ReviewFacts facts)
    {
        if (ReviewAccess.RefusesBegin(facts) is { } refusal) return refusal;
        // A form that is sent twice.
        if (facts.Own.All.Any(r => r.Id == review)) return Decision.Accept();
        if (facts.Own.Open is { } open && !open.IsStaleAt(facts.Now)) return Decision.Refuse(IsOpen);
        return facts.InForce is { Count: > 0 } postings ? Decision.Accept(UnitReviews.StreamOf(facts.Unit), new ReviewBegun(review, facts.Unit, postings)) : Decision.Refuse(Nobody);
    }

    public static Decision Decide(Saying command, ReviewFacts facts)
    {
        if (facts.Own.Open is not { } open || open.Id != command.Review) return Decision.Refuse(NoneOpen);
        if (open.IsStaleAt(facts.Now)) return Decision.Refuse(Stale);
        var (stream, filings) = (UnitReviews.StreamOf(facts.Unit), new List<Filing>());
        var said = (command.Lines ?? []).Where(l => l.Keep is not null).ToList();
        if (said.Count == 0) return Decision.Refuse(NothingSaid);
        foreach (var line in said)
        {
            if (!open.Postings.Contains(line.Posting) || said.Count(l => l.Posting == line.Posting) > 1) return Decision.Refuse(LineUnknown);
            var posting = facts.Register.Postings[line.Posting];
            if (ReviewAccess.RefusesSay(posting, facts) is { } refusal) return refusal;
            if (!posting.InForceAt(facts.Now)) return Decision.Refuse(LineOver);
            var (keep, reason) = (line.Keep == true, line.Reason?.Trim());
            if (!keep && PlainText.Refuses(reason, PlainText.MaxReason, "text.reason-missing") is { } unfit) return unfit;
            // Twice the same is once; said again after it was sent back, it is an answer to that.
            if (open.Returned is null && open.Said.GetValueOrDefault(line.Posting) is { } known && known.Keep == keep && known.By == facts.Actor.Person
                && (keep || facts.Own.Reasons.GetValueOrDefault((open.Id, line.Posting)) == reason)) continue;
            filings.Add(new Filing(stream, new ReviewSaid(open.Id, line.Posting, keep)));
            if (!keep) filings.Add(new Filing(stream, new ReviewReasoned(open.Id, line.Posting, reason!), Compartment: Compartments.OfPerson(posting.Person)));
        }

        return Decision.Accept(filings);
    }

    public static Decision Decide(Answer command, ReviewFacts facts)
    {
        if (command.Confirms && facts.Own.All.Find(r => r.Id == command.Review)?.Confirmed?.By == facts.Actor.Person) return Decision.Accept();
        if (ReviewAccess.RefusesAnswer(facts) is { } refusal) return refusal;
        var open = facts.Own.Open!;
        if (open.Id != command.Review) return Decision.Refuse(NoneOpen);
        if (command.Seen != facts.Own.Version) return Decision.Refuse(Changed);
        if (facts.Left.Any()) return Decision.Refuse(LinesLeft);
        if (open.Returned is not null) return Decision.Refuse(WasReturned);
        var stream = UnitReviews.StreamOf(facts.Unit);
        if (!command.Confirms)
            return PlainText.Refuses(command.Reason, PlainText.MaxReason, "text.reason-missing") is { } unfit ? unfit : Decision.Accept(stream, new ReviewReturned(open.Id, command.Reason!.Trim()));
        return open.IsStaleAt(facts.Now) ? Decision.Refuse(Stale)
            : Decision.Accept(stream, new ReviewConfirmed(open.Id, facts.Policy.After(PolicyRules.AccessReviewedEvery, facts.Now)));
    }

    /// <summary>The id of a review that a form opens: who sends it twice opens one.</summary>
    public static Guid IdOf(Guid person, Guid key) => Streams.Derive(person, $"access review/{key:D}");

    public Task<Outcome> BeginAsync(Guid by, Guid unit, Guid review, CancellationToken cancel) => RunAsync(by, unit, "access.review-begin", facts => DecideBegin(review, facts), cancel);

    public Task<Outcome> SayAsync(Guid by, Guid unit, Saying command, CancellationToken cancel) => RunAsync(by, unit, "access.review-say", facts => Decide(command, facts), cancel);

    public Task<Outcome> AnswerAsync(Guid by, Guid unit, Answer command, CancellationToken cancel) => RunAsync(by, unit, "access.review-answer", facts => Decide(command, facts), cancel);

    Task<Outcome> RunAsync(Guid by, Guid unit, string action, Func<ReviewFacts, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(new(by), UnitReviews.StreamOf(unit), action, async session =>
        {
            var now = time.GetUtcNow();
            var register = await registers.ReadAsync(session, cancel);
            var actor = Actor.From(register, by, now);
            // To whoever does not see the unit no refusal tells whether a review is open.
            return !ReviewAccess.Sees(actor, unit, register) ? Decision.Refuse(Bars.Role) : decide(new ReviewFacts(
                unit, await session.FoldAsync<UnitReviews>(UnitReviews.StreamOf(unit), cancel), await policies.ReadAsync(session, cancel), register, actor, now));
        }, cancel: cancel);
}
