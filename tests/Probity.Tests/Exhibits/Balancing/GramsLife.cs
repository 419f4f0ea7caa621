using Probity.Exhibits;
using Probity.Exhibits.Balancing;
using Probity.Exhibits.Contract;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Exhibits.Balancing;

/// <summary>Lives of exhibits as entries, without a store: what the record would hold, for the reckoning alone.</summary>
internal sealed class GramsLife
{
    public static readonly Guid Officer = Staff.Id("officer"), Keeper = Staff.Id("keeper"), Analyst = Staff.Id("lena");
    public static readonly Guid Case = Guid.CreateVersion7(), Unit = Staff.Id("narcotics");

    readonly Dictionary<Guid, long> _versions = [];
    DateTimeOffset _now = new(2025, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public GramsBook Book { get; private set; } = GramsBook.Empty;

    public MassBalance BalanceOf(Guid root) => Book.Families[root].Balance;

    public long File(Guid stream, Guid actor, IEvent happened, TimeSpan ago = default)
    {
        _now += TimeSpan.FromMinutes(1);
        var index = Book.Next;
        _versions[stream] = _versions.GetValueOrDefault(stream) + 1;
        Book = Book.With(new Recorded(
            happened, EventTypes.NameOf(happened.GetType()), index, new StreamId(stream), _versions[stream], _now, ago == default ? null : _now - ago, new ActorId(actor)));
        return index;
    }

    public void WaitUntil(int year)
    {
        var then = new DateTimeOffset(year, 3, 2, 9, 0, 0, TimeSpan.Zero);
        if (then > _now) _now = then;
    }

    public Guid Seize(int packages = 1, string? substance = "cocaine-hcl", ExhibitKind kind = ExhibitKind.Drug, Guid? unit = null, Guid? @case = null)
    {
        var id = Guid.CreateVersion7();
        File(id, Officer, new ExhibitSeized(
            @case ?? Case, Guid.CreateVersion7(), unit ?? Unit, "X", kind, substance, "Powder.", null, [.. Enumerable.Range(1, packages).Select(p => new SealedPackage(p, $"S-{p}"))]));
        return id;
    }

    public Guid Weigh(Guid exhibit, Guid by, decimal grams, int? package = 1, MassKind kind = MassKind.GrossSealed, decimal u = 0.5m, Moment moment = Moment.Audit)
    {
        var act = Guid.CreateVersion7();
        File(exhibit, by, new ExhibitWeighed(act, package, kind, new Grams(grams), new Grams(u), Guid.Empty, "B", new DateOnly(2030, 1, 1), moment, Keeper, null, null));
        return act;
    }

    public void Sign(Guid exhibit, Guid act, string? objection = null) => File(exhibit, Keeper, new ActCountersigned(act, Witnessing.Present, objection));

    /// <summary>Puts a new seal on, <paramref name="ago"/> before it reached the record.</summary>
    public Guid Reseal(Guid exhibit, Guid by, TimeSpan ago = default)
    {
        var act = Guid.CreateVersion7();
        File(exhibit, by, new ExhibitResealed(act, 1, "old", $"new {act}", "The tape was torn.", Keeper, null, null), ago);
        return act;
    }

    public void Pass(Guid exhibit, Guid from, Guid to, Purpose purpose = Purpose.Store, TimeSpan ago = default)
    {
        var transfer = Guid.CreateVersion7();
        File(exhibit, from, new ExhibitHandedOver(Guid.CreateVersion7(), transfer, to, purpose, null, null, [], false), ago);
        File(exhibit, to, new ExhibitReceived(Guid.CreateVersion7(), transfer, from, null, null, [], false), ago);
    }

    public Guid Draw(Guid exhibit, Guid by, decimal grams, int package = 1, decimal u = 0.1m, bool root = true)
    {
        var (act, sample) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var parent = Book.Families.Values.Select(f => f.Root.Id == exhibit ? f.Root : f.Samples.GetValueOrDefault(exhibit)).First(e => e is not null)!;
        File(exhibit, by, new SampleDrawn(act, sample, "X-S", package, new Grams(grams), new Grams(u)));
        File(exhibit, by, new ExhibitResealed(act, package, "old", $"new {act}", "Sampled.", Keeper, null, null));
        Sign(exhibit, act);
        File(sample, by, new ExhibitSampled(
            Case, parent.Seizure, parent.Unit, "X-S", parent.Root, package, exhibit, "X", Officer, parent.RootSeizedAt, "cocaine-hcl", act, new Grams(grams), new Grams(u), "B",
            new DateOnly(2030, 1, 1), "All", 1, 1, [new SealedPackage(1, "M")]));
        return sample;
    }

    public void Analyse(Guid exhibit, decimal net, decimal consumed, decimal u = 0.1m, decimal? duplicate = null)
    {
        var analysis = Guid.CreateVersion7();
        File(exhibit, Analyst, new AnalysisReported(
            analysis, null, "cocaine-hcl", null, null, "GC-MS", new Grams(net), new Grams(u), new Grams(consumed), duplicate is { } kept ? new Grams(kept) : null, null));
        File(exhibit, Staff.Id("leo"), new AnalysisReviewed(analysis, true, null));
    }

    public void FindNothing(Guid exhibit, decimal consumed)
    {
        var analysis = Guid.CreateVersion7();
        File(exhibit, Analyst, new NothingControlledFound(analysis, null, "GC-MS", new Grams(consumed), new DateOnly(2025, 3, 2), null));
        File(exhibit, Staff.Id("leo"), new AnalysisReviewed(analysis, true, null));
    }

    public void Destroy(Guid exhibit, string? objection = null, Action? before = null)
    {
        var destruction = Guid.CreateVersion7();
        Guid[] witnesses = [Staff.Id("w1"), Staff.Id("w2")];
        File(exhibit, Keeper, new DestructionProposed(destruction, "Court", new DateOnly(2025, 3, 1), "Kiln", "Fire", witnesses));
        before?.Invoke();
        File(exhibit, Keeper, new DestructionCarriedOut(destruction, "Ash.", new Grams(3m)));
        foreach (var witness in witnesses) File(exhibit, witness, new DestructionWitnessed(destruction, witness == witnesses[1] ? objection : null));
    }

    /// <summary>Two people from outside settle what a weighing showed.</summary>
    public void Settle(Guid exhibit, Guid act, bool explained = true)
    {
        var stream = Discrepancy.StreamOf(exhibit, $"weight/{act}").Value;
        File(stream, Keeper, new DiscrepancyFound(exhibit, Case, "X", DiscrepancyKind.Weight, 1, "1", "2", [], null));
        File(stream, Staff.Id("ines"), new DiscrepancyAnswered(explained, "It dried."));
        File(stream, Staff.Id("oscar"), new DiscrepancySettled(true, null));
    }
}
