using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Counting;
using Probity.Exhibits.Keeping;
using Probity.Exhibits.Labelling;
using Probity.Exhibits.Listing;
using Probity.Exhibits.Settling;
using Probity.Exhibits.Viewing;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Exhibits;

/// <summary>
/// What exhibits would have a person do: take what was given to them, sign what they saw, and, for those who watch, look at what is overdue or does not fit.
/// </summary>
internal sealed class ExhibitNextSteps(DbContext views, TransparencyLog log, ExhibitDesk desk, ShowDiscrepancies discrepancies, TimeProvider time) : INextSteps
{
    static readonly TimeSpan News = TimeSpan.FromDays(14);
    const int MostNews = 50;

    // Anybody may be named as a witness or a second person; who runs the machine may not.
    public bool Serves(ClaimsPrincipal person) => Enum.GetValues<Role>().Any(role => role != Role.Administrator && SignedInPerson.Has(person, role));

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (SignedInPerson.Of(person) is not { } id) return [];
        // What somebody may have taken comes before the day's work.
        var steps = await OfStoreAsync(person, id, most, cancel);
        var waiting = 0;
        foreach (var exhibit in await WaitingAsync(id, most, cancel))
        {
            // The list may be a moment behind: what an exhibit waits for is read from the exhibit.
            var facts = await desk.ReadAsync(new RecordSession(log), id, exhibit, cancel);
            if (!facts.Exhibit.Exists) continue;
            var next = ExhibitAccess.Refuses(ExhibitAction.View, facts) is null ? ExhibitSteps.Next(facts) : ExhibitSteps.Overdue(facts);
            // What was not weighed in time is told once for all.
            var weighing = Unweighed.IsLate(facts.Exhibit, facts.Now) ? $"/exhibits/{exhibit:D}/weigh" : null;
            if (next.FirstOrDefault(s => s.Href != weighing) is not { } step) continue;
            steps.Add(step with { Title = $"{facts.Exhibit.Number}: {step.Title}" });
            if (++waiting == most) break;
        }

        steps.AddRange(await EndedAsync(person, id, most, cancel));
        if (ShowDiscrepancies.Serves(person))
        {
            var (integrity, rows) = (SignedInPerson.Has(person, Role.Integrity), await discrepancies.RowsAsync(id, cancel));
            DiscrepancyStage[] wanted = integrity ? [DiscrepancyStage.Open] : [DiscrepancyStage.Answered, DiscrepancyStage.ReleaseAsked];
            var left = integrity ? [] : (await discrepancies.LeftToAsync(id, rows, cancel)).ToHashSet();
            foreach (var row in await discrepancies.StuckAsync(id, rows, most, cancel))
                steps.Add(new NextStep($"{row.Number}: {ExhibitWords.Of(row.Kind)}", ExhibitsText.Of("next.discrepancy-stuck.why"), ExhibitsText.Of("next.discrepancy-stuck.do"), $"/cases/{row.Case:D}/parties/end", DueOf(row)));
            foreach (var row in rows.Where(d => left.Contains(d) || (wanted.Contains(d.Stage) && d.AnsweredBy != id)).OrderBy(DueOf).Take(most))
                steps.Add(new NextStep($"{row.Number}: {ExhibitWords.Of(row.Kind)}", ExhibitsText.Of(left.Contains(row) ? "next.discrepancy-left.why" : "next.discrepancy.why"), ExhibitsText.Of("next.discrepancy.do"), $"/discrepancies/{row.Id:D}", DueOf(row)));
        }

