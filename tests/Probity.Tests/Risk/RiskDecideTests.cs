using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Risk;
using Probity.Risk.Beginning;
using Probity.Risk.Contract;
using Probity.Risk.Controlling;
using Probity.Risk.Library;
using Probity.Risk.Preparing;
using Probity.Risk.Scoring;
using Probity.Risk.Treating;
using Probity.Risk.ViewingRisks;

namespace Probity.Tests.Risk;

/// <summary>Who may do what to an assessment and when, and what follows from it.</summary>
public sealed class RiskDecideTests
{
    const string Allowed = "";

    static readonly string[] Everybody = ["chief", "ana", "keeper", "port chief", "pedro", "paula", "ines", "oscar", "vera", "igor", "maria", "sara", "root", "judith", "rita"];

    // Whoever is named may; everybody else may not.
    [Theory]
    [InlineData("View", "chief,ana,pedro,ines,oscar,igor"), InlineData("AgreeToLower", "oscar"), InlineData("Prepare", "ines"), InlineData("Score", "ana,pedro"), InlineData("Consolidate", "ines"), InlineData("Challenge", "oscar")]
    [InlineData("NameOwner", "ines"), InlineData("NamePosts", "ines"), InlineData("AddControl", "chief,ines"), InlineData("TestControl", "ines,igor"), InlineData("Lower", "ines"), InlineData("PlanTreatment", "chief,ines")]
    [InlineData("ReportDone", "keeper"), InlineData("Verify", "ines,igor"), InlineData("AskAcceptance", "chief,ines"), InlineData("AnswerAcceptance", "oscar"), InlineData("RevokeAcceptance", "oscar")]
    public void Each_role_and_relation_may_do_what_stands_in_the_table(string action, string allowed)
    {
        var house = RiskHouse.At(AssessmentStage.Active);
        house.AddControl("ines");
        Assert.Equal(allowed.Split(',').Order(StringComparer.Ordinal), Everybody.Where(who => RiskAccess.Refuses(Enum.Parse<RiskAction>(action), house.As(who), RiskHouse.Id("keeper")) is null).Order(StringComparer.Ordinal));
        Assert.All(Everybody, who => Assert.NotNull(RiskAccess.Refuses(Enum.Parse<RiskAction>(action), house.As(who) with { Assessment = RiskAssessment.Initial }, RiskHouse.Id("keeper"))));
    }

    [Theory]
    [InlineData("ines", Allowed), InlineData("chief", Bars.Role), InlineData("oscar", Bars.Role), InlineData("root", Bars.Role), InlineData("maria", Bars.Role)]
    public void Integrity_begins(string who, string expected) =>
        Assert.Equal(expected == Allowed ? nameof(AssessmentBegun) : expected, new RiskHouse().Begin(who, null, UnitFunction.Airport));

    [Fact]
    public void One_assessment_of_a_unit_is_open_at_a_time_and_says_what_the_unit_does()
    {
        Assert.Equal(BeginAssessment.FunctionsMissing, new RiskHouse().Begin());
        foreach (var stage in (AssessmentStage[])[AssessmentStage.Draft, AssessmentStage.Scoring, AssessmentStage.Challenged])
            Assert.Equal(BeginAssessment.AnotherIsOpen, new RiskHouse().Begin("ines", RiskHouse.At(stage).State, UnitFunction.Border));
        Assert.Equal(nameof(AssessmentBegun), new RiskHouse().Begin("ines", RiskHouse.At(AssessmentStage.Active).State, UnitFunction.Border));
    }

    [Theory]
    [InlineData("ana,ben", NameAssessors.Few), InlineData("ana,ana,pedro", NameAssessors.Few), InlineData("ana,ben,carla", NameAssessors.NoneOutside), InlineData("ana,ben,pedro", Allowed)]
    [InlineData("ana,chief,pedro", NameAssessors.Unfit), InlineData("ana,ines,pedro", NameAssessors.Unfit), InlineData("ana,oscar,pedro", NameAssessors.Unfit), InlineData("ana,root,pedro", NameAssessors.Unfit)]
    [InlineData("ana,maria,pedro", NameAssessors.Unfit), InlineData("ana,pedro,port chief", NameAssessors.OneChain), InlineData("ana,vera,paula", Allowed)]
    public void Assessors_are_enough_from_outside_too_and_not_of_one_chain(string people, string expected) =>
        Assert.Equal(expected == Allowed ? nameof(AssessorsNamed) : expected, RiskHouse.At(AssessmentStage.Draft).Name("ines", null, people.Split(',')));

