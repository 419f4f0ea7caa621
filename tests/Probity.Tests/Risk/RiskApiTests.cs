using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Probity.Access.Contract;
using Probity.Risk.Contract;
using Probity.Risk.Controlling;
using Probity.Shared.Web;
using Probity.Tests.Access;

namespace Probity.Tests.Risk;

/// <summary>Assessments over the API of the real server: who gets what, and one from its beginning to an accepted risk.</summary>
public sealed class RiskApiTests
{
    const string Door = "airport.staff-door";
    static readonly Guid[] Assessors = [StaffHost.Other(0), StaffHost.Other(1), StaffHost.Of(Role.Vetting)];
    static readonly object High = new { likelihood = 4, impact = 4 }, Current = new { likelihood = 3, impact = 4 };

    static async Task<HttpStatusCode> StatusAsync(Tests.Access.Browser who, string path, object body) => (await who.PostJsonAsync(path, body)).StatusCode;

    static async Task DoneAsync(Tests.Access.Browser who, string path, object body)
    {
        var answer = await who.PostJsonAsync(path, body);
        if (!answer.IsSuccessStatusCode) Assert.Fail($"{path}: {await answer.Content.ReadAsStringAsync()}");
        Assert.True(answer.Headers.Contains("Probity-Index"));
    }

    static async Task<string> CodeAsync(Tests.Access.Browser who, string path, object body)
    {
        var answer = await who.PostJsonAsync(path, body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;
    }

    [Fact]
    public async Task Whoever_may_not_know_gets_nothing_and_whoever_may_not_act_is_told_so()
    {
        await using var host = await StaffHost.StartAsync(more: RiskPagesTests.More);
        var id = await RiskPagesTests.InForceAsync(host, StaffHost.Of(Role.Integrity), Assessors, StaffHost.Of(Role.Overseer), StaffHost.Other(3));
        var (path, unknown) = ($"/api/risk/assessments/{id:D}", $"/api/risk/assessments/{Guid.NewGuid():D}");
        object body = new { owner = StaffHost.Other(1) };
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Open().GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host.Open(), $"{path}/risks/{Door}/owner", body));
        // Reads it, or not; reads the one risk that they answer for a part of, or not; and names an owner, may not, or does not know of it.
        foreach (var (who, reads, one, acts) in new[]
        {
            (StaffHost.Of(Role.Integrity), 200, 200, 200), (StaffHost.Of(Role.Overseer), 200, 200, 422), (StaffHost.Of(Role.Investigator), 200, 200, 422), (StaffHost.Other(2), 200, 200, 422), (StaffHost.Of(Role.Vetting), 200, 200, 422),
            (StaffHost.Of(Role.Officer), 404, 404, 404), (StaffHost.Of(Role.Commander), 404, 404, 404), (StaffHost.Of(Role.Custodian), 404, 404, 404), (StaffHost.Of(Role.Prosecutor), 404, 404, 404), (StaffHost.Of(Role.Administrator), 404, 404, 404),
            (StaffHost.Of(Role.Monitor), 404, 404, 404), (StaffHost.Of(Role.Secretariat), 404, 404, 404), (StaffHost.Of(Role.Judge), 404, 404, 404),
        })
        {
            var browser = await host.SignedInAsync(who);
            Assert.Equal((reads, one, acts), ((int)(await browser.GetAsync(path)).StatusCode, (int)(await browser.GetAsync($"{path}/risks/{Door}")).StatusCode, (int)await StatusAsync(browser, $"{path}/risks/{Door}/owner", body)));
            Assert.Equal((404, 404), ((int)(await browser.GetAsync(unknown)).StatusCode, (int)await StatusAsync(browser, $"{unknown}/risks/{Door}/owner", body)));
        }

