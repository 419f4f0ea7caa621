using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Exhibits.TakingOver;
using Probity.Tests.Access;

namespace Probity.Tests.Exhibits.TakingOver;

/// <summary>A register over the API, on the real server.</summary>
public sealed class TakingOverApiTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_register_is_looked_at_presented_and_countersigned()
    {
        await using var host = await StaffHost.StartAsync();
        var (custodian, integrity) = (await host.SignedInAsync(Role.Custodian), await host.SignedInAsync(Role.Integrity));
        await DoneAsync(await host.SignedInAsync(Role.Commander), "/api/exhibits/locations", new { unit = StaffHost.Unit, name = "Vault 1", @class = "vault", dualLock = true, camera = true, alarm = true });
        var bad = Registers.Csv("A-1,,30/04/2019,heroin,Brown,1.234,kg,S-1,Vault 1", "=A-2,,03/04/2019,heroin,Brown,5,kg,S-2,Vault 1");

        // Line by line, and nothing is written.
        var size = host.Log.Size;
        var look = await DoneAsync(custodian, "/api/exhibits/registers", Body(bad, check: true));
        Assert.Equal((2, 0, 0, 2), (look.GetProperty("lines").GetInt32(), look.GetProperty("good").GetInt32(), look.GetProperty("warned").GetInt32(), look.GetProperty("wrong").GetInt32()));
        Assert.Equal(size, host.Log.Size);
        var refused = await custodian.PostJsonAsync("/api/exhibits/registers", Body(bad));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType!.MediaType));
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(PresentRegister.LinesWrong, problem.GetProperty("code").GetString());
        Assert.Equal(
            ["2 amount amount-either", "3 seizedOn date-either"],
            problem.GetProperty("lines").EnumerateArray().Select(l => $"{l.GetProperty("line")} {l.GetProperty("column").GetString()} {l.GetProperty("code").GetString()}"));

        var good = Body(bad, days: "dayFirst", decimals: "comma", sha: look.GetProperty("sha256").GetString());
        Assert.Equal(PresentRegister.Changed, await CodeAsync(custodian, Body([.. bad, (byte)'\n'], sha: look.GetProperty("sha256").GetString())));
        var register = (await DoneAsync(custodian, "/api/exhibits/registers", good)).GetProperty("register").GetGuid();
        Assert.Equal(PresentRegister.SameFile, await CodeAsync(custodian, Body(bad, days: "dayFirst", decimals: "comma")));
        foreach (var role in new[] { Role.Commander, Role.Officer, Role.Integrity, Role.Administrator }) Assert.Equal(Bars.Role, await CodeAsync(await host.SignedInAsync(role), good));
        foreach (var (role, status) in new[] { (Role.Officer, HttpStatusCode.NotFound), (Role.Administrator, HttpStatusCode.NotFound), (Role.Custodian, HttpStatusCode.UnprocessableEntity) })
            Assert.Equal(status, (await (await host.SignedInAsync(role)).PostJsonAsync($"/api/exhibits/registers/{register}/countersignature", new { agrees = true })).StatusCode);

        await DoneAsync(integrity, $"/api/exhibits/registers/{register}/countersignature", new { agrees = true });
        var taken = (await host.RecordAsync()).Select(r => r.Event).OfType<ExhibitTakenOver>().ToList();
        Assert.Equal([("A-1", "1234000"), ("=A-2", "5000")], taken.Select(t => (t.Stated.Number, t.Stated.Mass.ToString()!)));

        // The pages of the exhibit say where it comes from; the list marks it.
        await host.CaughtUpAsync("exhibits");
        var exhibit = CountersignRegister.IdOf(register, 2);
        var page = WebUtility.HtmlDecode(await custodian.TextAsync($"/exhibits/{exhibit}"));
        Assert.Contains("Before: from the register, not from the record", page, StringComparison.Ordinal);
        Assert.Contains("Seized, as the register states", page, StringComparison.Ordinal);
        Assert.Contains("nobody on this record saw it", WebUtility.HtmlDecode(await integrity.TextAsync($"/exhibits/{exhibit}/story")), StringComparison.Ordinal);
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(await custodian.TextAsync("/exhibits"), "From the register"));
    }

    [Fact]
    public async Task A_line_that_names_what_is_on_the_record_already_says_so()
    {
        await using var host = await StaffHost.StartAsync();
        var (_, whole) = await StoreScene.PlayAsync(host);
        using var custodian = await host.SignedInAsync(Role.Custodian);
        var number = (await new Probity.Shared.Record.RecordSession(host.Log).FoldAsync<Probity.Exhibits.Exhibit>(new(whole))).Number;
        static string Line(string number, string seals) => $"{number},,2018-01-02,cannabis resin,Blocks,12,kg,{seals},Vault 1";
        var lines = Registers.Csv(Line(number.ToLowerInvariant(), "s 2;X-1"), Line("B-2", "S-1"), Line("B-3", "X-3"));
        var look = await DoneAsync(custodian, "/api/exhibits/registers", Body(lines, check: true));
        Assert.Equal((1, 1, 1), (look.GetProperty("wrong").GetInt32(), look.GetProperty("warned").GetInt32(), look.GetProperty("good").GetInt32()));
        Assert.Equal(PresentRegister.LinesWrong, await CodeAsync(custodian, Body(lines)));
        var numbered = Registers.Csv(Line(number, "X-1"), Line("B-2", "S-1"));
        Assert.Equal((0, 2), ((await DoneAsync(custodian, "/api/exhibits/registers", Body(numbered, check: true))).GetProperty("wrong").GetInt32(), (await DoneAsync(custodian, "/api/exhibits/registers", Body(numbered, check: true))).GetProperty("warned").GetInt32()));
    }

    [Fact]
    public async Task What_is_no_register_is_refused_in_one_answer()
    {
        await using var host = await StaffHost.StartAsync();
        var custodian = await host.SignedInAsync(Role.Custodian);
        Assert.Equal(RegisterReading.FileMissing, await CodeAsync(custodian, Body([])));
        Assert.Equal(RegisterReading.FileTooLarge, await CodeAsync(custodian, Body(new byte[ReadRegister.MaxBytes + 1])));
        Assert.Equal(RegisterReading.FileUnreadable, await CodeAsync(custodian, Body("{}"u8.ToArray())));
        Assert.Equal(PresentRegister.Broken, await CodeAsync(custodian, Body(Registers.Csv("A-1,\"open"), check: true)));
        Assert.Equal(HttpStatusCode.BadRequest, (await custodian.PostJsonAsync("/api/exhibits/registers", new { unit = StaffHost.Unit })).StatusCode);
    }

    static object Body(byte[] file, bool check = false, string? days = null, string? decimals = null, string? sha = null) => new
    {
        key = Guid.NewGuid(), check, unit = StaffHost.Unit, name = "register.csv", content = Convert.ToBase64String(file), sha256 = sha, days, decimals, opensCase = true, passesOver = false,
    };

    static async Task<string?> CodeAsync(Access.Browser browser, object body)
    {
        var answer = await browser.PostJsonAsync("/api/exhibits/registers", body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString();
    }

    static async Task<JsonElement> DoneAsync(Access.Browser browser, string path, object body)
    {
        var answer = await browser.PostJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text.Length == 0 ? "{}" : text).RootElement;
    }
}
