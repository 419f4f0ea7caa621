using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.People.Vetting;
using Probity.People.Viewing;
using Probity.Shared;

namespace Probity.People.Barring;

/// <summary>What the barred list would have somebody do: agree to an entry or a review, look at an entry again, say whether a namesake is who is on it, and enter whose withdrawal is final.</summary>
internal sealed class BarNextSteps(BarDesk desk, Clearances clearances, PeopleNames names, IRegister registers, When when, TimeProvider time) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => BarAccess.Sees(person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id || !Serves(person)) return [];
        var (list, register, now, steps) = (await desk.ReadAsync(cancel), await registers.ReadAsync(cancel), time.GetUtcNow(), new List<NextStep>());
        foreach (var entry in list.Entries.Values.Where(b => b.Person != id && IsKnown(b.Person, register)).OrderBy(b => b.At))
        {
            if (steps.Count == most) break;
            (string Key, BarAction Action, DateTimeOffset Due)? next = entry.Since is null ? ("agree", BarAction.AgreeToEntry, entry.At.AddDays(14))
                : entry.Asked is { } asked ? ("review-agree", BarAction.AgreeToReview, asked.At.AddDays(14))
                : now >= entry.ReviewFrom ? ("review", BarAction.AskReview, entry.ReviewFrom.Value.AddDays(30)) : null;
            if (next is var (key, action, due) && BarAccess.Refuses(action, await desk.FactsAsync(id, entry.Id, entry.Person, cancel)) is null)
                steps.Add(Step(key, $"{ShowBarred.Address}/{entry.Id:D}", due, register.NameOf(entry.Person), when.Day(due)));
        }

        var actor = Actor.From(register, id, now);
        if (actor.Has(Role.Vetting) || actor.Has(Role.Integrity))
        {
            steps.AddRange(AnswerMatch.Of(list, register, names, now).Where(m => m.Same is null && m.Entry.Person != id && list.SaidAnother(m.Entry.Id, m.Person) != id && Recusal.Between(id, [m.Person], register, now) is null).Take(most)
                .Select(m => Step("match", ShowBarred.Address, null, register.NameOf(m.Person))));
            steps.AddRange(await FinalAsync(id, list, register, now, most, cancel));
        }

        return [.. steps.OrderBy(s => s.Due ?? DateTimeOffset.MaxValue).Take(most)];
    }

    // The list of clearances says where to look; whether a withdrawal is final is read from the record.
    async Task<IEnumerable<NextStep>> FinalAsync(Guid id, BarList list, Register register, DateTimeOffset now, int most, CancellationToken cancel)
    {
        var listed = list.Entries.Values.Select(b => b.Person).ToHashSet();
        var steps = new List<NextStep>();
        foreach (var row in await clearances.At(ClearanceStage.Withdrawn).Where(r => r.Person != id && (r.AppealUntil == null || r.AppealUntil <= now)).Take(4 * most).ToListAsync(cancel))
        {
            if (listed.Contains(row.Person) || !IsKnown(row.Person, register)) continue;
            var facts = await desk.FactsAsync(id, null, row.Person, cancel);
            if (facts.Subject.All.Any(c => EnterBar.IsFinal(c, now)) && !facts.Subject.All.Any(c => c.IsValidAt(now)) && BarAccess.Refuses(BarAction.Enter, facts) is null)
                steps.Add(Step("enter", $"{ShowBarred.Address}/new?person={row.Person:D}", null, register.NameOf(row.Person)));
        }

        return steps;
    }

    static bool IsKnown(Guid person, Register register) => register.People.TryGetValue(person, out var known) && !known.IsErased;

    static NextStep Step(string key, string href, DateTimeOffset? due, params object?[] words) =>
        new(BarringText.Say("next." + key, words), BarringText.Say("next-why." + key, words), BarringText.Of("next-do." + key), href, due);
}