        // None of these keeps another from being told: what is due first is.
        return [.. steps.OrderBy(s => s.Due ?? DateTimeOffset.MaxValue).Take(most)];
    }

    // What is gone is looked for at once; what does not fit is answered in three days. The oldest come first: none is outlived by newer ones.
    static DateTimeOffset DueOf(DiscrepancyRow row) => row.Kind == DiscrepancyKind.Missing ? row.At : row.At + TimeSpan.FromDays(MassRules.AnswerDays);

    // The judge of a case and its prosecutor are told what of it is there no longer or has become the state's, for as long as it is news.
    async Task<IReadOnlyList<NextStep>> EndedAsync(ClaimsPrincipal person, Guid id, int most, CancellationToken cancel)
    {
        if (most <= 0 || !(SignedInPerson.Has(person, Role.Judge) || SignedInPerson.Has(person, Role.Prosecutor))) return [];
        var since = (await desk.ReadCaseAsync(new RecordSession(log), id, Guid.Empty, cancel)).Now - News;
        var steps = new List<NextStep>();
        foreach (var exhibit in await views.Set<ExhibitRow>().AsNoTracking().Where(e => e.EndedAt >= since || e.ForfeitedAt >= since).OrderByDescending(e => e.EndedAt ?? e.ForfeitedAt).Take(MostNews).Select(e => e.Id).ToListAsync(cancel))
        {
            var facts = await desk.ReadAsync(new RecordSession(log), id, exhibit, cancel);
            var (gone, forfeited) = (facts.Exhibit.IsGone, facts.Exhibit is { ForfeitedAt: { } at } && at >= since);
            if (!(gone || forfeited) || !(facts.Standing.SeesCourt || facts.Standing.Case.Prosecutor == id) || ExhibitAccess.Refuses(ExhibitAction.ReadStory, facts) is not null) continue;
            steps.Add(new NextStep(
                $"{facts.Exhibit.Number}: {ExhibitWords.Of(gone ? facts.Exhibit.Status : ExhibitStatus.Forfeited)}",
                gone ? ExhibitWords.Say("next.ended.why", facts.Exhibit.EndOrder) : ExhibitWords.Say("next.forfeited.why", facts.Exhibit.Forfeiture!.Order), ExhibitsText.Of("next.ended.do"), $"/exhibits/{exhibit:D}/story"));
            if (steps.Count == most) break;
        }

        return steps;
    }

    // Counts to sign; and for those who watch, counts that nobody signs: what one did not find is told before the second signature, or who signs last could keep it.
    async Task<List<NextStep>> OfStoreAsync(ClaimsPrincipal person, Guid id, int most, CancellationToken cancel)
    {
        var store = await new RecordSession(log).FoldAsync<Store>(Store.Stream, cancel);
        var (now, watches, steps) = (time.GetUtcNow(), SignedInPerson.Has(person, Role.Integrity) || SignedInPerson.Has(person, Role.Overseer), new List<NextStep>());
        foreach (var count in await views.Set<CountRow>().AsNoTracking().Where(c => !c.Signed && (watches || c.Second == id)).OrderBy(c => c.At).ToListAsync(cancel))
        {
            if (steps.Count == most) return steps;
            // The list may be a moment behind.
            if (store.SignedCounts.Contains(count.Id) || !store.Locations.TryGetValue(count.Location, out var location) || location.CountedAt > count.At) continue;
            var (lapsed, missing) = (Counts.HasLapsed(count.At, location, now), count.Expected - count.Found);
            if (count.Second == id && !lapsed) steps.Add(Step("next.count", ExhibitsText.Of("next.count.why"), "next.sign.do", count.Id) with { Due = count.At + Counts.SignWithin });
            else if (watches && lapsed) steps.Add(Step("next.count-lapsed", ExhibitWords.Say("next.count-lapsed.why", location.Name, missing), "next.discrepancy.do", count.Id) with { Due = count.At });
            else if (watches && missing > 0) steps.Add(Step("next.count-missing", ExhibitWords.Say("next.count-missing.why", location.Name, missing), "next.discrepancy.do", count.Id) with { Due = count.At });
        }

        // A balance that nobody vouches for any more: it may be used, and every weighing on it says so.
        if (SignedInPerson.Has(person, Role.Commander) || SignedInPerson.Has(person, Role.Analyst))
        {
            var (facts, today) = (await desk.ReadCaseAsync(new RecordSession(log), id, Guid.Empty, cancel), DateOnly.FromDateTime(now.UtcDateTime));
            var sets = new StoreFacts(facts.Store, facts.Actor, facts.Register, now);
            steps.AddRange(store.Balances.Values.Where(b => b.CalibrationDue < today && b.Proposed is null && sets.WeighsFor(b.Unit)).OrderBy(b => b.CalibrationDue).Take(most - steps.Count).Select(b => new NextStep(
                ExhibitWords.Say("next.calibrate", b.Serial), ExhibitsText.Of("next.calibrate.why"), ExhibitsText.Of("next.calibrate.do"), "/store",
                new DateTimeOffset(b.CalibrationDue.ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero))));
        }

        if (!SignedInPerson.Has(person, Role.Integrity)) return steps;
        var register = (await desk.ReadCaseAsync(new RecordSession(log), id, Guid.Empty, cancel)).Register;
        steps.AddRange((await log.ReadStreamAsync(Streams.RefusalsOf(LabelGuesses.Matter), 0, cancel)).Select(EventTypes.Read).Where(r => r.At > now - News)
            .GroupBy(r => r.Actor.Value).Take(most - steps.Count).Select(of => new NextStep(
                ExhibitWords.Say("next.labels", register.NameOf(of.Key)), ExhibitWords.Say("next.labels.why", LabelGuesses.Most, of.Count()), ExhibitsText.Of("next.discrepancy.do"), $"/people/{of.Key:D}") { Due = of.Max(r => r.At) }));
        steps.AddRange(store.Balances.Values.Where(b => b.Coarser is { } c && c.By != id && c.At > now - News).OrderBy(b => b.Coarser!.Value.At).Take(most - steps.Count).Select(b => new NextStep(
            ExhibitWords.Say("next.balance", b.Serial), ExhibitWords.Say("next.balance.why", register.NameOf(b.Coarser!.Value.By), ExhibitWords.Of(b.Uncertainty), ExhibitWords.Of(b.Capacity)), ExhibitsText.Of("next.discrepancy.do"), "/store")));
        steps.AddRange(store.Balances.Values.Where(b => b.Proposed is not null).OrderBy(b => b.Proposed!.At).Take(most - steps.Count).Select(b => new NextStep(
            ExhibitWords.Say("calibrate.answer", b.Serial), ExhibitsText.Of("next.calibration.why"), ExhibitsText.Of("next.discrepancy.do"), "/store", b.Proposed!.At + TimeSpan.FromDays(MassRules.AnswerDays))));
        return steps;

        static NextStep Step(string title, string why, string act, Guid count) => new(ExhibitsText.Of(title), why, ExhibitsText.Of(act), $"/store/counts/{count:D}");
    }

    // Given to this person, or taken from them by their word alone; asked to be signed by them; handed over by or to them without the other's signature in time; and for deputies and those who watch, what nobody was there for or nobody signed in time.
    async Task<IReadOnlyList<Guid>> WaitingAsync(Guid person, int most, CancellationToken cancel)
    {
        var coming = await views.Set<ExhibitRow>().AsNoTracking().Where(e => e.Addressee == person).OrderBy(e => e.HalfSince).Take(most).Select(e => e.Id).ToListAsync(cancel);
        coming.AddRange(await views.Set<ExhibitRow>().AsNoTracking()
            .Where(e => e.Holder == person && e.HalfSince != null && e.End == null && views.Set<HalfRow>().Any(h => h.Exhibit == e.Id && h.IsReceipt && h.From == person && !h.Withdrawn))
            .OrderBy(e => e.HalfSince).Take(most).Select(e => e.Id).ToListAsync(cancel));
        // What somebody seized and has still.
        coming.AddRange(await views.Set<ExhibitRow>().AsNoTracking().Where(e => e.Holder == person && e.Seizer == person && e.TakenBy == null && e.Parent == null && !e.IsFromRegister && e.End == null)
            .OrderBy(e => e.Since).Take(most).Select(e => e.Id).ToListAsync(cancel));
        coming.AddRange(await views.Set<ExhibitRow>().AsNoTracking().Where(e => e.RoughSince != null && e.Holder == person && e.End == null).OrderBy(e => e.RoughSince).Take(most).Select(e => e.Id).ToListAsync(cancel));
        var asked = await views.Set<ActRow>().AsNoTracking().Where(a => a.SignedBy == null && a.Witness == person).OrderBy(a => a.At).Take(most).Select(a => a.Exhibit).ToListAsync(cancel);
        asked.AddRange(await views.Set<DestructionWitnessRow>().AsNoTracking().Where(w => w.Person == person && w.CarriedOut && !w.Signed).OrderBy(w => w.Exhibit).Select(w => w.Exhibit).Take(most).ToListAsync(cancel));
        var late = time.GetUtcNow() - SignedHalf.Joined;
        coming.AddRange(await views.Set<ExhibitRow>().AsNoTracking()
            .Where(e => e.HalfSince < late && views.Set<HalfRow>().Any(h => h.Exhibit == e.Id && h.At < late && !h.Withdrawn && (h.From == person || h.To == person)))
            .OrderBy(e => e.HalfSince).Take(4 * most).Select(e => e.Id).ToListAsync(cancel));
        asked.AddRange(await views.Set<ExhibitRow>().AsNoTracking().Where(e => e.Holder == person && e.IsOrdered && e.End == null).OrderBy(e => e.Since).Take(4 * most).Select(e => e.Id).ToListAsync(cancel));
        var session = new RecordSession(log);
        var (store, facts) = (await session.FoldAsync<Store>(Store.Stream, cancel), await desk.ReadCaseAsync(session, person, Guid.Empty, cancel));
        if (!store.Deputies.Contains(person) && !facts.Actor.Has(Role.Overseer) && !facts.Actor.Has(Role.Integrity)) return [.. coming.Concat(asked).Distinct()];
        var due = facts.Now - WitnessedAct.Within;
        var alone = await views.Set<ActRow>().AsNoTracking().Where(a => a.SignedBy == null && a.By != person && ((a.Alone && a.Witness == null) || a.At < due))
            .OrderBy(a => a.At).Take(4 * most).Select(a => a.Exhibit).ToListAsync(cancel);
        var halves = await views.Set<ExhibitRow>().AsNoTracking().Where(e => e.HalfSince < due).OrderBy(e => e.HalfSince).Take(4 * most).Select(e => e.Id).ToListAsync(cancel);
        if (facts.Actor.Has(Role.Integrity))
            alone.AddRange(await views.Set<ExhibitRow>().AsNoTracking().Where(e => e.RoughSince != null && e.End == null).OrderBy(e => e.RoughSince).Take(4 * most).Select(e => e.Id).ToListAsync(cancel));
        return [.. halves.Concat(coming).Concat(asked).Concat(alone).Distinct()];
    }
}
