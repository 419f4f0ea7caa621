using static Probity.Ledger.Tests.Log.LogFixture;

namespace Probity.Ledger.Tests.Log;

public sealed class SqliteErasingTests() : ErasingTests(new SqliteLogFixture());

public sealed class PostgresErasingTests() : ErasingTests(new PostgresLogFixture());

public abstract class ErasingTests(LogFixture fixture) : LogSuite(fixture)
{
    static readonly ActorId Eraser = new(Guid.NewGuid());

    static CompartmentId New() => new(Guid.NewGuid());

    [Fact]
    public async Task An_erasure_stands_on_the_record_and_its_payloads_are_gone_for_good()
    {
        var (stream, first, second) = (NewStream(), New(), New());
        await using (var log = await Fixture.OpenAsync())
        {
            await log.AppendAsync([], [Entry(stream, "one", compartment: first), Entry(stream, "two", compartment: second), Entry(stream, "kept")], Ct);
            var done = Assert.IsType<AppendResult.Appended>(
                await log.EraseAsync([new Expectation(stream, 3)], [Entry(stream, "because")], Eraser, [first, second, first], Ct));
            Assert.Equal((3, 2), (done.FirstIndex, done.Count));
            await CheckAsync(log);
            await Assert.ThrowsAsync<KeyDestroyedException>(async () => await log.AppendAsync([], [Entry(stream, compartment: second)], Ct));
        }

        await using var again = await Fixture.OpenAsync();
        await CheckAsync(again);
        await Assert.ThrowsAsync<KeyDestroyedException>(async () => await again.AppendAsync([], [Entry(stream, compartment: first)], Ct));

        async Task CheckAsync(TransparencyLog log)
        {
            Assert.Equal([null, null, "kept", "because"], (await log.ReadStreamAsync(stream, 0, Ct)).Select(Text));
            var said = Assert.Single(await log.ReadStreamAsync(KeysDestroyed.Stream, 0, Ct));
            Assert.Equal((KeysDestroyed.Type, Eraser), (said.Header.Type, said.Header.Actor));
            Assert.Equal([first, second], KeysDestroyed.Decode(said.Payload!.Value.Span).Compartments);
        }
    }

    [Fact]
    public async Task What_was_decided_on_an_older_state_erases_nothing()
    {
        var (held, compartment) = (NewStream(), New());
        await using var log = await Fixture.OpenAsync();
        await log.AppendAsync([], [Entry(held, "a hold"), Entry(NewStream(), "still here", compartment: compartment)], Ct);
        Assert.IsType<AppendResult.Conflict>(await log.EraseAsync([new Expectation(held, 0)], [], Eraser, [compartment], Ct));
        Assert.Equal("still here", Text((await log.ReadAsync(1, 1, Ct))[0]));
        Assert.IsType<AppendResult.Appended>(await log.AppendAsync([], [Entry(held, compartment: compartment)], Ct));
    }

    [Fact]
    public async Task An_erasure_that_was_cut_short_is_finished_when_the_log_opens()
    {
        var (stream, compartment) = (NewStream(), New());
        WrappedKey? back;
        await using (var log = await Fixture.OpenAsync()) await log.AppendAsync([], [Entry(stream, "gone", compartment: compartment)], Ct);
        await using (var keys = Fixture.OpenKeyStore()) back = await keys.FindAsync(compartment, Ct);
        await using (var log = await Fixture.OpenAsync()) await log.EraseAsync([], [], Eraser, [compartment], Ct);

        // As if the process had ended between the entry and the key, or somebody had put the key back.
        await Fixture.PutBackAsync(back!);
        await using (var keys = Fixture.OpenKeyStore()) Assert.NotNull((await keys.FindAsync(compartment, Ct))!.Wrapped);
        await using (var log = await Fixture.OpenAsync()) Assert.Null(Assert.Single(await log.ReadStreamAsync(stream, 0, Ct)).Payload);
        await using (var keys = Fixture.OpenKeyStore()) Assert.Null((await keys.FindAsync(compartment, Ct))!.Wrapped);
    }

    // Appends and the erasure wait for the one writer together: an entry comes before the erasure and is erased, or after it and is refused.
    [Fact]
    public async Task Nothing_joins_a_compartment_behind_its_erasure()
    {
        var compartment = New();
        await using var log = await Fixture.OpenAsync();
        var appends = Enumerable.Range(0, 200).Select(async i =>
        {
            await Task.Yield();
            if (i == 100) return await log.EraseAsync([], [], Eraser, [compartment], Ct);
            try
            {
                return await log.AppendAsync([], [Entry(NewStream(), $"{i}", compartment: compartment)], Ct);
            }
            catch (KeyDestroyedException)
            {
                return null;
            }
        });
        await Task.WhenAll(appends);
        var entries = await log.ReadAsync(0, 1_000, Ct);
        Assert.Equal(KeysDestroyed.Type, entries[^1].Header.Type);
        Assert.All(entries.SkipLast(1), entry => Assert.Null(entry.Payload));
    }

    [Fact]
    public async Task What_cannot_be_erased_or_appended_is_refused_and_changes_nothing()
    {
        await using var log = await Fixture.OpenAsync();
        var compartment = New();
        var own = Entry(NewStream()) with { Type = KeysDestroyed.Type };
        await Assert.ThrowsAsync<ArgumentException>(async () => await log.EraseAsync([], [], Eraser, [], Ct));
        await Assert.ThrowsAsync<ArgumentException>(async () => await log.EraseAsync([], [], Eraser, [KeysDestroyed.Compartment], Ct));
        await Assert.ThrowsAsync<ArgumentException>(async () => await log.EraseAsync([], [Entry(NewStream(), compartment: compartment)], Eraser, [compartment], Ct));
        await Assert.ThrowsAsync<ArgumentException>(async () => await log.AppendAsync([], [own], Ct));
        await Assert.ThrowsAsync<ArgumentException>(async () => await log.AppendAsync([], [Entry(KeysDestroyed.Stream)], Ct));
        await Assert.ThrowsAsync<ArgumentException>(async () => await log.AppendAsync([], [Entry(NewStream(), compartment: KeysDestroyed.Compartment)], Ct));
        Assert.Equal(0, log.Size);
    }
}
