using System.Text;
using Probity.Ledger.Formats;
using Probity.Ledger.Tests.Faults;
using Probity.Ledger.Tests.Log;
using Probity.Storage;
using static Probity.Ledger.Tests.Succession.SuccessorFolder;

namespace Probity.Ledger.Tests.Succession;

/// <summary>A log that cannot go on is continued by another, which holds all that it held and says so.</summary>
public sealed class SuccessionTests(SuccessorChain chain) : IClassFixture<SuccessorChain>, IDisposable
{
    readonly SuccessorFolder _place = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Old => _place.Old;
    string New => _place.New;

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task It_holds_the_same_entries_under_a_new_name_and_key_says_so_and_goes_on()
    {
        await _place.MakeOldAsync();
        var (kept, oldKey, before) = (Published(Old), KeyOf(Old), Image(Old));
        var report = await SucceedAsync(Old, New, reason: "the disk of 3 March was lost", by: "A. Overseer, ombudsman's office");
        Assert.Equal(before, Image(Old));
        Assert.Equal(["new", "old"], Directory.EnumerateFileSystemEntries(_place.Place).Select(Path.GetFileName).Order());

        Assert.Equal(("example.org/small-2", "example.org/small"), (report.Key.Name, report.Succeeded.Predecessor.Key.Name));
        Assert.Equal(KeyOf(New), report.Key);
        Assert.NotEqual(oldKey.PublicKey.ToArray(), report.Key.PublicKey.ToArray());
        IReadOnlyList<Entry> entries;
        await using (var old = await OpenCopyAsync()) entries = await old.ReadAsync(0, 100, Ct);
        await using (var log = await OpenAsync(New))
        {
            Assert.Equal(SmallNode.Records + 1, log.Size);
            Assert.Equal(entries.Select(Bytes), (await log.ReadAsync(0, SmallNode.Records, Ct)).Select(Bytes));
            var (said, recorded) = Assert.Single(await log.ReadSuccessionsAsync(Ct));
            Assert.Equal(report.Succeeded, said);
            Assert.Equal(("the disk of 3 March was lost", "A. Overseer, ombudsman's office", SuccessionCause.Other, null), (said.Reason, said.By, said.Cause, said.Witnessed));
            Assert.Equal(kept, said.Predecessor.Note);
            Assert.Equal(new TestClock().Now, recorded);
            Assert.Equal(Succeeded.Type, (await log.ReadAsync(SmallNode.Records, 1, Ct))[0].Header.Type);
            Assert.Equal([report.Succeeded.Predecessor], log.Predecessors);
            await Assert.ThrowsAsync<ArgumentException>(() => log.AppendAsync([], [LogFixture.Entry(Succeeded.Stream)], Ct).AsTask());
            await Assert.ThrowsAsync<ArgumentException>(() => log.AppendAsync([], [LogFixture.Entry(LogFixture.NewStream(), compartment: Succeeded.Compartment)], Ct).AsTask());
            await Assert.ThrowsAsync<ArgumentException>(() => log.EraseAsync([], [], new ActorId(Guid.NewGuid()), [Succeeded.Compartment], Ct).AsTask());
        }

        await AppendAsync(New, 3);
        await RequireFineAsync(New);
        Require(await VerifyAsync(New, key: report.Key));
    }

