using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports;
using Probity.Reports.Contract;
using Probity.Reports.Exchanging;
using Probity.Reports.Routing;
using Probity.Sealing;
using Probity.Shared.Record;
using Probity.Storage;
using Probity.Tests.Access;

namespace Probity.Tests.Reports;

/// <summary>The exchange with a reporter's side over TLS, honest and not.</summary>
public sealed class ExchangeTests
{
    internal static IntakeExchange Exchange(ReportScene scene) => scene.Services.GetRequiredService<IntakeExchange>();

    internal static async Task<(ReportScene Scene, IntakeStandIn Side)> StartAsync()
    {
        var scene = await ReportScene.StartAsync();
        await scene.GiveKeysAsync();
        var side = await IntakeStandIn.StartAsync(scene);
        side.Connect(scene);
        return (scene, side);
    }

    [Fact]
    public async Task Reports_files_answers_and_what_is_settled_go_their_ways()
    {
        var (scene, side) = await StartAsync();
        await using var _ = scene;
        await using var __ = side;
        var file = RandomNumberGenerator.GetBytes(200_000);
        var stored = new DepositFile(Guid.NewGuid(), file.Length, SHA256.HashData(file));
        side.Files.Add(stored.Id, file);
        var (report, _) = await scene.ReportAsync(files: [stored]);
        await scene.RecordAsync("intake.opened.v1", Encoding.UTF8.GetBytes("{}"));
        await scene.RecordAsync(Deposit.Cover(await scene.BookAsync()));
        side.CutAfter = 70_000;
        Assert.False(await Exchange(scene).RunOnceAsync(default));
        // For an hour it is nobody's work; then it is the first thing that an overseer sees.
        async Task<string> FirstScreen() => await (await scene.Host.SignedInAsync(Role.Overseer)).TextAsync("/");
        Assert.DoesNotContain(ReportsText.Of("next.exchange-failing"), await FirstScreen(), StringComparison.Ordinal);
        var began = scene.Host.Clock.Now;
        scene.Host.Clock.Now += TimeSpan.FromHours(1);
        Assert.False(await Exchange(scene).RunOnceAsync(default));
        Assert.Contains(ReportsText.Of("next.exchange-failing"), await FirstScreen(), StringComparison.Ordinal);
        scene.Host.Clock.Now = began;
        side.CutAfter = null;
        Assert.True(await Exchange(scene).RunOnceAsync(default));
        Assert.DoesNotContain(ReportsText.Of("next.exchange-failing"), await FirstScreen(), StringComparison.Ordinal);
        Assert.Equal(Exchange(scene).CertificateHash(), side.Caller);
        Assert.Equal((await scene.BookAsync()).Hash(), side.Book!.Hash());
        Assert.Equal(3, await scene.Deposits.NextAsync(default));
        Assert.Equal(2, (await scene.Deposits.ReadAsync(0, 10, default)).Count);
        var kept = KeptReports.FileOf(NodeFolder.At(scene.Host.DataFolder).ReportFilesFolder, stored.Id);
        Assert.Equal(file, await File.ReadAllBytesAsync(kept, TestContext.Current.CancellationToken));
        var overseer = ReportScene.As(Role.Overseer);
        await scene.UnlockAsync(overseer);
        Assert.Equal("CANARY", ReportScene.Text(await scene.Reader.OpenAsync(overseer, report, default)));

        // An answer goes once; what is settled is forgotten on both sides.
        var answer = new AnswerGiven(Guid.NewGuid(), report, new DateOnly(2026, 3, 2), "AAEC");
        await scene.Host.Log.AppendAsync([], [new NewEntry(new StreamId(report), EventTypes.NameOf(typeof(AnswerGiven)), EventTypes.Serialize(answer), new ActorId(StaffHost.Of(Role.Overseer)), new CompartmentId(report))], default);
        await scene.EraseAsync(report);
        Assert.False(File.Exists(kept));
        for (var again = 0; again < 2; again++) Assert.True(await Exchange(scene).RunOnceAsync(default));
        var sent = Assert.Single(side.Answers);
        Assert.Equal((answer.Id, report, "2026-03-02", "AAEC"), (sent.GetProperty("id").GetGuid(), sent.GetProperty("report").GetGuid(), sent.GetProperty("day").GetString(), sent.GetProperty("box").GetString()));
        Assert.Equal([report], side.Settled);
        Assert.Single(side.Asked, call => call == "PUT /exchange/book");
        // Of no report is anything on this node's record but that there are books and keys.
        Assert.DoesNotContain(await scene.Host.RecordAsync(), r => r.Type.StartsWith("reports.", StringComparison.Ordinal) && r.Event is not (KeyMade or KeyConfirmed or KeyUnlocked or BookIssued or AnswerGiven or IntakeNamed or IntakeCheckpointKept or ExchangeCompared or ReportErased or ReviewSeedsCommitted));
    }

