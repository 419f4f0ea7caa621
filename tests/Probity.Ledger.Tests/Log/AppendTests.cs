using static Probity.Ledger.Tests.Log.LogFixture;

namespace Probity.Ledger.Tests.Log;

public sealed class SqliteAppendTests() : AppendTests(new SqliteLogFixture());

public sealed class PostgresAppendTests() : AppendTests(new PostgresLogFixture());

public abstract class AppendTests(LogFixture fixture) : LogSuite(fixture)
{
    [Fact]
    public async Task Appended_entries_are_read_back_as_they_were_given()
    {
        await using var log = await Fixture.OpenAsync();
        var stream = NewStream();
        var occurred = new DateTimeOffset(2026, 2, 1, 8, 0, 0, TimeSpan.FromHours(2)).AddMicroseconds(7);
        var given = Entry(stream, "first") with { Occurred = occurred };
        var result = await log.AppendAsync([new Expectation(stream, 0)], [given, Entry(stream, "")], Ct);

        var appended = Assert.IsType<AppendResult.Appended>(result);
        Assert.Equal((0, 2, 1), (appended.FirstIndex, appended.Count, appended.LastIndex));
        Assert.Equal(Fixture.Clock.Now, appended.Recorded);
        Assert.Equal(2, log.Size);
        var entries = await log.ReadStreamAsync(stream, 0, Ct);
        Assert.Equal([1L, 2L], entries.Select(entry => entry.Header.Version));
        var header = entries[0].Header;
        Assert.Equal((0, stream, "cases.opened.v1", given.Actor, given.Compartment, log.Node),
            (header.Index, header.Stream, header.Type, header.Actor, header.Compartment, header.Node));
        Assert.Equal(occurred, header.Occurred);
        Assert.Null(entries[1].Header.Occurred);
        Assert.Equal(["first", ""], entries.Select(Text));
        Assert.Equal(entries.Select(entry => entry.Header.Index), (await log.ReadAsync(0, 10, Ct)).Select(entry => entry.Header.Index));
        Assert.Equal("", Text(Assert.Single(await log.ReadStreamAsync(stream, 1, Ct))));
        Assert.Equal("first", Text(Assert.Single(await log.ReadStreamAsync(stream, 0, 1, Ct))));
        Assert.Empty(await log.ReadAsync(2, 10, Ct));
    }

    [Fact]
    public async Task A_stream_that_moved_on_is_a_conflict_and_nothing_is_appended()
    {
        await using var log = await Fixture.OpenAsync();
        var (moved, other) = (NewStream(), NewStream());
        await log.AppendAsync([], [Entry(moved), Entry(moved)], Ct);

        var result = await log.AppendAsync(
            [new Expectation(other, 0), new Expectation(moved, 1)], [Entry(other), Entry(moved)], Ct);
        Assert.Equal(new AppendResult.Conflict(moved, 1, 2), result);
        Assert.Equal(2, log.Size);
        Assert.Empty(await log.ReadStreamAsync(other, 0, Ct));
        Assert.Equal(new AppendResult.Conflict(other, 5, 0), await log.AppendAsync([new Expectation(other, 5)], [Entry(moved)], Ct));
    }

    [Fact]
    public async Task A_stream_without_an_expectation_is_appended_at_whatever_version_it_has()
    {
        await using var log = await Fixture.OpenAsync();
        var (a, b) = (NewStream(), NewStream());
        await log.AppendAsync([], [Entry(a), Entry(b), Entry(a)], Ct);
        await log.AppendAsync([new Expectation(b, 1)], [Entry(a), Entry(b)], Ct);
        Assert.Equal([0L, 2L, 3L], (await log.ReadStreamAsync(a, 0, Ct)).Select(entry => entry.Header.Index));
        Assert.Equal([1L, 2L], (await log.ReadStreamAsync(b, 0, Ct)).Select(entry => entry.Header.Version));
    }

