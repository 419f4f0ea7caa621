using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Interdiction;
using Probity.Interdiction.Agreeing;
using Probity.Interdiction.Contract;
using Probity.Interdiction.Registering;
using Probity.Interdiction.ViewingTargets;
using Probity.Interdiction.Watching;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using static Probity.Tests.Interdiction.TargetHouse;

namespace Probity.Tests.Interdiction;

/// <summary>Targets on a real record: what is decided, by whom, and how the list shows it.</summary>
public sealed class TargetRecordTests
{
    static readonly TargetQuery All = new(null, null, null, null, null, false, 1);

    [Fact]
    public async Task Against_the_risk_nothing_happens_until_another_agrees()
    {
        await using var house = await CreateAsync();
        var id = await house.EnterAsync(80);
        Refused(Overrides.ReasonNeeded, await house.SelectAsync(id, "ana", false));
        Done(await house.SelectAsync(id, "ana", false, new OverrideWords(Reason)));
        Assert.Equal(TargetStage.Registered, (await house.TargetAsync(id)).Stage);
        Refused(Bars.EarlierRole, await house.AnswerAsync(id, "ana"));
        Assert.Null(await house.AnswerAsync(id, "pedro"));
        Refused(Bars.Role, await house.AnswerAsync(id, "ines"));
        Done(await house.AnswerAsync(id, "ben", agree: false));
        Refused(AnswerOverride.Nothing, await house.AnswerAsync(id, "ben"));
        // Who was told no does not go on as if nobody had been there.
        Refused(Overrides.WasRefused, await house.SelectAsync(id, "ana", false, Alone("pedro")));
        Done(await house.SelectAsync(id, "ana", false, new OverrideWords(Reason)));
        Done(await house.AnswerAsync(id, "chief"));
        var target = await house.TargetAsync(id);
        Assert.Equal((TargetStage.NotSelected, OverrideKind.NotSelected), (target.Stage, Assert.Single(target.Overrides)));
    }

    [Fact]
    public async Task Who_typed_a_low_score_does_not_let_it_pass_alone()
    {
        await using var house = await CreateAsync();
        var (id, other) = (await house.EnterAsync(10), await house.EnterAsync(10));
        Refused(Overrides.ReasonNeeded, await house.SelectAsync(id, "ana", false));
        Done(await house.SelectAsync(id, "ana", false, new OverrideWords(Reason)));
        Assert.Equal(TargetStage.Registered, (await house.TargetAsync(id)).Stage);
        Done(await house.AnswerAsync(id, "ben"));
        Assert.Equal((TargetStage.NotSelected, OverrideKind.PassedAlone), ((await house.TargetAsync(id)).Stage, Assert.Single((await house.TargetAsync(id)).Overrides)));
        // For another officer it is what it was: a decision of one.
        Done(await house.SelectAsync(other, "ben", false));
        await house.Runner.CatchUpAsync(Cancel);
        Assert.All(await house.Db.Set<TargetRow>().AsNoTracking().ToListAsync(Cancel), row => Assert.Equal(TargetStage.NotSelected, row.Stage));
    }

    [Fact]
    public async Task Whoever_declared_a_name_on_its_papers_decides_nothing_about_it()
    {
        await using var house = await CreateAsync();
        Done(await house.Get<Probity.Conduct.Interests.DeclareInterest>().HandleAsync(
            Staff.Id("ana"), new Probity.Conduct.Interests.DeclareInterest.Command(Guid.NewGuid(), Probity.Conduct.Contract.InterestKind.Business, "Transportes Ficticios S.L.", "Rents them a yard."), Cancel));
        var id = Guid.CreateVersion7();
        Done(await house.Get<RegisterTarget>().HandleAsync(Staff.Id("ana"), Container(id, 80) with { Names = ["Exportadora Inventada", "TRANSPORTES FICTICIOS SL"] }, Cancel));
        Refused(Bars.Declared, await house.SelectAsync(id, "ana"));
        Done(await house.SelectAsync(id, "ben"));
        Refused(Bars.Declared, await house.InspectAsync(id, "ana"));
        Assert.Equal(["Exportadora Inventada", "TRANSPORTES FICTICIOS SL"], (await house.TargetAsync(id)).Names);
        Assert.Equal(RegisterTarget.TooManyNames, Assert.IsType<Outcome.Refused>(await house.Get<RegisterTarget>().HandleAsync(
            Staff.Id("ana"), Container(Guid.CreateVersion7(), 80) with { Names = [.. Enumerable.Repeat("A name", RegisterTarget.MaxNames + 1)] }, Cancel)).Refusal.Code);
    }

    [Fact]
    public async Task A_decision_is_judged_by_the_threshold_of_its_time()
    {
        await using var house = await CreateAsync();
        var (before, after) = (await house.EnterAsync(60), await house.EnterAsync(60));
        Done(await house.SelectAsync(before, "ben", false));
        await house.ThresholdAsync(50);
        Refused(Overrides.ReasonNeeded, await house.SelectAsync(after, "ana", false));
        Assert.Equal((TargetStage.NotSelected, 0), ((await house.TargetAsync(before)).Stage, (await house.TargetAsync(before)).Overrides.Length));
    }

