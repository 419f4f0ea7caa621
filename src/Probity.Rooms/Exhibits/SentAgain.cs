using System.Collections.Immutable;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Counting;
using Probity.Exhibits.Sampling;
using Probity.Exhibits.Seizing;
using Probity.Exhibits.Weighing;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exhibits;

/// <summary>
/// What is sent once more under the id that it was recorded by. A device that hears no answer sends the same again, and that is done; with other content it is
/// another act, which would be lost if it were called done.
/// </summary>
internal static class SentAgain
{
    /// <summary>The code of what is recorded already and said something else.</summary>
    public const string Otherwise = "exhibits.recorded-otherwise";

    /// <summary>Done where it says the same; else a refusal.</summary>
    public static Decision Answer(bool same) => same ? Decision.Accept() : Decision.Refuse(Otherwise);

    public static bool Says(WeighExhibit.Command c, ExhibitFacts facts) => facts.Exhibit.Readings.FirstOrDefault(r => r.Act == c.Act) is { } r
        && (r.Package, r.Kind, r.Mass, r.Moment, r.Weigher) == (c.Package, c.Kind, c.Mass, c.Moment, facts.Actor.Person)
        // The balance may have been calibrated since: what it was off by is then only known where it was stated.
        && (c.Uncertainty is { } stated ? r.Uncertainty == stated || stated < r.Uncertainty : r.Uncertainty == facts.Store.Balances.GetValueOrDefault(c.Balance)?.Uncertainty || r.CalibrationDue != facts.Store.Balances.GetValueOrDefault(c.Balance)?.CalibrationDue)
        && r.Balance == facts.Store.Balances.GetValueOrDefault(c.Balance)?.Serial
        && Says(c.Second, r.Witness, r.Alone, r.Photo) && IsSame(c.Occurred, r.At);

    public static bool Says(ResealPackage.Command c, ExhibitFacts facts) => SaysReseal(c.Act, c.Package, c.NewSeal, c.Reason, c.Second, c.Occurred, facts) && facts.Exhibit.Samples.All(s => s.Act != c.Act);

    /// <param name="c">The sample as it is sent.</param>
    /// <param name="facts">The exhibit that it was drawn from.</param>
    /// <param name="sample">The sample that was recorded, as it stands.</param>
    public static bool Says(DrawSample.Command c, ExhibitFacts facts, Exhibit? sample) =>
        SaysReseal(c.Act, c.Package, c.NewSeal, c.Plan, c.Second, c.Occurred, facts) && facts.Exhibit.Samples.FirstOrDefault(s => s.Act == c.Act) is { } drawn && drawn.Mass == c.Mass
        && (drawn.Large is null || drawn.Large == ExhibitTexts.Kept(c.LargeReason))
        && sample?.Origin is { } of && (of.Units, of.Tested) == (c.Units, c.Tested) && sample.Packages is [var only] && only.Seal == c.SampleSeal?.Trim()
        && sample.Readings.FirstOrDefault(r => r.Act == c.Act)?.Balance == facts.Store.Balances.GetValueOrDefault(c.Balance)?.Serial;

    /// <summary>Whether an analysis was reported as another one says it.</summary>
    public static bool Says(Analysis known, Analysis sent) => known.Analyst == sent.Analyst && Said(known) == Said(sent);

    // What became of a report since, and when it was taken in, is not what it says.
    static Analysis Said(Analysis of) => new(of.Id, of.Package, of.Substance, of.Methods, of.Consumed, of.Analyst, default)
    {
        Purity = of.Purity, PurityUncertainty = of.PurityUncertainty, Net = of.Net, NetUncertainty = of.NetUncertainty, Duplicate = of.Duplicate, Profile = of.Profile, Day = of.Day, Remarks = of.Remarks,
    };

