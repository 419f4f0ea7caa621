using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Reports.Contract;
using Probity.Reports.Exchanging;
using Probity.Reports.Granting;
using Probity.Reports.Keys;
using Probity.Sealing;
using Probity.Shared.Record;
using Probity.Storage;
using Probity.Tests.Access;

namespace Probity.Tests.Reports.Granting;

/// <summary>Reports whose readers are gone, opened with shares that are held outside: through the pages of the real server and the program itself.</summary>
public sealed class RecoveryTests : IDisposable
{
    const string Page = ShowRecovery.Address;

    static readonly Guid s_integrity = StaffHost.Of(Role.Integrity), s_overseer = StaffHost.Of(Role.Overseer), s_newcomer = StaffHost.Other(0);

    readonly string _folder = Directory.CreateTempSubdirectory("probity-shares-").FullName;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string At(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task With_enough_shares_and_an_agreement_on_the_record_a_report_opens_for_one_and_without_either_it_does_not()
    {
        await using var scene = await ReportScene.StartAsync((Role.Integrity, StaffHost.Agency));
        await scene.GiveKeysAsync();
        var (integrity, overseer) = (await scene.Host.SignedInAsync(Role.Integrity), await scene.Host.SignedInAsync(Role.Overseer));
        var (code, made, _) = await GrantScene.RunAsync("recovery", "make", "--needed", "2", "--holders", "3", "--out", At("shares"));
        Assert.Equal(0, code);
        var key = made.Trim();
        (string, string)[] named = [("name-key", key), ("name-needed", "2"), ("name-shares", "3"), ("name-holders", "Three deans")];
        await integrity.RefusedAsync("Your post", Page, Page + "/name", named);
        await overseer.DoneAsync(Page, Page + "/name", named);
        await overseer.RefusedAsync("somebody else has to agree", Page, Page + "/confirm", ("confirm-key", key));
        Assert.Contains(Page, await integrity.TextAsync("/"), StringComparison.Ordinal);
        await integrity.DoneAsync(Page, Page + "/confirm", ("confirm-key", key));
        Assert.Contains(SealingPublicKey.Parse(key).Fingerprint, await integrity.TextAsync(ShowKeys.Address), StringComparison.Ordinal);
        scene.Host.Clock.Now += TimeSpan.FromMinutes(2);
        Assert.Equal(key, (await scene.BookAsync()).Recovery);

        var (report, source) = await scene.ReportAsync(text: "CANARY-lost", identity: new DepositIdentity("CANARY name", ""));
        var (kept, _) = await scene.ReportAsync(new MustNotSee([], [], ["Palmares Integrity 0"]), "CANARY-kept");
        await scene.RecordAsync(Deposit.Cover(await scene.BookAsync()));
        await scene.FetchAsync();
        await scene.AddAsync(report, source, "and more");
        await scene.FetchAsync();
        // Somebody new comes, for whom nothing of it was sealed.
        await scene.GiveKeyAsync(s_newcomer, s_overseer);
        var newcomer = ReportScene.Session(s_newcomer, "newcomer", Role.Integrity);
        Assert.IsType<UnlockOutcome.Done>(await scene.UnlockAsync(newcomer));
        Assert.Empty(await scene.Reader.ListAsync(newcomer, default));

        (string, string)[] asked = [("ask-for", s_newcomer.ToString("D")), ("ask-before", "2026-12-31"), ("ask-reason", "Both readers have left.")];
        await integrity.RefusedAsync("no id of a report", Page, Page + "/ask", [.. asked, ("ask-reports", Guid.NewGuid().ToString("D"))]);
        await integrity.DoneAsync(Page, Page + "/ask", asked);
        var id = (await scene.Host.RecordAsync()).Select(r => r.Event).OfType<RecoveryAsked>().Single().Id;
        var one = $"{Page}/{id:D}";
        await integrity.RefusedAsync("Nobody has agreed", Page, one + "/request");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await integrity.UploadAsync(Page, one + "/back", new RecoveryAnswer(RecoveryRequest.CurrentForm, []).Write()));
        await integrity.RefusedAsync("somebody else has to agree", Page, one + "/answer", ("agrees", "yes"));
        await (await scene.Host.SignedInAsync(s_newcomer)).RefusedAsync("Your post", Page, one + "/answer", ("agrees", "yes"));
        await overseer.DoneAsync(Page, one + "/answer", ("agrees", "yes"));
        var agreed = (await scene.Host.RecordAsync()).Single(r => r.Event is RecoveryAgreed);
        foreach (var who in new[] { integrity, overseer, await scene.Host.SignedInAsync(s_newcomer) }) Assert.Contains("opened with the shares", await who.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains("agreed to so far: 1", await overseer.TextAsync(ShowKeys.Address), StringComparison.Ordinal);

        var taken = await integrity.PostAsync(one + "/request", await integrity.TextAsync(Page), []);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (taken.StatusCode, taken.Content.Headers.ContentType!.MediaType));
        await File.WriteAllBytesAsync(At("request.json"), await taken.Content.ReadAsByteArrayAsync(Ct), Ct);
        Assert.Equal(s_integrity, Assert.Single(await scene.Host.RecordAsync(), r => r.Event is MatterRead { What: CarryRecovery.Download }).Actor.Value);

        // All secrets of the node and one share too few: nothing.
        var vkey = scene.Host.Log.VerifierKey.ToString();
        var shares = Directory.GetFiles(At("shares")).Order().ToArray();
        var few = await GrantScene.RunAsync("recovery", "open", At("request.json"), "--share", shares[0], "--vkey", vkey, "--out", At("few.json"));
        Assert.NotEqual(0, few.Code);
        Assert.False(File.Exists(At("few.json")));
        await OpensWithNoSecretOfTheNodeAsync(scene, report, shares[0]);
        // Enough shares, and a request that was changed to another reader.
        var changed = (await File.ReadAllTextAsync(At("request.json"), Ct)).Replace(((RecoveryAgreed)agreed.Event!).To, key, StringComparison.Ordinal).Replace(((RecoveryAgreed)agreed.Event).To.Replace("+", "\\u002B", StringComparison.Ordinal), key, StringComparison.Ordinal);
        await File.WriteAllTextAsync(At("changed.json"), changed, Ct);
        Assert.NotEqual(0, (await GrantScene.RunAsync("recovery", "open", At("changed.json"), "--share", shares[0], shares[2], "--vkey", vkey, "--out", At("changed-out.json"))).Code);
        var opened = await GrantScene.RunAsync("recovery", "open", At("request.json"), "--share", shares[0], shares[2], "--vkey", vkey, "--out", At("answer.json"));
        Assert.True(opened.Code == 0, opened.Error);
        Assert.StartsWith("3 of 4 deposits", opened.Output, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await overseer.UploadAsync(Page, one + "/back", await File.ReadAllBytesAsync(At("request.json"), Ct)));
        Assert.Equal(HttpStatusCode.SeeOther, await overseer.UploadAsync(Page, one + "/back", await File.ReadAllBytesAsync(At("answer.json"), Ct)));
        Assert.Equal(2, (await scene.Host.RecordAsync()).Count(r => r.Event is Recovered));

        // It opens for the one, with what was written about it; whom its source kept out stays out.
        Assert.Equal(report, Assert.Single(await scene.Reader.ListAsync(newcomer, default)).Report);
        var read = (await scene.Reader.OpenAsync(newcomer, report, default))!;
        Assert.Equal("CANARY-lost|and more", ReportScene.Text(read));
        Assert.Contains(s_newcomer, read.Readers);
        Assert.Null(await scene.Reader.OpenAsync(newcomer, kept, default));
        await scene.UnlockAsync(ReportScene.As(Role.Integrity));
        Assert.True((await scene.Reader.OpenAsync(ReportScene.As(Role.Integrity), report, default))!.StaffKey.Span.SequenceEqual(read.StaffKey.Span));
        Assert.Equal(0, scene.Count("CANARY"));

        // The entry is proved by a receipt that was given out, and whoever removes it is found.
        var receipt = ReceiptVerifier.Verify(System.Text.Encoding.UTF8.GetBytes(RecoveryRequest.Read(await File.ReadAllBytesAsync(At("request.json"), Ct))!.Receipt), new ReceiptRequest(VerifierKey.Parse(vkey), null));
        Assert.Equal((true, "reports.recovery-agreed.v1", agreed.Index), (receipt.Proved, receipt.Header!.Type, receipt.Header.Index));
        await scene.Host.StopAsync();
        var whole = await GrantScene.RunAsync("verify", scene.Host.DataFolder, "--vkey", vkey);
        Assert.True(whole.Code == 0, whole.Output + whole.Error);
        await using (var database = new SqliteConnection($"Data Source={NodeFolder.At(scene.Host.DataFolder).LedgerFile};Pooling=False"))
        {
            await database.OpenAsync(Ct);
            await using var delete = database.CreateCommand();
            delete.CommandText = $"DELETE FROM record WHERE idx = {agreed.Index}";
            Assert.Equal(1, await delete.ExecuteNonQueryAsync(Ct));
        }

        var found = await GrantScene.RunAsync("verify", scene.Host.DataFolder, "--vkey", vkey);
        Assert.NotEqual(0, found.Code);
        Assert.Matches($@"record {agreed.Index}\b", found.Output + found.Error);
    }

