using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Cli.Hosting;
using Probity.Cli.Sample;
using Probity.Intake;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Reports.Contract;
using Probity.Reports.Erasing;
using Probity.Reports.Exchanging;
using Probity.Reports.Handling;
using Probity.Sealing.Receipts;
using Probity.Shared.Record;
using Probity.Storage;
using Probity.Tests.Access;
using Probity.Tests.Records;

namespace Probity.Tests.Reports.Erasing;

/// <summary>A report comes in over the real exchange, is handled and kept, and is erased: then nothing of it is in any file of either side.</summary>
public sealed class EraseEverywhereTests
{
    const string Canary = "Xylofagos-1 takes an envelope at the gate.";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_of_an_erased_report_is_left_on_either_side_and_its_code_finds_what_any_words_find()
    {
        await using var host = await StaffHost.StartAsync();
        // Both sides take the day from their own clock.
        host.Clock.Now = DateTimeOffset.UtcNow;
        await using var intake = await DemoIntake.StartAsync(host.DataFolder, 0, Ct);
        await SampleReports.MakeKeysAsync(host.Services, Ct);
        var (exchange, deposits) = (host.Services.GetRequiredService<IntakeExchange>(), host.Services.GetRequiredService<IDeposits>());
        using var source = Source(intake);
        var words = await ReportAsync(source);
        Assert.True(await exchange.RunOnceAsync(Ct));
        var kept = Assert.Single(await deposits.ReadAsync(0, 10, Ct), d => KeptReports.Read(d)!.Files.Count == 0);
        var report = kept.Report;
        var all = await deposits.OfReportAsync(report, Ct);

        var (integrity, overseer) = (await UnlockedAsync(host, Role.Integrity), await UnlockedAsync(host, Role.Overseer));
        await ReportPagesTests.InHandAsync(integrity, report);
        await ReportPagesTests.DoneAsync(integrity, report, "note", ("words", Canary));
        await ReportPagesTests.DoneAsync(integrity, report, "find", ("finding", "notSubstantiated"), ("words", Canary));
        await ReportPagesTests.DoneAsync(integrity, report, "close", ("reason", "noAction"), ("words", Canary), ("message", Canary));
        await ReportPagesTests.DoneAsync(overseer, report, "answer", ("agrees", "yes"));
        Assert.True(await exchange.RunOnceAsync(Ct));

        // What there is to find: the sealed deposits and files, the rows of the lists, and the keys of both sides.
        var (node, side) = (NodeFolder.At(host.DataFolder), NodeFolder.At(DemoIntake.FolderOf(host.DataFolder)));
        var stream = Report.StreamOf(report).Value;
        var record = await host.RecordAsync();
        var traces = new Traces();
        foreach (var compartment in Compartments.ErasedWithMatter(Report.StreamOf(report)).Where(c => record.Any(r => r.Compartment == c)))
            traces.AddKeys("the report", WrappedKey(node, compartment.Value)!.Value, WrappingKey(node), compartment.Value, record.Where(r => r.Compartment == compartment).Select(r => r.Index));
        foreach (var deposit in all) traces.AddText(Encoding.UTF8.GetString(deposit.Receipt.Span).Split('\n').First(l => l.StartsWith("extra ", StringComparison.Ordinal))[2_000..2_060]);
        var sealedFile = Directory.EnumerateFiles(node.ReportFilesFolder).Single();
        traces.AddBytes("the sealed file", (await File.ReadAllBytesAsync(sealedFile, Ct))[1_000..1_040]);
        var before = traces.InFolder(host.DataFolder);
        foreach (var what in (string[])["the wrapped key of the report", "the sealed file", "reports.db"]) Assert.Contains(before, found => found.Contains(what, StringComparison.Ordinal));
        var viewed = new Traces();
        viewed.AddText(stream.ToString("D").ToUpperInvariant());
        viewed.AddBytes("the stream", stream.ToByteArray());
        Assert.NotEmpty(viewed.In("views", Lists(host)));
        var wrapped = AllWrapped(side);

        // Not before its time; then by two, and at once there for nobody.
        host.Clock.Now = host.Clock.Now.AddMonths(37);
        (integrity, overseer) = (await UnlockedAsync(host, Role.Integrity), await UnlockedAsync(host, Role.Overseer));
        var path = ShowReportErasure.AddressOf(report);
        Assert.Contains(HandlingText.Of("next.kept"), await integrity.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains($"/reports/{report:D}", await integrity.TextAsync("/reports?show=kept"), StringComparison.Ordinal);
        await PostAsync(integrity, path, "hold", ("hold", "Order 12/2026 of the court."));
        Assert.DoesNotContain("name=\"ask\"", await integrity.TextAsync(path), StringComparison.Ordinal);
        var hold = (await host.RecordAsync()).Select(r => r.Event).OfType<ReportHeld>().Single().Id;
        await PostAsync(overseer, path, "end", ("which", hold.ToString("D")), ($"end-{hold:D}", "The court has judged."));
        await PostAsync(integrity, path, "ask", ("ask", "Nobody needs it any more."));
        Assert.Contains("Say whether report", await overseer.TextAsync("/"), StringComparison.Ordinal);
        await PostAsync(overseer, path, "answer", ("agrees", "yes"));
        Assert.Equal(HttpStatusCode.NotFound, (await integrity.GetAsync($"/reports/{report:D}")).StatusCode);
        foreach (var show in (string[])["", "?show=closed", "?show=kept"]) Assert.DoesNotContain($"/reports/{report:D}", await integrity.TextAsync("/reports" + show), StringComparison.Ordinal);
        Assert.True(await exchange.RunOnceAsync(Ct));

        // The lists' file is cleared a moment later.
        for (var attempt = 0; attempt < 200 && viewed.In("views", Lists(host)).Any(); attempt++) await Task.Delay(50, Ct);
        Assert.Empty(viewed.In("views", Lists(host)));
        Assert.Empty(traces.InFolder(host.DataFolder));
        Assert.Empty(Directory.EnumerateFiles(node.ReportFilesFolder));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(side.Root, "files")));
        // At the reporter's side its one key went.
        var gone = new Traces();
        var lost = Assert.Single(wrapped, key => !AllWrapped(side).Any(other => other.AsSpan().SequenceEqual(key)));
        gone.AddBytes("the key of the reporter's side", lost);
        Assert.Empty(gone.InFolder(host.DataFolder));
        var needles = new Traces();
        needles.AddText("Xylofagos-1");
        Assert.Empty(needles.InFolder(host.DataFolder));
        Assert.Empty(needles.In("log lines", Encoding.UTF8.GetBytes(string.Join('\n', host.Logs.Lines))));

