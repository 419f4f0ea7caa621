using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access;
using Probity.Access.Contract;

namespace Probity.Tests.Access;

public sealed class SignInTests
{
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(2000000000, "279037")]
    public void Codes_are_those_of_RFC_6238(long seconds, string code) => Assert.Equal(
        seconds / 30, Totp.StepOf("12345678901234567890"u8, code, DateTimeOffset.FromUnixTimeSeconds(seconds)));

    [Fact]
    public async Task Password_and_code_open_a_session_which_says_who_and_is_on_the_record()
    {
        await using var host = await StaffHost.StartAsync(demo: false);
        var secret = await host.EnrolAsync(Role.Officer);
        var browser = host.Open();

        var answer = await host.SignInAsync(browser, Role.Officer, secret);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/api/me", answer.Headers.Location!.OriginalString);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("probity=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\"roles\":[\"Officer\"]", await browser.TextAsync("/api/me"), StringComparison.Ordinal);
        Assert.Contains(await host.RecordAsync(), r => r.Event is SignedIn { Method: "password+totp" } && r.Actor.Value == StaffHost.Of(Role.Officer));
    }

    [Fact]
    public async Task Wrong_password_and_unknown_name_get_one_answer()
    {
        await using var host = await StaffHost.StartAsync();
        await host.EnrolAsync(Role.Officer);
        var wrong = await StaffHost.PasswordAsync(host.Open(), StaffHost.NameOf(Role.Officer), "not the right password");
        var unknown = await StaffHost.PasswordAsync(host.Open(), "nobody-here", "not the right password");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        Assert.Equal(Plain(await wrong.Content.ReadAsStringAsync()), Plain(await unknown.Content.ReadAsStringAsync()));

        static string Plain(string page) => System.Text.RegularExpressions.Regex.Replace(page, "value=\"[^\"]*\"", "");
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_out_for_fifteen_minutes_and_are_on_the_record()
    {
        await using var host = await StaffHost.StartAsync();
        var secret = await host.EnrolAsync(Role.Officer);
        for (var i = 0; i < 5; i++) await StaffHost.PasswordAsync(host.Open(), StaffHost.NameOf(Role.Officer), "wrong wrong wrong");

        var locked = await StaffHost.PasswordAsync(host.Open(), StaffHost.NameOf(Role.Officer), StaffHost.Password);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, locked.StatusCode);
        Assert.Contains(await host.RecordAsync(), r => r.Event is LockedOut);

        host.Clock.Now += TimeSpan.FromMinutes(16);
        Assert.Equal(HttpStatusCode.SeeOther, (await host.SignInAsync(host.Open(), Role.Officer, secret)).StatusCode);
    }

    [Fact]
    public async Task Wrong_codes_lock_out_too_and_the_right_password_does_not_set_the_count_back()
    {
        await using var host = await StaffHost.StartAsync();
        var secret = await host.EnrolAsync(Role.Officer);
        for (var i = 0; i < 5; i++)
        {
            var browser = host.Open();
            await StaffHost.PasswordAsync(browser, StaffHost.NameOf(Role.Officer), StaffHost.Password);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await StaffHost.CodeAsync(browser, "x")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity,
            (await StaffHost.PasswordAsync(host.Open(), StaffHost.NameOf(Role.Officer), StaffHost.Password)).StatusCode);
        Assert.NotNull(secret);
    }

    [Fact]
    public async Task A_code_opens_one_session_only()
    {
        await using var host = await StaffHost.StartAsync();
        var secret = await host.EnrolAsync(Role.Officer);
        Assert.Equal(HttpStatusCode.SeeOther, (await host.SignInAsync(host.Open(), Role.Officer, secret)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.SignInAsync(host.Open(), Role.Officer, secret)).StatusCode);
        host.Clock.Now += TimeSpan.FromSeconds(30);
        Assert.Equal(HttpStatusCode.SeeOther, (await host.SignInAsync(host.Open(), Role.Officer, secret)).StatusCode);
    }

    [Fact]
    public async Task Thirty_minutes_without_use_end_a_session_and_twelve_hours_end_it_anyway()
    {
        await using var host = await StaffHost.StartAsync();
        var browser = await host.SignedInAsync(Role.Officer);
        for (var i = 0; i < 35; i++)
        {
            host.Clock.Now += TimeSpan.FromMinutes(20);
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/me")).StatusCode);
        }

        host.Clock.Now += TimeSpan.FromMinutes(25);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/me")).StatusCode);

        var idle = await host.SignedInAsync(Role.Officer);
        host.Clock.Now += TimeSpan.FromMinutes(31);
        Assert.Equal(HttpStatusCode.Unauthorized, (await idle.GetAsync("/api/me")).StatusCode);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("~/x")]
    public async Task No_link_sends_people_who_sign_in_elsewhere(string back)
    {
        await using var host = await StaffHost.StartAsync();
        var secret = await host.EnrolAsync(Role.Officer);
        Assert.Equal("/", (await host.SignInAsync(host.Open(), Role.Officer, secret, back)).Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Forms_without_their_token_and_requests_of_other_sites_are_refused()
    {
        await using var host = await StaffHost.StartAsync();
        var browser = await host.SignedInAsync(Role.Administrator);
        foreach (var path in new[] { "/sign-in", "/sign-in/code", "/sign-out", "/people", $"/people/{StaffHost.Of(Role.Officer)}/invitations" })
            Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync(path, null, new() { ["name"] = "x" })).StatusCode);

        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/api/people");
        foreign.Content = new StringContent("{\"name\":\"x\"}", Encoding.UTF8, "application/json");
        foreign.Headers.Add("Origin", "https://elsewhere.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SendAsync(foreign)).StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_every_session_of_the_person()
    {
        await using var host = await StaffHost.StartAsync();
        var secret = await host.EnrolAsync(Role.Administrator, by: Role.Integrity);
        var browser = host.Open();
        await host.SignInAsync(browser, Role.Administrator, secret);
        var copy = host.Open();
        copy.Take(browser.Cookies()["probity"]!);
        Assert.Equal(HttpStatusCode.OK, (await copy.GetAsync("/api/me")).StatusCode);

        var page = await browser.TextAsync("/people");
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.PostAsync("/sign-out", page, new() { ["from"] = "" })).StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await copy.GetAsync("/api/me")).StatusCode);
    }

    [Fact]
    public async Task Demo_links_sign_in_during_a_demo_and_exist_nowhere_else()
    {
        await using var host = await StaffHost.StartAsync();
        var browser = await host.SignedInAsync(Role.Overseer);
        Assert.NotNull(browser.Cookies()["probity"]);
        Assert.Contains("Overseer", await browser.TextAsync("/api/me"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Open().GetAsync("/demo/sign-in/" + new string('A', 43))).StatusCode);

        await using var real = await StaffHost.StartAsync(demo: false);
        Assert.Equal("/sign-in", (await real.Open().GetAsync("/demo/sign-in/" + new string('A', 43))).Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task A_demo_lists_everybody_with_a_link_and_nothing_else_does()
    {
        await using var host = await StaffHost.StartAsync();
        var visitor = host.Open();
        Assert.Contains("href=\"/demo\"", await visitor.TextAsync("/"), StringComparison.Ordinal);
        var page = await visitor.TextAsync("/demo");
        Assert.All(Enum.GetValues<Role>(), role => Assert.Contains($"Quilombo {role}", page, StringComparison.Ordinal));
        var link = $"/demo/sign-in/{host.DemoToken(Role.Prosecutor)}";
        Assert.Contains(link, page, StringComparison.Ordinal);
        Assert.Contains(link, await visitor.TextAsync("/demo"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.GetAsync(link)).StatusCode);
        Assert.Contains("Prosecutor", await visitor.TextAsync("/api/me"), StringComparison.Ordinal);
        Assert.Contains("href=\"/demo\"", await visitor.TextAsync("/"), StringComparison.Ordinal);

        await using var real = await StaffHost.StartAsync(demo: false);
        var browser = real.Open();
        Assert.DoesNotContain("/demo", await browser.TextAsync("/"), StringComparison.Ordinal);
        Assert.Equal("/sign-in", (await browser.GetAsync("/demo")).Headers.Location!.AbsolutePath);
        var secret = await real.EnrolAsync(Role.Officer);
        await real.SignInAsync(browser, Role.Officer, secret);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/demo")).StatusCode);
    }

    [Fact]
    public async Task A_wrong_sign_in_says_at_its_field_what_is_missing_and_nothing_of_who_there_is()
    {
        await using var host = await StaffHost.StartAsync();
        var browser = host.Open();
        Assert.Contains("Sign in to see this page.", await browser.TextAsync("/sign-in?return=/people"), StringComparison.Ordinal);
        Assert.DoesNotContain("Sign in to see this page.", await browser.TextAsync("/sign-in"), StringComparison.Ordinal);

        // A form that was filled in past the session's end: where it opens again, and that it has to be filled in again.
        var ended = await browser.PostAsync("/cases/conflicts", null, new() { ["reasons"] = "The finding bears it out." });
        Assert.Equal("?return=%2Fcases%2Fconflicts&form=lost", ended.Headers.Location!.Query);
        var asked = await browser.TextAsync(ended.Headers.Location.PathAndQuery);
        Assert.Contains("has to be filled in again", asked, StringComparison.Ordinal);
        Assert.Contains("name=\"return\" value=\"/cases/conflicts\"", asked, StringComparison.Ordinal);
        async Task<string> Sent(string name, string password)
        {
            var answer = await StaffHost.PasswordAsync(browser, name, password);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            return await answer.Content.ReadAsStringAsync();
        }

        var page = await Sent(" ", "");
        Assert.Contains("<a href=\"#name\">Enter your name.</a>", page, StringComparison.Ordinal);
        Assert.Contains("id=\"name-error\"", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#password\">Enter your password.</a>", await Sent("somebody", ""), StringComparison.Ordinal);
        Assert.DoesNotContain("-error\"", await Sent("somebody", "not the password"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_factors_key_stays_with_the_browser_over_reloads_and_enrolling_is_told()
    {
        await using var host = await StaffHost.StartAsync();
        var path = await host.InviteAsync(Role.Administrator, Role.Officer);
        static string Key(string page) => Regex.Match(page, "<code id=\"secret\">([A-Z2-7]+)</code>").Groups[1].Value;
        var browser = host.Open();
        var page = await browser.TextAsync(path);
        Assert.Equal(32, Key(page).Length);
        Assert.Equal(Key(page), Key(await browser.TextAsync(path + "?lang=es")));
        Assert.NotEqual(Key(page), Key(await host.Open().TextAsync(path)));
        Dictionary<string, string> Fields(string again, string code) => new()
        {
            ["seal"] = Regex.Match(page, "name=\"seal\" value=\"([^\"]+)\"").Groups[1].Value.Replace("&#x2B;", "+", StringComparison.Ordinal),
            ["password"] = StaffHost.Password, ["again"] = again, ["code"] = code,
        };
        Assert.Contains("<a href=\"#again\">", await (await browser.PostAsync(path, page, Fields("other", "0"))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("<a href=\"#code\">", await (await browser.PostAsync(path, page, Fields(StaffHost.Password, "0"))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var done = await browser.PostAsync(path, page, Fields(StaffHost.Password, host.Code(Key(page))));
        Assert.Contains("That worked.", await browser.TextAsync(done.Headers.Location!.OriginalString), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_attempts_from_one_address_are_turned_away()
    {
        await using var host = await StaffHost.StartAsync(attempts: 3);
        var last = HttpStatusCode.OK;
        for (var i = 0; i < 5; i++) last = (await StaffHost.PasswordAsync(host.Open(), "nobody", "nothing at all")).StatusCode;
        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Fact]
    public async Task An_invitation_works_once_within_72_hours_and_a_newer_one_replaces_it()
    {
        await using var host = await StaffHost.StartAsync();
        var first = await host.InviteAsync(Role.Administrator, Role.Officer);
        var second = await host.InviteAsync(Role.Administrator, Role.Officer);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Open().GetAsync(first)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Open().GetAsync(second)).StatusCode);
        host.Clock.Now += TimeSpan.FromHours(72);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Open().GetAsync(second)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Open().GetAsync("/enrol/AAAA")).StatusCode);
    }

    [Fact]
    public async Task Who_runs_the_machine_cannot_take_over_an_account_and_who_may_ends_its_sessions()
    {
        await using var host = await StaffHost.StartAsync();
        var secret = await host.EnrolAsync(Role.Officer);
        var officer = host.Open();
        await host.SignInAsync(officer, Role.Officer, secret);

        var path = $"/api/people/{StaffHost.Of(Role.Officer)}/invitations";
        var body = new { signInName = StaffHost.NameOf(Role.Officer) };
        var refused = await (await host.SignedInAsync(Role.Administrator)).PostJsonAsync(path, body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("invite.enrolled", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync("/api/me")).StatusCode);

        // One of them alone is not enough, however often they ask.
        var integrity = await host.SignedInAsync(Role.Integrity);
        var asked = await integrity.PostJsonAsync(path, body);
        Assert.Equal((HttpStatusCode.Accepted, ""), (asked.StatusCode, await asked.Content.ReadAsStringAsync()));
        var again = await integrity.PostJsonAsync(path, body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Contains("invite.second-person", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync("/api/me")).StatusCode);

        var overseer = await host.SignedInAsync(Role.Overseer);
        Assert.Contains("Quilombo Integrity", await overseer.TextAsync($"/people/{StaffHost.Of(Role.Officer)}"), StringComparison.Ordinal);
        Assert.Contains($"/people/{StaffHost.Of(Role.Officer)}", await overseer.TextAsync("/"), StringComparison.Ordinal);
        var agreed = await overseer.PostJsonAsync(path, body);
        Assert.Equal(HttpStatusCode.OK, agreed.StatusCode);
        Assert.Contains("/enrol/", await agreed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await officer.GetAsync("/api/me")).StatusCode);
    }

    [Fact]
    public async Task A_password_taken_out_of_the_database_makes_nobody_new()
    {
        await using var host = await StaffHost.StartAsync();
        await host.EnrolAsync(Role.Overseer);
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Identity.UserManager<Probity.Access.Credential>>();
            var credential = (await users.FindByIdAsync(StaffHost.Of(Role.Overseer).ToString("D")))!;
            credential.PasswordHash = null;
            Assert.True((await users.UpdateAsync(credential)).Succeeded);
        }

        var path = $"/api/people/{StaffHost.Of(Role.Overseer)}/invitations";
        var refused = await (await host.SignedInAsync(Role.Administrator)).PostJsonAsync(path, new { signInName = StaffHost.NameOf(Role.Overseer) });
        Assert.Contains("invite.enrolled", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_asked_three_days_ago_waits_no_longer_and_nobody_asks_for_themselves()
    {
        await using var host = await StaffHost.StartAsync();
        await host.EnrolAsync(Role.Integrity);
        var path = $"/api/people/{StaffHost.Of(Role.Integrity)}/invitations";
        var body = new { signInName = StaffHost.NameOf(Role.Integrity) };
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await (await host.SignedInAsync(Role.Integrity)).PostJsonAsync(path, body)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await (await host.SignedInAsync(Role.Overseer)).PostJsonAsync(path, body)).StatusCode);
        host.Clock.Now += TimeSpan.FromHours(73);
        Assert.Equal(HttpStatusCode.Accepted, (await (await host.SignedInAsync(Role.Overseer)).PostJsonAsync(path, body)).StatusCode);
    }

    [Fact]
    public async Task No_secret_lies_in_a_file_or_a_log_in_clear()
    {
        await using var host = await StaffHost.StartAsync(rounds: 600_000);
        var secret = await host.EnrolAsync(Role.Officer);
        var browser = host.Open();
        await StaffHost.PasswordAsync(browser, StaffHost.NameOf(Role.Officer), "mistaken password typed");
        await host.SignInAsync(browser, Role.Officer, secret);
        var cookie = browser.Cookies()["probity"]!.Value;
        await host.SignedInAsync(Role.Administrator);
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<Credential>>();
            var hash = Convert.FromBase64String((await users.FindByNameAsync(StaffHost.NameOf(Role.Officer)))!.PasswordHash!);
            // Identity's format 3: marker, pseudo-random function, iterations.
            Assert.Equal(1, hash[0]);
            Assert.Equal(600_000, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(5)));
        }

        var raw = FromBase32(secret);
        var needles = new[] { Encoding.UTF8.GetBytes(StaffHost.Password), Encoding.UTF8.GetBytes("mistaken password"), Encoding.UTF8.GetBytes(secret), raw,
            Encoding.UTF8.GetBytes(Convert.ToBase64String(raw)), Encoding.UTF8.GetBytes(cookie) };
        // The lock is held, and the checkpoint, public anyway, may be just being replaced.
        foreach (var file in Directory.EnumerateFiles(host.DataFolder, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(f) is not ("lock" or "checkpoint" or "checkpoint.part")))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            foreach (var needle in needles)
                Assert.True(copy.GetBuffer().AsSpan(0, (int)copy.Length).IndexOf(needle) < 0, $"A secret lies in {Path.GetFileName(file)}.");
        }

        var access = await ReadSharedAsync(Path.Combine(host.DataFolder, "access.db")) + await ReadSharedAsync(Path.Combine(host.DataFolder, "access.db-wal"));
        Assert.Contains(StaffHost.NameOf(Role.Officer), access, StringComparison.OrdinalIgnoreCase);
        foreach (var line in host.Logs.Lines)
        {
            foreach (var needle in new[] { StaffHost.Password, "mistaken", secret, cookie, StaffHost.NameOf(Role.Officer), "Quilombo", "/enrol/", "/demo/" })
                Assert.DoesNotContain(needle, line, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Session_keys_lie_encrypted_and_every_secret_is_its_owners_alone()
    {
        await using var host = await StaffHost.StartAsync();
        await host.SignedInAsync(Role.Officer);
        var keys = Directory.GetFiles(Path.Combine(host.DataFolder, "keys", "sessions"));
        Assert.NotEmpty(keys);
        Assert.All(keys, k => Assert.DoesNotContain("masterKey", File.ReadAllText(k), StringComparison.Ordinal));
        Assert.Equal(32, new FileInfo(Path.Combine(host.DataFolder, "keys", "draw.key")).Length);
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        foreach (var file in new[] { "access.db", "keys/draw.key", "keys/sessions" })
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Path.Combine(host.DataFolder, file)) & others);
    }

    static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    static async Task<string> ReadSharedAsync(string file)
    {
        if (!File.Exists(file)) return "";
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
