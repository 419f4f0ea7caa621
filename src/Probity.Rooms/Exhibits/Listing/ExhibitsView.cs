using Microsoft.EntityFrameworkCore;
using Probity.Cases.Contract;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Labelling;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Exhibits.Listing;

/// <summary>Keeps the lists of exhibits, of what waits for a signature, and of discrepancies.</summary>
internal sealed class ExhibitsView(ExhibitCode codes) : IView
{
    public const string ViewName = "exhibits";

    public string Name => ViewName;

    public int Version => 8;

    public async Task ClearAsync(DbContext views, CancellationToken cancel)
    {
        await views.Set<ExhibitRow>().ExecuteDeleteAsync(cancel);
        await views.Set<HalfRow>().ExecuteDeleteAsync(cancel);
        await views.Set<StandRow>().ExecuteDeleteAsync(cancel);
        await views.Set<MarkRow>().ExecuteDeleteAsync(cancel);
        await views.Set<ActRow>().ExecuteDeleteAsync(cancel);
        await views.Set<AnalysisRow>().ExecuteDeleteAsync(cancel);
        await views.Set<DiscrepancyRow>().ExecuteDeleteAsync(cancel);
        await views.Set<DiscrepancyPerson>().ExecuteDeleteAsync(cancel);
        await views.Set<DestructionWitnessRow>().ExecuteDeleteAsync(cancel);
        await views.Set<CountRow>().ExecuteDeleteAsync(cancel);
    }

    public async ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        if (recorded.Event is MatterErased)
        {
            await RemoveAsync(views, recorded.Stream.Value, cancel);
            return;
        }

        if (recorded.Event is ExhibitsOrdered ordered)
        {
            foreach (var named in ordered.Exhibits)
            {
                if (await views.FindAsync<ExhibitRow>([named.Id], cancel) is { } row) row.IsOrdered = true;
            }

            return;
        }

