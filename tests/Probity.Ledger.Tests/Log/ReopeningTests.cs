using Probity.Ledger.Formats;
using static Probity.Ledger.Tests.Log.LogFixture;

namespace Probity.Ledger.Tests.Log;

public sealed class SqliteReopeningTests() : ReopeningTests(new SqliteLogFixture());

public sealed class PostgresReopeningTests() : ReopeningTests(new PostgresLogFixture());

public abstract class ReopeningTests(LogFixture fixture) : LogSuite(fixture)
{
    [Fact]
    public async Task A_log_goes_on_where_it_was_closed()
    {
        var stream = NewStream();
        Guid node = default;
        var version = 0;
        foreach (var count in (int[])[0, 1, 254, 1, 1, 255, 256, 1, 300])
        {
            await using var log = await Fixture.OpenAsync();
            if (node == default) node = log.Node;
            Assert.Equal((node, version), (log.Node, log.Size));
            if (count == 0) continue;
            await log.AppendAsync([new Expectation(stream, version)], [.. Enumerable.Range(version, count).Select(i => Entry(stream, $"{i}"))], Ct);
            version += count;
        }

        await using var last = await Fixture.OpenAsync();
        Assert.Equal(Enumerable.Range(0, version).Select(i => $"{i}"), (await last.ReadStreamAsync(stream, 0, Ct)).Select(Text));
    }

    [Fact]
    public async Task Another_signing_key_is_refused()
    {
        await using (var log = await Fixture.OpenAsync()) await log.AppendAsync([], [Entry(NewStream())], Ct);
        await using var store = Fixture.OpenStore();
        await using var keys = Fixture.OpenKeyStore();
        using var other = LogKeys.Generate("example.org/unit");
        await Assert.ThrowsAsync<InvalidDataException>(() =>
            TransparencyLog.OpenAsync(store, keys, other, Fixture.Clock, new LogOptions(), Ct));
    }

    [Fact]
    public async Task A_log_whose_newest_entries_are_not_those_it_signed_is_refused()
    {
        await using (var log = await Fixture.OpenAsync()) await log.AppendAsync([], [Entry(NewStream())], Ct);
        await using (var store = Fixture.OpenStore())
        {
            await using var append = await store.BeginAppendAsync(Ct);
            using var secrets = Fixture.ReadSecrets();
            var head = secrets.Sign("example.org/unit", 2, MerkleTree.EmptyRoot);
            await append.CommitAsync(new LogCommit([], [], new StoredCheckpoint(2, head.Note)), Ct);
        }

        await Assert.ThrowsAsync<InvalidDataException>(() => Fixture.OpenAsync());
    }

    [Fact]
    public async Task A_destroyed_key_takes_its_payloads_with_it_and_nothing_else()
    {
        var (gone, kept) = (NewStream(), NewStream());
        var erased = new CompartmentId(Guid.NewGuid());
        await using (var log = await Fixture.OpenAsync())
        {
            await log.AppendAsync([], [Entry(gone, "erased", compartment: erased), Entry(kept, "kept")], Ct);
            await log.DestroyKeyAsync(erased, Ct);
            await CheckAsync(log);
            await Assert.ThrowsAsync<KeyDestroyedException>(async () =>
                await log.AppendAsync([], [Entry(kept, "not this"), Entry(gone, compartment: erased)], Ct));
            Assert.Equal(2, log.Size);
        }

        await using var again = await Fixture.OpenAsync();
        await CheckAsync(again);
        Assert.IsType<AppendResult.Appended>(await again.AppendAsync([], [Entry(gone, "another compartment")], Ct));

        async Task CheckAsync(TransparencyLog log)
        {
            var entry = Assert.Single(await log.ReadStreamAsync(gone, 0, Ct));
            Assert.Null(entry.Payload);
            Assert.Equal(gone, entry.Header.Stream);
            Assert.Equal("kept", Text(Assert.Single(await log.ReadStreamAsync(kept, 0, Ct))));
        }
    }

    [Fact]
    public async Task A_key_destroyed_before_it_was_ever_used_is_never_made()
    {
        await using var log = await Fixture.OpenAsync();
        var compartment = new CompartmentId(Guid.NewGuid());
        await log.DestroyKeyAsync(compartment, Ct);
        await log.DestroyKeyAsync(compartment, Ct);
        await Assert.ThrowsAsync<KeyDestroyedException>(async () => await log.AppendAsync([], [Entry(NewStream(), compartment: compartment)], Ct));
    }
}
