using System.Security.Cryptography;
using System.Text;
using Probity.Access.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Matters;
using Probity.Sealing;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Reports.Matters;

/// <summary>What is decided about matters, without any store.</summary>
public sealed class MatterDecideTests
{
    static readonly string[] s_everybody =
    [
        "chief", "ana", "keeper", "port chief", "pedro", "paula", "ines", "ivo", "oscar", "olga", "vera", "igor", "maria", "sara", "root", "judith", "rita",
    ];

    static Guid Id(string name) => MatterHouse.Id(name);

    static string Allowed(MatterHouse house, MatterAction action) => string.Join(' ', s_everybody.Where(who => MatterAccess.Refuses(action, house.As(who)) is null));

    [Fact]
    public void Only_whoever_opened_it_looks_into_it_or_was_named_has_to_do_with_a_matter()
    {
        var house = new MatterHouse();
        Assert.Equal("ines ivo oscar olga", Allowed(house, MatterAction.Open));
        // Of one that is not there nobody sees anything.
        foreach (var action in Enum.GetValues<MatterAction>().Where(a => a != MatterAction.Open)) Assert.Equal("", Allowed(house, action));

        house.Opened();
        Assert.Equal(("ines ivo oscar igor", "ines igor", "igor", "", "ines ivo oscar"),
            (Allowed(house, MatterAction.View), Allowed(house, MatterAction.Allege), Allowed(house, MatterAction.State), Allowed(house, MatterAction.Answer), Allowed(house, MatterAction.Give)));
        house.State("igor");
        Assert.Equal("ivo oscar", Allowed(house, MatterAction.Answer));
        house.Answer("oscar");
        Assert.Equal(("ines ivo oscar igor", ""), (Allowed(house, MatterAction.View), Allowed(house, MatterAction.Answer)));

        // Another body's finding is written down by who opened it, and confirmed by somebody else.
        var body = new MatterHouse();
        body.Open("ines", investigator: null, body: "Judicial police", people: ["ivo", "oscar"]);
        Assert.Equal(("ines ivo oscar", "ines"), (Allowed(body, MatterAction.View), Allowed(body, MatterAction.State)));
        body.State("ines");
        Assert.Equal("ivo oscar", Allowed(body, MatterAction.Answer));
    }

    [Fact]
    public void Whoever_is_accused_tied_above_or_of_the_unit_has_no_part_whatever_their_role()
    {
        var house = new MatterHouse().Opened();
        var staff = Staff.Agency();
        house.Register = staff.Tie("ivo", "ana", TieKind.Blood).ToRegister();
        Assert.Equal("ines oscar igor", Allowed(house, MatterAction.View));
        // Named later, they lose sight of it; who names somebody tied to themselves cannot.
        house.Register = Staff.Agency().Tie("igor", "pedro", TieKind.Business).ToRegister();
        Assert.Equal(("recusal.tie", nameof(AllegationMade)), (house.Allege("igor", MatterHouse.Accuses("pedro")), house.Allege("ines", MatterHouse.Accuses("pedro"))));
        Assert.Equal(("ines ivo oscar", true), (Allowed(house, MatterAction.View), MatterAccess.IsOrphan(house.As("ines"))));
        Assert.Equal(Bars.Self, house.Allege("ines", MatterHouse.Accuses("ines")));
        // Of a unit: whoever is of it, and whoever stands over it.
        Assert.Equal(nameof(AllegationMade), house.Allege("ines", MatterHouse.Accuses(null, "port")));
        Assert.Equal(Bars.Declared, house.Allege("ines", MatterHouse.Accuses(null, "agency")));
        Assert.NotNull(MatterAccess.Bar(Id("port chief"), [], [Id("port")], house.Register, house.Now));
        Assert.Null(MatterAccess.Bar(Id("oscar"), [], [Id("port")], house.Register, house.Now));
    }

