using static Probity.Ledger.Tests.Log.LogFixture;

namespace Probity.Ledger.Tests.Log;

public sealed class SqliteClockTests() : ClockTests(new SqliteLogFixture());

/// <summary>Clocks that jump: recorded time stands still rather than run backwards, within a life of the log and from one to the next.</summary>
public abstract class ClockTests(LogFixture fixture) : LogSuite(fixture)
{
    [Fact]
    public async Task Recorded_time_never_runs_backwards_however_the_clock_jumps()
    {
        var random = new Random(20260301);
        var stream = NewStream();
        var furthest = DateTimeOffset.MinValue;
        var expected = new List<DateTimeOffset>();
        for (var life = 0; life < 4; life++)
        {
            await using var log = await Fixture.OpenAsync();
            for (var i = 0; i < 25; i++)
            {
                // Back and forth by up to three years; microseconds are what the record keeps.
                Fixture.Clock.Now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddMicroseconds(random.NextInt64(-94_000_000_000_000, 94_000_000_000_000));
                if (Fixture.Clock.Now > furthest) furthest = Fixture.Clock.Now;
                var result = (AppendResult.Appended)await log.AppendAsync([], [Entry(stream)], Ct);
                Assert.Equal(furthest, result.Recorded);
                expected.Add(furthest);
            }

            Assert.Equal(expected, (await log.ReadStreamAsync(stream, 0, Ct)).Select(entry => entry.Header.Recorded));
        }
    }

    [Fact]
    public async Task A_clock_at_the_end_of_time_or_before_its_beginning_stops_no_append()
    {
        var stream = NewStream();
        await using (var log = await Fixture.OpenAsync())
            foreach (var time in (DateTimeOffset[])[DateTimeOffset.MinValue, DateTimeOffset.UnixEpoch.AddTicks(-1), DateTimeOffset.MaxValue])
            {
                Fixture.Clock.Now = time;
                await log.AppendAsync([], [Entry(stream)], Ct);
            }

        Fixture.Clock.Now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        await using var again = await Fixture.OpenAsync();
        await again.AppendAsync([], [Entry(stream)], Ct);
        var recorded = (await again.ReadStreamAsync(stream, 0, Ct)).Select(entry => entry.Header.Recorded).ToList();
        Assert.Equal(recorded.Order(), recorded);
        Assert.Equal(recorded[2], recorded[3]);
        Assert.Equal(9999, recorded[3].Year);
    }
}
