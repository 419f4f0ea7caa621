using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PdfSharp.Pdf;
using PdfSharp.Pdf.Advanced;
using PdfSharp.Pdf.IO;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Cases.Working;
using Probity.Exhibits.Bundling;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Telling;
using Probity.Ledger;
using Probity.Shared;
using Probity.Tests.Access;

namespace Probity.Tests.Exhibits;

/// <summary>The bundle that is printed for the court: through HTTP, on a real record, and read back.</summary>
public sealed class BundleTests
{
    [Fact]
    public async Task A_bundle_carries_a_receipt_for_each_entry_that_is_proved_without_us_and_is_recorded_by_its_sum()
    {
        await using var host = await StaffHost.StartAsync();
        var (matter, exhibit) = await ProsecutedAsync(host);
        var prosecutor = await host.SignedInAsync(Role.Prosecutor);
        var page = await prosecutor.TextAsync($"/court/{matter}/bundle");

        var unsaid = await prosecutor.PostAsync($"/court/{matter}/bundle", page, new() { ["for"] = "  " });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unsaid.StatusCode);
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is BundleMade);

        var answer = await prosecutor.PostAsync($"/court/{matter}/bundle", page, new() { ["for"] = "Court of Ventoclaro" });
        Assert.True(answer.Content.Headers.ContentType?.MediaType == "application/pdf", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) + string.Join("\n", host.Logs.Lines.Where(l => l.Contains("Exception", StringComparison.Ordinal))));
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var made = Assert.Single(await host.RecordAsync(), r => r.Event is BundleMade);
        Assert.Equal(CompartmentOf(matter), (await host.Log.ReadStreamAsync(made.Stream, 0, TestContext.Current.CancellationToken))[0].Header.Compartment);
        var said = (BundleMade)made.Event!;
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, 1, "Court of Ventoclaro"), (said.Sha256, said.Bytes, said.Exhibits, said.For));
        Assert.Contains(said.Sha256, await prosecutor.TextAsync($"/court/{matter}/bundle"), StringComparison.Ordinal);

        using var paper = PdfReader.Open(new MemoryStream(bytes), PdfDocumentOpenMode.Import);
        Assert.Equal((said.Pages, $"Court bundle of case {await NumberAsync(host, matter)}"), (paper.PageCount, paper.Info.Title));
        var files = Files(paper);
        var entries = await host.Log.ReadStreamAsync(new StreamId(exhibit), 0, TestContext.Current.CancellationToken);
        Assert.Equal(
            [.. entries.Select(e => string.Create(CultureInfo.InvariantCulture, $"record-{e.Header.Index}.tlog-proof")).Append("verify-receipt.sh").Order(StringComparer.Ordinal)],
            files.Keys.Order(StringComparer.Ordinal));
        foreach (var entry in entries)
        {
            var report = ReceiptVerifier.Verify(files[string.Create(CultureInfo.InvariantCulture, $"record-{entry.Header.Index}.tlog-proof")], new ReceiptRequest(host.Log.VerifierKey, null));
            Assert.True(report.Proved);
            Assert.Equal((entry.Header.Index, new StreamId(exhibit)), (report.Index, report.Header!.Stream));
        }
    }

    [Fact]
    public async Task Who_works_for_the_unit_prints_none_and_learns_of_none()
    {
        await using var host = await StaffHost.StartAsync();
        var (matter, _) = await ProsecutedAsync(host);
        foreach (var role in (Role[])[Role.Officer, Role.Commander, Role.Custodian, Role.Integrity, Role.Overseer, Role.Administrator, Role.Registry, Role.Judge])
        {
            var person = await host.SignedInAsync(role);
            Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync($"/court/{matter}/bundle")).StatusCode);
            var home = await person.TextAsync("/");
            Assert.Equal(HttpStatusCode.NotFound, (await person.PostAsync($"/court/{matter}/bundle", home, new() { ["for"] = "Me" })).StatusCode);
        }

        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is BundleMade);
        Assert.Equal(HttpStatusCode.NotFound, (await (await host.SignedInAsync(Role.Prosecutor)).GetAsync($"/court/{Guid.NewGuid()}/bundle")).StatusCode);
    }

    [Fact]
    public async Task How_an_exhibit_ended_and_by_which_order_is_printed_too()
    {
        await using var host = await StaffHost.StartAsync();
        await using var scope = host.Services.CreateAsyncScope();
        var printer = scope.ServiceProvider.GetRequiredService<BundlePrinter>();
        CourtPart court = new("P-2026-0001", "Court", [], null, null, null, [], [], false, []);
        StorySheet story = new(Guid.Empty, "P-2026-0001-E01", "P-2026-0001", "Cocaine", "White powder.", "Destroyed", Tone.Neutral, [], [], [], [], "");
        int Letters(CourtPart part, StorySheet told)
        {
            var (bytes, pages) = printer.Print(new BundleContent("Court", "Somebody", DateTimeOffset.UnixEpoch, "", part, [], [new BundledExhibit(told, [])]));
            using var read = PdfReader.Open(new MemoryStream(bytes), PdfDocumentOpenMode.Import);
            Assert.Equal(pages, read.PageCount);
            return read.Pages.Cast<PdfPage>().Sum(page => page.Contents.Elements.OfType<PdfReference>().Sum(part => ((PdfDictionary)part.Value).Stream.UnfilteredValue.Length));
        }

        var (order, residue) = ("Court 2, 17/2026, 2 March 2026. On the record of the case by Rita", "Grey ash, buried. 12 g");
        var without = Letters(court, story);
        Assert.InRange(Letters(court, story with { End = [new("Order to destroy it", order), new("What was left", residue)] }), without + order.Length + residue.Length, int.MaxValue);
        Assert.InRange(
            Letters(court with { Orders = [new(DateTimeOffset.UnixEpoch, "Destroy: E01", order, "Rita", "stands", true, "Full.")], Ended = [new("E01", "Cocaine", "", residue)] }, story), without + order.Length + residue.Length, int.MaxValue);
    }

    [Fact]
    public void What_is_long_goes_on_over_the_page_and_the_pages_are_numbered()
    {
        using var paper = new Paper("A paper", "en", "A paper", DateTimeOffset.UnixEpoch);
        paper.Title("A paper");
        paper.Table([new("Sum", 1), new("Words", 3)], Enumerable.Range(0, 40).Select(i => (IReadOnlyList<string>)[new string('f', 64), string.Join(' ', Enumerable.Repeat("word", 200))]));
        var numbers = new List<(int, int)>();
        var bytes = paper.Finish((page, of) =>
        {
            numbers.Add((page, of));
            return "n";
        });
        using var read = PdfReader.Open(new MemoryStream(bytes), PdfDocumentOpenMode.Import);
        Assert.InRange(read.PageCount, 5, 20);
        Assert.Equal(Enumerable.Range(1, read.PageCount).Select(p => (p, read.PageCount)), numbers);
    }

    [Theory]
    [InlineData("São Tomé, Ɔkɔmfo Ŋ – 5 ± 2", "São Tomé, Ɔkɔmfo Ŋ – 5 ± 2")]
    [InlineData("e\u0301", "é")]
    [InlineData("مرحبا", "[U+0645][U+0631][U+062D][U+0628][U+0627]")]
    [InlineData("a\u0000\u202Eb", "a [U+202E]b")]
    [InlineData("🐟", "[U+1F41F]")]
    public void No_letter_vanishes_unseen(string written, string printed) => Assert.Equal(printed, PaperFonts.Printable(written));

    static Dictionary<string, byte[]> Files(PdfDocument paper)
    {
        var names = paper.Internals.Catalog.Elements.GetDictionary("/Names")!.Elements.GetDictionary("/EmbeddedFiles")!.Elements.GetArray("/Names")!;
        var files = new Dictionary<string, byte[]>();
        for (var i = 0; i < names.Elements.Count; i += 2)
        {
            var file = (PdfDictionary)((PdfReference)names.Elements[i + 1]).Value;
            var stream = file.Elements.GetDictionary("/EF")!.Elements.GetDictionary("/F")!.Stream!;
            files[file.Elements.GetString("/F")] = stream.UnfilteredValue;
        }

        return files;
    }

    static CompartmentId CompartmentOf(Guid matter) => new(matter);

    static async Task<string> NumberAsync(StaffHost host, Guid matter) =>
        (await host.RecordAsync()).Where(r => r.Stream.Value == matter).Select(r => r.Event).OfType<CaseOpened>().Single().Number;

    internal static async Task<(Guid Case, Guid Exhibit)> ProsecutedAsync(StaffHost host)
    {
        var officer = await host.SignedInAsync(Role.Officer);
        var opened = await officer.PostJsonAsync("/api/cases", new { key = Guid.NewGuid(), unit = StaffHost.Unit, offence = "060121", summary = "Two packages in a suitcase." });
        var matter = (await opened.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("caseId").GetGuid();
        await host.UntilAsync(r => r.Stream.Value == matter && r.Event is SeatDrawn);
        object[] packages = [new { number = 1, seal = "S-1" }];
        var seized = await officer.PostJsonAsync($"/api/exhibits/cases/{matter}/seizures", new
        {
            of = new { country = "CPV", place = "airport", transport = "airplane" },
            items = new object[] { new { kind = "drug", substance = "cocaine-hcl", description = "White powder: “fish meal”, 11 kg.", packages } },
        });
        var exhibit = (await seized.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("exhibits")[0].GetGuid();
        var by = StaffHost.Of(Role.Officer);
        T Of<T>() where T : notnull => host.Services.GetRequiredService<T>();
        await Of<EnterStage>().HandleAsync(by, new(matter, Stage.Investigate), null, default);
        await Of<RecordStep>().HandleAsync(by, new(matter, Step.ReportFiled, "", null), null, default);
        await Of<EnterStage>().HandleAsync(by, new(matter, Stage.Prosecute), null, default);
        await host.UntilAsync(r => r.Stream.Value == matter && r.Event is SeatDrawn { Seat: Seat.Prosecutor });
        await host.CaughtUpAsync("exhibits");
        return (matter, exhibit);
    }
}
