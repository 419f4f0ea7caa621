using System.Text;
using Microsoft.Data.Sqlite;
using Probity.Ledger.Formats;
using Probity.Ledger.Tests.Log;
using Probity.Storage;
using static Probity.Ledger.Tests.Witnessing.WitnessHost;

namespace Probity.Ledger.Tests.Witnessing;

/// <summary>Who holds the database and every key of a node writes a history of their own; the witnesses' keys they do not hold.</summary>
public sealed class WitnessedVerificationTests : IDisposable
{
    readonly TemporaryFolder _place = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Node => Path.Combine(_place.Path, "node");

    string Forged => Path.Combine(_place.Path, "forged");

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_history_written_anew_with_the_stolen_key_verifies_alone_and_not_against_what_was_witnessed()
    {
        var (note, policy) = await MakeAsync();
        var honest = await VerifyAsync(Node, policy);
        Assert.True(honest.Ok, string.Join('\n', honest.Checks));
        var check = Assert.Single(honest.Checks, one => one.Name == "witnesses");
        Assert.Contains("The first 2 entries are confirmed by ombudsman at 2026-01-01T00:00:00Z, court at 2026-01-01T00:01:00Z.", check.Message, StringComparison.Ordinal);
        Assert.Contains("reached at 2026-01-01T00:00:00Z. 1 newer entries are not confirmed yet.", check.Message, StringComparison.Ordinal);
        Assert.Equal(!System.Security.Cryptography.MLDsa.IsSupported, check.Message.Contains("they count as absent", StringComparison.Ordinal));

        // The thief's log: the same keys, as long, other entries.
        var stolen = LogKeys.Read(NodeFolder.At(Node).SecretsFolder);
        await using (var log = await NodeFolder.CreateAsync(Forged, stolen, TimeProvider.System, new LogOptions(), null, Ct))
            for (var i = 0; i < 3; i++) await AppendAsync(log);
        Assert.True((await VerifyAsync(Forged, null)).Ok);
        AssertFound(await VerifyAsync(Forged, policy), "witnesses");
        AssertFound(await NodeVerifier.VerifyAsync(Forged, new VerifyRequest(null, [note]), null, Ct), "old checkpoints");

        // Nor does it help to put the witnessed checkpoint beside it.
        Run(Forged, $"INSERT INTO witnessed VALUES (1, 2, {Time(0).ToUnixTimeSeconds()}, '{note}')");
        AssertFound(await VerifyAsync(Forged, policy), "witnessed checkpoint");
    }

    [Fact]
    public async Task A_quorum_that_did_not_cosign_and_a_policy_of_other_logs_are_told()
    {
        var (_, policy) = await MakeAsync();
        AssertFound(await VerifyAsync(Node, policy.Replace("group g 2 ", "group g all ", StringComparison.Ordinal)), "witnesses");
        using var other = SignerKey.Generate("other.example");
        AssertFound(await VerifyAsync(Node, $"log {other.Verifier}\n{policy}"), "witnesses");
        Assert.True((await VerifyAsync(Node, "quorum none")).Ok);
        Run(Node, "UPDATE witnessed SET note = replace(note, 'w1.example', 'w2.example')");
        AssertFound(await VerifyAsync(Node, policy), "witnesses");
        Run(Node, "DELETE FROM witnessed");
        AssertFound(await VerifyAsync(Node, policy), "witnesses");
    }


    async Task<(string Note, string Policy)> MakeAsync()
    {
        await using var log = await NodeFolder.CreateAsync(Node, "example.org/robbed", TimeProvider.System, new LogOptions(), Ct);
        for (var i = 0; i < 2; i++) await AppendAsync(log);
        var note = SignedNote.Parse(log.Checkpoint);
        note = note.With(Keys[0].Cosign(note.Text, Time(0)), Keys[1].Cosign(note.Text, Time(1)));
        var quantum = new VerifierKey("quantum.example", SignatureType.CosignatureMlDsa44, new byte[1312]);
        var policy = $"witness ombudsman {Key(0)}\nwitness court {Key(1)}\nwitness press {Key(2)}\nwitness quantum {quantum}\ngroup g 2 ombudsman court press quantum\nquorum g\n";
        Assert.True(await log.PutWitnessedAsync(note, TlogPolicy.Parse(Encoding.UTF8.GetBytes(policy)), Ct));
        await AppendAsync(log);
        return (note.ToString(), policy);
    }

    static DateTimeOffset Time(int minutes) => new(2026, 1, 1, 0, minutes, 0, TimeSpan.Zero);

    static void AssertFound(VerifyReport report, string check) => Assert.Contains(report.Checks, one => one.Name == check && !one.Ok);

    static Task<VerifyReport> VerifyAsync(string folder, string? policy) => NodeVerifier.VerifyAsync(
        folder, new VerifyRequest(null, []) { Policy = policy is null ? null : TlogPolicy.Parse(Encoding.UTF8.GetBytes(policy)) }, null, Ct);

    static async Task AppendAsync(TransparencyLog log) => await log.AppendAsync([], [LogFixture.Entry(LogFixture.NewStream())], Ct);

    static void Run(string folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={NodeFolder.At(folder).LedgerFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
