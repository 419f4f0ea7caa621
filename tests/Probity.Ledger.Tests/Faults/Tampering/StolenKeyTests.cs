using Probity.Ledger.Tests.Log;
using Probity.Storage;

namespace Probity.Ledger.Tests.Faults.Tampering;

/// <summary>
/// Who holds the machine, the database and every key of the node writes its history anew, consistently. It verifies by itself; a
/// checkpoint that somebody else keeps finds it.
/// </summary>
public sealed class StolenKeyTests : IDisposable
{
    const int Records = 40;

    readonly MemoryFolder _place = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Node => Path.Combine(_place.Path, "node");

    string Forged => Path.Combine(_place.Path, "forged");

    public static TheoryData<string, int> Forgeries => new()
    {
        { "a payload changed", 20 }, { "the first record changed", 0 }, { "the last record changed", Records - 1 },
        { "a record dropped", 20 }, { "the last record dropped", Records - 1 }, { "two records exchanged", 20 },
        { "a record inserted", 20 }, { "another actor", 20 }, { "another time", 20 }, { "cut and grown again", 20 },
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_history_written_anew_with_every_key_is_found_by_a_checkpoint_that_somebody_kept(string forgery, int at)
    {
        var (entries, node, kept) = await MakeAsync();
        Assert.Equal(kept, await ForgeAsync(entries, node));
        var real = File.ReadAllBytes(Path.Combine(Forged, "checkpoint"));
        Assert.True((await VerifyAsync(Forged, kept)).Ok);

        Directory.Delete(Forged, recursive: true);
        var seen = await ForgeAsync(Forge(entries, forgery, at), node);
        Assert.NotEqual(real, File.ReadAllBytes(Path.Combine(Forged, "checkpoint")));
        var alone = await VerifyAsync(Forged);
        Assert.True(alone.Ok, string.Join('\n', alone.Checks));
        Assert.Contains((await VerifyAsync(Forged, kept)).Checks, check => check is { Ok: false, Name: "old checkpoints" });
        // A second reader who was shown the forged history finds the real one false in the same way.
        Assert.Equal(forgery == "the last record dropped", (await VerifyAsync(Node, seen)).Ok);
    }

    static List<Entry> Forge(IReadOnlyList<Entry> entries, string forgery, int at)
    {
        var forged = entries.ToList();
        var one = forged[at];
        switch (forgery)
        {
            case "a record dropped" or "the last record dropped":
                forged.RemoveAt(at);
                break;
            case "two records exchanged":
                (forged[at], forged[at + 1]) = (forged[at + 1], one);
                break;
            case "a record inserted":
                forged.Insert(at, one);
                break;
            case "another actor":
                forged[at] = one with { Header = one.Header with { Actor = new ActorId(Guid.NewGuid()) } };
                break;
            case "another time":
                forged[at] = one with { Header = one.Header with { Recorded = one.Header.Recorded.AddMicroseconds(1) } };
                break;
            case "cut and grown again":
                forged.RemoveRange(at, forged.Count - at);
                for (var i = at; i < entries.Count + 5; i++) forged.Add(one);
                break;
            default:
                forged[at] = one with { Payload = "not what happened"u8.ToArray() };
                break;
        }

        return forged;
    }

    async Task<(IReadOnlyList<Entry> Entries, Guid Node, string Kept)> MakeAsync()
    {
        var clock = new TestClock();
        await using var log = await NodeFolder.CreateAsync(Node, LogKeys.Generate("example.org/stolen"), clock, Options(null), 512, Ct);
        var streams = Enumerable.Range(0, 4).Select(_ => LogFixture.NewStream()).ToArray();
        for (var i = 0; i < Records; i++)
        {
            clock.Now += TimeSpan.FromSeconds(1);
            await log.AppendAsync([], [LogFixture.Entry(streams[i % 3], $"record {i}")], Ct);
        }

        return (await log.ReadAsync(0, Records, Ct), log.Node, log.Checkpoint);
    }

    /// <summary>A node of the same name, keys and id, with the compartments' own keys, nonces that are the real ones' where they can be, and a history of choice.</summary>
    async Task<string> ForgeAsync(IReadOnlyList<Entry> entries, Guid node)
    {
        var clock = new TestClock();
        Directory.CreateDirectory(Forged);
        File.Copy(Path.Combine(Node, "keys.db"), Path.Combine(Forged, "keys.db"));
        await using var log = await NodeFolder.CreateAsync(Forged, LogKeys.Read(Path.Combine(Node, "keys")), clock, Options(node), 512, Ct);
        foreach (var entry in entries)
        {
            clock.Now = entry.Header.Recorded;
            await log.AppendAsync([], [new NewEntry(entry.Header.Stream, entry.Header.Type, entry.Payload!.Value, entry.Header.Actor, entry.Header.Compartment)], Ct);
        }

        return log.Checkpoint;
    }

    /// <summary>Nonces that repeat themselves, so that the same history has the same bytes: the attacker knows the real ones.</summary>
    static LogOptions Options(Guid? node)
    {
        var count = 0;
        return new LogOptions
        {
            Node = node,
            FillNonce = nonce =>
            {
                nonce.Clear();
                nonce[0] = (byte)count++;
            },
        };
    }

    static Task<VerifyReport> VerifyAsync(string folder, params string[] old) => NodeVerifier.VerifyAsync(folder, new VerifyRequest(null, old), null, Ct);

    public void Dispose() => _place.Dispose();
}