    [Fact]
    public async Task Every_older_checkpoint_of_the_old_log_is_of_its_tree_and_counts_only_under_a_key_that_is_given()
    {
        await _place.MakeOldAsync();
        var older = Published(Old);
        await AppendAsync(Old);
        var (newest, oldKey) = (Published(Old), KeyOf(Old));
        await _place.SucceedAsync();
        await AppendAsync(Old, 2);
        var lost = Published(Old);
        await AppendAsync(New, 4);
        await RequireFineAsync(New, [older, newest, Published(New)], [oldKey]);

        var untrusted = Assert.Single((await VerifyAsync(New, [older])).Checks, check => !check.Ok);
        Assert.Contains("--old-key", untrusted.Message, StringComparison.Ordinal);
        Assert.Contains("--old-key", Assert.Single((await VerifyAsync(New)).Checks, check => check.Name == "predecessors").Message, StringComparison.Ordinal);
        Assert.DoesNotContain("--old-key", Assert.Single((await VerifyAsync(New, [], [oldKey])).Checks, check => check.Name == "predecessors").Message, StringComparison.Ordinal);

        var gone = Assert.Single((await VerifyAsync(New, [lost], [oldKey])).Checks, check => !check.Ok);
        Assert.Contains($"counts {SmallNode.Records + 3} entries, of which this log took over {SmallNode.Records + 1}: 2 were lost", gone.Message, StringComparison.Ordinal);

        // A key that a stranger gives proves nothing of this log, nor does what this log shows prove it of the stranger.
        using var stranger = SignerKey.Generate("example.org/small");
        var note = new Checkpoint("example.org/small", 5, Checkpoint.Parse(SignedNote.Parse(older).Text).Root).Sign(stranger).ToString();
        Assert.Contains("does not say that it continues", Assert.Single((await VerifyAsync(New, [note], [stranger.Verifier])).Checks, check => !check.Ok).Message, StringComparison.Ordinal);
        Assert.False((await VerifyAsync(New, [note], [oldKey])).Ok);
    }

    [Fact]
    public async Task Several_in_a_row_are_a_chain_of_which_every_link_is_checked()
    {
        await _place.MakeOldAsync();
        var nodes = new List<string> { Old };
        var (notes, keys) = (new List<string>(), new List<VerifierKey>());
        for (var i = 0; i < 3; i++)
        {
            notes.Add(Published(nodes[^1]));
            await AppendAsync(nodes[^1], i + 1);
            notes.Add(Published(nodes[^1]));
            keys.Add(KeyOf(nodes[^1]));
            nodes.Add(Path.Combine(_place.Place, $"next {i}"));
            await SucceedAsync(nodes[^2], nodes[^1], $"example.org/small-{i + 2}");
        }

        await RequireFineAsync(nodes[^1], [.. notes], [.. keys]);
        await AppendAsync(nodes[^1], 300);
        await RequireFineAsync(nodes[^1], [.. notes], [.. keys]);
        await using var log = await OpenAsync(nodes[^1]);
        Assert.Equal(keys, log.Predecessors.Select(one => one.Key));
        Assert.Equal(log.Predecessors, (await log.ReadSuccessionsAsync(Ct)).Select(one => one.Succession.Predecessor));
        Assert.Equal(log.Predecessors, PredecessorList.Parse(Encoding.UTF8.GetBytes(PredecessorList.Write(log.Predecessors))));
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => SucceedAsync(nodes[2], Path.Combine(_place.Place, "x"), "example.org/small"));
        Assert.Contains("both named example.org/small", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receipts_of_the_old_log_verify_with_its_key_and_those_of_the_new_one_with_the_new_key()
    {
        await _place.MakeOldAsync();
        var oldKey = KeyOf(Old);
        Receipt before, after;
        await using (var old = await OpenAsync(Old)) before = await old.WriteReceiptAsync(5, ReceiptForm.Content, Ct);
        var report = await _place.SucceedAsync();
        await using (var log = await OpenAsync(New)) after = await log.WriteReceiptAsync(5, ReceiptForm.Content, Ct);
        Assert.True(Verify(before, oldKey).Proved);
        Assert.True(Verify(after, report.Key).Proved);
        Assert.Equal(Verify(before, oldKey).Header!.Commitment.ToArray(), Verify(after, report.Key).Header!.Commitment.ToArray());
        Assert.False(Verify(after, oldKey).Ok);
        Assert.False(Verify(before, report.Key).Ok);
        await using var untouched = await UntouchedNode.OpenAsync(New, withKeys: true, Ct);
        Assert.True(Verify(await untouched.WriteReceiptAsync(5, ReceiptForm.Content, Ct), report.Key).Proved);

        static ReceiptReport Verify(Receipt receipt, VerifierKey key) => ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(receipt.Text), new ReceiptRequest(key, null));
    }

