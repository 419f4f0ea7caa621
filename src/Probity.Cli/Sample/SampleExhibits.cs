using Probity.Access.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Balancing;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Countersigning;
using Probity.Exhibits.Keeping;
using Probity.Exhibits.Photographing;
using Probity.Exhibits.Seizing;
using Probity.Exhibits.Transferring;
using Probity.Exhibits.Weighing;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Cli.Sample;

/// <summary>
/// The exhibits of the sample's cases: seized, weighed before a witness, handed to the store and weighed there again. A few do not fit, on purpose.
/// </summary>
internal sealed class SampleExhibits(IServiceProvider rooms, TransparencyLog log, SampleUnit unit)
{
    // Cases by their place in the order of opening: a seal that reads otherwise in the store, a package that has become lighter, an officer alone at night.
    static readonly int[] SealSwapped = [46, 210];
    static readonly int[] BecameLighter = [136, 274];
    static readonly int[] AloneAtNight = [302, 396, 398];

    // The two cases that come before the court at the end: their charges rest on what the laboratory found.
    static readonly int[] BeforeCourt = [378, 382];

    readonly Dictionary<Guid, (Guid Exhibit, int Number, Random Random)> _of = [];

    readonly SampleLaboratory _laboratory = new(rooms, log, unit);

    /// <summary>Samples of every tenth case, and of those that come before the court, go to the laboratory.</summary>
    public Task SubmitAsync(Guid id) => Analysed(id) is { } of ? _laboratory.SubmitAsync(of.Exhibit, of.Number) : Task.CompletedTask;

    /// <summary>What the laboratory says of them.</summary>
    public Task ResultAsync(Guid id) => Analysed(id) is { } of ? _laboratory.ResultAsync(of.Exhibit, of.Number) : Task.CompletedTask;

    /// <summary>Their exhibits are ordered to be destroyed; what does not fit is not.</summary>
    public Task OrderAsync(Guid id, DateTimeOffset now) => Analysed(id) is { } of && !SealSwapped.Contains(of.Number)
        ? _laboratory.OrderAsync(of.Exhibit, of.Number, now) : Task.CompletedTask;

    /// <summary>They end in the kiln.</summary>
    public Task DestroyAsync(Guid id, DateTimeOffset now) => Analysed(id) is { } of && !SealSwapped.Contains(of.Number)
        ? _laboratory.DestroyAsync(of.Exhibit, of.Number, now) : Task.CompletedTask;

    /// <summary>The vault is counted at the end.</summary>
    public Task CountAsync() => _laboratory.CountAsync([.. _of.Values.OrderBy(of => of.Number).Select(of => of.Exhibit)]);

    /// <summary>What became of every gram is published at the end.</summary>
    public async Task PublishAsync() =>
        Expect(await rooms.GetRequiredService<PublishBalance>().HandleAsync(unit.Holders(Role.Integrity)[0], unit.Joint, default));

    /// <summary>Whether the laboratory's result on what a case seized is on this record; else it comes on paper.</summary>
    public bool IsAnalysedHere(Guid id) => Analysed(id) is { } of && _laboratory.HasSubmitted(of.Exhibit);

    (Guid Exhibit, int Number)? Analysed(Guid id) => _of.TryGetValue(id, out var of) && GoesToLaboratory(of.Number) ? (of.Exhibit, of.Number) : null;

    static bool GoesToLaboratory(int number) => number % 10 == 0 || BeforeCourt.Contains(number);

