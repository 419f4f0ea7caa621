using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Shared;

namespace Probity.Conduct.Interests;

/// <summary>
/// Tells people of their own what is not allowed or whose last day is over; whoever decides what waits for a decision or is to be looked at again; and commanders what waits for their advice.
/// </summary>
internal sealed class InterestNextSteps(DbContext views, IRegister registers, TimeProvider time) : INextSteps
{
    // More that one may not decide on are not looked through.
    const int Looked = 200;

    public bool Serves(ClaimsPrincipal person) => InterestAccess.HasAnyRole(person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id || !Serves(person)) return [];
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var register = await registers.ReadAsync(cancel);
        var actor = Actor.From(register, id, now);
        var rows = views.Set<InterestRow>().AsNoTracking();
        var steps = new List<NextStep>();
        foreach (var mine in await rows.Where(i => i.Person == id && i.Stage != InterestStage.Closed).OrderBy(i => i.Number).ToListAsync(cancel))
        {
            if (mine.Stage == InterestStage.Prohibited) steps.Add(Step("interest-own", "prohibited", mine, null));
            else if (mine.Until < today) steps.Add(Step("interest-own", "expired", mine, null));
        }

        if (InterestAccess.SeesAll(actor))
        {
            // What is managed or prohibited falls due when it is to be looked at again.
            await foreach (var row in rows.Where(i => i.Due != null && (i.Stage < InterestStage.Managed || i.Due < now)).OrderBy(i => i.Due).Take(Looked).AsAsyncEnumerable().WithCancellation(cancel))
            {
                if (steps.Count >= most) break;
                if (Decides(row, actor, register, now)) steps.Add(Step("interest", row.Stage >= InterestStage.Managed ? "again" : row.Due < now ? "overdue" : "why", row, row.Due));
            }
        }

        if (actor.Has(Role.Commander))
        {
            var units = register.Units.Keys.Where(u => actor.Commands(u, register)).ToList();
            foreach (var row in await rows.Where(i => units.Contains(i.Unit) && i.Stage == InterestStage.Declared && !i.ToOverseer && i.Person != id).OrderBy(i => i.Due).Take(most).ToListAsync(cancel))
            {
                if (Recusal.Tied(id, row.Person, register) is null) steps.Add(Step("interest-advise", "why", row, row.Due));
            }
        }

        return [.. steps.Take(most)];
    }

    static bool Decides(InterestRow row, Actor actor, Register register, DateTimeOffset now) =>
        InterestAccess.Refuses(InterestAction.Decide, row.Person, row.ToOverseer, row.Unit, row.Stage, actor, register, now) is null;

    static NextStep Step(string key, string why, InterestRow row, DateTimeOffset? due) =>
        new(ConductText.Of($"next.{key}"), ConductText.Of($"next.{key}.{why}"), ConductText.Of($"next.{key}.do"), ShowInterest.PathOf(row.Person, row.Number), due);
}
