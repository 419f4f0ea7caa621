using System.Net;
using System.Text.RegularExpressions;
using Probity.Access.Contract;
using Probity.Interdiction.Contract;
using Probity.Interdiction.PayingSources;
using Probity.Tests.Access;

namespace Probity.Tests.Interdiction;

/// <summary>Payments through the pages of the real server.</summary>
public sealed class PaymentPagesTests
{
    internal static async Task<string> PayAsync(Tests.Access.Browser officer, string amount = "150,50")
    {
        var answer = await SendAsync(officer, "F-0417", amount);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    internal static async Task<HttpResponseMessage> SendAsync(Tests.Access.Browser officer, string code, string amount)
    {
        var form = await officer.TextAsync("/sources/new");
        return await officer.PostAsync("/sources/new", form, new()
        {
            ["key"] = Hidden(form, "key"), ["unit"] = Hidden(form, "unit"), ["code"] = code, ["amount"] = amount, ["currency"] = "usd", ["paid"] = "2026-03-02",
            ["purpose"] = "information", ["second"] = StaffHost.Of(Role.Commander).ToString("D"),
        });
    }

    static string Hidden(string page, string name) => Regex.Match(page, $"name=\"{name}\" value=\"([^\"]+)\"").Groups[1].Value;

    static async Task<HttpStatusCode> ActAsync(Tests.Access.Browser who, string path, string what, string field, string value) =>
        (await who.PostAsync($"{path}/{what}", await who.TextAsync(path), new() { [field] = value })).StatusCode;

    [Fact]
    public async Task Two_sign_the_source_gives_a_receipt_and_nobody_else_learns_of_it()
    {
        await using var host = await StaffHost.StartAsync();
        var (officer, commander, integrity) = (await host.SignedInAsync(Role.Officer), await host.SignedInAsync(Role.Commander), await host.SignedInAsync(Role.Integrity));
        var refused = await SendAsync(officer, "Jose Garcia", "150");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("href=\"#code\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var path = await PayAsync(officer);
        Assert.DoesNotContain("/receipt", await officer.TextAsync(path), StringComparison.Ordinal);
        await host.CaughtUpAsync(PaymentsView.ViewName);
        Assert.Contains(path, await commander.TextAsync("/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await ActAsync(commander, path, "sign", "answer", "no"));
        Assert.Equal(HttpStatusCode.SeeOther, await ActAsync(commander, path, "sign", "answer", "yes"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await ActAsync(commander, path, "receipt", "code", "F-0418"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await ActAsync(officer, path, "receipt", "code", "f-0417"));
        Assert.Equal(HttpStatusCode.SeeOther, await ActAsync(commander, path, "receipt", "code", "f-0417"));
        Assert.Contains(await host.RecordAsync(), r => r.Event is ReceiptTaken);
        await host.CaughtUpAsync(PaymentsView.ViewName);
        Assert.DoesNotContain("F-0417", await integrity.TextAsync("/sources"), StringComparison.Ordinal);
        var totals = await integrity.TextAsync("/sources/totals");
        Assert.Contains("F-0417", totals, StringComparison.Ordinal);
        Assert.Contains("150.50 USD", totals, StringComparison.Ordinal);

        var nowhere = $"/sources/{Guid.NewGuid():D}";
        foreach (var role in Enum.GetValues<Role>().Except([Role.Officer, Role.Commander, Role.Integrity, Role.Overseer]))
        {
            var other = await host.SignedInAsync(role);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), ((await other.GetAsync(path)).StatusCode, (await other.GetAsync(nowhere)).StatusCode));
            foreach (var list in (string[])["/sources", "/sources/new", "/sources/totals"]) Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(list)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync("/sources/totals")).StatusCode);
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains("F-0417", StringComparison.Ordinal));
    }
}
