using System.Net;
using Probity.Access.Contract;
using Probity.Tests.Access;

namespace Probity.Tests.People;

/// <summary>A competition from the form in which it is drawn up to the posting, through the pages of the real server.</summary>
public sealed class SelectionPagesTests
{
    static readonly Guid s_chair = StaffHost.Other(0), s_near = StaffHost.Other(1), s_far = StaffHost.Other(2);

    /// <summary>Somebody of another unit for the chair, and two who apply.</summary>
    internal static Task<StaffHost> StartAsync() => StaffHost.StartAsync(more: [(Role.Analyst, StaffHost.OtherUnit), (Role.Officer, StaffHost.Unit), (Role.Officer, StaffHost.OtherUnit)]);

    internal static IReadOnlyList<Guid> Panel => [s_chair, StaffHost.Of(Role.Investigator), StaffHost.Of(Role.Prosecutor)];

    internal static Dictionary<string, string> Form() => new()
    {
        ["title"] = "Officer of the night duty", ["en"] = "Opens containers at night.", ["pt"] = "Abre contentores de noite.", ["post1"] = StaffHost.PostOf(Role.Officer).ToString("D"), ["places"] = "1",
        ["criterion1"] = "Experience", ["weight1"] = "60", ["criterion2"] = "Judgement", ["weight2"] = "40", ["tie"] = "2", ["opens"] = "2026-03-09", ["closes"] = "2026-03-22",
        ["member1"] = Panel[0].ToString("D"), ["member2"] = Panel[1].ToString("D"), ["member3"] = Panel[2].ToString("D"),
    };

    static async Task<HttpResponseMessage> SendAsync(Browser browser, string path, string from, Dictionary<string, string> fields) => await browser.PostAsync(path, await browser.TextAsync(from), fields);

    [Fact]
    public async Task From_the_plan_to_the_posting_and_nobody_reads_a_score_before_all_are_opened()
    {
        await using var host = await StartAsync();
        var (vetting, commander) = (await host.SignedInAsync(Role.Vetting), await host.SignedInAsync(Role.Commander));
        Assert.Equal(HttpStatusCode.Forbidden, (await commander.GetAsync("/selection/new")).StatusCode);
        var wish = new Dictionary<string, string> { ["post"] = StaffHost.PostOf(Role.Officer).ToString("D"), ["reason"] = "The post has been open for a year." };
        // Without a post nobody is told that they may not ask for it; what is missing is said at once.
        var empty = await SendAsync(commander, "/selection/ask", "/selection", new() { ["post"] = "", ["reason"] = " " });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        var missing = await empty.Content.ReadAsStringAsync();
        Assert.Contains("href=\"#post\">Choose the post that is to be filled.", missing, StringComparison.Ordinal);
        Assert.Contains("href=\"#reason\"", missing, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(commander, "/selection/ask", "/selection", wish)).StatusCode);
        Assert.Contains("/selection/new?request=", await vetting.TextAsync("/steps"), StringComparison.Ordinal);