    [Fact]
    public void How_many_assessors_it_takes_is_the_packs_and_the_version_is_kept()
    {
        var house = RiskHouse.At(AssessmentStage.Draft);
        house.Policy = house.Policy with { Pack = "PA", Number = 2, Figures = house.Policy.Figures.SetItem(PolicyRules.BlindScorers.Key, 4) };
        Assert.Equal(NameAssessors.Few, house.Name("ines", null, "ana", "ben", "pedro"));
        Assert.Equal(nameof(AssessorsNamed), house.Name("ines", null, "ana", "ben", "carla", "pedro"));
        Assert.Equal("PA 2", house.Policy.Label);
    }

    [Fact]
    public void Scores_open_together_and_before_that_nobody_reads_anothers()
    {
        var house = RiskHouse.At(AssessmentStage.Scoring);
        Assert.Equal(Bars.Role, house.Score("carla", RiskHouse.First, new(3, 3), new(2, 2)));
        Assert.Equal(ScoreScenario.Missing, house.Score("ana", RiskHouse.First, new(6, 3), new(2, 2)));
        Assert.Equal(ScoreScenario.CurrentHigher, house.Score("ana", RiskHouse.First, new(3, 3), new(2, 4)));
        Assert.Equal(ChooseScenarios.ScenarioUnknown, house.Score("ana", "airport.courier-chosen-over", new(3, 3), new(2, 2)));
        foreach (var (who, likelihood) in new[] { ("ana", 2), ("ben", 3), ("pedro", 5) })
        {
            Assert.Equal(nameof(ScenarioScored), house.Score(who, RiskHouse.First, new(5, 4), new(likelihood, 3)));
            Assert.Equal((AssessmentStage.Scoring, false), (house.State.Stage, house.State.IsOpened));
            Assert.Empty(house.State.OpenedScores(RiskHouse.First));
            Assert.Null(house.State.MedianOf(RiskHouse.First));
        }

        // Until the last is in, one's own can be changed.
        house.Score("pedro", RiskHouse.First, new(5, 4), new(4, 3));
        house.Score("ana", RiskHouse.Second, new(2, 2), new(1, 1));
        house.Score("ben", RiskHouse.Second, new(2, 2), new(1, 1));
        Assert.Empty(house.State.OpenedScores(RiskHouse.Second));
        house.Score("pedro", RiskHouse.Second, new(2, 2), new(2, 1));
        Assert.Equal(AssessmentStage.Opened, house.State.Stage);
        Assert.Equal([6, 9, 12], house.State.OpenedScores(RiskHouse.First).Select(s => RiskMatrix.ScoreOf(s.Current)));
        Assert.Equal((new Rating(5, 4), new Rating(3, 3)), (house.State.MedianOf(RiskHouse.First)!.Inherent, house.State.MedianOf(RiskHouse.First)!.Current));
        Assert.Equal(ChooseScenarios.NotNow, house.Score("ana", RiskHouse.First, new(5, 4), new(1, 1)));
    }

    [Fact]
    public void Who_left_is_replaced_with_a_reason_and_what_the_others_scored_stays()
    {
        var house = RiskHouse.At(AssessmentStage.Scoring);
        foreach (var who in (string[])["ana", "pedro"])
        {
            foreach (var scenario in (string[])[RiskHouse.First, RiskHouse.Second]) house.Score(who, scenario, new(3, 3), new(2, 2));
        }

        Assert.Equal(RiskTexts.ReasonMissing, house.Name("ines", " ", "ana", "carla", "pedro"));
        Assert.Equal(NameAssessors.SamePeople, house.Name("ines", RiskHouse.Why, "ana", "ben", "pedro"));
        Assert.Equal(nameof(AssessorsNamed), house.Name("ines", RiskHouse.Why, "ana", "carla", "pedro"));
        Assert.Equal((AssessmentStage.Scoring, 2, 0), (house.State.Stage, house.State.ScoredBy(RiskHouse.Id("ana")), house.State.ScoredBy(RiskHouse.Id("carla"))));
        Assert.Equal(Bars.Role, house.Score("ben", RiskHouse.First, new(3, 3), new(2, 2)));
    }

