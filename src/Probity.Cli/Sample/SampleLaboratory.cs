using Probity.Access.Contract;
using Probity.Cases;
using Probity.Cases.Contract;
using Probity.Cases.Ordering;
using Probity.Exhibits;
using Probity.Exhibits.Analysing;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Counting;
using Probity.Exhibits.Countersigning;
using Probity.Exhibits.Disposing;
using Probity.Exhibits.Sampling;
using Probity.Exhibits.Transferring;
using Probity.Exhibits.Weighing;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Cli.Sample;

/// <summary>
/// What becomes of some of the sample's exhibits after the store: samples go to the laboratory and come back with results, a few exhibits are destroyed,
/// and at the end the vault is counted. One result says another substance, and one exhibit is not found, on purpose.
/// </summary>
internal sealed class SampleLaboratory(IServiceProvider rooms, TransparencyLog log, SampleUnit unit)
{
    // The submission, by its order, whose result is of another substance.
    const int Differs = 3;
    // The exhibit of the vault, by its order, that the count does not find.
    const int NotFound = 7;

    readonly List<Guid> _submitted = [];
    Guid? _differs;

    /// <summary>Whether a sample of it went to the laboratory.</summary>
    public bool HasSubmitted(Guid id) => _submitted.Contains(id);

    /// <summary>The custodian draws a sample before the other one and sends it to the laboratory.</summary>
    public async Task SubmitAsync(Guid id, int number)
    {
        var exhibit = await ReadAsync(id);
        if (!unit.Holders(Role.Custodian).Contains(exhibit.Chain.Holder)) return;
        _submitted.Add(id);
        if (_submitted.Count == Differs) _differs = id;
        await SampleAsync(exhibit, number);
    }

    /// <summary>One analyst reports, another reviews, and the sample goes back to the custodian.</summary>
    public async Task ResultAsync(Guid id, int number)
    {
        if (!_submitted.Contains(id)) return;
        var exhibit = await ReadAsync(id);
        await AnalyseAsync(exhibit, exhibit.Samples[0].Id, number);
        await PassAsync(exhibit.Samples[0].Id, exhibit.Chain.Holder, Purpose.Store, null);
    }

    /// <summary>The court orders it to be destroyed. What its registry puts on the record waits a week for a judge.</summary>
    public async Task OrderAsync(Guid id, int number, DateTimeOffset now)
    {
        if (!_submitted.Contains(id) || id == _differs) return;
        var answer = await rooms.GetRequiredService<OrderExhibits>().HandleAsync(unit.Holders(Role.Registry)[0], new OrderExhibits.Command(
            (await ReadAsync(id)).Case, OrderOf(number), ExhibitOrderKind.Destroy, [id], $"Court of Ventoclaro, {number}/{now.Year}", DateOnly.FromDateTime(now.UtcDateTime), null, false,
            "The judgment is final; nothing needs it as proof any more.", "Narcotics Act of Ventoclaro, section 44"), null, default);
        Expect((answer as CaseAnswer.Ended)?.Outcome);
    }

    /// <summary>By that order, weighed and analysed once more, before two witnesses from outside.</summary>
    public async Task DestroyAsync(Guid id, int number, DateTimeOffset now)
    {
        if (!_submitted.Contains(id) || id == _differs) return;
        var exhibit = await ReadAsync(id);
        var (holder, random) = (exhibit.Chain.Holder, new Random(SamplePlan.Seed ^ (number * 104_729)));
        Guid[] witnesses = [unit.Holders(Role.Monitor)[number / 10 % 2], unit.Holders(Role.Secretariat)[number / 10 % 2]];
        Expect(await rooms.GetRequiredService<ProposeDestruction>().HandleAsync(holder, new ProposeDestruction.Command(
            id, SampleUnit.Id($"destruction/{number}"), OrderOf(number), "Cement works of Puerto Sereno", "Kiln, 1,000 °C", witnesses), default));
        await SampleAsync(exhibit, number);
        exhibit = await ReadAsync(id);
        await AnalyseAsync(exhibit, exhibit.Samples[^1].Id, number);
        // Net what was opened for a sample, and with its packaging what has the seal that it was seized with.
        foreach (var package in exhibit.Packages)
        {
            var act = SampleUnit.Id($"before-destruction/{number}/{package.Number}");
            var drawn = exhibit.Samples.Where(s => s.Package == package.Number).Aggregate(Grams.Zero, (sum, s) => sum + s.Mass);
            var kind = drawn > Grams.Zero ? MassKind.Net : MassKind.GrossSealed;
            var known = exhibit.Readings.Last(r => r.Package == package.Number && r.Kind == kind).Mass - drawn;
            Expect(await rooms.GetRequiredService<WeighExhibit>().HandleAsync(holder, new WeighExhibit.Command(
                id, act, package.Number, kind, known - new Grams(decimal.Round((decimal)random.NextDouble() * 0.4m, 1)), null, SampleUnit.Id("balance/BAL-E1"),
                Moment.PreDestruction, new SecondPerson(OtherThan(holder), null, null), null), default));
            Expect(await rooms.GetRequiredService<CountersignAct>().HandleAsync(OtherThan(holder), new CountersignAct.Command(id, act, null), default));
        }

        var carry = rooms.GetRequiredService<CarryOutDestruction>();
        Expect(await carry.ReadAsync(holder, new CarryOutDestruction.Reading(id, exhibit.SealsAt(now)), default));
        Expect(await carry.HandleAsync(holder, new CarryOutDestruction.Command(id, "Grey ash, mixed into clinker.", new Grams(random.Next(20, 90))), default));
        foreach (var witness in witnesses)
            Expect(await rooms.GetRequiredService<WitnessDestruction>().HandleAsync(witness, new WitnessDestruction.Command(id, null), default));
    }

