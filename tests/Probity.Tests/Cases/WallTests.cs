using Probity.Access.Contract;
using Probity.Cases;
using Probity.Cases.Contract;
using Probity.Cases.Viewing;
using Probity.Cases.Walling;
using Probity.Cases.Working;
using Probity.Ledger;
using Probity.Shared.Record;
using static Probity.Tests.Cases.CaseHouse;

namespace Probity.Tests.Cases;

/// <summary>Who declares a conflict is kept out, whoever they are to the case; and learns nothing by declaring it.</summary>
public sealed class WallTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", "cases.number-missing"), InlineData("NAR\u202E-1", "cases.control-characters")]
    public void A_declaration_needs_a_number(string number, string code) => Refused(code, Decide(number, ConflictKind.Kin, "ana"));

    [Fact]
    public void A_declaration_needs_a_kind_and_a_post()
    {
        Refused(DeclareConflict.KindUnknown, Decide("NAR-2026-0001", (ConflictKind)9, "ana"));
        Refused(Bars.Role, Decide("NAR-2026-0001", ConflictKind.Kin, "nobody"));
    }

    static Decision Decide(string number, ConflictKind kind, string by) => DeclareConflict.Decide(
        new(number, kind), Case.Initial, new StreamId(Staff.Id("nothing")), Actor.From(Staff.Agency().ToRegister(), Staff.Id(by), Now));

    [Fact]
    public async Task Whoever_sat_in_it_is_drawn_over_and_sees_it_no_more()
    {
        await using var house = await CreateAsync();
        var id = await house.OpenAsync();
        var before = await house.CaseAsync(id);
        var handler = before.Handler!.Value;
        Assert.NotNull(await house.Get<CaseReading>().OpenAsync(handler, id, "cases.view", Cancel));
        Assert.IsType<Outcome.Done>(await house.Get<DeclareConflict>().HandleAsync(handler, new(before.Number.ToLowerInvariant() + " ", ConflictKind.Friendship), Cancel));
        await house.ReactAsync();

        var after = await house.CaseAsync(id);
        Assert.NotNull(after.Handler);
        Assert.NotEqual(handler, after.Handler);
        Assert.Equal(ConflictKind.Friendship, after.Walls[handler].Kind);
        Assert.Null(await house.Get<CaseReading>().OpenAsync(handler, id, "cases.view", Cancel));
        Assert.IsType<CaseAnswer.NotFound>(await house.StepAsync(id, handler, Step.InterviewHeld));
        Refused(Bars.Declared, await house.Get<GiveAccess>().HandleAsync(Staff.Id("ines"), new(id, handler, Reason), null, Cancel));
    }

    [Fact]
    public async Task Draws_pass_over_whoever_declared_a_conflict()
    {
        await using var house = await CreateAsync();
        var id = await house.OpenAsync(draw: false);
        var number = (await house.CaseAsync(id)).Number;
        foreach (var name in new[] { "ben", "carla" }) Assert.IsType<Outcome.Done>(await house.Get<DeclareConflict>().HandleAsync(Staff.Id(name), new(number, ConflictKind.Kin), Cancel));
        await house.ReactAsync();
        var asked = Assert.IsType<DrawHeld>((await house.EventsAsync(new StreamId(id))).First(r => r.Event is DrawHeld or AssignmentRequested).Event);
        Assert.Equal((2, 4), (asked.Left, asked.All));
        Done(await house.RequestAsync(id, Staff.Id("ines")));
        await house.ReactAsync();
        Assert.Contains((await house.CaseAsync(id)).Handler!.Value, new[] { Staff.Id("dina"), Staff.Id("eva") });
    }

    // Who works the case learns neither who declared a conflict nor who came in, by a receipt neither.
    [Fact]
    public async Task Whoever_works_the_case_gets_no_receipt_for_what_is_for_those_who_watch_over_it()
    {
        await using var house = await CreateAsync();
        var id = await house.OpenAsync();
        var @case = await house.CaseAsync(id);
        await house.DeclareAsync("chief", @case.Number);
        var wall = Assert.Single(await house.EventsAsync(new StreamId(id)), r => r.Event is ConflictDeclared).Index;
        Assert.Null(await house.Get<TakeReceipt>().HandleAsync(@case.Handler!.Value, id, wall, true, Cancel));
        var opened = (await house.EventsAsync(new StreamId(id)))[0].Index;
        Assert.NotNull(await house.Get<TakeReceipt>().HandleAsync(@case.Handler.Value, id, opened, true, Cancel));
        Assert.NotNull(await house.Get<TakeReceipt>().HandleAsync(Staff.Id("ines"), id, wall, true, Cancel));
    }

    // Three of five are named, so the draw waits for a watcher; then the handler declares a conflict, and it waits again.
    [Fact]
    public async Task A_draw_that_was_held_once_is_held_anew_when_the_seat_comes_free()
    {
        await using var house = await CreateAsync();
        var id = await house.OpenAsync("ines", true, new Party(PartyRole.Witness, "Ana", Staff.Id("ana")), new Party(PartyRole.Witness, "Ben", Staff.Id("ben")), new Party(PartyRole.Witness, "Carla", Staff.Id("carla")));
        Assert.Null((await house.CaseAsync(id)).Handler);
        Done(await house.RequestAsync(id, Staff.Id("oscar")));
        await house.ReactAsync();
        var handler = (await house.CaseAsync(id)).Handler!.Value;
        Assert.IsType<Outcome.Done>(await house.Get<DeclareConflict>().HandleAsync(handler, new((await house.CaseAsync(id)).Number, ConflictKind.Kin), Cancel));
        await house.ReactAsync();
        Assert.Null((await house.CaseAsync(id)).Handler);
        Assert.Equal(2, (await house.EventsAsync(new StreamId(id))).Count(r => r.Event is DrawHeld));
    }

    // The record is public in its length: it grows by as much either way.
    [Fact]
    public async Task A_number_that_there_is_not_is_taken_like_one_that_there_is()
    {
        await using var house = await CreateAsync();
        var id = await house.OpenAsync();
        var number = (await house.CaseAsync(id)).Number;
        var grown = new List<long>();
        foreach (var asked in new[] { number, "NAR-2026-0999", "XXX-2026-0001", "hello", "NAR-2019-0001" })
        {
            var size = house.Log.Size;
            Assert.IsType<Outcome.Done>(await house.Get<DeclareConflict>().HandleAsync(Staff.Id("root"), new(asked, ConflictKind.Other), Cancel));
            grown.Add(house.Log.Size - size);
        }

        Assert.Single(grown.Distinct());
        Assert.Equal([Staff.Id("root")], (await house.CaseAsync(id)).Walls.Keys);
        Assert.Equal(5, (await house.Get<DeclareConflict>().OfAsync(Staff.Id("root"), Cancel)).Count);
    }

    [Fact]
    public async Task A_wall_is_lifted_by_two_who_watch_and_neither_of_them_stands_behind_it()
    {
        await using var house = await CreateAsync();
        var id = await house.OpenAsync("chief");
        await house.DeclareAsync("chief", (await house.CaseAsync(id)).Number);
        Assert.IsType<CaseAnswer.NotFound>(await house.Get<LiftWall>().HandleAsync(Staff.Id("chief"), new(id, Staff.Id("chief"), Reason), null, Cancel));
        Refused(LiftWall.NoWall, await house.Get<LiftWall>().HandleAsync(Staff.Id("ines"), new(id, Staff.Id("ana"), Reason), null, Cancel));
        Done(await house.Get<LiftWall>().HandleAsync(Staff.Id("ines"), new(id, Staff.Id("chief"), Reason), null, Cancel));
        Refused(LiftWall.Pending, await house.Get<LiftWall>().HandleAsync(Staff.Id("ivo"), new(id, Staff.Id("chief"), Reason), null, Cancel));
        Refused(Bars.EarlierRole, await house.Get<ApproveLift>().HandleAsync(Staff.Id("ines"), new(id, Staff.Id("chief"), true, null), null, Cancel));
        Done(await house.Get<ApproveLift>().HandleAsync(Staff.Id("oscar"), new(id, Staff.Id("chief"), false, Reason), null, Cancel));
        Assert.Null((await house.CaseAsync(id)).Walls[Staff.Id("chief")].LiftAskedBy);
        Done(await house.Get<LiftWall>().HandleAsync(Staff.Id("oscar"), new(id, Staff.Id("chief"), Reason), null, Cancel));
        Done(await house.Get<ApproveLift>().HandleAsync(Staff.Id("ivo"), new(id, Staff.Id("chief"), true, null), null, Cancel));
        Assert.NotNull(await house.Get<CaseReading>().OpenAsync(Staff.Id("chief"), id, "cases.view", Cancel));
    }

    [Fact]
    public async Task Access_by_name_ends_and_nothing_is_read_after_it()
    {
        await using var house = await CreateAsync();
        var id = await house.OpenAsync();
        var keeper = Staff.Id("keeper");
        Refused(EndAccess.NotNamed, await house.Get<EndAccess>().HandleAsync(Staff.Id("ines"), new(id, keeper, Reason), null, Cancel));
        Done(await house.Get<GiveAccess>().HandleAsync(Staff.Id("ines"), new(id, keeper, Reason), null, Cancel));
        Assert.NotNull(await house.Get<CaseReading>().OpenAsync(keeper, id, "cases.view", Cancel));
        Done(await house.Get<EndAccess>().HandleAsync(Staff.Id("chief"), new(id, keeper, Reason), null, Cancel));
        Assert.Null(await house.Get<CaseReading>().OpenAsync(keeper, id, "cases.view", Cancel));
        Assert.Equal(new MatterRead("cases.view", "named"), Assert.Single(
            await house.EventsAsync(Streams.ReadsOf(new StreamId(id))), r => r.Actor.Value == keeper).Event);
    }
}