    [Fact]
    public async Task What_was_done_alone_is_signed_from_outside_and_late_is_the_overseers()
    {
        await using var house = await CreateAsync();
        var id = await house.EnterAsync(80);
        Done(await house.SelectAsync(id, "ana"));
        Done(await house.InspectAsync(id, "ana"));
        // He sees nothing of it until he is asked to sign.
        Assert.Null(await house.CountersignAsync(id, "pedro"));
        Done(await house.ReleaseAsync(id, "ana", Alone("pedro")));
        Assert.Equal(TargetStage.Released, (await house.TargetAsync(id)).Stage);
        Refused(Bars.Role, await house.CountersignAsync(id, "ben"));
        Refused(Bars.Role, await house.CountersignAsync(id, "oscar"));
        await house.Runner.CatchUpAsync(Cancel);
        Assert.Empty(await house.Targets.ToSignAsync(Staff.Id("oscar"), 5, Cancel));
        Assert.Equal(id, Assert.Single(await house.Targets.ToSignAsync(Staff.Id("pedro"), 5, Cancel)).Id);
        house.Time.Now += TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1);
        Assert.Equal(id, Assert.Single(await house.Targets.ToSignAsync(Staff.Id("oscar"), 5, Cancel)).Id);
        // Late, and never too late.
        Done(await house.CountersignAsync(id, "pedro", agree: false));
        await house.Runner.CatchUpAsync(Cancel);
        Assert.Empty(await house.Targets.ToSignAsync(Staff.Id("oscar"), 5, Cancel));
        Assert.True((await house.TargetAsync(id)).Objected);
    }

    [Fact]
    public async Task Sent_twice_it_is_entered_once_and_no_number_is_lost()
    {
        await using var house = await CreateAsync();
        var id = RegisterTarget.IdOf(Staff.Id("ana"), Guid.CreateVersion7());
        Done(await house.Get<RegisterTarget>().HandleAsync(Staff.Id("ana"), Container(id, 80), Cancel));
        Done(await house.Get<RegisterTarget>().HandleAsync(Staff.Id("ana"), Container(id, 80), Cancel));
        Refused(RegisterTarget.IdTaken, await house.Get<RegisterTarget>().HandleAsync(Staff.Id("ben"), Container(id, 80), Cancel));
        var next = await house.EnterAsync();
        Assert.Equal(("NAR-T-2026-0001", "NAR-T-2026-0002"), ((await house.TargetAsync(id)).Number, (await house.TargetAsync(next)).Number));
    }

    [Fact]
    public async Task The_list_of_each_person_is_what_the_guard_lets_them_view()
    {
        await using var house = await CreateAsync();
        await FillAsync(house);
        await house.Runner.CatchUpAsync(Cancel);
        var register = await house.Get<IRegister>().ReadAsync(Cancel);
        var ids = await house.Db.Set<TargetRow>().AsNoTracking().Select(t => t.Id).ToListAsync(Cancel);
        var seen = 0;
        foreach (var person in register.People.Keys)
        {
            var actor = Actor.From(register, person, house.Time.Now);
            var allowed = new List<Guid>();
            foreach (var id in ids)
            {
                if (TargetAccess.Refuses(TargetAction.View, actor, await house.TargetAsync(id), register, house.Time.Now) is null) allowed.Add(id);
            }

            var listed = await house.Targets.ReadAsync(person, All, TimeZoneInfo.Utc, Cancel);
            Assert.Equal(allowed.Order(), listed.Rows.Select(r => r.Row.Id).Order());
            Assert.Equal(allowed.Count, listed.Total);
            seen += allowed.Count;
        }

        // Somebody sees something, and not everybody sees everything: else the comparison above proves nothing.
        Assert.InRange(seen, 1, (register.People.Count * ids.Count) - 1);
    }

    [Fact]
    public async Task What_waits_for_the_reader_comes_first_and_the_filter_narrows()
    {
        await using var house = await CreateAsync();
        await FillAsync(house);
        await house.Runner.CatchUpAsync(Cancel);
        var rows = (await house.Targets.ReadAsync(Staff.Id("ben"), All, TimeZoneInfo.Utc, Cancel)).Rows;
        Assert.Equal(rows.Select(r => r.Mine).OrderDescending(), rows.Select(r => r.Mine));
        Assert.Contains(rows, r => r.Mine);
        Assert.Contains(rows, r => !r.Mine);
        Assert.Equal(rows.Count(r => r.Mine), await CountAsync(All with { Mine = true }));
        Assert.Equal(rows.Count, await CountAsync(All with { Kind = TargetKind.Container, Port = "BRSSZ", From = new(2026, 3, 3), To = new(2026, 3, 3) }));
        foreach (var nothing in (TargetQuery[])[All with { Kind = TargetKind.Bag }, All with { Port = "LIS" }, All with { To = new(2026, 3, 2) }, All with { From = new(2026, 3, 4) }])
            Assert.Equal(0, await CountAsync(nothing));
        Assert.Equal(1, await CountAsync(All with { Stage = TargetStage.Found }));
        async Task<int> CountAsync(TargetQuery query) => (await house.Targets.ReadAsync(Staff.Id("ben"), query, TimeZoneInfo.Utc, Cancel)).Total;
    }

    [Fact]
    public async Task Cleared_and_rebuilt_the_list_is_the_same_and_says_nothing_that_was_written()
    {
        await using var house = await CreateAsync();
        await FillAsync(house);
        await house.Runner.CatchUpAsync(Cancel);
        var before = await DumpAsync(house);
        await house.Runner.ForgetAsync(new TargetsView(), Cancel);
        Assert.Equal("", await DumpAsync(house));
        await house.Runner.CatchUpAsync(Cancel);
        Assert.Equal(before, await DumpAsync(house));
        foreach (var written in (string[])["CSQU", Reason, "sick leave", "Frozen", "NAR-2026-0001"]) Assert.DoesNotContain(written, before, StringComparison.Ordinal);
        Assert.Contains("BRSSZ", before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overrides_are_counted_for_whoever_decided()
    {
        await using var house = await CreateAsync();
        for (var i = 0; i < 9; i++)
        {
            var id = await house.EnterAsync(80);
            if (i < 6) Done(await house.SelectAsync(id, "ana"));
            else Done(await house.SelectAsync(id, "ana", false, Alone("pedro")));
        }

        var asked = await house.EnterAsync(80);
        Done(await house.SelectAsync(asked, "ben", false, new OverrideWords(Reason)));
        var refused = await house.EnterAsync(80);
        Done(await house.SelectAsync(refused, "carla", false, new OverrideWords(Reason)));
        Done(await house.AnswerAsync(refused, "ana", false));
        Done(await house.AnswerAsync(asked, "ana"));
        await house.Runner.CatchUpAsync(Cancel);
        var rates = await new OverrideRates(house.Db, house.Get<IRegister>(), house.Time).ReadAsync(Staff.Id("ines"), Cancel);
        Assert.Equal([new OfficerRate(Staff.Id("ana"), 9, 3), new OfficerRate(Staff.Id("ben"), 1, 1)], rates.Officers);
        Assert.Equal((10, 4), (rates.Decisions, rates.Overrides));
        Assert.Equal([false, true], rates.Officers.Select(o => o.TooFew));
        house.Time.Now = house.Time.Now.AddDays(OverrideRates.Days + 1);
        Assert.Empty((await new OverrideRates(house.Db, house.Get<IRegister>(), house.Time).ReadAsync(Staff.Id("ines"), Cancel)).Officers);
    }

    /// <summary>Targets of two units, at every stage, with whatever can be open.</summary>
    static async Task FillAsync(TargetHouse house)
    {
        await house.EnterAsync(10);
        await house.EnterAsync(90, "pedro", unit: "port");
        await house.EnterAsync(90, "ben", staff: Staff.Id("ana"));
        Done(await house.SelectAsync(await house.EnterAsync(20), "ben", false));
        var (asked, alone, found, free) = (await house.EnterAsync(), await house.EnterAsync(), await house.EnterAsync(), await house.EnterAsync());
        Done(await house.SelectAsync(asked, "ana", false, new OverrideWords(Reason)));
        Done(await house.SelectAsync(alone, "ana", false, Alone("pedro")));
        Done(await house.SelectAsync(found, "ana"));
        Done(await house.InspectAsync(found, "ben", found: true));
        Done(await house.SelectAsync(free, "ana"));
        Done(await house.InspectAsync(free, "ben"));
        Done(await house.ReleaseAsync(free, "ana"));
        await house.ThresholdAsync(60);
        Done(await house.Get<Probity.Interdiction.Setting.SetThreshold>().HandleAsync(
            Staff.Id("port chief"), new Probity.Interdiction.Setting.SetThreshold.Proposal(Staff.Id("port"), 65, Reason), Cancel));
    }

    static async Task<string> DumpAsync(TargetHouse house)
    {
        var rows = await house.Db.Set<TargetRow>().AsNoTracking().OrderBy(t => t.Id).ToListAsync(Cancel);
        var decisions = await house.Db.Set<TargetDecision>().AsNoTracking().OrderBy(d => d.Index).ToListAsync(Cancel);
        var thresholds = await house.Db.Set<ThresholdRow>().AsNoTracking().OrderBy(t => t.Unit).ToListAsync(Cancel);
        return string.Join('\n', rows.Select(r => JsonSerializer.Serialize(r)).Concat(decisions.Select(d => JsonSerializer.Serialize(d)))
            .Concat(thresholds.Select(t => JsonSerializer.Serialize(t))));
    }
}