    // Whatever lies in the node's folder as a key, or in one share, opens no slot of what was reported.
    static async Task OpensWithNoSecretOfTheNodeAsync(ReportScene scene, Guid report, string share)
    {
        var secrets = new List<byte[]>();
        foreach (var file in Directory.EnumerateFiles(NodeFolder.At(scene.Host.DataFolder).SecretsFolder, "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(file, Ct);
            for (var at = 0; at + SealingKey.Size <= Math.Min(bytes.Length, 512); at++) secrets.Add(bytes[at..(at + SealingKey.Size)]);
            foreach (Match text in Regex.Matches(System.Text.Encoding.Latin1.GetString(bytes), "[A-Za-z0-9+/=]{40,}"))
                if (Convert.TryFromBase64String(text.Value, bytes = new byte[text.Value.Length], out var length) && length >= SealingKey.Size) secrets.Add(bytes[(length - SealingKey.Size)..length]);
        }

        Assert.NotEmpty(secrets);
        Assert.Null(SecretShares.Combine([SecretShare.Read(await File.ReadAllTextAsync(share, Ct))!]));
        var deposit = KeptReports.Read((await scene.Deposits.OfReportAsync(report, default))[0])!;
        foreach (var secret in secrets)
        {
            using var key = SealingKey.Import(secret);
            for (var slot = 0; slot < deposit.Content.Slots.Count; slot++) Assert.Null(deposit.Content.OpenSlot(deposit.Binding(PartKind.Content), slot, key));
        }
    }
}
