using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Cli.Verbs;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Exchanging;
using Probity.Sealing;
using Probity.Storage;
using Probity.Storage.Deposits;

namespace Probity.Tests.Reports;

/// <summary>Sealed reports in backups that end: what is put back opens and goes on, and what was erased does not come back.</summary>
public sealed class ReportsBackupTests
{
    static IntakeExchange Exchange(ReportScene scene) => scene.Services.GetRequiredService<IntakeExchange>();

    static DepositFile File(IntakeStandIn side, int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);
        var file = new DepositFile(Guid.NewGuid(), length, SHA256.HashData(bytes));
        side.Files.Add(file.Id, bytes);
        return file;
    }

    // As the reporter's side does when it is told.
    static async Task SettleAsync(ReportScene scene, params long[] numbers)
    {
        var compartments = new List<CompartmentId>();
        foreach (var number in numbers) compartments.Add((await scene.Intake.ReadAsync(number, 1, default))[0].Header.Compartment);
        await scene.Intake.EraseAsync([], [], new ActorId(scene.Intake.Id), compartments, default);
    }

    [Fact]
    public async Task A_restored_node_opens_what_it_had_fetches_what_came_since_and_brings_back_nothing_that_was_erased()
    {
        await using var scene = await ReportScene.StartAsync();
        await scene.GiveKeysAsync();
        await using var side = await IntakeStandIn.StartAsync(scene);
        side.Connect(scene);
        var (keptFile, goneFile) = (File(side, 90_000), File(side, 1_500_000));
        var kept = (await scene.ReportAsync(text: "KEPT", files: [keptFile])).Report;
        var gone = (await scene.ReportAsync(text: "GONE", files: [goneFile])).Report;
        Assert.True(await Exchange(scene).RunOnceAsync(default));
        var (folder, backup) = (NodeFolder.At(scene.Host.DataFolder), Path.Combine(scene.Host.Folder, "night.reports"));
        var canary = (await scene.Deposits.OfReportAsync(gone, default))[0].Receipt.ToArray().AsMemory(400, 60).ToArray();
        var made = await ReportsBackup.BackUpAsync(folder, backup, null, scene.Host.Clock.Now, default);
        Assert.Equal((2, 2, null), (made.Records, made.Files, made.Fault));
        // A backup tells whoever has it nothing of what is in it.
        Assert.Equal(-1, System.IO.File.ReadAllBytes(backup).AsSpan().IndexOf(canary));

        // One is erased after the backup, another comes and is erased, a third comes; the reporter's side forgets what was settled.
        await scene.EraseAsync(gone);
        var brief = (await scene.ReportAsync(text: "BRIEF")).Report;
        var since = (await scene.ReportAsync(text: "SINCE")).Report;
        scene.Host.Clock.Now += TimeSpan.FromDays(1);
        Assert.True(await Exchange(scene).RunOnceAsync(default));
        await scene.EraseAsync(brief);
        Assert.True(await Exchange(scene).RunOnceAsync(default));
        Assert.Equal([gone, brief], side.Settled.Distinct());
        await SettleAsync(scene, 1, 2);

        await scene.Host.StopAsync();
        foreach (var file in Directory.EnumerateFiles(folder.Root, "reports.db*")) System.IO.File.Delete(file);
        Directory.Delete(folder.ReportFilesFolder, recursive: true);
        Assert.False((await VerifyDeposits.AddAsync(new VerifyReport(null, 0, null, false, 0, []), folder, default)).Ok);
        await RefuseChangedAsync(folder, backup, scene.Host.Clock.Now);
        var back = await ReportsVerb.RestoreAsync(folder, backup, scene.Host.Clock.Now, default);
        Assert.Equal((2, 1), (back.Records, back.Files));
        Assert.Contains("is there already", (await Assert.ThrowsAsync<IOException>(() => ReportsVerb.RestoreAsync(folder, backup, scene.Host.Clock.Now, default))).Message, StringComparison.Ordinal);
        Assert.Equal([keptFile.Id.ToString("N")], Directory.EnumerateFiles(folder.ReportFilesFolder).Select(Path.GetFileName));
        Assert.Equal(-1, System.IO.File.ReadAllBytes(folder.ReportsFile).AsSpan().IndexOf(canary));

        await scene.Host.StartAgainAsync();
        Assert.Empty(await scene.Deposits.OfReportAsync(gone, default));
        scene.Host.Clock.Now += TimeSpan.FromDays(1);
        Assert.True(await Exchange(scene).RunOnceAsync(default));
        Assert.Null((await Exchange(scene).ReadAsync(default)).Stopped);
        var overseer = ReportScene.As(Role.Overseer);
        await scene.UnlockAsync(overseer);
        Assert.Equal(["KEPT", "SINCE"], [ReportScene.Text(await scene.Reader.OpenAsync(overseer, kept, default)), ReportScene.Text(await scene.Reader.OpenAsync(overseer, since, default))]);
        Assert.Equal(new HashSet<Guid> { kept, since }, (await scene.Reader.ListAsync(overseer, default)).Select(r => r.Report).ToHashSet());
        // That a copy was put back is said: what came since had been here.
        Assert.Equal([new RecordRange(3, 3)], (await scene.Host.RecordAsync()).Select(r => r.Event).OfType<RecordsReturned>().SelectMany(r => r.Records));
        Assert.True((await VerifyDeposits.AddAsync(new VerifyReport(null, 0, null, false, 0, []), folder, default)).Ok);

        // After its day it is refused, and the node takes its key out of it and removes it.
        await scene.Host.StopAsync();
        System.IO.File.Delete(folder.ReportsFile);
        var after = made.Expires.AddSeconds(1);
        Assert.Contains("it ended on", (await Assert.ThrowsAsync<InvalidDataException>(() => ReportsVerb.RestoreAsync(folder, backup, after, default))).Message, StringComparison.Ordinal);
        Assert.Equal(1, KeyBackups.Prune(folder, after));
        Assert.False(System.IO.File.Exists(backup));
        await scene.Host.StartAgainAsync();
    }

    // Whatever is changed, cut off or sealed under another wrapping key, nothing is put back.
    static async Task RefuseChangedAsync(NodeFolder folder, string backup, DateTimeOffset now)
    {
        var (bytes, chance, file) = (System.IO.File.ReadAllBytes(backup), new Random(70), backup + ".changed");
        for (var attempt = 0; attempt < 60; attempt++)
        {
            var changed = bytes.ToArray();
            // The head, the beginning of the frames, and anywhere.
            changed[chance.Next(attempt % 3 == 0 ? 300 : attempt % 3 == 1 ? 70_000 : changed.Length)] ^= (byte)(1 << chance.Next(8));
            if (attempt % 5 == 0) changed = changed[..chance.Next(changed.Length)];
            System.IO.File.WriteAllBytes(file, changed);
            await Assert.ThrowsAsync<InvalidDataException>(() => ReportsVerb.RestoreAsync(folder, file, now, default));
            Assert.False(System.IO.File.Exists(folder.ReportsFile));
        }
    }

    [Fact]
    public async Task A_rotation_ends_every_earlier_backup_and_a_policy_is_not_exceeded()
    {
        var root = Directory.CreateTempSubdirectory("probity-reports-").FullName;
        try
        {
            var (folder, now, backup) = (NodeFolder.At(Path.Combine(root, "data")), new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), Path.Combine(root, "one.reports"));
            await (await NodeFolder.CreateAsync(folder.Root, "probity.example/test", TimeProvider.System, new Ledger.LogOptions { Durability = Durability.OnlyWhenClosed }, default)).DisposeAsync();
            await Assert.ThrowsAsync<FileNotFoundException>(() => ReportsBackup.BackUpAsync(folder, backup, null, now, default));
            Assert.DoesNotContain("reports", KeysVerb.EndedBy(folder), StringComparison.Ordinal);
            using (var empty = DepositStore.Open(folder.ReportsFile, Durability.EveryCommit)) Assert.DoesNotContain("reports", KeysVerb.EndedBy(folder), StringComparison.Ordinal);
            using (var store = DepositStore.Open(folder.ReportsFile, Durability.EveryCommit)) store.Keep([], [new StoredProof(0, new byte[100])]);
            await Assert.ThrowsAsync<InvalidDataException>(() => ReportsBackup.BackUpAsync(folder, backup, KeyBackups.DefaultDays + 1, now, default));
            Assert.Equal(now.AddDays(3), (await ReportsBackup.BackUpAsync(folder, backup, 3, now, default)).Expires);
            await KeyRotation.RotateAsync(folder, default);
            Assert.Contains("probity reports backup", KeysVerb.EndedBy(folder), StringComparison.Ordinal);
            System.IO.File.Delete(folder.ReportsFile);
            Assert.Contains("rotation", (await Assert.ThrowsAsync<InvalidDataException>(() => ReportsVerb.RestoreAsync(folder, backup, now, default))).Message, StringComparison.Ordinal);
            Assert.False(System.IO.File.Exists(folder.ReportsFile));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
