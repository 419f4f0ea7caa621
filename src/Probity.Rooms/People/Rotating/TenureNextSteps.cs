using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared;

namespace Probity.People.Rotating;

/// <summary>
/// Tells the holder of a sensitive post, their commander and integrity that the longest time there ends, at 180, 30, 7 and 1 days and once it is over, which overseers are told too; and
/// overseers which extension waits. Of others it is one line however many they are: the page says who.
/// </summary>
internal sealed class TenureNextSteps(TenureReader tenures, When when, TimeProvider time) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => SignedInPerson.Of(person) is not null;

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id) return [];
        var (rules, now) = (await tenures.RulesAsync(cancel), time.GetUtcNow());
        if (rules.Policy.Began is null || rules.Requirements.Marked.IsEmpty) return [];
        var (register, actor, steps) = (rules.Register, Actor.From(rules.Register, id, now), new List<NextStep>());
        steps.AddRange(actor.Posts.Select(p => Tenure.Of(id, p.Id, rules, now)).OfType<Tenure>().Where(t => t.WarningAt(now) is not null)
            .Select(t => Step($"own-{t.WarningAt(now)}", t.Until!.Value, register.Posts[t.Post].Title, when.Day(t.Until.Value))));
        if (TenureAccess.Lists(person)) steps.AddRange(OfOthers(rules, actor, now));
        if (actor.Has(Role.Overseer))
        {
            steps.AddRange(rules.Extensions.Waiting.Where(e => register.Posts.TryGetValue(e.Post, out var post)
                    && TenureAccess.Refuses(TenureAction.AnswerExtension, actor, e.Person, post, e.By, register, now) is null).Take(most)
                .Select(e => Step("asked", e.At.AddDays(14), register.NameOf(e.Person), register.Posts[e.Post].Title)));
        }

        return [.. steps.OrderBy(s => s.Due ?? DateTimeOffset.MaxValue).Take(most)];
    }

    // An overseer need not plan who follows whom, and hears of it once the time is over.
    IEnumerable<NextStep> OfOthers(TenureRules rules, Actor actor, DateTimeOffset now)
    {
        var plans = actor.Has(Role.Integrity) || actor.Has(Role.Commander);
        return TenureReader.All(rules, now).Where(t => t.Person != actor.Person && TenureAccess.Sees(actor, rules.Register.Posts[t.Post], rules.Register))
            .Select(t => (Tenure: t, Warning: t.WarningAt(now))).Where(t => t.Warning is not null && (plans || t.Warning == 0))
            .GroupBy(t => t.Warning!.Value).OrderBy(g => g.Key).Select(g =>
            {
                var (first, people) = (g.MinBy(t => t.Tenure.Until).Tenure, g.Select(t => t.Tenure.Person).Distinct().Count());
                return Step(people == 1 ? $"one-{g.Key}" : $"many-{g.Key}", first.Until!.Value, people == 1 ? rules.Register.NameOf(first.Person) : Figures.Whole(people), when.Day(first.Until.Value));
            });
    }

    static NextStep Step(string key, DateTimeOffset? due, params object?[] words) =>
        new(RotatingText.Say("next." + key, words), RotatingText.Say("next-why." + key, words), RotatingText.Of("next-do"), ShowTenures.Address, due);
}