        if (!recorded.Type.StartsWith("exhibits.", StringComparison.Ordinal)) return;
        await MarkAsync(views, recorded, cancel);
        await DiscrepancyLines.ApplyAsync(views, recorded, cancel);
        switch (recorded.Event)
        {
            case ExhibitSeized e:
                views.Add(new ExhibitRow
                {
                    Id = recorded.Stream.Value, Case = e.Case, Unit = e.Unit, Number = e.Number, Code = codes.Of(recorded.Stream.Value), Kind = e.Kind, Substance = e.Substance,
                    Packages = e.Packages.Count, Seizer = recorded.Actor.Value, SeizedAt = recorded.When, Holder = recorded.Actor.Value, Since = recorded.When, Root = recorded.Stream.Value,
                    UnweighedSince = Unweighed.Since(e.Kind, null, recorded.When),
                });
                break;
            case ExhibitTakenOver e:
                views.Add(new ExhibitRow
                {
                    Id = recorded.Stream.Value, Case = e.Case, Unit = e.Unit, Number = e.Number, Code = codes.Of(recorded.Stream.Value), Kind = e.Stated.Kind, Substance = e.Stated.Substance,
                    Packages = e.Stated.Packages.Count, Seizer = e.Custodian, SeizedAt = recorded.At, Holder = e.Custodian, Since = recorded.At, Location = e.Stated.Location, IsFromRegister = true, Root = recorded.Stream.Value,
                    UnweighedSince = Unweighed.Since(e.Stated.Kind, e.Stated.Mass, recorded.At),
                });
                await StandAsync(views, recorded, e.Stated.Location, cancel);
                break;
            case ExhibitSampled e:
                views.Add(new ExhibitRow
                {
                    Id = recorded.Stream.Value, Case = e.Case, Unit = e.Unit, Number = e.Number, Code = codes.Of(recorded.Stream.Value), Kind = ExhibitKind.Sample,
                    Parent = e.Parent, Substance = e.Substance, Packages = e.Packages.Count, Seizer = recorded.Actor.Value, SeizedAt = recorded.When,
                    Holder = recorded.Actor.Value, Since = recorded.When, Net = ExhibitRow.UnitsOf(e.Mass), NetAt = recorded.Version, Root = e.Root, RootPackage = e.Package,
                });
                break;
            case ExhibitWeighed e:
                views.Add(new ActRow
                {
                    Act = e.Act, Exhibit = recorded.Stream.Value, By = recorded.Actor.Value, At = recorded.When, Witness = e.Witness, Alone = e.Alone is not null,
                    Package = e.Package, Kind = e.Kind, Mass = ExhibitRow.UnitsOf(e.Mass), Uncertainty = ExhibitRow.UnitsOf(e.Uncertainty), Moment = e.Moment, Entry = recorded.Version,
                });
                await WeighAsync(views, recorded, e.Kind, cancel);
                break;
            case SampleDrawn when await views.FindAsync<ExhibitRow>([recorded.Stream.Value], cancel) is { } row:
                row.DrawnAt = recorded.Version;
                break;
            case ExhibitResealed e:
                if (await views.FindAsync<ExhibitRow>([recorded.Stream.Value], cancel) is { } opened)
                {
                    opened.OpenedAt = recorded.Version;
                    if (opened.Packages == 0) opened.Packages = 1;
                }

                views.Add(new ActRow
                {
                    Act = e.Act, Exhibit = recorded.Stream.Value, By = recorded.Actor.Value, At = recorded.When, Witness = e.Witness, Alone = e.Alone is not null,
                });
                break;
            case ActCountersigned e when await views.FindAsync<ActRow>([recorded.Stream.Value, e.Act], cancel) is { } act:
                act.SignedBy ??= recorded.Actor.Value;
                if (await views.FindAsync<ExhibitRow>([recorded.Stream.Value], cancel) is { } of && of.GivenBack == e.Act)
                {
                    of.GivenBack = null;
                    if (e.Objection is null) (of.End, of.EndedAt) = (ExhibitStatus.Returned, recorded.When);
                    await PassAsync(views, recorded.Stream.Value, cancel);
                }

                break;
            case ExhibitHandedOver e:
                views.Add(new HalfRow
                {
                    Half = e.Half, Exhibit = recorded.Stream.Value, Transfer = e.Transfer, From = recorded.Actor.Value, To = e.To, At = recorded.When,
                    KeptOnDevice = e.KeptOnDevice, Purpose = e.Purpose,
                });
                await PassAsync(views, recorded.Stream.Value, cancel, recorded);
                break;
            case ExhibitReceived e:
                views.Add(new HalfRow
                {
                    Half = e.Half, Exhibit = recorded.Stream.Value, Transfer = e.Transfer, From = e.From, To = recorded.Actor.Value, At = recorded.When,
                    IsReceipt = true, KeptOnDevice = e.KeptOnDevice, Location = e.Location,
                });
                await PassAsync(views, recorded.Stream.Value, cancel, recorded);
                break;
            case HandOverWithdrawn e when await views.FindAsync<HalfRow>([recorded.Stream.Value, e.Half], cancel) is { } half:
                half.Withdrawn = true;
                await PassAsync(views, recorded.Stream.Value, cancel, recorded);
                break;
            case ExhibitMoved e when await views.FindAsync<ExhibitRow>([recorded.Stream.Value], cancel) is { } row:
                row.Location = e.Location;
                await StandAsync(views, recorded, e.Location, cancel);
                break;
            case AnalysisReported e when await views.FindAsync<ExhibitRow>([recorded.Stream.Value], cancel) is { } row:
                Report(views, row, Analysis.Of(e, recorded), recorded.Version);
                break;
            case NothingControlledFound e when await views.FindAsync<ExhibitRow>([recorded.Stream.Value], cancel) is { } row:
                Report(views, row, Analysis.Of(e, recorded), recorded.Version);
                break;
            case AnalysisReviewed e when await views.FindAsync<AnalysisRow>([e.Analysis], cancel) is { } analysis:
                (analysis.Stage, analysis.ReviewedAt) = (e.Agrees ? AnalysisStage.Reviewed : AnalysisStage.Returned, recorded.When);
                await JudgeAsync(views, analysis, cancel);
                break;
            case DestructionProposed e:
                await WitnessedAsync(views, recorded.Stream.Value, rows => views.RemoveRange(rows), cancel);
                foreach (var person in e.Witnesses) views.Add(new DestructionWitnessRow { Exhibit = recorded.Stream.Value, Person = person });
                break;
            case DestructionCarriedOut when await views.FindAsync<ExhibitRow>([recorded.Stream.Value], cancel) is { } row:
                row.End = ExhibitStatus.DestructionUnsigned;
                await WitnessedAsync(views, recorded.Stream.Value, rows => rows.ForEach(w => w.CarriedOut = true), cancel);
                await PassAsync(views, recorded.Stream.Value, cancel);
                break;
            case DestructionWitnessed e when await views.FindAsync<ExhibitRow>([recorded.Stream.Value], cancel) is { } row:
                await AnswerAsync(views, row, recorded.Actor.Value, e.Objection is not null, recorded.When, cancel);
                break;
            case DestructionUpheld e when await views.FindAsync<ExhibitRow>([recorded.Stream.Value], cancel) is { } row:
                await AnswerAsync(views, row, e.Witness, false, recorded.When, cancel);
                break;
            case ExhibitReturned e when await views.FindAsync<ExhibitRow>([recorded.Stream.Value], cancel) is { } row:
                views.Add(new ActRow
                {
                    Act = e.Act, Exhibit = recorded.Stream.Value, By = recorded.Actor.Value, At = recorded.When, Witness = e.Witness, Alone = e.Alone is not null,
                });
                (row.End, row.EndedAt) = (ExhibitStatus.Returned, recorded.When);
                await PassAsync(views, recorded.Stream.Value, cancel);
                break;
            case ExhibitGivenBack e when await views.FindAsync<ExhibitRow>([recorded.Stream.Value], cancel) is { } row:
                views.Add(new ActRow { Act = e.Act, Exhibit = recorded.Stream.Value, By = recorded.Actor.Value, At = recorded.When, Witness = e.Witness });
                row.GivenBack = e.Act;
                await PassAsync(views, recorded.Stream.Value, cancel);
                break;
            case ExhibitForfeited when await views.FindAsync<ExhibitRow>([recorded.Stream.Value], cancel) is { } row:
                (row.IsForfeited, row.ForfeitedAt) = (true, recorded.When);
                await PassAsync(views, recorded.Stream.Value, cancel);
                break;
            case ExhibitMissed or ExhibitFound when await views.FindAsync<ExhibitRow>([recorded.Stream.Value], cancel) is { } row:
                row.IsMissing = recorded.Event is ExhibitMissed;
                await PassAsync(views, recorded.Stream.Value, cancel);
                break;
            case StoreCounted e:
                views.Add(new CountRow
                {
                    Id = recorded.Stream.Value, Location = e.Location, Counter = recorded.Actor.Value, Second = e.Second, At = recorded.When,
                    Expected = e.Expected.Count, Found = e.Found.Count,
                });
                break;
            case CountSigned e when await views.FindAsync<CountRow>([e.Count], cancel) is { } row:
                row.Signed = true;
                break;
        }
    }

    // What was burned has nobody's hand on it any more, and is destroyed once no witness is left to answer.
    static async Task AnswerAsync(DbContext views, ExhibitRow row, Guid witness, bool objects, DateTimeOffset at, CancellationToken cancel)
    {
        await WitnessedAsync(views, row.Id, rows =>
        {
            foreach (var own in rows.Where(w => w.Person == witness)) (own.Signed, own.Objects) = (!objects, objects);
            row.End = rows.TrueForAll(w => w.Signed) ? ExhibitStatus.Destroyed
                : rows.Exists(w => w.Objects) ? ExhibitStatus.DestructionContested : ExhibitStatus.DestructionUnsigned;
            row.EndedAt = row.End == ExhibitStatus.Destroyed ? at : null;
        }, cancel);
        await PassAsync(views, row.Id, cancel);
    }

    static async Task WitnessedAsync(DbContext views, Guid exhibit, Action<List<DestructionWitnessRow>> change, CancellationToken cancel)
    {
        await views.SaveChangesAsync(cancel);
        change(await views.Set<DestructionWitnessRow>().Where(w => w.Exhibit == exhibit).ToListAsync(cancel));
        await views.SaveChangesAsync(cancel);
    }

    // Worked out anew from all halves, as the exhibit itself does it, so that lists and pages never differ.
    static async Task PassAsync(DbContext views, Guid exhibit, CancellationToken cancel, Recorded? half = null)
    {
        await views.SaveChangesAsync(cancel);
        if (await views.FindAsync<ExhibitRow>([exhibit], cancel) is not { } row) return;
        var halves = await views.Set<HalfRow>().Where(h => h.Exhibit == exhibit).ToListAsync(cancel);
        var known = Exhibit.Initial with
        {
            Seizer = row.Seizer, End = row.End, IsBeingReturned = row.GivenBack is not null, IsForfeited = row.IsForfeited, IsMissing = row.IsMissing,
            Releases = [.. halves.Where(h => !h.IsReceipt).Select(h => new Release(h.Half, h.Transfer, h.From, h.To, h.At, h.At, [], h.KeptOnDevice, h.Purpose, null, null))],
            Receipts = [.. halves.Where(h => h.IsReceipt).Select(h => new Receipt(h.Half, h.Transfer, h.From, h.To, h.At, h.At, [], h.KeptOnDevice, h.Location, null))],
            Withdrawn = [.. halves.Where(h => h.Withdrawn).Select(h => h.Half)],
        };
        var chain = known.Chain;
        var last = chain.Last;
        // Where it was put since stays, until somebody else has it.
        if (row.TakenBy != last?.In.Half) row.Location = last?.In.Location;
        if (half is not null) await StandAsync(views, half, row.Location is { } place && known.IsAtHand ? place : null, cancel);
        (row.Holder, row.Status, row.Since, row.TakenBy) = (chain.Holder, known.Status, last?.In.At ?? row.SeizedAt, last?.In.Half);
        row.Addressee = chain.Given.FirstOrDefault(r => r.From == chain.Holder)?.To;
        row.HalfSince = chain.Alone.FirstOrDefault()?.At;
    }

    static async Task MarkAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        var (number, seals) = recorded.Event switch
        {
            ExhibitSeized e => (e.Number, e.Packages.Select(p => p.Seal)),
            // What stands where the register names no seal is no seal.
            ExhibitTakenOver e => (e.Number, e.Stated.Packages.Select(p => p.Seal).Where(seal => !Unsealed.Is(seal))),
            ExhibitSampled e => (e.Number, e.Packages.Select(p => p.Seal)),
            ExhibitResealed e => (null, [e.NewSeal]),
            _ => (null, Enumerable.Empty<string>()),
        };
        foreach (var mark in seals.Select(MarkRow.OfSeal).Concat(number is null ? [] : [MarkRow.OfNumber(number)]).Distinct())
            if (await views.FindAsync<MarkRow>([mark, recorded.Stream.Value], cancel) is null) views.Add(new MarkRow(mark, recorded.Stream.Value));
    }

    // Where it was, until this entry.
    static async Task StandAsync(DbContext views, Recorded recorded, Guid? location, CancellationToken cancel)
    {
        await views.SaveChangesAsync(cancel);
        var open = await views.Set<StandRow>().FirstOrDefaultAsync(s => s.Exhibit == recorded.Stream.Value && s.Until == null, cancel);
        if (open?.Location == location) return;
        if (open is not null) open.Until = recorded.At;
        if (location is { } place) views.Add(new StandRow { Exhibit = recorded.Stream.Value, Entry = recorded.Version, Location = place });
    }

    static async Task WeighAsync(DbContext views, Recorded weighed, MassKind kind, CancellationToken cancel)
    {
        if (kind == MassKind.Tare) return;
        var exhibit = weighed.Stream.Value;
        await views.SaveChangesAsync(cancel);
        if (await views.FindAsync<ExhibitRow>([exhibit], cancel) is not { } row) return;
        var of = await views.Set<ActRow>().Where(a => a.Exhibit == exhibit && a.Kind == kind).OrderBy(a => a.Entry).ToListAsync(cancel);
        var whole = of.LastOrDefault(a => a.Package is null)?.Mass;
        var each = of.Where(a => a.Package is not null).GroupBy(a => a.Package).Select(g => g.Last()).ToList();
        var mass = whole ?? (each.Count == row.Packages && row.Packages > 0 ? each.Sum(a => a.Mass) : null);
        if (mass is not null) row.UnweighedSince = null;
        // Whether it also differs is read from the exhibit, where it is shown.
        var own = of[^1];
        var before = of.Where(a => a.Entry < own.Entry && (a.Package == own.Package || row.Packages <= 1) && !a.IsTooRough && a.Uncertainty is not null).Select(a => ExhibitRow.GramsOf(a.Uncertainty!.Value)).ToList();
        // All of it may have been weighed package by package before.
        if (before.Count == 0 && own.Package is null && of.Any(a => a.Entry < own.Entry)) before = [Grams.Combine(of.Where(a => a.Entry < own.Entry && !a.IsTooRough).GroupBy(a => a.Package).Select(g => ExhibitRow.GramsOf(g.Last().Uncertainty ?? 0)))];
        own.IsTooRough = before.Count > 0 && before.TrueForAll(u => MassUncertainty.IsTooRoughAgain(ExhibitRow.GramsOf(own.Uncertainty ?? 0), ExhibitRow.GramsOf(own.Mass ?? 0).Value, u));
        row.RoughSince = of.GroupBy(a => a.Package).Select(g => g.Last()).Where(a => a.IsTooRough).Select(a => (DateTimeOffset?)a.At).Min();
        if (kind == MassKind.Net) (row.Net, row.NetAt) = (mass, weighed.Version);
        else if (kind == MassKind.GrossSealed) (row.Gross, row.GrossAt, row.IsGrossMixed) = (mass, weighed.Version, whole is null && each.Select(a => a.Moment).Distinct().Count() > 1);
    }

    static void Report(DbContext views, ExhibitRow row, Analysis analysis, long entry)
    {
        long? used = analysis.Consumed > Grams.Zero ? entry : null;
        row.UsedAt = used ?? row.UsedAt;
        views.Add(new AnalysisRow
        {
            Id = analysis.Id, Exhibit = row.Id, Root = row.Root, Package = row.RootPackage ?? analysis.Package, Analyst = analysis.Analyst, At = analysis.At, IsNegative = analysis.IsNegative, UsedAt = used,
        });
    }

    // As the exhibit itself does it: what was analysed, and what it was drawn from.
    static async Task JudgeAsync(DbContext views, AnalysisRow analysis, CancellationToken cancel)
    {
        await views.SaveChangesAsync(cancel);
        // What was returned is reported again, with what it used up.
        if (await views.FindAsync<ExhibitRow>([analysis.Exhibit], cancel) is { } own)
            own.UsedAt = await views.Set<AnalysisRow>().Where(a => a.Exhibit == own.Id && a.Stage != AnalysisStage.Returned).MaxAsync(a => a.UsedAt, cancel);
        var counting = await views.Set<AnalysisRow>().Where(a => a.Root == analysis.Root && a.Stage == AnalysisStage.Reviewed).ToListAsync(cancel);
        foreach (var id in new HashSet<Guid> { analysis.Exhibit, analysis.Root })
        {
            if (await views.FindAsync<ExhibitRow>([id], cancel) is not { } row) continue;
            var results = counting.Where(a => id == row.Root || a.Exhibit == id).GroupBy(a => a.Exhibit)
                .SelectMany(of => LaboratoryResult.Newest(of.Select(a => new LaboratoryResult(a.Package, a.IsNegative ? null : "", a.ReviewedAt!.Value)))).ToList();
            row.IsNegative = LaboratoryResult.IsNegative(results, row.RootPackage is { } package ? [package] : [.. Enumerable.Range(1, row.Packages)]);
        }
    }

    // What this batch has added and not saved yet goes too.
    static async Task RemoveAsync(DbContext views, Guid @case, CancellationToken cancel)
    {
        await views.SaveChangesAsync(cancel);
        views.ChangeTracker.Clear();
        var exhibits = views.Set<ExhibitRow>().Where(e => e.Case == @case).Select(e => e.Id);
        await views.Set<HalfRow>().Where(h => exhibits.Contains(h.Exhibit)).ExecuteDeleteAsync(cancel);
        await views.Set<StandRow>().Where(s => exhibits.Contains(s.Exhibit)).ExecuteDeleteAsync(cancel);
        await views.Set<MarkRow>().Where(m => exhibits.Contains(m.Exhibit)).ExecuteDeleteAsync(cancel);
        await views.Set<ActRow>().Where(a => exhibits.Contains(a.Exhibit)).ExecuteDeleteAsync(cancel);
        await views.Set<AnalysisRow>().Where(a => exhibits.Contains(a.Exhibit)).ExecuteDeleteAsync(cancel);
        await views.Set<DestructionWitnessRow>().Where(w => exhibits.Contains(w.Exhibit)).ExecuteDeleteAsync(cancel);
        var discrepancies = views.Set<DiscrepancyRow>().Where(d => d.Case == @case).Select(d => d.Id);
        await views.Set<DiscrepancyPerson>().Where(p => discrepancies.Contains(p.Discrepancy)).ExecuteDeleteAsync(cancel);
        await views.Set<DiscrepancyRow>().Where(d => d.Case == @case).ExecuteDeleteAsync(cancel);
        await views.Set<ExhibitRow>().Where(e => e.Case == @case).ExecuteDeleteAsync(cancel);
    }
}