    /// <summary>An integrity officer and the overseer count the vault.</summary>
    public async Task CountAsync(IReadOnlyList<Guid> exhibits)
    {
        var (vault, count) = (SampleUnit.Id("location/Vault 1"), SampleUnit.Id("count/1"));
        var (counter, second) = (unit.Holders(Role.Integrity)[0], unit.Holders(Role.Overseer)[0]);
        var there = await RecordCount.ThereAsync(new RecordSession(log), vault, DateTimeOffset.MaxValue, exhibits, default);
        Expect(await rooms.GetRequiredService<RecordCount>().HandleAsync(
            counter, new RecordCount.Command(vault, count, DateTimeOffset.MaxValue, [.. there.Where((_, at) => at != NotFound).Select(e => new CountedThing(e.Id))], second, null), exhibits, default));
        Expect(await rooms.GetRequiredService<SignCount>().HandleAsync(second, count, default));
    }

    static Guid OrderOf(int number) => SampleUnit.Id($"destruction order/{number}");

    async Task SampleAsync(Exhibit exhibit, int number)
    {
        var (holder, at) = (exhibit.Chain.Holder, exhibit.Samples.Length);
        var act = SampleUnit.Id($"sample/{number}/{at}");
        Expect(await rooms.GetRequiredService<DrawSample>().HandleAsync(holder, new DrawSample.Command(
            exhibit.Id, act, 1, new Grams(5.2m), SampleUnit.Id("balance/BAL-E1"), $"VS-{number:000}-{at}", $"VM-{number:000}-{at}",
            "Hypergeometric, 95 %, at least 90 % positive (UNODC ST/NAR/38)", exhibit.Packages.Length, 1, new SecondPerson(OtherThan(holder), null, null), null), default));
        Expect(await rooms.GetRequiredService<CountersignAct>().HandleAsync(OtherThan(holder), new CountersignAct.Command(exhibit.Id, act, null), default));
        await PassAsync((await ReadAsync(exhibit.Id)).Samples[at].Id, unit.Holders(Role.Analyst)[number / 10 % 2], Purpose.Laboratory, $"REQ-{number:000}");
    }

    async Task AnalyseAsync(Exhibit exhibit, Guid sample, int number)
    {
        var (analyst, analysis) = ((await ReadAsync(sample)).Chain.Holder, Streams.Derive(sample, "analysis"));
        var swapped = exhibit.Id == _differs;
        decimal? purity = swapped || exhibit.Substance != "cocaine-hcl" ? null : 70m + new Random(SamplePlan.Seed ^ number).Next(0, 200) / 10m;
        Expect(await rooms.GetRequiredService<ReportAnalysis>().HandleAsync(analyst, new ReportAnalysis.Command(
            sample, analysis, null, swapped ? "other-substance" : exhibit.Substance!, purity, purity is null ? null : 1.5m, "GC-MS, FTIR", new Grams(5.1m), new Grams(0.1m),
            new Grams(0.1m), new Grams(2m), purity is null ? null : $"VC-{number:000}"), default));
        Expect(await rooms.GetRequiredService<ReviewAnalysis>().HandleAsync(
            unit.Holders(Role.Analyst)[2], new ReviewAnalysis.Command(sample, analysis, true, null), default));
    }

    async Task PassAsync(Guid id, Guid to, Purpose purpose, string? authority)
    {
        var exhibit = await ReadAsync(id);
        var (from, seals, place) = (exhibit.Chain.Holder, exhibit.Packages, exhibit.Chain.Links.Length);
        var transfer = Streams.Derive(id, $"transfer/{place}");
        Expect(await rooms.GetRequiredService<HandOverExhibit>().HandleAsync(from, new HandOverExhibit.Command(
            id, Streams.Derive(id, $"release/{place}"), transfer, to, purpose, authority, null, seals, null), default));
        Expect(await rooms.GetRequiredService<ReceiveExhibit>().HandleAsync(to, new ReceiveExhibit.Command(
            id, Streams.Derive(id, $"receipt/{place}"), transfer, from, purpose == Purpose.Store ? SampleUnit.Id("location/Vault 1") : null, null, seals, null), default));
    }

    Guid OtherThan(Guid custodian) => unit.Holders(Role.Custodian).First(c => c != custodian);

    async Task<Exhibit> ReadAsync(Guid id) => await new RecordSession(log).FoldAsync<Exhibit>(new StreamId(id));

    static void Expect(Outcome? outcome)
    {
        if (outcome is not Outcome.Done) throw new InvalidOperationException($"The sample was refused: {outcome}.");
    }
}
