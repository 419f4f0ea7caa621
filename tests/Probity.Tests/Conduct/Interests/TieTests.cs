using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Conduct;
using Probity.Conduct.Gifts;
using Probity.Conduct.Contract;
using Probity.Conduct.Interests;
using Probity.Conduct.Interests.Ties;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Conduct.Interests;

/// <summary>Kin and other ties between people of the house: who declares, sees and ends them, and that no decision misses one.</summary>
public sealed class TieTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    static string? Code(Decision decision) => (decision as Decision.Refused)?.Refusal.Code;

    static Actor Of(string who, Register register) => Actor.From(register, Staff.Id(who), Now);

    static string? Declare(string who, string? other, TieKind? kind, int? degree, Staff? staff = null)
    {
        var register = (staff ?? Staff.Agency()).ToRegister();
        return Code(DeclareTie.Decide(new DeclareTie.Command(Guid.NewGuid(), other is null ? null : Staff.Id(other), kind, degree), Of(who, register), register, Now));
    }

    [Theory]
    [InlineData("ana", "ben", nameof(TieKind.Blood), 1, null), InlineData("ana", "ben", nameof(TieKind.Blood), 4, null), InlineData("ana", "ben", nameof(TieKind.Affinity), 2, null)]
    [InlineData("ana", "ben", nameof(TieKind.Associate), null, null), InlineData("judith", "ben", nameof(TieKind.Business), null, null), InlineData("oscar", "ines", nameof(TieKind.Blood), 2, null)]
    [InlineData("ana", "ben", nameof(TieKind.Blood), 5, DeclareTie.DegreeWrong), InlineData("ana", "ben", nameof(TieKind.Blood), null, DeclareTie.DegreeWrong), InlineData("ana", "ben", nameof(TieKind.Blood), 0, DeclareTie.DegreeWrong)]
    [InlineData("ana", "ben", nameof(TieKind.Affinity), 3, DeclareTie.DegreeWrong)]
    [InlineData("ana", "ana", nameof(TieKind.Blood), 1, DeclareTie.OneSelf), InlineData("ana", "nobody", nameof(TieKind.Blood), 1, DeclareTie.PersonUnknown), InlineData("ana", null, nameof(TieKind.Blood), 1, DeclareTie.PersonUnknown)]
    [InlineData("ana", "ben", null, 1, DeclareTie.KindMissing), InlineData("ana", "ben", "Other", 1, DeclareTie.KindMissing), InlineData("nobody", "ben", nameof(TieKind.Blood), 1, Bars.Role)]
    public void Whoever_has_a_post_declares_kin_up_to_the_degree_that_bars(string who, string? other, string? kind, int? degree, string? code) =>
        Assert.Equal(code, Declare(who, other, kind is null ? null : Enum.TryParse<TieKind>(kind, out var known) ? known : (TieKind)9, degree));

    [Fact]
    public void What_the_other_declared_is_told_by_no_refusal_and_ones_own_is()
    {
        Assert.Equal(DeclareTie.Known, Declare("ana", "ben", TieKind.Blood, 1, Staff.Agency().Tie("ana", "ben", TieKind.Blood)));
        Assert.Null(Declare("ana", "ben", TieKind.Blood, 1, Staff.Agency().Tie("ben", "ana", TieKind.Blood)));
        Assert.Null(Declare("ana", "ben", TieKind.Blood, 1, Staff.Agency().Tie("ana", "ben", TieKind.Blood, ended: true)));
    }

    [Fact]
    public void Nobody_has_more_than_twenty_ties_standing_that_they_declared()
    {
        var staff = Staff.Agency();
        for (var n = 1; n < DeclareTie.Most; n++) staff = staff.Tie("ana", "carla", TieKind.Business, n);
        Assert.Null(Declare("ana", "ben", TieKind.Associate, null, staff.Tie("ana", "dina", TieKind.Business, ended: true).Tie("eva", "ana", TieKind.Business)));
        Assert.Equal(DeclareTie.TooMany, Declare("ana", "ben", TieKind.Associate, null, staff.Tie("ana", "carla", TieKind.Business, DeclareTie.Most)));
    }

    // Ana could else declare herself out of the sight of ines and ivo of integrity and of the overseers oscar and olga.
    [Theory]
    [InlineData("", "ines", null), InlineData("ines", "oscar", null), InlineData("ines ivo oscar", "olga", DeclareTie.LeavesNobody), InlineData("ines ben chief", "oscar", null), InlineData("oscar olga ivo", "ines", DeclareTie.LeavesNobody)]
    [InlineData("ines oscar", "ben", null), InlineData("ines ivo", "oscar", null)]
    public void Nobody_declares_ties_with_all_who_could_look_at_what_concerns_them(string before, string other, string? code)
    {
        var (staff, number) = (Staff.Agency(), 0);
        foreach (var known in before.Split(' ', StringSplitOptions.RemoveEmptyEntries)) staff = staff.Tie("ana", known, TieKind.Associate, ++number);
        Assert.Equal(code, Declare("ana", other, TieKind.Associate, null, staff));
    }

    // Of narcotics, which is part of the agency as ines and ivo are: the overseers alone are left for what is ticked of the agency, whoever of it declares a tie with them.
    [Theory]
    [InlineData("", "ana", "oscar", false), InlineData("ana-oscar", "ben", "olga", true), InlineData("ana-oscar", "pedro", "olga", true), InlineData("ana-oscar", "ben", "ines", false), InlineData("ana-oscar", "ben", "oscar", false)]
    [InlineData("ana-ines ben-ivo carla-oscar", "dina", "olga", true), InlineData("ana-oscar", "paula", "olga", false), InlineData("ana-ines paula-ivo", "pol", "olga", false), InlineData("paula-ivo pia-oscar", "pol", "olga", true), InlineData("paula-ines pia-ivo pol-oscar", "pol", "olga", true)]
    [InlineData("ana-oscar", "olga", "ben", false), InlineData("ana-ines ben-ivo", "carla", "oscar", true)]
    public void Several_of_a_unit_do_not_take_the_last_who_could_look_at_it(string before, string who, string other, bool waits)
    {
        var staff = Staff.Agency();
        foreach (var known in before.Split(' ', StringSplitOptions.RemoveEmptyEntries)) staff = staff.Tie(known.Split('-')[0], known.Split('-')[1], TieKind.Associate);
        var register = staff.ToRegister();
        var decided = Assert.IsType<Decision.Accepted>(DeclareTie.Decide(new DeclareTie.Command(Guid.NewGuid(), Staff.Id(other), TieKind.Associate, null), Of(who, register), register, Now));
        var declared = Assert.IsType<TieDeclared>(Assert.Single(decided.Filings).Event);
        Assert.Equal(waits ? true : null, declared.Waits);

        // What waits bars nobody; an overseer whom it is not about says that there is such a tie, and it does.
        register = staff.Happen(who, declared).ToRegister();
        Assert.Equal(!waits, Recusal.Tied(Staff.Id(other), Staff.Id(who), register) is not null);
        Assert.NotNull(Recusal.Tied(Staff.Id(other), Staff.Id(who), staff.Confirm(declared.Tie).ToRegister()));
    }

    [Theory]
    // Their own word bars one of each role; the others, whoever they are, at once.
    [InlineData("ana", "ines", "", "ines", true), InlineData("ana", "ines ivo", "", "ines", true), InlineData("ana", "ines ivo", "", "ivo", false), InlineData("ana", "ines oscar vera", "", "oscar", true), InlineData("ana", "ines oscar vera", "", "vera", true)]
    [InlineData("ana", "igor ilse", "", "ilse", false), InlineData("ana", "igor ines", "", "ines", true), InlineData("ana", "oscar ben olga", "", "olga", false), InlineData("ana", "oscar ben chief", "", "chief", true), InlineData("ana", "ivo ines", "", "ines", false)]
    // The other says so too, or an overseer confirmed it.
    [InlineData("ana", "ines ivo", "ivo", "ivo", true), InlineData("ana", "ines ivo", "+", "ivo", true)]
    public void A_tie_with_a_second_of_those_who_watch_bars_once_somebody_else_says_so_too(string by, string with, string also, string who, bool bars)
    {
        var (staff, number) = (Staff.Agency().Post("ilse", "agency", Role.Investigator), 0);
        foreach (var other in with.Split(' ')) staff = staff.Tie(by, other, TieKind.Associate, ++number);
        if (also == "+") staff = staff.Confirm(Staff.Id($"tie {number} of {by} and {who}"));
        else if (also.Length > 0) staff = staff.Tie(also, by, TieKind.Associate, ++number);
        var register = staff.ToRegister();
        Assert.Equal((bars, bars), (Recusal.Between(Staff.Id(who), [Staff.Id(by)], register, Now) is not null, Recusal.BarredWith(Staff.Id(by), register, Now).Contains(Staff.Id(who))));
    }

    [Theory]
    // An overseer who is neither of the two nor barred from them.
    [InlineData("ana", "ines ivo", "oscar", null), InlineData("ana", "ines ivo", "vera", Bars.Role), InlineData("ana", "ines ivo", "ivo", Bars.Role), InlineData("ana", "ines ivo", "ana", Bars.Self), InlineData("ana", "ines ivo", "root", Bars.Role)]
    [InlineData("ana", "oscar ines ivo", "oscar", Bars.Tie), InlineData("ana", "oscar ines ivo", "olga", null)]
    // Also of one that bars already, where a competition asks for more than its declarer's word; but says nothing against it.
    [InlineData("ana", "ivo", "oscar", null), InlineData("ana", "ivo", "vera", Bars.Role), InlineData("ana", "ivo", "ivo", Bars.Role)]
    public void An_overseer_says_whether_it_is_so(string by, string with, string who, string? code)
    {
        var (staff, number) = (Staff.Agency(), 0);
        foreach (var other in with.Split(' ')) staff = staff.Tie(by, other, TieKind.Associate, ++number);
        var register = staff.ToRegister();
        var facts = new TieFacts(register.Ties[Staff.Id($"tie {number} of {by} and ivo")], Of(who, register), register, Now);
        Assert.Equal(code, Code(EndTie.DecideConfirmation(new EndTie.Confirmation(facts.Tie!.Id, true, CaseHouse.Reason), facts)));
        if (code is null) Assert.Equal(register.Counts(facts.Tie) ? EndTie.Counts : ConductTexts.ReasonMissing, Code(EndTie.DecideConfirmation(new EndTie.Confirmation(facts.Tie.Id, false, " "), facts)));
    }

    [Theory]
    // Whoever declared it, and who watches over it; the other of the two is told nothing, whatever their post.
    [InlineData("ana", "ben", "ana", true, true, false), InlineData("ana", "ben", "ben", false, false, false), InlineData("ana", "ben", "chief", false, false, false)]
    [InlineData("ana", "ben", "ines", true, false, true), InlineData("ana", "ben", "vera", true, false, true), InlineData("ana", "ben", "oscar", true, false, false)]
    [InlineData("ana", "ben", "root", false, false, false), InlineData("ana", "ben", "maria", false, false, false), InlineData("ana", "ben", "carla", false, false, false)]
    [InlineData("ana", "ines", "ines", false, false, false), InlineData("ana", "ines", "ivo", true, false, true)]
    // A commander's and integrity's own.
    [InlineData("chief", "ben", "ines", true, false, false), InlineData("chief", "ben", "oscar", true, false, true), InlineData("ines", "ben", "ivo", true, false, false), InlineData("ines", "ben", "oscar", true, false, true)]
    [InlineData("ines", "ben", "ines", true, true, false), InlineData("vera", "oscar", "oscar", false, false, false), InlineData("vera", "oscar", "olga", true, false, true)]
    public void Who_may_see_a_tie_ask_for_its_end_and_confirm_it(string by, string other, string who, bool sees, bool asks, bool answers)
    {
        var register = Staff.Agency().Tie(by, other, TieKind.Associate).ToRegister();
        bool May(TieAction action) => TieAccess.Refuses(action, register.Ties.Values.Single(), Of(who, register), register, Now) is null;
        Assert.Equal((sees, asks, answers), (May(TieAction.View), May(TieAction.AskEnd), May(TieAction.Answer)));
        Assert.Equal(Bars.Role, TieAccess.Refuses(TieAction.View, null, Of(who, register), register, Now)?.Code);
    }

    [Fact]
    public void Nobody_ends_one_alone_and_until_it_is_confirmed_it_bars()
    {
        var register = Staff.Agency().Tie("ana", "ben", TieKind.Business).ToRegister();
        var tie = register.Ties.Values.Single();
        TieFacts Facts(string who, Tie t) => new(t, Of(who, register), register, Now);
        string? Ask(string who, Tie t, string? reason = CaseHouse.Reason) => Code(EndTie.Decide(new EndTie.Command(t.Id, reason), Facts(who, t)));
        string? Answer(string who, Tie t, string? reason = CaseHouse.Reason) => Code(EndTie.DecideAnswer(new EndTie.Answer(t.Id, true, reason), Facts(who, t)));
        var asked = tie with { EndReason = "The firm was sold." };
        Assert.Equal((EndTie.NotAsked, Bars.Self), (Answer("ines", tie), Answer("ana", tie)));
        Assert.Equal((null, ConductTexts.ReasonMissing, EndTie.Asked, Bars.Role), (Ask("ana", tie), Ask("ana", tie, " "), Ask("ana", asked), Ask("ben", tie)));
        Assert.Equal((null, ConductTexts.ReasonTooShort, Bars.Self), (Answer("ines", asked), Answer("ines", asked, "Yes."), Answer("ana", asked)));
        Assert.Equal((EndTie.Ended, EndTie.Ended), (Ask("ana", asked with { Until = Now }), Answer("ines", asked with { Until = Now })));
        // Who is close to either of the two does not confirm it.
        var closer = Staff.Agency().Tie("ana", "ben", TieKind.Business).Tie("ines", "ben", TieKind.Blood, 2).ToRegister();
        Assert.Equal(Bars.Kin, TieAccess.Refuses(TieAction.Answer, closer.Ties.Values.Single(t => t.By == Staff.Id("ana")), Of("ines", closer), closer, Now)?.Code);
    }

    [Fact]
    public async Task A_tie_that_is_declared_while_somebody_decides_is_not_missed()
    {
        await using var house = await CaseHouse.CreateAsync();
        Assert.IsType<Outcome.Done>(await house.Get<DeclareGift>().HandleAsync(Staff.Id("ana"), GiftDecideTests.Watch(Staff.Id("gift")), CaseHouse.Cancel));
        var (clerk, registers, decided) = (house.Get<Clerk>(), house.Get<IRegister>(), 0);
        var outcome = await clerk.FileAsync(new ActorId(Staff.Id("ines")), new StreamId(Staff.Id("gift")), "conduct.ReviewGift", async session =>
        {
            var register = await registers.ReadAsync(session, CaseHouse.Cancel);
            var facts = new GiftFacts(await session.FoldAsync<Gift>(new StreamId(Staff.Id("gift"))), Actor.From(register, Staff.Id("ines"), house.Time.Now), register, house.Time.Now);
            var decision = ReviewGift.Decide(new ReviewGift.Command(Staff.Id("gift"), GiftMeasure.Declined, CaseHouse.Reason), facts);
            // Between the reading and the append the declarer says whose sister they are.
            if (decided++ == 0)
            {
                Assert.IsType<Decision.Accepted>(decision);
                Assert.IsType<Outcome.Done>(await house.Get<DeclareTie>().HandleAsync(Staff.Id("ana"), new DeclareTie.Command(Guid.NewGuid(), Staff.Id("ines"), TieKind.Blood, 2), CaseHouse.Cancel));
            }

            return decision;
        }, cancel: CaseHouse.Cancel);
        Assert.Equal((2, Bars.Kin), (decided, Assert.IsType<Outcome.Refused>(outcome).Refusal.Code));
        Assert.DoesNotContain(await house.EventsAsync(new StreamId(Staff.Id("gift"))), e => e.Event is GiftReviewed);
    }

    [Fact]
    public async Task What_is_declared_again_under_its_key_with_other_content_is_refused()
    {
        await using var house = await CaseHouse.CreateAsync();
        async Task<string> Of(Task<Outcome> sent) => await sent is Outcome.Refused refused ? refused.Refusal.Code : "";
        var tie = new DeclareTie.Command(Guid.NewGuid(), Staff.Id("ben"), TieKind.Blood, 2);
        Task<string> Tie(DeclareTie.Command command) => Of(house.Get<DeclareTie>().HandleAsync(Staff.Id("ana"), command, CaseHouse.Cancel));
        Assert.Equal(["", "", ConductTexts.RecordedOtherwise, ConductTexts.RecordedOtherwise, ConductTexts.RecordedOtherwise],
            [await Tie(tie), await Tie(tie), await Tie(tie with { Other = Staff.Id("carla") }), await Tie(tie with { Degree = 1 }), await Tie(tie with { Kind = TieKind.Business })]);
        var gift = GiftDecideTests.Watch(Guid.NewGuid());
        Task<string> Give(DeclareGift.Command command) => Of(house.Get<DeclareGift>().HandleAsync(Staff.Id("ana"), command, CaseHouse.Cancel));
        Assert.Equal(["", "", ConductTexts.RecordedOtherwise, ConductTexts.RecordedOtherwise], [await Give(gift), await Give(gift), await Give(gift with { Value = 1 }), await Give(gift with { Handling = GiftHandling.Kept })]);
        var interest = new DeclareInterest.Command(Guid.NewGuid(), InterestKind.Financial, "Navegante Muestra Lda", "A tenth of its shares.");
        var work = new DeclareInterest.Work(Guid.NewGuid(), "Escuela Ficticia", "Teaches sailing.", 4, 120.50m, "USD", new DateOnly(2026, 12, 31));
        Task<string> Declare(DeclareInterest.Command command) => Of(house.Get<DeclareInterest>().HandleAsync(Staff.Id("ana"), command, CaseHouse.Cancel));
        Task<string> Works(DeclareInterest.Work command) => Of(house.Get<DeclareInterest>().HandleAsync(Staff.Id("ana"), command, CaseHouse.Cancel));
        Assert.Equal(["", "", ConductTexts.RecordedOtherwise], [await Declare(interest), await Declare(interest), await Declare(interest with { Subject = "Somebody else" })]);
        Assert.Equal(["", "", ConductTexts.RecordedOtherwise, ConductTexts.RecordedOtherwise], [await Works(work), await Works(work), await Works(work with { Hours = 5 }), await Declare(interest with { Key = work.Key })]);
    }

    [Fact]
    public async Task Kin_of_whom_a_case_names_are_not_drawn_and_neither_sees_why()
    {
        await using var house = await CaseHouse.CreateAsync();
        Assert.IsType<Outcome.Done>(await house.Get<DeclareTie>().HandleAsync(Staff.Id("pedro"), new DeclareTie.Command(Guid.NewGuid(), Staff.Id("igor"), TieKind.Affinity, 1), CaseHouse.Cancel));
        var id = await house.OpenAsync(parties: new Party(PartyRole.Subject, "pedro", Staff.Id("pedro")));
        Assert.Contains(await house.EventsAsync(new StreamId(id)), e => e.Event is NobodyEligible or DrawHeld);
        Assert.Null((await house.CaseAsync(id)).Handler);
        // What was declared lies with who declared it.
        var entry = (await house.EventsAsync(Register.Stream)).Single(e => e.Event is TieDeclared);
        Assert.Equal(Compartments.OfPerson(Staff.Id("pedro")), entry.Compartment);
    }
}
