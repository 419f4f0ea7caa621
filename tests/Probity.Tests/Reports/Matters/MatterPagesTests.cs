using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Probity.Access.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Matters;
using Probity.Shared.Record;
using Probity.Tests.Access;

namespace Probity.Tests.Reports.Matters;

/// <summary>Matters through the pages and the API of the real server, over a real record.</summary>
public sealed class MatterPagesTests
{
    const string Words = "Two packages are missing from the store.";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static Dictionary<string, string> Opening(string people, params (string Field, string Value)[] more)
    {
        var typed = new Dictionary<string, string>
        {
            ["accused"] = StaffHost.Of(Role.Officer).ToString("D"), ["kind"] = "evidenceTheft", ["words"] = Words, ["investigator"] = StaffHost.Of(Role.Investigator).ToString("D"), ["people"] = people,
            ["key"] = Guid.NewGuid().ToString("D"),
        };
        foreach (var (field, value) in more) typed[field] = value;
        return typed;
    }

    static async Task DoneAsync(Tests.Access.Browser who, string page, string path, Dictionary<string, string> typed)
    {
        typed["key"] = typed.GetValueOrDefault("key") ?? Guid.NewGuid().ToString("D");
        var answer = await who.PostAsync(path, await who.TextAsync(page), typed);
        if (answer.StatusCode != HttpStatusCode.SeeOther) Assert.Fail($"{path}: {answer.StatusCode} {Regex.Match(await answer.Content.ReadAsStringAsync(Ct), "(?s)error-summary.*?</ul>").Value}");
    }

    static string Reduced(string page) => Regex.Replace(page, "value=\"CfDJ[^\"]+\"|[0-9a-f]{8}-[0-9a-f-]{27}|Incident number: \\w+|\\d+", "");

    /// <summary>Rows in each table of the matters.</summary>
    internal static async Task WorkAsync(StaffHost host)
    {
        var integrity = await host.SignedInAsync(Role.Integrity);
        var made = await integrity.PostJsonAsync("/api/matters", new
        {
            key = Guid.NewGuid(), allegation = new { kind = "bribery", words = Words, person = StaffHost.Of(Role.Officer) }, people = new[] { StaffHost.Of(Role.Overseer) }, investigator = StaffHost.Of(Role.Investigator),
        });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
    }

