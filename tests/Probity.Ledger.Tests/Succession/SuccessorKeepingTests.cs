using Probity.Ledger.Formats;
using Probity.Ledger.Tests.Faults;
using Probity.Ledger.Tests.Log;
using Probity.Storage;
using static Probity.Ledger.Tests.Succession.SuccessorFolder;

namespace Probity.Ledger.Tests.Succession;

/// <summary>What is done with any log is done with one that continues another: shown, exported, backed up, restored, rebuilt.</summary>
public sealed class SuccessorKeepingTests : IAsyncLifetime
{
    static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    readonly SuccessorFolder _place = new();
    string _kept = "";
    VerifierKey _oldKey = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string New => _place.New;

    string At(string name) => Path.Combine(_place.Place, name);

    public async ValueTask InitializeAsync()
    {
        await _place.MakeOldAsync();
        (_kept, _oldKey) = (Published(_place.Old), KeyOf(_place.Old));
        var second = At("second");
        await SucceedAsync(_place.Old, second, "example.org/small-2");
        await AppendAsync(second);
        await SucceedAsync(second, New, "example.org/small-3");
        await AppendAsync(New, 3);
    }

    public ValueTask DisposeAsync()
    {
        _place.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Over_http_it_shows_whom_it_continues_and_holds_what_they_had_signed()
    {
        await using var log = await OpenAsync(New);
        await using var served = new ServedLog(log);
        foreach (var keys in (VerifierKey[][])[[_oldKey], [_oldKey, KeyOf(At("second"))]])
        {
            var report = await LogVerifier.VerifyAsync(served.Prefix, new VerifyRequest(log.VerifierKey, [_kept, log.Checkpoint]) { OldKeys = keys }, null, Ct);
            Require(report);
            Assert.Equal(keys.Length == 1, Assert.Single(report.Checks, check => check.Name == "predecessors").Message.Contains("the key of example.org/small-2 is", StringComparison.Ordinal));
        }

        Assert.Contains("--old-key", Assert.Single((await LogVerifier.VerifyAsync(served.Prefix, new VerifyRequest(log.VerifierKey, [_kept]), null, Ct)).Checks, check => !check.Ok).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_given_for_a_log_that_is_not_continued_is_not_passed_over()
    {
        await using (var node = await UntouchedNode.OpenAsync(New, withKeys: false, Ct)) await node.ExportAsync(At("files"), null, Ct);
        using var stranger = SignerKey.Generate(_oldKey.Name);
        foreach (var keys in (VerifierKey[][])[[stranger.Verifier], [_oldKey, stranger.Verifier]])
            foreach (var report in (VerifyReport[])[await VerifyAsync(New, oldKeys: keys), await LogVerifier.VerifyFolderAsync(At("files"), new VerifyRequest(KeyOf(New), []) { OldKeys = keys }, null, Ct)])
                Assert.Contains($"the log of the key {stranger.Verifier}", Assert.Single(report.Checks, check => !check.Ok).Message, StringComparison.Ordinal);

        // Whoever hides the list continues nobody.
        await File.WriteAllTextAsync(At("files/predecessors"), "", Ct);
        Require(await LogVerifier.VerifyFolderAsync(At("files"), new VerifyRequest(KeyOf(New), []), null, Ct));
        Assert.False((await LogVerifier.VerifyFolderAsync(At("files"), new VerifyRequest(KeyOf(New), []) { OldKeys = [_oldKey] }, null, Ct)).Ok);
    }

    [Fact]
    public async Task As_files_it_does_too_and_a_list_that_was_changed_is_found()
    {
        VerifierKey key;
        await using (var node = await UntouchedNode.OpenAsync(New, withKeys: false, Ct)) await node.ExportAsync(At("files"), null, Ct);
        await using (var node = await UntouchedNode.OpenAsync(New, withKeys: false, Ct)) Assert.Equal(0, (await node.ExportAsync(At("files"), null, Ct)).Files);
        key = KeyOf(New);
        Require(await VerifyFilesAsync());
        var list = At("files/predecessors");
        var text = await File.ReadAllTextAsync(list, Ct);
        Assert.Equal(2, PredecessorList.Parse(await File.ReadAllBytesAsync(list, Ct)).Count);
        using var thief = SignerKey.Generate(_oldKey.Name);
        foreach (var forged in (string[])
            [
                text.Replace("\n12\n", "\n11\n", StringComparison.Ordinal), text + text, text[..^2],
                PredecessorList.Write([Predecessor.Open(thief.Verifier.ToString(), new Checkpoint(thief.Verifier.Name, 12, Checkpoint.Parse(SignedNote.Parse(_kept).Text).Root).Sign(thief).ToString())]),
                PredecessorList.Write([Predecessor.Open(thief.Verifier.ToString(), new Checkpoint(thief.Verifier.Name, 10, Checkpoint.Parse(SignedNote.Parse(_kept).Text).Root).Sign(thief).ToString())]),
                "",
            ])
        {
            await File.WriteAllTextAsync(list, forged, Ct);
            Assert.False((await VerifyFilesAsync()).Ok);
        }

        await using var old = await UntouchedNode.OpenAsync(_place.Old, withKeys: false, Ct);
        await old.ExportAsync(At("old files"), null, Ct);
        await using var made = await UntouchedNode.OpenAsync(New, withKeys: false, Ct);
        await Assert.ThrowsAsync<InvalidDataException>(() => made.ExportAsync(At("old files"), null, Ct));

        Task<VerifyReport> VerifyFilesAsync() => LogVerifier.VerifyFolderAsync(At("files"), new VerifyRequest(key, [_kept]) { OldKeys = [_oldKey] }, null, Ct);
    }

    [Fact]
    public async Task It_is_backed_up_and_restored_with_those_that_it_continues()
    {
        BackupPrivateKey.Create(At("private"));
        using var key = BackupPrivateKey.Read(At("private"));
        Assert.Null((await LedgerBackup.WriteAsync(NodeFolder.At(New), At("saved"), key.Public, false, Now, null, Ct)).Fault);
        await LedgerRestore.RestoreAsync(At("saved"), key, At("back"), KeyOf(New), null, Ct);
        FolderCopy.Make(NodeFolder.At(New).SecretsFolder, NodeFolder.At(At("back")).SecretsFolder);
        // The keys come from a backup that was made under the old name and cannot hold that of the newest entries.
        await KeyBackups.BackUpAsync(NodeFolder.At(New), At("keys"), null, Now, Ct);
        await KeyBackups.BackUpAsync(NodeFolder.At(_place.Old), At("old keys"), null, Now, Ct);
        Assert.InRange(await KeyBackups.RestoreAsync(NodeFolder.At(At("back")), At("old keys"), Now, Ct), 1, 100);
        await KeyBackups.RestoreAsync(NodeFolder.At(At("back")), At("keys"), Now, Ct);
        Assert.Equal(await SmallNode.AnswersAsync(New, Ct), await SmallNode.AnswersAsync(At("back"), Ct));
        await RequireFineAsync(At("back"), [_kept], [_oldKey]);
    }

    [Theory]
    [InlineData("UPDATE predecessor SET note = (SELECT note FROM checkpoint WHERE size = 5), size = 5 WHERE place = 0")]
    [InlineData("DELETE FROM predecessor WHERE place = 0")]
    [InlineData("DELETE FROM checkpoint WHERE size = 12")]
    [InlineData("INSERT INTO predecessor SELECT 2, meta.origin, vkey, size, note FROM meta, checkpoint WHERE size = (SELECT max(size) FROM checkpoint)")]
    public async Task One_whose_predecessors_are_not_in_order_is_not_backed_up_and_does_not_open(string sql)
    {
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={NodeFolder.At(New).LedgerFile};Pooling=False"))
        {
            connection.Open();
            Storage.Sqlite.SqliteFile.Run(connection, sql);
        }

        BackupPrivateKey.Create(At("private"));
        using var key = BackupPrivateKey.Read(At("private"));
        Assert.NotNull((await LedgerBackup.WriteAsync(NodeFolder.At(New), At("saved"), key.Public, false, Now, null, Ct)).Fault);
        Assert.False(File.Exists(At("saved")));
        if (!sql.Contains("FROM checkpoint WHERE size = 12", StringComparison.Ordinal)) await Assert.ThrowsAsync<InvalidDataException>(() => OpenAsync(New));
    }

    [Fact]
    public async Task Its_tiles_are_rebuilt()
    {
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={NodeFolder.At(New).LedgerFile};Pooling=False"))
        {
            connection.Open();
            Storage.Sqlite.SqliteFile.Run(connection, "INSERT INTO tile VALUES (0, 0, zeroblob(8192))");
        }

        Assert.False((await VerifyAsync(New)).Ok);
        Assert.Null((await TileRebuild.RunAsync(NodeFolder.At(New), null, Ct)).Fault);
        await RequireFineAsync(New);
    }
}
