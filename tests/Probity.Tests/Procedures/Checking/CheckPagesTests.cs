using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Procedures.Checking;
using Probity.Shared.Uploads;
using Probity.Tests.Access;

namespace Probity.Tests.Procedures.Checking;

/// <summary>The pages of a check over HTTP: what they find, whom they answer, and that nothing of what was uploaded stays.</summary>
public sealed class CheckPagesTests
{
    static long Held(StaffHost host) => host.Services.GetRequiredService<MemoryBudget>().Taken;

    [Fact]
    public async Task What_departs_is_found_and_nothing_of_it_is_kept()
    {
        await using var host = await StaffHost.StartAsync();
        using var visit = await CheckVisit.OfAsync(host, Role.Integrity);
        var before = (await host.RecordAsync()).Count;
        await visit.ToOrderAsync();
        var page = await visit.FoundAsync(Registers.Rules);
        Assert.Contains("3 of 6 judged cases followed the procedure", page, StringComparison.Ordinal);
        Assert.Contains("no-sale", page, StringComparison.Ordinal);
        var report = await visit.GetAsync(visit.At + "/result/report.html");
        Assert.Equal(("attachment", "check-report.html"), (report.Content.Headers.ContentDisposition!.DispositionType, report.Content.Headers.ContentDisposition.FileName));
        var csv = await visit.GetAsync(visit.At + "/result/departures.csv");
        var table = await csv.Content.ReadAsByteArrayAsync();
        Assert.Equal([0xEF, 0xBB, 0xBF], table[..3]);
        Assert.Contains("C-6,3,Sell,2026-03-13T11:30:00Z,P-00", Encoding.UTF8.GetString(table), StringComparison.Ordinal);
        foreach (var text in (string[])[page, await report.Content.ReadAsStringAsync(), Encoding.UTF8.GetString(table), await visit.TextAsync(visit.At + "/result/map.svg")])
            Assert.DoesNotContain(Registers.Marker, text, StringComparison.Ordinal);
        AssertNowhere(host, Registers.Marker, "casos.csv");
        Assert.True(Held(host) > 0);
        Assert.Equal("/check?ended=1", (await visit.FillAsync(visit.At + "/end", [])).Headers.Location?.ToString());
        Assert.Equal(0, Held(host));
        Assert.Equal("/check?over=1", (await visit.GetAsync(visit.At + "/result")).Headers.Location?.ToString());
        AssertNowhere(host, Registers.Marker, "casos.csv");
        Assert.Equal(before, (await host.RecordAsync()).Count);
    }

