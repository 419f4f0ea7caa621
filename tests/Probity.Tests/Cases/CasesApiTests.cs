using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Probity.Access.Contract;
using Probity.Cases;
using Probity.Cases.Contract;
using Probity.Cli.Hosting;
using static Probity.Tests.Cases.CaseHouse;

namespace Probity.Tests.Cases;

public sealed class CasesApiTests : IAsyncLifetime
{
    CaseHouse _house = null!;
    WebApplication _web = null!;

    public async ValueTask InitializeAsync()
    {
        _house = await CaseHouse.CreateAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddApiDocument();
        CaseHouse.AddTo(builder.Services, _house.Log, _house.Time, CaseHouse.Secret);
        _web = builder.Build();

        // Sign-in is another room's; here a header says who it is.
        _web.Use((http, next) =>
        {
            if (http.Request.Headers["X-Person"].ToString() is { Length: > 0 } person)
                http.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(SignedInPerson.Claim, Staff.Id(person).ToString("D"))], "test"));
            return next(http);
        });
        _web.MapCases();
        _web.MapOpenApi();
        await _web.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        await _house.DisposeAsync();
    }

    async Task<HttpResponseMessage> SendAsync(
        string? person, HttpMethod method, string path, string? json = null, Action<HttpRequestMessage>? change = null)
    {
        using var client = _web.GetTestClient();
        using var request = new HttpRequestMessage(method, path);
        if (person is not null) request.Headers.Add("X-Person", person);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        change?.Invoke(request);
        return await client.SendAsync(request);
    }

    Task<HttpResponseMessage> PostAsync(string? person, string path, string json, Action<HttpRequestMessage>? change = null) =>
        SendAsync(person, HttpMethod.Post, path, json, change);

    static string OpeningJson(string more = "") =>
        $$"""{"unit":"{{Staff.Id("narcotics")}}","offence":"060121","summary":"A load.","parties":[{"role":"subject","name":"X"}]{{more}}}""";

    static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);

    static async Task<JsonElement> ProblemAsync(HttpStatusCode status, HttpResponseMessage answer)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.False(answer.Headers.Contains("Probity-Index"));
        var problem = await JsonAsync(answer);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.DoesNotContain('\n', problem.GetProperty("title").GetString()!);
        return problem;
    }

    [Fact]
    public async Task A_case_is_opened_and_read_back()
    {
        var opened = await PostAsync("ana", "/api/cases", OpeningJson());
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        var index = Assert.Single(opened.Headers.GetValues("Probity-Index"));
        var cookie = Assert.Single(opened.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith($"probity-index={index};", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=lax", cookie, StringComparison.Ordinal);
        await _house.ReactAsync();

        var read = await SendAsync("ines", HttpMethod.Get, opened.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        var view = await JsonAsync(read);
        var @case = await _house.CaseAsync(view.GetProperty("id").GetGuid());
        Assert.Equal($"\"{@case.Version}\"", read.Headers.ETag!.Tag);
        Assert.Equal(("NAR-2026-0001", "detect", @case.Handler), (
            view.GetProperty("number").GetString(), view.GetProperty("stage").GetString(), view.GetProperty("handler").GetGuid()));
        Assert.Equal("subject", view.GetProperty("parties")[0].GetProperty("role").GetString());
    }

    [Fact]
    public async Task Every_command_can_be_given()
    {
        var id = await _house.ProsecutedAsync();
        var @case = await _house.CaseAsync(id);
        var handler = NameOf(@case.Handler!.Value);
        var prosecutor = NameOf(@case.Prosecutor!.Value);
        async Task Ok(string person, string path, string json)
        {
            var answer = await PostAsync(person, $"/api/cases/{id}/{path}", json);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancel)}");
            Assert.Equal((await JsonAsync(answer)).GetProperty("index").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture), Assert.Single(answer.Headers.GetValues("Probity-Index")));
        }

        await Ok(handler, "steps", """{"step":"interviewHeld","note":"Two hours.","occurred":"2026-03-01T10:00:00-05:00"}""");
        await Ok(handler, "access", $$"""{"person":"{{Staff.Id("keeper")}}","reason":"Keeps the exhibits."}""");
        await Ok("ines", "assignment", """{"seat":"handler","reason":"She is on leave."}""");
        await Ok("ivo", "assignment/approval", """{"seat":"handler","approve":true}""");
        await Ok("chief", "draw", """{"seat":"handler"}""");
        await Ok(prosecutor, "decisions", """{"kind":"charge","reasons":"The evidence is enough.","legalBasis":"Law 1"}""");
        await Ok(prosecutor, "stage", """{"stage":"adjudicate"}""");
        await Ok(prosecutor, "charges", """{"law":"Law 1","article":"2","text":"Trafficking.","reasons":"The finding bears it out."}""");
        var charge = (await _house.CaseAsync(id)).Court.Charges[0].Id;
        await Ok("rita", "judgments", $$"""{"charge":"{{charge}}","verdict":"notGuilty","reasons":"The evidence is not enough.","legalBasis":"Law 1"}""");
        await Ok(prosecutor, "closing", """{"outcome":"acquitted","reasons":"It was an acquittal."}""");
        await Ok("chief", "closing/approval", """{"approve":true}""");
        Assert.Equal(Stage.Closed, (await _house.CaseAsync(id)).Stage);
        var draws = await JsonAsync(await SendAsync("oscar", HttpMethod.Get, $"/api/cases/{id}/draws"));
        Assert.Equal(3, draws.GetProperty("draws").GetArrayLength());
    }

    [Fact]
    public async Task A_refusal_says_its_code_in_the_readers_language_and_where_to_turn()
    {
        var id = await _house.OpenAsync();
        var handler = NameOf((await _house.CaseAsync(id)).Handler!.Value);
        var problem = await ProblemAsync(HttpStatusCode.UnprocessableEntity, await PostAsync(handler, $"/api/cases/{id}/draw", """{"seat":"prosecutor"}"""));
        Assert.Equal("access.role", problem.GetProperty("code").GetString());
        Assert.Equal("Commander", problem.GetProperty("reroute").GetProperty("role").GetString());
        Assert.Equal(Staff.Id("chief"), problem.GetProperty("reroute").GetProperty("people")[0].GetGuid());
        Assert.Equal("chief", problem.GetProperty("reroute").GetProperty("names")[0].GetString());
        Assert.Equal("Your post may not do this.", problem.GetProperty("title").GetString());
    }

    [Fact]
    public async Task Whoever_need_not_know_gets_byte_for_byte_the_answer_for_no_case()
    {
        var id = await _house.OpenAsync();
        foreach (var (method, path, json) in new[]
        {
            (HttpMethod.Get, "", null), (HttpMethod.Get, "/draws", null), (HttpMethod.Post, "/steps", """{"step":"interviewHeld"}"""),
        })
        {
            var hidden = await SendAsync("pedro", method, $"/api/cases/{id}{path}", json);
            var none = await SendAsync("pedro", method, $"/api/cases/{Guid.CreateVersion7()}{path}", json);
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
            Assert.Equal(await none.Content.ReadAsByteArrayAsync(Cancel), await hidden.Content.ReadAsByteArrayAsync(Cancel));
            Assert.Equal(HeadersOf(none), HeadersOf(hidden));
        }
    }

    [Fact]
    public async Task A_version_that_is_no_longer_the_newest_is_a_conflict()
    {
        var id = await _house.OpenAsync();
        var @case = await _house.CaseAsync(id);
        var handler = NameOf(@case.Handler!.Value);
        Action<HttpRequestMessage> If(string tag) => r => r.Headers.TryAddWithoutValidation("If-Match", tag);
        const string step = """{"step":"interviewHeld"}""";
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(handler, $"/api/cases/{id}/steps", step, If($"\"{@case.Version}\""))).StatusCode);
        var problem = await ProblemAsync(HttpStatusCode.Conflict, await PostAsync(handler, $"/api/cases/{id}/steps", step, If($"\"{@case.Version}\"")));
        Assert.Equal("record.stale", problem.GetProperty("code").GetString());
        await ProblemAsync(HttpStatusCode.BadRequest, await PostAsync(handler, $"/api/cases/{id}/steps", step, If("7")));
        await ProblemAsync(HttpStatusCode.BadRequest, await PostAsync(handler, $"/api/cases/{id}/steps", step, If("W/\"7\"")));
    }

    [Fact]
    public async Task Nobody_signed_in_is_told_so_whatever_they_ask()
    {
        await ProblemAsync(HttpStatusCode.Unauthorized, await SendAsync(null, HttpMethod.Get, $"/api/cases/{Guid.NewGuid()}"));
        await ProblemAsync(HttpStatusCode.Unauthorized, await PostAsync(null, "/api/cases", OpeningJson()));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site"), InlineData("Sec-Fetch-Site", "same-site"), InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "https://evil.example"), InlineData("Origin", "null"), InlineData("Origin", "http://localhost:81")]
    public async Task Another_sites_page_cannot_use_our_cookie(string header, string value)
    {
        var size = _house.Log.Size;
        await ProblemAsync(HttpStatusCode.Forbidden, await PostAsync("ana", "/api/cases", OpeningJson(), r => r.Headers.TryAddWithoutValidation(header, value)));
        Assert.Equal(size, _house.Log.Size);
    }

    [Fact]
    public async Task Our_own_pages_can() => Assert.Equal(HttpStatusCode.Created, (await PostAsync("ana", "/api/cases", OpeningJson(), r =>
    {
        r.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        r.Headers.TryAddWithoutValidation("Origin", "http://localhost");
    })).StatusCode);

    [Theory]
    [InlineData("text/plain"), InlineData("application/x-www-form-urlencoded"), InlineData("multipart/form-data")]
    public async Task A_form_of_another_site_is_no_command(string type)
    {
        var size = _house.Log.Size;
        var answer = await PostAsync("ana", "/api/cases", OpeningJson(), r => r.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(type));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal(size, _house.Log.Size);
    }

    public static TheoryData<string> Malformed =>
    [
        "", "null", "[]", "{", "{\"unit\":1}", "\u0000", OpeningJson() + "x", OpeningJson(",\"more\":1"), OpeningJson(",\"unit\":null"),
        OpeningJson(",\"summary\":\"Twice.\""), OpeningJson().Replace("\"subject\"", "0"), OpeningJson().Replace("\"subject\"", "\"judge\""),
        OpeningJson().Replace("\"A load.\"", "null"), OpeningJson().Replace("\"name\":\"X\"", "\"person\":null"),
        new string('[', 5_000),
    ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task What_is_not_the_json_of_the_call_is_one_clear_line(string json)
    {
        var size = _house.Log.Size;
        var problem = await ProblemAsync(HttpStatusCode.BadRequest, await PostAsync("ana", "/api/cases", json));
        Assert.DoesNotContain("Probity.", problem.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal(size, _house.Log.Size);
    }

    [Theory]
    [InlineData("""{"offence":"060121","summary":"A load."}""", "'unit' is missing")]
    [InlineData("""{"unit":"11111111-1111-1111-1111-111111111111","offence":"060121","summary":null}""", "'summary' is missing")]
    [InlineData("""{"unit":"11111111-1111-1111-1111-111111111111","offence":"060121","summary":"A","parties":[{"role":"subject","name":"X"},{"role":"subject"}]}""", "'parties[1].name' is missing")]
    [InlineData("""{"unit":"11111111-1111-1111-1111-111111111111","offence":"060121","summary":"A","parties":[{"role":"judge","name":"X"}]}""", "look at 'parties[0].role'")]
    [InlineData("""{"unit":"11111111-1111-1111-1111-111111111111","offence":"060121","summary":"A","colour":"red"}""", "look at 'colour'")]
    public async Task What_is_wrong_with_a_body_is_named(string json, string says) => Assert.Contains(
        says, (await ProblemAsync(HttpStatusCode.BadRequest, await PostAsync("ana", "/api/cases", json))).GetProperty("title").GetString()!,
        StringComparison.Ordinal);

    [Fact]
    public async Task A_body_without_end_is_not_read_to_its_end()
    {
        var long_ = OpeningJson(new string(' ', 140_000));
        await ProblemAsync(HttpStatusCode.RequestEntityTooLarge, await PostAsync("ana", "/api/cases", long_));
        await ProblemAsync(HttpStatusCode.RequestEntityTooLarge, await PostAsync("ana", "/api/cases", long_, r => r.Content!.Headers.ContentLength = null));
    }

    [Fact]
    public async Task Who_is_kept_out_who_comes_in_and_who_is_named_goes_over_the_api_too()
    {
        var id = await _house.OpenAsync();
        var number = (await _house.CaseAsync(id)).Number;
        var handler = NameOf((await _house.CaseAsync(id)).Handler!.Value);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("pedro", HttpMethod.Get, $"/api/cases/{id}")).StatusCode);
        var opened = await PostAsync("pedro", "/api/cases/break-glass", $$"""{"number":"{{number}}","reason":"A courier stands at the gate."}""");
        Assert.Equal(id, (await JsonAsync(opened)).GetProperty("caseId").GetGuid());
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("pedro", HttpMethod.Get, $"/api/cases/{id}")).StatusCode);
        await ProblemAsync(HttpStatusCode.UnprocessableEntity, await PostAsync("pedro", "/api/cases/break-glass", """{"number":"NAR-2026-0999","reason":"A courier stands at the gate."}"""));
        var glass = Assert.Single((await _house.CaseAsync(id)).Glasses).Id;
        async Task OkAsync(string person, string path, string json)
        {
            var answer = await PostAsync(person, $"/api/cases/{path}", json);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancel)}");
        }

        await OkAsync("ines", $"{id}/break-glass/review", $$"""{"glass":"{{glass}}","justified":true,"reasons":"The gate's log bears it out."}""");
        await OkAsync(handler, $"{id}/parties", """{"party":{"role":"witness","name":"Y"},"reason":"Named by the importer."}""");
        await OkAsync(handler, $"{id}/parties/end", """{"number":1,"reason":"It was a namesake."}""");
        await OkAsync(handler, $"{id}/access", $$"""{"person":"{{Staff.Id("keeper")}}","reason":"Keeps the exhibits."}""");
        await OkAsync(handler, $"{id}/access/end", $$"""{"person":"{{Staff.Id("keeper")}}","reason":"Has handed over."}""");
        await OkAsync("keeper", "conflicts", $$"""{"number":"{{number}}","kind":"kin"}""");
        await OkAsync("keeper", "conflicts", """{"number":"NAR-2026-0999","kind":"kin"}""");
        await OkAsync("ines", $"{id}/walls/lift", $$"""{"person":"{{Staff.Id("keeper")}}","reason":"They have not met for years."}""");
        await OkAsync("oscar", $"{id}/walls/approval", $$"""{"person":"{{Staff.Id("keeper")}}","approve":true}""");
    }

    [Fact]
    public async Task A_case_is_charged_disclosed_and_judged_over_the_api()
    {
        var id = await _house.ProsecutedAsync();
        var prosecutor = NameOf((await _house.CaseAsync(id)).Prosecutor!.Value);
        async Task<Case> OkAsync(string person, string path, string json)
        {
            var answer = await PostAsync(person, $"/api/cases/{id}/{path}", json);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancel)}");
            return await _house.CaseAsync(id);
        }

        const string Why = "\"reasons\":\"The finding bears it out.\",\"legalBasis\":\"Law 1, article 2\"";
        await OkAsync(prosecutor, "charges", """{"law":"Law 1","article":"2","text":"Trafficking.","reasons":"The finding bears it out."}""");
        var charged = await OkAsync(prosecutor, "charges", """{"law":"Law 1","article":"3","text":"Possession.","reasons":"The finding bears it out."}""");
        var (one, two) = (charged.Court.Charges[0].Id, charged.Court.Charges[1].Id);
        await OkAsync(prosecutor, "charges/amend", $$"""{"charge":"{{two}}","law":"Law 1","article":"4","text":"Possession.","reasons":"The amount is smaller."}""");
        await OkAsync(prosecutor, "charges/withdraw", $$"""{"charge":"{{two}}",{{Why}}}""");
        var element = (await OkAsync(prosecutor, "charges/elements", $$"""{"charge":"{{one}}","elements":["It is a narcotic."]}""")).Court.Charges[0].Elements[0].Id;
        await OkAsync(prosecutor, "evidence", $$$"""{"element":"{{{element}}}","evidence":{"kind":"document","id":"{{{Staff.Id("packet")}}}","label":"Record of the finding"}}""");
        await OkAsync(prosecutor, "evidence/unlink", $$"""{"element":"{{element}}","evidence":"{{Staff.Id("packet")}}","reasons":"The seal was broken."}""");
        await OkAsync(prosecutor, "disclosure/items", $$$"""{"evidence":{"kind":"document","id":"{{{Staff.Id("log")}}}","label":"A log"}}""");
        await OkAsync(prosecutor, "disclosure", $$"""{"items":["{{Staff.Id("packet")}}"],"to":"Dr. Exemplo"}""");
        await OkAsync(prosecutor, "disclosure/withhold", $$"""{"item":"{{Staff.Id("log")}}","ground":"It names a source.","legalBasis":"Law 1, article 9"}""");
        await OkAsync(prosecutor, "stage", """{"stage":"adjudicate"}""");
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("rita", HttpMethod.Get, $"/api/cases/{id}")).StatusCode);
        await OkAsync("rita", "judge", """{"name":"Judith","how":"rota"}""");
        var hearing = Assert.Single((await OkAsync("rita", "hearings", """{"at":"2026-03-02T09:00:00Z","place":"Room 2","subject":"Trial"}""")).Court.Hearings).Id;
        await OkAsync("rita", "hearings/end", $$"""{"hearing":"{{hearing}}"}""");
        await OkAsync("rita", "bail", $$"""{"outcome":"granted",{{Why}}}""");
        await OkAsync("rita", "judgments", $$"""{"charge":"{{one}}","verdict":"guilty",{{Why}}}""");
        await OkAsync("rita", "sentences", $$"""{"charge":"{{one}}","sentence":"Six years.",{{Why}}}""");
        var last = await OkAsync("rita", "appeals", """{"by":"defence","grounds":"The law was read wrongly."}""");
        var decided = await OkAsync("rita", "appeals/end", $$"""{"by":"defence","outcome":"dismissed",{{Why}}}""");
        Assert.Equal(AppealOutcome.Dismissed, Assert.Single(decided.Court.Acts, a => a.AppealBy is not null).Ended);
        Assert.Equal([DecisionKind.Charge, DecisionKind.Bail, DecisionKind.Convict, DecisionKind.Sentence], last.Decisions);
    }

    [Fact]
    public async Task The_document_of_the_api_describes_every_call()
    {
        using var client = _web.GetTestClient();
        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Cancel);
        var calls = document.GetProperty("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(o => o.Value)).ToList();
        Assert.Equal(
            [
                "amendCharge", "approveAssignment", "approveClosing", "approveLift", "breakGlass", "bringCharge", "confirmExhibitOrder", "decideAppeal",
                "decideBail", "decideInCase", "declareConflict", "disclose", "endAccess", "endHearing", "endParty", "enterStage",
                "giveAccess", "giveJudgment", "liftExhibitOrder", "liftSignedExhibitOrder", "liftWall", "linkEvidence", "listItem", "lodgeAppeal", "nameJudge",
                "nameParty", "openCase", "orderExhibits", "passSentence", "proposeAssignment", "proposeClosing", "proposeExhibitOrder",
                "recordStep", "requestAssignment", "reviewGlass", "setHearing", "setMatchAside", "signExhibitOrder", "stateElements", "takeReceipt",
                "unlinkEvidence", "viewCase", "viewDraws", "withdrawCharge", "withholdItem",
            ],
            calls.Select(c => c.GetProperty("operationId").GetString()!).Order(StringComparer.Ordinal));
        foreach (var call in calls.Where(c => c.TryGetProperty("requestBody", out _)))
        {
            Assert.True(call.GetProperty("requestBody").GetProperty("content").TryGetProperty("application/json", out _));
            Assert.True(call.GetProperty("responses").GetProperty("422").GetProperty("content").TryGetProperty("application/problem+json", out _));
        }
    }

    static string NameOf(Guid person) =>
        new[] { "ana", "ben", "carla", "dina", "eva", "paula", "pia", "pol" }.Single(n => Staff.Id(n) == person);

    static IEnumerable<string> HeadersOf(HttpResponseMessage answer) =>
        answer.Headers.Concat(answer.Content.Headers).Select(h => $"{h.Key}: {string.Join(',', h.Value)}").Order();
}