    [Fact]
    public async Task Ties_that_whoever_is_accused_declares_take_an_inquiry_from_no_list_and_no_step()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Integrity, StaffHost.OtherUnit)]);
        await WorkAsync(host);
        var (integrity, overseer, investigator, accused) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer), await host.SignedInAsync(Role.Investigator), await host.SignedInAsync(Role.Officer));
        foreach (var role in new[] { Role.Integrity, Role.Overseer, Role.Investigator })
            Assert.Equal(HttpStatusCode.Created, (await accused.PostJsonAsync("/api/interests/ties", new { key = Guid.NewGuid(), other = StaffHost.Of(role), kind = "associate" })).StatusCode);
        foreach (var who in new[] { integrity, overseer, investigator }) Assert.Single((await ReportPagesTests.JsonAsync(who, "/api/matters")).GetProperty("matters").EnumerateArray());
        Assert.Contains("Look into inquiry", await investigator.TextAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_matter_of_a_report_is_looked_into_confirmed_and_shown_beside_it_and_is_not_there_for_anybody_else()
    {
        await using var host = await UnlockedReports.StartAsync();
        using var reports = await UnlockedReports.OfAsync(host);
        reports.Unlock(UnlockedReports.Integrity, UnlockedReports.SecondIntegrity, UnlockedReports.Overseer, UnlockedReports.SecondOverseer);
        var report = await reports.SendAsync("one", "Xylofagos takes packages home.", without: UnlockedReports.SecondOverseer);
        var (integrity, second, overseer, kept) = (await reports.SignedInAsync(UnlockedReports.Integrity), await reports.SignedInAsync(UnlockedReports.SecondIntegrity), await reports.SignedInAsync(UnlockedReports.Overseer), await reports.SignedInAsync(UnlockedReports.SecondOverseer));
        await ReportPagesTests.InHandAsync(integrity, report);
        var path = $"/reports/{report:D}/matters";
        var form = await integrity.TextAsync(path);
        Assert.Contains("Quilombo Investigator", form, StringComparison.Ordinal);
        Assert.Contains("Write nothing from which anybody could guess", form, StringComparison.Ordinal);
        // Whom the report is kept from is not offered, and cannot be named.
        Assert.DoesNotContain(UnlockedReports.SecondOverseer.ToString("D"), Regex.Match(form, "(?s)<div class=\"pb-checkboxes.*?</fieldset>").Value, StringComparison.Ordinal);
        var wrong = await integrity.PostAsync(path, form, Opening(UnlockedReports.SecondOverseer.ToString("D"), ("words", "Missing.")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains(">Missing.</textarea>", await wrong.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await integrity.PostAsync(path, form, Opening(UnlockedReports.SecondOverseer.ToString("D")))).StatusCode);
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is MatterOpened);
        // Nobody but who has it in hand opens one.
        Assert.DoesNotContain("name=\"words\"", await second.TextAsync(path), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await second.PostAsync(path, await second.TextAsync("/matters/new"), Opening(UnlockedReports.Overseer.ToString("D")))).StatusCode);

        // Nor is a refusal filed with the report: by its time it would join the two.
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Stream == Streams.RefusalsOf(Report.StreamOf(report)));

        // One from the report, sent twice, and one of somebody's own accord: the record has the same of both, and nothing with the report.
        var before = (await host.RecordAsync()).Count;
        var sent = Opening(UnlockedReports.Overseer.ToString("D"));
        await DoneAsync(integrity, path, path, sent);
        var between = (await host.RecordAsync()).Count;
        await DoneAsync(integrity, "/matters/new", "/matters/new", Opening(UnlockedReports.Overseer.ToString("D")));
        var record = await host.RecordAsync();
        var (from, own) = (record.Skip(before).Take(between - before).ToList(), record.Skip(between).ToList());
        Assert.Equal(own.Select(r => r.Type), from.Select(r => r.Type));
        Assert.Equal(["matters.opened.v1", "matters.committed.v1", "matters.reasoned.v1", "matters.alleged.v1"], from.Select(r => r.Type));
        Assert.Single(from.Select(r => (r.Stream, r.Compartment)).Distinct());
        Assert.All(from, r => Assert.False(new[] { report, Report.StreamOf(report).Value }.Contains(r.Stream.Value)));
        Assert.Equal(own.Select(r => EventTypes.Serialize(r.Event!).Length), from.Select(r => EventTypes.Serialize(r.Event!).Length));
        await DoneAsync(integrity, path, path, sent);
        Assert.Equal(2, (await host.RecordAsync()).Count(r => r.Event is MatterOpened));

        var (matter, address) = (from[0].Stream.Value, $"/matters/{from[0].Stream.Value:D}");
        var investigator = await host.SignedInAsync(Role.Investigator);
        Assert.Contains("Look into inquiry", await investigator.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains(address, await investigator.TextAsync("/matters"), StringComparison.Ordinal);
        var page = await investigator.TextAsync(address);
        foreach (var shown in new[] { Words, "Being looked into", "Quilombo Officer", "Quilombo Overseer", "Quilombo Integrity" }) Assert.Contains(shown, page, StringComparison.Ordinal);
        Assert.DoesNotContain(report.ToString("D"), page, StringComparison.OrdinalIgnoreCase);
        var allegation = record.Select(r => r.Event).OfType<AllegationMade>().First().Id;
        await DoneAsync(investigator, address, $"{address}/state", new() { [$"finding-{allegation:N}"] = "substantiated", [$"reason-{allegation:N}"] = "The camera shows it." });
        Assert.Contains("Confirm what was found", await overseer.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains("Send the answer", await overseer.TextAsync(address), StringComparison.Ordinal);
        await DoneAsync(overseer, address, $"{address}/answer", new() { ["agrees"] = "yes" });

        // The readers of the report see what was found; who has to do with the matter has its address.
        var beside = await integrity.TextAsync($"/reports/{report:D}");
        Assert.Contains("Substantiated", beside, StringComparison.Ordinal);
        Assert.Contains($"href=\"{address}\"", beside, StringComparison.Ordinal);
        Assert.Matches("(?s)value=\"substantiated\" checked", beside);
        beside = await second.TextAsync(path);
        Assert.Contains("Substantiated", beside, StringComparison.Ordinal);
        Assert.DoesNotContain($"\"{address}", beside, StringComparison.Ordinal);

        // Four lines show a court that the one came from the other; their hash stands in the matter.
        var proof = await second.TextAsync($"{path}/{matter:D}/proof");
        Assert.Equal(record.Select(r => r.Event).OfType<OriginCommitted>().First().Commitment, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(proof))));
        Assert.Contains((await host.RecordAsync()).Where(r => r.Stream == Streams.ReadsOf(Report.StreamOf(report))), r => r.Event is MatterRead { What: "reports.matter-proof" });
        var size = (await host.RecordAsync()).Count;
        Assert.Contains($"Shown: it was opened from the report {report:D}", await (await overseer.PostAsync($"{address}/origin", await overseer.TextAsync(address), new() { ["proof"] = proof })).Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.All((await host.RecordAsync()).Skip(size), r => Assert.Equal("record.read.v2", r.Type));
        var checkedBy = await overseer.PostJsonAsync($"/api/matters/{own[0].Stream.Value:D}/origin", new { text = proof });
        Assert.False((await checkedBy.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("holds").GetBoolean());

        // For an overseer whom nobody named, one of integrity, the accused and all others there is none.
        foreach (var other in new[] { kept, second })
        {
            Assert.DoesNotContain("/matters/" + matter.ToString("D")[..8], await other.TextAsync("/matters"), StringComparison.Ordinal);
            Assert.Empty((await ReportPagesTests.JsonAsync(other, "/api/matters")).GetProperty("matters").EnumerateArray());
            Assert.Equal(Reduced(await other.TextAsync($"/matters/{Guid.NewGuid():D}")), Reduced(await other.TextAsync(address)));
            Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync($"{address}/give", await other.TextAsync("/matters/new"), new() { ["reason"] = Words })).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await kept.GetAsync(path)).StatusCode);
        foreach (var role in new[] { Role.Officer, Role.Commander, Role.Administrator, Role.Vetting })
        {
            var other = await host.SignedInAsync(role);
            Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), ((await other.GetAsync("/matters")).StatusCode, (await other.GetAsync(address)).StatusCode));
        }

        var hidden = await HiddenAsync(host, integrity, second, report);
        var accusation = (await host.RecordAsync()).Select(r => r.Event).OfType<AllegationMade>().Last().Id;
        await DoneAsync(investigator, $"/matters/{hidden:D}", $"/matters/{hidden:D}/state", new() { [$"finding-{accusation:N}"] = "unfounded", [$"reason-{accusation:N}"] = "The camera shows another." });
        await DoneAsync(overseer, $"/matters/{hidden:D}", $"/matters/{hidden:D}/answer", new() { ["agrees"] = "yes" });

        // Something was done: the closing rests on what was found there.
        await ReportPagesTests.DoneAsync(integrity, report, "close", ("reason", "acted"), ("words", Words), ("message", "It was looked into, and it is true."));
        await ReportPagesTests.DoneAsync(second, report, "answer", ("agrees", "yes"));
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is FindingRecorded);
    }

    [Fact]
    public async Task Whom_the_report_protects_is_accused_only_by_whoever_says_that_they_know_and_why()
    {
        await using var host = await UnlockedReports.StartAsync();
        using var reports = await UnlockedReports.OfAsync(host);
        reports.Unlock(UnlockedReports.Integrity, UnlockedReports.SecondIntegrity, UnlockedReports.Overseer);
        var report = await reports.SendAsync("one");
        var (integrity, second, path) = (await reports.SignedInAsync(UnlockedReports.Integrity), await reports.SignedInAsync(UnlockedReports.SecondIntegrity), $"/reports/{report:D}/matters");
        await ReportPagesTests.InHandAsync(integrity, report);
        Assert.DoesNotContain("name=\"knows\"", await integrity.TextAsync(path), StringComparison.Ordinal);
        Assert.True((await integrity.PostJsonAsync($"/api/reports/{report:D}/protection", new { key = Guid.NewGuid(), person = StaffHost.Of(Role.Officer) })).IsSuccessStatusCode);
        Assert.Contains("This report protects Quilombo Officer.", await integrity.TextAsync(path), StringComparison.Ordinal);

        // Refused with one error, and nothing of it comes to the record: it would say whom a report protects.
        var (before, overseer) = ((await host.RecordAsync()).Count, UnlockedReports.Overseer.ToString("D"));
        Assert.Equal(["knows"], Fields(await RefusedAsync(Opening(overseer))));
        Assert.Equal(["knows"], Fields(await RefusedAsync(Opening(overseer, ("why", Words)))));
        Assert.Equal(["why"], Fields(await RefusedAsync(Opening(overseer, ("knows", "yes"), ("why", "Because.")))));
        var api = await integrity.PostJsonAsync($"/api{path}", new
        {
            key = Guid.NewGuid(), allegation = new { kind = "bribery", words = Words, person = StaffHost.Of(Role.Officer) }, people = new[] { UnlockedReports.Overseer }, investigator = StaffHost.Of(Role.Investigator),
        });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, OpeningReason.Protects), (api.StatusCode, (await api.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString()));
        Assert.Equal(before, (await host.RecordAsync()).Count);

        await DoneAsync(integrity, path, path, Opening(overseer, ("knows", "yes"), ("why", "Another witness named the store before.")));
        // One about somebody else needs no word, and leaves the same.
        await DoneAsync(integrity, path, path, Opening(overseer, ("accused", StaffHost.Of(Role.Custodian).ToString("D"))));
        var reasons = (await host.RecordAsync()).Select(r => r.Event).OfType<OpeningReasoned>().ToList();
        Assert.Equal((2, 1), (reasons.Count, reasons.Select(r => r.Box.Length).Distinct().Count()));
        Assert.Single(Regex.Matches(await second.TextAsync(path), "Why it is not retaliation: Another witness named the store before."));
        // Where it is added later nobody is asked: those who read the report see that nobody said why.
        Assert.DoesNotContain("No word on retaliation", await second.TextAsync(path), StringComparison.Ordinal);
        var other = (await host.RecordAsync()).Last(r => r.Event is MatterOpened).Stream.Value;
        Assert.True((await integrity.PostJsonAsync($"/api/matters/{other:D}/allegations", new { key = Guid.NewGuid(), allegation = new { kind = "bribery", words = Words, person = StaffHost.Of(Role.Officer) } })).IsSuccessStatusCode);
        Assert.Contains("No word on retaliation", await second.TextAsync(path), StringComparison.Ordinal);
        // Whoever sees the inquiry and not the report reads nothing of it.
        var matter = (await host.RecordAsync()).First(r => r.Event is MatterOpened).Stream.Value;
        Assert.DoesNotContain("named the store before", await (await host.SignedInAsync(Role.Investigator)).TextAsync($"/matters/{matter:D}"), StringComparison.Ordinal);

        async Task<string> RefusedAsync(Dictionary<string, string> typed)
        {
            var answer = await integrity.PostAsync(path, await integrity.TextAsync(path), typed);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            return await answer.Content.ReadAsStringAsync(Ct);
        }

        static List<string> Fields(string page) => [.. Regex.Matches(Regex.Match(page, "(?s)error-summary.*?</ul>").Value, "href=\"#([a-z]+)").Select(m => m.Groups[1].Value)];
    }

    [Fact]
    public async Task What_was_returned_is_stated_anew_from_what_was_said_by_who_said_it()
    {
        await using var host = await UnlockedReports.StartAsync();
        await WorkAsync(host);
        var (investigator, overseer, record) = (await host.SignedInAsync(Role.Investigator), await host.SignedInAsync(Role.Overseer), await host.RecordAsync());
        var (address, allegation) = ($"/matters/{record.Single(r => r.Event is MatterOpened).Stream.Value:D}", record.Select(r => r.Event).OfType<AllegationMade>().Single().Id);
        await DoneAsync(investigator, address, $"{address}/state", new() { [$"finding-{allegation:N}"] = "unfounded", [$"reason-{allegation:N}"] = "The camera shows another." });
        await DoneAsync(overseer, address, $"{address}/answer", new() { ["agrees"] = "no", ["returned"] = "Ask the guard too." });
        var page = await investigator.TextAsync(address);
        Assert.Contains(">The camera shows another.</textarea>", page, StringComparison.Ordinal);
        Assert.Matches("(?s)value=\"unfounded\" checked", page);
        // A form that was refused stands as it was typed.
        var refused = await (await investigator.PostAsync($"{address}/state", page, new() { ["key"] = Guid.NewGuid().ToString("D"), [$"reason-{allegation:N}"] = "Short." })).Content.ReadAsStringAsync(Ct);
        Assert.Contains(">Short.</textarea>", refused, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?s)value=\"unfounded\" checked", refused);
    }

    // One that accuses somebody who reads the report: nothing that they read or ask for has changed.
    static async Task<Guid> HiddenAsync(StaffHost host, Tests.Access.Browser integrity, Tests.Access.Browser accused, Guid report)
    {
        var path = $"/reports/{report:D}/matters";
        string[] pages = [path, $"/reports/{report:D}", "/matters"];
        async Task<string> ReadAsync()
        {
            var all = new StringBuilder();
            foreach (var page in pages) all.AppendLine(Regex.Replace(await accused.TextAsync(page), "(?s)value=\"CfDJ[^\"]+\"|name=\"key\" value=\"[^\"]+\"|Incident number: \\w+", ""));
            return all.ToString();
        }

        async Task<HttpResponseMessage> OpenAsync(Guid key, Guid person) => await integrity.PostJsonAsync($"/api{path}", new
        {
            key, allegation = new { kind = "bribery", words = Words, person }, people = new[] { UnlockedReports.Overseer }, investigator = StaffHost.Of(Role.Investigator),
        });

        var (before, key, size) = (await ReadAsync(), Guid.NewGuid(), (await host.RecordAsync()).Count(r => r.Event is MatterOpened));
        // The same key twice is one, also for a program.
        Assert.True((await OpenAsync(key, UnlockedReports.SecondIntegrity)).IsSuccessStatusCode);
        Assert.True((await OpenAsync(key, UnlockedReports.SecondIntegrity)).IsSuccessStatusCode);
        var record = await host.RecordAsync();
        Assert.Equal(size + 1, record.Count(r => r.Event is MatterOpened));
        Assert.Equal(before, await ReadAsync());
        var hidden = record.Last(r => r.Event is MatterOpened).Stream.Value;
        Assert.Contains($"{path}/{hidden:D}/proof", await integrity.TextAsync(path), StringComparison.Ordinal);
        foreach (var none in (object[])[hidden, Guid.NewGuid(), 1, 2]) Assert.Equal(HttpStatusCode.NotFound, (await accused.GetAsync($"{path}/{none}/proof")).StatusCode);
        Assert.DoesNotContain("name=\"number\"", await integrity.TextAsync(path), StringComparison.Ordinal);
        return hidden;
    }
}
