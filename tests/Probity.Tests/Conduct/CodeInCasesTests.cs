using Probity.Cases.Assigning;
using Probity.Cases.Contract;
using Probity.Conduct.Acknowledging;
using Probity.Conduct.Contract;
using Probity.Conduct.Publishing;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Conduct;

/// <summary>Whoever should have acknowledged the code by now is given no new case, and nothing else changes for them.</summary>
public sealed class CodeInCasesTests
{
    static async Task<IReadOnlyList<Guid>> DrawnFromAsync(CaseHouse house, Guid id) =>
        (await house.EventsAsync(new StreamId(id))).Select(e => e.Event).OfType<AssignmentRequested>().Single().Eligible;

    [Fact]
    public async Task No_draw_and_no_hand_gives_a_case_to_who_is_overdue()
    {
        await using var house = await CaseHouse.CreateAsync();
        var before = await house.OpenAsync();
        Assert.Equal(4, (await DrawnFromAsync(house, before)).Count);
        var handler = (await house.CaseAsync(before)).Handler!.Value;
        await Codes.PublishAsync(house.Get<PublishCode>(), Staff.Id("ines"), Staff.Id("oscar"));
        foreach (var name in (string[])["ana", "ben", "carla", "dina"]) await Codes.AcknowledgeAsync(house.Get<AcknowledgeCode>(), Staff.Id(name));
        house.Time.Now += TimeSpan.FromDays(29);
        Assert.Equal(4, (await DrawnFromAsync(house, await house.OpenAsync())).Count);

        house.Time.Now += TimeSpan.FromDays(2);
        var id = await house.OpenAsync();
        Assert.Equal([.. new[] { "ben", "carla", "dina" }.Select(Staff.Id).Order()], await DrawnFromAsync(house, id));
        if ((await house.CaseAsync(id)).Handler is { } drawn) Assert.NotEqual(Staff.Id("eva"), drawn);
        CaseHouse.Refused(ProposeAssignment.CodeOverdue, await house.ProposeSeatAsync(id, Staff.Id("ines"), Staff.Id("eva")));
        // A case that they have stays theirs.
        CaseHouse.Done(await house.StepAsync(before, handler, Step.InterviewHeld));
        await Codes.AcknowledgeAsync(house.Get<AcknowledgeCode>(), Staff.Id("eva"));
        CaseHouse.Done(await house.ProposeSeatAsync(id, Staff.Id("ines"), Staff.Id("eva")));
        // By the time a second person looks it may have lapsed again.
        house.Time.Now += TimeSpan.FromDays(400);
        CaseHouse.Refused(ProposeAssignment.CodeOverdue, await house.ApproveSeatAsync(id, Staff.Id("ivo")));
    }

    [Fact]
    public async Task A_pool_that_nobody_acknowledging_has_thinned_waits_for_a_watcher()
    {
        await using var house = await CaseHouse.CreateAsync();
        await Codes.PublishAsync(house.Get<PublishCode>(), Staff.Id("ines"), Staff.Id("oscar"));
        await Codes.AcknowledgeAsync(house.Get<AcknowledgeCode>(), Staff.Id("ben"));
        house.Time.Now += TimeSpan.FromDays(31);
        var id = await house.OpenAsync();
        Assert.Contains(await house.EventsAsync(new StreamId(id)), e => e.Event is DrawHeld { Seat: Seat.Handler, Left: 1 });
        Assert.Null((await house.CaseAsync(id)).Handler);
    }

    [Fact]
    public async Task Other_rooms_are_told_who_has_acknowledged_it_and_their_decision_rests_on_that()
    {
        await using var house = await CaseHouse.CreateAsync();
        var conduct = house.Get<IConduct>();
        async Task<bool> Has(string name) => await conduct.HasAcknowledgedAsync(new RecordSession(house.Log), Staff.Id(name), house.Time.Now);
        Assert.False(await Has("ana"));
        await Codes.PublishAsync(house.Get<PublishCode>(), Staff.Id("ines"), Staff.Id("oscar"));
        await Codes.AcknowledgeAsync(house.Get<AcknowledgeCode>(), Staff.Id("ana"));
        Assert.True(await Has("ana"));
        Assert.False(await Has("ben"));
        var session = new RecordSession(house.Log);
        await conduct.HasAcknowledgedAsync(session, Staff.Id("ben"), house.Time.Now);
        await Codes.AcknowledgeAsync(house.Get<AcknowledgeCode>(), Staff.Id("ben"));
        Assert.Contains(session.Expectations, e => e.Stream == Probity.Conduct.Acknowledgements.StreamOf(Staff.Id("ben")) && e.Version == 0);
        await Codes.PublishAsync(house.Get<PublishCode>(), Staff.Id("ines"), Staff.Id("oscar"), (3, "Otherwise than before."));
        Assert.False(await Has("ana"));
    }
}