    static void AssertNowhere(StaffHost host, params string[] words)
    {
        foreach (var word in words)
        {
            Assert.DoesNotContain(host.Logs.Lines, line => line.Contains(word, StringComparison.Ordinal));
            foreach (var file in Directory.EnumerateFiles(host.Folder, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "lock"))
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var bytes = new MemoryStream();
                stream.CopyTo(bytes);
                Assert.True(bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) < 0, file);
            }
        }
    }

    [Fact]
    public async Task Nobody_else_gets_at_a_check()
    {
        await using var host = await StaffHost.StartAsync();
        using var own = await CheckVisit.OfAsync(host, Role.Integrity);
        using var other = await CheckVisit.OfAsync(host, Role.Overseer);
        await own.ToOrderAsync();
        await own.FoundAsync();
        Assert.Equal(HttpStatusCode.OK, (await own.GetAsync(own.At + "/result/map.svg")).StatusCode);
        foreach (var (visit, at) in new[] { (other, own.At), (own, "/check/" + new string('0', 32)) })
        {
            foreach (var path in (string[])["/columns", "/procedure", "/procedure/file", "/order", "/result"])
                Assert.Equal("/check?over=1", (await visit.GetAsync(at + path)).Headers.Location?.ToString());
            foreach (var path in (string[])["/result/map.svg", "/result/report.html", "/result/departures.csv"])
                Assert.Equal(HttpStatusCode.NotFound, (await visit.GetAsync(at + path)).StatusCode);
            foreach (var path in (string[])["/columns", "/procedure", "/order", "/result", "/end"])
                Assert.Equal(HttpStatusCode.NotFound, (await visit.FillAsync(at + path, [])).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await own.GetAsync(own.At + "/result")).StatusCode);
    }

    [Fact]
    public async Task It_is_wiped_when_it_is_left_when_its_person_signs_out_and_when_another_begins()
    {
        await using var host = await StaffHost.StartAsync();
        using var visit = await CheckVisit.OfAsync(host, Role.Integrity);
        await visit.UploadAsync();
        var first = (visit.At, Held(host));
        await visit.UploadAsync();
        Assert.NotEqual(first.At, visit.At);
        Assert.Equal(first.Item2, Held(host));
        Assert.Equal("/check?over=1", (await visit.GetAsync(first.At + "/columns")).Headers.Location?.ToString());
        host.Clock.Now += TimeSpan.FromMinutes(19);
        Assert.Equal(HttpStatusCode.OK, (await visit.GetAsync(visit.At + "/columns")).StatusCode);
        host.Clock.Now += TimeSpan.FromMinutes(19);
        Assert.Equal(HttpStatusCode.OK, (await visit.GetAsync(visit.At + "/columns")).StatusCode);
        host.Clock.Now += TimeSpan.FromMinutes(21);
        Assert.Equal("/check?over=1", (await visit.GetAsync(visit.At + "/columns")).Headers.Location?.ToString());
        Assert.Equal(0, Held(host));
        await visit.UploadAsync();
        Assert.True(Held(host) > 0);
        await visit.FillAsync("/sign-out", []);
        Assert.Equal(0, Held(host));
    }

    [Fact]
    public async Task What_is_too_large_is_refused_at_its_field_and_not_held()
    {
        await using var host = await StaffHost.StartAsync(check: new CheckLimits { RegisterBytes = 2_000, Events = 10 });
        using var visit = await CheckVisit.OfAsync(host, Role.Integrity);
        var answer = await visit.UploadAsync([.. Registers.Csv, .. new byte[2_000]]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("href=\"#register\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await visit.UploadAsync(new byte[20_000])).StatusCode);
        Assert.Equal(0, Held(host));
        await visit.UploadAsync();
        answer = await visit.ColumnsAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("more than 10 events", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_forms_token_nothing_is_taken()
    {
        await using var host = await StaffHost.StartAsync();
        using var visit = await CheckVisit.OfAsync(host, Role.Integrity);
        Assert.Equal(HttpStatusCode.BadRequest, (await visit.SendAsync("/check", "register", "a.csv", Registers.Csv, from: null)).StatusCode);
        Assert.Equal(0, Held(host));
    }

    [Fact]
    public async Task A_person_uploads_so_often_a_minute_and_no_more()
    {
        await using var host = await StaffHost.StartAsync(check: new CheckLimits { UploadsPerMinute = 2 });
        using var visit = await CheckVisit.OfAsync(host, Role.Integrity);
        using var other = await CheckVisit.OfAsync(host, Role.Overseer);
        await visit.UploadAsync();
        await visit.UploadAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, (await visit.UploadAsync()).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await other.UploadAsync()).StatusCode);
        host.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(HttpStatusCode.SeeOther, (await visit.UploadAsync()).StatusCode);
    }

    [Fact]
    public async Task Work_that_waits_shows_it_and_can_be_stopped()
    {
        await using var host = await StaffHost.StartAsync(check: new CheckLimits { AtOnce = 1 });
        using var visit = await CheckVisit.OfAsync(host, Role.Integrity);
        await visit.ToOrderAsync();
        var desk = host.Services.GetRequiredService<CheckDesk>();
        var check = desk.Store.Of(StaffHost.Of(Role.Integrity))!;
        await desk.Turns.WaitAsync();
        check.Job = desk.Begin(new CheckOrder(check.File.Bytes, new("casos.csv", 1, null), new(), null, null, null, null));
        var page = await visit.GetAsync(visit.At + "/result");
        Assert.Equal("2", page.Headers.GetValues("Refresh").Single());
        Assert.Contains("<progress", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(visit.At + "/order", (await visit.FillAsync(visit.At + "/result", [])).Headers.Location?.ToString());
        for (var asked = 0; check.Job.Goes && asked < 500; asked++) await Task.Delay(20);
        Assert.Equal(CheckStage.Stopped, check.Job.Stage);
        desk.Turns.Release();
    }

    [Fact]
    public async Task Short_of_time_it_says_what_it_did_not_judge_or_that_there_is_no_result()
    {
        await using (var host = await StaffHost.StartAsync(check: new CheckLimits { Search = TimeSpan.Zero }))
        {
            using var visit = await CheckVisit.OfAsync(host, Role.Integrity);
            await visit.ToOrderAsync();
            var page = await visit.FoundAsync();
            Assert.Contains("0 of 0 judged cases", page, StringComparison.Ordinal);
            Assert.Contains("Cases not judged, as the search met its limit: 6.", page, StringComparison.Ordinal);
        }

        await using (var host = await StaffHost.StartAsync(check: new CheckLimits { Work = TimeSpan.Zero }))
        {
            using var visit = await CheckVisit.OfAsync(host, Role.Integrity);
            await visit.ToOrderAsync();
            Assert.Contains("took longer than 0 seconds", await visit.FoundAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_files_name_is_shown_as_text_and_used_for_nothing()
    {
        await using var host = await StaffHost.StartAsync();
        using var visit = await CheckVisit.OfAsync(host, Role.Integrity);
        await visit.UploadAsync(name: "C:\\secret\\<img src=x>\u202Evsc.exe");
        var page = await visit.TextAsync(visit.At + "/columns");
        Assert.Contains("&lt;img src=x&gt;vsc.exe", page, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', page);
    }

    [Fact]
    public async Task A_packed_log_says_itself_what_is_what_and_rules_alone_are_enough()
    {
        await using var host = await StaffHost.StartAsync();
        using var visit = await CheckVisit.OfAsync(host, Role.Overseer);
        await visit.UploadAsync(Registers.PackedXes, "log.xes.gz");
        Assert.DoesNotContain("<select", await visit.TextAsync(visit.At + "/columns"), StringComparison.Ordinal);
        Assert.Equal(visit.At + "/procedure", (await visit.FillAsync(visit.At + "/columns", [])).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visit.FillAsync(visit.At + "/procedure", [])).StatusCode);
        Assert.Equal(visit.At + "/order", (await visit.FillAsync(visit.At + "/procedure", new() { ["procedure"] = "rules" })).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visit.FillAsync(visit.At + "/order", [])).StatusCode);
        var bad = await visit.SendAsync(visit.At + "/order", "rules", "rules.yaml", "rules: [{id: x, kind: nonsense}]"u8.ToArray());
        Assert.Contains("href=\"#rules\"", await bad.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var superiors = await visit.SendAsync(visit.At + "/order", "rules", "rules.yaml", "rules: [{id: x, kind: not-superior, activation: Sell, target: Sell}]"u8.ToArray());
        Assert.Contains("who is whose superior", await superiors.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var page = await visit.FoundAsync(Registers.Rules);
        Assert.Contains("1 rule was not always kept", page, StringComparison.Ordinal);
        Assert.DoesNotContain("procedure.svg", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visit.GetAsync(visit.At + "/result/procedure.svg")).StatusCode);
    }

    [Fact]
    public async Task A_procedure_of_the_house_says_when_no_name_is_known_to_it()
    {
        await using var host = await StaffHost.StartAsync();
        using var visit = await CheckVisit.OfAsync(host, Role.Overseer);
        await visit.UploadAsync();
        await visit.ColumnsAsync();
        await visit.FillAsync(visit.At + "/procedure", new() { ["procedure"] = "house.case-handling" });
        Assert.Contains("The procedure knows 0 of the 5 kinds of step", await visit.TextAsync(visit.At + "/order"), StringComparison.Ordinal);
        Assert.Contains("0 of 6 judged cases followed", await visit.FoundAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_asks_for_the_columns_that_are_chosen_also_when_others_are_chosen_later()
    {
        await using var host = await StaffHost.StartAsync();
        using var visit = await CheckVisit.OfAsync(host, Role.Overseer);
        await visit.UploadAsync();
        await visit.ColumnsAsync();
        var table = "paso;quién;plazo;testigo;prueba\nSeize;Officer;;;\nWeigh;Custodian;2 h;no;Acta\nStore;Custodian;;;\nReport;Officer;;;\n";
        Assert.Equal(visit.At + "/order", (await visit.SendAsync(visit.At + "/procedure/file", "file", "pasos.csv", Encoding.UTF8.GetBytes(table))).Headers.Location?.ToString());
        var check = host.Services.GetRequiredService<CheckStore>().Of(StaffHost.Of(Role.Overseer))!;
        Assert.Contains("who: Weigh", check.Procedure!.Rules!.Rules.Select(r => r.Id));
        var refused = await visit.FillAsync(visit.At + "/order", []);
        Assert.Contains("columns that the register does not have: Acta", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await visit.FillAsync(visit.At + "/columns", new() { ["case"] = "Nº caso", ["activity"] = "Paso", ["time"] = "Fecha", ["form"] = "d/M/yyyy H:mm" });
        Assert.Equal(["within: Weigh", "evidence: Weigh"], check.Procedure!.Rules!.Rules.Select(r => r.Id));
    }

    [Fact]
    public async Task A_typed_table_names_the_field_of_what_it_refuses_and_numbers_name_rows()
    {
        await using var host = await StaffHost.StartAsync();
        using var visit = await CheckVisit.OfAsync(host, Role.Overseer);
        await visit.UploadAsync();
        await visit.ColumnsAsync();
        foreach (var (field, fields) in new (string, Dictionary<string, string>)[]
        {
            ("step-1", []), ("within-1", new() { ["step-1"] = "Seize", ["within-1"] = "2 h" }), ("after-2", new() { ["step-1"] = "Seize", ["step-2"] = "Weigh", ["after-2"] = "Nobody" }),
            ("step-2", new() { ["step-1"] = "Seize", ["step-2"] = "", ["who-2"] = "Officer" }), ("instead-2", new() { ["step-1"] = "Seize", ["step-2"] = "Weigh", ["instead-2"] = "Weigh" }),
        })
        {
            var answer = await visit.FillAsync(visit.At + "/procedure/table", fields);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains($"href=\"#{field}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        var done = await visit.FillAsync(visit.At + "/procedure/table", new()
        {
            ["step-1"] = "Seize", ["step-2"] = "Weigh", ["step-3"] = "", ["step-4"] = "Store", ["after-4"] = "2", ["step-5"] = "Report",
        });
        Assert.Equal(visit.At + "/order", done.Headers.Location?.ToString());
        Assert.Contains("3 of 6 judged cases followed", await visit.FoundAsync(), StringComparison.Ordinal);
        // What was typed can be taken along and uploaded again, as a table or as a drawing, and says the same.
        var (csv, bpmn) = (await visit.GetAsync(visit.At + "/result/procedure.csv"), await visit.GetAsync(visit.At + "/result/procedure.bpmn"));
        foreach (var (name, answer) in new[] { ("procedure.csv", csv), ("procedure.bpmn", bpmn) })
        {
            Assert.Equal(name, answer.Content.Headers.ContentDisposition!.FileName);
            var again = await visit.SendAsync(visit.At + "/procedure/file", "file", name, await answer.Content.ReadAsByteArrayAsync());
            Assert.Equal(visit.At + "/order", again.Headers.Location?.ToString());
            Assert.Contains("3 of 6 judged cases followed", await visit.FoundAsync(), StringComparison.Ordinal);
        }

        Assert.Contains("value=\"Store\"", await visit.TextAsync(visit.At + "/procedure/table"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_broken_form_holds_is_not_logged()
    {
        await using var host = await StaffHost.StartAsync();
        using var visit = await CheckVisit.OfAsync(host, Role.Overseer);
        var body = new ByteArrayContent(Encoding.UTF8.GetBytes($"--b\r\nContent-Disposition {Registers.Marker}.csv\r\n\r\n1\r\n--b--\r\n"));
        body.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        Assert.Equal(HttpStatusCode.BadRequest, (await visit.SendAsync("/check", body)).StatusCode);
        Assert.Contains(host.Logs.Lines, line => line.Contains("Incident", StringComparison.Ordinal));
        AssertNowhere(host, Registers.Marker);
    }
}
