using Microsoft.Data.Sqlite;
using Probity.Ledger.Tests.Log;
using Probity.Storage;

namespace Probity.Ledger.Tests.Faults;

/// <summary>A store that refuses for a while: whoever asked is told, nothing acknowledged is lost, and the log goes on after it.</summary>
public sealed class StoreFaultTests
{
    // The database itself refuses, as it does on a full disk.
    [Theory]
    [InlineData("ledger.db", "record")]
    [InlineData("ledger.db", "checkpoint")]
    [InlineData("keys.db", "key")]
    public async Task A_store_that_refuses_fails_the_requests_and_the_log_goes_on(string file, string table)
    {
        var ct = TestContext.Current.CancellationToken;
        using var place = new TemporaryFolder();
        await using (var log = await NodeFolder.CreateAsync(place.Path, "example.org/full", new TestClock(), new LogOptions(), ct))
        {
            var stream = LogFixture.NewStream();
            await log.AppendAsync([], [LogFixture.Entry(stream)], ct);
            Run(place.Path, file, $"CREATE TRIGGER full BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'disk is full'); END");
            var refused = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
                await Assert.ThrowsAsync<StoreFaultException>(async () =>
                    await log.AppendAsync([new Expectation(stream, 1)], [LogFixture.Entry(stream, compartment: new CompartmentId(Guid.NewGuid()))], ct))));
            Assert.All(refused, fault => Assert.Contains("disk is full", fault.Message, StringComparison.Ordinal));
            Assert.Equal(1, log.Size);

            Run(place.Path, file, "DROP TRIGGER full");
            Assert.IsType<AppendResult.Appended>(await log.AppendAsync([new Expectation(stream, 1)], [LogFixture.Entry(stream)], ct));
            Assert.Equal(2, (await log.ReadStreamAsync(stream, 0, ct)).Count);
        }

        Assert.True((await NodeVerifier.VerifyAsync(place.Path, new VerifyRequest(null, []), null, ct)).Ok);
    }

    static void Run(string folder, string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, file)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
