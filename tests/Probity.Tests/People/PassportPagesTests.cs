using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Ledger.Formats;
using Probity.People.Contract;
using Probity.People.Passports;
using Probity.Tests.Access;

namespace Probity.Tests.People;

/// <summary>Passports through the pages of the real server, and what anybody may fetch of them.</summary>
public sealed partial class PassportPagesTests
{
    internal const string Document = "PB-778812";

    [GeneratedRegex("passport__text\">([^<]+)<")]
    private static partial Regex TokenText();

    [GeneratedRegex("href=\"(/vetting/passports/[A-Za-z0-9_-]{22})\"")]
    private static partial Regex TokenLink();

    /// <summary>From the request of the officer to the issued passport; the address of its page.</summary>
    internal static async Task<string> IssueAsync(StaffHost host)
    {
        var (officer, vetting) = (await host.SignedInAsync(Role.Officer), await host.SignedInAsync(Role.Vetting));
        Assert.Equal(HttpStatusCode.SeeOther, (await officer.PostAsync(ShowPassports.Address, await officer.TextAsync(ShowPassports.Address), [])).StatusCode);
        var request = ShowPassportRequest.AddressOf((await host.Services.GetRequiredService<PassportDesk>().ReadAsync(default)).RequestOf(StaffHost.Of(Role.Officer))!.Id);
        Assert.Equal(HttpStatusCode.SeeOther, (await vetting.PostAsync(request, await vetting.TextAsync(request), new() { ["answer"] = "yes", ["document"] = Document })).StatusCode);
        return TokenLink().Match(await officer.TextAsync(ShowPassports.Address)).Groups[1].Value;
    }

    static async Task<PassportResult> CheckAsync(StaffHost host, string text)
    {
        using var stranger = host.Open();
        var (key, list) = (await stranger.TextAsync(PublishPassports.KeyAddress), await stranger.TextAsync(PublishPassports.ListAddress));
        return PassportResult.Of(text, [VerifierKey.Parse(key.Trim())], _ => list, host.Clock.Now);
    }

    [Fact]
    public async Task It_is_issued_shown_checked_by_a_stranger_and_ends_at_once_with_the_access()
    {
        await using var host = await StaffHost.StartAsync();
        var (officer, vetting, integrity) = (await host.SignedInAsync(Role.Officer), await host.SignedInAsync(Role.Vetting), await host.SignedInAsync(Role.Integrity));
        Assert.Contains("you have none that is valid", await officer.TextAsync(ShowPassports.Address), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await officer.PostAsync(ShowPassports.Address, await officer.TextAsync(ShowPassports.Address), [])).StatusCode);
        var clearance = await VettingPagesTests.ClearAsync(host, Role.Officer);
        await officer.PostAsync(ShowPassports.Address, await officer.TextAsync(ShowPassports.Address), []);
        var request = ShowPassportRequest.AddressOf((await host.Services.GetRequiredService<PassportDesk>().ReadAsync(default)).RequestOf(StaffHost.Of(Role.Officer))!.Id);
        Assert.Contains(request, await vetting.TextAsync("/steps"), StringComparison.Ordinal);
        Assert.DoesNotContain(request, await integrity.TextAsync("/steps"), StringComparison.Ordinal);

