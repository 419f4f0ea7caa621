using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Cases.ViewingDocket;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Cases.Ordering;

/// <summary>
/// Tells those who watch over cases of each order of a prosecutor that one of them has signed, for as long as it is news: a prosecutor and one integrity officer could else lay
/// the exhibits of a declined case to rest, and nobody else would ever read that.
/// </summary>
internal sealed class SignedOrderNextSteps(DbContext views, TransparencyLog log, IRegister registers, IStringLocalizer<CasesPages> text, When when, TimeProvider time) : INextSteps
{
    static readonly TimeSpan News = TimeSpan.FromDays(14);

    public bool Serves(ClaimsPrincipal person) => SignedInPerson.Has(person, Role.Overseer) || SignedInPerson.Has(person, Role.Integrity);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (SignedInPerson.Of(person) is not { } id || !Serves(person)) return [];
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(cancel);
        var (actor, since) = (Actor.From(register, id, now), now - News);
        var steps = new List<NextStep>();
        foreach (var found in await views.Set<DocketCase>().Where(c => c.OrderSigned >= since).OrderBy(c => c.OrderSigned).ThenBy(c => c.Id).Select(c => c.Id).ToListAsync(cancel))
        {
            if (steps.Count >= most) break;
            var @case = await new RecordSession(log).FoldAsync<Case>(new StreamId(found), cancel);
            steps.AddRange(Of(@case, actor, register, now).Take(most - steps.Count));
        }

        return steps;
    }

    // By the guard of those who sign: who is barred, or sat in the case, reads nothing of it here.
    internal IEnumerable<NextStep> Of(Case @case, Actor actor, Register register, DateTimeOffset now) =>
        CaseAccess.Refuses(CaseAction.SignOrder, actor, @case, register, now) is not null ? []
        : @case.Court.Orders.Where(o => o is { Said.By: OrderedBy.Prosecution, IsRefused: false, SignedBy: { } by, SignedAt: { } at } && by != actor.Person && at >= now - News).Select(o => new NextStep(
            text["Next.OrderSigned", @case.Number],
            text["Next.OrderSigned.Why", register.NameOf(o.By), CaseWords.Of(o.Said.Kind), string.Join(", ", o.Said.Exhibits.Select(e => e.Label)), register.NameOf(o.SignedBy!.Value), when.Day(o.SignedAt!.Value)],
            text["Next.SignOrder.Do"], $"/cases/{@case.Id:D}/court"));
}
