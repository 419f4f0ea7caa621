using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared;

namespace Probity.People.Leave;

/// <summary>
/// Tells the holder of a sensitive post, their commander and integrity that leave falls due, at 30, 7 and 1 days and once it is overdue, which overseers are told too; who may answer, that a leave
/// waits; and who stands in, for whom. Of others it is one line however many they are: the page says who.
/// </summary>
internal sealed class LeaveNextSteps(LeaveReader leaves, When when, TimeProvider time) : INextSteps
{
    const int StandsInDaysBefore = 7;

    public bool Serves(ClaimsPrincipal person) => SignedInPerson.Of(person) is not null;

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id) return [];
        var (rules, now) = (await leaves.RulesAsync(cancel), time.GetUtcNow());
        if (rules.Requirements.Marked.IsEmpty) return [];
        var (register, actor, today, steps) = (rules.Register, Actor.From(rules.Register, id, now), LeavePeriod.DayOf(now), new List<NextStep>());
        if (actor.Posts.Length > 0 && LeaveDue.Of(id, rules, now) is { } own && own.WarningAt(now) is { } warning) steps.Add(Step($"own-{warning}", own.Due, when.Day(own.Due!.Value)));
        steps.AddRange(rules.Leaves.StoodInBy(id, today).Where(l => l.From <= today.AddDays(StandsInDaysBefore)).Take(most)
            .Select(l => Step("stands-in", LeavePeriod.StartOf(l.To), register.NameOf(l.Person), when.Day(l.From), when.Day(l.To))));
        if (LeaveAccess.Lists(person)) steps.AddRange(OfOthers(rules, actor, now));
        if (actor.Has(Role.Commander) || actor.Has(Role.Integrity))
        {
            steps.AddRange(rules.Leaves.Waiting(today).Where(l => !register.People[l.Person].IsErased && LeaveAccess.RefusesAnswer(actor, l.Person, register, now) is null).Take(most)
                .Select(l => Step("asked", LeavePeriod.StartOf(l.From), register.NameOf(l.Person), when.Day(l.From), when.Day(l.To))));
        }

        return [.. steps.OrderBy(s => s.Due ?? DateTimeOffset.MaxValue).Take(most)];
    }

    // An overseer need not plan who is away when, and hears of it once it is overdue.
    static bool Plans(Actor actor) => actor.Has(Role.Integrity) || actor.Has(Role.Commander);

    IEnumerable<NextStep> OfOthers(LeaveRules rules, Actor actor, DateTimeOffset now) =>
        leaves.All(rules, now).TakeWhile(d => d.Due <= now.AddDays(LeaveDue.Warnings[^1])).Select(d => (Due: d, Warning: d.WarningAt(now)))
            .Where(d => d.Warning is not null && (Plans(actor) || d.Warning == 0) && d.Due.Person != actor.Person && LeaveAccess.Sees(actor, d.Due.Post, rules.Register))
            .GroupBy(d => d.Warning!.Value).OrderBy(g => g.Key).Select(g =>
            {
                var (first, people) = (g.MinBy(d => d.Due.Due).Due, g.Count());
                return Step(people == 1 ? $"one-{g.Key}" : $"many-{g.Key}", first.Due, people == 1 ? rules.Register.NameOf(first.Person) : Figures.Whole(people), when.Day(first.Due!.Value));
            });

    static NextStep Step(string key, DateTimeOffset? due, params object?[] words) =>
        new(LeaveText.Say("next." + key, words), LeaveText.Say("next-why." + key, words), LeaveText.Of("next-do"), ShowLeave.Address, due);
}
