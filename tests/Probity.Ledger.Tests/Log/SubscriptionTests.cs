using static Probity.Ledger.Tests.Log.LogFixture;

namespace Probity.Ledger.Tests.Log;

public sealed class SqliteSubscriptionTests() : SubscriptionTests(new SqliteLogFixture());

public sealed class PostgresSubscriptionTests() : SubscriptionTests(new PostgresLogFixture());

public abstract class SubscriptionTests(LogFixture fixture) : LogSuite(fixture)
{
    [Fact]
    public async Task A_subscriber_gets_every_entry_once_and_in_order_while_others_write()
    {
        const int Entries = 3_000;
        await using var log = await Fixture.OpenAsync();
        var stream = NewStream();
        await log.AppendAsync([], [.. Enumerable.Range(0, 700).Select(_ => Entry(stream))], Ct);
        var writing = Task.Run(async () =>
        {
            while (log.Size < Entries) await log.AppendAsync([], [Entry(stream), Entry(stream)], Ct);
        }, Ct);

        var expected = 5L;
        await foreach (var batch in log.SubscribeAsync(5, Ct))
        {
            foreach (var entry in batch) Assert.Equal(expected++, entry.Header.Index);
            if (expected >= Entries) break;
        }

        await writing;
    }

    [Fact]
    public async Task A_subscriber_that_is_up_to_date_wakes_with_the_next_commit()
    {
        await using var log = await Fixture.OpenAsync();
        await using var batches = log.SubscribeAsync(0, Ct).GetAsyncEnumerator(Ct);
        for (var round = 0; round < 100; round++)
        {
            var next = batches.MoveNextAsync().AsTask();
            Assert.False(next.IsCompleted);
            await log.AppendAsync([], [Entry(NewStream())], Ct);
            Assert.True(await next);
            Assert.Equal(round, Assert.Single(batches.Current).Header.Index);
        }
    }

    [Fact]
    public async Task A_subscription_ends_with_its_token_and_with_the_log()
    {
        var log = await Fixture.OpenAsync();
        using var stop = new CancellationTokenSource();
        await using var stopped = log.SubscribeAsync(0, stop.Token).GetAsyncEnumerator(Ct);
        var waiting = stopped.MoveNextAsync().AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        await using var open = log.SubscribeAsync(0, Ct).GetAsyncEnumerator(Ct);
        waiting = open.MoveNextAsync().AsTask();
        await log.DisposeAsync();
        Assert.False(await waiting);
    }
}
