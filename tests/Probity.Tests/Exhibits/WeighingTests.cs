using Probity.Access.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Countersigning;
using Probity.Exhibits.Photographing;
using Probity.Exhibits.Sampling;
using Probity.Exhibits.Seizing;
using Probity.Exhibits.Weighing;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using static Probity.Tests.Exhibits.ExhibitHouse;

namespace Probity.Tests.Exhibits;

public sealed class WeighingTests
{
    static SecondPerson With(string name) => new(Staff.Id(name), null, null);

    [Fact]
    public async Task A_weighing_has_its_balance_its_uncertainty_and_a_witness_who_signs()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        var act = Guid.CreateVersion7();
        Done(await house.WeighAsync(exhibit, house.Handler, 1_012.35m, With("keeper"), act: act));
        var reading = Assert.Single((await house.ExhibitAsync(exhibit)).Readings);
        Assert.Equal((1_012.35m, 0.5m, "B-1", house.Handler), (reading.Mass.Value, reading.Uncertainty.Value, reading.Balance, reading.Weigher));
        Assert.False(reading.IsOutOfCalibration);

        Refused(Bars.Role, await house.SignAsync(exhibit, act, house.Handler));
        Done(await house.SignAsync(exhibit, act, Staff.Id("keeper")));
        var signed = (await house.ExhibitAsync(exhibit)).Acts[act];
        Assert.Equal((Staff.Id("keeper"), Witnessing.Present), (signed.SignedBy, signed.Manner));
    }

    [Fact]
    public async Task Sent_twice_it_is_recorded_once()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        var act = Guid.CreateVersion7();
        for (var i = 0; i < 2; i++) Done(await house.WeighAsync(exhibit, house.Handler, 10m, With("keeper"), act: act));
        Assert.Single((await house.ExhibitAsync(exhibit)).Readings);
    }

    [Fact]
    public async Task Sent_again_with_other_content_it_is_refused_and_what_was_recorded_stands()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var key = Guid.CreateVersion7();
        var seizure = new RecordSeizure.Command(house.Case, key, Airport, [Cocaine("S-1"), Cocaine("S-2")], house.Cases.Time.Now.AddHours(-1));
        Task<Outcome?> SeizeAsync(RecordSeizure.Command command) => house.Get<RecordSeizure>().HandleAsync(house.Handler, command, Cancel);
        Done(await SeizeAsync(seizure));
        house.Cases.Time.Now += TimeSpan.FromMinutes(1);
        Done(await SeizeAsync(seizure));
        foreach (var other in new[]
        {
            seizure with { Items = [Cocaine("S-1"), Cocaine("S-3")] }, seizure with { Items = [Cocaine("S-1")] }, seizure with { Items = [Cocaine("S-1"), Cocaine("S-2"), Cocaine("S-3")] },
            seizure with { Items = [Cocaine("S-1"), Cocaine("S-2") with { Description = "Something else." }] }, seizure with { Of = Airport with { Arrested = 1 } }, seizure with { Occurred = house.Cases.Time.Now.AddDays(-1) },
        }) Refused(SentAgain.Otherwise, await SeizeAsync(other));

        var exhibit = RecordSeizure.IdOf(key, 0);
        var weighing = new WeighExhibit.Command(exhibit, Guid.CreateVersion7(), 1, MassKind.GrossSealed, new Grams(1_000m), null, house.Balance, Moment.Seizure, With("keeper"), null);
        Task<Outcome?> WeighAsync(WeighExhibit.Command command) => house.Get<WeighExhibit>().HandleAsync(house.Handler, command, Cancel);
        foreach (var _ in new[] { 1, 2 }) Done(await WeighAsync(weighing));
        foreach (var other in new[] { weighing with { Mass = new Grams(900m) }, weighing with { Kind = MassKind.Net }, weighing with { Second = With("chief") }, weighing with { Uncertainty = new Grams(5m) } })
            Refused(SentAgain.Otherwise, await WeighAsync(other));

        var reseal = new ResealPackage.Command(exhibit, Guid.CreateVersion7(), 1, "S-9", "Opened to see what it is.", With("keeper"), null);
        Task<Outcome?> ResealAsync(ResealPackage.Command command) => house.Get<ResealPackage>().HandleAsync(house.Handler, command, Cancel);
        foreach (var _ in new[] { 1, 2 }) Done(await ResealAsync(reseal));
        foreach (var other in new[] { reseal with { NewSeal = "S-8" }, reseal with { Reason = "Another reason for it." }, reseal with { Act = weighing.Act } }) Refused(SentAgain.Otherwise, await ResealAsync(other));

        var sample = new DrawSample.Command(exhibit, Guid.CreateVersion7(), 1, new Grams(5m), house.Balance, "S-10", "M-1", "ST/NAR/38", 2, 1, With("keeper"), null);
        Task<Outcome?> SampleAsync(DrawSample.Command command) => house.Get<DrawSample>().HandleAsync(house.Handler, command, Cancel);
        foreach (var _ in new[] { 1, 2 }) Done(await SampleAsync(sample));
        foreach (var other in new[] { sample with { Mass = new Grams(6m) }, sample with { SampleSeal = "M-2" }, sample with { NewSeal = "S-11" }, sample with { Units = 3 } }) Refused(SentAgain.Otherwise, await SampleAsync(other));
        var stands = await house.ExhibitAsync(exhibit);
        Assert.Equal((1, 2, 1), (stands.Readings.Length, stands.Reseals.Length, stands.Samples.Length));
    }

    [Fact]
    public async Task A_difference_beyond_both_uncertainties_is_a_matter_for_the_integrity_officer_and_a_smaller_one_is_not()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        // Two uncertainties of 0.5 g make 0.70711 g.
        Done(await house.WeighAsync(exhibit, house.Handler, 1_000m, With("keeper")));
        Done(await house.WeighAsync(exhibit, house.Handler, 999.3m, With("keeper")));
        Assert.Empty(await house.DiscrepanciesAsync());
        Done(await house.WeighAsync(exhibit, house.Handler, 998.5m, With("keeper")));
        var (id, found) = Assert.Single(await house.DiscrepanciesAsync());
        Assert.Equal((DiscrepancyKind.Weight, "999.3", "998.5", "-0.8 ± 0.70711"), (found.Kind, found.Expected, found.Found, found.Note));

        // Another kind, another package, or the same after it was packed anew, is compared with nothing.
        Done(await house.WeighAsync(exhibit, house.Handler, 900m, With("keeper"), kind: MassKind.Net));
        Done(await house.WeighAsync(exhibit, house.Handler, 500m, With("keeper"), package: 2));
        Done(await house.Get<ResealPackage>().HandleAsync(house.Handler, new ResealPackage.Command(
            exhibit, Guid.CreateVersion7(), 1, "S-9", "Opened to draw a sample.", With("keeper"), null), Cancel));
        Done(await house.WeighAsync(exhibit, house.Handler, 1_030m, With("keeper")));
        Assert.Equal([id], (await house.DiscrepanciesAsync()).Select(d => d.Id));
    }

    [Fact]
    public async Task Alone_at_night_it_is_recorded_at_once_with_reason_and_photograph_and_signed_from_another_unit_within_a_day()
    {
        // Two officers; the other is named in the case, so they are barred.
        var staff = new Staff().Unit("agency", "AGE").Unit("narcotics", "NAR", "agency").Unit("port", "POR", "agency").Unit("ombudsman", "OMB")
            .Post("chief", "narcotics", Role.Commander).Post("ana", "narcotics", Role.Officer).Post("ben", "narcotics", Role.Officer)
            .Post("pedro", "port", Role.Officer).Post("paz", "port", Role.Officer).Post("ines", "agency", Role.Integrity).Post("oscar", "ombudsman", Role.Overseer);
        await using var house = await ExhibitHouse.CreateAsync(
            staff, "chief", new Probity.Cases.Contract.Party(Probity.Cases.Contract.PartyRole.Witness, "ben", Staff.Id("ben")));
        house.Cases.Time.Now = new DateTimeOffset(2026, 3, 3, 3, 0, 0, TimeSpan.Zero);
        Assert.Equal(Staff.Id("ana"), house.Handler);
        var exhibit = await house.SeizeAsync();

        Refused(Bars.Self, await house.WeighAsync(exhibit, house.Handler, 10m, With("ben")));
        Refused(SecondPerson.Missing, await house.WeighAsync(exhibit, house.Handler, 10m, new SecondPerson(null, null, null)));
        var alone = "Nobody else is on duty at this hour.";
        Refused(SecondPerson.PhotoMissing, await house.WeighAsync(exhibit, house.Handler, 10m, new SecondPerson(Staff.Id("pedro"), alone, null)));
        Refused(SecondPerson.PhotoMissing, await house.WeighAsync(exhibit, house.Handler, 10m, new SecondPerson(Staff.Id("pedro"), alone, Guid.CreateVersion7())));
        var photo = await house.PhotographAsync(exhibit, house.Handler);
        Refused(SecondPerson.OwnUnit, await house.WeighAsync(exhibit, house.Handler, 10m, new SecondPerson(Staff.Id("chief"), alone, photo)));
        var act = Guid.CreateVersion7();
        Done(await house.WeighAsync(exhibit, house.Handler, 10m, new SecondPerson(Staff.Id("pedro"), alone, photo), act: act));

        // The same picture vouches for no second weighing.
        Refused(SecondPerson.PhotoMissing, await house.WeighAsync(exhibit, house.Handler, 9m, new SecondPerson(Staff.Id("pedro"), alone, photo)));
        var pending = (await house.ExhibitAsync(exhibit)).Acts[act];
        Assert.False(pending.IsOverdue(house.Cases.Time.Now.AddHours(24)));
        Assert.True(pending.IsOverdue(house.Cases.Time.Now.AddHours(24).AddMinutes(1)));
        Assert.Null(await house.SignAsync(exhibit, act, Staff.Id("paz")));
        Assert.Null(await house.SignAsync(exhibit, act, Staff.Id("ben")));
        Done(await house.SignAsync(exhibit, act, Staff.Id("pedro")));
        Assert.Equal(Witnessing.Remote, (await house.ExhibitAsync(exhibit)).Acts[act].Manner);
    }

    [Fact]
    public async Task Where_nobody_is_named_a_deputy_of_the_overseer_signs()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        var photo = await house.PhotographAsync(exhibit, house.Handler);
        var act = Guid.CreateVersion7();
        Done(await house.WeighAsync(exhibit, house.Handler, 10m, new SecondPerson(null, "Alone on the night shift.", photo), act: act));
        Assert.Null(await house.SignAsync(exhibit, act, Staff.Id("pedro")));
        Done(await house.Get<Probity.Exhibits.Keeping.NameDeputy>().HandleAsync(
            Staff.Id("oscar"), new(Staff.Id("pedro"), false, "On duty this month."), Cancel));
        Done(await house.SignAsync(exhibit, act, Staff.Id("pedro"), "The display in the picture reads 9.1 g."));
        Assert.Equal(DiscrepancyKind.Objection, Assert.Single(await house.DiscrepanciesAsync()).Found.Kind);
        Refused(CountersignAct.Signed, await house.SignAsync(exhibit, act, Staff.Id("ines")));
    }

    [Fact]
    public async Task A_witness_who_was_there_has_a_day_before_others_may_sign_for_them()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        var act = Guid.CreateVersion7();
        Done(await house.WeighAsync(exhibit, house.Handler, 10m, With("keeper"), act: act));
        Refused(CountersignAct.AskedAnother, await house.SignAsync(exhibit, act, Staff.Id("oscar")));
        house.Cases.Time.Now += TimeSpan.FromHours(25);
        Done(await house.SignAsync(exhibit, act, Staff.Id("oscar")));
    }

    [Fact]
    public async Task A_photograph_is_kept_as_it_was_taken_whatever_its_size()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        var large = Pictures.Png(1, 2_500, 2_000);
        var id = Guid.CreateVersion7();
        Done(await house.Get<KeepPhoto>().HandleAsync(house.Handler, new KeepPhoto.Command(exhibit, id, large, "The suitcase."), Cancel));
        var parts = (await house.Cases.EventsAsync(new(KeepPhoto.StreamOf(exhibit, id)))).Select(e => Convert.FromBase64String(((PhotoPart)e.Event!).Content)).ToList();
        Assert.Equal(3, parts.Count);
        Assert.Equal(large, parts.SelectMany(p => p));
        Refused(KeepPhoto.NotAPhoto, await house.Get<KeepPhoto>().HandleAsync(house.Handler, new(exhibit, Guid.CreateVersion7(), [.. "<svg/>"u8], null), Cancel));
        Refused(KeepPhoto.TooLarge, await house.Get<KeepPhoto>().HandleAsync(house.Handler, new(exhibit, Guid.CreateVersion7(), new byte[KeepPhoto.MaxBytes + 1], null), Cancel));
    }
}