    [Fact]
    public void The_median_stands_unless_a_reason_is_given()
    {
        var house = RiskHouse.At(AssessmentStage.Opened);
        var (first, second) = (house.State.MedianOf(RiskHouse.First)!, house.State.MedianOf(RiskHouse.Second)!);
        Assert.Equal(Bars.Role, house.Consolidate("chief", first, second));
        Assert.Equal(ScoreScenario.Missing, house.Consolidate("ines", first));
        Assert.Equal(RiskTexts.ReasonMissing, house.Consolidate("ines", first with { Current = new(2, 4) }, second));
        Assert.Equal(RiskTexts.ReasonTooShort, house.Consolidate("ines", first with { Current = new(2, 4), Reason = "lower" }, second));
        Assert.Equal(ScoreScenario.CurrentHigher, house.Consolidate("ines", first with { Current = new(5, 4), Reason = RiskHouse.Why }, second));
        Assert.Equal(nameof(RatingsConsolidated), house.Consolidate("ines", first with { Current = new(2, 4), Reason = RiskHouse.Why }, second));
        Assert.Equal((new Rating(2, 4), RiskHouse.Why), (house.Risk.Current, house.Risk.Reason));
    }

    [Fact]
    public void Author_challenger_and_approver_are_three_people()
    {
        var house = RiskHouse.At(AssessmentStage.Consolidated);
        Assert.Equal(ChooseScenarios.NotNow, house.Approve("olga"));
        Assert.Equal(RiskTexts.ReasonMissing, house.Challenge("oscar", agree: false));
        Assert.Equal(nameof(RatingsQuestioned), house.Challenge("oscar", agree: false, RiskHouse.Why));
        Assert.Equal((AssessmentStage.Opened, RiskHouse.Why), (house.State.Stage, house.State.Questioned));
        house.Consolidate("ivo", [.. house.State.Scenarios.Select(s => house.State.MedianOf(s.Key)!)]);
        house.Challenge("oscar");
        // Nobody stands above the chief here: it is the overseer's, and not that of the one who challenged.
        Assert.Equal((Bars.Role, Bars.EarlierRole, Bars.Role), (house.Approve("chief"), house.Approve("oscar"), house.Approve("ines")));
        Assert.Equal(nameof(AssessmentApproved), house.Approve("olga"));
    }

    [Fact]
    public void The_head_at_the_top_of_the_agency_approves_where_there_is_one()
    {
        var house = RiskHouse.At(AssessmentStage.Challenged);
        house.Staff.Post("director", "agency", Role.Commander);
        Assert.Equal((Bars.Role, Bars.Role), (house.Approve("olga"), house.Approve("chief")));
        Assert.Equal(nameof(AssessmentReturned), house.Approve("director", approve: false, RiskHouse.Why));
        house.Consolidate("ines", [.. house.State.Scenarios.Select(s => house.State.MedianOf(s.Key)!)]);
        house.Challenge("oscar");
        Assert.Equal(nameof(AssessmentApproved), house.Approve("director"));
    }

    [Theory]
    [InlineData(4, 3, 12), InlineData(4, 4, 6)]
    public void A_critical_risk_is_reviewed_sooner(int likelihood, int impact, int months)
    {
        var house = RiskHouse.At(AssessmentStage.Active, new(likelihood, impact));
        Assert.Equal(house.Now.AddMonths(months), house.State.ReviewDue);
        Assert.False(house.State.IsReviewDue(house.Now.AddMonths(months)));
        Assert.True(house.State.IsReviewDue(house.Now.AddMonths(months).AddSeconds(1)));
    }

    [Theory]
    [InlineData(1, 4, "Low"), InlineData(1, 5, "Moderate"), InlineData(3, 3, "Moderate"), InlineData(2, 5, "High"), InlineData(3, 4, "High"), InlineData(3, 5, "Critical"), InlineData(5, 5, "Critical")]
    public void The_level_is_looked_up(int likelihood, int impact, string level)
    {
        Assert.Equal(Enum.Parse<RiskLevel>(level), RiskMatrix.LevelOf(new Rating(likelihood, impact)));
        var (least, most) = RiskMatrix.BoundsOf(Enum.Parse<RiskLevel>(level));
        Assert.InRange(likelihood * impact, least, most);
    }

    [Fact]
    public void An_overdue_treatment_puts_the_risk_back_up_by_itself_until_somebody_else_has_seen_it_done()
    {
        var house = RiskHouse.At(AssessmentStage.Active);
        house.AddControl("chief", days: 300);
        house.Test("igor", days: 300);
        house.Lower("ines");
        house.Agree("oscar");
        Assert.Equal((AddControl.DayWrong, nameof(TreatmentPlanned)), (house.Plan("chief", days: -1), house.Plan("chief")));
        Assert.Equal(TreatRisk.NotDone, house.Verify("ines"));
        Assert.Equal(new Rating(2, 3), house.Residual.Rating);
        house.Now = house.Now.AddDays(31);
        Assert.Equal((new Rating(3, 4), ResidualReason.TreatmentOverdue, "Cameras at the second door."), (house.Residual.Rating, house.Residual.Steps[^1].Reason, house.Residual.Steps[^1].What));
        Assert.Equal((Bars.Role, nameof(TreatmentDone), TreatRisk.DoneAlready), (house.Report("chief"), house.Report("keeper"), house.Report("keeper")));
        // What its owner says alone does not bring it down.
        Assert.Equal(new Rating(3, 4), house.Residual.Rating);
        Assert.Equal((Bars.Role, RiskTexts.ReasonMissing, nameof(TreatmentReopened)), (house.Verify("keeper"), house.Verify("ines", done: false, null), house.Verify("ines", done: false)));
        house.Report("keeper");
        Assert.Equal(nameof(TreatmentVerified), house.Verify("igor"));
        Assert.Equal(new Rating(2, 3), house.Residual.Rating);
    }

