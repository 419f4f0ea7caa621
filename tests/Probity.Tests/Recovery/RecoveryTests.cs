using System.Text;
using System.Text.RegularExpressions;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Storage;
using static Probity.Tests.Recovery.RecoveryScene;

namespace Probity.Tests.Recovery;

/// <summary>docs/recovery.md, done as it is written, case by case: with the program's own verbs, real servers and a real witness.</summary>
public sealed class RecoveryTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Case_1_a_disk_was_lost_and_no_backup_holds_what_the_witnesses_saw()
    {
        await using var scene = await MakeAsync();
        var printed = await RunAsync(0, "keys", "for-backups", "--out", scene.At("backup-private"));
        var recipient = Regex.Match(printed, @"probity-backup:\S+").Value;
        Assert.Null((await scene.ServeAsync("node")).Stopped);
        var kept = scene.Keep("node", "kept");
        await RunAsync(0, "backup", "--data", scene.At("node"), "--to", scene.At("ledger-backup"), "--for", recipient);
        await RunAsync(0, "keys", "backup", "--data", scene.At("node"), "--to", scene.At("keys-backup"));
        await RunAsync(0, "backup", "--data", scene.At("node"), "--with-credentials", "--to", scene.At("credentials-backup"), "--for", recipient);
        await RunAsync(0, "reports", "backup", "--data", scene.At("node"), "--to", scene.At("reports-backup"));
        await scene.RecordAsync("node", 2);
        Assert.Null((await scene.ServeAsync("node")).Stopped);
        var lost = scene.Keep("node", "lost");
        var lostRecord = SizeOf(lost) - 1;
        await RunAsync(0, "receipt", "--data", scene.At("node"), $"{lostRecord}", "--content", "--to", scene.At("lost.tlog-proof"));
        var oldKey = KeyOf(scene.At("node")).ToString();
        scene.Copy("node/keys", "kept-secrets");
        Directory.Delete(scene.At("node"), recursive: true);

        // Step 1 and 2.
        await RunAsync(0, "restore", scene.At("ledger-backup"), "--to", scene.At("back"), "--key", scene.At("backup-private"), "--vkey", oldKey);
        scene.Copy("kept-secrets", "back/keys");
        await RunAsync(0, "keys", "restore", "--data", scene.At("back"), "--from", scene.At("keys-backup"));
        await RunAsync(0, "restore", scene.At("credentials-backup"), "--to", scene.At("aside"), "--key", scene.At("backup-private"), "--vkey", oldKey);
        File.Move(scene.At("aside/access.db"), scene.At("back/access.db"));
        Directory.Delete(scene.At("aside"), recursive: true);
        await RunAsync(0, "reports", "restore", "--data", scene.At("back"), "--from", scene.At("reports-backup"));
        // Before the witnesses were asked, nobody could say what is lost.
        Assert.Contains("its witnesses have not been asked yet", await RunAsync(2, "succeed", "--data", scene.At("back"), "--to", scene.At("next"), "--origin", "probity.example/unit-2", "--reason", "a disk was lost", "--cause", "rolled-back"), StringComparison.Ordinal);
        Assert.NotNull((await scene.ServeAsync("back")).Stopped);
        Assert.True(File.Exists(scene.At("back/stopped")));

        Assert.Contains("WRONG  stopped: Witnesses have seen more", await RunAsync(1, "verify", scene.At("back"), "--vkey", oldKey), StringComparison.Ordinal);

        // Step 3.
        var said = await RunAsync(0, "succeed", "--data", scene.At("back"), "--to", scene.At("next"), "--origin", "probity.example/unit-2", "--reason", "The disk of 3 March was lost", "--by", "A. Overseer, ombudsman");
        Assert.Contains("(rolled-back)", said, StringComparison.Ordinal);
        Assert.Contains($"A witness shows {SizeOf(lost)} records of it: {SizeOf(lost) - SizeOf(kept)} are lost.", said, StringComparison.Ordinal);
        var newKey = PrintedKey(said);
        Assert.Equal((true, false), (File.Exists(scene.At("next/access.db")), File.Exists(scene.At("next/reports.db"))));
        await RunAsync(0, "reports", "restore", "--data", scene.At("next"), "--from", scene.At("reports-backup"));
        await RunAsync(0, "verify", scene.At("next"), "--vkey", newKey, "--old", kept, "--old-key", oldKey);
        Assert.Contains($"{SizeOf(lost) - SizeOf(kept)} were lost with it", await RunAsync(1, "verify", scene.At("next"), "--vkey", newKey, "--old", lost, "--old-key", oldKey), StringComparison.Ordinal);
        Assert.Contains("--old-key", await RunAsync(1, "verify", scene.At("next"), "--vkey", newKey, "--old", kept), StringComparison.Ordinal);

        // What a receipt of a lost entry proves, with no log that holds it.
        Assert.Contains("PROVED", await RunAsync(0, "verify", scene.At("lost.tlog-proof"), "--vkey", oldKey), StringComparison.Ordinal);

        // Step 4. Before its operator adds the line, the witness does not know the new log.
        Assert.Equal(404, (await scene.Witness.AddCheckpointAsync(First(scene.At("next")), Ct)).Status);
        await scene.KnowAsync(newKey);
        await RunAsync(0, "keys", "backup", "--data", scene.At("next"), "--to", scene.At("new-keys-backup"));
        await RunAsync(0, "backup", "--data", scene.At("next"), "--to", scene.At("new-ledger-backup"), "--for", recipient);
        await RunAsync(0, "reports", "backup", "--data", scene.At("next"), "--to", scene.At("new-reports-backup"));
        var (stopped, pages) = await scene.ServeAsync("next", "/record?lang=en", "/record?lang=es", "/record?lang=pt", "/log/predecessors");
        Assert.Null(stopped);
        foreach (var (page, title, words) in new[]
        {
            (pages[0], "This record continues an earlier one", $"At least {SizeOf(lost) - SizeOf(kept)} are lost"),
            (pages[1], "Este registro continúa uno anterior", $"Al menos {SizeOf(lost) - SizeOf(kept)} se han perdido"),
            (pages[2], "Este registo continua um anterior", $"Pelo menos {SizeOf(lost) - SizeOf(kept)} perderam-se"),
        })
        {
            Assert.Contains(title, page, StringComparison.Ordinal);
            Assert.Contains(words, page, StringComparison.Ordinal);
            Assert.Contains("The disk of 3 March was lost", page, StringComparison.Ordinal);
            Assert.DoesNotContain("A. Overseer", page, StringComparison.Ordinal);
        }

        var list = PredecessorList.Parse(Encoding.UTF8.GetBytes(pages[3]));
        Assert.Equal((oldKey, SizeOf(kept)), (Assert.Single(list).Key.ToString(), list[0].Size));
        Assert.Equal(newKey, KeyOf(scene.At("next")).ToString());
        Assert.True((await scene.Witness.FindAsync("probity.example/unit-2", Ct))!.Size > SizeOf(kept));
        await RunAsync(0, "verify", scene.At("next"), "--policy", scene.At("next/witness-policy"), "--vkey", newKey, "--old", kept, "--old-key", oldKey);

        // The old name stays refused.
        Assert.Equal(SizeOf(lost), (await scene.Witness.FindAsync(Origin, Ct))!.Size);
        Assert.Equal(409, (await scene.Witness.AddCheckpointAsync(First(scene.At("back")), Ct)).Status);
    }

    [Fact]
    public async Task Case_2_a_copy_ran_beside_and_what_was_confirmed_is_gone_with_it()
    {
        await using var scene = await MakeAsync();
        Assert.Null((await scene.ServeAsync("node")).Stopped);
        var kept = scene.Keep("node", "kept");
        scene.Copy("node", "copy");
        await scene.RecordAsync("copy", 2);
        Assert.Null((await scene.ServeAsync("copy")).Stopped);
        await scene.RecordAsync("node", 5);
        var (stopped, _) = await scene.ServeAsync("node");
        Assert.NotNull(stopped);
        Assert.Contains("written anew", await File.ReadAllTextAsync(scene.At("node/stopped"), Ct), StringComparison.Ordinal);

        // The one that the quorum has confirmed goes on, while it is there.
        Assert.Null((await scene.ServeAsync("copy")).Stopped);
        Directory.Delete(scene.At("copy"), recursive: true);
        var oldKey = KeyOf(scene.At("node")).ToString();
        var said = await RunAsync(0, "succeed", "--data", scene.At("node"), "--to", scene.At("next"), "--origin", "probity.example/unit-2", "--reason", "A copy of the machine was started");
        Assert.Contains("(forked)", said, StringComparison.Ordinal);
        Assert.Contains("of another history", said, StringComparison.Ordinal);
        var newKey = PrintedKey(said);
        await RunAsync(0, "verify", scene.At("next"), "--vkey", newKey, "--old", kept, "--old-key", oldKey);
        await scene.KnowAsync(newKey);
        var (again, pages) = await scene.ServeAsync("next", "/record");
        Assert.Null(again);
        Assert.Contains("A witness shows another history of it", pages[0], StringComparison.Ordinal);
        Assert.NotNull((await scene.ServeAsync("node")).Stopped);
    }

    [Fact]
    public async Task Case_3_the_signing_key_was_stolen()
    {
        await using var scene = await MakeAsync();
        Assert.Null((await scene.ServeAsync("node")).Stopped);
        var kept = scene.Keep("node", "kept");
        var oldKey = KeyOf(scene.At("node")).ToString();
        scene.Copy("node", "thief");

        await RunAsync(0, "verify", scene.At("node"), "--policy", scene.At("node/witness-policy"), "--old", kept);
        Assert.Contains("give --cause", await RunAsync(2, "succeed", "--data", scene.At("node"), "--to", scene.At("next"), "--origin", "probity.example/unit-2", "--reason", "x"), StringComparison.Ordinal);
        var newKey = PrintedKey(await RunAsync(
            0, "succeed", "--data", scene.At("node"), "--to", scene.At("next"), "--origin", "probity.example/unit-2", "--cause", "signing-key-stolen", "--reason", "A laptop with the keys was stolen"));
        await RunAsync(0, "keys", "rotate", "--data", scene.At("next"));
        File.Delete(scene.At("next/keys/draw.key"));
        await RunAsync(0, "verify", scene.At("next"), "--vkey", newKey, "--old", kept, "--old-key", oldKey);
        await scene.KnowAsync(newKey, alone: true);
        var (stopped, pages) = await scene.ServeAsync("next", "/record");
        Assert.Null(stopped);
        Assert.Contains("could sign in its name", pages[0], StringComparison.Ordinal);
        Assert.Contains("No witness has shown anything of it that is missing here.", pages[0], StringComparison.Ordinal);

        // What the thief signs is confirmed by nobody any more, and known from what the unit has recorded.
        await scene.RecordAsync("thief", 2);
        Assert.Equal(404, (await scene.Witness.AddCheckpointAsync(First(scene.At("thief")), Ct)).Status);
        Assert.Contains("2 were lost with it", await RunAsync(1, "verify", scene.At("next"), "--vkey", newKey, "--old", scene.Keep("thief", "forged"), "--old-key", oldKey), StringComparison.Ordinal);
    }

    /// <summary>The first request of a log for its newest checkpoint.</summary>
    static byte[] First(string node) => Encoding.UTF8.GetBytes(new AddCheckpointRequest(0, [], SignedNote.Parse(File.ReadAllText(NodeFolder.At(node).CheckpointFile))).ToString());
}
