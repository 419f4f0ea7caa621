using System.Security.Claims;
using Microsoft.Extensions.Localization;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Cases.Ordering;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Cases.SeeingCourt;

/// <summary>
/// What the court has to do next: the registry, or the overseer in its place where it has nobody on this record, hearings whose time has come and of which nothing is recorded; a judge, the orders about exhibits that the registry put on the
/// record in their name, and the hearings of the next week. The prosecutor of the case is told of all orders of the court about its exhibits, and where it has no judge on this record, those who watch over
/// it. When a case is taken from a judge, that judge and the overseers are told; the
/// overseers also when an order was confirmed by a judge whom the same registrar had named.
/// </summary>
internal sealed class CourtNextSteps(CourtList list, TransparencyLog log, IRegister registers, IStringLocalizer<CourtPages> text, When when, TimeProvider time) : INextSteps
{
    // How long an order is told to whom it concerns, as what was done by one is.
    static readonly TimeSpan News = TimeSpan.FromDays(14);

    public bool Serves(ClaimsPrincipal person) => SignedInPerson.Has(person, Role.Judge) || SignedInPerson.Has(person, Role.Registry) || SignedInPerson.Has(person, Role.Prosecutor) || SignedInPerson.Has(person, Role.Overseer) || SignedInPerson.Has(person, Role.Integrity);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (SignedInPerson.Of(person) is not { } id || !Serves(person)) return [];
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(cancel);
        var actor = Actor.From(register, id, now);
        var steps = new List<NextStep>();
        if (actor.Has(Role.Registry) || CaseAccess.StandsInForRegistry(actor, register, now))
        {
            steps.AddRange((await list.SetAsync(actor, register, now, DateTimeOffset.MinValue, now, most, cancel)).Select(h => new NextStep(
                text["Step.Record", h.Number], text["Step.Record.Why", when.Moment(h.At)], text["Step.Record.Do"], $"/court/{h.Case:D}/endHearing")));
        }

        if (!actor.Has(Role.Registry)) steps.AddRange(await OrderedAsync(actor, register, now, most, cancel));
        if (actor.Has(Role.Judge) || actor.Has(Role.Overseer)) steps.AddRange(await ReplacedAsync(actor, register, now, cancel));
        if (actor.Has(Role.Overseer)) steps.AddRange(await OwnJudgeAsync(actor, register, now, most, cancel));
        if (actor.Has(Role.Judge))
        {
            steps.AddRange((await list.SetAsync(actor, register, now, now, now.AddDays(7), most, cancel)).Select(h => new NextStep(
                text["Step.Hearing", h.Number], text["Step.Hearing.Why", when.Moment(h.At)], text["Step.Hearing.Do"], $"/court/{h.Case:D}")));
        }

        return [.. steps.Take(most)];
    }

    // Whoever lost a case sees no more of it than that they did.
    async Task<IReadOnlyList<NextStep>> ReplacedAsync(Actor actor, Register register, DateTimeOffset now, CancellationToken cancel)
    {
        var steps = new List<NextStep>();
        foreach (var id in await list.ReplacedAsync(actor, register, now, now - News, cancel))
        {
            var @case = await new RecordSession(log).FoldAsync<Case>(new StreamId(id), cancel);
            foreach (var taken in @case.Court.Replaced.Where(r => r.Next.Since >= now - News))
            {
                object[] said = [register.NameOf(taken.By), taken.Next.Name, taken.Was.Name, when.Day(taken.Next.Since), taken.Next.Reasons ?? ""];
                if (taken.Was.Person == actor.Person) steps.Add(new NextStep(text["Step.Lost", @case.Number], text["Step.Lost.Why", said], text["Step.Lost.Do"], "/court"));
                else if (actor.Has(Role.Overseer)) steps.Add(new NextStep(text["Step.Replaced", @case.Number], text["Step.Replaced.Why", said], text["Step.Replaced.Do"], $"/court/{id:D}"));
            }
        }

        return steps;
    }

    // Who puts orders on the record and chooses who confirms them could make up both.
    async Task<IReadOnlyList<NextStep>> OwnJudgeAsync(Actor actor, Register register, DateTimeOffset now, int most, CancellationToken cancel)
    {
        var steps = new List<NextStep>();
        foreach (var id in await list.ConfirmedAsync(actor, register, now, now - News, cancel))
        {
            if (steps.Count >= most) break;
            var @case = await new RecordSession(log).FoldAsync<Case>(new StreamId(id), cancel);
            foreach (var order in @case.Court.Orders.Where(o => o is { Stands: true, IsByOwnJudge: true } && o.By != actor.Person && o.ConfirmedAt >= now - News))
            {
                steps.Add(new NextStep(
                    text["Step.OwnJudge", @case.Number],
                    text["Step.OwnJudge.Why", CaseWords.Of(order.Said.Kind), string.Join(", ", order.Said.Exhibits.Select(e => e.Label)), register.NameOf(order.By), register.NameOf(order.ConfirmedBy!.Value), when.Day(order.ConfirmedAt!.Value)],
                    text["Step.OwnJudge.Do"], $"/court/{id:D}"));
            }
        }

        return steps;
    }

    async Task<IReadOnlyList<NextStep>> OrderedAsync(Actor actor, Register register, DateTimeOffset now, int most, CancellationToken cancel)
    {
        var steps = new List<NextStep>();
        foreach (var id in await list.OrderedAsync(actor, register, now, now - News, most, cancel))
        {
            // What became of an order since is read from the case: the list only says that there was one.
            var @case = await new RecordSession(log).FoldAsync<Case>(new StreamId(id), cancel);
            var (judges, prosecutes) = (@case.Court.Judge?.Person == actor.Person, @case.Prosecutor == actor.Person);
            // The prosecutor is told of each, whoever gave or confirmed it, and whatever became of it since: the page says what.
            foreach (var order in @case.Court.Orders.Where(o => o.Said.By == OrderedBy.Court && (prosecutes || OrderRules.CanBeConfirmed(o)) && o.By != actor.Person && o.At >= now - News))
            {
                object[] said = [CaseWords.Of(order.Said.Kind), string.Join(", ", order.Said.Exhibits.Select(e => e.Label)), register.NameOf(order.By), order.Said.Reference, when.Day(order.Said.Ordered)];
                steps.Add(judges
                    ? new NextStep(text["Step.Ordered", @case.Number], text["Step.Ordered.Why", said], text["Step.Ordered.Do"], $"/court/{id:D}") { Due = OrderPolicy.WaitsForJudge(order, now) }
                    : new NextStep(text["Step.Told", @case.Number], text[OrderRules.CanBeConfirmed(order) ? "Step.Told.Why" : "Step.Told.Seen", said], text["Step.Told.Do"], $"/cases/{id:D}/court"));
            }
        }

        return steps;
    }
}
