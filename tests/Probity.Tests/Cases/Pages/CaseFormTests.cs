using System.Net;
using System.Text.RegularExpressions;
using Probity.Access.Contract;
using Probity.Tests.Access;

namespace Probity.Tests.Cases.Pages;

/// <summary>The forms of a case over HTTP, on the real server: what they offer, what they ask, and what they say of others' acts.</summary>
public sealed class CaseFormTests
{
    [Fact]
    public async Task An_overseer_is_told_who_of_those_who_watch_over_cases_was_named_and_lets_them_back()
    {
        await using var host = await StaffHost.StartAsync(more: (Role.Overseer, StaffHost.Agency));
        using var officer = await host.SignedInAsync(Role.Officer);
        using var integrity = await host.SignedInAsync(Role.Integrity);
        using var overseer = await host.SignedInAsync(Role.Overseer);
        using var second = await host.SignedInAsync(StaffHost.Other(0));
        var opening = await officer.TextAsync("/cases/new");
        var home = (await officer.PostAsync("/cases/new", opening, new()
        {
            ["case"] = Field(opening, "case"), ["rows"] = "1", ["unit"] = StaffHost.Unit.ToString("D"), ["offence"] = "060121", ["summary"] = "A suitcase.",
        })).Headers.Location!.ToString().Split('?')[0];
        await host.UntilAsync(r => r.Event is Probity.Cases.Contract.SeatDrawn);
        Assert.Equal(HttpStatusCode.OK, (await integrity.GetAsync(home)).StatusCode);
        var named = await officer.PostJsonAsync($"/api{home}/parties", new { party = new { role = "subject", name = "Somebody", person = StaffHost.Of(Role.Integrity) }, reason = "They were seen with the carrier." });
        Assert.Equal(HttpStatusCode.OK, named.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await integrity.GetAsync(home)).StatusCode);
        await host.CaughtUpAsync("docket");
        const string Told = "Quilombo Officer named Quilombo Integrity";
        Assert.Contains(Told, WebUtility.HtmlDecode(await overseer.TextAsync("/?lang=en")), StringComparison.Ordinal);
        Assert.Contains($"{home}/parties/end", await overseer.TextAsync(home), StringComparison.Ordinal);
        await DoneAsync(overseer, home + "/parties/end", new() { ["number"] = "1", ["reasons"] = "Nobody has seen them there." });
        Assert.Equal(HttpStatusCode.OK, (await integrity.GetAsync(home)).StatusCode);
        Assert.DoesNotContain(Told, WebUtility.HtmlDecode(await overseer.TextAsync("/?lang=en")), StringComparison.Ordinal);