    [Fact]
    public async Task A_folder_that_a_crash_left_with_write_ahead_logs_is_continued_with_all_that_was_acknowledged_and_not_touched()
    {
        await _place.MakeOldAsync();
        var crashed = Path.Combine(_place.Place, "crashed");
        await using (var log = await NodeFolder.OpenAsync(Old, new TestClock(), new LogOptions(), Ct))
        {
            await log.AppendAsync([], [LogFixture.Entry(LogFixture.NewStream())], Ct);
            await log.EraseAsync([], [], new ActorId(Guid.NewGuid()), [(await log.ReadAsync(2, 1, Ct))[0].Header.Compartment], Ct);
            FolderCopy.Make(Old, crashed);
        }

        Assert.True(new FileInfo(Path.Combine(crashed, "ledger.db-wal")).Length > 0);
        var before = Image(crashed);
        await SucceedAsync(crashed, New);
        Assert.Equal(before, Image(crashed));
        await RequireFineAsync(New);
        await using var made = await OpenAsync(New);
        Assert.Equal(SmallNode.Records + 3, made.Size);
        Assert.Null((await made.ReadAsync(2, 1, Ct))[0].Payload);
    }

    [Fact]
    public async Task The_folder_takes_over_what_a_node_goes_on_with_and_nothing_that_signs_or_accuses()
    {
        await _place.MakeOldAsync();
        var folder = NodeFolder.At(Old);
        var draw = folder.ReadDrawSecret();
        var sessions = folder.DeriveKey(NodeFolder.SessionPurpose);
        using var witness = SignerKey.Generate("w.example", SignatureType.CosignatureEd25519);
        File.WriteAllText(folder.PolicyFile, $"# ours\nlog {KeyOf(Old)}\nwitness w {witness.Verifier} https://w.example\nquorum w\n");
        Directory.CreateDirectory(Path.Combine(folder.SecretsFolder, "sessions"));
        foreach (var file in (string[])["keys/sessions/key.xml", "access.db", "witnessed-logs", "witness.db", "views.db", "stopped", "restored", "keys/witness", "keys/backup-days"])
            File.WriteAllText(Path.Combine(Old, file), file);
        var before = Image(Old);
        Assert.True((await _place.SucceedAsync()).HasWitnesses);
        Assert.Equal(before, Image(Old));
        Assert.Equal(
            ["access.db", "checkpoint", "keys", "keys.db", "ledger.db", "witness-policy", "witnessed-logs"],
            Directory.EnumerateFileSystemEntries(New).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["backup-days", "draw.key", "probity-session-keys.key", "signing", "wrapping"],
            Directory.EnumerateFiles(NodeFolder.At(New).SecretsFolder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("keys/sessions/key.xml", await File.ReadAllTextAsync(Path.Combine(New, "keys/sessions/key.xml"), Ct));
        Assert.Equal(draw, NodeFolder.At(New).ReadDrawSecret());
        Assert.Equal(sessions, NodeFolder.At(New).DeriveKey(NodeFolder.SessionPurpose));
        var policy = NodeWitnessing.ReadPolicy(NodeFolder.At(New))!;
        Assert.Equal((0, "w"), (policy.Logs.Count, Assert.Single(policy.Witnesses).Name));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(New, "keys", "signing")));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_nothing_is_made()
    {
        await _place.MakeOldAsync();
        var before = Image(Old);
        await RefusedAsync("cannot be a log's name", origin: "two words");
        await RefusedAsync("cannot be a log's name", origin: "a+b");
        await RefusedAsync("cannot be a log's name", origin: new string('x', 256));
        await RefusedAsync("named example.org/small already", origin: "example.org/small");
        await RefusedAsync("The reason is", reason: " ");
        await RefusedAsync("The reason is", reason: "two\nlines");
        await RefusedAsync("The reason is", reason: new string('x', 2_001));
        await RefusedAsync("Who decided", by: "");
        await RefusedAsync("lies in", to: Path.Combine(Old, "new"));
        await RefusedAsync("does not say why it cannot go on", noCause: true);
        await RefusedAsync("holds no ledger", old: Path.Combine(_place.Place, "nothing"));
        await RefusedAsync("there is no folder", to: Path.Combine(_place.Place, "no", "new"));
        await using (await OpenAsync(Old)) await RefusedAsync("stop it first");
        Assert.Equal(before, Image(Old));

        File.Move(NodeFolder.At(Old).KeyFile, NodeFolder.At(Old).KeyFile + ".away");
        await RefusedAsync("keys.db is missing");
        File.Move(NodeFolder.At(Old).KeyFile + ".away", NodeFolder.At(Old).KeyFile);
        Directory.Move(NodeFolder.At(Old).SecretsFolder, NodeFolder.At(Old).SecretsFolder + ".away");
        await RefusedAsync("There is no wrapping key");
        Directory.Move(NodeFolder.At(Old).SecretsFolder + ".away", NodeFolder.At(Old).SecretsFolder);

        Directory.CreateDirectory(New);
        File.WriteAllText(Path.Combine(New, "something"), "");
        await RefusedAsync("is there already", exists: true);
        File.Delete(Path.Combine(New, "something"));
        await _place.SucceedAsync();

        async Task RefusedAsync(
            string what, string origin = "example.org/small-2", string reason = "a drill", string? by = null, string? old = null, string? to = null, bool noCause = false, bool exists = false)
        {
            var fault = await Assert.ThrowsAnyAsync<Exception>(() => SucceedAsync(old ?? Old, to ?? New, origin, noCause ? null : SuccessionCause.Other, reason, by));
            Assert.True(fault is InvalidDataException or IOException, fault.ToString());
            Assert.Contains(what, fault.Message, StringComparison.Ordinal);
            Assert.Equal(exists, Directory.Exists(New));
            Assert.Empty(Directory.EnumerateFileSystemEntries(_place.Place, ".*"));
        }
    }

    [Fact]
    public async Task A_folder_of_secrets_that_leads_back_into_itself_is_refused_and_nothing_is_made()
    {
        await _place.MakeOldAsync();
        var secrets = NodeFolder.At(Old).SecretsFolder;
        // One alone ends where the system follows no further; two of them never would.
        Directory.CreateSymbolicLink(Path.Combine(secrets, "again"), ".");
        var fault = await Assert.ThrowsAnyAsync<IOException>(() => _place.SucceedAsync());
        Assert.Contains("is a link to a folder", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["old"], Directory.EnumerateFileSystemEntries(_place.Place).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("ledger.db", "UPDATE record SET sealed = zeroblob(length(sealed)) WHERE idx = 7", "[record 7]")]
    [InlineData("ledger.db", "DELETE FROM record WHERE idx = 11", "[record 11]")]
    [InlineData("ledger.db", "DELETE FROM checkpoint WHERE size = 12", "published checkpoint")]
    [InlineData("keys.db", "DELETE FROM key", "keys")]
    public async Task A_damaged_record_is_refused_with_where(string file, string sql, string where)
    {
        await _place.MakeOldAsync();
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(Old, file)};Pooling=False"))
        {
            connection.Open();
            Storage.Sqlite.SqliteFile.Run(connection, sql);
        }

        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => _place.SucceedAsync());
        Assert.Contains("does not verify", fault.Message, StringComparison.Ordinal);
        Assert.Contains(where, fault.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(New));
    }