        // What is missing is said at its field and nothing is lost; integrity sees the request and has no form.
        var bare = await vetting.PostAsync(request, await vetting.TextAsync(request), new() { ["answer"] = "yes", ["text"] = "A note that stays." });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bare.StatusCode);
        Assert.Contains("href=\"#document\"", await bare.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("A note that stays.", await bare.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"document\"", await integrity.TextAsync(request), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await integrity.PostAsync(request, await integrity.TextAsync(ShowPassports.Address), new() { ["answer"] = "yes", ["document"] = Document })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await vetting.PostAsync(request, await vetting.TextAsync(request), new() { ["answer"] = "yes", ["document"] = Document })).StatusCode);

        var page = TokenLink().Match(await officer.TextAsync(ShowPassports.Address)).Groups[1].Value;
        var shown = await officer.TextAsync(page);
        var text = TokenText().Match(shown).Groups[1].Value;
        Assert.Contains("<svg class=\"passport__code\"", shown, StringComparison.Ordinal);
        Assert.Equal(PassportResult.Good, (await CheckAsync(host, text)).Code);
        // Nobody else reads the token, and of those without such a post nobody learns that it is there.
        Assert.DoesNotContain("passport__text", await vetting.TextAsync(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await (await host.SignedInAsync(Role.Commander)).GetAsync(page)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await host.SignedInAsync(Role.Administrator)).GetAsync(ShowPassports.Address)).StatusCode);
        Assert.DoesNotContain((await host.RecordAsync()).Where(r => r.Event is PassportIssued or PassportCodeKept), r => r.Event!.ToString()!.Contains("778812", StringComparison.Ordinal));

        // Suspended: on the list with the next request for it, and for good.
        Assert.Equal(HttpStatusCode.SeeOther, (await VettingPagesTests.ActAsync(vetting, clearance, "suspend", ("grounds", "finances"))).StatusCode);
        host.Clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(PassportResult.Revoked, (await CheckAsync(host, text)).Code);
        var overseer = await host.SignedInAsync(Role.Overseer);
        Assert.Equal(HttpStatusCode.SeeOther, (await VettingPagesTests.ActAsync(overseer, clearance, "lift")).StatusCode);
        host.Clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(PassportResult.Revoked, (await CheckAsync(host, text)).Code);
    }

    [Fact]
    public async Task A_lost_one_is_revoked_by_its_holder_and_the_public_list_tells_nothing_else()
    {
        await using var host = await StaffHost.StartAsync();
        await VettingPagesTests.ClearAsync(host, Role.Officer);
        using var stranger = host.Open();
        var before = await stranger.GetAsync(PublishPassports.ListAddress);
        var page = await IssueAsync(host);
        var officer = await host.SignedInAsync(Role.Officer);
        var text = TokenText().Match(await officer.TextAsync(page)).Groups[1].Value;

        // Nothing was revoked, so the list is the same, under the same tag.
        var tag = before.Headers.ETag!;
        using var asked = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, PublishPassports.ListAddress)) { Headers = { IfNoneMatch = { tag } } };
        using var client = new HttpClient();
        Assert.Equal(HttpStatusCode.NotModified, (await client.SendAsync(asked, TestContext.Current.CancellationToken)).StatusCode);
        var why = await officer.PostAsync(page, await officer.TextAsync(page), []);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, why.StatusCode);
        Assert.Contains("href=\"#why\"", await why.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await officer.PostAsync(page, await officer.TextAsync(page), new() { ["why"] = "lost" })).StatusCode);
        Assert.DoesNotContain("passport__text", await officer.TextAsync(page), StringComparison.Ordinal);
        Assert.Equal(PassportResult.Revoked, (await CheckAsync(host, text)).Code);

        var after = await stranger.GetAsync(PublishPassports.ListAddress);
        Assert.NotEqual(tag, after.Headers.ETag);
        var (first, second) = (await before.Content.ReadAsStringAsync(), await after.Content.ReadAsStringAsync());
        Assert.Equal(first.Length, second.Length);
        Assert.DoesNotContain(page[^22..], second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_trust_another_units_key_and_its_passports_are_checked_on_a_page_and_by_a_program()
    {
        await using var host = await StaffHost.StartAsync();
        using var abroad = new PassportKeys(new byte[32], "abroad.example");
        var (integrity, overseer, officer) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer), await host.SignedInAsync(Role.Officer));
        var now = host.Clock.Now;
        var number = PassportToken.NewNumber();
        var text = new PassportToken(abroad.Verifier.Name, number, ClearanceLevel.Special, now, now.AddDays(30), HolderMark.Of("Rui Fora", "X-12345", "0123456789ABCDEFGHJK")).Sign(abroad.Signer);
        Assert.Contains("Not known to be valid", await CheckedAsync(text), StringComparison.Ordinal);

        var unasked = await integrity.PostAsync(ShowIssuers.Address, await integrity.TextAsync(ShowIssuers.Address), new() { ["key"] = abroad.Verifier.ToString() });
        Assert.Contains("href=\"#compared\"", await unasked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var asked = await integrity.PostAsync(ShowIssuers.Address, await integrity.TextAsync(ShowIssuers.Address), new() { ["key"] = abroad.Verifier.ToString(), ["compared"] = "yes" });
        var issuer = asked.Headers.Location!.OriginalString;
        Assert.Contains("Not known to be valid", await CheckedAsync(text), StringComparison.Ordinal);
        Assert.Contains(issuer, await overseer.TextAsync("/steps"), StringComparison.Ordinal);
        Assert.Contains(PassportResult.FingerprintOf(abroad.Verifier), await overseer.TextAsync(issuer), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await integrity.PostAsync(issuer + "/agree", await integrity.TextAsync(ShowIssuers.Address), new() { ["answer"] = "yes", ["compared"] = "yes" })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await overseer.PostAsync(issuer + "/agree", await overseer.TextAsync(issuer), new() { ["answer"] = "yes", ["compared"] = "yes" })).StatusCode);

        // Trusted, and nothing is known of what was revoked: not valid yet.
        Assert.Contains("There is no list of revoked passports", await CheckedAsync(text), StringComparison.Ordinal);
        await host.Services.GetRequiredService<TakeList>().HandleAsync(StaffHost.Of(Role.Integrity), new TakeList.Command(
            Guid.Parse(issuer[^36..]), RevokedList.Make(abroad.Verifier.Name, 1, now, now.AddDays(1), [], abroad.ListSecret).Sign(abroad.Signer)), default);
        var valid = await CheckedAsync(text);
        Assert.Contains("A trusted issuer signed it", valid, StringComparison.Ordinal);
        Assert.Contains("This says nothing of who stands before you", valid, StringComparison.Ordinal);
        Assert.Contains("Name, document and code are those", await CheckedAsync(text, "RUI FORA", "x12345", "0123-4567-89AB-CDEF-GHJK"), StringComparison.Ordinal);
        var other = await CheckedAsync(text, "Rui Fora", "x12346", "0123-4567-89AB-CDEF-GHJK");
        Assert.Contains(">Not valid<", other, StringComparison.Ordinal);
        Assert.DoesNotContain("x12346", other, StringComparison.Ordinal);

        var check = Assert.Single(await host.RecordAsync(), r => r.Event is PassportChecked { Result: "list-missing" });
        Assert.Equal((StaffHost.Of(Role.Officer), new PassportChecked("list-missing", CompactJws.KeyIdOf(abroad.Verifier), number)), (check.Actor.Value, check.Event));
        host.Clock.Now += TimeSpan.FromDays(1);
        (officer, integrity) = (await host.SignedInAsync(Role.Officer), await host.SignedInAsync(Role.Integrity));
        Assert.Contains("too old", await CheckedAsync(text), StringComparison.Ordinal);
        Assert.Contains(issuer, await integrity.TextAsync("/steps"), StringComparison.Ordinal);
        foreach (var role in (Role[])[Role.Administrator, Role.Monitor, Role.Secretariat, Role.Judge, Role.Registry])
            Assert.Equal(HttpStatusCode.Forbidden, (await (await host.SignedInAsync(role)).GetAsync(ShowPassports.Address + "/check")).StatusCode);
        foreach (var role in (Role[])[Role.Officer, Role.Commander, Role.Custodian, Role.Administrator])
            Assert.Equal(HttpStatusCode.Forbidden, (await (await host.SignedInAsync(role)).GetAsync(issuer)).StatusCode);

        async Task<string> CheckedAsync(string token, string name = "", string document = "", string code = "") => await (await officer.PostAsync(
            ShowPassports.Address + "/check", await officer.TextAsync(ShowPassports.Address + "/check"), new() { ["token"] = token, ["name"] = name, ["document"] = document, ["code"] = code })).Content.ReadAsStringAsync();
    }
}
