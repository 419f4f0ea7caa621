using Probity.Access.Contract;
using Probity.People;
using Probity.People.Contract;
using Probity.People.Training;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using static Probity.Tests.People.TrainingScene;

namespace Probity.Tests.People;

/// <summary>Who may do what about whose training, and what each decision takes and refuses.</summary>
public sealed class TrainingDecideTests
{
    [Theory]
    // Levels and ends: oneself, who commands them, integrity, overseers.
    [InlineData("See", "ana", "ana", null), InlineData("See", "chief", "ana", null), InlineData("See", "ines", "ana", null), InlineData("See", "oscar", "ana", null)]
    [InlineData("See", "ben", "ana", Bars.Role), InlineData("See", "port chief", "ana", Bars.Role), InlineData("See", "vera", "ana", Bars.Role), InlineData("See", "igor", "ana", Bars.Role)]
    [InlineData("See", "root", "ana", Bars.Role), InlineData("See", "maria", "ana", Bars.Role), InlineData("See", "paula", "ana", Bars.Role), InlineData("See", "ines", "nobody", Bars.Role)]
    // Results: not their commander.
    [InlineData("SeeResults", "ana", "ana", null), InlineData("SeeResults", "chief", "ana", Bars.Role), InlineData("SeeResults", "ines", "ana", null), InlineData("SeeResults", "oscar", "ana", null)]
    [InlineData("SeeResults", "chief", "chief", null), InlineData("SeeResults", "root", "ana", Bars.Role)]
    // Judging: never oneself, never who commands one; of integrity somebody else of it does.
    [InlineData("Assess", "chief", "ana", null), InlineData("Assess", "ines", "ana", null), InlineData("Assess", "ana", "ana", Bars.Role), InlineData("Assess", "chief", "chief", Bars.Self)]
    [InlineData("Assess", "ines", "chief", null), InlineData("Assess", "ilda", "chief", Bars.Subordinate), InlineData("Assess", "ilda", "ana", null), InlineData("Assess", "port chief", "ana", Bars.Role)]
    [InlineData("Assess", "ines", "ines", Bars.Self), InlineData("Assess", "ivo", "ines", null), InlineData("Assess", "oscar", "ines", Bars.Role), InlineData("Assess", "oscar", "ana", Bars.Role)]
    [InlineData("Assess", "vera", "ana", Bars.Role), InlineData("Assess", "root", "ana", Bars.Role), InlineData("Assess", "ben", "ana", Bars.Role)]
    // Recording: integrity alone.
    [InlineData("Attend", "ines", "ana", null), InlineData("Attend", "chief", "ana", Bars.Role), InlineData("Attend", "ines", "ines", Bars.Self), InlineData("Attend", "ivo", "ines", null)]
    [InlineData("Attend", "oscar", "ana", Bars.Role), InlineData("Attend", "ana", "ana", Bars.Role), InlineData("Attend", "root", "ana", Bars.Role), InlineData("Attend", "ilda", "chief", Bars.Subordinate)]
    public void Each_does_what_stands_in_the_table(string action, string who, string of, string? code) =>
        Assert.Equal(code, TrainingAccess.Refuses(Enum.Parse<TrainingAction>(action), Facts(who, of, register: Staff.Agency().Post("ilda", "narcotics", Role.Integrity, "chief").ToRegister()))?.Code);

    // ana is kin of who commands her, and close to one of integrity.
    [Theory]
    [InlineData("Assess", "chief", Bars.Kin), InlineData("Assess", "ines", Bars.Tie), InlineData("Attend", "ines", Bars.Tie), InlineData("Assess", "ivo", null), InlineData("Attend", "ivo", null), InlineData("See", "chief", null)]
    public void Kin_do_not_judge_kin(string action, string who, string? code)
    {
        var register = Staff.Agency().Tie("ana", "chief", TieKind.Blood, 1).Tie("ines", "ana", TieKind.Associate, 2).ToRegister();
        Assert.Equal(code, TrainingAccess.Refuses(Enum.Parse<TrainingAction>(action), Facts(who, register: register))?.Code);
    }

