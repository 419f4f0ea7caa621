using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Shared;

namespace Probity.Conduct.Gifts;

/// <summary>Tells whoever reviews gifts which ones wait, the earliest due first.</summary>
internal sealed class GiftNextSteps(DbContext views, IRegister registers, TimeProvider time) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => SignedInPerson.Has(person, Role.Integrity) || SignedInPerson.Has(person, Role.Overseer);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id || !Serves(person)) return [];
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(cancel);
        var actor = Actor.From(register, id, now);
        var steps = new List<NextStep>();
        await foreach (var gift in views.Set<GiftRow>().AsNoTracking().Where(g => g.Reviewed == null).OrderBy(g => g.Due).AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (GiftAccess.Refuses(GiftAction.Review, gift.Declarer, gift.ToOverseer, actor, register, now) is not null) continue;
            steps.Add(new NextStep(ConductText.Of("next.gift"), ConductText.Of(gift.Due < now ? "next.gift.overdue" : "next.gift.why"), ConductText.Of("next.gift.do"), $"/conduct/gifts/{gift.Gift:D}", gift.Due));
            if (steps.Count == most) break;
        }

        return steps;
    }
}