    [Theory]
    [InlineData("DELETE FROM predecessor WHERE place = 1")]
    [InlineData("DELETE FROM predecessor WHERE place = 0")]
    [InlineData("DELETE FROM predecessor")]
    [InlineData("DROP TABLE predecessor")]
    [InlineData("DROP TABLE predecessor; UPDATE meta SET format = 2")]
    [InlineData("UPDATE predecessor SET place = 2 WHERE place = 1")]
    [InlineData("UPDATE predecessor SET place = -1 WHERE place = 1")]
    [InlineData("UPDATE predecessor SET place = 2 - place")]
    [InlineData("UPDATE predecessor SET place = 9 - place; UPDATE predecessor SET place = place - 8")]
    [InlineData("UPDATE predecessor SET origin = 'example.org/other' WHERE place = 0")]
    [InlineData("UPDATE predecessor SET size = size - 1 WHERE place = 0")]
    [InlineData("UPDATE predecessor SET note = (SELECT note FROM predecessor WHERE place = 1) WHERE place = 0")]
    [InlineData("UPDATE predecessor SET note = (SELECT note FROM checkpoint WHERE size = 5), size = 5 WHERE place = 0")]
    [InlineData("UPDATE predecessor SET vkey = (SELECT vkey FROM predecessor WHERE place = 1) WHERE place = 0")]
    [InlineData("UPDATE predecessor SET note = note || note WHERE place = 1")]
    [InlineData("INSERT INTO predecessor SELECT 2, origin, vkey, size, note FROM predecessor WHERE place = 1")]
    [InlineData("INSERT INTO predecessor SELECT 2, meta.origin, vkey, size, note FROM meta, checkpoint WHERE size = 16")]
    [InlineData("INSERT INTO predecessor SELECT 2, predecessor.origin, vkey, 5, checkpoint.note FROM predecessor, checkpoint WHERE place = 0 AND checkpoint.size = 5")]
    [InlineData("DELETE FROM checkpoint WHERE size = 12")]
    [InlineData("UPDATE checkpoint SET note = (SELECT note FROM predecessor WHERE place = 0) WHERE size = 12")]
    [InlineData("INSERT INTO witnessed SELECT 1, 5, 0, note FROM checkpoint WHERE size = 5")]
    public async Task A_change_to_what_says_which_logs_are_continued_is_found(string sql)
    {
        var third = Path.Combine(_place.Place, "third");
        FolderCopy.Make(chain.Third, third);
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={NodeFolder.At(third).LedgerFile};Pooling=False"))
        {
            connection.Open();
            Storage.Sqlite.SqliteFile.Run(connection, sql);
        }

        var report = await VerifyAsync(third);
        Assert.False(report.Ok);
    }

