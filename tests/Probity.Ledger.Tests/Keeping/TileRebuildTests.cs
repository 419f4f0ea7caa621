using Microsoft.Data.Sqlite;
using Probity.Ledger.Tests.Log;
using Probity.Storage;
using Probity.Storage.Sqlite;

namespace Probity.Ledger.Tests.Keeping;

/// <summary>Tiles are made again from the records, and never to fit records that are wrong.</summary>
public sealed class TileRebuildTests : IAsyncLifetime
{
    const int Records = 700;

    readonly TemporaryFolder _place = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Node => Path.Combine(_place.Path, "node");

    public async ValueTask InitializeAsync()
    {
        await using var log = await NodeFolder.CreateAsync(Node, "example.org/tiles", new TestClock(), new LogOptions { Durability = Durability.OnlyWhenClosed }, Ct);
        for (var i = 0; i < 7; i++)
            await log.AppendAsync([], [.. Enumerable.Range(0, Records / 7).Select(_ => LogFixture.Entry(LogFixture.NewStream()))], Ct);
    }

    public ValueTask DisposeAsync()
    {
        _place.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(0, "SELECT 1")]
    [InlineData(1, "UPDATE tile SET hashes = zeroblob(8192) WHERE level = 0 AND number = 1")]
    [InlineData(1, "UPDATE tile SET hashes = substr(hashes, 1, 32) WHERE level = 1")]
    [InlineData(1, "DELETE FROM tile WHERE level = 1")]
    [InlineData(3, "DELETE FROM tile")]
    [InlineData(2, "INSERT INTO tile SELECT 0, 2, hashes FROM tile WHERE level = 0 AND number = 0; INSERT INTO tile VALUES (-1, 5, zeroblob(32))")]
    [InlineData(1, "INSERT INTO tile VALUES (2, 0, zeroblob(32))")]
    public async Task What_differs_is_put_right(int wrong, string sql)
    {
        Run(sql);
        Assert.Equal(wrong == 0, await VerifiesAsync());
        Assert.Equal(new TileReport(Records, 3, wrong, null), await TileRebuild.RunAsync(NodeFolder.At(Node), null, Ct));
        Assert.True(await VerifiesAsync());
        Assert.Equal(0, (await TileRebuild.RunAsync(NodeFolder.At(Node), null, Ct)).Wrong);
    }

    [Theory]
    [InlineData("DELETE FROM record WHERE idx = 300")]
    [InlineData("UPDATE record SET header = (SELECT header FROM record WHERE idx = 2) WHERE idx = 300")]
    [InlineData("UPDATE checkpoint SET note = replace(note, '700', '600') WHERE size = 700")]
    public async Task Nothing_is_changed_where_the_records_do_not_have_the_root_that_was_signed(string sql)
    {
        Run(sql + "; DELETE FROM tile WHERE level = 1");
        Assert.NotNull((await TileRebuild.RunAsync(NodeFolder.At(Node), null, Ct)).Fault);
        await using var store = SqliteLogStore.OpenUntouched(NodeFolder.At(Node).LedgerFile);
        Assert.Null(await store.ReadTileAsync(1, 0, Ct));
    }

    [Fact]
    public async Task A_running_node_is_left_alone()
    {
        await using var log = await NodeFolder.OpenAsync(Node, new TestClock(), new LogOptions(), Ct);
        await Assert.ThrowsAsync<IOException>(() => TileRebuild.RunAsync(NodeFolder.At(Node), null, Ct));
    }

    async Task<bool> VerifiesAsync() => (await NodeVerifier.VerifyAsync(Node, new VerifyRequest(null, []), null, Ct)).Ok;

    void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={NodeFolder.At(Node).LedgerFile};Pooling=False");
        connection.Open();
        connection.Run(sql);
    }
}
