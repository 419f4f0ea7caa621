using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Exhibits;

public sealed class ExhibitAccessTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly Guid Person = Staff.Id("somebody");
    static readonly Guid Other = Staff.Id("ana");

    // V view, O read its story, S seize, W weigh, R reseal, H hand over, T take, C countersign, P photograph, M move, A answer a discrepancy, D settle it,
    // K take a sample, L report an analysis, Y review it, X destroy, Z witness that, B give back, F forfeit, J print the court's bundle, U say that a half counts no longer.
    static readonly Dictionary<ExhibitAction, char> Letters = new()
    {
        [ExhibitAction.View] = 'V', [ExhibitAction.ReadStory] = 'O', [ExhibitAction.Seize] = 'S', [ExhibitAction.Weigh] = 'W', [ExhibitAction.Reseal] = 'R', [ExhibitAction.HandOver] = 'H',
        [ExhibitAction.Receive] = 'T', [ExhibitAction.Countersign] = 'C', [ExhibitAction.Photograph] = 'P', [ExhibitAction.Move] = 'M',
        [ExhibitAction.AnswerDiscrepancy] = 'A', [ExhibitAction.SettleDiscrepancy] = 'D', [ExhibitAction.Sample] = 'K', [ExhibitAction.Analyse] = 'L',
        [ExhibitAction.ReviewAnalysis] = 'Y', [ExhibitAction.Destroy] = 'X', [ExhibitAction.WitnessDestruction] = 'Z', [ExhibitAction.Return] = 'B', [ExhibitAction.Forfeit] = 'F', [ExhibitAction.MakeBundle] = 'J', [ExhibitAction.Withdraw] = 'U',
    };

    // Who has the code in hand and a post that handles exhibits can sign that they gave or took one; the rest is by what they are to it.
    //                           code only  holder     addressee  had it    reads case  works case  witness  deputy    reads in court
    [Theory]
    [InlineData("Officer",       "HTU", "VWRHTPKU", "VHTU", "VHTU", "VHTU", "SHTPU", "VHTCU", "VHTCU", "HTU")]
    [InlineData("Investigator",  "HTU", "VWRHTPKU", "VHTU", "VHTU", "VHTU", "SHTPU", "VHTCU", "VHTCU", "HTU")]
    [InlineData("Custodian",     "HTU", "VWRHTPMKXBFU", "VHTU", "VHTU", "VHTU", "HTU", "VHTCU", "VHTCU", "HTU")]
    [InlineData("Analyst",       "HTU", "VWRHTPKLU", "VHTU", "VHTU", "VHTU", "HTU", "VHTCU", "VHTCU", "HTU")]
    [InlineData("Prosecutor",    "HTU", "VWRHTPKU", "VHTU", "VHTU", "VOHTFJU", "HTU", "VHTCU", "VHTCU", "HTU")]
    [InlineData("Commander",     "", "VHPU", "V", "V", "V", "", "VC", "VC", "")]
    [InlineData("Integrity",     "", "VHPU", "V", "V", "VOWCAU", "", "VC", "VC", "")]
    [InlineData("Overseer",      "", "VHPU", "V", "V", "VOWCD", "", "VC", "VC", "")]
    [InlineData("Vetting",       "", "VHPU", "V", "V", "V", "", "VC", "VC", "")]
    [InlineData("Monitor",       "", "VHPU", "V", "V", "V", "", "VC", "VC", "")]
    [InlineData("Secretariat",   "", "VHPU", "V", "V", "V", "", "VC", "VC", "")]
    [InlineData("Judge",         "", "VHPU", "V", "V", "V", "", "VC", "VC", "OJ")]
    [InlineData("Registry",      "", "VHPU", "V", "V", "V", "", "VC", "VC", "OJ")]
    [InlineData("Administrator", "", "VHPU", "V", "V", "V", "", "VC", "VC", "")]
    public void Each_role_may_by_each_tie_what_stands_here_and_nothing_else(
        string role, string code, string holder, string addressee, string had, string reads, string works, string witness, string deputy, string court)
    {
        var post = Enum.Parse<Role>(role);
        Check(post, code, f => f);
        Check(post, holder, f => f with { Exhibit = f.Exhibit with { Releases = [Gave(Other, Person)], Receipts = [Took(Other, Person)] } });
        Check(post, addressee, f => f with { Exhibit = f.Exhibit with { Releases = [Gave(Other, Person)] } });
        Check(post, had, f => f with
        {
            Exhibit = f.Exhibit with { Releases = [Gave(Other, Person), Gave(Person, Other)], Receipts = [Took(Other, Person), Took(Person, Other)] },
        });
        Check(post, reads, f => f with { Standing = f.Standing with { Sees = true } });
        Check(post, works, f => f with { Standing = f.Standing with { Steps = null } });
        Check(post, witness, f => f with { Exhibit = Await(f.Exhibit, Person, null) });
        Check(post, court, f => f with { Standing = f.Standing with { SeesCourt = true } });
        Check(post, deputy, f => f with { Exhibit = Await(f.Exhibit, null, "Alone"), Store = Store.Initial with { Deputies = [Person] } });
    }

    [Theory]
    [InlineData("Officer", "SHTU"), InlineData("Investigator", "SHTU"), InlineData("Custodian", "HTU"), InlineData("Analyst", "HTU"), InlineData("Prosecutor", "HTU")]
    [InlineData("Commander", ""), InlineData("Integrity", ""), InlineData("Overseer", ""), InlineData("Vetting", ""), InlineData("Monitor", ""), InlineData("Secretariat", "")]
    [InlineData("Judge", ""), InlineData("Registry", ""), InlineData("Administrator", "")]
    public void Who_opened_the_case_records_what_they_have_found_though_the_lot_gave_it_to_another(string role, string allowed) =>
        Check(Enum.Parse<Role>(role), allowed, f => f with { Standing = f.Standing with { OpenedIt = true } });

    // Who has nothing but its code, by the unit of their post: the exhibit's own, another of its agency, one above it, and one of another body that keeps a
    // place of the store or keeps none. The laboratory works for all.
    [Theory]
    [InlineData("Officer", "HTU", "HTU", "HTU", "", "")]
    [InlineData("Investigator", "HTU", "HTU", "HTU", "", "")]
    [InlineData("Custodian", "HTU", "HTU", "HTU", "HTU", "")]
    [InlineData("Analyst", "HTU", "HTU", "HTU", "HTU", "HTU")]
    [InlineData("Prosecutor", "HTU", "HTU", "HTU", "", "")]
    [InlineData("Commander", "", "", "", "", "")]
    [InlineData("Integrity", "", "", "", "", "")]
    [InlineData("Overseer", "", "", "", "", "")]
    [InlineData("Vetting", "", "", "", "", "")]
    [InlineData("Monitor", "", "", "", "", "")]
    [InlineData("Secretariat", "", "", "", "", "")]
    [InlineData("Judge", "", "", "", "", "")]
    [InlineData("Registry", "", "", "", "", "")]
    [InlineData("Administrator", "", "", "", "", "")]
    public void A_half_comes_first_only_from_those_whose_hands_it_can_come_to(string role, string own, string agency, string above, string keeps, string elsewhere)
    {
        var store = Store.Initial with
        {
            Locations = Store.Initial.Locations.Add(Staff.Id("depot 1"), new(Staff.Id("depot 1"), Staff.Id("prosecution"), "Depot 1", StorageClass.Vault, null, true, true, true, [])),
        };
        string By(string unit) => Allowed(Facts(Enum.Parse<Role>(role), unit) with { Store = store });
        Assert.Equal((own, agency, above, keeps, elsewhere), (By("narcotics"), By("port"), By("agency"), By("prosecution"), By("court")));
        // Once who has it has named them, or they see the case, where they work makes no difference.
        var far = Facts(Enum.Parse<Role>(role), "court");
        var handles = ExhibitAccess.HandlerRoles.Contains(Enum.Parse<Role>(role)) ? "HTU" : "";
        string Halves(ExhibitFacts facts) => string.Concat(Allowed(facts).Where(c => c is 'H' or 'T' or 'U'));
        Assert.Equal(handles, Halves(far with { Exhibit = far.Exhibit with { Releases = [Gave(Other, Person)] } }));
        Assert.Equal(role == "Integrity" ? "U" : handles, Halves(far with { Standing = far.Standing with { Sees = true } }));
        // A release from somebody who never had it names nobody.
        Assert.Equal(elsewhere, Halves(far with { Exhibit = far.Exhibit with { Releases = [Gave(Staff.Id("pedro"), Person)] } }));
    }

    [Fact]
    public void Who_has_the_keys_of_a_place_of_the_store_signs_first_too()
    {
        var facts = Facts(Role.Officer, "court");
        var place = new StorageLocation(Staff.Id("depot 1"), Staff.Id("prosecution"), "Depot 1", StorageClass.Vault, null, true, true, true, [Person]);
        Assert.Equal("", Allowed(facts));
        Assert.Equal("HTU", Allowed(facts with { Store = Store.Initial with { Locations = Store.Initial.Locations.Add(place.Id, place) } }));
    }

    // Who of the integrity office is barred from the case, who had a hand in it, and whose word waits for a second person: whether the overseer answers, and integrity settles.
    [Theory]
    [InlineData("", "", null, false, false), InlineData("ines", "", null, false, false), InlineData("ines ivo", "", null, true, false), InlineData("ines", "ivo", null, true, false)]
    [InlineData("", "ines ivo", null, true, false), InlineData("pedro", "", null, false, false)]
    [InlineData("", "", "oscar", false, true), InlineData("", "", "ivo", false, false)]
    public void What_nobody_of_the_integrity_office_may_answer_is_the_overseers(string barred, string hand, string? said, bool answers, bool settles)
    {
        static Guid[] Ids(string names) => [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Staff.Id)];
        ExhibitFacts As(Role role)
        {
            var facts = Facts(role);
            return facts with { Standing = facts.Standing with { Sees = true, Case = facts.Standing.Case with { Staff = Ids(barred) } }, HadAHand = Ids(hand), SaidBy = said is null ? null : Staff.Id(said) };
        }

        var overseer = As(Role.Overseer);
        Assert.Equal(answers, ExhibitAccess.Refuses(ExhibitAction.AnswerDiscrepancy, overseer) is null);
        Assert.NotNull(ExhibitAccess.Refuses(ExhibitAction.AnswerDiscrepancy, overseer with { Standing = overseer.Standing with { Bar = Bars.Self } }));
        Assert.NotNull(ExhibitAccess.Refuses(ExhibitAction.AnswerDiscrepancy, overseer with { Standing = overseer.Standing with { Sees = false } }));
        foreach (var role in (Role[])[Role.Commander, Role.Prosecutor, Role.Custodian])
            Assert.NotNull(ExhibitAccess.Refuses(ExhibitAction.AnswerDiscrepancy, As(role)));
        Assert.Equal(settles, ExhibitAccess.Refuses(ExhibitAction.SettleDiscrepancy, As(Role.Integrity)) is null);
        // Where to turn are those who may, and nobody else.
        if (!answers) Assert.DoesNotContain(ExhibitAccess.Refuses(ExhibitAction.AnswerDiscrepancy, overseer)!.Reroute!.People, p => Ids(barred).Contains(p) || Ids(hand).Contains(p));
    }

    [Fact]
    public void Nobody_touches_what_is_not_there() => Assert.All(
        Enum.GetValues<ExhibitAction>(), action => Assert.NotNull(ExhibitAccess.Refuses(action, Facts(Role.Officer) with { Exhibit = Exhibit.Initial })));

    [Fact]
    public void Who_is_barred_sees_what_they_have_and_gets_rid_of_it_and_does_nothing_else()
    {
        var facts = Facts(Role.Officer);
        facts = facts with
        {
            Exhibit = facts.Exhibit with { Releases = [Gave(Other, Person)], Receipts = [Took(Other, Person)] },
            Standing = facts.Standing with { Bar = Bars.Self },
        };
        Assert.Equal("VHU", Allowed(facts));
        Assert.Equal(Bars.Self, ExhibitAccess.Refuses(ExhibitAction.Weigh, facts)!.Code);
    }

    [Fact]
    public void Who_had_it_and_became_a_party_since_is_not_told_who_has_it_now()
    {
        var facts = Facts(Role.Officer);
        facts = facts with
        {
            Exhibit = facts.Exhibit with { Releases = [Gave(Other, Person), Gave(Person, Other)], Receipts = [Took(Other, Person), Took(Person, Other)] },
            Standing = facts.Standing with { Bar = Bars.Self },
        };
        Assert.DoesNotContain('V', Allowed(facts));
    }

    [Fact]
    public void A_release_from_somebody_who_never_had_it_makes_nobody_its_addressee()
    {
        var facts = Facts(Role.Commander);
        facts = facts with { Exhibit = facts.Exhibit with { Releases = [Gave(Staff.Id("pedro"), Person)] } };
        Assert.Equal("", Allowed(facts));
    }

    [Theory]
    [InlineData("Analyst", "narcotics", "VHTYU"), InlineData("Analyst", "port", "HTU"), InlineData("Officer", "narcotics", "HTU"), InlineData("Overseer", "narcotics", "")]
    public void Another_analyst_of_the_laboratory_reviews(string role, string unit, string may)
    {
        var register = Staff.Agency().Post("somebody", unit, Enum.Parse<Role>(role)).ToRegister();
        var facts = Facts(Role.Analyst);
        var report = new Analysis(Guid.CreateVersion7(), null, "cocaine-hcl", "GC-MS", Grams.Zero, Other, Now);
        facts = facts with { Actor = Actor.From(register, Person, Now), Register = register, Exhibit = facts.Exhibit with { Analyses = [report] } };
        Assert.Equal(may, Allowed(facts));
        Assert.DoesNotContain('Y', Allowed(facts with { Exhibit = facts.Exhibit with { Analyses = [report with { Analyst = Person }] } }));
        Assert.DoesNotContain('Y', Allowed(facts with { Exhibit = facts.Exhibit with { Analyses = [report with { Stage = AnalysisStage.Reviewed }] } }));
        // Who has reviewed it sees it still.
        Assert.Contains('V', Allowed(facts with { Exhibit = facts.Exhibit with { Analyses = [report with { Stage = AnalysisStage.Reviewed, Reviewer = Person }] } }));
    }

    [Theory]
    [InlineData("Monitor", "VZ"), InlineData("Vetting", "VZ"), InlineData("Officer", "VHTZU")]
    public void A_named_witness_of_a_destruction_sees_it_and_signs(string role, string may)
    {
        var facts = Facts(Enum.Parse<Role>(role));
        var order = new DestructionProposed(Guid.CreateVersion7(), "Court", new DateOnly(2026, 3, 2), "Kiln", "Fire", [Person, Other]);
        Assert.Equal(may, Allowed(facts with { Exhibit = facts.Exhibit with { Destruction = new(order, Other, Now) } }));
    }

    [Fact]
    public void What_is_gone_is_not_touched()
    {
        var facts = Facts(Role.Custodian);
        facts = facts with { Exhibit = facts.Exhibit with { Releases = [Gave(Other, Person)], Receipts = [Took(Other, Person)], End = ExhibitStatus.Destroyed } };
        Assert.Equal("VHTPXBU", Allowed(facts));
        Assert.Equal(ExhibitAccess.Gone, ExhibitAccess.Refuses(ExhibitAction.Weigh, facts)!.Code);
    }

    static void Check(Role role, string expected, Func<ExhibitFacts, ExhibitFacts> change) => Assert.Equal(expected, Allowed(change(Facts(role))));

    static string Allowed(ExhibitFacts facts) =>
        string.Concat(Letters.Where(l => ExhibitAccess.Refuses(l.Key, facts) is null).Select(l => l.Value));

    static ExhibitFacts Facts(Role role, string unit = "port")
    {
        var register = Staff.Agency().Post("somebody", unit, role).ToRegister();
        var file = new CaseFile(Staff.Id("case"), "NAR-2026-0001", true, false, false, [], [], [], null);
        var exhibit = Exhibit.Initial with
        {
            Id = Staff.Id("exhibit"), Case = file.Id, Unit = Staff.Id("narcotics"), Version = 1, Seizer = Other, Number = "NAR-2026-0001-E01", Packages = [new(1, "S-1")],
        };
        return new ExhibitFacts(
            exhibit, new CaseStanding(file, Staff.Id("narcotics"), Now, false, new Refusal(Bars.Role), null), Actor.From(register, Person, Now), register, Store.Initial, Now);
    }

    static Exhibit Await(Exhibit exhibit, Guid? witness, string? alone)
    {
        var act = Guid.CreateVersion7();
        return exhibit with { Acts = exhibit.Acts.Add(act, new WitnessedAct(act, Other, Now, witness, alone)) };
    }

    static Release Gave(Guid from, Guid to) => new(
        Guid.CreateVersion7(), Guid.CreateVersion7(), from, to, Now, Now, [], false, Purpose.Store, null, null);

    static Receipt Took(Guid from, Guid to) => new(Guid.CreateVersion7(), Guid.CreateVersion7(), from, to, Now, Now, [], false, null, null);
}