    [Fact]
    public void Where_nobody_of_integrity_may_an_overseer_does()
    {
        var register = new Staff().Unit("agency", "AGE").Post("ines", "agency", Role.Integrity).Post("oscar", "agency", Role.Overseer).ToRegister();
        Assert.Null(TrainingAccess.Refuses(TrainingAction.Assess, Facts("oscar", "ines", register: register)));
        Assert.Null(TrainingAccess.Refuses(TrainingAction.Attend, Facts("oscar", "ines", register: register)));
        var refused = TrainingAccess.Refuses(TrainingAction.Attend, Facts("ines", "ines", register: register));
        Assert.Equal((Bars.Self, nameof(Role.Overseer)), (refused!.Code, refused.Reroute!.Role));
    }

    [Theory]
    [InlineData(true, 3, 0, "Opened ten beside me.", null), InlineData(true, 0, -120, "Opened none of ten.", null), InlineData(false, 3, 0, "Opened ten beside me.", OfferCourse.CompetenceUnknown)]
    [InlineData(true, 5, 0, "Opened ten beside me.", OfferCourse.LevelWrong), InlineData(true, -1, 0, "Opened ten beside me.", OfferCourse.LevelWrong), InlineData(true, null, 0, "Opened ten beside me.", OfferCourse.LevelWrong)]
    [InlineData(true, 3, 2, "Opened ten beside me.", AssessCompetence.DayWrong), InlineData(true, 3, -121, "Opened ten beside me.", AssessCompetence.DayWrong)]
    [InlineData(true, 3, 0, "", VettingTexts.Missing), InlineData(true, 3, 0, "ok", VettingTexts.TooShort), InlineData(true, 3, 0, "Opened\u202E ten beside me.", VettingTexts.Unfit)]
    public void A_judgement_says_level_day_and_what_it_rests_on(bool known, int? level, int days, string note, string? code) =>
        Assert.Equal(code, Code(AssessCompetence.Decide(new(Staff.Id("ana"), known ? Container : Guid.NewGuid(), level, Today.AddDays(days), note), Facts("chief"))));

    [Fact]
    public void A_judgement_holds_for_as_long_as_the_pack_says_and_lies_with_the_person()
    {
        var filing = Assert.Single(((Decision.Accepted)AssessCompetence.Decide(new(Staff.Id("ana"), Container, 3, Today, "Opened ten beside me."), Facts("chief"))).Filings);
        Assert.Equal(Compartments.OfPerson(Staff.Id("ana")), filing.Compartment);
        Assert.Equal(new DateTimeOffset(2028, 3, 2, 0, 0, 0, TimeSpan.Zero), ((CompetenceAssessed)filing.Event).Until);
    }

    [Theory]
    [InlineData(true, 40, 90, "CS-1", null), InlineData(true, null, 70, "CS-1", null), InlineData(true, 40, 69, null, null), InlineData(true, 0, 100, "CS-1", null)]
    [InlineData(false, 40, 90, "CS-1", OfferCourse.CourseUnknown), InlineData(true, 101, 90, "CS-1", AttendCourse.BeforeWrong), InlineData(true, 40, 101, "CS-1", AttendCourse.ResultWrong), InlineData(true, 40, null, "CS-1", AttendCourse.ResultWrong)]
    [InlineData(true, 40, 90, null, AttendCourse.CertificateWrong), InlineData(true, 40, 69, "CS-1", AttendCourse.CertificateWrong), InlineData(true, 40, 90, "–", AttendCourse.CertificateWrong)]
    public void A_course_that_was_passed_has_a_certificate_and_another_has_none(bool known, int? pre, int? post, string? certificate, string? code) =>
        Assert.Equal(code, Code(AttendCourse.Decide(new(Guid.NewGuid(), Staff.Id("ana"), known ? OneCourse : Guid.NewGuid(), Today, pre, post, certificate), Facts("ines"))));

