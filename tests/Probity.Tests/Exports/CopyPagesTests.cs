using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exports.Contract;
using Probity.Tests.Access;

namespace Probity.Tests.Exports;

/// <summary>Copies through the API and the pages of the real server.</summary>
public sealed class CopyPagesTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static readonly Guid Officer = StaffHost.Of(Role.Officer);

    [Fact]
    public async Task A_copy_of_a_case_arrives_as_it_was_recorded()
    {
        await using var host = await StaffHost.StartAsync();
        var (matter, number) = await SeizedAsync(host);
        var officer = await host.SignedInAsync(Role.Officer);
        foreach (var format in Enum.GetValues<ExportFormat>())
        {
            var answer = await officer.PostJsonAsync($"/api/exports/cases/{matter}", new { format = Probity.Exports.Formats.Codes.Of(format), purpose = "Prosecutor of Praia, request 17/2026", names = true });
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var bytes = await answer.Content.ReadAsByteArrayAsync(Ct);
            var taken = (await host.RecordAsync()).Select(r => r.Event).OfType<CaseExported>().Last();
            Assert.Equal((format, true, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.LongLength), (taken.Format, taken.Names, taken.Sha256, taken.Bytes));
            Assert.Equal(taken.Sha256, answer.Headers.GetValues("Probity-Sha256").Single());
            Assert.StartsWith(number, answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'), StringComparison.Ordinal);
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        }

        // The overseer sees them, with their purpose, and among the readings.
        var overseer = await host.SignedInAsync(Role.Overseer);
        var page = await overseer.TextAsync($"/cases/{matter}/copies?lang=en");
        Assert.Contains("Prosecutor of Praia, request 17/2026", page, StringComparison.Ordinal);
        Assert.Contains("Quilombo Officer", page, StringComparison.Ordinal);
        Assert.Contains("a copy of it taken out", await overseer.TextAsync($"/cases/{matter}/readings?lang=en"), StringComparison.Ordinal);
        // The handler takes copies, and does not see who else did.
        Assert.DoesNotContain("<table", await officer.TextAsync($"/cases/{matter}/copies?lang=en"), StringComparison.Ordinal);
        Assert.Contains($"/cases/{matter}/copies", await officer.TextAsync($"/cases/{matter}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_says_what_is_missing_and_takes_what_is_not()
    {
        await using var host = await StaffHost.StartAsync();
        var (matter, _) = await SeizedAsync(host);
        var officer = await host.SignedInAsync(Role.Officer);
        var path = $"/cases/{matter}/copies?lang=en";
        var form = await officer.TextAsync(path);
        var missing = await officer.PostAsync(path, form, new() { ["purpose"] = "For <b>nobody</b>" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, missing.StatusCode);
        var shown = await missing.Content.ReadAsStringAsync(Ct);
        Assert.Contains("Choose what the copy is for.", shown, StringComparison.Ordinal);
        Assert.Contains("For &lt;b&gt;nobody&lt;/b&gt;", shown, StringComparison.Ordinal);
        missing = await officer.PostAsync(path, form, new() { ["purpose"] = " " });
        shown = await missing.Content.ReadAsStringAsync(Ct);
        Assert.Contains("Choose what the copy is for.", shown, StringComparison.Ordinal);
        Assert.Contains("Say who gets the copy and what for.", shown, StringComparison.Ordinal);
        missing = await officer.PostAsync(path, form, new() { ["format"] = "idsCsv", ["purpose"] = " " });
        Assert.Contains("Say who gets the copy and what for.", await missing.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        var taken = await officer.PostAsync(path, form, new() { ["format"] = "idsCsv", ["purpose"] = "UNODC, table of seizures" });
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal("text/csv; charset=utf-8", taken.Content.Headers.ContentType!.ToString());
        Assert.Contains("Cocaine hydrochloride", await taken.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.PostJsonAsync($"/api/exports/cases/{matter}", new { format = "parchment", purpose = "UNODC, table of seizures" })).StatusCode);
    }

    [Fact]
    public async Task A_case_that_is_not_seen_answers_as_one_that_is_not_there()
    {
        await using var host = await StaffHost.StartAsync();
        var (matter, _) = await SeizedAsync(host);
        foreach (var role in (Role[])[Role.Administrator, Role.Monitor, Role.Vetting, Role.Secretariat, Role.Analyst, Role.Custodian, Role.Prosecutor, Role.Judge, Role.Registry])
        {
            var browser = await host.SignedInAsync(role);
            var answers = new List<string>();
            foreach (var id in (Guid[])[matter, Guid.NewGuid()])
            {
                var api = await browser.PostJsonAsync($"/api/exports/cases/{id}", new { format = "ocelJson", purpose = "Because I want it" });
                answers.Add($"{api.StatusCode} {await api.Content.ReadAsStringAsync(Ct)}");
                Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/cases/{id}/copies")).StatusCode);
            }

            Assert.Equal(answers[1], answers[0]);
            Assert.StartsWith("NotFound", answers[0], StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/exports")).StatusCode);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.PostJsonAsync("/api/exports/cases", new { format = "ocelJson", purpose = "Because I want it" })).StatusCode);
        }

        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is CaseExported or CasesExported);
    }

    [Fact]
    public async Task A_copy_of_many_leaves_out_what_its_reader_may_not_see_and_says_nothing_of_it()
    {
        await using var host = await StaffHost.StartAsync();
        var (open, number) = await SeizedAsync(host);
        var (walled, hidden) = await SeizedAsync(host);
        var overseer = await host.SignedInAsync(Role.Overseer);
        await host.CaughtUpAsync("docket");
        Assert.Equal([open, walled], (await ManyAsync(host, overseer, "ocelJson")).Taken.Cases);
        (await overseer.PostJsonAsync("/api/cases/conflicts", new { number = hidden, kind = "kin" })).EnsureSuccessStatusCode();
        foreach (var format in (string[])["ocelJson", "xesCases", "xesExhibits", "idsCsv"])
        {
            var (text, taken) = await ManyAsync(host, overseer, format);
            Assert.Equal([open], taken.Cases);
            Assert.DoesNotContain(hidden, text, StringComparison.Ordinal);
            Assert.DoesNotContain("Quilombo", text, StringComparison.Ordinal);
            if (format != "idsCsv") Assert.Contains(number, text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await overseer.PostJsonAsync("/api/exports/cases", new { format = "ocelSqlite", purpose = "Audit 2026" })).StatusCode);
        // Who watches over the case that was in it sees that too; of the other it says nothing.
        var integrity = await host.SignedInAsync(Role.Integrity);
        Assert.Contains("in a copy of many cases", await integrity.TextAsync($"/cases/{open}/copies?lang=en"), StringComparison.Ordinal);
        Assert.Contains("Audit 2026", await integrity.TextAsync("/exports?lang=en"), StringComparison.Ordinal);
    }

    static async Task<(string Text, CasesExported Taken)> ManyAsync(StaffHost host, Probity.Tests.Access.Browser browser, string format)
    {
        var answer = await browser.PostJsonAsync("/api/exports/cases", new { format, purpose = "Audit 2026" });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Ct);
        var taken = (await host.RecordAsync()).Select(r => r.Event).OfType<CasesExported>().Last();
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), taken.Sha256);
        return (Encoding.UTF8.GetString(bytes), taken);
    }

    internal static async Task<(Guid Case, string Number)> SeizedAsync(StaffHost host)
    {
        var officer = await host.SignedInAsync(Officer);
        var opened = await PostAsync(officer, "/api/cases", new { key = Guid.NewGuid(), unit = StaffHost.Unit, offence = "060121", summary = "A package in a suitcase." });
        var matter = opened.GetProperty("caseId").GetGuid();
        await host.UntilAsync(r => r.Stream.Value == matter && r.Event is SeatDrawn);
        object[] packages = [new { number = 1, seal = "S-1" }];
        await PostAsync(officer, $"/api/exhibits/cases/{matter}/seizures", new
        {
            of = new { country = "CPV", place = "airport", transport = "airplane" },
            items = new object[] { new { kind = "drug", substance = "cocaine-hcl", description = "White powder.", packages } },
        });
        return (matter, (await host.RecordAsync()).Where(r => r.Stream.Value == matter).Select(r => r.Event).OfType<CaseOpened>().Single().Number);
    }

    static async Task<JsonElement> PostAsync(Probity.Tests.Access.Browser browser, string path, object body)
    {
        var answer = await browser.PostJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }
}
