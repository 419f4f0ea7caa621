using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Viewing;
using Probity.Sealing;
using Probity.Shared.Record;
using Probity.Tests.Access;

namespace Probity.Tests.Reports;

/// <summary>Reports through the pages of the real server, over a real record.</summary>
public sealed class ReportPagesTests
{
    const string Words = "As it was told in the office.";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static async Task<HttpResponseMessage> PostAsync(Tests.Access.Browser who, Guid report, string what, params (string Field, string Value)[] fields)
    {
        var page = await who.TextAsync($"/reports/{report:D}");
        var typed = fields.ToDictionary(f => $"{what}-{f.Field}", f => f.Value);
        typed["key"] = Guid.NewGuid().ToString("D");
        return await who.PostAsync($"/reports/{report:D}/{what}", page, typed);
    }

    internal static async Task DoneAsync(Tests.Access.Browser who, Guid report, string what, params (string Field, string Value)[] fields)
    {
        var answer = await PostAsync(who, report, what, fields);
        if (answer.StatusCode != HttpStatusCode.SeeOther) Assert.Fail($"{what}: {answer.StatusCode} {Regex.Match(await answer.Content.ReadAsStringAsync(Ct), "(?s)error-summary.*?</ul>").Value}");
    }

    internal static async Task InHandAsync(Tests.Access.Browser who, Guid report, string verdict = "withinRemit")
    {
        await DoneAsync(who, report, "acknowledge", ("message", "We have read what you wrote."));
        await DoneAsync(who, report, "triage", ("verdict", verdict), ("urgency", "soon"), ("risk", "medium"), ("protection", "Moved to another shift."), ("words", Words));
        await DoneAsync(who, report, "take");
    }

    /// <summary>Rows in each table of the room: one report closed by two, and somebody who stepped aside.</summary>
    internal static async Task WorkAsync(StaffHost host)
    {
        using var reports = new SealedReports((StaffHost.Of(Role.Integrity), HolderPart.Integrity), (StaffHost.Of(Role.Overseer), HolderPart.Overseer));
        var report = Cases.Staff.Id("a report");
        reports.Send(report, DateOnly.FromDateTime(host.Clock.Now.UtcDateTime), "Somebody is paid.");
        var opened = reports.For(StaffHost.Of(Role.Integrity), report);
        Assert.IsType<Outcome.Done>(await host.Services.GetRequiredService<AcknowledgeReport>().HandleAsync(StaffHost.Of(Role.Integrity), opened, new(report, Guid.NewGuid(), Words), Ct));
        Assert.IsType<Outcome.Done>(await host.Services.GetRequiredService<StepAside>().HandleAsync(StaffHost.Of(Role.Integrity), opened, new(report, Guid.NewGuid(), null), Ct));
    }

    [Fact]
    public async Task What_was_typed_when_the_key_locked_stays_on_the_page_and_is_sent_once_it_is_open()
    {
        await using var host = await UnlockedReports.StartAsync();
        using var reports = await UnlockedReports.OfAsync(host);
        var report = await reports.SendAsync("one");
        var (integrity, path) = (await host.SignedInAsync(Role.Integrity), $"/reports/{report:D}/acknowledge");
        await UnlockedReports.UnlockAsync(integrity);
        var (form, typed) = (await integrity.TextAsync($"/reports/{report:D}"), new Dictionary<string, string> { ["key"] = Guid.NewGuid().ToString("D"), ["acknowledge-message"] = "We have read <all> of it & thank you." });
        await integrity.PostAsync("/reports/key/lock", await integrity.TextAsync("/reports/key"), []);

        var locked = await integrity.PostAsync(path, form, typed);
        Assert.Equal(HttpStatusCode.Forbidden, locked.StatusCode);
        var page = await locked.Content.ReadAsStringAsync(Ct);
        Assert.Contains("We have read &lt;all&gt; of it &amp; thank you.</textarea>", page, StringComparison.Ordinal);
        Assert.Contains(typed["key"], page, StringComparison.Ordinal);
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is ReportAcknowledged);