        var bare = await SendAsync(vetting, "/selection/new", "/selection/new", new(Form()) { ["weight2"] = "39" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bare.StatusCode);
        var said = await bare.Content.ReadAsStringAsync();
        Assert.Contains("href=\"#weight1\"", said, StringComparison.Ordinal);
        Assert.Contains("Opens containers at night.", said, StringComparison.Ordinal);
        var page = (await SendAsync(vetting, "/selection/new", "/selection/new", Form())).Headers.Location!.OriginalString;

        // Until it is frozen nobody else knows of it; whoever drew it up does not freeze it.
        Assert.Equal(HttpStatusCode.NotFound, (await commander.GetAsync(page)).StatusCode);
        Assert.DoesNotContain("/freeze\"", await vetting.TextAsync(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(vetting, page + "/freeze", page, new() { ["drawn"] = "1" })).StatusCode);
        var overseer = await host.SignedInAsync(Role.Overseer);
        Assert.Contains(page, await overseer.TextAsync("/steps"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(overseer, page + "/freeze", page, new() { ["drawn"] = "1" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await vetting.GetAsync(page + "/draw")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await commander.GetAsync(page)).StatusCode);

        host.Clock.Now = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);
        foreach (var person in new[] { s_near, s_far })
        {
            var applicant = await host.SignedInAsync(person);
            var bad = await SendAsync(applicant, page + "/apply", page + "/apply", new() { ["answer0"] = "Nine years of night duty.", ["answer1"] = "" });
            Assert.Contains("href=\"#answer1\"", await bad.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            var good = await SendAsync(applicant, page + "/apply", page + "/apply", new() { ["answer0"] = "Nine years of night duty.", ["answer1"] = "Would call the prosecutor." });
            Assert.Equal(HttpStatusCode.SeeOther, good.StatusCode);
        }

        var integrity = await host.SignedInAsync(Role.Integrity);
        var outsider = new Dictionary<string, string> { ["outsider"] = "yes", ["name"] = "Benigna Muestra Exterior", ["answer0"] = "Four years at sea.", ["answer1"] = "Would ask for help." };
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(integrity, page + "/apply", page + "/apply?outsider=yes", outsider)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await host.SignedInAsync(s_chair)).GetAsync(page + "/apply")).StatusCode);