    [Fact]
    public void No_allegation_takes_the_matter_from_those_who_see_it()
    {
        // ben is tied to the overseer, ivo is named himself, carla is tied to the opener, the whole agency has all of them.
        var house = new MatterHouse { Register = Staff.Agency().Tie("oscar", "ben", TieKind.Blood).Tie("ines", "carla", TieKind.Business).ToRegister() }.Opened();
        var before = house.Filed.Count;
        foreach (var accusation in (Accusation[])[MatterHouse.Accuses("ben"), MatterHouse.Accuses("oscar"), MatterHouse.Accuses("ivo"), MatterHouse.Accuses("ines"), MatterHouse.Accuses("carla")])
            Assert.Equal(AddAllegation.Another, house.Allege("igor", accusation));
        Assert.Equal(AddAllegation.Another, house.Allege("ines", MatterHouse.Accuses("ben")));
        Assert.Equal(("ines ivo oscar igor", before), (Allowed(house, MatterAction.View), house.Filed.Count));
        // A tie that whoever is accused declares takes it from none of those who have to do with it; from others it is kept as ever.
        house.Register = Staff.Agency().Tie("ana", "oscar", TieKind.Blood).Tie("ana", "igor", TieKind.Blood).Tie("ana", "olga", TieKind.Blood).ToRegister();
        Assert.Equal(("ines ivo oscar igor", Bars.Kin), (Allowed(house, MatterAction.View), MatterAccess.Bar(Id("igor"), [Id("ana")], [], house.Register, house.Now)));
        // Who is barred by a tie that came later loses nothing more.
        house.Register = Staff.Agency().Tie("oscar", "ana", TieKind.Blood).ToRegister();
        Assert.Equal(("ines ivo igor", nameof(AllegationMade)), (Allowed(house, MatterAction.View), house.Allege("igor", MatterHouse.Accuses("ana", kind: AllegationKind.Bribery))));
    }

    [Fact]
    public void Where_an_overseer_was_named_no_other_concludes_it_as_long_as_they_may()
    {
        var house = new MatterHouse().Opened();
        house.State("igor", AllegationFinding.Unfounded);
        Assert.Equal((StateFindings.OverseerConfirms, MatterStage.Found), (house.Answer("ivo"), house.Matter.Stage));
        Assert.Equal(nameof(FindingsReturned), house.Answer("ivo", false));
        house.State("igor", AllegationFinding.Unfounded);
        Assert.Equal(nameof(FindingsConfirmed), house.Answer("oscar"));
        // A tie that was declared since takes the overseer out of it: then the others do.
        var alone = new MatterHouse().Opened();
        alone.State("igor");
        alone.Register = Staff.Agency().Tie("oscar", "ana", TieKind.Blood).ToRegister();
        Assert.Equal(nameof(FindingsConfirmed), alone.Answer("ivo"));
    }

    [Fact]
    public void It_is_opened_with_one_who_looks_into_it_and_an_overseer_who_can_confirm_all_of_them_free()
    {
        var house = new MatterHouse { Register = Staff.Agency().Post("ilse", "agency", Role.Investigator).Tie("ilse", "ana", TieKind.Business).ToRegister() };
        Assert.Equal((MatterCandidates.LooksIntoMissing, MatterCandidates.LooksIntoMissing), (house.Open("ines", investigator: null, people: ["oscar"]), house.Open("ines", body: "Judicial police", people: ["oscar"])));
        Assert.Equal((MatterCandidates.NotFree, MatterCandidates.InvestigatorUnfit, MatterCandidates.BodyUnfit),
            (house.Open("ines", investigator: "ilse", people: ["oscar"]), house.Open("ines", investigator: "ben", people: ["oscar"]), house.Open("ines", investigator: null, body: "Po\u202Elice", people: ["oscar"])));
        Assert.Equal((MatterCandidates.PeopleMissing, MatterCandidates.PeopleUnfit, MatterCandidates.PeopleUnfit, MatterCandidates.OverseerMissing),
            (house.Open("ines"), house.Open("ines", people: ["oscar", "ben"]), house.Open("ines", people: ["ines", "oscar"]), house.Open("ines", people: ["ivo"])));
        Assert.Equal((Bars.Role, Bars.Role, Bars.Self), (house.Open("igor", people: ["oscar"]), house.Open("chief", people: ["oscar"]), house.Open("ines", MatterHouse.Accuses("ines"), people: ["oscar"])));
        Assert.Equal((Accusation.OfTwo, Accusation.NobodySuch, Accusation.KindMissing, StaffText.TooShort), (
            house.Open("ines", MatterHouse.Accuses("ana", "port"), people: ["oscar"]), house.Open("ines", MatterHouse.Accuses("nobody"), people: ["oscar"]),
            house.Open("ines", MatterHouse.Accuses(kind: null), people: ["oscar"]), house.Open("ines", MatterHouse.Accuses(words: "Missing."), people: ["oscar"])));
        var today = new DateOnly(2026, 3, 2);
        foreach (var (from, to) in ((DateOnly?, DateOnly?)[])[(today.AddDays(1), null), (today, today.AddDays(-1)), (null, today)])
            Assert.Equal(Accusation.DaysWrong, house.Open("ines", MatterHouse.Accuses(from: from, to: to), people: ["oscar"]));
        Assert.Empty(house.Filed);
        // The overseers opens one too; where every overseer is barred nobody asks for one.
        Assert.Equal("MatterOpened,OriginCommitted,OpeningReasoned,AllegationMade", house.Open("oscar", MatterHouse.Accuses(null), people: ["olga"]));
        Assert.Equal(("", OpenMatter.Already), (house.Open("oscar", people: ["olga"]), house.Open("ines", people: ["oscar"])));
        var alone = new MatterHouse { Register = Staff.Agency().Tie("oscar", "ana", TieKind.Blood).Tie("olga", "ana", TieKind.Blood).ToRegister() };
        Assert.Equal("MatterOpened,OriginCommitted,OpeningReasoned,AllegationMade", alone.Open("ines", people: ["ivo"]));
    }