        var opened = await integrity.PostAsync("/reports/key/unlock", page, new() { ["open"] = ReportScene.Passphrase, ["back"] = path });
        Assert.Equal((HttpStatusCode.SeeOther, path), (opened.StatusCode, opened.Headers.Location?.OriginalString));
        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync(path, page, typed)).StatusCode);
        Assert.Single(await host.RecordAsync(), r => r.Event is ReportAcknowledged);
        // To no other place.
        await integrity.PostAsync("/reports/key/lock", await integrity.TextAsync("/reports/key"), []);
        foreach (var elsewhere in new[] { "https://example.org/", "//example.org/reports/", "/people", "/reports//evil" })
        {
            var to = (await integrity.PostAsync("/reports/key/unlock", await integrity.TextAsync("/reports/key"), new() { ["open"] = ReportScene.Passphrase, ["back"] = elsewhere })).Headers.Location?.OriginalString;
            Assert.StartsWith("/reports", to, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_locked_list_looks_the_same_whether_or_not_anything_waits_and_leads_to_the_key()
    {
        await using var host = await UnlockedReports.StartAsync();
        using var reports = await UnlockedReports.OfAsync(host);
        var integrity = await host.SignedInAsync(Role.Integrity);
        static string Plain(string page) => Regex.Replace(page, "name=\"__RequestVerificationToken\" value=\"[^\"]+\"|\\d+ (seconds?|minutes?) ago|entry \\d+|[\\d,.]+ entries", "");
        var before = Plain(await integrity.TextAsync("/reports"));
        Assert.Contains("href=\"/reports/key\"", before, StringComparison.Ordinal);
        Assert.Contains("Your key is locked", before, StringComparison.Ordinal);
        var report = await reports.SendAsync("one");
        Assert.Equal(before, Plain(await integrity.TextAsync("/reports")));
        // So does the page of a report, of one that is there and of one that is not, and brings back to it.
        var (there, nowhere) = (await integrity.GetAsync($"/reports/{report:D}"), Guid.NewGuid());
        Assert.Equal(HttpStatusCode.Forbidden, there.StatusCode);
        var page = await there.Content.ReadAsStringAsync(Ct);
        Assert.Contains($"name=\"back\" value=\"/reports/{report:D}\"", page, StringComparison.Ordinal);
        Assert.Equal(Plain(page).Replace(report.ToString("D"), "", StringComparison.Ordinal), Plain(await integrity.TextAsync($"/reports/{nowhere:D}")).Replace(nowhere.ToString("D"), "", StringComparison.Ordinal));
        // A holder whose key is locked is asked to open it, alike for both.
        foreach (var role in new[] { Role.Integrity, Role.Overseer }) Assert.Contains("Open your reports", await (await host.SignedInAsync(role)).TextAsync("/"), StringComparison.Ordinal);
        foreach (var role in new[] { Role.Officer, Role.Commander, Role.Administrator, Role.Vetting, Role.Investigator })
        {
            var other = await host.SignedInAsync(role);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync("/reports")).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync($"/reports/{report:D}")).StatusCode);
            Assert.DoesNotContain("href=\"/reports\"", await other.TextAsync("/"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_report_is_read_answered_assessed_found_and_closed_by_two_and_seen_by_nobody_it_is_kept_from()
    {
        await using var host = await UnlockedReports.StartAsync();
        using var reports = await UnlockedReports.OfAsync(host);
        reports.Unlock(UnlockedReports.Integrity, UnlockedReports.SecondIntegrity, UnlockedReports.Overseer, UnlockedReports.SecondOverseer);
        var report = await reports.SendAsync("one", "Xylofagos pays at the gate.", kept: new MustNotSee([StaffHost.OtherUnit], [], ["Pedro Muestra"]), without: UnlockedReports.SecondOverseer);
        var path = $"/reports/{report:D}";
        var (integrity, second, overseer, kept) = (await reports.SignedInAsync(UnlockedReports.Integrity), await reports.SignedInAsync(UnlockedReports.SecondIntegrity), await reports.SignedInAsync(UnlockedReports.Overseer), await reports.SignedInAsync(UnlockedReports.SecondOverseer));

        Assert.Contains(path, await integrity.TextAsync("/reports"), StringComparison.Ordinal);
        Assert.DoesNotContain(path, await overseer.TextAsync("/reports"), StringComparison.Ordinal);
        // An overseer whom it does not need finds it among the others that their key opens; for integrity there are none.
        Assert.Contains(path, await overseer.TextAsync("/reports?show=others"), StringComparison.Ordinal);
        Assert.DoesNotContain("show=others", await integrity.TextAsync("/reports"), StringComparison.Ordinal);
        var page = await integrity.TextAsync(path);
        foreach (var shown in new[] { "Xylofagos pays at the gate.", "Airport unit", "Pedro Muestra", "Quilombo Integrity", "Palmares Integrity 0", "File 1 (.jpg)", "Look at a copy", "<svg", "There is time" })
            Assert.Contains(shown, page, StringComparison.Ordinal);
        Assert.DoesNotContain("Palmares Overseer 1", page, StringComparison.Ordinal);
        // Read twice in one session, filed once; in another one again.
        await integrity.TextAsync(path);
        Assert.Single(await host.RecordAsync(), r => r.Event is MatterRead { What: "reports.report" });

        // Refused: what was typed is there, the field has its message, and nothing is filed.
        var wrong = await PostAsync(integrity, report, "acknowledge", ("message", "Read."));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var said = await wrong.Content.ReadAsStringAsync(Ct);
        Assert.Contains("href=\"#acknowledge-message\"", said, StringComparison.Ordinal);
        Assert.Contains(">Read.</textarea>", said, StringComparison.Ordinal);
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is ReportAcknowledged);

        await InHandAsync(integrity, report);
        await DoneAsync(integrity, report, "message", ("message", "Which gate was it?"), ("until", "2026-03-20"));
        await DoneAsync(second, report, "note", ("words", "I know that gate."));
        await DoneAsync(integrity, report, "find", ("finding", "notSubstantiated"), ("words", Words));
        await DoneAsync(integrity, report, "feedback", ("message", "Nothing was found at the gate."));
        await DoneAsync(integrity, report, "close", ("reason", "noAction"), ("words", Words), ("message", "It is closed; write if it comes again."));
        page = await integrity.TextAsync(path);
        foreach (var shown in new[] { "We have read what you wrote.", "Which gate was it?", "I know that gate.", "Nothing was found at the gate.", "A second person has to agree" }) Assert.Contains(shown, page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(integrity, report, "answer", ("agrees", "yes"))).StatusCode);
        Assert.Contains("Your agreement", await second.TextAsync("/reports"), StringComparison.Ordinal);
        await DoneAsync(second, report, "answer", ("agrees", "yes"));
        Assert.Contains("All open (0)", await second.TextAsync("/reports"), StringComparison.Ordinal);
        Assert.Contains(path, await second.TextAsync("/reports?show=closed"), StringComparison.Ordinal);
        Assert.Contains(path, await overseer.TextAsync("/reports?show=closed"), StringComparison.Ordinal);
        Assert.Contains("Others that my key opens (0)", await overseer.TextAsync("/reports"), StringComparison.Ordinal);
        // Whoever wrote it is its author; who agreed is named beside them.
        page = await second.TextAsync(path);
        Assert.Contains("Quilombo Integrity, agreed to by Palmares Integrity 0: closed", page, StringComparison.Ordinal);
        Assert.Contains("Quilombo Integrity asked for it and wrote what the source is told; Palmares Integrity 0 agreed.", page, StringComparison.Ordinal);

        // Its source reads with the code what was written, and the record holds none of it.
        var record = await host.RecordAsync();
        Assert.Equal(["We have read what you wrote.", "Which gate was it?", "Nothing was found at the gate.", "It is closed; write if it comes again."], record.Select(r => r.Event).OfType<AnswerGiven>().Select(a => reports.Sealed.Read(a)!.Text));
        foreach (var happened in record.Where(r => r.Event is not null))
        {
            var payload = System.Text.Encoding.UTF8.GetString(EventTypes.Serialize(happened.Event!));
            foreach (var word in new[] { "gate", "Xylofagos", "told in the office" }) Assert.DoesNotContain(word, payload, StringComparison.Ordinal);
        }

        // Written to once more it is open again for whoever looks.
        host.Clock.Now += TimeSpan.FromDays(2);
        await reports.SendAsync("one", "They did it again.");
        (second, kept) = (await reports.SignedInAsync(UnlockedReports.SecondIntegrity), await reports.SignedInAsync(UnlockedReports.SecondOverseer));
        Assert.Contains("Source wrote", await second.TextAsync("/reports"), StringComparison.Ordinal);
        await DoneAsync(second, report, "reopen");
        Assert.Contains("They did it again.", await second.TextAsync(path), StringComparison.Ordinal);

        // To whoever it is kept from: no row, no count, the answer of a report that is not there.
        Assert.Equal(Reduced(await kept.TextAsync($"/reports/{Guid.NewGuid():D}")), Reduced(await kept.TextAsync(path)));
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(kept, report, "note", ("words", Words))).StatusCode);
        foreach (var show in new[] { "", "?show=new", "?show=closed", "?show=overdue", "?show=others" }) Assert.DoesNotContain(path, await kept.TextAsync("/reports" + show), StringComparison.Ordinal);
    }

    static string Reduced(string page) => Regex.Replace(page, "value=\"CfDJ[^\"]+\"|[0-9a-f]{8}-[0-9a-f-]{27}|Incident number: \\w+|\\d+", "");

    [Fact]
    public async Task A_form_that_is_refused_says_all_that_is_wrong_keeps_what_was_typed_and_empties_no_other()
    {
        await using var host = await UnlockedReports.StartAsync();
        using var reports = await UnlockedReports.OfAsync(host);
        reports.Unlock(UnlockedReports.Integrity, UnlockedReports.SecondIntegrity);
        var (report, path) = (await reports.SendAsync("one"), $"/reports/{Cases.Staff.Id("one"):D}");
        var (integrity, second) = (await reports.SignedInAsync(UnlockedReports.Integrity), await reports.SignedInAsync(UnlockedReports.SecondIntegrity));

        // Too long: by how much is said, nothing is cut, and no browser cuts it before.
        var text = new string('x', 4_312);
        Assert.DoesNotContain("maxlength", Regex.Match(await integrity.TextAsync(path), "<textarea[^>]*acknowledge-message[^>]*>").Value, StringComparison.OrdinalIgnoreCase);
        var said = await RefusedAsync(integrity, "acknowledge", ("message", text));
        foreach (var shown in new[] { "href=\"#acknowledge-message\"", "4,312 characters, and at most 4,000", $">{text}</textarea>" }) Assert.Contains(shown, said, StringComparison.Ordinal);

        await DoneAsync(integrity, report, "acknowledge", ("message", Words));
        said = await RefusedAsync(integrity, "triage", ("retaliated", "yes"));
        Assert.Equal(["triage-verdict", "triage-urgency", "triage-risk", "triage-protection", "triage-words"], Fields(said));
        // Of several what is wrong with a text says which.
        Assert.Contains(">Why: Write something.</a>", said, StringComparison.Ordinal);
        await DoneAsync(integrity, report, "triage", ("verdict", "notWrongdoing"), ("urgency", "soon"), ("risk", "low"), ("words", "A question about the rules."));
        await DoneAsync(integrity, report, "take");
        await DoneAsync(integrity, report, "find", ("finding", "notEstablished"), ("words", "The cameras were off."));
        // What is on record stands in its form, also where another form was refused.
        said = await RefusedAsync(integrity, "close", ("message", "Closed."));
        Assert.Equal(["close-reason", "close-words", "close-message"], Fields(said));
        foreach (var shown in new[] { "A question about the rules.</textarea>", "The cameras were off.</textarea>", ">Closed.</textarea>" }) Assert.Contains(shown, said, StringComparison.Ordinal);
        Assert.Matches("(?s)find-finding\"[^>]*value=\"notEstablished\" checked", said);

        // A closing that was returned is asked for again from what was written, by who wrote it.
        await DoneAsync(integrity, report, "close", ("reason", "notWrongdoing"), ("words", "It asks for the rules."), ("message", "It was a question; here is the answer."));
        Assert.DoesNotContain("It asks for the rules.</textarea>", await integrity.TextAsync(path), StringComparison.Ordinal);
        Assert.Equal(["answer-words"], Fields(await RefusedAsync(second, "answer", ("agrees", "no"))));
        await DoneAsync(second, report, "answer", ("agrees", "no"), ("words", "Say where the rules stand."));
        await DoneAsync(second, report, "take");
        var (own, other) = (await integrity.TextAsync(path), await second.TextAsync(path));
        foreach (var kept in new[] { "It asks for the rules.</textarea>", "It was a question; here is the answer.</textarea>" })
        {
            Assert.Contains(kept, own, StringComparison.Ordinal);
            Assert.DoesNotContain(kept, other, StringComparison.Ordinal);
        }

        Assert.Matches("(?s)close-reason\"[^>]*value=\"notWrongdoing\" checked", own);
        await DoneAsync(integrity, report, "close", ("reason", "notWrongdoing"), ("words", "It asks for the rules."), ("message", "The rules stand on the first page."));
        await DoneAsync(second, report, "answer", ("agrees", "yes"));

        // Its source wrote nothing: it is opened again with what became known.
        Assert.Contains("What became known since it was closed", await second.TextAsync(path), StringComparison.Ordinal);
        said = await RefusedAsync(second, "reopen");
        Assert.Equal(["reopen-words"], Fields(said));
        await DoneAsync(second, report, "reopen", ("words", "The ledger of the gate was found."));
        own = await integrity.TextAsync(path);
        Assert.Contains("The ledger of the gate was found.", own, StringComparison.Ordinal);
        Assert.DoesNotContain("It asks for the rules.</textarea>", own, StringComparison.Ordinal);
        Assert.Equal(2, (await host.RecordAsync()).Count(r => r.Event is AnswerGiven));

        async Task<string> RefusedAsync(Tests.Access.Browser who, string what, params (string Field, string Value)[] fields)
        {
            var answer = await PostAsync(who, report, what, fields);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            return await answer.Content.ReadAsStringAsync(Ct);
        }

        static List<string> Fields(string page) => [.. Regex.Matches(Regex.Match(page, "(?s)error-summary.*?</ul>").Value, "href=\"#([a-z-]+?)(?:-\\d)?\"").Select(m => m.Groups[1].Value)];
    }

    [Fact]
    public async Task Whoever_steps_aside_has_no_row_no_count_and_no_page_any_more()
    {
        await using var host = await UnlockedReports.StartAsync();
        using var reports = await UnlockedReports.OfAsync(host);
        reports.Unlock(UnlockedReports.Integrity, UnlockedReports.SecondIntegrity);
        var report = await reports.SendAsync("one");
        var (integrity, second) = (await reports.SignedInAsync(UnlockedReports.Integrity), await reports.SignedInAsync(UnlockedReports.SecondIntegrity));
        await InHandAsync(integrity, report);
        // It takes a tick that it is meant for good: one press by itself does nothing.
        var unmeant = await PostAsync(integrity, report, "aside", ("words", "A cousin works there."));
        var said = await unmeant.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unmeant.StatusCode);
        foreach (var shown in new[] { "href=\"#aside-final\"", "Nobody can take it back.", ">A cousin works there.</textarea>" }) Assert.Contains(shown, said, StringComparison.Ordinal);
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is SteppedAside);
        await DoneAsync(integrity, report, "aside", ("words", "A cousin works there."), ("final", "yes"));
        var list = await integrity.TextAsync("/reports");
        Assert.Contains("All open (0)", list, StringComparison.Ordinal);
        Assert.DoesNotContain($"/reports/{report:D}", list, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await integrity.GetAsync($"/reports/{report:D}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(integrity, report, "note", ("words", Words))).StatusCode);
        Assert.DoesNotContain("Money, gifts", await integrity.TextAsync("/reports/figures"), StringComparison.OrdinalIgnoreCase);
        Assert.Empty((await JsonAsync(integrity, "/api/reports")).GetProperty("reports").EnumerateArray());
        var page = await second.TextAsync($"/reports/{report:D}");
        Assert.Contains("A cousin works there.", page, StringComparison.Ordinal);
        Assert.Contains("Nobody yet", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_due_first_comes_first_a_flood_is_set_aside_and_what_was_missed_comes_to_the_overseer()
    {
        await using var host = await UnlockedReports.StartAsync();
        using var reports = await UnlockedReports.OfAsync(host);
        reports.Unlock(UnlockedReports.Integrity, UnlockedReports.Overseer, UnlockedReports.SecondOverseer);
        var old = await reports.SendAsync("old", without: UnlockedReports.SecondOverseer);
        host.Clock.Now += TimeSpan.FromDays(5);
        var newer = await reports.SendAsync("newer");
        for (var i = 0; i < 60; i++) await reports.SendAsync($"flood {i}", "Buy now.", alike: 3 + i);
        var integrity = await reports.SignedInAsync(UnlockedReports.Integrity);
        var list = await integrity.TextAsync("/reports");
        Assert.True(list.IndexOf($"/reports/{old:D}", StringComparison.Ordinal) is > 0 and var first && first < list.IndexOf($"/reports/{newer:D}", StringComparison.Ordinal));
        foreach (var count in new[] { "All open (2)", "New (2)", "Due soon (1)", "Overdue (0)", "Likely a flood (60)" }) Assert.Contains(count, list, StringComparison.Ordinal);
        Assert.Equal((50, 10), (Rows(await integrity.TextAsync("/reports?show=flood")), Rows(await integrity.TextAsync("/reports?show=flood&page=2"))));
        Assert.Contains($"Acknowledge report {ReportForms.Reference(old)}", await integrity.TextAsync("/"), StringComparison.Ordinal);
        // Until somebody answers for it there is always a step.
        await DoneAsync(integrity, newer, "acknowledge", ("message", Words));
        Assert.Contains($"Assess report {ReportForms.Reference(newer)}", await integrity.TextAsync("/"), StringComparison.Ordinal);
        await DoneAsync(integrity, newer, "triage", ("verdict", "withinRemit"), ("urgency", "atOnce"), ("risk", "low"), ("words", Words));
        var taking = await integrity.TextAsync("/");
        Assert.True(taking.IndexOf($"Take report {ReportForms.Reference(newer)} in hand", StringComparison.Ordinal) is > 0 and var urgent && urgent < taking.IndexOf($"Acknowledge report {ReportForms.Reference(old)}", StringComparison.Ordinal));
        await DoneAsync(integrity, newer, "take");
        Assert.DoesNotContain($"report {ReportForms.Reference(newer)} in hand", await integrity.TextAsync("/"), StringComparison.Ordinal);

        var (overseer, other) = (await reports.SignedInAsync(UnlockedReports.Overseer), await reports.SignedInAsync(UnlockedReports.SecondOverseer));
        Assert.Equal(0, Rows(await overseer.TextAsync("/reports")));
        host.Clock.Now += TimeSpan.FromDays(3);
        (integrity, overseer, other) = (await reports.SignedInAsync(UnlockedReports.Integrity), await reports.SignedInAsync(UnlockedReports.Overseer), await reports.SignedInAsync(UnlockedReports.SecondOverseer));
        Assert.Equal((1, 0), (Rows(await overseer.TextAsync("/reports")), Rows(await other.TextAsync("/reports"))));
        Assert.Contains($"/reports/{old:D}", await overseer.TextAsync("/reports"), StringComparison.Ordinal);
        foreach (var said in new[] { "Overdue (1)", "Acknowledgement: Missed" }) Assert.Contains(said, await integrity.TextAsync("/reports"), StringComparison.Ordinal);
        // An overseer may open any that their key opens, and that is an entry.
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync($"/reports/{newer:D}")).StatusCode);
        Assert.Contains(await host.RecordAsync(), r => r.Event is MatterRead { What: "reports.report" } && r.Actor.Value == UnlockedReports.SecondOverseer);

        static int Rows(string page) => Regex.Count(page, "<a class=\"pb-link\" href=\"/reports/[0-9a-f-]{36}\"");
    }

    [Fact]
    public async Task A_fifth_of_a_months_closings_without_action_is_drawn_again_from_the_record_and_comes_to_overseers_who_can_open_it()
    {
        await using var host = await UnlockedReports.StartAsync();
        using var reports = await UnlockedReports.OfAsync(host);
        reports.Unlock(UnlockedReports.Integrity, UnlockedReports.SecondIntegrity, UnlockedReports.Overseer, UnlockedReports.SecondOverseer);
        var closed = new List<Guid>();
        for (var i = 0; i < 6; i++)
        {
            var report = await reports.SendAsync($"report {i}", without: UnlockedReports.SecondOverseer);
            closed.Add(report);
            // A referral that nobody follows buries a report as well.
            await CloseAsync(host, reports, report, i == 0 ? TriageVerdict.Referred : TriageVerdict.NotWrongdoing);
        }

        await host.CaughtUpAsync(ReportView.ViewName);
        var (overseer, other) = (await reports.SignedInAsync(UnlockedReports.Overseer), await reports.SignedInAsync(UnlockedReports.SecondOverseer));
        await overseer.TextAsync("/reports");
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is ReviewPoolFixed);
        host.Clock.Now = new DateTimeOffset(2026, 4, 1, 0, 0, 1, TimeSpan.Zero);
        overseer = await reports.SignedInAsync(UnlockedReports.Overseer);
        other = await reports.SignedInAsync(UnlockedReports.SecondOverseer);
        await host.CaughtUpAsync(ReportView.ViewName);
        var list = await overseer.TextAsync("/reports");
        await overseer.TextAsync("/reports");
        var record = await host.RecordAsync();
        var committed = Assert.Single(record, r => r.Event is ReviewSeedsCommitted);
        var pool = Assert.Single(record, r => r.Event is ReviewPoolFixed);
        var drawn = Assert.Single(record, r => r.Event is ReviewsDrawn);
        Assert.True(committed.Index < record.First(r => r.Event is ReportClosed).Index && pool.Index < drawn.Index);
        var (of, result) = ((ReviewPoolFixed)pool.Event!, (ReviewsDrawn)drawn.Event!);
        Assert.Equal(closed.Select(c => Report.StreamOf(c).Value).Order(), of.Pool);
        Assert.Equal(2, result.Drawn.Count);
        Assert.Equal(Probity.Shared.Drawing.Draw.Recompute(of.Pool, of.Count, ((ReviewSeedsCommitted)committed.Event!).Commitment, of.Place, result.Seed), result.Drawn);

        var chosen = closed.Where(c => result.Drawn.Contains(Report.StreamOf(c).Value)).ToList();
        Assert.Equal(chosen.Order(), Regex.Matches(list, "href=\"/reports/([0-9a-f-]{36})\"").Select(m => Guid.Parse(m.Groups[1].Value)).Order());
        Assert.DoesNotContain("Look again", await other.TextAsync("/reports"), StringComparison.Ordinal);
        await DoneAsync(overseer, chosen[0], "review", ("agrees", "no"), ("words", "Nobody asked at the gate."));
        await DoneAsync(overseer, chosen[1], "review", ("agrees", "yes"), ("words", Words));
        Assert.Contains("All open (0)", await overseer.TextAsync("/reports"), StringComparison.Ordinal);
        Assert.Contains($"/reports/{chosen[0]:D}", await (await reports.SignedInAsync(UnlockedReports.Integrity)).TextAsync("/reports"), StringComparison.Ordinal);
    }

    internal static async Task CloseAsync(StaffHost host, UnlockedReports reports, Guid report, TriageVerdict verdict = TriageVerdict.NotWrongdoing, bool acknowledge = true)
    {
        var services = host.Services;
        var (first, second) = (reports.Sealed.For(UnlockedReports.Integrity, report), reports.Sealed.For(UnlockedReports.SecondIntegrity, report));
        if (acknowledge) Assert.IsType<Outcome.Done>(await services.GetRequiredService<AcknowledgeReport>().HandleAsync(UnlockedReports.Integrity, first, new(report, Guid.NewGuid(), Words), Ct));
        Assert.IsType<Outcome.Done>(await services.GetRequiredService<TriageReport>().HandleAsync(UnlockedReports.Integrity, first, new(report, Guid.NewGuid(), verdict, ReportUrgency.Usual, RetaliationRisk.Low, false, Words, null), Ct));
        Assert.IsType<Outcome.Done>(await services.GetRequiredService<TakeReport>().HandleAsync(UnlockedReports.Integrity, first, new(report, Guid.NewGuid()), Ct));
        var reason = verdict switch { TriageVerdict.Junk => CloseReason.Junk, TriageVerdict.Referred => CloseReason.Referred, _ => CloseReason.NotWrongdoing };
        Assert.IsType<Outcome.Done>(await services.GetRequiredService<CloseReport>().HandleAsync(UnlockedReports.Integrity, first, new CloseReport.Command(report, Guid.NewGuid(), reason, Words, Words), Ct));
        Assert.IsType<Outcome.Done>(await services.GetRequiredService<CloseReport>().HandleAsync(UnlockedReports.SecondIntegrity, second, new CloseReport.Answer(report, Guid.NewGuid(), true, null), Ct));
    }

    [Fact]
    public async Task Programs_do_the_same_and_what_is_sent_twice_is_done_once()
    {
        await using var host = await UnlockedReports.StartAsync();
        using var reports = await UnlockedReports.OfAsync(host);
        var integrity = await reports.SignedInAsync(UnlockedReports.Integrity);
        Assert.True((await JsonAsync(integrity, "/api/reports")).GetProperty("locked").GetBoolean());
        var report = await reports.SendAsync("one");
        Assert.Equal(HttpStatusCode.NotFound, (await integrity.PostJsonAsync($"/api/reports/{report:D}/notes", new { key = Guid.NewGuid(), words = Words })).StatusCode);
        await UnlockedReports.UnlockAsync(integrity);
        var body = new { key = Guid.NewGuid(), message = "We have read what you wrote." };
        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.OK, (await integrity.PostJsonAsync($"/api/reports/{report:D}/acknowledgement", body)).StatusCode);
        Assert.Single(await host.RecordAsync(), r => r.Event is ReportAcknowledged);
        var again = await integrity.PostJsonAsync($"/api/reports/{report:D}/acknowledgement", body with { key = Guid.NewGuid() });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, AcknowledgeReport.Already), (again.StatusCode, (await again.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await integrity.PostJsonAsync($"/api/reports/{report:D}/triage", new { key = Guid.NewGuid(), verdict = "withinRemit", urgency = "soon", risk = "low", words = Words })).StatusCode);
        var listed = Assert.Single((await JsonAsync(integrity, "/api/reports")).GetProperty("reports").EnumerateArray());
        Assert.Equal((report, "triaged", "feedback", "2026-06-02"), (listed.GetProperty("id").GetGuid(), listed.GetProperty("stage").GetString(), listed.GetProperty("due").GetString(), listed.GetProperty("dueOn").GetString()));
        Assert.Equal(HttpStatusCode.Forbidden, (await (await host.SignedInAsync(Role.Officer)).GetAsync("/api/reports")).StatusCode);
    }

    internal static async Task<JsonElement> JsonAsync(Tests.Access.Browser who, string path) => await (await who.GetAsync(path)).Content.ReadFromJsonAsync<JsonElement>(Ct);
}