    /// <summary>Whether a count is recorded as it is sent: of the same place, by the same two, with the same things found.</summary>
    public static async ValueTask<bool> SaysAsync(RecordCount.Command c, Guid person, RecordSession session, CancellationToken cancel)
    {
        var recorded = await session.FoldAsync<Counted>(new StreamId(c.Count), cancel);
        return recorded is { Said: { } said, By: { } by } && by == person && (said.Location, said.Second, said.Note) == (c.Location, c.Second, ExhibitTexts.Kept(c.Note))
            && (c.Found ?? []).Select(f => f.Exhibit).ToHashSet().SetEquals([.. said.Found, .. said.Unexpected, .. (said.Moves ?? []).Where(m => m.Seen).Select(m => m.Exhibit)]);
    }

    /// <summary>Whether a seizure is recorded as it is sent: its circumstances, and each thing of it.</summary>
    public static async ValueTask<bool> SaysAsync(RecordSeizure.Command c, Guid person, RecordSession session, CancellationToken cancel)
    {
        var recorded = await session.FoldAsync<Seized>(new StreamId(c.Seizure), cancel);
        if (c.Of is null || recorded is not { Said: { } said, By: { } by } || by != person || !IsEqual(said, RecordSeizure.RecordedOf(c)) || !IsSame(c.Occurred, recorded.At)) return false;
        for (var i = 0; i < c.Items.Count; i++)
        {
            var thing = await session.FoldAsync<Exhibit>(new StreamId(RecordSeizure.IdOf(c.Seizure, i)), cancel);
            if (!thing.Exists || c.Items[i] is not { Description: not null, Packages: not null } item || item.Packages.Any(p => p?.Seal is null) || !IsEqual(
                new ExhibitSeized(thing.Case, thing.Seizure, thing.Unit, thing.Number, thing.Kind, thing.Substance, thing.Description, thing.Quantity, SeizedWith(thing)),
                RecordSeizure.SeizedOf(c, item, thing.Unit, thing.Number))) return false;
        }

        return await session.CountAsync(new StreamId(RecordSeizure.IdOf(c.Seizure, c.Items.Count)), cancel) == 0;
    }

    // What got its first package since had none.
    static ImmutableArray<SealedPackage> SeizedWith(Exhibit thing) => thing.PackedAt is null ? thing.Packages : [];

    static bool SaysReseal(Guid act, int package, string? seal, string? reason, SecondPerson second, DateTimeOffset? occurred, ExhibitFacts facts) =>
        facts.Exhibit.Reseals.FirstOrDefault(r => r.Act == act) is { } r && facts.Exhibit.Acts.GetValueOrDefault(act) is { } known
        && (r.Package, r.NewSeal, r.Reason, r.By) == (package, seal?.Trim(), reason?.Trim(), facts.Actor.Person) && Says(second, known.Witness, known.Alone, r.Photo) && IsSame(occurred, r.At);

    static bool Says(SecondPerson second, Guid? witness, string? alone, Guid? photo) => (second.Witness, second.Reason, second.Photo) == (witness, alone, photo);

    // A time that nobody stated was that of the entry; a device whose clock runs ahead is recorded at that too.
    static bool IsSame(DateTimeOffset? occurred, DateTimeOffset at) => occurred is not { } stated || (stated - at).Duration() <= DeviceTime.Allowance;

    static bool IsEqual(IEvent one, IEvent other) => EventTypes.Serialize(one).AsSpan().SequenceEqual(EventTypes.Serialize(other));

    /// <summary>A count as it was recorded.</summary>
    sealed record Counted(StoreCounted? Said, Guid? By) : IState<Counted>
    {
        public static Counted Initial { get; } = new(null, null);

        public Counted Apply(Recorded recorded) => recorded.Event is StoreCounted e ? new(e, recorded.Actor.Value) : this;
    }

    /// <summary>A seizure as it was recorded.</summary>
    sealed record Seized(SeizureRecorded? Said, Guid? By, DateTimeOffset At) : IState<Seized>
    {
        public static Seized Initial { get; } = new(null, null, default);

        public Seized Apply(Recorded recorded) => recorded.Event is SeizureRecorded e ? new(e, recorded.Actor.Value, recorded.When) : this;
    }
}
