using Probity.Access.Contract;
using Probity.Cases;
using Probity.Cases.Contract;
using Probity.Cases.Correcting;
using Probity.Cases.Opening;
using Probity.Cases.Viewing;
using Probity.Cases.ViewingDocket;
using Probity.Shared.Record;
using Probity.Tests.Cases.Pages;
using static Probity.Tests.Cases.CaseHouse;

namespace Probity.Tests.Cases;

/// <summary>Who is named in a case can be corrected, and never so that somebody is let in or got rid of by it.</summary>
public sealed class PartyTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    static Case With(params (Seat Seat, string Who)[] seats) => Case.Initial with
    {
        Version = 1, Id = Staff.Id("case"), Unit = Staff.Id("narcotics"), Parties = [new Party(PartyRole.Subject, "X", null)], PartiesAtOpening = 1,
        Seats = Case.Initial.Seats.AddRange(seats.Select(s => KeyValuePair.Create(s.Seat, Staff.Id(s.Who)))),
    };

    static Decision Decide(string by, Case @case, Party party)
    {
        var register = Staff.Agency().ToRegister();
        return NameParty.Decide(new(@case.Id, party, Reason), @case, Actor.From(register, Staff.Id(by), Now), register, Now);
    }

    static Party Of(string name, PartyRole role = PartyRole.Subject) => new(role, name, Staff.Id(name));

    [Fact]
    public void Nobody_names_themselves_nor_the_same_twice_nor_all_who_oversee()
    {
        Refused(Bars.Self, Decide("ana", With((Seat.Handler, "ana")), Of("ana")));
        Refused(NameParty.AlreadyNamed, Decide("ana", With(), new Party(PartyRole.Subject, "X", null)));
        Refused(OpenCase.PersonUnknown, Decide("ana", With(), Of("stranger")));
        Refused(OpenCase.NobodyLeftToOversee, Decide("ana", With() with { Parties = [Of("olga", PartyRole.Witness)] }, Of("oscar")));
    }

    [Fact]
    public void Whoever_works_the_case_is_not_rid_of_its_prosecutor_by_naming_them()
    {
        Refused(NameParty.SitsInIt, Decide("ana", With((Seat.Handler, "ana"), (Seat.Prosecutor, "pia")), Of("pia", PartyRole.Witness)));
        var filed = Assert.IsType<Decision.Accepted>(Decide("ines", With((Seat.Handler, "ana"), (Seat.Prosecutor, "pia")), Of("pia", PartyRole.Witness))).Filings;
        Assert.Equal(new SeatVacated(Seat.Prosecutor, Staff.Id("pia")), filed[^1].Event);
    }

    // Ana works under the chief: she names him, and the case goes to somebody else.
    [Fact]
    public async Task Naming_staff_bars_them_from_then_on_and_a_seat_that_is_barred_with_them_is_drawn_anew()
    {
        await using var house = await CreateAsync();
        var id = await house.OpenAsync();
        var handler = (await house.CaseAsync(id)).Handler!.Value;
        Assert.NotNull(await house.Get<CaseReading>().OpenAsync(Staff.Id("chief"), id, "cases.view", Cancel));
        Done(await house.Get<NameParty>().HandleAsync(handler, new(id, Of("chief"), Reason), null, Cancel));
        await house.ReactAsync();
        Assert.Null(await house.Get<CaseReading>().OpenAsync(Staff.Id("chief"), id, "cases.view", Cancel));
        Assert.Null(await house.Get<CaseReading>().OpenAsync(handler, id, "cases.view", Cancel));
        Assert.Equal(Staff.Id("igor"), (await house.CaseAsync(id)).Handler);
    }

    [Fact]
    public async Task A_name_is_ended_never_deleted_and_the_bar_of_staff_stays()
    {
        await using var house = await CreateAsync();
        var id = await house.OpenAsync("ana", true, new Party(PartyRole.Subject, "X", null), Of("pedro"));
        Refused(EndParty.NotNamed, await house.Get<EndParty>().HandleAsync(Staff.Id("ines"), new(id, 3, Reason), null, Cancel));
        Done(await house.Get<EndParty>().HandleAsync(Staff.Id("ines"), new(id, 2, Reason), null, Cancel));
        Refused(EndParty.NotNamed, await house.Get<EndParty>().HandleAsync(Staff.Id("ines"), new(id, 2, Reason), null, Cancel));
        var @case = await house.CaseAsync(id);
        Assert.Equal((2, "X"), (@case.Parties.Length, Assert.Single(@case.CurrentParties).Party.Name));
        Assert.Equal([Staff.Id("pedro")], @case.StaffSubjects);
    }

    // The bar stays where the name is taken off again by who set it; an overseer who is not barred lifts it.
    [Fact]
    public async Task Whoever_works_a_case_is_not_rid_of_those_who_watch_over_it_by_naming_them()
    {
        await using var house = await CreateAsync();
        var id = await house.OpenAsync("ana", true, new Party(PartyRole.Subject, "X", null), Of("pedro"));
        await house.RequestAsync(id, Staff.Id("ines"));
        await house.ReactAsync();
        var worker = (await house.CaseAsync(id)).Handler!.Value;
        foreach (var name in new[] { "ines", "ivo", "olga" }) Done(await house.Get<NameParty>().HandleAsync(worker, new(id, Of(name), Reason), null, Cancel));
        Done(await house.Get<EndParty>().HandleAsync(worker, new(id, 3, Reason), null, Cancel));
        Task<CaseAnswer> EndAsync(string by, int number) => house.Get<EndParty>().HandleAsync(Staff.Id(by), new(id, number, Reason), null, Cancel);
        foreach (var barred in new[] { "ines", "ivo", "olga" }) Assert.IsType<CaseAnswer.NotFound>(await EndAsync(barred, 4));
        // Of the others who are named the overseer takes off nobody.
        foreach (var number in new[] { 1, 2, 6 }) Refused(EndParty.NotNamed, await EndAsync("oscar", number));
        Refused(CaseTexts.ReasonMissing, await house.Get<EndParty>().HandleAsync(Staff.Id("oscar"), new(id, 3, " "), null, Cancel));
        foreach (var number in new[] { 3, 4 }) Done(await EndAsync("oscar", number));
        Refused(EndParty.NotNamed, await EndAsync("oscar", 3));
        await using var views = await DocketViews.OverAsync(house);
        foreach (var (name, sees) in new[] { ("ines", true), ("ivo", true), ("olga", false) })
        {
            Assert.Equal(sees, await house.Get<CaseReading>().OpenAsync(Staff.Id(name), id, "cases.view", Cancel) is not null);
            Assert.Equal(sees ? [id] : [], (await views.Docket.ReadAsync(Staff.Id(name), new DocketQuery(), Cancel)).Cases.Select(c => c.Id));
        }

        Assert.Equal(new[] { "pedro", "olga" }.Select(Staff.Id), (await house.CaseAsync(id)).StaffSubjects);
        // Whom an overseer let back nobody names again but an overseer, who names nobody else.
        Task<CaseAnswer> NameAsync(Guid by, string name) => house.Get<NameParty>().HandleAsync(by, new(id, Of(name), Reason), null, Cancel);
        foreach (var by in new[] { worker, Staff.Id("ines") })
            Assert.Equal([Staff.Id("oscar")], Refused(NameParty.WasLetBack, await NameAsync(by, "ivo")).Reroute!.People);
        Assert.DoesNotContain(Staff.Id("ivo"), (await house.CaseAsync(id)).StaffSubjects);
        Refused(Bars.Role, await NameAsync(Staff.Id("oscar"), "ana"));
        Done(await NameAsync(Staff.Id("oscar"), "ivo"));
        Assert.Contains(Staff.Id("ivo"), (await house.CaseAsync(id)).StaffSubjects);
        Done(await EndAsync("oscar", 6));
        Assert.DoesNotContain(Staff.Id("ivo"), (await house.CaseAsync(id)).StaffSubjects);
    }

    [Fact]
    public async Task Who_watches_over_cases_is_let_back_to_a_closed_one_too()
    {
        await using var house = await CreateAsync();
        var id = await house.OpenAsync("ana", true, new Party(PartyRole.Subject, "X", null));
        var worker = (await house.CaseAsync(id)).Handler!.Value;
        Done(await house.Get<NameParty>().HandleAsync(worker, new(id, Of("ines"), Reason), null, Cancel));
        Done(await house.ProposeClosingAsync(id, worker, CaseOutcome.NoFurtherAction));
        Done(await house.ApproveClosingAsync(id, Staff.Id("ivo")));
        Assert.Equal(Stage.Closed, (await house.CaseAsync(id)).Stage);
        Task<CaseAnswer> EndAsync(Guid by, int number) => house.Get<EndParty>().HandleAsync(by, new(id, number, Reason), null, Cancel);
        Refused(CaseDesk.Closed, await EndAsync(worker, 2));
        Refused(CaseDesk.Closed, await EndAsync(Staff.Id("ivo"), 2));
        Refused(EndParty.NotNamed, await EndAsync(Staff.Id("oscar"), 1));
        Done(await EndAsync(Staff.Id("oscar"), 2));
        Assert.NotNull(await house.Get<CaseReading>().OpenAsync(Staff.Id("ines"), id, "cases.view", Cancel));
        // What one overseer did another can undo.
        Refused(CaseDesk.Closed, await house.Get<NameParty>().HandleAsync(Staff.Id("ivo"), new(id, Of("ines"), Reason), null, Cancel));
        Done(await house.Get<NameParty>().HandleAsync(Staff.Id("olga"), new(id, Of("ines"), Reason), null, Cancel));
        Assert.Null(await house.Get<CaseReading>().OpenAsync(Staff.Id("ines"), id, "cases.view", Cancel));
    }

    [Fact]
    public async Task The_same_opening_sent_again_is_still_the_same()
    {
        await using var house = await CreateAsync();
        var id = await house.OpenAsync("ana", true, new Party(PartyRole.Subject, "X", null));
        Done(await house.Get<NameParty>().HandleAsync(Staff.Id("ines"), new(id, new Party(PartyRole.Witness, "Y", null), Reason), null, Cancel));
        Done(await house.Get<OpenCase>().HandleAsync(
            Staff.Id("ana"), new(id, Staff.Id("narcotics"), "060121", "A container with a double floor.", [new Party(PartyRole.Subject, "X", null)]), null, Cancel));
    }
}
