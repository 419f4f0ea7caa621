using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access;
using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Tests.Access;

public sealed class PostingTests
{
    static readonly Role[] Roles = Enum.GetValues<Role>();

    [Fact]
    public async Task Each_role_may_do_what_stands_in_the_table_and_nothing_else()
    {
        await using var host = await StaffHost.StartAsync();
        foreach (var role in Roles)
        {
            var browser = await host.SignedInAsync(role);
            var admin = role == Role.Administrator;
            var decides = role is Role.Integrity or Role.Overseer;
            await Expect(browser, "/api/units", new { parent = StaffHost.Agency, name = "New unit", code = $"N{(int)role}" }, admin, HttpStatusCode.Created);
            await Expect(browser, "/api/posts", new { unit = StaffHost.Unit, title = "New post", role = "officer" }, admin, HttpStatusCode.Created);
            await Expect(browser, "/api/people", new { name = "New person" }, admin, HttpStatusCode.Created);

            var other = await NewPersonAsync(host);
            await Expect(browser, $"/api/people/{other}/postings", Propose(Role.Officer), admin, HttpStatusCode.Created);
            await Expect(browser, $"/api/people/{other}/invitations", new { signInName = $"n{(int)role}" }, admin, HttpStatusCode.OK);

            await Expect(browser, $"/api/postings/{await ProposedAsync(host)}/reject", new { text = "not now" }, decides, HttpStatusCode.NoContent);
            var posting = await ProposedAsync(host);
            await Expect(browser, $"/api/postings/{posting}/approve", null, decides, HttpStatusCode.NoContent);
            if (!decides) await ApproveAsync(host, posting);
            // The overseer is no line manager: an officer's post is ended by the commander or the integrity officer.
            await Expect(browser, $"/api/postings/{posting}/end", new { text = "moved" }, role is Role.Integrity or Role.Commander, HttpStatusCode.Accepted);
        }

        static async Task Expect(Browser browser, string path, object? body, bool allowed, HttpStatusCode done)
        {
            var answer = await browser.PostJsonAsync(path, body);
            Assert.Equal(allowed ? done : HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            if (!allowed) Assert.Contains("\"code\":\"access.role\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nobody_approves_or_ends_their_own_posting_and_the_refusal_is_on_the_record()
    {
        await using var host = await StaffHost.StartAsync();
        var admin = await host.SignedInAsync(Role.Administrator);
        var own = await admin.MadeAsync($"/api/people/{StaffHost.Of(Role.Integrity)}/postings", Propose(Role.Vetting));
        var integrity = await host.SignedInAsync(Role.Integrity);

        await AssertRefused(integrity.PostJsonAsync($"/api/postings/{own}/approve", null), Bars.Self);
        await AssertRefused(integrity.PostJsonAsync($"/api/postings/{StaffHost.PostingOf(Role.Integrity)}/end", new { text = "x" }), Bars.Self);
        Assert.Contains(await host.RecordAsync(), r => r.Event is ActionRefused { Code: Bars.Self } && r.Actor.Value == StaffHost.Of(Role.Integrity));
        Assert.Equal(HttpStatusCode.NoContent, (await (await host.SignedInAsync(Role.Overseer)).PostJsonAsync($"/api/postings/{own}/approve", null)).StatusCode);
    }

    [Fact]
    public async Task A_posting_that_ended_opens_nothing_from_the_next_request_on()
    {
        await using var host = await StaffHost.StartAsync();
        var commander = await host.SignedInAsync(Role.Commander);
        Assert.Equal(HttpStatusCode.OK, (await commander.GetAsync("/people")).StatusCode);

        var path = $"/api/postings/{StaffHost.PostingOf(Role.Commander)}/end";
        Assert.Equal(HttpStatusCode.Accepted, (await (await host.SignedInAsync(Role.Integrity)).PostJsonAsync(path, new { text = "suspended" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await commander.GetAsync("/people")).StatusCode);
        host.Clock.Now += HeldActs.Hold;
        commander = await host.SignedInAsync(Role.Commander);
        Assert.Equal(HttpStatusCode.NoContent, (await (await host.SignedInAsync(Role.Overseer)).PostJsonAsync(path + "/answer", new { agree = true })).StatusCode);

        Assert.Equal(HttpStatusCode.Forbidden, (await commander.GetAsync("/people")).StatusCode);
        Assert.Contains("\"roles\":[]", await commander.TextAsync("/api/me"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commander_does_not_remove_those_who_watch_over_the_unit()
    {
        await using var host = await StaffHost.StartAsync();
        var commander = await host.SignedInAsync(Role.Commander);
        foreach (var watching in new[] { Role.Integrity, Role.Overseer, Role.Investigator, Role.Monitor, Role.Vetting })
            await AssertRefused(commander.PostJsonAsync($"/api/postings/{StaffHost.PostingOf(watching)}/end", new { text = "x" }), Bars.Role);
        var integrity = await host.SignedInAsync(Role.Integrity);
        await AssertRefused(integrity.PostJsonAsync($"/api/postings/{StaffHost.PostingOf(Role.Overseer)}/end", new { text = "x" }), Bars.Role);
    }

    [Fact]
    public async Task Who_runs_the_machine_holds_no_post_in_the_line_and_a_commander_sees_own_units_only()
    {
        await using var host = await StaffHost.StartAsync();
        var admin = await host.SignedInAsync(Role.Administrator);
        await AssertRefused(admin.PostJsonAsync($"/api/people/{StaffHost.Of(Role.Administrator)}/postings", Propose(Role.Officer)), "posting.clashes");

        var stranger = await admin.MadeAsync("/api/people", new { name = "Away from here" });
        var commander = await host.SignedInAsync(Role.Commander);
        Assert.Equal(HttpStatusCode.NotFound, (await commander.GetAsync($"/api/people/{stranger}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await commander.GetAsync($"/api/people/{StaffHost.Of(Role.Officer)}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await host.SignedInAsync(Role.Officer)).GetAsync("/api/people")).StatusCode);
    }

    [Fact]
    public async Task The_pages_do_what_the_API_does()
    {
        await using var host = await StaffHost.StartAsync();
        var admin = await host.SignedInAsync(Role.Administrator);
        var made = await admin.PostAsync("/people", await admin.TextAsync("/people"), new() { ["name"] = "Iara <b>Couto</b>" });
        var path = made.Headers.Location!.OriginalString;
        var page = await admin.TextAsync(path);
        Assert.Contains("Iara &lt;b&gt;Couto", page, StringComparison.Ordinal);
        var empty = await admin.PostAsync(path + "/postings", page, new() { ["post"] = $"{StaffHost.PostOf(Role.Officer)}", ["reason"] = " " });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        Assert.Contains("Say why.", await empty.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var proposed = await admin.PostAsync(path + "/postings", page, new() { ["post"] = $"{StaffHost.PostOf(Role.Officer)}", ["reason"] = "new officer" });
        Assert.Equal(HttpStatusCode.SeeOther, proposed.StatusCode);

        var integrity = await host.SignedInAsync(Role.Integrity);
        page = await integrity.TextAsync(path);
        var approve = System.Text.RegularExpressions.Regex.Match(page, "action=\"([^\"]+/approve)\"").Groups[1].Value;
        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync(approve, page, new() { ["from"] = "" })).StatusCode);
        Assert.Contains("in force", await integrity.TextAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_is_shown_whole_and_again_in_another_language_to_whoever_made_it_alone()
    {
        await using var host = await StaffHost.StartAsync();
        var admin = await host.SignedInAsync(Role.Administrator);
        var path = $"/people/{StaffHost.Of(Role.Officer)}";
        var made = await admin.PostAsync(path + "/invitations", await admin.TextAsync(path), new() { ["signInName"] = "zq-officer" });
        var address = System.Text.RegularExpressions.Regex.Match(await made.Content.ReadAsStringAsync(), "<code class=\"code\">([^<]+)</code>").Groups[1].Value;
        Assert.StartsWith(host.Address.ToString() + "enrol/", address, StringComparison.Ordinal);
        Assert.Contains(address, await admin.TextAsync(path + "/invitations?lang=pt"), StringComparison.Ordinal);
        Assert.DoesNotContain("/enrol/", await admin.TextAsync(path), StringComparison.Ordinal);
        var other = await (await host.SignedInAsync(Role.Integrity)).GetAsync(path + "/invitations");
        Assert.Equal((HttpStatusCode.SeeOther, path), (other.StatusCode, other.Headers.Location!.OriginalString));
    }

    [Fact]
    public async Task Every_page_that_takes_a_form_can_be_asked_for_too()
    {
        await using var host = await StaffHost.StartAsync();
        var pages = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => !e.RoutePattern.RawText!.TrimStart('/').StartsWith("api", StringComparison.Ordinal))
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(m => (Method: m, Path: e.RoutePattern.RawText!)))
            .ToLookup(p => p.Method, p => System.Text.RegularExpressions.Regex.Replace(p.Path.Trim('/'), @"\{[^{}]*\}", "1"));
        Assert.NotEmpty(pages["POST"]);
        var gets = pages["GET"].ToHashSet();
        gets.UnionWith(new[] { "approve", "reject", "end", "end-answer" }.Select(what => $"people/1/postings/1/{what}"));
        Assert.Empty(pages["POST"].Except(gets));
        var admin = await host.SignedInAsync(Role.Administrator);
        var person = $"/people/{StaffHost.Of(Role.Officer)}";
        foreach (var path in new[] { "/postings", "/invitations", $"/postings/{Guid.NewGuid()}/approve", $"/postings/{Guid.NewGuid()}/end" })
            Assert.Equal(person, (await admin.GetAsync(person + path)).Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_posting_that_waits_is_a_next_step_of_those_who_may_approve_it()
    {
        await using var host = await StaffHost.StartAsync();
        var admin = await host.SignedInAsync(Role.Administrator);
        var person = await NewPersonAsync(host);
        await admin.MadeAsync($"/api/people/{person}/postings", Propose(Role.Officer));
        await admin.MadeAsync($"/api/people/{StaffHost.Of(Role.Vetting)}/postings", Propose(Role.Integrity));
        await admin.MadeAsync($"/api/people/{StaffHost.Of(Role.Integrity)}/postings", Propose(Role.Vetting));
        string[] waiting = [.. new[] { person, StaffHost.Of(Role.Vetting), StaffHost.Of(Role.Integrity) }.Select(p => $"href=\"/people/{p}\"")];
        var ofIntegrity = await (await host.SignedInAsync(Role.Integrity)).TextAsync("/");
        Assert.Contains("Somebody new: approve the post", ofIntegrity, StringComparison.Ordinal);
        // A post of the integrity office takes an overseer.
        Assert.Equal([true, false, false], waiting.Select(w => ofIntegrity.Contains(w, StringComparison.Ordinal)));
        var ofOverseer = await (await host.SignedInAsync(Role.Overseer)).TextAsync("/");
        Assert.Equal([true, true, true], waiting.Select(w => ofOverseer.Contains(w, StringComparison.Ordinal)));
        Assert.DoesNotContain(waiting[0], await admin.TextAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_bars_those_who_watch_by_a_post_below_theirs()
    {
        await using var host = await StaffHost.StartAsync();
        var (admin, integrity, overseer) = (await host.SignedInAsync(Role.Administrator), await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        Task<HttpResponseMessage> Create(Role role, Guid above) => admin.PostJsonAsync("/api/posts", new { unit = StaffHost.Unit, title = $"Assistant {role}", role = role.ToString().ToLowerInvariant(), reportsTo = above });
        // Who stands below an overseer bars them: only other overseers do.
        await AssertRefused(Create(Role.Officer, StaffHost.PostOf(Role.Overseer)), "post.under-overseer");
        Assert.Equal(HttpStatusCode.Created, (await Create(Role.Overseer, StaffHost.PostOf(Role.Overseer))).StatusCode);
        // Under the others who watch an overseer says yes, at any height.
        foreach (var watching in new[] { Role.Integrity, Role.Vetting, Role.Investigator, Role.Judge, Role.Registry })
        {
            var first = await admin.MadeAsync("/api/posts", new { unit = StaffHost.Unit, title = "Assistant", role = "officer", reportsTo = StaffHost.PostOf(watching) });
            var below = await admin.MadeAsync("/api/posts", new { unit = StaffHost.Unit, title = "Assistant's assistant", role = "officer", reportsTo = first });
            foreach (var post in new[] { first, below })
            {
                var posting = await admin.MadeAsync($"/api/people/{await NewPersonAsync(host)}/postings", new { post, reason = "needed in the unit" });
                await AssertRefused(integrity.PostJsonAsync($"/api/postings/{posting}/approve", null), ApprovePostingCode);
                Assert.Equal(HttpStatusCode.NoContent, (await overseer.PostJsonAsync($"/api/postings/{posting}/approve", null)).StatusCode);
            }
        }
    }

    const string ApprovePostingCode = "posting.takes-overseer";

    [Fact]
    public async Task The_demos_printed_people_stay_whoever_joins()
    {
        await using var host = await StaffHost.StartAsync();
        var posting = await ProposedAsync(host);
        await ApproveAsync(host, posting);
        var register = await host.Services.GetRequiredService<IRegister>().ReadAsync(TestContext.Current.CancellationToken);
        host.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(
            [StaffHost.Of(Role.Officer), register.Postings[posting].Person],
            Probity.Cli.Verbs.DemoVerb.LongestIn(Role.Officer, register, host.Clock.Now));
    }

    [Fact]
    public async Task A_register_is_founded_once()
    {
        await using var host = await StaffHost.StartAsync();
        var again = await host.Services.GetRequiredService<Founding>().FileAsync(new FoundingPlan([], [], [], []));
        Assert.Equal(Founding.NotEmpty, Assert.IsType<Outcome.Refused>(again).Refusal.Code);
    }

    [Fact]
    public async Task Whatever_does_not_say_otherwise_is_for_people_who_are_signed_in()
    {
        await using var host = await StaffHost.StartAsync();
        var nobody = host.Open();
        foreach (var path in new[] { "/api/me", "/api/people" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await nobody.GetAsync("/people")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync("/log/checkpoint")).StatusCode);
        var description = await nobody.TextAsync("/openapi/v1.json");
        Assert.Contains("/api/postings/{id}/approve", description, StringComparison.Ordinal);
    }

    static object Propose(Role role) => new { post = StaffHost.PostOf(role), reason = "needed in the unit" };

    static async Task<Guid> NewPersonAsync(StaffHost host) =>
        await (await host.SignedInAsync(Role.Administrator)).MadeAsync("/api/people", new { name = "Somebody new" });

    static async Task<Guid> ProposedAsync(StaffHost host) => await (await host.SignedInAsync(Role.Administrator))
        .MadeAsync($"/api/people/{await NewPersonAsync(host)}/postings", Propose(Role.Officer));

    static async Task ApproveAsync(StaffHost host, Guid posting) => Assert.Equal(HttpStatusCode.NoContent,
        (await (await host.SignedInAsync(Role.Integrity)).PostJsonAsync($"/api/postings/{posting}/approve", null)).StatusCode);

    static async Task AssertRefused(Task<HttpResponseMessage> answer, string code)
    {
        var response = await answer;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains($"\"code\":\"{code}\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reason_that_is_missing_is_said_at_its_field()
    {
        await using var host = await StaffHost.StartAsync();
        var commander = await host.SignedInAsync(Role.Commander);
        var page = $"/people/{StaffHost.Of(Role.Officer):D}";
        var answer = await commander.PostAsync($"{page}/postings/{StaffHost.PostingOf(Role.Officer):D}/end", await commander.TextAsync(page), new() { ["reason"] = " " });
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains($"href=\"#end-{StaffHost.PostingOf(Role.Officer):D}\"", text, StringComparison.Ordinal);
        Assert.Contains($"id=\"end-{StaffHost.PostingOf(Role.Officer):D}-error\"", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("Say why.").Length - 1);
    }
}
