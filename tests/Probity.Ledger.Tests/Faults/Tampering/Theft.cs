using System.Text;
using Probity.Ledger.Formats;
using Probity.Ledger.Tests.Log;
using Probity.Storage;

namespace Probity.Ledger.Tests.Faults.Tampering;

/// <summary>A node whose folder was copied after every commit, whose keys are stolen, and two of whose three witnesses have confirmed it once.</summary>
internal sealed class Theft : IDisposable
{
    /// <summary>How many of the records the witnesses have confirmed.</summary>
    public const int Confirmed = 28;

    const int Records = 40;
    const int Commit = 4;

    readonly SortedDictionary<int, Snapshot> _snapshots = [];
    readonly SignerKey[] _witnesses = [.. Enumerable.Range(0, 3).Select(i => SignerKey.Generate($"w{i}.example", SignatureType.CosignatureEd25519))];

    Theft() => Policy = TlogPolicy.Parse(Encoding.UTF8.GetBytes(
        string.Concat(_witnesses.Select((key, i) => $"witness w{i} {key.Verifier}\n")) + "group two 2 w0 w1 w2\nquorum two\n"));

    /// <summary>Whoever verifies asks for two of the three.</summary>
    public TlogPolicy Policy { get; }

    /// <summary>The sizes to go back to.</summary>
    public IReadOnlyList<int> Sizes => [.. _snapshots.Keys];

    /// <summary>What was recorded.</summary>
    public IReadOnlyList<Entry> Entries { get; private set; } = [];

    /// <summary>The folder as it is.</summary>
    public Snapshot Now => _snapshots[Records];

    /// <summary>What the witnesses hold.</summary>
    public WitnessedCheckpoint Witnessed { get; private set; } = null!;

    /// <summary>The same checkpoint as the log itself signed it.</summary>
    public string Own { get; private set; } = "";

    /// <summary>What the witnesses are called, which anybody may know.</summary>
    public IEnumerable<string> WitnessNames => _witnesses.Select(key => key.Verifier.Name);

    /// <summary>The folder as it was when it held so many records.</summary>
    public Snapshot At(int size) => _snapshots[size];

    /// <summary>Makes the node in a folder.</summary>
    public static async Task<Theft> MakeAsync(string folder, CancellationToken ct)
    {
        var theft = new Theft();
        var clock = new TestClock();
        var streams = Enumerable.Range(0, 3).Select(_ => LogFixture.NewStream()).ToArray();
        await (await NodeFolder.CreateAsync(folder, LogKeys.Generate("example.org/stolen"), clock, Options(0), 512, ct)).DisposeAsync();
        for (var size = 0; ; size += Commit)
        {
            theft._snapshots[size] = Snapshot.Take(folder);
            await using var log = await NodeFolder.OpenAsync(folder, clock, Options(size), ct);
            if (size == Confirmed) await theft.ConfirmAsync(log, clock.Now, ct);
            theft.Entries = size == 0 ? [] : await log.ReadAsync(0, size, ct);
            if (size == Records) return theft;
            clock.Now += TimeSpan.FromSeconds(1);
            await log.AppendAsync([], [.. Enumerable.Range(size, Commit).Select(i => LogFixture.Entry(streams[i % 3], $"record {i}"))], ct);
        }
    }

    /// <summary>Nonces that are those of the record's place: who writes the same again writes the same bytes.</summary>
    public static LogOptions Options(int from) => new()
    {
        FillNonce = nonce =>
        {
            nonce.Clear();
            nonce[0] = (byte)from++;
        },
    };

    async Task ConfirmAsync(TransparencyLog log, DateTimeOffset now, CancellationToken ct)
    {
        var note = SignedNote.Parse(Own = log.Checkpoint);
        Assert.True(await log.PutWitnessedAsync(note.With(_witnesses[0].Cosign(note.Text, now), _witnesses[1].Cosign(note.Text, now)), Policy, ct));
        Witnessed = log.Witnessed!;
    }

    public void Dispose()
    {
        foreach (var key in _witnesses) key.Dispose();
    }
}
