using Probity.Cases.Assigning;
using Probity.Cases.Contract;
using Probity.Cases.Viewing;
using Probity.Ledger;
using Probity.Shared.Record;
using static Probity.Tests.Cases.CaseHouse;

namespace Probity.Tests.Cases;

public sealed class AwaitedDrawTests
{
    static Seat? Awaited(params IEvent[] events) => AwaitedDraw.Of(events.Select((e, at) => new Recorded(
        e, "", at, new StreamId(Guid.Empty), at + 1, DateTimeOffset.UnixEpoch, null, new ActorId(Guid.Empty))));

    [Fact]
    public void A_draw_is_awaited_from_its_cause_until_its_result()
    {
        var opened = new CaseOpened("N-1", Guid.Empty, "060121", "A load.", []);
        var asked = new AssignmentRequested(Seat.Handler, [], Guid.Empty, 1);
        Assert.Null(Awaited());
        Assert.Equal(Seat.Handler, Awaited(opened));
        Assert.Equal(Seat.Handler, Awaited(opened, asked));
        Assert.Null(Awaited(opened, asked, new SeatDrawn(Seat.Handler, Guid.Empty, "")));
        Assert.Null(Awaited(opened, new NobodyEligible(Seat.Handler)));
        Assert.Equal(Seat.Handler, Awaited(opened, asked, new DrawVoided(Seat.Handler, null, null)));
        Assert.Null(Awaited(new StageEntered(Stage.Investigate)));
        Assert.Equal(Seat.Prosecutor, Awaited(new StageEntered(Stage.Prosecute)));
        Assert.Equal(Seat.Handler, Awaited(new RedrawProposed(Seat.Handler, ""), new AssignmentApproved(Seat.Handler)));
        Assert.Null(Awaited(new RedrawProposed(Seat.Handler, ""), new AssignmentRejected(Seat.Handler, "")));
        Assert.Null(Awaited(new HandAssignmentProposed(Seat.Handler, Guid.Empty, ""), new AssignmentApproved(Seat.Handler)));
    }

    [Fact]
    public async Task Whoever_opened_a_case_sees_the_draw_that_comes_a_moment_later()
    {
        await using var house = await CreateAsync();
        var id = await house.OpenAsync(draw: false);
        var waiting = AwaitedDraw.WaitAsync(house.Log, new StreamId(id), Cancel);
        await house.ReactAsync();
        Assert.False(await waiting);
        Assert.False(await AwaitedDraw.WaitAsync(house.Log, new StreamId(id), Cancel));
        Assert.True(await AwaitedDraw.WaitAsync(house.Log, new StreamId(await house.OpenAsync(draw: false)), Cancel));
    }

    [Fact]
    public async Task Readings_are_told_by_person_and_day()
    {
        await using var house = await CreateAsync();
        var id = await house.OpenAsync();
        var view = house.Get<ViewCase>();
        foreach (var who in new[] { "ines", "oscar", "ines" }) Assert.NotNull(await view.HandleAsync(Staff.Id(who), id, Cancel));
        house.Time.Now = house.Time.Now.AddDays(1);
        Assert.NotNull(await view.HandleAsync(Staff.Id("ines"), id, Cancel));
        var lines = CaseOversight.ByDay(await house.EventsAsync(Streams.ReadsOf(new StreamId(id))), TimeZoneInfo.Utc).ToList();
        Assert.Equal((Staff.Id("ines"), 1), (lines[0].Person, lines[0].Times));
        Assert.Equal(
            new[] { (Staff.Id("ines"), 2), (Staff.Id("oscar"), 1) }.Order(), lines.Skip(1).Select(l => (l.Person, l.Times)).Order());
        Assert.All(lines, line => Assert.Equal(["cases.view"], line.What));
    }
}
