using Probity.Access.Contract;
using Probity.Cases.Assigning;
using Probity.Cases.Contract;
using Probity.Cases.Working;
using Probity.Conduct;
using Probity.Conduct.Contract;
using Probity.Conduct.Interests;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Conduct.Interests;

/// <summary>What people declare to have outside: what is decided about it, and whom it keeps from a case.</summary>
public sealed class InterestTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly Register Register = Staff.Agency().Tie("ines", "keeper", TieKind.Blood, 2).Tie("port chief", "pedro", TieKind.Associate).ToRegister();

    static Actor Of(string who) => Actor.From(Register, Staff.Id(who), Now);

    static string? Code(Decision decision) => (decision as Decision.Refused)?.Refusal.Code;

    static DeclareInterest.Command Share(string subject = "Navegante Muestra Lda") => new(Guid.NewGuid(), InterestKind.Financial, subject, "A tenth of its shares.");

    static DeclareInterest.Work Teaching => new(Guid.NewGuid(), "Escuela Ficticia", "Teaches sailing.", 4, 120.50m, "USD", new DateOnly(2026, 12, 31));

    static InterestFacts Facts(string declarer, string reader, params IEvent[] more)
    {
        var own = OwnInterests.Initial.Apply(On(CaseHouse.Accepted(DeclareInterest.Decide(Share(), OwnInterests.Initial, Of(declarer), Policy.Unchosen, Now)), declarer));
        foreach (var e in more) own = own.Apply(On(e, "ines"));
        return new InterestFacts(Staff.Id(declarer), own.Find(1), Of(reader), Register, Policy.Unchosen, Now);

        static Recorded On(IEvent happened, string by) => new(happened, "", 0, OwnInterests.StreamOf(Guid.Empty), 1, Now, null, new ActorId(Staff.Id(by)));
    }

    static readonly InterestManaged Managed = new(1, [InterestMeasure.Recuse], "Keeps out.", Now.AddYears(1), "default 0");

    [Theory]
    [InlineData("ana", null), InlineData("keeper", null), InlineData("chief", null), InlineData("ines", null)]
    [InlineData("oscar", Bars.Role), InlineData("root", Bars.Role), InlineData("maria", Bars.Role), InlineData("paula", Bars.Role), InlineData("judith", Bars.Role)]
    public void The_agencys_own_staff_declares(string who, string? code)
    {
        Assert.Equal(code, Code(DeclareInterest.Decide(Share(), OwnInterests.Initial, Of(who), Policy.Unchosen, Now)));
        Assert.Equal(code, Code(DeclareInterest.Decide(Teaching, OwnInterests.Initial, Of(who), Policy.Unchosen, Now)));
    }

    [Fact]
    public void What_cannot_be_kept_as_it_is_is_named()
    {
        string? Declare(DeclareInterest.Command c) => Code(DeclareInterest.Decide(c, OwnInterests.Initial, Of("ana"), Policy.Unchosen, Now));
        string? Work(DeclareInterest.Work w) => Code(DeclareInterest.Decide(w, OwnInterests.Initial, Of("ana"), Policy.Unchosen, Now));
        Assert.Equal(DeclareInterest.KindMissing, Declare(Share() with { Kind = null }));
        Assert.Equal(DeclareInterest.KindMissing, Declare(Share() with { Kind = InterestKind.OutsideWork }));
        Assert.Equal(DeclareInterest.SubjectUnfit, Declare(Share() with { Subject = " " }));
        Assert.Equal(DeclareInterest.SubjectUnfit, Declare(Share() with { Subject = new string('a', 201) }));
        Assert.Equal(DeclareInterest.WhatUnfit, Declare(Share() with { What = "A \u202E share" }));
        Assert.Equal(DeclareInterest.EmployerUnfit, Work(Teaching with { Employer = null }));
        Assert.Equal(DeclareInterest.HoursWrong, Work(Teaching with { Hours = 101 }));
        Assert.Equal(DeclareInterest.PayWrong, Work(Teaching with { Pay = 1.005m }));
        Assert.Equal(DeclareInterest.CurrencyWrong, Work(Teaching with { Currency = "GOLD" }));
        Assert.Equal(DeclareInterest.UntilWrong, Work(Teaching with { Until = new DateOnly(2026, 3, 1) }));
        Assert.Equal(DeclareInterest.UntilWrong, Work(Teaching with { Until = new DateOnly(2029, 3, 3) }));
        Assert.Equal(DeclareInterest.TooMany, Code(DeclareInterest.Decide(
            Share(), OwnInterests.Initial with { All = [.. Enumerable.Range(1, DeclareInterest.Most).Select(n => new Interest(n, null, null, Now))] }, Of("ana"), Policy.Unchosen, Now)));
    }

    [Theory]
    // An officer's: the officer sees it, integrity decides, the commander advises until it is decided, an overseer reads.
    [InlineData("ana", "ana", true, false, false), InlineData("ana", "ines", true, false, true), InlineData("ana", "oscar", true, false, false), InlineData("ana", "chief", true, true, false)]
    [InlineData("ana", "ben", false, false, false), InlineData("ana", "port chief", false, false, false), InlineData("ana", "vera", false, false, false), InlineData("ana", "root", false, false, false)]
    [InlineData("ana", "maria", false, false, false), InlineData("ana", "paula", false, false, false)]
    // A commander's and integrity's own: an overseer.
    [InlineData("chief", "oscar", true, false, true), InlineData("chief", "ines", true, false, false), InlineData("ines", "oscar", true, false, true), InlineData("ines", "ivo", true, false, false), InlineData("ines", "ines", true, false, false)]
    // Kin do not decide, and who is close does not advise.
    [InlineData("keeper", "ines", true, false, false), InlineData("keeper", "ivo", true, false, true), InlineData("pedro", "port chief", false, false, false)]
    public void Who_may_see_it_advise_and_decide(string declarer, string who, bool sees, bool advises, bool decides)
    {
        var facts = Facts(declarer, who);
        Assert.Equal((sees, advises, decides), (facts.Refuses(InterestAction.View) is null, facts.Refuses(InterestAction.Advise) is null, facts.Refuses(InterestAction.Decide) is null));
    }

    [Fact]
    public void Once_it_is_advised_on_or_decided_the_superior_sees_it_no_longer()
    {
        Assert.NotNull(Facts("ana", "chief", new InterestAdvised(1, "It does not touch their work.")).Refuses(InterestAction.View));
        Assert.NotNull(Facts("ana", "chief", Managed).Refuses(InterestAction.View));
        Assert.Equal(Bars.Kin, Facts("keeper", "ines").Refuses(InterestAction.Decide)?.Code);
        Assert.Equal(Bars.Self, Facts("ines", "ines").Refuses(InterestAction.Decide)?.Code);
    }

    [Fact]
    public void That_it_was_declared_resolves_nothing_and_no_measure_is_taken_without_reasons()
    {
        string? Decide(InterestVerdict? verdict, InterestMeasure[] measures, string? reason = CaseHouse.Reason, params IEvent[] more) =>
            Code(DecideInterest.Decide(new DecideInterest.Command(Staff.Id("ana"), 1, verdict, measures, reason), Facts("ana", "ines", more)));
        Assert.Equal(DecideInterest.NotManaged, Decide(InterestVerdict.Closed, []));
        Assert.Equal(DecideInterest.NotManaged, Decide(InterestVerdict.Closed, [], CaseHouse.Reason, new InterestAdvised(1, "Close it.")));
        Assert.Equal(DecideInterest.MeasureMissing, Decide(InterestVerdict.Managed, []));
        Assert.Equal(DecideInterest.VerdictMissing, Decide(null, [InterestMeasure.Recuse]));
        Assert.Equal(ConductTexts.ReasonMissing, Decide(InterestVerdict.Prohibited, [], ""));
        Assert.Null(Decide(InterestVerdict.Managed, [InterestMeasure.Recuse]));
        Assert.Null(Decide(InterestVerdict.Prohibited, []));
        // Facts lets ines decide: she does not close it, ivo does.
        Assert.Equal(Bars.EarlierRole, Decide(InterestVerdict.Closed, [], CaseHouse.Reason, Managed));
        Assert.Null(Code(DecideInterest.Decide(new DecideInterest.Command(Staff.Id("ana"), 1, InterestVerdict.Closed, [], CaseHouse.Reason), Facts("ana", "ivo", Managed))));
        Assert.Equal(DecideInterest.Closed, Decide(InterestVerdict.Managed, [InterestMeasure.Recuse], CaseHouse.Reason, Managed, new InterestClosed(1, "It is over.")));
        var managed = (InterestManaged)CaseHouse.Accepted(DecideInterest.Decide(
            new DecideInterest.Command(Staff.Id("ana"), 1, InterestVerdict.Managed, [InterestMeasure.Transfer, InterestMeasure.Recuse, InterestMeasure.Recuse], CaseHouse.Reason), Facts("ana", "ines")));
        Assert.Equal([InterestMeasure.Recuse, InterestMeasure.Transfer], managed.Measures);
        Assert.Equal((Now.AddMonths(12), "default 0"), (managed.ReviewBy, managed.Policy));
    }

    [Theory]
    [InlineData(0, 1), InlineData(23, 1), InlineData(24, 0)]
    public void A_closed_name_is_matched_for_as_long_as_a_posting_counts(int months, int matched)
    {
        var own = OwnInterests.Initial;
        IEvent[] happened = [CaseHouse.Accepted(DeclareInterest.Decide(Share(), own, Of("ana"), Policy.Unchosen, Now)), Managed, new InterestClosed(1, "It is over.")];
        foreach (var e in happened) own = own.Apply(new Recorded(e, "", 0, OwnInterests.StreamOf(Staff.Id("ana")), 1, Now, null, new ActorId(Staff.Id("ana"))));
        Assert.Equal(matched, own.MatchedAt(Now.AddMonths(months)).Count());
    }

    [Fact]
    public void No_cell_of_the_public_register_is_under_five()
    {
        var unit = Guid.NewGuid();
        InterestCount Cell(InterestKind kind, InterestMeasure? measure, int count) => new(2026, unit, kind, measure is not null, measure, count);
        var (told, leavesOut) = InterestRegister.Tell([Cell(InterestKind.Financial, InterestMeasure.Recuse, 5), Cell(InterestKind.Family, InterestMeasure.Recuse, 3), Cell(InterestKind.Family, InterestMeasure.Divest, 2), Cell(InterestKind.Business, null, 4)]);
        Assert.Equal([Cell(InterestKind.Financial, InterestMeasure.Recuse, 5), new InterestCount(2026, null, InterestKind.Family, true, null, 5)], told);
        Assert.True(leavesOut);
    }

    static async Task DeclareAsync(CaseHouse house, string who, string subject) =>
        Assert.IsType<Outcome.Done>(await house.Get<DeclareInterest>().HandleAsync(Staff.Id(who), Share(subject), CaseHouse.Cancel));

    static Party Outsider(string name) => new(PartyRole.Subject, name, null);

    [Fact]
    public async Task Whoever_declared_a_name_of_a_case_is_given_it_neither_by_lot_nor_by_hand_nor_by_name()
    {
        await using var house = await CaseHouse.CreateAsync();
        await DeclareAsync(house, "eva", "Baltasar Cifuentes Muestra");
        await DeclareAsync(house, "dina", "Somebody Else Altogether");
        var id = await house.OpenAsync(parties: Outsider("CIFUENTES MUESTRA, Baltazar"));
        Assert.Equal([.. new[] { "ben", "carla", "dina" }.Select(Staff.Id).Order()], (await house.EventsAsync(new StreamId(id))).Select(e => e.Event).OfType<AssignmentRequested>().Single().Eligible);
        CaseHouse.Refused(ProposeAssignment.KeptOut, await house.ProposeSeatAsync(id, Staff.Id("ines"), Staff.Id("eva")));
        CaseHouse.Refused(ProposeAssignment.KeptOut, await house.Get<GiveAccess>().HandleAsync(Staff.Id("ines"), new GiveAccess.Command(id, Staff.Id("eva"), CaseHouse.Reason), null, CaseHouse.Cancel));

        // Integrity finds that it is somebody else: for this case, this entry and this name.
        var aside = house.Get<SetMatchAside>();
        Task<Probity.Cases.CaseAnswer> Aside(string by, int party = 1, string reason = CaseHouse.Reason) =>
            aside.HandleAsync(Staff.Id(by), new SetMatchAside.Command(id, Staff.Id("eva"), 1, party, reason), null, CaseHouse.Cancel);
        CaseHouse.Refused(SetMatchAside.NoMatch, await Aside("ines", party: 2));
        CaseHouse.Refused(Probity.Cases.CaseTexts.ReasonMissing, await Aside("ines", reason: ""));
        CaseHouse.Refused(Bars.Role, await Aside("chief"));
        CaseHouse.Done(await Aside("ines"));
        CaseHouse.Done(await house.ProposeSeatAsync(id, Staff.Id("ines"), Staff.Id("eva")));
    }

    [Fact]
    public async Task A_declaration_between_the_reading_and_the_append_of_a_draw_is_not_missed_and_kin_set_nothing_aside()
    {
        await using var house = await CaseHouse.CreateAsync(Staff.Agency().Tie("ines", "eva", TieKind.Blood, 2));
        await DeclareAsync(house, "eva", "Baltasar Cifuentes Muestra");
        var session = new RecordSession(house.Log);
        await house.Get<IInterests>().MatchesAsync(session, [Staff.Id("ben")], [new NamedParty(1, "Baltasar Cifuentes")], CaseHouse.Cancel);
        await DeclareAsync(house, "ben", "Baltasar Cifuentes");
        Assert.Contains(session.Expectations, e => e.Stream == OwnInterests.StreamOf(Staff.Id("ben")) && e.Version == 0);
        var id = await house.OpenAsync(parties: Outsider("Baltasar Cifuentes Muestra"));
        // Two of four: the draw waits for somebody who looks.
        Assert.Contains(await house.EventsAsync(new StreamId(id)), e => e.Event is DrawHeld { Left: 2 });
        CaseHouse.Refused(Bars.Kin, await house.Get<SetMatchAside>().HandleAsync(Staff.Id("ines"), new SetMatchAside.Command(id, Staff.Id("eva"), 1, 1, CaseHouse.Reason), null, CaseHouse.Cancel));
        CaseHouse.Done(await house.Get<SetMatchAside>().HandleAsync(Staff.Id("ivo"), new SetMatchAside.Command(id, Staff.Id("eva"), 1, 1, CaseHouse.Reason), null, CaseHouse.Cancel));
    }
}
