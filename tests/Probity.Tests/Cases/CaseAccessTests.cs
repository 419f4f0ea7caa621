using Probity.Access.Contract;
using Probity.Cases;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Tests.Cases;

public sealed class CaseAccessTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly Guid Person = Staff.Id("somebody");

    // V view, R request a draw, P propose a seat, A approve a seat, G give access, S record a step, E enter a stage,
    // D decide, C propose the closing, X approve the closing; B open it without being assigned, J judge such an opening, O see who opened it,
    // L ask to lift a wall, K lift it, N name people, W end such a name, H charge, I disclose; of the court's part U see it, T record in it; what becomes of exhibits:
    // F order it for the court, M confirm that as the judge, Y propose it where no court has the case, Z sign that; Q set a declared interest aside as a false alarm. What is not written is denied.
    static readonly Dictionary<CaseAction, char> Letters = new()
    {
        [CaseAction.View] = 'V', [CaseAction.RequestAssignment] = 'R', [CaseAction.ProposeAssignment] = 'P',
        [CaseAction.ApproveAssignment] = 'A', [CaseAction.GiveAccess] = 'G', [CaseAction.RecordStep] = 'S',
        [CaseAction.EnterStage] = 'E', [CaseAction.Decide] = 'D', [CaseAction.ProposeClosing] = 'C', [CaseAction.ApproveClosing] = 'X',
        [CaseAction.BreakGlass] = 'B', [CaseAction.ReviewGlass] = 'J', [CaseAction.SeeReadings] = 'O', [CaseAction.LiftWall] = 'L',
        [CaseAction.ApproveLift] = 'K', [CaseAction.NameParties] = 'N', [CaseAction.EndParty] = 'W', [CaseAction.Charge] = 'H', [CaseAction.Disclose] = 'I',
        [CaseAction.ViewCourt] = 'U', [CaseAction.RecordCourt] = 'T', [CaseAction.OrderExhibits] = 'F', [CaseAction.ConfirmOrder] = 'M', [CaseAction.ProposeOrder] = 'Y', [CaseAction.SignOrder] = 'Z',
        [CaseAction.SetMatchAside] = 'Q',
    };

    //                      none      own unit  opener    named     prosecutor's seat  handler's seat  opened without being assigned
    [Theory]
    [InlineData("Commander",     "B", "VRPGXBO", "VB", "VB", "B", "VB", "VB")]
    [InlineData("Officer",       "B", "B", "VB", "VSB", "B", "VPGSECNWB", "VB")]
    [InlineData("Custodian",     "B", "B", "B", "VSB", "B", "B", "VB")]
    [InlineData("Prosecutor",    "B", "B", "B", "VB", "VPEDCNWBHIY", "B", "VB")]
    [InlineData("Vetting",       "", "", "", "", "", "", "")]
    [InlineData("Integrity",     "VRPAGXJOLKNWZQ", "VRPAGXJOLKNWZQ", "VRPAGXJOLKNWZQ", "VRPAGXJOLKNWZQ", "VRPGJOLKNWQ", "VRPGJOLKNWQ", "VRPAGXJOLKNWZQ")]
    [InlineData("Investigator",  "B", "B", "B", "VB", "B", "VPGSECNWB", "VB")]
    [InlineData("Overseer",      "VRAXJOLKNWZQ", "VRAXJOLKNWZQ", "VRAXJOLKNWZQ", "VRAXJOLKNWZQ", "VRJOLKNWQ", "VRJOLKNWQ", "VRAXJOLKNWZQ")]
    [InlineData("Monitor",       "", "", "", "", "", "", "")]
    [InlineData("Secretariat",   "", "", "", "", "", "", "")]
    [InlineData("Analyst",       "", "", "", "", "", "", "")]
    [InlineData("Administrator", "", "", "", "", "", "", "")]
    [InlineData("Judge",         "", "", "", "", "", "", "")]
    [InlineData("Registry",      "", "", "", "", "", "", "")]
    public void Each_role_may_in_each_relation_what_stands_here_and_nothing_else(
        string role, string none, string unit, string opener, string named, string prosecutor, string handler, string glass)
    {
        var post = Enum.Parse<Role>(role);
        Check(post, "port", none, c => c);
        Check(post, "narcotics", unit, c => c);
        Check(post, "port", opener, c => c with { OpenedBy = Person });
        Check(post, "port", named, c => c with { Named = [Person] });
        Check(post, "port", prosecutor, c => Sit(c, Seat.Prosecutor));
        Check(post, "port", handler, c => Sit(c, Seat.Handler));
        Check(post, "port", glass, c => c with { Glasses = [new Glass(Staff.Id("glass"), Person, Now.AddHours(-1), Now.AddHours(11), "")] });
        Check(post, "port", none, c => c with { Glasses = [new Glass(Staff.Id("glass"), Person, Now.AddHours(-12), Now, "")] });
        Check(post, "port", none, c => c with { Glasses = [new Glass(Staff.Id("glass"), Staff.Id("other"), Now.AddHours(-1), Now.AddHours(11), "")] });
    }

    // Who sees what of a case that is before a court, and of one that is not yet.
    //                      none   its judge  own unit  opener  named  prosecutor's  handler's  opened without being assigned
    [Theory]
    [InlineData("Judge",         "", "UFM", "", "", "", "", "", "")]
    // Who ever worked the case orders nothing about its exhibits from the registry.
    [InlineData("Registry",      "UTF", "UTF", "UTF", "UT", "UTF", "UT", "UT", "UTF")]
    [InlineData("Prosecutor",    "", "", "", "", "", "U", "", "")]
    [InlineData("Officer",       "", "", "", "", "", "", "U", "")]
    [InlineData("Investigator",  "", "", "", "", "", "", "U", "")]
    [InlineData("Integrity",     "U", "U", "U", "U", "U", "U", "U", "U")]
    [InlineData("Overseer",      "U", "U", "U", "U", "U", "U", "U", "U")]
    [InlineData("Commander",     "", "", "", "", "", "", "", "")]
    [InlineData("Custodian",     "", "", "", "", "", "", "", "")]
    [InlineData("Vetting",       "", "", "", "", "", "", "", "")]
    [InlineData("Monitor",       "", "", "", "", "", "", "", "")]
    [InlineData("Secretariat",   "", "", "", "", "", "", "", "")]
    [InlineData("Analyst",       "", "", "", "", "", "", "", "")]
    [InlineData("Administrator", "", "", "", "", "", "", "", "")]
    public void The_court_sees_its_part_and_records_in_it_once_the_case_is_before_it(
        string role, string none, string judge, string unit, string opener, string named, string prosecutor, string handler, string glass)
    {
        var (post, court) = (Enum.Parse<Role>(role), new[] { CaseAction.ViewCourt, CaseAction.RecordCourt, CaseAction.OrderExhibits, CaseAction.ConfirmOrder });
        foreach (var stage in Enum.GetValues<Stage>())
        {
            void See(string unitOf, string expected, Func<Case, Case> relation) =>
                Check(post, unitOf, stage < Stage.Adjudicate ? "" : expected, c => relation(c) with { Stage = stage }, court);
            See("port", none, c => c);
            See("port", judge, c => c with { Court = c.Court with { Judge = new JudgeOf("Somebody", Person, AssignedHow.Random, null, Now) } });
            See("narcotics", unit, c => c);
            See("port", opener, c => c with { OpenedBy = Person });
            See("port", named, c => c with { Named = [Person] });
            See("port", prosecutor, c => Sit(c, Seat.Prosecutor));
            See("port", handler, c => Sit(c, Seat.Handler));
            See("port", glass, c => c with { Glasses = [new Glass(Staff.Id("glass"), Person, Now, Now.AddHours(12), "")] });
            Check(post, "port", "", c => c with { Stage = stage, Parties = [new Party(PartyRole.Subject, "X", Person)] }, court);
        }
    }

    [Theory]
    [InlineData("Commander"), InlineData("Officer"), InlineData("Custodian"), InlineData("Prosecutor"), InlineData("Integrity"), InlineData("Investigator"), InlineData("Overseer")]
    public void Whoever_declared_a_conflict_may_nothing_whatever_they_are_to_the_case(string role)
    {
        foreach (var relation in new Func<Case, Case>[]
        {
            c => c, c => c with { OpenedBy = Person }, c => c with { Named = [Person] }, c => Sit(c, Seat.Handler), c => Sit(c, Seat.Prosecutor),
            c => c with { Glasses = [new Glass(Staff.Id("glass"), Person, Now, Now.AddHours(12), "")] },
        })
        {
            Check(Enum.Parse<Role>(role), "narcotics", "", c => relation(c) with { Walls = c.Walls.Add(Person, new Wall(ConflictKind.Kin, Now)) });
        }
    }

    [Fact]
    public void A_commander_of_the_unit_keeps_that_whatever_else_they_are_but_never_approves_what_they_sat_in()
    {
        Check(Role.Commander, "narcotics", "VRPGXBO", c => c with { OpenedBy = Person });
        Check(Role.Commander, "narcotics", "VRPGXBO", c => c with { Named = [Person] });
        Check(Role.Commander, "narcotics", "VRPGBO", c => Sit(c, Seat.Handler));
        Check(Role.Commander, "agency", "VRPGXBO", c => c);
    }

    [Theory]
    [InlineData("ines", true), InlineData("oscar", true), InlineData("ivo", false)]
    public void Whoever_proposed_a_seat_or_would_sit_in_it_does_not_approve_it(string person, bool barred)
    {
        var register = Staff.Agency().ToRegister();
        var @case = Existing() with
        {
            SeatProposals = Case.Initial.SeatProposals.Add(Seat.Handler, new SeatProposal(Staff.Id("oscar"), "", Staff.Id("ines"))),
        };
        var refusal = CaseAccess.Refuses(CaseAction.ApproveAssignment, Actor.From(register, Staff.Id(person), Now), @case, register, Now);
        Assert.Equal(barred ? Bars.EarlierRole : null, refusal?.Code);
        if (refusal is not null) Assert.Equal([Staff.Id("ivo")], refusal.Reroute!.People);
    }

    [Fact]
    public void Whoever_proposed_the_closing_does_not_approve_it()
    {
        var register = Staff.Agency().ToRegister();
        var @case = Existing() with { Closing = new ClosingProposal(CaseOutcome.NoFurtherAction, "", Staff.Id("ines")) };
        Assert.Equal(Bars.EarlierRole, CaseAccess.Refuses(
            CaseAction.ApproveClosing, Actor.From(register, Staff.Id("ines"), Now), @case, register, Now)?.Code);
        Assert.Null(CaseAccess.Refuses(CaseAction.ApproveClosing, Actor.From(register, Staff.Id("ivo"), Now), @case, register, Now));
    }

    [Fact]
    public void Somebody_without_a_post_may_nothing_though_they_sit_in_the_case()
    {
        var register = new Staff().Unit("agency", "AGE").Unit("narcotics", "NAR", "agency")
            .Post("somebody", "narcotics", Role.Officer, until: Now.AddDays(-1)).ToRegister();
        foreach (var action in Letters.Keys)
            Assert.Equal(Bars.Role, CaseAccess.Refuses(action, Actor.From(register, Person, Now), Sit(Existing(), Seat.Handler), register, Now)?.Code);
    }

    // Two people over and under each other, in posts that ended so many months ago.
    [Theory]
    [InlineData("self", -1, Bars.Self)]
    [InlineData("superior", 0, Bars.Superior), InlineData("subordinate", 0, Bars.Subordinate)]
    [InlineData("superior", 23, Bars.Superior), InlineData("subordinate", 23, Bars.Subordinate)]
    [InlineData("superior", 25, null), InlineData("subordinate", 25, null)]
    [InlineData("colleague", 0, null)]
    public void The_guard_bars_self_and_the_line_of_command_for_24_months(string relation, int monthsAgo, string? bar)
    {
        var until = monthsAgo > 0 ? Now.AddMonths(-monthsAgo) : default(DateTimeOffset?);
        var staff = new Staff().Unit("agency", "AGE").Unit("elsewhere", "ELS")
            .Post("top", "agency", Role.Commander, until: relation == "colleague" ? null : until)
            .Post("middle", "agency", Role.Officer, "top").Post("low", "agency", Role.Officer, "middle", until: until)
            .Post("peer", "agency", Role.Officer, "middle");
        var (person, party) = relation switch
        {
            "self" => ("low", "low"),
            "superior" => ("top", "low"),
            "subordinate" => ("low", "top"),
            _ => ("low", "peer"),
        };
        Assert.Equal(bar, Recusal.Between(Staff.Id(person), [Staff.Id(party)], staff.ToRegister(), Now));
    }

    [Fact]
    public void Who_took_over_a_post_at_the_moment_another_left_was_never_under_them()
    {
        var change = Now.AddMonths(-3);
        var register = new Staff().Unit("agency", "AGE").Post("old chief", "agency", Role.Commander, until: change)
            .Post("new officer", "agency", Role.Officer, "old chief", from: change).ToRegister();
        Assert.Null(Recusal.Between(Staff.Id("new officer"), [Staff.Id("old chief")], register, Now));
    }

    [Fact]
    public void The_guard_holds_whatever_the_role()
    {
        var register = Staff.Agency().ToRegister();
        var @case = Existing() with { Parties = [new Party(PartyRole.Witness, "Ines", Staff.Id("ines"))] };
        Assert.Equal(Bars.Self, CaseAccess.Refuses(CaseAction.ApproveClosing, Actor.From(register, Staff.Id("ines"), Now), @case, register, Now)?.Code);
        Assert.Null(CaseAccess.Refuses(CaseAction.ApproveClosing, Actor.From(register, Staff.Id("ivo"), Now), @case, register, Now));
    }

    // Or whoever opens a case could blind those who watch over it by naming them.
    [Theory]
    [InlineData("Subject", "ines", Bars.Self), InlineData("Subject", "chief", Bars.Superior)]
    [InlineData("Witness", "ines", null), InlineData("Witness", "chief", null), InlineData("Victim", "chief", null)]
    public void Suspicion_bars_from_seeing_and_having_seen_only_from_deciding(string part, string person, string? bar)
    {
        var (register, role) = (Staff.Agency().ToRegister(), Enum.Parse<PartyRole>(part));
        var @case = Existing() with { Parties = [new Party(role, "Ines", Staff.Id("ines")), new Party(role, "Ana", Staff.Id("ana"))] };
        Assert.Equal(bar, CaseAccess.Refuses(CaseAction.View, Actor.From(register, Staff.Id(person), Now), @case, register, Now)?.Code);
        Assert.NotNull(CaseAccess.Refuses(CaseAction.ApproveClosing, Actor.From(register, Staff.Id(person), Now), @case, register, Now));
    }

    [Theory]
    [InlineData("Overseer", true), InlineData("Integrity", false), InlineData("Prosecutor", false), InlineData("Judge", false), InlineData("Commander", false), InlineData("Officer", false), InlineData("Custodian", false), InlineData("Administrator", false)]
    public void Where_the_registry_has_nobody_the_overseer_alone_writes_down_what_the_court_decided(string role, bool may)
    {
        var staff = new Staff().Unit("agency", "AGE").Unit("narcotics", "NAR", "agency").Post("somebody", "agency", Enum.Parse<Role>(role)).Unit("court", "COU");
        var (without, with) = (staff.ToRegister(), staff.Post("rita", "court", Role.Registry).ToRegister());
        var @case = Existing() with { Stage = Stage.Adjudicate };
        foreach (var action in (CaseAction[])[CaseAction.RecordCourt, CaseAction.OrderExhibits])
        {
            Refusal? Refuses(Case of, Register register) => CaseAccess.Refuses(action, Actor.From(register, Person, Now), of, register, Now);
            Assert.Equal(may, Refuses(@case, without) is null);
            Assert.NotNull(Refuses(@case with { Stage = Stage.Prosecute }, without));
            Assert.NotNull(Refuses(Sit(@case, Seat.Handler), without));
            Assert.NotNull(Refuses(@case with { Walls = @case.Walls.Add(Person, new Wall(ConflictKind.Kin, Now)) }, without));
            Assert.Equal([Staff.Id("rita")], Refuses(@case, with)!.Reroute!.People);
        }
    }

    static Case Existing() => Case.Initial with { Version = 1, Id = Staff.Id("case"), Unit = Staff.Id("narcotics"), OpenedBy = Staff.Id("other") };

    static Case Sit(Case c, Seat seat) => c with { Seats = c.Seats.SetItem(seat, Person), EverSeated = c.EverSeated.Add(Person) };

    static void Check(Role role, string unit, string expected, Func<Case, Case> relation, params CaseAction[] among)
    {
        var register = new Staff().Unit("agency", "AGE").Unit("narcotics", "NAR", "agency").Unit("port", "POR", "agency")
            .Post("somebody", unit, role).Unit("court", "COU").Post("rita", "court", Role.Registry).ToRegister();
        var @case = relation(Existing());
        foreach (var (action, letter) in Letters.Where(l => among.Length == 0 || among.Contains(l.Key)))
        {
            var refusal = CaseAccess.Refuses(action, Actor.From(register, Person, Now), @case, register, Now);
            Assert.True(expected.Contains(letter) == (refusal is null), $"{role} in {unit}, {action}: {refusal?.Code ?? "allowed"}");
        }

        Assert.NotNull(CaseAccess.Refuses(CaseAction.View, Actor.From(register, Person, Now), Case.Initial, register, Now));
    }
}