    [Fact]
    public async Task A_checkpoint_is_recorded_each_day_whether_or_not_anything_came()
    {
        var (scene, side) = await StartAsync();
        await using var _ = scene;
        await using var __ = side;
        await scene.RecordAsync(Deposit.Cover(await scene.BookAsync()));
        for (var day = 0; day < 3; day++)
        {
            for (var run = 0; run < 3; run++) Assert.True(await Exchange(scene).RunOnceAsync(default));
            scene.Host.Clock.Now += TimeSpan.FromDays(1);
        }

        var notes = (await scene.Host.RecordAsync()).Select(r => r.Event).OfType<IntakeCheckpointKept>().ToList();
        Assert.Equal(3, notes.Count);
        Assert.All(notes, note => Assert.Equal(scene.Intake.Checkpoint, note.Note));

        // Somebody takes the file away that names the reporter's side: nothing fails, and it is seen all the same.
        async Task<bool> IsToldAsync() => (await (await scene.Host.SignedInAsync(Role.Overseer)).TextAsync("/")).Contains("For two days nothing was compared", StringComparison.Ordinal);
        Assert.False(await IsToldAsync());
        File.Delete(NodeFolder.At(scene.Host.DataFolder).IntakeFile);
        scene.Host.Clock.Now += TimeSpan.FromDays(1);
        Assert.False(await Exchange(scene).RunOnceAsync(default));
        Assert.True(await IsToldAsync());
    }

