using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.People.Requiring;
using Probity.People.Vetting;
using Probity.Policies.Contract;
using Probity.Shared.Record;
using Probity.Shared;

namespace Probity.People.Revetting;

/// <summary>
/// That the draw of a quarter is due, for integrity and, once the time is over, for the overseer; whom vetting has to begin with, and for the overseer with whom it has not in time; and for both who is not vetted anew though the time for all of it is over.
/// The drawn learn of it by the invitation.
/// </summary>
internal sealed class LotNextSteps(FixPool fix, TransparencyLog log, DbContext views, FoldedStream<Requirements> requirements, IRegister registers, IPolicies policies, When when, TimeProvider time) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => LotAccess.Sees(person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id || !Serves(person)) return [];
        var steps = new List<NextStep>();
        var facts = await fix.ReadAsync(log, id, cancel);
        if (!facts.IsDrawn && LotAccess.Refuses(LotAction.Draw, facts) is null && LotPool.HasAny(facts.Requirements, facts.Register, facts.Now))
            steps.Add(Step(facts.Actor.Has(Role.Integrity) ? "draw" : "draw-overdue", ShowLots.Address, facts.DueAt, RevettingText.Say(facts.Quarter), when.Day(facts.DueAt)));
        if (facts.Actor.Has(Role.Vetting) || facts.Actor.Has(Role.Overseer)) steps.AddRange([.. await BeginAsync(id, most, cancel), .. await UnfinishedAsync(id, most, cancel)]);
        return [.. steps.OrderBy(s => s.Due ?? DateTimeOffset.MaxValue).Take(most)];
    }

    async Task<IEnumerable<NextStep>> BeginAsync(Guid id, int most, CancellationToken cancel)
    {
        var (register, known, policy, now) = (await registers.ReadAsync(cancel), await requirements.ReadAsync(cancel), await policies.ReadAsync(cancel), time.GetUtcNow());
        var actor = Actor.From(register, id, now);
        var rows = await views.Set<LotRow>().AsNoTracking().Where(r => r.State == RevettingState.Waiting && r.Person != id).OrderBy(r => r.BeginUntil).ThenBy(r => r.Person).Take(2 * most).ToListAsync(cancel);
        var steps = new List<NextStep>();
        // Whoever has left such posts meanwhile is not looked into any more.
        foreach (var row in rows.Where(r => LotPool.LevelOf(r.Person, known, register, now) is not null))
        {
            var facts = new ClearanceFacts(Clearance.Initial with { Person = row.Person }, policy, actor, register, now);
            if (ClearanceAccess.Refuses(ClearanceAction.Invite, facts) is null) steps.Add(Step("begin", $"/vetting/new?person={row.Person:D}", row.BeginUntil, register.NameOf(row.Person), when.Day(row.BeginUntil)));
            else if (actor.Has(Role.Overseer) && now >= row.BeginUntil) steps.Add(Step("overdue", $"{ShowLots.Address}/{row.Period}", row.BeginUntil, register.NameOf(row.Person), when.Day(row.BeginUntil)));
        }

        return steps;
    }

    // An invitation alone ends nothing: until it is decided, those who watch hear of it.
    async Task<IEnumerable<NextStep>> UnfinishedAsync(Guid id, int most, CancellationToken cancel)
    {
        var (register, known, policy, now) = (await registers.ReadAsync(cancel), await requirements.ReadAsync(cancel), await policies.ReadAsync(cancel), time.GetUtcNow());
        var since = now.AddDays(-policy.Of(PolicyRules.RevettedWithin));
        var rows = await views.Set<LotRow>().AsNoTracking().Where(r => (r.State == RevettingState.Waiting || r.State == RevettingState.Begun) && r.DrawnAt <= since && r.Person != id)
            .OrderBy(r => r.DrawnAt).ThenBy(r => r.Person).Take(most).ToListAsync(cancel);
        return rows.Where(r => LotPool.LevelOf(r.Person, known, register, now) is not null && Recusal.Between(id, [r.Person], register, now) is null).Select(r => Step(
            "unfinished", r.Clearance is { } clearance ? $"/vetting/{clearance:D}" : $"{ShowLots.Address}/{r.Period}", policy.After(PolicyRules.RevettedWithin, r.DrawnAt),
            register.NameOf(r.Person), when.Day(policy.After(PolicyRules.RevettedWithin, r.DrawnAt))));
    }

    static NextStep Step(string key, string href, DateTimeOffset? due, params object?[] words) =>
        new(RevettingText.Say("next." + key, words), RevettingText.Say("next-why." + key, words), RevettingText.Of("next-do." + key), href, due);
}