    [Fact]
    public void No_refusal_tells_of_one_who_is_chosen_whether_they_are_tied()
    {
        // ivo, olga and ilse are tied to ana, as somebody declared; oscar and igor are not.
        var staff = Staff.Agency().Post("ilse", "agency", Role.Investigator);
        var register = staff.Tie("ivo", "ana", TieKind.Blood).Tie("olga", "ana", TieKind.Blood).Tie("ilse", "ana", TieKind.Business).Post("ida", "agency", Role.Integrity).ToRegister();
        var house = new MatterHouse { Register = register };
        // What is missing or wrong is said first, of either alike.
        foreach (var investigator in (string[])["igor", "ilse"])
        {
            Assert.Equal((MatterCandidates.PeopleMissing, MatterCandidates.PeopleUnfit), (house.Open("ines", investigator: investigator), house.Open("ines", investigator: investigator, people: ["ben", "oscar"])));
            foreach (var person in (string[])["ida", "ivo"]) Assert.Equal(MatterCandidates.OverseerMissing, house.Open("ines", investigator: investigator, people: [person]));
        }

        // Beside one who is known to be tied, anybody else gets the same answer.
        foreach (var (investigator, people) in ((string, string[])[])[("igor", ["olga"]), ("ilse", ["olga"]), ("ilse", ["oscar"]), ("igor", ["olga", "oscar"]), ("igor", ["olga", "ivo"]), ("igor", ["ivo", "oscar"])])
            Assert.Equal(MatterCandidates.NotFree, house.Open("ines", investigator: investigator, people: people));
        Assert.Empty(house.Filed);
        house.Open("ines", people: ["oscar"]);
        Assert.Equal((StaffText.Missing, StaffText.Missing), (house.Give("oscar", "igor", reason: " "), house.Give("oscar", "ilse", reason: " ")));
        Assert.Equal(MatterCandidates.NotFree, house.Give("oscar", "ilse"));
    }

    [Fact]
    public void What_was_found_of_each_allegation_counts_once_a_second_confirmed_it()
    {
        var house = new MatterHouse().Opened();
        house.Allege("igor", MatterHouse.Accuses("ben", kind: AllegationKind.Collusion));
        Assert.Equal((StateFindings.FindingMissing, StateFindings.FindingMissing, StaffText.Missing), (house.State("igor", null), house.State("igor", most: 1), house.State("igor", reason: " ")));
        Assert.Equal((nameof(FindingsStated), AddAllegation.Waits, AddAllegation.Waits), (house.State("igor"), house.State("igor"), house.Allege("ines", MatterHouse.Accuses("carla"))));
        Assert.Empty(house.Matter.Outcomes);
        Assert.Equal((Bars.Role, Bars.Role, StateFindings.AgreesMissing, StaffText.Missing), (house.Answer("igor"), house.Answer("ines"), house.Answer("ivo", null), house.Answer("ivo", false, "")));
        Assert.Equal((nameof(FindingsReturned), MatterStage.Open, MatterHouse.Words), (house.Answer("ivo", false), house.Matter.Stage, house.Matter.Returned));
        house.State("igor", AllegationFinding.Unfounded);
        Assert.Equal((nameof(FindingsConfirmed), MatterStage.Concluded), (house.Answer("oscar"), house.Matter.Stage));
        Assert.Equal([AllegationFinding.Unfounded, AllegationFinding.Unfounded], house.Matter.Outcomes);
        Assert.Equal((AddAllegation.Concluded, AddAllegation.Concluded, Bars.Role), (house.Allege("ines", MatterHouse.Accuses("carla")), house.Give("ines", null, "Judicial police"), house.Answer("ivo")));
    }