    // What somebody who has the reporter's side, or stands between, could hand over.
    [Theory]
    [InlineData("content", FetchedRecords.Unproved)]
    [InlineData("order", FetchedRecords.Gap)]
    [InlineData("left out", FetchedRecords.Gap)]
    [InlineData("other log", FetchedRecords.Unproved)]
    [InlineData("shrunk", FetchedRecords.Shrunk)]
    [InlineData("entry", FetchedRecords.Unproved)]
    [InlineData("text", FetchedRecords.Unreadable)]
    [InlineData("no deposit", FetchedRecords.NoDeposit)]
    [InlineData("other book", FetchedRecords.UnknownBook)]
    public async Task What_does_not_verify_stops_the_exchange_loudly_and_none_of_it_is_kept(string lie, string code)
    {
        var (scene, side) = await StartAsync();
        await using var _ = scene;
        await using var __ = side;
        await scene.ReportAsync(text: "kept");
        Assert.True(await Exchange(scene).RunOnceAsync(default));
        await scene.ReportAsync();
        if (lie == "no deposit") await scene.RecordAsync(FetchedRecords.DepositType, [1, 2, 3]);
        else if (lie == "other book") await scene.RecordAsync(Deposit.Cover((await scene.BookAsync()) with { Version = 99 }));
        else await scene.ReportAsync();
        // What is proved to stand on the other record stands there for ever; an overseer passes it over.
        var stays = lie is "no deposit" or "other book";
        var foreign = lie == "other log" ? await ForeignAsync() : [];
        var entry = (await scene.Intake.WriteReceiptAsync(1, ReceiptForm.Entry, default)).Text;
        side.Lie = bytes => lie switch
        {
            "other log" => foreign,
            "text" => "{\"size\":3}"u8.ToArray(),
            _ => Changed(bytes, lie, entry),
        };
        Assert.False(await Exchange(scene).RunOnceAsync(default));
        side.Lie = bytes => bytes;
        Assert.False(await Exchange(scene).RunOnceAsync(default));
        Assert.Single(await scene.Deposits.ReadAsync(0, 10, default));
        Assert.Equal(1, await scene.Deposits.NextAsync(default));
        var stopped = Assert.Single((await scene.Host.RecordAsync()).Select(r => r.Event).OfType<ExchangeStopped>());
        Assert.Equal(code, stopped.Code);

        // The overseers find it before all else, and one of them lets it go on, for a reason.
        var (overseer, integrity) = (await scene.Host.SignedInAsync(Role.Overseer), await scene.Host.SignedInAsync(Role.Integrity));
        Assert.Contains(ShowExchange.Address, await overseer.TextAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain(ShowExchange.Address, await integrity.TextAsync("/"), StringComparison.Ordinal);
        var page = await overseer.TextAsync(ShowExchange.Address);
        Assert.Contains("The exchange has stopped.", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await integrity.PostAsync(ShowExchange.Address + "/resume", await integrity.TextAsync(ShowExchange.Address), new() { ["reason"] = "It is mended." })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await overseer.PostAsync(ShowExchange.Address + "/resume", page, new() { ["reason"] = " " })).StatusCode);
        if (stays) await PassAsync(scene, overseer, integrity, page);
        else
        {
            Assert.DoesNotContain(ShowExchange.Address + "/pass", page, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.SeeOther, (await overseer.PostAsync(ShowExchange.Address + "/resume", page, new() { ["reason"] = "A wrong disk was put back; the right one is there again." })).StatusCode);
            Assert.Null((await scene.Host.RecordAsync()).Select(r => r.Event).OfType<ExchangeResumed>().Single().Past);
        }

        Assert.True(await Exchange(scene).RunOnceAsync(default));
        Assert.Equal(stays ? 2 : 3, (await scene.Deposits.ReadAsync(0, 10, default)).Count);
        Assert.Equal(3, await scene.Deposits.NextAsync(default));
    }