        host.Clock.Now = new(2026, 3, 23, 9, 0, 0, TimeSpan.Zero);
        var late = await host.SignedInAsync(Role.Custodian);
        Assert.Contains("last day for applications is over", await (await SendAsync(late, page + "/apply", "/selection", new() { ["answer0"] = "Nine years of night duty.", ["answer1"] = "Would call." })).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // The last of the nine opens them. Before that, what each page and the API tell anybody holds no mark of another's.
        var sealedUntil = 0;
        foreach (var (seat, member) in Panel.Index())
        {
            var scorer = await host.SignedInAsync(member);
            Assert.Contains($"{page}/applications/1", await scorer.TextAsync("/steps"), StringComparison.Ordinal);
            for (var number = 1; number <= 3; number++)
            {
                var form = await scorer.TextAsync($"{page}/applications/{number}");
                Assert.DoesNotContain("Palmares", form.Replace("Palmares Analyst 0", "", StringComparison.Ordinal), StringComparison.Ordinal);
                Assert.DoesNotContain("Benigna", form, StringComparison.Ordinal);
                if (seat == 2 && number == 3) sealedUntil = await SweepAsync(host, page);
                var (one, why) = (number switch { 1 => 4, 2 => 5, _ => 3 }, $"Mark of seat {seat} for {number}.");
                Assert.Equal(HttpStatusCode.SeeOther, (await scorer.PostAsync($"{page}/applications/{number}", form, new() { ["points0"] = $"{one}", ["reason0"] = why, ["points1"] = "3", ["reason1"] = why })).StatusCode);
            }
        }

        Assert.True(sealedUntil > 60, $"{sealedUntil} answers were looked through.");
        var chair = await host.SignedInAsync(s_chair);
        Assert.Contains("\"seed\":\"", await chair.TextAsync("/api" + page), StringComparison.Ordinal);
        foreach (var other in new[] { s_near, StaffHost.Of(Role.Officer), StaffHost.Of(Role.Commander) }) Assert.DoesNotContain("\"seed\"", await (await host.SignedInAsync(other)).TextAsync("/api" + page), StringComparison.Ordinal);
        var opened = await chair.TextAsync(page);
        Assert.Contains("Mark of seat 1 for 2.", opened, StringComparison.Ordinal);
        Assert.Contains("Benigna Muestra Exterior", opened, StringComparison.Ordinal);
        Assert.Contains("<svg", opened, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(chair, page + "/propose", page, new() { ["order"] = "", ["reason"] = "" })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(chair, page + "/second", page, new() { ["answer"] = "yes", ["proposal"] = "1" })).StatusCode);
        var second = await host.SignedInAsync(Role.Investigator);
        Assert.Contains("name=\"proposal\" value=\"1\"", await second.TextAsync(page), StringComparison.Ordinal);
        Assert.Contains("Another ranking has been asked for", await (await SendAsync(second, page + "/second", page, new() { ["answer"] = "yes", ["proposal"] = "2" })).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(second, page + "/second", page, new() { ["answer"] = "yes", ["proposal"] = "1" })).StatusCode);

        // Each applicant reads their own, and nothing of another.
        var own = await (await host.SignedInAsync(s_near)).TextAsync(page);
        Assert.Contains("Place 2 of 3", own, StringComparison.Ordinal);
        foreach (var hidden in new[] { "Palmares Officer 2", "Benigna", "Mark of seat", "Quilombo Prosecutor" }) Assert.DoesNotContain(hidden, own, StringComparison.Ordinal);
        Assert.DoesNotContain("Palmares Officer", await commander.TextAsync(page), StringComparison.Ordinal);

        await PostAsync(host, s_near, s_far);
        await AppealAsync(host, page);
    }

    // Who may what over the API, as the table of who may has it.
    [Fact]
    public async Task Each_role_asks_draws_up_and_freezes_over_the_api_as_the_table_says()
    {
        await using var host = await StartAsync();
        var (asked, drawn, frozen) = (new List<Role>(), new List<Role>(), new List<Role>());
        var plan = new
        {
            title = "Officer", task = new { en = "Opens containers." }, posts = new[] { StaffHost.PostOf(Role.Officer) }, criteria = new[] { new { name = "Experience", weight = 100 } }, tieCriterion = 0, places = 1,
            opens = "2026-03-09", closes = "2026-03-22", panel = Panel,
        };
        foreach (var role in Enum.GetValues<Role>())
        {
            var browser = await host.SignedInAsync(role);
            if (await CodeAsync(browser, "/api/selection/requests", new { post = StaffHost.PostOf(Role.Officer), reason = "The post has been open for a year." }) != Bars.Role) asked.Add(role);
            var (own, unknown) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            var code = await CodeAsync(browser, "/api/selection", new { competition = own, plan });
            if (role == Role.Vetting) Assert.Equal("people.selection-days", await CodeAsync(browser, "/api/selection", new { competition = unknown, plan = new { plan.title, plan.task, plan.posts, plan.criteria, plan.tieCriterion, plan.places, opens = "9999-12-31", closes = "9999-12-31", plan.panel } }));
            if (code != Bars.Role) drawn.Add(role);
            Assert.Equal("people.selection-nothing", await CodeAsync(browser, $"/api/selection/{unknown:D}/freeze", new { drawn = 1 }));
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/api/selection/{unknown:D}")).StatusCode);
        }

        var list = await (await host.SignedInAsync(Role.Vetting)).TextAsync("/selection");
        var id = System.Text.RegularExpressions.Regex.Match(list, "/selection/([0-9a-f-]{36})").Groups[1].Value;
        foreach (var role in Enum.GetValues<Role>().OrderBy(r => r is Role.Integrity or Role.Overseer))
        {
            if (await CodeAsync(await host.SignedInAsync(role), $"/api/selection/{id}/freeze", new { drawn = 1 }) is null or "people.selection-frozen") frozen.Add(role);
        }

        Assert.Equal([Role.Commander], asked);
        Assert.Equal([Role.Vetting, Role.Integrity], drawn);
        Assert.Equal([Role.Integrity, Role.Overseer], frozen);

        // The code of the refusal, or null where it was done.
        static async Task<string?> CodeAsync(Browser browser, string path, object? body)
        {
            var answer = await browser.PostJsonAsync(path, body);
            if (answer.StatusCode == HttpStatusCode.OK) return null;
            using var problem = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            return problem.RootElement.TryGetProperty("code", out var code) ? code.GetString() : answer.StatusCode.ToString();
        }
    }

    // Everything that a member, an applicant, a commander or whoever watches can open.
    static async Task<int> SweepAsync(StaffHost host, string page)
    {
        var looked = 0;
        foreach (var person in Enum.GetValues<Role>().Select(StaffHost.Of).Concat([s_chair, s_near, s_far]))
        {
            var browser = await host.SignedInAsync(person);
            foreach (var path in new[] { page, "/selection", "/selection/figures", "/steps", "/api" + page, page + "/applications/1", page + "/applications/3" })
            {
                var text = await browser.TextAsync(path);
                looked++;
                foreach (var (seat, member) in Panel.Index()) if (member != person) Assert.DoesNotContain($"Mark of seat {seat} ", text, StringComparison.Ordinal);
                Assert.DoesNotContain("\"points\":[[", text, StringComparison.Ordinal);
                Assert.DoesNotContain("<circle", text, StringComparison.Ordinal);
                if (path.Contains(page, StringComparison.Ordinal)) Assert.DoesNotContain("Benigna", text, StringComparison.Ordinal);
            }
        }

        return looked;
    }

    // Until the time for appeals is over an overseer is asked, also for whoever was chosen.
    static async Task PostAsync(StaffHost host, Guid notChosen, Guid chosen)
    {
        var (admin, integrity, overseer) = (await host.SignedInAsync(Role.Administrator), await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        foreach (var person in new[] { notChosen, chosen })
        {
            var posting = await admin.MadeAsync($"/api/people/{person:D}/postings", new { post = StaffHost.PostOf(Role.Officer), reason = "After the competition." });
            var answer = await integrity.PostJsonAsync($"/api/postings/{posting:D}/approve", null);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains(person == chosen ? "posting.appeals-run" : "posting.not-chosen", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal(person == chosen, (await answer.Content.ReadAsStringAsync()).Contains("\"until\":\"2026-04-06T", StringComparison.Ordinal));
            Assert.DoesNotContain($"/people/{person:D}", await integrity.TextAsync("/steps"), StringComparison.Ordinal);
            Assert.Contains($"/people/{person:D}", await overseer.TextAsync("/steps"), StringComparison.Ordinal);
            var shown = await integrity.TextAsync($"/people/{person:D}");
            Assert.Contains(person == chosen ? "Appeals can come until 6 April 2026" : "has not chosen this person", shown, StringComparison.Ordinal);
            Assert.DoesNotContain($"/postings/{posting:D}/approve", shown, StringComparison.Ordinal);
            if (person == chosen) Assert.Equal(HttpStatusCode.NoContent, (await overseer.PostJsonAsync($"/api/postings/{posting:D}/approve", null)).StatusCode);
        }
    }

    static async Task AppealAsync(StaffHost host, string page)
    {
        var applicant = await host.SignedInAsync(s_near);
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(applicant, page + "/appeal", page, new() { ["reason"] = "My years at sea were not counted." })).StatusCode);
        // While it is open nobody is posted, not even by an overseer.
        var overseer = await host.SignedInAsync(Role.Overseer);
        Assert.Contains(page, await overseer.TextAsync("/steps"), StringComparison.Ordinal);
        var waiting = ((await ((IRegister)host.Services.GetService(typeof(IRegister))!).ReadAsync(TestContext.Current.CancellationToken)).PostingsOf(s_near)).Single(p => p.From is null);
        Assert.Contains("posting.competition-appealed", await (await overseer.PostJsonAsync($"/api/postings/{waiting.Id:D}/approve", null)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var text = await overseer.TextAsync(page);
        var appeal = System.Text.RegularExpressions.Regex.Match(text, "name=\"appeal\" value=\"([0-9a-f-]{36})\"").Groups[1].Value;
        var members = new Dictionary<string, string> { ["member1"] = $"{Panel[0]:D}", ["member2"] = $"{StaffHost.Of(Role.Judge):D}", ["member3"] = $"{StaffHost.Of(Role.Registry):D}" };
        var same = await overseer.PostAsync(page + "/name", text, new(members) { ["appeal"] = appeal });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, same.StatusCode);
    }
}
