using System.Security.Cryptography;
using System.Text;
using Probity.Ledger.Formats;
using Probity.Ledger.Tests.Log;
using Probity.Storage;
using Probity.Storage.Sqlite;
using static Probity.Ledger.Tests.Log.LogFixture;

namespace Probity.Ledger.Tests.Faults;

/// <summary>A node's folder with a few records: small pages, so that every structure of the files is there in few bytes.</summary>
internal static class SmallNode
{
    public const int Records = 12;
    const int PageSize = 512;

    static readonly StreamId[] Streams = [.. Enumerable.Range(1, 3).Select(i => new StreamId(new Guid(i, 0, 0, new byte[8])))];

    static readonly CompartmentId Third = new(new Guid(9, 9, 9, new byte[8]));

    /// <summary>Three commits over three streams and three compartments; one of them erased, if asked.</summary>
    public static async Task MakeAsync(string path, CancellationToken ct, bool erase = false, string? postgres = null)
    {
        var secrets = LogKeys.Generate("example.org/small");
        var log = postgres is null
            ? await NodeFolder.CreateAsync(path, secrets, new TestClock(), new LogOptions(), PageSize, ct)
            : await NodeFolder.CreateAsync(path, secrets, postgres, new TestClock(), new LogOptions(), ct);
        await using (log)
        {
            foreach (var count in (int[])[1, 4, 7])
                await log.AppendAsync([], [.. Enumerable.Range(0, count).Select(i => Next(i))], ct);
            if (erase) await log.DestroyKeyAsync(Third, ct);
        }
    }

    /// <summary>A hash over all that the folder's log answers: records, streams, tiles, bundles, proofs, receipts, checkpoint.</summary>
    public static async Task<string> AnswersAsync(string path, CancellationToken ct)
    {
        var folder = NodeFolder.At(path);
        await using var log = await TransparencyLog.OpenAsync(
            SqliteLogStore.OpenUntouched(folder.LedgerFile), SqliteKeyStore.OpenUntouched(folder.KeyFile),
            LogKeys.Read(folder.SecretsFolder), TimeProvider.System, new LogOptions(), ct);
        return await AnswersAsync(log, ct);
    }

    /// <summary>As above, of a log that is open.</summary>
    public static async Task<string> AnswersAsync(TransparencyLog log, CancellationToken ct)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(ReadOnlySpan<byte> bytes)
        {
            all.AppendData(BitConverter.GetBytes(bytes.Length));
            all.AppendData(bytes);
        }

        void AddEntries(IReadOnlyList<Entry> entries)
        {
            foreach (var entry in entries)
            {
                Add(HeaderEncoding.Encode(entry.Header));
                Add(entry.Payload is { } payload ? payload.Span : "erased"u8);
            }
        }

        Add(Encoding.UTF8.GetBytes($"{log.Checkpoint}{log.Origin}{log.Node}{log.VerifierKey}{log.Size}"));
        var entries = await log.ReadAsync(0, 1_000, ct);
        AddEntries(entries);
        foreach (var stream in entries.Select(entry => entry.Header.Stream).Distinct())
        {
            AddEntries(await log.ReadStreamAsync(stream, 0, ct));
            Add(BitConverter.GetBytes(await log.VersionAsync(stream, ct)));
        }

        foreach (var tile in Tile.Of(log.Size)) Add((await log.ReadTileAsync(tile, ct))!.Value.Span);
        Add((await log.ReadEntriesAsync(EntryBundle.Holding(0, log.Size), ct))!.Value.Span);
        foreach (var index in (long[])[0, log.Size / 2, log.Size - 1])
        {
            foreach (var form in Enum.GetValues<ReceiptForm>()) Add(Encoding.UTF8.GetBytes((await log.WriteReceiptAsync(index, form, ct)).Text));
            Add(Hash.Bytes(await log.ProveConsistencyAsync(index, log.Size, ct)));
        }

        return Convert.ToHexStringLower(all.GetHashAndReset());
    }

    static NewEntry Next(int i) => Entry(Streams[i % 3], new string('x', i * 9), compartment: i % 3 == 2 ? Third : new CompartmentId(Streams[i % 3].Value));
}