    // Two give a record up: who asked does not agree, and the second finds it among their next steps.
    static async Task PassAsync(ReportScene scene, Browser overseer, Browser integrity, string page)
    {
        Assert.Equal(HttpStatusCode.SeeOther, (await overseer.PostAsync(ShowExchange.Address + "/pass", page, new() { ["pass-reason"] = "It is a test of theirs." })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await overseer.PostAsync(ShowExchange.Address + "/answer", await overseer.TextAsync(ShowExchange.Address), new() { ["agrees"] = "yes" })).StatusCode);
        Assert.False(await Exchange(scene).RunOnceAsync(default));
        Assert.Contains(ReportsText.Of("next.exchange-pass"), await integrity.TextAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain(ReportsText.Of("next.exchange-pass"), await overseer.TextAsync("/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync(ShowExchange.Address + "/answer", await integrity.TextAsync(ShowExchange.Address), new() { ["agrees"] = "yes" })).StatusCode);
        Assert.Equal(2, (await scene.Host.RecordAsync()).Select(r => r.Event).OfType<PassingAgreed>().Single().Record);
    }

    static async Task<byte[]> ForeignAsync()
    {
        await using var other = await ReportScene.StartAsync();
        await other.GiveKeysAsync();
        for (var report = 0; report < 3; report++) await other.ReportAsync();
        return await other.RecordsAsync(1);
    }

    static byte[] Changed(byte[] bytes, string lie, string entry)
    {
        var said = JsonDocument.Parse(bytes).RootElement;
        var receipts = said.GetProperty("receipts").EnumerateArray().Select(r => r.GetString()!).ToList();
        var size = said.GetProperty("size").GetInt64();
        switch (lie)
        {
            case "content":
                var line = receipts[^1].Split('\n')[1];
                var extra = Convert.FromBase64String(line["extra ".Length..]);
                extra[^10] ^= 1;
                receipts[^1] = receipts[^1].Replace(line, "extra " + Convert.ToBase64String(extra), StringComparison.Ordinal);
                break;
            case "order": receipts.Reverse(); break;
            case "left out": receipts.RemoveAt(0); break;
            case "shrunk": (size, receipts) = (0, []); break;
            case "entry": receipts[0] = entry; break;
        }

        return JsonSerializer.SerializeToUtf8Bytes(new { size, receipts });
    }

    [Fact]
    public async Task A_file_that_is_another_stops_the_exchange()
    {
        var (scene, side) = await StartAsync();
        await using var _ = scene;
        await using var __ = side;
        var stored = new DepositFile(Guid.NewGuid(), 1_000, SHA256.HashData(new byte[1_000]));
        side.Files.Add(stored.Id, RandomNumberGenerator.GetBytes(1_000));
        await scene.ReportAsync(files: [stored]);
        Assert.False(await Exchange(scene).RunOnceAsync(default));
        Assert.Equal(FetchFiles.Changed, (await Exchange(scene).ReadAsync(default)).Stopped?.Code);
        Assert.Empty(Directory.EnumerateFiles(NodeFolder.At(scene.Host.DataFolder).ReportFilesFolder));
    }

    [Fact]
    public async Task A_server_with_another_certificate_is_told_nothing()
    {
        var (scene, side) = await StartAsync();
        await using var _ = scene;
        await using var __ = side;
        side.Connect(scene, new string('0', 64));
        Assert.False(await Exchange(scene).RunOnceAsync(default));
        Assert.Empty(side.Asked);
        Assert.NotNull(Exchange(scene).Standing.Failed);
        Assert.Null((await Exchange(scene).ReadAsync(default)).Stopped);
    }

    [Fact]
    public async Task Without_a_reporters_side_the_page_says_so()
    {
        await using var scene = await ReportScene.StartAsync();
        Assert.False(await Exchange(scene).RunOnceAsync(default));
        var overseer = await scene.Host.SignedInAsync(Role.Overseer);
        Assert.Contains("side is connected", await overseer.TextAsync(ShowExchange.Address), StringComparison.Ordinal);
        File.WriteAllText(NodeFolder.At(scene.Host.DataFolder).IntakeFile, "{\"url\":\"http://intake.example\"}");
        Assert.Contains("cannot be used", await overseer.TextAsync(ShowExchange.Address), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"url\":\"http://intake.example\",\"certificate\":\"00\",\"log\":\"x\"}")]
    [InlineData("{\"url\":\"https://intake.example\",\"certificate\":\"zz\",\"log\":\"x\"}")]
    [InlineData("{\"url\":\"https://intake.example\",\"certificate\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"log\":\"x\"}")]
    [InlineData("{\"url\":\"https://intake.example\",\"more\":1}")]
    public void A_file_that_says_something_else_is_refused(string text) => Assert.Throws<FormatException>(() => IntakeConnection.Read(text));

    [Fact]
    public async Task Answers_that_were_tampered_with_anywhere_are_refused_and_crash_nothing()
    {
        await using var scene = await ReportScene.StartAsync();
        await scene.GiveKeysAsync();
        for (var report = 0; report < 3; report++) await scene.ReportAsync();
        var (answer, issued, none) = (await scene.RecordsAsync(0), await scene.Services.GetRequiredService<Books>().IssuedAsync(default), new HashSet<long>());
        Assert.Equal(3, FetchedRecords.Read(answer, 0, 0, scene.Intake.VerifierKey, none, issued).Records?.Deposits.Count);
        var (chance, kept) = (new Random(66), 0);
        for (var attempt = 0; attempt < 2_000; attempt++)
        {
            var changed = answer.ToArray();
            for (var bytes = chance.Next(1, 4); bytes > 0; bytes--) changed[chance.Next(changed.Length)] = (byte)chance.Next(256);
            if (chance.Next(4) == 0) changed = changed[..chance.Next(changed.Length)];
            if (FetchedRecords.Read(changed, 0, 0, scene.Intake.VerifierKey, none, issued).Records is not { } records) continue;
            // A letter of a name that is compared without capitals, a space: whatever is kept is what was recorded.
            Assert.All(records.Deposits, d => Assert.NotNull(KeptReports.Read(d)));
            Assert.Equal(3, records.Next);
            kept++;
        }

        Assert.True(kept < 100, $"{kept} of 2,000 changed answers passed");
    }
}