    [Fact]
    public async Task Of_many_writers_with_one_expectation_exactly_one_succeeds()
    {
        await using var log = await Fixture.OpenAsync();
        var stream = NewStream();
        for (var round = 0; round < 20; round++)
        {
            var version = round;
            var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
                await log.AppendAsync([new Expectation(stream, version)], [Entry(stream)], Ct))));
            Assert.Single(results.OfType<AppendResult.Appended>());
            Assert.All(results.OfType<AppendResult.Conflict>(), conflict => Assert.Equal(version + 1, conflict.Actual));
        }

        Assert.Equal(20, (await log.ReadStreamAsync(stream, 0, Ct)).Count);
    }

    [Fact]
    public async Task Sixty_four_writers_at_once_leave_every_stream_whole_and_in_order()
    {
        await using var log = await Fixture.OpenAsync();
        const int Writers = 64, Each = 40;
        var streams = Enumerable.Range(0, Writers).Select(_ => NewStream()).ToArray();
        var shared = NewStream();
        await Task.WhenAll(streams.Select(stream => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                var result = await log.AppendAsync([new Expectation(stream, i)], [Entry(stream, $"{i}"), Entry(shared)], Ct);
                var appended = Assert.IsType<AppendResult.Appended>(result);
                Assert.True(log.Size > appended.LastIndex);
                Assert.Equal($"{i}", Text((await log.ReadAsync(appended.FirstIndex, 1, Ct))[0]));
            }
        })));

        Assert.Equal(Writers * Each * 2, log.Size);
        Assert.Equal(Enumerable.Range(1, Writers * Each).Select(i => (long)i),
            (await log.ReadStreamAsync(shared, 0, Ct)).Select(entry => entry.Header.Version));
        foreach (var stream in streams)
            Assert.Equal(Enumerable.Range(0, Each).Select(i => $"{i}"), (await log.ReadStreamAsync(stream, 0, Ct)).Select(Text));
    }

    [Fact]
    public async Task Recorded_time_does_not_run_backwards_when_the_clock_does()
    {
        var stream = NewStream();
        var start = Fixture.Clock.Now;
        await using (var log = await Fixture.OpenAsync())
        {
            await log.AppendAsync([], [Entry(stream)], Ct);
            Fixture.Clock.Now = start.AddHours(-1);
            await log.AppendAsync([], [Entry(stream)], Ct);
        }

        await using (var log = await Fixture.OpenAsync())
        {
            await log.AppendAsync([], [Entry(stream)], Ct);
            Fixture.Clock.Now = start.AddSeconds(1);
            await log.AppendAsync([], [Entry(stream)], Ct);
            Assert.Equal([start, start, start, start.AddSeconds(1)],
                (await log.ReadStreamAsync(stream, 0, Ct)).Select(entry => entry.Header.Recorded));
        }
    }

    [Fact]
    public async Task What_the_record_does_not_take_is_refused_before_it_is_queued()
    {
        await using var log = await Fixture.OpenAsync();
        var stream = NewStream();
        foreach (var type in (string[])["", "Upper", "with space", new string('a', 101), "é"])
            await Assert.ThrowsAsync<ArgumentException>(async () => await log.AppendAsync([], [Entry(stream, type: type)], Ct));
        await Assert.ThrowsAsync<ArgumentException>(async () => await log.AppendAsync([], [], Ct));
        var large = Entry(stream) with { Payload = new byte[TransparencyLog.MaxPayloadBytes + 1] };
        await Assert.ThrowsAsync<ArgumentException>(async () => await log.AppendAsync([], [large], Ct));
        Assert.IsType<AppendResult.Appended>(
            await log.AppendAsync([], [large with { Payload = new byte[TransparencyLog.MaxPayloadBytes] }], Ct));
        Assert.Equal(1, log.Size);
    }

    [Fact]
    public async Task A_request_given_up_before_it_is_queued_leaves_no_trace()
    {
        await using var log = await Fixture.OpenAsync();
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await log.AppendAsync([], [Entry(NewStream())], gone.Token));
        Assert.Equal(0, log.Size);
    }

    [Fact]
    public async Task A_closed_log_answers_what_it_took_and_takes_no_more()
    {
        var log = await Fixture.OpenAsync();
        var stream = NewStream();
        var waiting = Enumerable.Range(0, 50).Select(_ => log.AppendAsync([], [Entry(stream)], Ct).AsTask()).ToArray();
        await log.DisposeAsync();
        Assert.All(await Task.WhenAll(waiting), result => Assert.IsType<AppendResult.Appended>(result));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await log.AppendAsync([], [Entry(stream)], Ct));
    }
}
