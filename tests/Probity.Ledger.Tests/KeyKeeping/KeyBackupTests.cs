using CsCheck;
using Probity.Ledger.Tests.Log;
using Probity.Storage;

namespace Probity.Ledger.Tests.KeyKeeping;

/// <summary>Backups of keys: they bring back what was lost, never what was erased, and they end.</summary>
public sealed class KeyBackupTests : IDisposable
{
    static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    readonly TemporaryFolder _place = new();
    readonly StreamId _stream = LogFixture.NewStream();
    readonly CompartmentId _first = new(Guid.NewGuid()), _second = new(Guid.NewGuid());

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Node => Path.Combine(_place.Path, "node");
    string Saved => Path.Combine(_place.Path, "keys.backup");
    NodeFolder Folder => NodeFolder.At(Node);

    async Task MakeAsync()
    {
        await using var log = await NodeFolder.CreateAsync(Node, "example.org/backed-up", new TestClock(), new LogOptions { Durability = Durability.OnlyWhenClosed }, Ct);
        await log.AppendAsync([], [LogFixture.Entry(_stream, "one", compartment: _first), LogFixture.Entry(_stream, "two", compartment: _second)], Ct);
    }

    Task<TransparencyLog> OpenAsync(DateTimeOffset? at = null) =>
        NodeFolder.OpenAsync(Node, new TestClock { Now = at ?? Now }, new LogOptions { Durability = Durability.OnlyWhenClosed }, Ct);

    async Task<IEnumerable<string?>> ReadAsync()
    {
        await using var log = await OpenAsync();
        return [.. (await log.ReadStreamAsync(_stream, 0, Ct)).Select(LogSuite.Text)];
    }

    [Fact]
    public async Task Keys_that_were_lost_come_back()
    {
        await MakeAsync();
        Assert.Equal((3, Now.AddDays(30)), await KeyBackups.BackUpAsync(Folder, Saved, null, Now, Ct));
        File.Delete(Folder.KeyFile);
        Assert.Equal(3, await KeyBackups.RestoreAsync(Folder, Saved, Now.AddDays(29), Ct));
        Assert.Equal(["one", "two"], await ReadAsync());
        Assert.True((await NodeVerifier.VerifyAsync(Node, new VerifyRequest(null, []), null, Ct)).Ok);
    }

    [Fact]
    public async Task What_was_erased_since_does_not_come_back_even_where_the_keys_file_was_lost()
    {
        await MakeAsync();
        await KeyBackups.BackUpAsync(Folder, Saved, null, Now, Ct);
        await using (var log = await OpenAsync()) await log.EraseAsync([], [], new ActorId(Guid.NewGuid()), [_first], Ct);
        Assert.Equal(0, await KeyBackups.RestoreAsync(Folder, Saved, Now, Ct));
        Assert.Equal([null, "two"], await ReadAsync());

        File.Delete(Folder.KeyFile);
        Assert.Equal(2, await KeyBackups.RestoreAsync(Folder, Saved, Now, Ct));
        Assert.Equal([null, "two"], await ReadAsync());
        var report = await NodeVerifier.VerifyAsync(Node, new VerifyRequest(null, []), null, Ct);
        Assert.True(report.Ok, string.Join('\n', report.Checks.Where(check => !check.Ok)));
    }

    [Fact]
    public async Task A_backup_ends_and_the_node_removes_it()
    {
        await MakeAsync();
        await KeyBackups.BackUpAsync(Folder, Saved, 7, Now, Ct);
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => KeyBackups.RestoreAsync(Folder, Saved, Now.AddDays(7), Ct));
        Assert.Contains("ended on 2026-03-08", fault.Message, StringComparison.Ordinal);
        await (await OpenAsync(Now.AddDays(6))).DisposeAsync();
        Assert.True(File.Exists(Saved));
        await (await OpenAsync(Now.AddDays(8))).DisposeAsync();
        Assert.False(File.Exists(Saved));

        // Another file that has taken the name since is not touched.
        await KeyBackups.BackUpAsync(Folder, Saved, 7, Now, Ct);
        await File.WriteAllTextAsync(Saved, "somebody's letter, which is longer than a magic word", Ct);
        Assert.Equal(1, KeyBackups.Prune(Folder, Now.AddDays(8)));
        Assert.True(File.Exists(Saved));
    }

    [Fact]
    public async Task The_policy_bounds_how_long_a_backup_lives()
    {
        await MakeAsync();
        await Assert.ThrowsAsync<InvalidDataException>(() => KeyBackups.BackUpAsync(Folder, Saved, 31, Now, Ct));
        await File.WriteAllTextAsync(Path.Combine(Folder.SecretsFolder, "backup-days"), "60\n", Ct);
        Assert.Equal(Now.AddDays(60), (await KeyBackups.BackUpAsync(Folder, Saved, null, Now, Ct)).Expires);
        await File.WriteAllTextAsync(Path.Combine(Folder.SecretsFolder, "backup-days"), "for ever", Ct);
        await Assert.ThrowsAsync<InvalidDataException>(() => KeyBackups.BackUpAsync(Folder, Saved + "2", null, Now, Ct));
    }

    [Fact]
    public async Task A_backup_of_another_node_or_from_before_a_rotation_is_refused()
    {
        await MakeAsync();
        await KeyBackups.BackUpAsync(Folder, Saved, null, Now, Ct);
        await KeyRotation.RotateAsync(Folder, Ct);
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => KeyBackups.RestoreAsync(Folder, Saved, Now, Ct));
        Assert.Contains("after a rotation only newer backups can be restored", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_changed_byte_of_a_backup_is_taken()
    {
        await MakeAsync();
        await KeyBackups.BackUpAsync(Folder, Saved, null, Now, Ct);
        var bytes = await File.ReadAllBytesAsync(Saved, Ct);
        using var wrapping = LogKeys.ReadWrapping(Folder.SecretsFolder)[0];
        Assert.Equal(3, KeyBackupFile.Read(bytes, wrapping).Keys.Count);
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte[1, 255]).Sample((at, change) =>
        {
            var changed = bytes.ToArray();
            changed[at] ^= change;
            Assert.Throws<InvalidDataException>(() => KeyBackupFile.Read(changed, wrapping));
        }, iter: 1_000);
        Gen.Byte.Array[0, 300].Sample(any => { Assert.Throws<InvalidDataException>(() => KeyBackupFile.Read(any, wrapping)); }, iter: 500);
        for (var length = 0; length < bytes.Length; length++) Assert.Throws<InvalidDataException>(() => KeyBackupFile.Read(bytes.AsSpan(0, length), wrapping));
    }

    public void Dispose() => _place.Dispose();
}
