using CsCheck;
using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Risk;
using Probity.Risk.Contract;
using Probity.Risk.Library;
using Probity.Risk.Moving;
using Probity.Tests.Cases;

namespace Probity.Tests.Risk;

/// <summary>What facts of the record make of a risk, and how they are added up.</summary>
public sealed class MovementTests
{
    // Uncleared posts and the code bear on it: here from 10 % on.
    const string Door = "airport.staff-door";

    static readonly Policy Ten = Policy.Unchosen with { Figures = Policy.Unchosen.Figures.Add(PolicyRules.UnclearedPostsFrom.Key, 10).Add(PolicyRules.UnacknowledgedCodeFrom.Key, 10) };

    static readonly Guid Unit = Staff.Id("narcotics");

    static Dictionary<RiskSignal, SignalCount> Counts(params (RiskSignal Signal, int Count, int Of)[] counted) => counted.ToDictionary(c => c.Signal, c => new SignalCount(Unit, c.Count, c.Of, null));

    static Movement Of(Rating remaining, Rating approved, params (RiskSignal, int, int)[] counted) => Movement.Of(Door, remaining, approved, Counts(counted), Ten);

    [Theory]
    // Below the share, at it, at three times of it; one case alone is one step at most.
    [InlineData(0, 10, 0), InlineData(1, 11, 0), InlineData(1, 10, 1), InlineData(2, 7, 1), InlineData(3, 10, 2), InlineData(1, 1, 1), InlineData(1, 3, 1), InlineData(2, 2, 2), InlineData(29, 100, 1), InlineData(30, 100, 2)]
    public void A_fact_adds_none_one_or_two_steps(int count, int of, int steps)
    {
        var move = Of(new(2, 3), new(2, 3), (RiskSignal.UnclearedPosts, count, of));
        Assert.Equal((steps, new Rating(2 + steps, 3), steps > 0), (move.Facts[0].Steps, move.Rating, move.HasMoved));
        Assert.True(move.IsMeasured);
    }

    [Theory]
    // What was lowered is at least what was approved again, and impact never rises above that.
    [InlineData(1, 2, 3, 4, 1, 3, 4), InlineData(2, 4, 3, 4, 2, 4, 4), InlineData(2, 3, 3, 4, 1, 3, 4), InlineData(4, 4, 4, 4, 2, 5, 4), InlineData(5, 2, 5, 2, 2, 5, 2), InlineData(1, 2, 3, 4, 0, 1, 2)]
    public void It_is_never_below_what_was_approved_nor_above_the_highest_likelihood(int likelihood, int impact, int approvedLikelihood, int approvedImpact, int bad, int thenLikelihood, int thenImpact)
    {
        var counts = bad switch { 0 => 0, 1 => 1, _ => 5 };
        var move = Of(new(likelihood, impact), new(approvedLikelihood, approvedImpact), (RiskSignal.UnacknowledgedCode, counts, 10));
        Assert.Equal(new Rating(thenLikelihood, thenImpact), move.Rating);
    }

    [Fact]
    public void Each_step_is_told_with_the_rating_after_it()
    {
        var move = Of(new(1, 2), new(4, 3), (RiskSignal.UnclearedPosts, 1, 10), (RiskSignal.UnacknowledgedCode, 2, 20));
        (RiskSignal?, Rating)[] told = [(RiskSignal.UnclearedPosts, new Rating(2, 2)), (RiskSignal.UnacknowledgedCode, new Rating(3, 2)), (null, new Rating(4, 3))];
        Assert.Equal(told, move.Steps.Select(s => (s.Fact?.Signal, s.Rating)).ToArray());
        Assert.Empty(Of(new(1, 2), new(4, 3)).Steps);
    }

    [Fact]
    public void What_was_not_counted_is_not_measured_and_never_zero()
    {
        var move = Of(new(1, 1), new(1, 1), (RiskSignal.UnclearedPosts, 0, 0), (RiskSignal.Overrides, 9, 9));
        Assert.False(move.IsMeasured);
        Assert.False(move.HasMoved);
        Assert.All(move.Facts, f => Assert.Null(f.Count));
        Assert.True(Of(new(1, 1), new(1, 1), (RiskSignal.UnclearedPosts, 0, 1)).IsMeasured);
    }

    [Fact]
    public void The_pack_says_from_which_share_on()
    {
        var strict = Policy.Unchosen with { Figures = Policy.Unchosen.Figures.Add(PolicyRules.UnclearedPostsFrom.Key, 1) };
        Assert.True(Movement.Of(Door, new(2, 2), new(2, 2), Counts((RiskSignal.UnclearedPosts, 1, 100)), strict).HasMoved);
        Assert.False(Of(new(2, 2), new(2, 2), (RiskSignal.UnclearedPosts, 1, 100)).HasMoved);
    }

