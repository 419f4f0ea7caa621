using Probity.Access.Contract;
using Probity.Conduct;
using Probity.Conduct.Acknowledging;
using Probity.Conduct.Contract;
using Probity.Conduct.Publishing;
using Probity.Conduct.Viewing;
using Probity.Policies.Contract;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Conduct;

/// <summary>What is decided about the code, without any store.</summary>
public sealed class CodeDecideTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly Register Register = Staff.Agency().ToRegister();

    static Actor Of(string name) => Actor.From(Register, Staff.Id(name), Now);

    static string? Code(Decision decision) => (decision as Decision.Refused)?.Refusal.Code;

    [Theory]
    [InlineData("ines", null), InlineData("oscar", Bars.Role), InlineData("chief", Bars.Role), InlineData("ana", Bars.Role), InlineData("root", Bars.Role), InlineData("maria", Bars.Role)]
    public void Only_integrity_writes_a_version(string who, string? code) =>
        Assert.Equal(code, Code(PublishCode.Decide(Codes.Model(), CodeOfConduct.Initial, Of(who), Register, Now)));

    [Theory]
    [InlineData("oscar", null), InlineData("ines", Bars.Role), InlineData("ivo", Bars.Role), InlineData("chief", Bars.Role), InlineData("ana", Bars.Role)]
    public void Only_an_overseer_agrees(string who, string? code)
    {
        var asked = Asked("ines");
        Assert.Equal(code, Code(PublishCode.Decide(new PublishCode.Answer(true, null), asked, Policy.Unchosen, Of(who), Register, Now)));
        Assert.Equal(code ?? ConductTexts.ReasonMissing, Code(PublishCode.Decide(new PublishCode.Answer(false, null), asked, Policy.Unchosen, Of(who), Register, Now)));
    }

    [Fact]
    public void Whoever_wrote_it_is_not_the_second_person()
    {
        // The same person was integrity and is an overseer now.
        Assert.Equal(Bars.Self, Code(PublishCode.Decide(new PublishCode.Answer(true, null), Asked("oscar"), Policy.Unchosen, Of("oscar"), Register, Now)));
    }

    [Fact]
    public void A_version_is_whole_in_three_languages_and_says_something_new()
    {
        string? Propose(PublishCode.Proposal proposal, CodeOfConduct? code = null) => Code(PublishCode.Decide(proposal, code ?? CodeOfConduct.Initial, Of("ines"), Register, Now));
        Assert.Null(Propose(Codes.Model()));
        Assert.Equal(PublishCode.ArticleUnfit, Propose(Codes.Model((3, " "))));
        Assert.Equal(PublishCode.ArticleUnfit, Propose(Codes.Model((3, new string('a', 2_001)))));
        Assert.Equal(PublishCode.ArticleUnfit, Propose(Codes.Model((3, "Right \u202E to left."))));
        Assert.Equal(ConductTexts.ReasonMissing, Propose(Codes.Model() with { Reason = " " }));
        Assert.Equal(PublishCode.Same, Propose(Codes.Model(), Codes.Published(Now)));
        Assert.Equal(PublishCode.Waiting, Propose(Codes.Model((3, "Otherwise.")), Asked("ines")));
        Assert.Equal(PublishCode.TooFewQuestions, Propose(Codes.Model([.. Enumerable.Range(1, 8).Select(n => (n, ""))])));
        Assert.Equal(PublishCode.NoArticles, Propose(Codes.Model([.. Enumerable.Range(1, 14).Select(n => (n, ""))])));
        var without = (CodeProposed)CaseHouse.Accepted(PublishCode.Decide(Codes.Model((1, "")), Codes.Published(Now), Of("ines"), Register, Now));
        Assert.Equal((13, 9), (without.Articles.Count, without.Questions.Count));
        Assert.DoesNotContain(without.Questions, q => q.Article == 1);
    }

    [Fact]
    public void Agreeing_fixes_the_figure_of_the_policy_pack()
    {
        var published = (CodePublished)CaseHouse.Accepted(PublishCode.Decide(new PublishCode.Answer(true, null), Asked("ines"), Policy.Unchosen, Of("oscar"), Register, Now));
        Assert.Equal(new CodePublished(1, 30, "default 0"), published);
    }

    [Theory]
    [InlineData(0, null, 100), InlineData(2, null, 80), InlineData(3, AcknowledgeCode.NotPassed, 70), InlineData(10, AcknowledgeCode.NotPassed, 0)]
    public void A_quiz_is_passed_from_the_share_of_the_policy_pack_on(int wrong, string? code, int score)
    {
        var decision = AcknowledgeCode.Decide(new AcknowledgeCode.Quiz(1, Codes.Answers(wrong)), Codes.Published(Now), Policy.Unchosen, Of("ana"));
        Assert.Equal(code, Code(decision));
        Assert.Equal(score, Mark.Of(Codes.Published(Now).InForce!.Questions, Codes.Answers(wrong)).Score);
        if (code is null) Assert.Equal(new QuizPassed(1, score, "default 0"), CaseHouse.Accepted(decision));
    }

    [Theory]
    [InlineData("ana", true), InlineData("chief", true), InlineData("keeper", true), InlineData("ines", true), InlineData("vera", true), InlineData("igor", true)]
    [InlineData("root", false), InlineData("oscar", false), InlineData("maria", false), InlineData("paula", false), InlineData("judith", false), InlineData("rita", false), InlineData("sara", false)]
    public void The_code_binds_the_agencys_own_staff(string who, bool binds)
    {
        Assert.Equal(binds ? null : Bars.Role, Code(AcknowledgeCode.Decide(new AcknowledgeCode.Quiz(1, Codes.Answers()), Codes.Published(Now), Policy.Unchosen, Of(who))));
        Assert.Equal(binds, CodeDuty.SinceOf(Staff.Id(who), Register) is not null);
    }

    [Fact]
    public void Nobody_acknowledges_without_a_passed_quiz_on_that_version()
    {
        var (two, passedOne, passedTwo) = (Codes.Published(Now, Now.AddDays(1)), Codes.Own((new QuizPassed(1, 90, "default 0"), Now)), Codes.Own((new QuizPassed(2, 90, "default 0"), Now)));
        string? Acknowledge(int version, CodeOfConduct code, Acknowledgements own) => Code(AcknowledgeCode.Decide(new AcknowledgeCode.Command(version), code, own, Policy.Unchosen, Of("ana"), Now));
        Assert.Equal(AcknowledgeCode.NoCode, Acknowledge(1, CodeOfConduct.Initial, Acknowledgements.Initial));
        Assert.Equal(AcknowledgeCode.QuizFirst, Acknowledge(1, Codes.Published(Now), Acknowledgements.Initial));
        Assert.Equal(AcknowledgeCode.QuizFirst, Acknowledge(2, two, passedOne));
        Assert.Equal(AcknowledgeCode.OtherVersion, Acknowledge(1, two, passedOne));
        Assert.Null(Acknowledge(2, two, passedTwo));
        // Once used, a quiz that was passed is used up; and nothing is renewed long before it is due.
        var done = Codes.Own((new QuizPassed(1, 90, "default 0"), Now), (new CodeAcknowledged(1, 90, "default 0", Now.AddMonths(12)), Now));
        Assert.Equal(AcknowledgeCode.NotDue, Acknowledge(1, Codes.Published(Now), done));
        Assert.Equal(AcknowledgeCode.QuizFirst, Code(AcknowledgeCode.Decide(new AcknowledgeCode.Command(1), Codes.Published(Now), done, Policy.Unchosen, Of("ana"), Now.AddMonths(12).AddDays(-29))));
        Assert.Equal(new CodeAcknowledged(2, 90, "default 0", Now.AddMonths(12)),
            CaseHouse.Accepted(AcknowledgeCode.Decide(new AcknowledgeCode.Command(2), two, passedTwo, Policy.Unchosen, Of("ana"), Now)));
    }

    [Fact]
    public void It_falls_due_after_publication_or_the_first_posting_and_a_later_version_puts_nothing_off()
    {
        var (one, two) = (Now, Now.AddDays(20));
        DateTimeOffset? Due(CodeOfConduct code, DateTimeOffset? since, params (IEvent, DateTimeOffset)[] own) => code.DueOf(Codes.Own(own), since);
        (IEvent, DateTimeOffset) Acknowledged(int version, DateTimeOffset at) => (new CodeAcknowledged(version, 90, "default 0", at.AddDays(365)), at);
        Assert.Null(Due(CodeOfConduct.Initial, Staff.Before));
        Assert.Null(Due(Codes.Published(one), null));
        Assert.Equal(one.AddDays(30), Due(Codes.Published(one), Staff.Before));
        Assert.Equal(one.AddDays(40), Due(Codes.Published(one), one.AddDays(10)));
        Assert.Equal(one.AddDays(30), Due(Codes.Published(one, two), Staff.Before));
        Assert.Equal(two.AddDays(30), Due(Codes.Published(one, two), Staff.Before, Acknowledged(1, one)));
        Assert.Equal(two.AddDays(1 + 365), Due(Codes.Published(one, two), Staff.Before, Acknowledged(1, one), Acknowledged(2, two.AddDays(1))));
        Assert.Equal(one.AddDays(3 + 365), Due(Codes.Published(one), Staff.Before, Acknowledged(1, one.AddDays(2)), Acknowledged(1, one.AddDays(3))));
        // What was due by the older version before the newer one came is due then.
        Assert.Equal(one.AddDays(365), Due(Codes.Published(one, one.AddDays(360)), Staff.Before, Acknowledged(1, one)));
    }

    [Theory]
    [InlineData(31, null), InlineData(30, "month"), InlineData(8, "month"), InlineData(7, "week"), InlineData(2, "week"), InlineData(1, "day"), InlineData(0, "overdue"), InlineData(-90, "overdue")]
    public void A_next_step_says_how_near_it_is(int days, string? stage) => Assert.Equal(stage, ConductNextSteps.StageOf(Now.AddDays(days), Now));

    [Theory]
    [InlineData(60, 60, 60, "standing.all"), InlineData(57, 60, 55, "standing.few-missing"), InlineData(3, 60, 0, "standing.few"), InlineData(40, 60, 40, "standing.some"), InlineData(0, 60, 0, "standing.some")]
    [InlineData(2, 5, 0, "standing.few-missing")]
    public void In_public_no_count_under_five_is_told_nor_drawn(int current, int total, int told, string key) => Assert.Equal((told, key), ConductStanding.Tell(current, total));

    [Fact]
    public void Another_attempt_has_another_order_and_each_question_once()
    {
        var orders = Enumerable.Range(0, 6).Select(attempt => string.Join(' ', QuizOrder.Of(attempt, 10))).ToList();
        Assert.Equal(6, orders.Distinct().Count());
        Assert.All(orders, order => Assert.Equal(Enumerable.Range(0, 10), order.Split(' ').Select(int.Parse).Order()));
        Assert.Equal(QuizOrder.Of(4, 10), QuizOrder.Of(4, 10));
    }

    static CodeOfConduct Asked(string by) => CodeOfConduct.Initial.Apply(new Recorded(
        CaseHouse.Accepted(PublishCode.Decide(Codes.Model(), CodeOfConduct.Initial, Of("ines"), Register, Now)), "", 0, CodeOfConduct.Stream, 1, Now, null, new Probity.Ledger.ActorId(Staff.Id(by))));
}
