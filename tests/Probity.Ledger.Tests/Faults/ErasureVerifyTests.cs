using System.Text;
using CsCheck;
using Microsoft.Data.Sqlite;
using Probity.Ledger.Tests.Log;
using Probity.Storage;

namespace Probity.Ledger.Tests.Faults;

/// <summary>What verification says of erasures: an entry and a destroyed key belong together, and each without the other is found.</summary>
public sealed class ErasureVerifyTests : IDisposable
{
    readonly TemporaryFolder _place = new();
    readonly CompartmentId _compartment = new(Guid.NewGuid());
    byte[] _wrapped = [];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Node => Path.Combine(_place.Path, "node");

    async Task EraseAsync()
    {
        await using (var log = await NodeFolder.CreateAsync(Node, "example.org/erased", new TestClock(), new LogOptions { Durability = Durability.OnlyWhenClosed }, Ct))
            await log.AppendAsync([], [LogFixture.Entry(LogFixture.NewStream(), compartment: _compartment), LogFixture.Entry(LogFixture.NewStream())], Ct);
        _wrapped = Wrapped();
        await using (var log = await NodeFolder.OpenAsync(Node, new TestClock(), new LogOptions(), Ct))
            await log.EraseAsync([], [], new ActorId(Guid.NewGuid()), [_compartment], Ct);
    }

    [Fact]
    public async Task A_destroyed_key_is_in_order_where_an_entry_says_so()
    {
        await EraseAsync();
        var report = await VerifyAsync();
        Assert.True(report.Ok, string.Join('\n', report.Checks));
        Assert.Equal(1, report.WithoutKeys);

        // Nobody who has no wrapping key can read which keys the entry names, and the report says so.
        Directory.Delete(NodeFolder.At(Node).SecretsFolder, recursive: true);
        report = await VerifyAsync();
        Assert.True(report.Ok);
        Assert.Contains("was not checked", report.Checks.Single(check => check.Name == "keys").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_came_back_although_an_entry_says_that_it_was_destroyed_is_found()
    {
        await EraseAsync();
        Run("UPDATE key SET wrapped = $wrapped WHERE compartment = $compartment");
        var fault = Assert.Single((await VerifyAsync()).Checks, check => !check.Ok);
        Assert.Equal(("keys", 2L), (fault.Name, fault.Index));
        Assert.Contains("although entry 2 says that it was destroyed", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_keys_that_came_back_take_no_longer_than_one()
    {
        const int many = 20;
        await using (var log = await NodeFolder.CreateAsync(Node, "example.org/erased", new TestClock(), new LogOptions { Durability = Durability.OnlyWhenClosed }, Ct))
        {
            var compartments = Enumerable.Range(0, many).Select(_ => new CompartmentId(Guid.NewGuid())).ToList();
            await log.AppendAsync([], [.. compartments.Select(compartment => LogFixture.Entry(LogFixture.NewStream(), compartment: compartment))], Ct);
            File.Copy(NodeFolder.At(Node).KeyFile, NodeFolder.At(Node).KeyFile + ".before");
            File.Copy(NodeFolder.At(Node).KeyFile + "-wal", NodeFolder.At(Node).KeyFile + ".before-wal");
            await log.EraseAsync([], [], new ActorId(Guid.NewGuid()), compartments, Ct);
        }

        File.Move(NodeFolder.At(Node).KeyFile + ".before", NodeFolder.At(Node).KeyFile, overwrite: true);
        File.Move(NodeFolder.At(Node).KeyFile + ".before-wal", NodeFolder.At(Node).KeyFile + "-wal", overwrite: true);
        var begun = System.Diagnostics.Stopwatch.GetTimestamp();
        var fault = Assert.Single((await VerifyAsync()).Checks, check => !check.Ok);
        Assert.Contains($"(and {many - 1} more)", fault.Message, StringComparison.Ordinal);
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(many));
    }

    [Fact]
    public async Task A_further_key_destroyed_without_an_entry_is_found()
    {
        await EraseAsync();
        Run("UPDATE key SET wrapped = NULL WHERE compartment <> $compartment AND compartment <> x'1ED6E700000080008000000000000001' AND $wrapped IS NOT NULL");
        Assert.Equal("1 key was destroyed with no entry that says so.", Assert.Single((await VerifyAsync()).Checks, check => !check.Ok).Message);
    }

    [Fact]
    public async Task The_key_of_the_erasures_themselves_is_never_destroyed()
    {
        await EraseAsync();
        Run("UPDATE key SET wrapped = NULL WHERE compartment = x'1ED6E700000080008000000000000001' AND $wrapped <> $compartment");
        Assert.False((await VerifyAsync()).Ok);
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => NodeFolder.OpenAsync(Node, new TestClock(), new LogOptions(), Ct));
        Assert.Contains("restore the keys from their newest backup", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_payload_has_one_form_and_no_bytes_break_its_reader()
    {
        var payload = new KeysDestroyed([_compartment, new CompartmentId(Guid.Empty)]).Encode();
        Assert.Equal("{\"compartments\":[\"" + _compartment + "\",\"00000000-0000-0000-0000-000000000000\"]}", Encoding.UTF8.GetString(payload));
        Assert.Equal([_compartment, new CompartmentId(Guid.Empty)], KeysDestroyed.Decode(payload).Compartments);
        Gen.Select(Gen.Int[0, payload.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            var changed = payload.ToArray();
            changed[at] = value;
            Try(changed);
        }, iter: 2_000);
        Gen.Byte.Array[0, 200].Sample(Try, iter: 2_000);
        Gen.String.Sample(text => Try(Encoding.UTF8.GetBytes(text)), iter: 500);

        static void Try(byte[] bytes)
        {
            try
            {
                Assert.Equal(bytes, KeysDestroyed.Decode(bytes).Encode());
            }
            catch (FormatException)
            {
                // What is refused is refused by this alone.
            }
        }
    }

    Task<VerifyReport> VerifyAsync() => NodeVerifier.VerifyAsync(Node, new VerifyRequest(null, []), null, Ct);

    byte[] Wrapped()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT wrapped FROM key WHERE compartment = $compartment";
        command.Parameters.AddWithValue("$compartment", _compartment.Value.ToByteArray(bigEndian: true));
        return (byte[])command.ExecuteScalar()!;
    }

    void Run(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$compartment", _compartment.Value.ToByteArray(bigEndian: true));
        command.Parameters.AddWithValue("$wrapped", _wrapped);
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={NodeFolder.At(Node).KeyFile};Pooling=False");
        connection.Open();
        return connection;
    }

    public void Dispose() => _place.Dispose();
}
