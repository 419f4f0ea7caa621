using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Probity.Access.Contract;
using Probity.Cases.ViewingDocket;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Cases.Correcting;

/// <summary>
/// Tells the overseers of each case in which somebody who watches over cases was named: that bars them from it, and whoever works a case could be rid of all who look at it
/// by naming them.
/// </summary>
internal sealed class WatcherNextSteps(DbContext views, TransparencyLog log, IRegister registers, IStringLocalizer<NeedToKnowPages> text, When when, TimeProvider time) : INextSteps
{
    static readonly TimeSpan News = TimeSpan.FromDays(14);

    public bool Serves(ClaimsPrincipal person) => SignedInPerson.Has(person, Role.Overseer);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (SignedInPerson.Of(person) is not { } id || !Serves(person)) return [];
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(cancel);
        var (actor, since) = (Actor.From(register, id, now), now - News);
        var steps = new List<NextStep>();
        var named = await views.Set<DocketCase>().Where(c => c.StaffNamed >= since).OrderByDescending(c => c.StaffNamed).ThenBy(c => c.Id).Select(c => c.Id).ToListAsync(cancel);
        foreach (var found in named)
        {
            if (steps.Count == most) break;
            var @case = await new RecordSession(log).FoldAsync<Case>(new StreamId(found), cancel);
            if (Of(@case, actor, register, now) is { } step) steps.Add(step);
        }

        return steps;
    }

    /// <summary>The step of a case, or null where there is none for this person.</summary>
    public NextStep? Of(Case @case, Actor actor, Register register, DateTimeOffset now)
    {
        // Who is barred themselves is told nothing of it.
        if (!actor.Has(Role.Overseer) || CaseAccess.Refuses(CaseAction.EndParty, actor, @case, register, now) is not null) return null;
        var barred = @case.WatchersNamed(register, now).Where(p => @case.PartiesNamed[p.Number - 1].At >= now - News).ToList();
        if (barred.Count == 0) return null;
        var last = @case.PartiesNamed[barred[^1].Number - 1];
        return new NextStep(
            text["Watcher.Next", @case.Number], text["Watcher.Next.Why", register.NameOf(last.By), string.Join(", ", barred.Select(p => register.NameOf(p.Party.Person!.Value)).Distinct()), when.Day(last.At)],
            text["Watcher.Next.Do"], $"/cases/{@case.Id:D}");
    }
}