    [Fact]
    public void Given_to_somebody_else_whoever_had_it_sees_it_no_more_and_never_confirms()
    {
        var house = new MatterHouse { Register = Staff.Agency().Post("ilse", "agency", Role.Investigator).ToRegister() }.Opened();
        house.State("igor");
        Assert.Equal((Bars.Role, MatterCandidates.InvestigatorUnfit, StaffText.Missing), (house.Give("igor", "ilse"), house.Give("oscar", "ivo"), house.Give("oscar", "ilse", reason: null)));
        Assert.Equal((nameof(MatterGiven), MatterStage.Open, "ines ivo oscar"), (house.Give("oscar", "ilse"), house.Matter.Stage, Allowed(house, MatterAction.View)));
        Assert.Null(MatterAccess.Refuses(MatterAction.State, house.As("ilse")));
        // Even with another post: who looked into it does not confirm it.
        house.State("ilse");
        Assert.False(MatterAccess.Refuses(MatterAction.Answer, house.As("igor") with { Actor = Actor.From(house.Register, Id("igor"), house.Now) }) is null);
        Assert.Contains(Id("igor"), house.Matter.Investigators);
    }

    [Fact]
    public void From_a_report_are_offered_its_readers_and_investigators_whom_its_source_did_not_want_kept_from_it()
    {
        var facts = Report(new MustNotSee([], [Id("post of igor")], ["Ivo"]), "ivo", "olga");
        var register = Staff.Agency().Post("ilse", "agency", Role.Investigator).ToRegister();
        var candidates = MatterCandidates.Of(facts with { Register = register });
        Assert.Equal([Id("ilse")], candidates.Investigators);
        Assert.Equal([Id("oscar")], candidates.People);
        Assert.Equal([Id("igor")], MatterCandidates.Of(Report(new MustNotSee([], [], ["Somebody Else"]))).Investigators);
        Assert.Empty(MatterCandidates.Of(Report(new MustNotSee([], [], ["Igor"]))).Investigators);
        var house = new MatterHouse();
        Assert.Equal(MatterCandidates.PeopleUnfit, house.Open("ines", candidates: candidates, investigator: null, body: "Judicial police", people: ["oscar", "olga"]));
        Assert.Equal("MatterOpened,OriginCommitted,OpeningReasoned,AllegationMade", house.Open("ines", candidates: candidates, investigator: null, body: "Judicial police", people: ["oscar"]));
    }

    static ReportFacts Report(MustNotSee kept, params string[] without)
    {
        var (house, report) = (new HandlingHouse(), Id("a report of which some are kept"));
        house.Sealed.Send(report, HandlingHouse.Received, "Somebody is paid.", [.. without.Select(Id)], kept: kept);
        return house.As("ines")! with { Opened = house.Sealed.For(Id("ines"), report)! };
    }