    [Fact]
    public void It_moved_since_the_oldest_fact_that_raises_it()
    {
        var (first, second) = (new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 2, 5, 0, 0, 0, TimeSpan.Zero));
        var counts = new Dictionary<RiskSignal, SignalCount> { [RiskSignal.UnclearedPosts] = new(Unit, 1, 100, first), [RiskSignal.UnacknowledgedCode] = new(Unit, 1, 2, second) };
        Assert.Equal(second, Movement.Of(Door, new(2, 2), new(2, 2), counts, Ten).Since);
    }

    [Fact]
    public void Every_scenario_of_the_library_stands_in_the_table_and_every_fact_bears_on_one()
    {
        Assert.All(ScenarioLibrary.All, s => Assert.True(SignalTable.Has(s.Key), s.Key));
        Assert.All(ScenarioLibrary.All, s => Assert.True(SignalTable.Of(s.Key).Distinct().Count() >= 2 && SignalTable.Of(s.Key).Distinct().Count() == SignalTable.Of(s.Key).Count, s.Key));
        Assert.Equal(Enum.GetValues<RiskSignal>(), ScenarioLibrary.All.SelectMany(s => SignalTable.Of(s.Key)).Distinct().Order());
        Assert.All(Enum.GetValues<RiskSignal>(), s => Assert.Equal(RuleUnit.Percent, SignalTable.ShareOf(s).Unit));
        Assert.NotEmpty(SignalTable.Of("own-7"));
    }

    static readonly Gen<(int Likelihood, int Impact, int Lower, int Less, int Scenario, (int Count, int More)[] Counts)> Any =
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 5], Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[0, ScenarioLibrary.All.Count - 1], Gen.Select(Gen.Int[0, 40], Gen.Int[0, 60]).Array[9]);

    [Fact]
    public void More_bad_facts_never_lower_a_risk_and_facts_never_take_it_past_its_bounds() => Any.Sample(any =>
    {
        var approved = new Rating(any.Likelihood, any.Impact);
        var remaining = new Rating(Math.Max(1, any.Likelihood - any.Lower), Math.Max(1, any.Impact - any.Less));
        var scenario = ScenarioLibrary.All[any.Scenario].Key;
        var signals = Enum.GetValues<RiskSignal>();
        // A case that turns bad, and a bad one that comes to them.
        var was = At((count, of) => (count, of));
        foreach (var worse in new[] { At((count, of) => (Math.Min(of, count + 1), of)), At((count, of) => (count + 1, of + 1)) })
        {
            Assert.True(worse.Rating.Likelihood >= was.Rating.Likelihood && worse.Rating.Impact >= was.Rating.Impact);
            Assert.True(RiskMatrix.Takes(worse.Rating));
            Assert.True(RiskMatrix.IsWithin(remaining, worse.Rating));
            Assert.True(worse.Rating.Impact <= approved.Impact);
            Assert.True(worse.Steps.Count == 0 || RiskMatrix.IsWithin(approved, worse.Rating));
            Assert.Equal(worse.Steps.Count == 0 ? remaining : worse.Steps[^1].Rating, worse.Rating);
        }

        // Fewer facts known never raise it.
        Assert.Equal(remaining, Movement.Of(scenario, remaining, approved, new Dictionary<RiskSignal, SignalCount>(), Policy.Unchosen).Rating);

        Movement At(Func<int, int, (int Count, int Of)> change) => Movement.Of(
            scenario, remaining, approved, Counts([.. any.Counts.Select((c, i) => (signals[i], change(c.Count, c.Count + c.More).Count, change(c.Count, c.Count + c.More).Of))]), Policy.Unchosen);
    }, iter: 2_000);

    [Fact]
    public void What_is_below_a_unit_counts_for_it_and_a_person_with_two_posts_once()
    {
        var staff = Staff.Agency();
        var register = staff.ToRegister();
        var now = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        var unit = Staff.Id("narcotics");
        var top = register.Units[unit].Parent!.Value;
        var scope = new SignalScope(register, [top, unit], Policy.Unchosen, now);
        Assert.Equal(new[] { top, unit }.Order(), scope.Over(unit).Order());
        Assert.Equal(top, Assert.Single(scope.Over(top)));
        var tally = new SignalTally(scope);
        tally.AddBelow(unit, true, now.AddDays(-3));
        tally.AddBelow(unit, true, now.AddDays(-5));
        tally.AddBelow(unit, false, now.AddDays(-50));
        tally.AddBelow(top, false);
        SignalCount[] counted = [new(top, 2, 4, now.AddDays(-5)), new(unit, 2, 3, now.AddDays(-5))];
        Assert.Equal(counted, tally.Counts.OrderBy(c => c.Unit != top));
        Assert.Equal(scope.People(_ => true).Distinct().Count(), scope.People(_ => true).Count());
        Assert.Equal(register.Postings.Values.Where(p => p.InForceAt(now) && register.Posts[p.Post].Unit == unit).Select(p => p.Person).Distinct().Count(), scope.People(_ => true).Count(p => p.Unit == unit));
        Assert.DoesNotContain(scope.People(role => role == Role.Judge), p => p.Unit == unit);
    }
}