    /// <summary>What the store is before the first case: two balances, a vault at each place, and the overseer's deputy.</summary>
    public async Task OpenStoreAsync()
    {
        var commander = unit.Holders(Role.Commander)[1];
        foreach (var (place, serial, capacity, uncertainty) in new[] { (unit.Airport, "BAL-A1", 60_000m, 0.5m), (unit.Seaport, "BAL-S1", 300_000m, 5m), (unit.Store, "BAL-E1", 300_000m, 2m) })
        {
            Expect(await rooms.GetRequiredService<RegisterBalance>().HandleAsync(commander, new RegisterBalance.Command(
                SampleUnit.Id("balance/" + serial), place, serial, new Grams(capacity), new Grams(uncertainty), new DateOnly(2027, 6, 30), "VNMI-" + serial), default));
        }

        foreach (var (name, storage, most) in new[] { ("Vault 1", StorageClass.Vault, (decimal?)40_000_000m), ("Room 2", StorageClass.Room, 2_000_000m) })
        {
            Expect(await rooms.GetRequiredService<OpenLocation>().HandleAsync(commander, new OpenLocation.Command(
                SampleUnit.Id("location/" + name), unit.Store, name, storage, most is { } grams ? new Grams(grams) : null, true, true, true), default));
            Expect(await rooms.GetRequiredService<OpenLocation>().SetKeyholdersAsync(
                commander, SampleUnit.Id("location/" + name), new OpenLocation.Keys([.. unit.Holders(Role.Custodian).Take(2)]), default));
        }

        Expect(await rooms.GetRequiredService<NameDeputy>().HandleAsync(
            unit.Holders(Role.Overseer)[0], new NameDeputy.Command(unit.Holders(Role.Investigator)[1], false, "On duty for both posts."), default));
    }

    /// <summary>The handler records what was found, package by package.</summary>
    public async Task SeizeAsync(Guid handler, Guid id, int number, DateTimeOffset? occurred)
    {
        var random = new Random(SamplePlan.Seed ^ (number * 7_919));
        var air = number % 2 == 0;
        var seizure = SampleUnit.Id($"seizure/{number}");
        var packages = Enumerable.Range(1, air ? random.Next(2, 7) : random.Next(4, 12)).Select(n => new SealedPackage(n, $"VC-{number:000}-{n:00}")).ToList();
        Expect(await rooms.GetRequiredService<RecordSeizure>().HandleAsync(handler, new RecordSeizure.Command(
            id, seizure, new RecordSeizure.Circumstances(
                "XVC", "Costa", air ? "Brisa" : "Puerto Sereno", air ? SeizurePlace.Airport : SeizurePlace.Harbour, air ? Transport.Airplane : Transport.Vessel,
                Container: air ? null : "CSQU3054383", Concealment: air ? "In the lining of a suitcase" : "Among frozen fish", Arrested: air ? 1 : 0),
            [new RecordSeizure.Item(ExhibitKind.Drug, random.NextDouble() < 0.9 ? "cocaine-hcl" : "cannabis-resin", "Packages wrapped in brown tape, pressed.", null, packages)],
            occurred), default));
        _of[id] = (RecordSeizure.IdOf(seizure, 0), number, random);
    }

    /// <summary>Weighs every package with its packaging, at the place of the seizure.</summary>
    public async Task WeighAsync(Guid handler, Guid id, Guid custodian)
    {
        if (!_of.TryGetValue(id, out var of)) return;
        var exhibit = await ReadAsync(of.Exhibit);
        var witness = unit.Holders(Role.Officer, of.Number % 2 == 0 ? unit.Airport : unit.Seaport).First(o => o != exhibit.Seizer && o != handler && o != custodian);
        var balance = SampleUnit.Id("balance/" + (of.Number % 2 == 0 ? "BAL-A1" : "BAL-S1"));
        // Who has stored it before it was weighed weighs it in the store.
        var holder = exhibit.Chain.Holder;
        foreach (var package in exhibit.Packages)
        {
            var act = SampleUnit.Id($"weighing/{of.Number}/{package.Number}");
            var alone = AloneAtNight.Contains(of.Number) && package.Number == 1;
            var mass = decimal.Round(1_000m + (decimal)of.Random.NextDouble() * 120m, 1);
            await PhotographAsync(holder, of, act, alone);
            Expect(await rooms.GetRequiredService<WeighExhibit>().HandleAsync(holder, new WeighExhibit.Command(
                of.Exhibit, act, package.Number, MassKind.GrossSealed, new Grams(mass), null, balance, Moment.Seizure,
                alone ? new SecondPerson(null, "The other officer of the shift is in hospital.", PhotoOf(act)) : new SecondPerson(witness, null, null), null), default));
            // What is sampled later is weighed without its packaging too, so that it can be held against that once it was opened.
            if (GoesToLaboratory(of.Number) && package.Number == 1)
            {
                var net = SampleUnit.Id($"weighing/{of.Number}/net");
                Expect(await rooms.GetRequiredService<WeighExhibit>().HandleAsync(holder, new WeighExhibit.Command(
                    of.Exhibit, net, 1, MassKind.Net, new Grams(mass - 31.5m), null, balance, Moment.Seizure, new SecondPerson(witness, null, null), null), default));
                Expect(await rooms.GetRequiredService<CountersignAct>().HandleAsync(witness, new CountersignAct.Command(of.Exhibit, net, null), default));
            }

            if (!alone) Expect(await rooms.GetRequiredService<CountersignAct>().HandleAsync(witness, new CountersignAct.Command(of.Exhibit, act, null), default));
            else if (of.Number < 390)
                Expect(await rooms.GetRequiredService<CountersignAct>().HandleAsync(unit.Holders(Role.Investigator)[1], new CountersignAct.Command(of.Exhibit, act, null), default));
        }
    }

