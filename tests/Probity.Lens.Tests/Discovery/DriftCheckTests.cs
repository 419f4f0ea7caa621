using CsCheck;
using Probity.Lens.Discovery;
using Probity.Lens.Logs;
using Probity.Testing;

namespace Probity.Lens.Tests.Discovery;

public class DriftCheckTests
{
    const long Day = 86_400_000_000;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 0.479500122186953)]
    [InlineData(1, 0.157299207050285)]
    [InlineData(2, 0.004677734981047)]
    [InlineData(3, 2.209049699858544e-5)]
    [InlineData(6, 2.151973671249891e-17)]
    public void The_complementary_error_function(double x, double expected) => Assert.Equal(1, DriftTests.Erfc(x) / expected, 9);

    [Fact]
    public void Shares_are_compared_by_chi_square()
    {
        // 20 and 40 of a hundred each: 200 (20 60 - 40 80)^2 / (60 140 100 100) = 9.5238.
        Assert.Equal(DriftTests.Erfc(Math.Sqrt(9.523809523809524 / 2)), DriftTests.Shares(20, 100, 40, 100)!.Value, 12);
        Assert.Equal(0.00203, DriftTests.Shares(20, 100, 40, 100)!.Value, 5);
        Assert.Equal(1, DriftTests.Shares(30, 100, 60, 200)!.Value, 12);
        // Three in two hundred: 1.5 expected each.
        Assert.Null(DriftTests.Shares(1, 100, 2, 100));
        Assert.Null(DriftTests.Shares(100, 100, 100, 100));
    }

    [Fact]
    public void Lengths_are_compared_by_counting_pairs() =>
        Gen.Select(Gen.Long[0, 12].Array[20, 40], Gen.Long[0, 15].Array[20, 40]).Sample(
            (one, other) =>
            {
                var (m, n) = ((double)one.Length, (double)other.Length);
                var u = one.Sum(x => other.Sum(y => x > y ? 1 : x == y ? 0.5 : 0));
                var ties = one.Concat(other).GroupBy(x => x).Sum(g => Math.Pow(g.Count(), 3) - g.Count());
                var sigma = Math.Sqrt(m * n / 12 * (m + n + 1 - (ties / ((m + n) * (m + n - 1)))));
                var expected = DriftTests.Erfc(Math.Max(0, Math.Abs(u - (m * n / 2)) - 0.5) / sigma / Math.Sqrt(2));
                Assert.Equal(expected, DriftTests.Lengths([.. one.Order()], [.. other.Order()])!.Value, 9);
            },
            iter: 200);

    [Fact]
    public void Few_or_equal_lengths_are_not_compared()
    {
        Assert.Null(DriftTests.Lengths(new long[19], Enumerable.Range(0, 50).Select(i => (long)i).ToArray()));
        Assert.Null(DriftTests.Lengths(new long[30], new long[30]));
    }

    [Fact]
    public void A_case_belongs_to_where_it_begins_and_the_last_period_is_open()
    {
        var new2021 = Days(2021, 1, 1);
        var log = Log([("ab", new2021 - 1, 30 * Day), ("ab", new2021, Day), ("", 0, 0), ("a", Days(2023, 5, 5), 0), ("b", Days(2024, 2, 29), 0)]);
        var drift = Drift.Of(log, DriftPeriod.Year, null, TestContext.Current.CancellationToken);
        Assert.Equal([2020, 2021, 2023, 2024], drift.Periods.Select(p => p.Start.Year));
        Assert.Equal([1, 1, 1, 1], drift.Periods.Select(p => p.Cases));
        Assert.Equal([2, 2, 1, 1], drift.Periods.Select(p => p.Events));
        Assert.Equal([false, false, false, true], drift.Periods.Select(p => p.IsOpen));
        Assert.All(drift.Periods, p => Assert.Equal((DateTimeKind.Utc, DateTimeKind.Utc), (p.Start.Kind, p.End.Kind)));
        Assert.Equal((0, 0), (drift.Tests, drift.Changes.Count));
        var quarters = Drift.Of(log, DriftPeriod.Quarter, null, TestContext.Current.CancellationToken).Periods;
        Assert.Equal(["2020 Q4", "2021 Q1", "2023 Q2", "2024 Q1"], quarters.Select(p => p.Name));
        Assert.Equal([(10, 1), (1, 4), (4, 7), (1, 4)], quarters.Select(p => (p.Start.Month, p.End.Month)));
        Assert.Equal(2, Drift.Of(log, DriftPeriod.Month, null, TestContext.Current.CancellationToken).Periods[^1].Start.Month);
    }

    [Fact]
    public void The_ends_of_the_calendar_are_periods_too()
    {
        var log = Log([("a", Days(1, 1, 1), 0), ("a", Days(9999, 12, 31), 0)]);
        foreach (var period in Enum.GetValues<DriftPeriod>())
        foreach (var zone in (string[])["UTC", "Pacific/Kiritimati", "America/Lima"])
            Assert.Equal(2, Drift.Of(log, period, TimeZoneInfo.FindSystemTimeZoneById(zone), TestContext.Current.CancellationToken).Periods.Count);
        Assert.Empty(Drift.Of(Log([]), DriftPeriod.Year, null, TestContext.Current.CancellationToken).Periods);
    }

    [Fact]
    public void What_was_changed_is_found_and_nothing_else()
    {
        var random = new Random(4);
        // From 2022 a third of the cases is not weighed (w), and all take longer.
        var log = Log(Enumerable.Range(0, 1_500).Select(i =>
        {
            var year = 2020 + (i / 300);
            var path = year >= 2022 && random.Next(3) == 0 ? "sd" : random.Next(4) == 0 ? "swd" : "swtd";
            return (path, Days(year, 1 + random.Next(12), 1 + random.Next(28)), (long)((year >= 2022 ? 12 : 6) * Day * (0.5 + random.NextDouble())));
        }));
        var drift = Drift.Of(log, DriftPeriod.Year, null, TestContext.Current.CancellationToken);
        Assert.Equal([false, false, false, false, true], drift.Periods.Select(p => p.IsOpen));
        Assert.All(drift.Changes, c => Assert.Equal((1, 2), (c.From, c.To)));
        string Name(DriftChange c) => c.Kind + " " + string.Concat(c.Activities.Select(a => log.Activities[a]));
        Assert.Equal("Duration ", Name(drift.Changes[0]));
        Assert.InRange(drift.Changes[0].After / drift.Changes[0].Before, 1.7, 2.3);
        Assert.Superset(new HashSet<string> { "Duration ", "Path sd", "Step sd", "Step sw" }, drift.Changes.Select(Name).ToHashSet());
        var skipped = drift.Changes.Single(c => Name(c) == "Step sd");
        Assert.Equal(0, skipped.Before);
        Assert.InRange(skipped.After, 0.25, 0.42);
    }

    [Theory]
    [InlineData(DriftPeriod.Year)]
    [InlineData(DriftPeriod.Quarter)]
    public void Where_nothing_changed_little_is_found(DriftPeriod period)
    {
        const int Logs = 200;
        string[] paths = ["abcd", "abd", "acd", "abcbcd", "ad", "abcde"];
        var random = new Random(9);
        var alarms = 0;
        for (var n = 0; n < Logs; n++)
        {
            var log = Log(Enumerable.Range(0, 600).Select(_ =>
                (paths[(int)(6 * Math.Pow(random.NextDouble(), 1.5))], Days(2020, 1, 1) + (long)(random.NextDouble() * 3 * 365 * Day), (long)(-Math.Log(1 - random.NextDouble()) * 10 * Day))));
            var drift = Drift.Of(log, period, null, TestContext.Current.CancellationToken);
            Assert.NotEqual(0, drift.Tests);
            if (drift.Changes.Count > 0) alarms++;
        }

        // One in twenty, and three standard errors.
        Assert.InRange(alarms, 0, (0.05 * Logs) + (3 * Math.Sqrt(0.05 * 0.95 * Logs)));
    }

    [Fact]
    public void The_road_fines_by_year()
    {
        var log = LogReader.Read(ReferenceData.Path("lens/logs/roadfines.xes.gz"), null, null, TestContext.Current.CancellationToken);
        // Its dates are local midnights: the first of January lies in the old year elsewhere.
        var drift = Drift.Of(log, DriftPeriod.Year, TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome"), TestContext.Current.CancellationToken);
        Assert.Equal("1999-12-31T23:00:00.0000000Z", drift.Periods[0].Start.ToString("O"));
        Assert.Equal((150_370, 561_470L, 14), (drift.Periods.Sum(p => p.Cases), drift.Periods.Sum(p => p.Events), drift.Periods.Count));
        Assert.True(drift.Periods[^1].IsOpen);
        Assert.NotEmpty(drift.Changes);
        Assert.DoesNotContain(drift.Changes, c => drift.Periods[c.To].IsOpen || c.Adjusted > Drift.FalseDiscoveries);
    }

    static long Days(int year, int month, int day) => (new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    static EventLog Log(IEnumerable<(string Path, long Begin, long Length)> cases)
    {
        var builder = new EventLogBuilder();
        foreach (var (path, begin, length) in cases)
        {
            var number = builder.AddCase(builder.CaseCount.ToString(System.Globalization.CultureInfo.InvariantCulture));
            for (var i = 0; i < path.Length; i++) builder.Add(number, path[i].ToString(), null, begin + (path.Length == 1 ? 0 : length * i / (path.Length - 1)));
        }

        return builder.Build();
    }
}
