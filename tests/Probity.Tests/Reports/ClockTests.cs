using System.Collections.Immutable;
using Probity.Policies.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Viewing;

namespace Probity.Tests.Reports;

/// <summary>The days that the law and the pack give, on a clock that is put forward.</summary>
public sealed class ClockTests
{
    static ClockState Of(HandlingHouse house, ClockKind kind) => house.Clock.Lines.Single(l => l.Kind == kind).On(DateOnly.FromDateTime(house.Now.UtcDateTime));

    [Theory]
    [InlineData(0, nameof(ClockState.Running)), InlineData(4, nameof(ClockState.Running)), InlineData(5, nameof(ClockState.Warned)), InlineData(6, nameof(ClockState.Warned)), InlineData(7, nameof(ClockState.Due)), InlineData(8, nameof(ClockState.Missed))]
    public void An_acknowledgement_is_warned_of_on_day_five_due_on_day_seven_and_missed_on_day_eight(int day, string state)
    {
        using var house = new HandlingHouse();
        house.Day(day);
        Assert.Equal((state, day == 8), (Of(house, ClockKind.Acknowledgement).ToString(), house.Clock.IsEscalated));
    }

    [Theory]
    // The answer that the reporter's side gives by itself is no event of the record and stops nothing; a person's on the eighth day is late.
    [InlineData(7, nameof(ClockState.Done), true), InlineData(8, nameof(ClockState.DoneLate), false)]
    public void A_person_answers_in_time_on_the_seventh_day_and_late_on_the_eighth(int day, string state, bool counts)
    {
        using var house = new HandlingHouse();
        house.Day(day);
        Assert.Null(house.Report.AcknowledgedOn);
        Assert.StartsWith("SourceTold,AnswerGiven,", house.Acknowledge("ines"), StringComparison.Ordinal);
        Assert.Equal((state, counts), (Of(house, ClockKind.Acknowledgement).ToString(), AnsweredReports.IsInTime(HandlingHouse.Received, house.Report.AcknowledgedOn)));
    }

    [Theory]
    // Acknowledged on 5 March: warned of from 20 May on, due on 5 June.
    [InlineData("2026-05-19", nameof(ClockState.Running)), InlineData("2026-05-20", nameof(ClockState.Warned)), InlineData("2026-06-05", nameof(ClockState.Due)), InlineData("2026-06-06", nameof(ClockState.Missed))]
    public void Feedback_is_warned_of_after_two_and_a_half_months_and_due_after_three(string day, string state)
    {
        using var house = new HandlingHouse();
        house.Day(3);
        house.InHand();
        house.Now = new DateTimeOffset(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), new TimeOnly(9, 0), TimeSpan.Zero);
        Assert.Equal(state, Of(house, ClockKind.Feedback).ToString());
    }

    [Fact]
    public void A_late_acknowledgement_buys_no_time_for_feedback()
    {
        using var house = new HandlingHouse();
        Assert.Equal(new DateOnly(2026, 6, 9), house.Clock.Lines[2].Due);
        house.Day(60);
        house.Acknowledge("ines");
        Assert.Equal(new DateOnly(2026, 6, 9), house.Clock.Lines[2].Due);
    }

    [Fact]
    public void A_stated_time_moves_no_day_those_of_deposit_and_record_count()
    {
        using var house = new HandlingHouse();
        house.Day(9);
        house.Acknowledge("ines");
        var late = house.Report.Acts.Single(a => a.Event is ReportAcknowledged);
        var backdated = Report.Initial.Apply(new(
            late.Event, "reports.acknowledged.v1", 1, Report.StreamOf(HandlingHouse.ReportId), 1, house.Now, HandlingHouse.Begin, new Probity.Ledger.ActorId(HandlingHouse.Id("ines"))));
        Assert.Equal(HandlingHouse.Received.AddDays(9), backdated.AcknowledgedOn);
    }

    [Fact]
    public void What_is_missed_comes_to_the_overseers_who_can_open_it_past_whoever_cannot()
    {
        using var house = new HandlingHouse("ivo", "olga");
        bool Lists(string who) => house.As(who) is { } facts && ReportAccess.Lists(facts);
        house.Day(7);
        Assert.Equal((true, false, false, false), (Lists("ines"), Lists("oscar"), Lists("ivo"), Lists("olga")));
        house.Day(8);
        Assert.Equal((true, true, false, false), (Lists("ines"), Lists("oscar"), Lists("ivo"), Lists("olga")));
        // Nothing of that is filed: it would tell who can read.
        Assert.Empty(house.Filed);
        Assert.StartsWith("SourceTold", house.Acknowledge("oscar"), StringComparison.Ordinal);
        house.Triage("ines");
        Assert.False(Lists("oscar"));
    }

    [Fact]
    public void A_pack_may_ask_more_than_the_law_and_never_less()
    {
        Assert.Equal((7, 3), (PolicyRules.ReportAcknowledgedWithin.Most, PolicyRules.ReportFeedbackWithin.Most));
        Assert.False(PolicyRules.ReportAcknowledgedWithin.Takes(8));
        using var house = new HandlingHouse
        {
            Policy = Policy.Unchosen with { Figures = ImmutableSortedDictionary<string, int>.Empty.Add(PolicyRules.ReportAcknowledgedWithin.Key, 2).Add(PolicyRules.ReportFeedbackWithin.Key, 1).Add(PolicyRules.ReportTriagedWithin.Key, 1) },
        };
        Assert.Equal([new DateOnly(2026, 3, 4), new DateOnly(2026, 3, 3), new DateOnly(2026, 4, 4)], house.Clock.Lines.Select(l => l.Due));
        Assert.Equal([new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 19)], house.Clock.Lines.Select(l => l.Warned));
    }

    [Theory]
    [InlineData("2026-03-31", "2025-01-01", "2026-01-01"), InlineData("2026-04-01", "2025-04-01", "2026-04-01"), InlineData("2026-12-31", "2025-10-01", "2026-10-01")]
    public void The_public_figure_is_over_four_quarters_that_are_over(string day, string from, string to)
    {
        static DateOnly At(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal((At(from), At(to)), AnsweredReports.QuartersBefore(At(day)));
    }
}