    [Fact]
    public void A_course_sent_twice_is_recorded_once_and_never_as_another()
    {
        var id = Guid.NewGuid();
        var training = Trained((new CourseAttended(id, Staff.Id("ana"), OneCourse, Container, 2, Today, 40, 90, true, "CS-1", Now.AddYears(1), "default 0"), "ines"));
        Assert.Empty(((Decision.Accepted)AttendCourse.Decide(new(id, Staff.Id("ana"), OneCourse, Today, 40, 90, "CS-1"), Facts("ines", training: training))).Filings);
        Assert.Equal(AttendCourse.IdTaken, Code(AttendCourse.Decide(new(id, Staff.Id("ana"), OneCourse, Today, 40, 95, "CS-1"), Facts("ines", training: training))));
    }

    [Theory]
    [InlineData("https://school.example/a?b=c", true), InlineData("http://school.example/", false), InlineData("javascript:alert(1)", false), InlineData("https://user:word@school.example/", false)]
    [InlineData("https://school.example/ a", false), InlineData("//school.example/", false), InlineData("https://", false), InlineData("data:text/html,x", false)]
    public void A_link_is_https_and_nothing_else(string link, bool fits) => Assert.Equal(fits, OfferCourse.IsLink(link));

    [Theory]
    [InlineData("ines", "Containers", "School", 2, 12, null), InlineData("chief", "Containers", "School", 2, 12, Bars.Role), InlineData("root", "Containers", "School", 2, 12, Bars.Role)]
    [InlineData("ines", " ", "School", 2, 12, OfferCourse.TitleWrong), InlineData("ines", "Containers", null, 2, 12, OfferCourse.ProviderWrong), InlineData("ines", "Containers", "School", 0, 12, OfferCourse.LevelWrong)]
    [InlineData("ines", "Containers", "School", 2, 121, OfferCourse.MonthsWrong)]
    public void Integrity_keeps_the_courses(string who, string? title, string? provider, int level, int months, string? code)
    {
        var facts = Facts(who);
        Assert.Equal(code, Code(OfferCourse.Decide(new(Guid.NewGuid(), title, provider, null, Container, level, months), Known, facts.Actor, facts.Register, Now)));
    }

    [Theory]
    [InlineData("ines", "post of ana", 3, true, null), InlineData("ines", "post of ana", null, false, null), InlineData("ines", "post of ana", 2, false, null), InlineData("ines", "post of ana", 2, true, AskOfPost.Same)]
    [InlineData("ines", "post of ana", 5, true, OfferCourse.LevelWrong), InlineData("ines", "post of root", 2, true, AskOfPost.PostOutside), InlineData("ines", "post of nobody", 2, true, AskOfPost.PostUnknown)]
    [InlineData("chief", "post of ana", 3, true, Bars.Role), InlineData("oscar", "post of ana", 3, true, Bars.Role), InlineData("root", "post of ana", 3, true, Bars.Role)]
    public void Integrity_asks_of_a_post(string who, string post, int? level, bool mandatory, string? code)
    {
        var facts = Facts(who);
        Assert.Equal(code, Code(AskOfPost.Decide(new AskOfPost.Proposal(Staff.Id(post), Container, level, mandatory, "Opens containers alone."), Known, facts.Actor, facts.Register, Now)));
    }

    [Theory]
    [InlineData("chief", null), InlineData("oscar", null), InlineData("port chief", Bars.Role), InlineData("ines", Bars.Role), InlineData("ana", Bars.Role), InlineData("root", Bars.Role)]
    public void A_commander_of_the_post_or_an_overseer_agrees(string who, string? code)
    {
        var facts = Facts(who);
        var waiting = Of((new CompetenceAsked(AnasPost, Container, 2, true, "Opens containers alone."), "ivo"));
        Assert.Equal(code, Code(AskOfPost.Decide(new AskOfPost.Answer(AnasPost, Container, true, null), waiting, facts.Actor, facts.Register, Now)));
        if (code is null) Assert.Equal(AskOfPost.Nothing, Code(AskOfPost.Decide(new AskOfPost.Answer(AnasPost, Container, true, null), Known, facts.Actor, facts.Register, Now)));
    }

