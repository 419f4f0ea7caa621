using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Records.Contract;
using Probity.Tests.Access;

namespace Probity.Tests.Records;

/// <summary>Erasing and keeping through the API and the pages of the real server.</summary>
public sealed class RecordsPagesTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static readonly object Asked = new { legalBasis = "Law 7, article 5", reason = "Never worked here." };

    static async Task<(string Path, Guid Id)> PersonAsync(StaffHost host)
    {
        var admin = await host.SignedInAsync(Role.Administrator);
        var id = await admin.MadeAsync("/api/people", new { name = "Somebody Quilombo" });
        return ($"/api/records/people/{id}", id);
    }

    [Fact]
    public async Task It_takes_two_and_a_hold_wins()
    {
        await using var host = await StaffHost.StartAsync();
        var (path, id) = await PersonAsync(host);
        var (integrity, overseer, prosecutor) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer), await host.SignedInAsync(Role.Prosecutor));
        await IsAsync(HttpStatusCode.OK, integrity, path + "/erasure", Asked);
        await IsAsync(HttpStatusCode.UnprocessableEntity, integrity, path + "/erasure", Asked, "records.pending");
        await IsAsync(HttpStatusCode.UnprocessableEntity, integrity, path + "/erasure/approval", new { }, "recusal.earlier-role");
        await IsAsync(HttpStatusCode.UnprocessableEntity, prosecutor, path + "/erasure/approval", new { }, "access.role");
        await host.CaughtUpAsync("erasures");
        Assert.Contains("waits for a second person", await overseer.TextAsync("/?lang=en"), StringComparison.Ordinal);
        Assert.DoesNotContain("waits for a second person", await integrity.TextAsync("/?lang=en"), StringComparison.Ordinal);

        await IsAsync(HttpStatusCode.OK, prosecutor, path + "/holds", new { legalBasis = "Order 12/2026", reason = "Wanted as a witness." });
        await IsAsync(HttpStatusCode.UnprocessableEntity, overseer, path + "/erasure/approval", new { }, "records.held");
        var hold = (await host.RecordAsync()).Select(r => r.Event).OfType<HoldPlaced>().Single().Hold;
        await IsAsync(HttpStatusCode.UnprocessableEntity, overseer, $"{path}/holds/{Guid.NewGuid()}/release", new { reason = "It is over." }, "records.hold-unknown");
        await IsAsync(HttpStatusCode.OK, overseer, $"{path}/holds/{hold}/release", new { reason = "It is over." });
        await IsAsync(HttpStatusCode.OK, overseer, path + "/erasure/approval", new { reason = "As asked." });
        await host.UntilAsync(r => r.Event is ErasureFinished done && done.Subject == id);
        await IsAsync(HttpStatusCode.UnprocessableEntity, prosecutor, path + "/holds", new { legalBasis = "Order 13/2026", reason = "Too late for that." }, "records.erased");
        Assert.DoesNotContain("Somebody Quilombo", await overseer.TextAsync("/people"), StringComparison.Ordinal);
    }

    // The two come at once. Whichever is first: never is something erased that is held.
    [Fact]
    public async Task A_hold_that_is_placed_while_it_is_being_erased_either_keeps_it_or_comes_too_late()
    {
        await using var host = await StaffHost.StartAsync();
        var (integrity, overseer, prosecutor) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer), await host.SignedInAsync(Role.Prosecutor));
        for (var round = 0; round < 6; round++)
        {
            var (path, id) = await PersonAsync(host);
            await IsAsync(HttpStatusCode.OK, integrity, path + "/erasure", Asked);
            var both = await Task.WhenAll(
                overseer.PostJsonAsync(path + "/erasure/approval", new { }),
                prosecutor.PostJsonAsync(path + "/holds", new { legalBasis = "Order 12/2026", reason = "Wanted as a witness." }));
            var held = both[1].StatusCode == HttpStatusCode.OK;
            if (both[0].StatusCode == HttpStatusCode.OK)
                await host.UntilAsync(r => r.Event is ErasurePerformed done && done.Subject == id || (r.Event is ErasureStopped && r.Stream == Probity.Records.Erasure.StreamOf(id)));
            var erased = (await host.RecordAsync()).Any(r => r.Event is PersonErased gone && gone.Person == id);
            Assert.Equal(erased, !held);
            Assert.Equal(!erased, (await host.RecordAsync()).Any(r => r.Event is PersonRegistered known && known.Person == id));
        }
    }

    [Fact]
    public async Task A_refusal_says_why_and_leaves_everything()
    {
        await using var host = await StaffHost.StartAsync();
        var (path, id) = await PersonAsync(host);
        var (integrity, overseer) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        var page = $"/records/people/{id}";
        var missing = await integrity.PostAsync(page + "/erase", await integrity.TextAsync(page), new() { ["basis"] = " ", ["reason"] = "Never worked here." });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, missing.StatusCode);
        var shown = await missing.Content.ReadAsStringAsync(Ct);
        Assert.Contains("href=\"#basis\"", shown, StringComparison.Ordinal);
        Assert.Contains("Never worked here.", shown, StringComparison.Ordinal);
        await IsAsync(HttpStatusCode.OK, integrity, path + "/erasure", Asked);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await overseer.PostAsync(page + "/refuse", await overseer.TextAsync(page), new() { ["refusal"] = "" })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await overseer.PostAsync(page + "/refuse", await overseer.TextAsync(page), new() { ["refusal"] = "An appeal is open." })).StatusCode);
        Assert.Contains("An appeal is open.", await integrity.TextAsync(page), StringComparison.Ordinal);
        Assert.Contains("Somebody Quilombo", await overseer.TextAsync("/people"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Administrator"), InlineData("Officer"), InlineData("Commander"), InlineData("Monitor")]
    public async Task Others_learn_nothing_of_it(string post)
    {
        var role = Enum.Parse<Role>(post);
        await using var host = await StaffHost.StartAsync();
        var (path, id) = await PersonAsync(host);
        var other = await host.SignedInAsync(role);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync("/records")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/records/people/{id}")).StatusCode);
        foreach (var what in (string[])["/erasure", "/holds"]) await IsAsync(HttpStatusCode.NotFound, other, path + what, Asked);
        Assert.Empty((await (await other.GetAsync("/api/records")).Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("items").EnumerateArray());
        Assert.DoesNotContain("href=\"/records\"", await other.TextAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_whose_exhibits_somebody_has_says_how_many_and_is_not_asked_for()
    {
        await using var host = await StaffHost.StartAsync();
        var id = await ClosedAsync(host, 2);
        var (integrity, overseer) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        var page = await overseer.TextAsync($"/records/cases/{id}?lang=en");
        Assert.Contains("2 exhibits of this case are neither destroyed nor given back.", page, StringComparison.Ordinal);
        Assert.Contains("Once it is erased nobody could say with whom.", page, StringComparison.Ordinal);
        Assert.Contains("2 evidencias de este caso", await overseer.TextAsync($"/records/cases/{id}?lang=es"), StringComparison.Ordinal);
        Assert.Contains("2 provas deste caso", await overseer.TextAsync($"/records/cases/{id}?lang=pt"), StringComparison.Ordinal);
        Assert.DoesNotContain("/erase\"", await integrity.TextAsync($"/records/cases/{id}?lang=en"), StringComparison.Ordinal);
        await IsAsync(HttpStatusCode.UnprocessableEntity, integrity, $"/api/records/cases/{id}/erasure", Asked, "records.things-held");
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is ErasureProposed);
        Assert.Contains("1 exhibit of this case is neither destroyed nor given back.", await overseer.TextAsync($"/records/cases/{await ClosedAsync(host, 1)}?lang=en"), StringComparison.Ordinal);
    }

    /// <summary>A closed case with so many exhibits that the officer who seized them still has.</summary>
    internal static async Task<Guid> ClosedAsync(StaffHost host, int exhibits)
    {
        var (officer, integrity) = (await host.SignedInAsync(Role.Officer), await host.SignedInAsync(Role.Integrity));
        var opened = await officer.PostJsonAsync("/api/cases", new { key = Guid.NewGuid(), unit = StaffHost.Unit, offence = "060121", summary = "Packages in a suitcase." });
        var id = (await opened.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("caseId").GetGuid();
        await host.UntilAsync(r => r.Event is SeatDrawn && r.Stream.Value == id);
        Assert.Equal(HttpStatusCode.Created, (await officer.PostJsonAsync($"/api/exhibits/cases/{id}/seizures", new
        {
            of = new { country = "CPV", place = "airport", transport = "airplane" },
            items = Enumerable.Range(1, exhibits).Select(n => new { kind = "drug", substance = "cocaine-hcl", description = "White powder.", packages = new object[] { new { number = 1, seal = $"S-{n}" } } }),
        })).StatusCode);
        await IsAsync(HttpStatusCode.OK, officer, $"/api/cases/{id}/closing", new { outcome = "noFurtherAction", reasons = "Nothing more can be found out." });
        await IsAsync(HttpStatusCode.OK, integrity, $"/api/cases/{id}/closing/approval", new { approve = true });
        return id;
    }

    static async Task IsAsync(HttpStatusCode expected, Browser browser, string path, object body, string? code = null)
    {
        var answer = await browser.PostJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.StatusCode == expected && (code is null || text.Contains(code, StringComparison.Ordinal)), $"{path}: {(int)answer.StatusCode} {text}");
    }
}