        // Another overseer reads that they did, once; whoever had named them does so no more, and that other overseer can.
        await host.CaughtUpAsync("docket");
        const string Back = "Quilombo Overseer let Quilombo Integrity back";
        Assert.DoesNotContain(Back, WebUtility.HtmlDecode(await overseer.TextAsync("/?lang=en")), StringComparison.Ordinal);
        Assert.Single(Regex.Matches(WebUtility.HtmlDecode(await second.TextAsync("/?lang=en")), Back));
        Dictionary<string, string> Again() => new() { ["name"] = "Somebody", ["role"] = "subject", ["staff"] = StaffHost.Of(Role.Integrity).ToString("D"), ["reasons"] = "They were seen once more." };
        var form = await officer.TextAsync(home + "/parties/new?lang=en");
        Assert.DoesNotContain(StaffHost.Of(Role.Integrity).ToString("D"), form, StringComparison.Ordinal);
        var refused = await officer.PostJsonAsync($"/api{home}/parties", new { party = new { role = "subject", name = "Somebody", person = StaffHost.Of(Role.Integrity) }, reason = "They were seen once more." });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var said = await refused.Content.ReadAsStringAsync();
        Assert.Contains("cases.party-let-back", said, StringComparison.Ordinal);
        Assert.Contains(StaffHost.Of(Role.Overseer).ToString("D"), said, StringComparison.Ordinal);
        // The overseer's form offers them and nobody else.
        var again = await second.TextAsync(home + "/parties/new?lang=en");
        Assert.Contains(StaffHost.Of(Role.Integrity).ToString("D"), again, StringComparison.Ordinal);
        Assert.DoesNotContain(StaffHost.Of(Role.Custodian).ToString("D"), again, StringComparison.Ordinal);
        Assert.Contains("As the overseer you name again", again, StringComparison.Ordinal);
        await DoneAsync(second, home + "/parties/new", Again());
        Assert.Equal(HttpStatusCode.NotFound, (await integrity.GetAsync(home)).StatusCode);
    }

    [Fact]
    public async Task Forms_offer_what_would_be_accepted_and_say_what_is_missing()
    {
        await using var host = await StaffHost.StartAsync();
        using var officer = await host.SignedInAsync(Role.Officer);
        using var prosecutor = await host.SignedInAsync(Role.Prosecutor);
        using var integrity = await host.SignedInAsync(Role.Integrity);
        using var overseer = await host.SignedInAsync(Role.Overseer);

        var opening = await officer.TextAsync("/cases/new");
        var opened = await officer.PostAsync("/cases/new", opening, new()
        {
            ["case"] = Field(opening, "case"), ["rows"] = "1", ["unit"] = StaffHost.Unit.ToString("D"), ["offence"] = "060121", ["summary"] = "A suitcase.",
        });
        Assert.Equal(HttpStatusCode.SeeOther, opened.StatusCode);
        var home = opened.Headers.Location!.ToString().Split('?')[0];
        var first = await officer.TextAsync(opened.Headers.Location.ToString());
        Assert.Contains("Drawn by lot – Officer in charge: Quilombo Officer.", WebUtility.HtmlDecode(first), StringComparison.Ordinal);
        Assert.DoesNotMatch("/procedures/case-handling/[0-9a-f-]{36}\"", first);

        // What normally comes later is asked about, and recorded when it is meant.
        var destroyed = await SendAsync(officer, home + "/steps/new", new() { ["step"] = "exhibitsDestroyed" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, destroyed.Status);
        Assert.Contains("name=\"anyway\"", destroyed.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(officer, home + "/steps/new", new() { ["step"] = "exhibitsDestroyed", ["anyway"] = "yes" })).Status);
        await DoneAsync(officer, home + "/stage", new() { ["stage"] = "investigate" });
        Assert.Contains("File the investigation report first.", await officer.TextAsync(home), StringComparison.Ordinal);
        await DoneAsync(officer, home + "/steps/new", new() { ["step"] = "reportFiled" });
        Assert.Contains("Already on the record", await officer.TextAsync(home + "/steps/new"), StringComparison.Ordinal);
        await DoneAsync(officer, home + "/stage", new() { ["stage"] = "prosecute" });
        await host.UntilAsync(r => r.Event is Probity.Cases.Contract.SeatDrawn { Seat: Probity.Cases.Contract.Seat.Prosecutor });

        var closing = await officer.TextAsync(home + "/closing");
        Assert.Contains("There is nothing to choose yet", closing, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"outcome\"", closing, StringComparison.Ordinal);
        var deciding = await prosecutor.TextAsync(home + "/decisions/new");
        Assert.Equal(["charge", "decline"], Regex.Matches(deciding, "name=\"kind\" type=\"radio\" value=\"(\\w+)\"").Select(m => m.Groups[1].Value));
        var empty = await SendAsync(prosecutor, home + "/decisions/new", []);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.Status);
        Assert.All(new[] { "#kind", "#reasons", "#basis" }, at => Assert.Contains($"href=\"{at}\"", empty.Page, StringComparison.Ordinal));
        await DoneAsync(prosecutor, home + "/decisions/new", new() { ["kind"] = "decline", ["reasons"] = CaseHouse.Reason, ["basis"] = "Law 1" });
        Assert.DoesNotContain($"{home}/decisions/new", await prosecutor.TextAsync(home), StringComparison.Ordinal);

        await DoneAsync(prosecutor, home + "/closing", new() { ["outcome"] = "declined", ["reasons"] = CaseHouse.Reason });
        var late = await integrity.TextAsync(home + "/closing/approval");
        await DoneAsync(overseer, home + "/closing/approval", new() { ["answer"] = "yes", ["reasons"] = "Looked at from outside." });
        var overtaken = await integrity.PostAsync(home + "/closing/approval", late, new() { ["version"] = Field(late, "version"), ["answer"] = "yes", ["reasons"] = "" });
        Assert.Equal(HttpStatusCode.Conflict, overtaken.StatusCode);
        Assert.DoesNotContain("name=\"answer\"", await overtaken.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var ended = await integrity.TextAsync(home);
        Assert.Contains("Looked at from outside.", ended, StringComparison.Ordinal);
        Assert.Contains("Who opened this case", ended, StringComparison.Ordinal);
        Assert.Contains("/procedures/case-handling/", ended, StringComparison.Ordinal);
        Assert.DoesNotContain("Who opened this case", await officer.TextAsync(home), StringComparison.Ordinal);
    }

    static string Field(string page, string name) => Regex.Match(page, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value;

    static async Task<(HttpStatusCode Status, string Page)> SendAsync(Probity.Tests.Access.Browser browser, string form, Dictionary<string, string> fields)
    {
        var page = await browser.TextAsync(form);
        fields["version"] = Field(page, "version");
        var answer = await browser.PostAsync(form, page, fields);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    static async Task DoneAsync(Probity.Tests.Access.Browser browser, string form, Dictionary<string, string> fields)
    {
        var (status, page) = await SendAsync(browser, form, fields);
        Assert.True(status == HttpStatusCode.SeeOther, $"{form}: {status} {Regex.Match(page, "pb-error-summary.*?</ul>", RegexOptions.Singleline)}");
    }
}