    [Fact]
    public void The_house_begins_with_a_catalogue_in_three_languages_once()
    {
        var facts = Facts("ines");
        var started = ((Decision.Accepted)AddCompetence.DecideStart(Of(), facts.Actor, facts.Register, Now)).Filings;
        Assert.Equal(StartingCatalogue.Competences.Count, started.Count);
        var known = Of([.. started.Select(f => (f.Event, "ines"))]);
        Assert.Empty(((Decision.Accepted)AddCompetence.DecideStart(known, facts.Actor, facts.Register, Now)).Filings);
        Assert.Equal(AddCompetence.CodeTaken, Code(AddCompetence.Decide(new(Guid.NewGuid(), "container", "A", "B", "C"), known, facts.Actor, facts.Register, Now)));
        Assert.Equal(AddCompetence.CodeWrong, Code(AddCompetence.Decide(new(Guid.NewGuid(), "2", "A", "B", "C"), known, facts.Actor, facts.Register, Now)));
        Assert.Equal(AddCompetence.NameWrong, Code(AddCompetence.Decide(new(Guid.NewGuid(), "DOGS", "Dogs", "Perros", " "), known, facts.Actor, facts.Register, Now)));
    }

    [Fact]
    public void What_counts_is_the_newest_judgement_and_the_certificates_since()
    {
        Assert.Equal((NeedState.Lacking, 0), StateOf());
        Assert.Equal((NeedState.Held, 2), StateOf(Passed(2, Now.AddDays(31))));
        Assert.Equal((NeedState.Ending, 2), StateOf(Passed(2, Now.AddDays(30))));
        Assert.Equal((NeedState.Lapsed, 0), StateOf(Passed(2, Now)));
        Assert.Equal((NeedState.Lacking, 1), StateOf(Passed(3, Now.AddYears(1)), Judged(1, Now.AddYears(1))));
        Assert.Equal((NeedState.Held, 2), StateOf(Judged(1, Now.AddYears(1)), Passed(2, Now.AddYears(1))));
        // A higher level that has ended and a lower that has not: what is asked for decides.
        Assert.Equal((NeedState.Held, 2), StateOf(Passed(4, Now.AddDays(-1)), Passed(2, Now.AddYears(1))));
        Assert.Equal((NeedState.Lapsed, 1), StateOf(Passed(4, Now.AddDays(-1)), Passed(1, Now.AddYears(1))));

        static (NeedState, int) StateOf(params (IEvent, string)[] events) => Assert.Single(Need.OfPost(Known, AnasPost, Trained(events).Held, Now)) is var need ? (need.State, need.Level) : default;
    }

    [Fact]
    public void The_effect_of_a_course_from_sums_is_that_from_each_result()
    {
        var random = new Random(20_170_131);
        for (var round = 0; round < 200; round++)
        {
            var results = Enumerable.Range(0, 2 + random.Next(200)).Select(_ => (Pre: random.Next(101), Post: random.Next(101))).ToList();
            var rises = results.Select(r => (double)(r.Post - r.Pre)).ToList();
            var (mean, n) = (rises.Average(), rises.Count);
            var error = Math.Sqrt(rises.Sum(r => (r - mean) * (r - mean)) / (n - 1) / n);
            var effect = CourseEffect.Of(n, results.Sum(r => r.Pre), results.Sum(r => r.Post), results.Sum(r => (long)(r.Post - r.Pre) * (r.Post - r.Pre)))!;
            Assert.Equal(mean, effect.Rise, 6);
            // Never narrower than the normal interval, and as wide on both sides.
            Assert.InRange(effect.High - effect.Rise, 1.96 * error - 1e-6, 12.71 * error + 1e-6);
            Assert.Equal(effect.High - effect.Rise, effect.Rise - effect.Low, 6);
        }

        Assert.Null(CourseEffect.Of(1, 40, 80, 1_600));
        // Two rises of 10 and 20: mean 15, deviation 7.07, t 12.706 at one degree of freedom.
        var two = CourseEffect.Of(2, 80, 110, 500)!;
        Assert.Equal((15.0, -48.5, false), (two.Rise, Math.Round(two.Low, 1), two.IsSure));
    }

    static string? Code(Decision decision) => (decision as Decision.Refused)?.Refusal.Code;
}