    [Fact]
    public void A_matter_says_nothing_of_a_report_and_four_lines_show_later_from_which_it_came()
    {
        using var report = new HandlingHouse().InHand();
        var key = report.As("ines")!.Opened.StaffKey;
        var (id, secret) = (MatterLink.IdOf(key.Span, 1), MatterLink.SecretOf(key.Span, 1));
        // Every reader of the report finds the same; another number, or another report, has another place.
        Assert.Equal(id, MatterLink.IdOf(report.As("oscar")!.Opened.StaffKey.Span, 1));
        Assert.NotEqual(id, MatterLink.IdOf(key.Span, 2));
        Assert.Equal((8, 8), (id.Version, OpenMatter.IdOf(Id("ines"), Guid.NewGuid()).Version));

        var proof = MatterLink.ProofOf(secret, HandlingHouse.ReportId, MatterHouse.MatterId);
        Assert.Equal($"probity matter link 1\n{HandlingHouse.ReportId:D}\n{MatterHouse.MatterId:D}\n{secret}\n", proof);
        var house = new MatterHouse();
        house.Open("ines", commitment: MatterLink.Commit(secret, HandlingHouse.ReportId, MatterHouse.MatterId), people: ["oscar"]);
        // As sha256sum of the lines says it.
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(proof))), house.Matter.Commitment);
        Assert.Equal(HandlingHouse.ReportId, MatterLink.ReportOf(house.Matter, proof.ReplaceLineEndings("\r\n")));
        foreach (var wrong in (string?[])[null, "", proof[..^2], proof.Replace(HandlingHouse.ReportId.ToString("D"), Id("another").ToString("D"), StringComparison.Ordinal), proof.Replace(secret, new string('0', 64), StringComparison.Ordinal), proof + proof, new string('a', 10_000)])
            Assert.Null(MatterLink.ReportOf(house.Matter, wrong));
        // Nothing that is filed names the report, and all of it lies in the matter's own compartment.
        foreach (var filing in house.Filed)
        {
            Assert.DoesNotContain(HandlingHouse.ReportId.ToString("D"), Encoding.UTF8.GetString(EventTypes.Serialize(filing.Event)), StringComparison.OrdinalIgnoreCase);
            Assert.Equal((MatterHouse.MatterId, null), (filing.Stream.Value, filing.Compartment));
        }
    }

    [Fact]
    public void A_report_is_closed_once_its_matters_are_and_something_done_may_rest_on_what_was_found_there()
    {
        using var report = new HandlingHouse().InHand();
        var house = new MatterHouse().Opened();
        string Close(string who, CloseReason reason)
        {
            var facts = report.As(who)! with { Matters = [new LinkedMatter(1, house.Matter)] };
            return CloseReport.Decide(new CloseReport.Command(HandlingHouse.ReportId, Id("closing"), reason, HandlingHouse.Words, HandlingHouse.Words), "box", "box", facts) is Decision.Refused { Refusal.Code: var code } ? code : "yes";
        }

        Assert.Equal(CloseReport.MatterOpen, Close("ines", CloseReason.Acted));
        house.State("igor");
        house.Answer("oscar");
        Assert.Equal(("yes", "yes"), (Close("ines", CloseReason.Acted), Close("ines", CloseReason.NoAction)));
        var unfounded = house = new MatterHouse().Opened();
        unfounded.State("igor", AllegationFinding.Unfounded);
        unfounded.Answer("oscar");
        Assert.Equal((CloseReport.ReasonUnfit, "yes"), (Close("ines", CloseReason.Acted), Close("ines", CloseReason.NoAction)));
        // Of a matter that they are barred from they are told nothing.
        house = new MatterHouse();
        house.Open("ines", MatterHouse.Accuses("ivo"), people: ["oscar"]);
        Assert.Empty((report.As("ivo")! with { Matters = [new LinkedMatter(1, house.Matter)] }).SeenMatters);
        Assert.Equal(CloseReport.ReasonUnfit, Close("ivo", CloseReason.Acted));
    }

    [Fact]
    public void Figures_tell_what_became_of_allegations_and_nothing_under_five_by_itself()
    {
        static Probity.Reports.Viewing.Counted Of(params AllegationFinding?[] outcomes) => new("bribery", ReportChannel.Pages, HandlingHouse.Received, null, null, null, null, false, false) { Allegations = outcomes };
        static string Told(params Probity.Reports.Viewing.Counted[] all) =>
            string.Join(", ", Probity.Reports.Viewing.ShowFigures.SheetOf(2026, [], all).Allegations.Select(l => $"{l.Name} {l.Count}"));
        var found = Of([.. Enumerable.Repeat((AllegationFinding?)AllegationFinding.Substantiated, 5)]);
        Assert.Equal(("", "Substantiated 5", ""), (Told(), Told(found), Told(Of(AllegationFinding.Exonerated, null))));
        // What is few is told together with others that are few, and not at all where that is few too.
        Assert.Equal("Substantiated 5", Told(found, Of(AllegationFinding.Exonerated, null)));
        Assert.Equal("Substantiated 5, Other findings together 5", Told(found, Of(AllegationFinding.Exonerated, null, AllegationFinding.Unfounded), Of(null, AllegationFinding.Unfounded)));
        Assert.Equal("Still looked into 6", Told(Of(null, null, null), Of(null, null, null)));
    }
}