    [Fact]
    public async Task A_predecessor_made_up_whole_is_found_by_the_entry_and_by_who_has_the_right_key()
    {
        await _place.MakeOldAsync();
        var oldKey = KeyOf(Old);
        await _place.SucceedAsync();
        // A thief of the table alone: another key of the same name, and every older checkpoint signed anew with it.
        using var thief = SignerKey.Generate(oldKey.Name);
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={NodeFolder.At(New).LedgerFile};Pooling=False"))
        {
            connection.Open();
            Resign(connection, "checkpoint", "size < 12");
            Resign(connection, "predecessor", "1 = 1");
            Storage.Sqlite.SqliteFile.Run(connection, $"UPDATE predecessor SET vkey = '{thief.Verifier}'");
        }

        Assert.Contains("Record 12 says that this log continues", Assert.Single((await VerifyAsync(New)).Checks, check => !check.Ok).Message, StringComparison.Ordinal);
        // Without the keys nobody reads the entry; who has the old key still sees it.
        Directory.Delete(NodeFolder.At(New).SecretsFolder, recursive: true);
        File.Delete(NodeFolder.At(New).KeyFile);
        Assert.True((await VerifyAsync(New)).Ok);
        Assert.False((await VerifyAsync(New, [Published(Old)], [oldKey])).Ok);

        void Resign(Microsoft.Data.Sqlite.SqliteConnection connection, string table, string where)
        {
            var notes = new List<(long Size, string Note)>();
            using (var command = new Microsoft.Data.Sqlite.SqliteCommand($"SELECT size, note FROM {table} WHERE {where}", connection))
            using (var reader = command.ExecuteReader())
                while (reader.Read()) notes.Add((reader.GetInt64(0), Checkpoint.Parse(SignedNote.Parse(reader.GetString(1)).Text).Sign(thief).ToString()));
            foreach (var (size, note) in notes) Storage.Sqlite.SqliteFile.Run(connection, $"UPDATE {table} SET note = '{note}' WHERE size = {size}");
        }
    }

    static string Bytes(Entry entry) =>
        Convert.ToHexString(HeaderEncoding.Encode(entry.Header)) + (entry.Payload is { } payload ? Convert.ToHexString(payload.Span) : "erased");

    async Task<TransparencyLog> OpenCopyAsync()
    {
        var copy = Path.Combine(_place.Place, "copy");
        FolderCopy.Make(Old, copy);
        var log = await OpenAsync(copy);
        return log;
    }
}

/// <summary>Three logs that follow one another, made once.</summary>
public sealed class SuccessorChain : IAsyncLifetime
{
    readonly SuccessorFolder _place = new();

    internal string Third => Path.Combine(_place.Place, "third");

    public async ValueTask InitializeAsync()
    {
        await _place.MakeOldAsync();
        await _place.SucceedAsync();
        await AppendAsync(_place.New);
        await SucceedAsync(_place.New, Third, "example.org/small-3");
        await AppendAsync(Third);
        await RequireFineAsync(Third);
    }

    public ValueTask DisposeAsync()
    {
        _place.Dispose();
        return ValueTask.CompletedTask;
    }
}
