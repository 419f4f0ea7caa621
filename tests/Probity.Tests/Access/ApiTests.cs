using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Cli.Hosting;
using Probity.Shared.Web;

namespace Probity.Tests.Access;

/// <summary>What the API of the whole server answers to wrong calls, and what its document says of right ones.</summary>
public sealed class ApiTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_call_is_a_problem_and_never_a_fault_of_ours()
    {
        await using var host = await StaffHost.StartAsync();
        var admin = await host.SignedInAsync(Role.Administrator);
        var unknown = Guid.NewGuid();
        await ProblemAsync(HttpStatusCode.UnsupportedMediaType, admin.SendAsync(Call(HttpMethod.Post, "/api/cases", "a=b", "application/x-www-form-urlencoded")));
        await ProblemAsync(HttpStatusCode.UnsupportedMediaType, admin.SendAsync(Call(HttpMethod.Post, "/api/units", "a=b", "multipart/form-data")));
        await ProblemAsync(HttpStatusCode.UnsupportedMediaType, admin.SendAsync(Call(HttpMethod.Post, "/api/units", "{}", null)));
        await ProblemAsync(HttpStatusCode.UnsupportedMediaType, admin.SendAsync(Call(HttpMethod.Post, $"/api/postings/{unknown}/approve", "a=b", "text/plain")));
        await ProblemAsync(HttpStatusCode.MethodNotAllowed, admin.SendAsync(Call(HttpMethod.Put, "/api/cases", null, null)));
        await ProblemAsync(HttpStatusCode.NotFound, admin.GetAsync("/api/nothing"));
        await ProblemAsync(HttpStatusCode.NotFound, admin.GetAsync("/openapi/v7.json"));
        await ProblemAsync(HttpStatusCode.Unauthorized, host.Open().GetAsync("/openapi/v7.json"));
        await ProblemAsync(HttpStatusCode.Forbidden, (await host.SignedInAsync(Role.Officer)).GetAsync("/api/people"));
        await ProblemAsync(HttpStatusCode.Unauthorized, host.Open().GetAsync("/api/nothing"));
        await ProblemAsync(HttpStatusCode.BadRequest, admin.SendAsync(Call(HttpMethod.Post, "/api/units", "{", "application/json")));
        var missing = await ProblemAsync(HttpStatusCode.BadRequest, admin.PostJsonAsync("/api/units", new { name = "A unit" }));
        Assert.Contains("'code' is missing", missing.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/units"), InlineData("/api/posts"), InlineData("/api/people"), InlineData("/api/people/{id}/postings")]
    [InlineData("/api/people/{id}/invitations"), InlineData("/api/postings/{id}/approve"), InlineData("/api/postings/{id}/reject"), InlineData("/api/postings/{id}/end"), InlineData("/api/postings/{id}/end/answer")]
    public async Task Another_sites_page_changes_nothing(string path)
    {
        await using var host = await StaffHost.StartAsync();
        var admin = await host.SignedInAsync(Role.Administrator);
        path = path.Replace("{id}", StaffHost.Of(Role.Officer).ToString("D"), StringComparison.Ordinal);
        foreach (var (header, value) in new[] { ("Origin", "https://elsewhere.example"), ("Sec-Fetch-Site", "cross-site"), ("Origin", "null") })
        {
            var call = Call(HttpMethod.Post, path, path.EndsWith("approve", StringComparison.Ordinal) ? null : "{}", "application/json");
            call.Headers.Add(header, value);
            await ProblemAsync(HttpStatusCode.Forbidden, admin.SendAsync(call));
        }
    }

    [Fact]
    public async Task A_posting_is_approved_by_a_call_without_a_body_and_a_refusal_says_where_to_turn()
    {
        await using var host = await StaffHost.StartAsync();
        var admin = await host.SignedInAsync(Role.Administrator);
        var person = await admin.MadeAsync("/api/people", new { name = "Somebody new" });
        var posting = await admin.MadeAsync($"/api/people/{person}/postings", new { post = StaffHost.PostOf(Role.Officer), reason = "needed" });
        var refused = await ProblemAsync(HttpStatusCode.UnprocessableEntity, admin.SendAsync(Call(HttpMethod.Post, $"/api/postings/{posting}/approve", null, null)));
        Assert.Equal("access.role", refused.GetProperty("code").GetString());
        Assert.Equal("Your post may not do this.", refused.GetProperty("title").GetString());
        var reroute = refused.GetProperty("reroute");
        Assert.Equal("Integrity", reroute.GetProperty("role").GetString());
        Assert.Equal(StaffHost.Of(Role.Integrity), reroute.GetProperty("people")[0].GetGuid());
        Assert.Equal("Quilombo Integrity", reroute.GetProperty("names")[0].GetString());
        var integrity = await host.SignedInAsync(Role.Integrity);
        Assert.Equal(HttpStatusCode.NoContent, (await integrity.SendAsync(Call(HttpMethod.Post, $"/api/postings/{posting}/approve", null, null))).StatusCode);
    }

    [Theory]
    [InlineData("stage=bogus", "stage"), InlineData("handler=xyz", "handler"), InlineData("sort=foo", "sort"), InlineData("page=0", "page")]
    [InlineData("unit=1", "unit"), InlineData("offence=none", "offence"), InlineData("quiet=no", "quiet"), InlineData("stgae=prosecute", "stage")]
    public async Task A_filter_that_cannot_be_read_is_named(string query, string named)
    {
        await using var host = await StaffHost.StartAsync();
        var officer = await host.SignedInAsync(Role.Officer);
        var problem = await ProblemAsync(HttpStatusCode.BadRequest, officer.GetAsync("/api/cases?" + query));
        Assert.Contains(named, problem.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync("/cases?" + query)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync("/api/cases?stage=prosecute&page=1&lang=es")).StatusCode);
    }

    [Fact]
    public async Task The_document_says_what_each_call_takes_and_answers()
    {
        await using var host = await StaffHost.StartAsync();
        var document = JsonDocument.Parse(await host.Open().TextAsync("/openapi/v1.json")).RootElement;
        Assert.Equal("Probity", document.GetProperty("info").GetProperty("title").GetString());
        var scheme = document.GetProperty("components").GetProperty("securitySchemes").GetProperty("session");
        Assert.Equal(("cookie", "probity"), (scheme.GetProperty("in").GetString(), scheme.GetProperty("name").GetString()));

        Assert.Equal(["step", "note", "occurred"], MembersOf(document, "/api/cases/{id}/steps"));
        Assert.Equal(["stage"], MembersOf(document, "/api/cases/{id}/stage"));
        Assert.Equal(["seat", "approve", "reason"], MembersOf(document, "/api/cases/{id}/assignment/approval"));
        Assert.Equal(["parent", "name", "code"], MembersOf(document, "/api/units"));
        Assert.Equal(["step"], Required(document, "RecordStepBody"));
        Assert.Equal(["unit", "offence", "summary"], Required(document, "OpenCaseBody"));
        Assert.DoesNotContain("outcome", Required(document, "DocketItem"));
        Assert.DoesNotContain("handler", Required(document, "ViewCaseAnswer"));
        Assert.Contains("number", Required(document, "ViewCaseAnswer"));
        Assert.Contains("names", document.GetProperty("components").GetProperty("schemas").GetProperty("RerouteAnswer").GetProperty("properties").EnumerateObject().Select(p => p.Name));

        var docket = Operation(document, "/api/cases", "get");
        Assert.Equal(
            ["stage", "handler", "unit", "offence", "number", "words", "from", "to", "quiet", "mine", "sort", "page"],
            docket.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()!));
        Assert.Contains("prosecute", docket.GetProperty("parameters")[0].GetProperty("schema").GetProperty("enum").EnumerateArray().Select(e => e.GetString()));
        Assert.True(Operation(document, "/api/cases/{id}", "get").GetProperty("responses").GetProperty("200").GetProperty("headers").TryGetProperty("ETag", out _));
        Assert.Contains("If-Match", Operation(document, "/api/cases/{id}/steps", "post").GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        Assert.Contains("path", Operation(document, "/log/tile/{path}", "get").GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        Assert.Contains("201", Statuses(Operation(document, "/api/people", "post")));
        Assert.Superset(new HashSet<string> { "204", "401", "403", "409", "415", "422" }, Statuses(Operation(document, "/api/postings/{id}/approve", "post")).ToHashSet());
        foreach (var path in document.GetProperty("paths").EnumerateObject().Where(p => p.Name.StartsWith("/api", StringComparison.Ordinal)))
            Assert.All(path.Value.EnumerateObject(), o => Assert.True(o.Value.TryGetProperty("security", out _) && o.Value.TryGetProperty("operationId", out _), path.Name));
        Assert.False(Operation(document, "/log/checkpoint", "get").TryGetProperty("security", out _));
        Assert.Distinct(document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()).Select(o => o.Value.TryGetProperty("operationId", out var id) ? id.GetString() : null).Where(id => id is not null));
        Assert.Equal(["posts", "reason"], MembersOf(document, "/api/risk/assessments/{id}/risks/{scenario}/posts"));
        Assert.Equal(["verdict", "reason", "measures"], MembersOf(document, "/api/interests/{person}/{number}/decision"));
        Assert.Superset(new HashSet<string> { "201", "401", "403", "409", "422" }, Statuses(Operation(document, "/api/vetting/barred", "post")).ToHashSet());
        Assert.Equal(["posts"], Required(document, "RiskApiPostsBody"));
    }

    [Fact]
    public async Task No_two_types_of_the_document_share_an_id()
    {
        await using var host = await StaffHost.StartAsync();
        var types = new HashSet<Type>();
        foreach (var endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints)
        {
            foreach (var said in endpoint.Metadata)
            {
                if (said is IAcceptsMetadata { RequestType: { } takes }) Walk(takes);
                if (said is IProducesResponseTypeMetadata { Type: { } gives }) Walk(gives);
            }
        }

        var named = types.Select(t => (Type: t, Id: ApiDocument.IdOf(ApiJson.Options.GetTypeInfo(t)))).Where(t => t.Id is not null).ToList();
        Assert.Contains(named, t => t.Id == "RecordStepBody");
        Assert.Equal(named.Count, named.Select(t => t.Id).Distinct(StringComparer.Ordinal).Count());

        void Walk(Type type)
        {
            type = Nullable.GetUnderlyingType(type) ?? type;
            if (type == typeof(void) || typeof(IResult).IsAssignableFrom(type) || !types.Add(type)) return;
            var shape = ApiJson.Options.GetTypeInfo(type);
            if (shape.ElementType is { } element) Walk(element);
            if (shape.Kind == JsonTypeInfoKind.Object) foreach (var property in shape.Properties) Walk(property.PropertyType);
        }
    }

    static JsonElement Operation(JsonElement document, string path, string method) => document.GetProperty("paths").GetProperty(path).GetProperty(method);

    static IEnumerable<string> Statuses(JsonElement operation) => operation.GetProperty("responses").EnumerateObject().Select(r => r.Name);

    static IEnumerable<string> MembersOf(JsonElement document, string path)
    {
        var id = Operation(document, path, "post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json")
            .GetProperty("schema").GetProperty("$ref").GetString()!.Split('/')[^1];
        return document.GetProperty("components").GetProperty("schemas").GetProperty(id).GetProperty("properties").EnumerateObject().Select(p => p.Name);
    }

    static IEnumerable<string> Required(JsonElement document, string schema) =>
        document.GetProperty("components").GetProperty("schemas").GetProperty(schema).GetProperty("required").EnumerateArray().Select(r => r.GetString()!);

    static HttpRequestMessage Call(HttpMethod method, string path, string? body, string? type)
    {
        var call = new HttpRequestMessage(method, path);
        if (body is null) return call;
        call.Content = new StringContent(body, Encoding.UTF8);
        call.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return call;
    }

    static async Task<JsonElement> ProblemAsync(HttpStatusCode status, Task<HttpResponseMessage> answer)
    {
        var response = await answer;
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        return problem;
    }
}