        // Whoever answers for a part of one risk reads that one, and of it their own part.
        await DoneAsync(await host.SignedInAsync(Role.Integrity), $"{path}/risks/{Door}/controls", new { key = Guid.NewGuid(), what = "Passes are read at the door.", owner = StaffHost.Of(Role.Custodian), nextTest = host.Clock.Now.AddDays(30) });
        await DoneAsync(await host.SignedInAsync(Role.Integrity), $"{path}/risks/{Door}/controls", new { key = Guid.NewGuid(), what = "Five a day are searched.", owner = StaffHost.Other(0), nextTest = host.Clock.Now.AddDays(30) });
        var keeper = await host.SignedInAsync(Role.Custodian);
        Assert.Equal(HttpStatusCode.NotFound, (await keeper.GetAsync(path)).StatusCode);
        Assert.Equal(StaffHost.Of(Role.Custodian), Assert.Single((await ApiAnswers.ReadAsync(keeper, $"{path}/risks/{Door}")).GetProperty("controls").EnumerateArray()).GetProperty("owner").GetGuid());
        Assert.Equal(HttpStatusCode.NotFound, (await keeper.GetAsync($"{path}/risks/airport.roster-arranged")).StatusCode);
    }

    [Fact]
    public async Task An_assessment_goes_from_its_beginning_to_a_risk_that_is_accepted()
    {
        await using var host = await StaffHost.StartAsync(more: RiskPagesTests.More);
        var (integrity, overseer, director, investigator) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer), await host.SignedInAsync(StaffHost.Other(3)), await host.SignedInAsync(Role.Investigator));
        object begin = new { key = Guid.NewGuid(), unit = StaffHost.OtherUnit, functions = new[] { "airport" } };
        var id = await integrity.MadeAsync("/api/risk/assessments", begin);
        Assert.Equal(id, await integrity.MadeAsync("/api/risk/assessments", begin));
        Assert.Equal(Bars.Role, await CodeAsync(overseer, "/api/risk/assessments", begin));
        var path = $"/api/risk/assessments/{id:D}";
        await DoneAsync(integrity, $"{path}/scenarios", new
        {
            function = "airport", discretion = 2, words = new { step = "Lost luggage", scheme = "A bag is called lost.", actor = "Whoever keeps it", cause = "Nobody counts it.", consequence = "A load leaves.", controls = "None" },
        });
        foreach (var scenario in (string[])["airport.bag-let-through", "airport.courier-chosen-over", "airport.roster-arranged"])
            await DoneAsync(integrity, $"{path}/scenarios/{scenario}/omission", new { reason = "There is no such step here." });

        // How many it takes stands in the text as on the page.
        var few = await integrity.PostJsonAsync($"{path}/assessors", new { assessors = Assessors[..2] });
        Assert.Contains("at least 3", (await few.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("title").GetString(), StringComparison.Ordinal);
        await DoneAsync(integrity, $"{path}/assessors", new { assessors = Assessors });
        var read = await ApiAnswers.ReadAsync(integrity, path);
        var scenarios = read.GetProperty("scenarios").EnumerateArray().Select(s => s.GetProperty("key").GetString()!).ToList();
        Assert.Equal(2, scenarios.Count);
        foreach (var assessor in Assessors)
        {
            var browser = await host.SignedInAsync(assessor);
            foreach (var scenario in scenarios) await DoneAsync(browser, $"{path}/scenarios/{scenario}/score", new { inherent = High, current = Current, knowledge = "medium", note = "Seen in May." });
            // One's own at once, everybody's when all are in, and then without a note.
            var seen = await ApiAnswers.ReadAsync(browser, path);
            Assert.Equal("Seen in May.", seen.GetProperty("scenarios")[0].GetProperty("own").GetProperty("note").GetString());
            Assert.Equal(assessor == Assessors[^1] ? 2 : 0, seen.GetProperty("scores").GetArrayLength());
        }

        Assert.Equal(3, (await ApiAnswers.ReadAsync(integrity, path)).GetProperty("scores")[0].GetProperty("scores").GetArrayLength());
        Assert.DoesNotContain("Seen in May.", await integrity.TextAsync(path), StringComparison.Ordinal);
        await DoneAsync(integrity, $"{path}/ratings", new { ratings = scenarios.Select(s => new { scenario = s, inherent = High, current = Current, knowledge = "medium" }) });
        await DoneAsync(overseer, $"{path}/challenge", new { agree = true });
        await DoneAsync(director, $"{path}/approval", new { agree = true });

        var door = $"{path}/risks/{Door}";
        await DoneAsync(integrity, $"{door}/owner", new { owner = StaffHost.Other(2) });
        await DoneAsync(integrity, $"{door}/posts", new { posts = new[] { StaffHost.PostOfOther(0) } });
        var key = Guid.NewGuid();
        var (nextTest, due) = (host.Clock.Now.AddDays(60), host.Clock.Now.AddDays(40));
        object what = new { key, what = "Passes are read at the door.", owner = StaffHost.Other(1), nextTest };
        var control = await director.MadeAsync($"{door}/controls", what);
        Assert.Equal(control, await director.MadeAsync($"{door}/controls", what));
        Assert.Equal("risk.recorded-otherwise", await CodeAsync(director, $"{door}/controls", new { key, what = "Something else is done.", owner = StaffHost.Other(1), nextTest }));
        Assert.Equal(AddControl.TestTooFar, await CodeAsync(investigator, $"{path}/controls/{control}/test", new { design = 3, operation = 2, found = "Forty passes were read.", nextTest = host.Clock.Now.AddMonths(14) }));
        await DoneAsync(investigator, $"{path}/controls/{control}/test", new { design = 3, operation = 2, found = "Forty passes were read.", nextTest });
        await DoneAsync(integrity, $"{door}/lowering", new { rating = new { likelihood = 2, impact = 3 }, control, reason = "Lent passes are found within the day." });
        await DoneAsync(overseer, $"{door}/lowering/answer", new { agree = true });
        var treatment = await director.MadeAsync($"{door}/treatments", new { key, what = "Alarms on both doors.", owner = StaffHost.Other(1), due });
        Assert.NotEqual(control, treatment);
        await DoneAsync(await host.SignedInAsync(StaffHost.Other(1)), $"{path}/treatments/{treatment}/report", new { evidence = "Photographs in the annex." });
        await DoneAsync(investigator, $"{path}/treatments/{treatment}/check", new { done = true });
        var risk = await ApiAnswers.ReadAsync(integrity, door);
        Assert.Equal((2, 3, 4), (risk.GetProperty("remaining").GetProperty("likelihood").GetInt32(), risk.GetProperty("current").GetProperty("likelihood").GetInt32(), risk.GetProperty("inherent").GetProperty("likelihood").GetInt32()));
        Assert.Equal(StaffHost.PostOfOther(0), Assert.Single(risk.GetProperty("posts").EnumerateArray()).GetGuid());

        // The other one is borne for a time.
        var own = $"{path}/risks/{scenarios.Single(s => s != Door)}";
        await DoneAsync(director, $"{own}/acceptance", new { reason = "The shelves come in spring.", until = host.Clock.Now.AddDays(100) });
        await DoneAsync(overseer, $"{own}/acceptance/answer", new { agree = true, reason = "Until then and no longer." });
        Assert.Equal("accepted", (await ApiAnswers.ReadAsync(overseer, own)).GetProperty("acceptance").GetProperty("stage").GetString());
        await DoneAsync(overseer, $"{own}/acceptance/revocation", new { reason = "The shelves were cancelled." });

        // A version that is not the newest any more is a conflict, and what is no version is said.
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.BadRequest), (await IfMatchAsync("\"1\""), await IfMatchAsync("1")));
        var tag = (await integrity.GetAsync(path)).Headers.ETag!.Tag;
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (await IfMatchAsync(tag), await IfMatchAsync(tag)));
        Assert.Contains((await host.RecordAsync()).Select(r => r.Event), e => e is ResidualSet { Scenario: Door });

        async Task<HttpStatusCode> IfMatchAsync(string version)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{door}/owner") { Content = JsonContent.Create(new { owner = StaffHost.Other(0) }, options: ApiJson.Options) };
            request.Headers.TryAddWithoutValidation("If-Match", version);
            return (await integrity.SendAsync(request)).StatusCode;
        }
    }
}
