using System.Buffers.Binary;
using System.Text;
using Probity.Ledger.Formats;
using Probity.Storage.Sqlite;

namespace Probity.Ledger.Tests.Log;

/// <summary>What this version writes is what every later version has to read and verify.</summary>
public sealed class GoldenTests
{
    static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Golden");

    [Fact]
    public async Task Fixed_keys_time_and_nonces_give_the_bytes_of_the_first_day()
    {
        using var place = new TemporaryFolder();
        var ct = TestContext.Current.CancellationToken;
        var nonces = 0;
        var options = new LogOptions
        {
            Node = new Guid("00112233-4455-6677-8899-aabbccddeeff"),
            FillNonce = nonce =>
            {
                nonce.Clear();
                BinaryPrimitives.WriteInt32BigEndian(nonce, nonces++);
            },
        };
        // The seed is 0 to 31, the wrapping key 32 bytes of 7, the compartment's key 32 bytes of 9.
        byte[] seed = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        var wrappingKey = Enumerable.Repeat((byte)7, 32).ToArray();
        var secrets = new LogKeys(Signer("probity.example/golden", seed), wrappingKey);
        var keys = SqliteKeyStore.Open(Path.Combine(place.Path, "keys.db"));
        var compartment = new CompartmentId(new Guid("c0000000-0000-4000-8000-000000000001"));
        await keys.AddAsync([secrets.Wrapping.Wrap(compartment, 1, Enumerable.Repeat((byte)9, 32).ToArray())], ct);
        var store = SqliteLogStore.Open(Path.Combine(place.Path, "ledger.db"));
        var clock = new TestClock { Now = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddMicroseconds(678_901) };
        await using var log = await TransparencyLog.OpenAsync(store, keys, secrets, clock, options, ct);

        var stream = new StreamId(new Guid("50000000-0000-4000-8000-000000000002"));
        var actor = new ActorId(new Guid("a0000000-0000-4000-8000-000000000003"));
        await log.AppendAsync([],
        [
            new NewEntry(stream, "cases.opened.v1", "{\"n\":1}"u8.ToArray(), actor, compartment),
            new NewEntry(stream, "cases.closed.v1", default, actor, compartment, new DateTimeOffset(1969, 12, 31, 23, 59, 59, TimeSpan.Zero)),
        ], ct);

        var stored = await store.ReadAsync(0, 2, ct);
        var text = new StringBuilder();
        foreach (var record in stored)
        {
            text.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"header {record.Index} {Convert.ToHexStringLower(record.Header.Span)}");
            text.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"leaf entry {record.Index} {Convert.ToHexStringLower(HeaderEncoding.LeafEntry(record.Header.Span))}");
            text.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"leaf hash {record.Index} {Convert.ToHexStringLower(LogTiles.Leaf(record.Header.Span).ToArray())}");
            text.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"sealed {record.Index} {Convert.ToHexStringLower(record.Sealed.Span)}");
        }

        text.Append(log.Checkpoint);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Folder, "two-records.txt"), ct), text.ToString());
    }

    static SignerKey Signer(string name, byte[] seed)
    {
        using var key = NSec.Cryptography.Key.Import(NSec.Cryptography.SignatureAlgorithm.Ed25519, seed, NSec.Cryptography.KeyBlobFormat.RawPrivateKey);
        var verifier = new VerifierKey(name, SignatureType.Ed25519, key.PublicKey.Export(NSec.Cryptography.KeyBlobFormat.RawPublicKey));
        return SignerKey.Parse($"PRIVATE+KEY+{name}+{verifier.Id:x8}+{Convert.ToBase64String([1, .. seed])}");
    }
}
