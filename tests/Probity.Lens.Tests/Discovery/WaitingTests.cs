using Probity.Lens.Discovery;
using Probity.Lens.Logs;

namespace Probity.Lens.Tests.Discovery;

public sealed class WaitingTests
{
    const long Hour = 3_600_000_000;

    static EventLog Log()
    {
        var builder = new EventLogBuilder();
        void Case(string name, params (string Activity, string? Who, long Hours)[] events)
        {
            var number = builder.AddCase(name);
            foreach (var (activity, who, hours) in events) builder.Add(number, activity, who, hours * Hour);
        }

        Case("1", ("a", "Ana", 0), ("b", "Ben", 1), ("c", "Ben", 100));
        Case("2", ("a", "Ana", 0), ("b", "Ben", 3), ("c", null, 5), ("b", "Ana", 6));
        Case("3", ("a", "Ben", 0), ("b", "Ana", 2));
        Case("4", ("a", "Cy", 0), ("b", "Ben", 30));
        return builder.Build();
    }

    [Fact]
    public void Waits_are_told_by_median_nine_in_ten_and_total()
    {
        var log = Log();
        var waits = Waiting.Of(log).ToDictionary(w => $"{log.Activities[w.From]}{log.Activities[w.To]}");
        Assert.Equal((4, 2.0, 30.0, 36.0), (waits["ab"].Count, waits["ab"].Median.TotalHours, waits["ab"].Ninetieth.TotalHours, waits["ab"].Total.TotalHours));
        Assert.Equal((2, 2.0, 99.0, 101.0), (waits["bc"].Count, waits["bc"].Median.TotalHours, waits["bc"].Ninetieth.TotalHours, waits["bc"].Total.TotalHours));
        Assert.Equal(["bc", "ab", "cb"], Waiting.Of(log).Select(w => $"{log.Activities[w.From]}{log.Activities[w.To]}"));
    }

    [Fact]
    public void Work_is_handed_from_person_to_person_and_nobody_hands_to_themselves()
    {
        var log = Log();
        Assert.Equal(["Ana>Ben 2", "Ben>Ana 1", "Cy>Ben 1"], Handovers.Of(log).Select(h => $"{log.Resources[h.From]}>{log.Resources[h.To]} {h.Count}"));
        Assert.Equal(["Ana+Ben 3", "Ben+Cy 1"], Handovers.WorkingTogether(log).Select(t => $"{log.Resources[t.One]}+{log.Resources[t.Other]} {t.Cases}"));
    }

    [Fact]
    public void A_case_with_more_people_than_ever_worked_on_one_is_refused()
    {
        var builder = new EventLogBuilder();
        var number = builder.AddCase("crowd");
        for (var i = 0; i < 1_001; i++) builder.Add(number, "a", $"p{i}", i);
        Assert.Contains("case crowd has 1,001 different people", Assert.Throws<BadInputException>(() => Handovers.WorkingTogether(builder.Build())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_map_says_how_long_a_step_takes()
    {
        var log = Log();
        var svg = ProcessMap.Svg(DirectlyFollows.Of(log), new MapOptions
        {
            Waits = Waiting.Of(log).ToDictionary(w => (log.Activities[w.From], log.Activities[w.To]), w => w.Ninetieth),
        });
        Assert.Contains(">1.3 d</text>", svg, StringComparison.Ordinal);
        Assert.Contains(">4.1 d</text>", svg, StringComparison.Ordinal);
        Assert.Contains(">1 h</text>", svg, StringComparison.Ordinal);
        Assert.DoesNotContain(" d</text>", ProcessMap.Svg(DirectlyFollows.Of(log)), StringComparison.Ordinal);
    }
}