        // Its code gets the bytes that any words get.
        using var right = Source(intake);
        using var other = Source(intake);
        using var code = ReceiptCode.Generate("en");
        var (purged, wrong) = (await BackAsync(right, string.Join(' ', words)), await BackAsync(other, $"{code}"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (purged.Status, wrong.Status));
        Assert.Equal(wrong.Body, purged.Body);

        // What stays: that something was erased, by whom, under marks that whoever has the node's key finds the deposits by, also in what the reporter's side still shows of them.
        var erased = (await host.RecordAsync()).Single(r => r.Event is ReportErased);
        var marks = host.Services.GetRequiredService<RemovalMarks>();
        Assert.Equal((StaffHost.Of(Role.Overseer), RemovalMarks.Step), (erased.Actor.Value, ((ReportErased)erased.Event!).Marks.Count));
        Assert.All(all, deposit => Assert.Contains(marks.Of(deposit), ((ReportErased)erased.Event!).Marks));
        Assert.DoesNotContain(report.ToString("D"), Encoding.UTF8.GetString(EventTypes.Serialize(erased.Event!)), StringComparison.OrdinalIgnoreCase);
        await host.StopAsync();
        Assert.Empty(traces.InFolder(host.DataFolder));
        var verified = await NodeVerifier.VerifyAsync(host.DataFolder, new VerifyRequest(null, []), null, Ct);
        Assert.True(verified.Ok, string.Join('\n', verified.Checks.Where(c => !c.Ok)));
    }

    [Fact]
    public async Task What_the_record_says_was_erased_is_taken_out_whenever_it_turns_up_again_and_nothing_else_is()
    {
        await using var scene = await ReportScene.StartAsync();
        await scene.GiveKeysAsync();
        var (report, keys) = await scene.ReportAsync();
        var (other, _) = await scene.ReportAsync();
        await scene.FetchAsync();
        await scene.AddAsync(report, keys, "more");
        await scene.FetchAsync();
        var (marks, sweep) = (scene.Services.GetRequiredService<RemovalMarks>(), scene.Services.GetRequiredService<SweepErased>());
        var all = await scene.Deposits.OfReportAsync(report, default);
        // As between the entry and the deposits: the record says so, and they are there still.
        Assert.Equal(8, marks.Of(report, all).Count);
        await sweep.RunAsync(default);
        Assert.Equal(2, (await scene.Deposits.OfReportAsync(report, default)).Count);
        await scene.AddAsync(report, keys, "late");
        var erased = new ReportErased(marks.Of(report, [all[0]]), "default 1");
        await scene.Services.GetRequiredService<Clerk>().FileAsync(new ActorId(StaffHost.Of(Role.Overseer)), ErasedReports.Stream, "reports.AnswerErasure", _ => new(Decision.Accept(ErasedReports.Stream, erased)));
        for (var attempt = 0; attempt < 200 && (await scene.Deposits.OfReportAsync(report, default)).Count > 0; attempt++) await Task.Delay(25, Ct);
        Assert.Empty(await scene.Deposits.OfReportAsync(report, default));
        Assert.Single(await scene.Deposits.OfReportAsync(other, default));
        // What its source added before the reporter's side heard of it is not kept either.
        await scene.FetchAsync();
        await sweep.RunAsync(default);
        Assert.Empty(await scene.Deposits.OfReportAsync(report, default));
        Assert.Contains((await scene.Host.RecordAsync()).Select(r => r.Event), e => e is LateDepositsRemoved);

        // The header that the reporter's side shows of an erased record gives the same mark as its content did; another key another one.
        var header = (await scene.Intake.WriteReceiptAsync(all[0].Index, ReceiptForm.Header, default)).Text;
        Assert.Equal(marks.Of(all[0]), marks.OfLeaf(LeafOpening.Decode(TlogProof.Parse(Encoding.UTF8.GetBytes(header)).Extra).Entry.Span));
        Assert.NotEqual(marks.Of(all[0]), new RemovalMarks(RandomNumberGenerator.GetBytes(32)).Of(all[0]));
        Assert.Null(marks.Of(all[0] with { Receipt = new byte[] { 0 } }));
    }