    [Fact]
    public void The_list_works_a_residual_out_as_the_page_does()
    {
        var now = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        Assert.Equal(12, Residual.ScoreOf(12, null, null, null, now));
        Assert.Equal(6, Residual.ScoreOf(12, 6, now, null, now));
        Assert.Equal(6, Residual.ScoreOf(12, 6, now.AddDays(1), now, now));
        Assert.Equal(12, Residual.ScoreOf(12, 6, now.AddDays(-1), null, now));
        Assert.Equal(12, Residual.ScoreOf(12, 6, now.AddDays(1), now.AddSeconds(-1), now));
        Assert.Equal(12, Residual.ScoreOf(12, 6, null, null, now));
    }

    [Theory]
    [InlineData("Draft"), InlineData("Scoring"), InlineData("Opened"), InlineData("Consolidated"), InlineData("Challenged")]
    public void Nothing_is_done_about_risks_before_the_assessment_is_in_force(string stage)
    {
        var house = RiskHouse.At(Enum.Parse<AssessmentStage>(stage));
        Assert.Equal((ChooseScenarios.NotNow, ChooseScenarios.NotNow, ChooseScenarios.NotNow, ChooseScenarios.NotNow), (house.AddControl("ines"), house.Plan("ines"), house.Ask("ines"), house.Lower("ines")));
    }

    [Fact]
    public void A_scenario_is_left_out_with_a_reason_and_one_stays()
    {
        var house = RiskHouse.At(AssessmentStage.Draft);
        Assert.Equal((RiskTexts.ReasonMissing, nameof(ScenarioLeftOut), ChooseScenarios.LastOne), (house.Omit(RiskHouse.First, ""), house.Omit(RiskHouse.First), house.Omit(RiskHouse.Second)));
        string Add(string scheme) => house.Do("ines", RiskAction.Prepare, f => ChooseScenarios.Decide(new ChooseScenarios.Addition(Guid.Empty, UnitFunction.Airport, 2, new("Step", scheme, "Actor", "Cause", "Consequence", "Controls")), f));
        Assert.Equal((ChooseScenarios.WordsMissing, nameof(ScenarioAdded)), (Add(" "), Add("What would happen")));
        Assert.Equal("What would happen", ScenarioLibrary.WordsOf(house.State.Scenarios[^1]).Scheme);
    }

    [Fact]
    public void The_library_has_four_scenarios_for_each_function_and_the_same_in_each_language()
    {
        var keys = ScenarioLibrary.All.Select(s => s.Key).ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.All(Enum.GetValues<UnitFunction>(), f => Assert.True(ScenarioLibrary.All.Count(s => s.Function == f) >= 4, f.ToString()));
        Assert.All(ScenarioLibrary.All, s => Assert.True(s.Discretion is >= 0 and <= 3 && s.Source.Length > 5, s.Key));
        foreach (var language in (string[])["en", "es", "pt"])
        {
            Assert.Equal(keys.Order(StringComparer.Ordinal), ScenarioLibrary.KeysOf(language).Order(StringComparer.Ordinal));
            Assert.All(keys, key =>
            {
                var words = ScenarioLibrary.WordsOf(key, language);
                Assert.All((string[])[words.Step, words.Scheme, words.Actor, words.Cause, words.Consequence, words.Controls], text => Assert.False(string.IsNullOrWhiteSpace(text), key));
            });
        }
    }

    [Fact]
    public void No_count_under_five_is_told_and_no_sum_that_would_tell_it()
    {
        var counts = new BandCounts(new Dictionary<RiskLevel, int> { [RiskLevel.Low] = 0, [RiskLevel.Moderate] = 4, [RiskLevel.High] = 5, [RiskLevel.Critical] = 1 }, 0);
        Assert.Equal(["fewer than 5", "5", "fewer than 5", "fewer than 5"], ShowCounts.Tell(counts).Select(l => l.Count));
        Assert.Empty(ShowCounts.Tell(null));
    }
}
