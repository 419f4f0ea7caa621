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
/// by naming them. And of each in which another overseer let one of these back, which they could do for a bribe.
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
        var named = await views.Set<DocketCase>().Where(c => c.StaffNamed >= since || c.LetBack >= since).OrderByDescending(c => c.StaffNamed).ThenBy(c => c.Id).Select(c => c.Id).ToListAsync(cancel);
        foreach (var found in named)
        {
            if (steps.Count == most) break;
            var @case = await new RecordSession(log).FoldAsync<Case>(new StreamId(found), cancel);
            steps.AddRange(Of(@case, actor, register, now).Take(most - steps.Count));
        }

        return steps;
    }

    // Who is barred themselves is told nothing of it.
    IEnumerable<NextStep> Of(Case @case, Actor actor, Register register, DateTimeOffset now)
    {
        if (!actor.Has(Role.Overseer) || CaseAccess.Refuses(CaseAction.EndParty, actor, @case, register, now) is not null) yield break;
        var (home, since) = ($"/cases/{@case.Id:D}", now - News);
        if (@case.WatchersNamed(register, now).Where(p => @case.PartiesNamed[p.Number - 1].At >= since).ToList() is { Count: > 0 } barred)
        {
            var last = @case.PartiesNamed[barred[^1].Number - 1];
            yield return new NextStep(
                text["Watcher.Next", @case.Number], text["Watcher.Next.Why", register.NameOf(last.By), string.Join(", ", barred.Select(p => register.NameOf(p.Party.Person!.Value)).Distinct()), when.Day(last.At)],
                text["Watcher.Next.Do"], home);
        }

        // One overseer lets somebody back; another reads that they did.
        var back = @case.LetBack.Where(b => @case.Freed.Contains(b.Key) && b.Value.At >= since && b.Value.By != actor.Person).OrderBy(b => b.Value.At).ThenBy(b => b.Key).ToList();
        if (back is not [.., var (_, newest)]) yield break;
        yield return new NextStep(
            text["Watcher.Back", @case.Number], text["Watcher.Back.Why", register.NameOf(newest.By), string.Join(", ", back.Select(b => register.NameOf(b.Key))), when.Day(newest.At), newest.Reason], text["Watcher.Next.Do"], home);
    }
}