    static HttpClient Source(Microsoft.AspNetCore.Builder.WebApplication intake) => new(new SocketsHttpHandler { AllowAutoRedirect = true }) { BaseAddress = IntakeServer.PagesOf(intake) };

    static async Task<string[]> ReportAsync(HttpClient source)
    {
        var page = await (await source.PostAsync("/en/form/1", new FormUrlEncodedContent([new("what", Canary)]), Ct)).Content.ReadAsStringAsync(Ct);
        var code = page[page.IndexOf("class=\"code\"", StringComparison.Ordinal)..];
        string[] words = [.. Regex.Matches(code[..code.IndexOf("</ol>", StringComparison.Ordinal)], "<li[^>]*>([^<]+)</li>").Select(m => WebUtility.HtmlDecode(m.Groups[1].Value))];
        Assert.Equal(8, words.Length);
        await source.PostAsync("/en/code", new FormUrlEncodedContent([new("words", $"{words[2]} {words[6]}")]), Ct);
        using var file = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(Canary)), "file", "gate.txt" } };
        Assert.Equal(HttpStatusCode.OK, (await source.PostAsync("/en/file", file, Ct)).StatusCode);
        return words;
    }

    static async Task<(HttpStatusCode Status, string Body)> BackAsync(HttpClient source, string words)
    {
        var answer = await source.PostAsync("/en/back", new FormUrlEncodedContent([new("words", words)]), Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    static async Task<Tests.Access.Browser> UnlockedAsync(StaffHost host, Role role)
    {
        var browser = await host.SignedInAsync(role);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.PostAsync("/reports/key/unlock", await browser.TextAsync("/reports/key"), new() { ["open"] = SampleReports.Passphrase })).StatusCode);
        return browser;
    }

    static async Task PostAsync(Tests.Access.Browser who, string path, string what, params (string Field, string Value)[] fields)
    {
        var typed = fields.ToDictionary(f => f.Field, f => f.Value);
        typed["key"] = Guid.NewGuid().ToString("D");
        var answer = await who.PostAsync($"{path}/{what}", await who.TextAsync(path), typed);
        if (answer.StatusCode != HttpStatusCode.SeeOther) Assert.Fail($"{what}: {answer.StatusCode} {Regex.Match(await answer.Content.ReadAsStringAsync(Ct), "(?s)error-summary.*?</ul>").Value}");
    }

    static byte[] Lists(StaffHost host) => [.. Directory.EnumerateFiles(host.DataFolder, "views.db*").SelectMany(Traces.Read)];

    static byte[] WrappingKey(NodeFolder folder) => Convert.FromBase64String(File.ReadAllText(Path.Combine(folder.SecretsFolder, "wrapping")).Trim());

    static (int Version, byte[] Wrapped)? WrappedKey(NodeFolder folder, Guid compartment)
    {
        using var connection = new SqliteConnection($"Data Source={folder.KeyFile};Pooling=False;Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT version, wrapped FROM key WHERE compartment = $id";
        command.Parameters.AddWithValue("$id", compartment.ToByteArray(bigEndian: true));
        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetInt32(0), reader.GetFieldValue<byte[]>(1)) : null;
    }

    static List<byte[]> AllWrapped(NodeFolder folder)
    {
        using var connection = new SqliteConnection($"Data Source={folder.KeyFile};Pooling=False;Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT wrapped FROM key WHERE wrapped IS NOT NULL";
        using var reader = command.ExecuteReader();
        var all = new List<byte[]>();
        while (reader.Read()) all.Add(reader.GetFieldValue<byte[]>(0));
        return all;
    }
}