    /// <summary>The handler hands the packages to the custodian; each signs, the custodian with the seals as they read them, and weighs the first again.</summary>
    public async Task StoreAsync(Guid id, Guid custodian)
    {
        if (!_of.TryGetValue(id, out var of)) return;
        var exhibit = await ReadAsync(of.Exhibit);
        var (transfer, giver) = (SampleUnit.Id($"transfer/{of.Number}"), exhibit.Chain.Holder);
        if (giver == custodian) return;
        var read = exhibit.Packages.Select(p => SealSwapped.Contains(of.Number) && p.Number == 2 ? p with { Seal = p.Seal.Replace("VC", "VD", StringComparison.Ordinal) } : p).ToList();
        Expect(await rooms.GetRequiredService<HandOverExhibit>().HandleAsync(giver, new HandOverExhibit.Command(
            of.Exhibit, SampleUnit.Id($"release/{of.Number}"), transfer, custodian, Purpose.Store, null, null, exhibit.Packages, null), default));
        Expect(await rooms.GetRequiredService<ReceiveExhibit>().HandleAsync(custodian, new ReceiveExhibit.Command(
            of.Exhibit, SampleUnit.Id($"receipt/{of.Number}"), transfer, giver, SampleUnit.Id("location/Vault 1"), null, read, null), default));
        if (exhibit.Readings.FirstOrDefault(r => r is { Package: 1, Kind: MassKind.GrossSealed }) is not { } first) return;
        var other = unit.Holders(Role.Custodian).First(c => c != custodian);
        var act = SampleUnit.Id($"intake/{of.Number}");
        var drift = BecameLighter.Contains(of.Number) ? -38.4m : decimal.Round((decimal)(of.Random.NextDouble() - 0.5) * 0.8m, 1);
        Expect(await rooms.GetRequiredService<WeighExhibit>().HandleAsync(custodian, new WeighExhibit.Command(
            of.Exhibit, act, 1, MassKind.GrossSealed, first.Mass + new Grams(drift), null, SampleUnit.Id("balance/BAL-E1"), Moment.Intake, new SecondPerson(other, null, null), null), default));
        Expect(await rooms.GetRequiredService<CountersignAct>().HandleAsync(other, new CountersignAct.Command(of.Exhibit, act, null), default));
    }

    async Task PhotographAsync(Guid by, (Guid Exhibit, int Number, Random Random) of, Guid act, bool wanted)
    {
        if (wanted)
            Expect(await rooms.GetRequiredService<KeepPhoto>().HandleAsync(by, new KeepPhoto.Command(of.Exhibit, PhotoOf(act), SamplePicture.Of(of.Number), "The package on the balance."), default));
    }

    static Guid PhotoOf(Guid act) => Streams.Derive(act, "photograph");

    async Task<Exhibit> ReadAsync(Guid id) => await new RecordSession(log).FoldAsync<Exhibit>(new StreamId(id));

    static void Expect(Outcome? outcome)
    {
        if (outcome is not Outcome.Done) throw new InvalidOperationException($"The sample was refused: {outcome}.");
    }
}
