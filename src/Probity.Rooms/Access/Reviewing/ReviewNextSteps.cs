using System.Globalization;
using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Access.Staffing;
using Probity.Policies.Contract;
using Probity.Shared;

namespace Probity.Access.Reviewing;

/// <summary>A review that nears its day is a next step of who opens it, and told to integrity; one that is under way, of who has a line to say or may confirm; one that is overdue is told to overseers. What is to be removed is a next step of whoever ends postings.</summary>
internal sealed class ReviewNextSteps(IRegister registers, IPolicies policies, ReviewReader reviews, When when, TimeProvider time) : INextSteps
{
    static readonly Role[] s_serves = [Role.Commander, Role.Integrity, Role.Overseer];

    public bool Serves(ClaimsPrincipal person) => s_serves.Any(role => SignedInPerson.Has(person, role));

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || !Serves(person) || SignedInPerson.Of(person) is not { } me) return [];
        var (register, now, policy) = (await registers.ReadAsync(cancel), time.GetUtcNow(), await policies.ReadAsync(cancel));
        var actor = Actor.From(register, me, now);
        var steps = new List<NextStep>();
        // In the order of their first day: of a country's units no more are looked at than give as many steps as are shown.
        foreach (var (id, at) in (await reviews.NearAsync(register, policy, now, cancel)).Where(n => ReviewAccess.Sees(actor, n.Unit, register)))
        {
            if (steps.Count >= most && steps.Count(s => s.Due <= at) >= most) break;
            var unit = register.Units[id];
            var facts = new ReviewFacts(unit.Id, await reviews.ReadAsync(unit.Id, cancel), policy, register, actor, now);
            if (OfUnit(facts, unit) is { } step) steps.Add(step);
            steps.AddRange(Removals(facts, unit));
        }

        return [.. steps.OrderBy(s => s.Due ?? DateTimeOffset.MaxValue).Take(most)];
    }

    NextStep? OfUnit(ReviewFacts facts, Unit unit)
    {
        var (due, now) = (ReviewDue.Of(facts), facts.Now);
        var band = ReviewDue.BandOf(due, now);
        if (facts.Own.Open is { } open && !open.IsStaleAt(now))
        {
            var waits = open.Returned is null ? facts.Left : open.Postings.Select(p => facts.Register.Postings[p]).Where(p => p.InForceAt(now));
            if (waits.Any(p => ReviewAccess.RefusesSay(p, facts) is null)) return Step("review-say", unit, open.Begun.AddDays(Review.DaysOpen));
            if (open.Returned is null && !facts.Left.Any() && ReviewAccess.RefusesAnswer(facts) is null) return Step("review-confirm", unit, open.Begun.AddDays(Review.DaysOpen));
        }
        else if (band is not null && ReviewAccess.RefusesBegin(facts) is null)
        {
            return Step("review-begin", unit, due!.Value, band);
        }

        return (band is not null && facts.Actor.Has(Role.Integrity)) || (band == "over" && facts.Actor.Has(Role.Overseer)) ? Step(band == "over" ? "review-late" : "review-due", unit, due!.Value, band) : null;
    }

    IEnumerable<NextStep> Removals(ReviewFacts facts, Unit unit)
    {
        var ending = new RegisterFacts(facts.Register, facts.Actor, facts.Now);
        foreach (var (posting, since) in facts.Own.Removals.OrderBy(r => r.Value).ThenBy(r => r.Key))
        {
            var known = facts.Register.Postings[posting];
            if (!known.InForceAt(facts.Now) || EndPosting.Refuses(ending, posting) is not null) continue;
            yield return new NextStep(
                Say("next.review-remove", facts.Register.NameOf(known.Person), facts.Register.Posts[known.Post].Title), Say("next.review-remove-why", unit.Name, when.Day(since)),
                AccessText.Get("next.review-remove-do"), $"/people/{known.Person:D}", since);
        }
    }

    NextStep Step(string key, Unit unit, DateTimeOffset due, string? band = null) => new(
        Say("next." + key, unit.Name), Say(band is null ? $"next.{key}-why" : $"next.review-{band}", when.Day(due)), AccessText.Get(key == "review-late" ? "next.review-due-do" : $"next.{key}-do"), $"/people/reviews/{unit.Id:D}", due);

    static string Say(string key, params ReadOnlySpan<object?> words) => string.Format(CultureInfo.CurrentCulture, AccessText.Get(key), words);
}
