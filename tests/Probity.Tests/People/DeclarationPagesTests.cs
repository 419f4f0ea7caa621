using System.Net;
using System.Text.RegularExpressions;
using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Declaring;
using Probity.Shared.Record;
using Probity.Tests.Access;

namespace Probity.Tests.People;

/// <summary>Declarations through the pages of the real server.</summary>
public sealed class DeclarationPagesTests
{
    static string Hidden(string page, string name) => Regex.Match(page, $"name=\"{name}\" value=\"([^\"]+)\"").Groups[1].Value;

    internal static async Task<HttpResponseMessage> DeclareAsync(Tests.Access.Browser who, DateTimeOffset day, params (DeclaredKind Kind, string Lines)[] lines)
    {
        var form = await who.TextAsync("/declarations/new");
        var fields = new Dictionary<string, string>
        {
            ["key"] = Hidden(form, "key"), ["kind"] = "Yearly", ["currency"] = "usd", ["asOf-day"] = $"{day.Day}", ["asOf-month"] = $"{day.Month}", ["asOf-year"] = $"{day.Year}",
        };
        foreach (var (kind, text) in lines) fields[$"lines-{kind}"] = text;
        return await who.PostAsync("/declarations/new", form, fields);
    }

    static async Task<HttpResponseMessage> UploadAsync(Tests.Access.Browser who, string page, byte[] file)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Hidden(page, "__RequestVerificationToken")), "__RequestVerificationToken" },
            { new ByteArrayContent(file), "file", "lines.csv" },
        };
        return await who.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri("/declarations/read", UriKind.Relative)) { Content = form });
    }

    [Fact]
    public async Task A_year_passes_growth_is_flagged_and_the_vetting_unit_alone_reads_why()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Vetting, StaffHost.Unit)]);
        var (officer, vetting, overseer) = (await host.SignedInAsync(Role.Officer), await host.SignedInAsync(Role.Vetting), await host.SignedInAsync(Role.Overseer));
        var person = StaffHost.Of(Role.Officer);
        await host.CaughtUpAsync(DeclarationsView.ViewName);
        Assert.Contains("Declare your assets", await officer.TextAsync("/"), StringComparison.Ordinal);

        var wrong = await DeclareAsync(officer, host.Clock.Now, (DeclaredKind.Income, "salary"), (DeclaredKind.Cash, "at home; 1,234"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var said = await wrong.Content.ReadAsStringAsync();
        Assert.Contains("href=\"#lines-Income\"", said, StringComparison.Ordinal);
        Assert.Contains("href=\"#lines-Cash\"", said, StringComparison.Ordinal);
        Assert.Contains("at home; 1,234", said, StringComparison.Ordinal);
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is DeclarationMade);

        Assert.Equal(HttpStatusCode.SeeOther, (await DeclareAsync(officer, host.Clock.Now, (DeclaredKind.Income, "salary; 24000"), (DeclaredKind.Spending, "all; 20000"), (DeclaredKind.Account, "savings; 4000"))).StatusCode);
        await host.CaughtUpAsync(DeclarationsView.ViewName);
        host.Clock.Now += TimeSpan.FromDays(360);
        (officer, vetting, overseer) = (await host.SignedInAsync(Role.Officer), await host.SignedInAsync(Role.Vetting), await host.SignedInAsync(Role.Overseer));
        Assert.Contains("Declare your assets", await officer.TextAsync("/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await DeclareAsync(officer, host.Clock.Now, (DeclaredKind.Income, "salary; 24000"), (DeclaredKind.Spending, "all; 20000"), (DeclaredKind.Account, "savings; 8000"), (DeclaredKind.Vehicle, "pickup; 31000"))).StatusCode);
        await host.CaughtUpAsync(DeclarationsView.ViewName);

        // The person sees what they declared, not how it is judged.
        var own = await officer.TextAsync("/declarations");
        Assert.Contains("39,000", own, StringComparison.Ordinal);
        Assert.DoesNotContain("Not explained", own, StringComparison.Ordinal);
        Assert.DoesNotContain("Declare your assets", await officer.TextAsync("/"), StringComparison.Ordinal);

        Assert.Contains("Growth of wealth to look at: 1", await vetting.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains("Quilombo Officer", await vetting.TextAsync("/declarations/people"), StringComparison.Ordinal);
        var page = await vetting.TextAsync($"/declarations/people/{person}");
        // 39,000 − 4,000 − 24,000 + 20,000 = 31,000, of a year's income of 24,350.
        Assert.Contains("31,000", page, StringComparison.Ordinal);
        Assert.Contains("127.3 %", page, StringComparison.Ordinal);
        Assert.Contains(await host.RecordAsync(), r => r.Event is MatterRead { What: "declarations.view" } && r.Actor.Value == StaffHost.Of(Role.Vetting));

        foreach (var role in Enum.GetValues<Role>().Except([Role.Officer, Role.Vetting]))
        {
            var other = await host.SignedInAsync(role);
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/declarations/people/{person}")).StatusCode);
            Assert.Equal(role == Role.Overseer ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await other.GetAsync("/declarations/people")).StatusCode);
            var tried = await other.PostAsync($"/declarations/people/{person}/resolve", await other.TextAsync("/steps"), new() { ["declaration"] = Hidden(page, "declaration"), ["outcome"] = "Explained", ["reasons"] = "Because I say that it is so." });
            Assert.Equal(HttpStatusCode.NotFound, tried.StatusCode);
        }

        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is GrowthResolved);
        foreach (var path in (string[])["/declarations", "/declarations/people", "/declarations/people?of=all", "/"]) Assert.DoesNotContain("Quilombo Officer", await overseer.TextAsync(path), StringComparison.Ordinal);
        var short1 = await vetting.PostAsync($"/declarations/people/{person}/resolve", page, new() { ["declaration"] = Hidden(page, "declaration"), ["outcome"] = "Explained", ["reasons"] = "ok" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, short1.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await vetting.PostAsync($"/declarations/people/{person}/resolve", page, new() { ["declaration"] = Hidden(page, "declaration"), ["outcome"] = "Referred", ["reasons"] = "No papers were shown for the pickup." })).StatusCode);
        await host.CaughtUpAsync(DeclarationsView.ViewName);
        Assert.DoesNotContain("Growth of wealth to look at", await vetting.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains("No papers were shown", await vetting.TextAsync($"/declarations/people/{person}"), StringComparison.Ordinal);
        Assert.DoesNotContain("No papers were shown", await officer.TextAsync("/declarations"), StringComparison.Ordinal);
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains("pickup", StringComparison.Ordinal));
    }

    // One person of vetting alone: whoever has only them, or nobody, to judge them is the overseer's too.
    [Fact]
    public async Task What_fewer_than_two_of_the_vetting_unit_may_judge_is_an_overseers_too()
    {
        await using var host = await StaffHost.StartAsync();
        var commander = await host.SignedInAsync(Role.Commander);
        Assert.Equal(HttpStatusCode.SeeOther, (await DeclareAsync(commander, host.Clock.Now.AddDays(-1), (DeclaredKind.Income, "salary; 100"), (DeclaredKind.Spending, "all; 100"), (DeclaredKind.Account, "savings; 10"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await DeclareAsync(commander, host.Clock.Now, (DeclaredKind.Income, "salary; 100"), (DeclaredKind.Spending, "all; 100"), (DeclaredKind.Cash, "at home; 900000"))).StatusCode);
        await host.CaughtUpAsync(DeclarationsView.ViewName);
        var (overseer, person) = (await host.SignedInAsync(Role.Overseer), StaffHost.Of(Role.Commander));
        Assert.Contains("Growth of wealth to look at: 1", await overseer.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains($"/declarations/people/{person}", await overseer.TextAsync("/declarations/people"), StringComparison.Ordinal);
        Assert.Contains("at home", await overseer.TextAsync($"/declarations/people/{person}"), StringComparison.Ordinal);
        Assert.DoesNotContain("and nobody else", await overseer.TextAsync("/declarations"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spreadsheet_fills_the_form_in_and_declares_nothing()
    {
        await using var host = await StaffHost.StartAsync();
        var officer = await host.SignedInAsync(Role.Officer);
        var form = await officer.TextAsync("/declarations/new");
        var read = await UploadAsync(officer, form, "kind,what,amount,note\nAccount,savings,4200,at the post bank\n"u8.ToArray());
        var page = await read.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Contains("savings; 4200; at the post bank", page, StringComparison.Ordinal);
        var wrong = await UploadAsync(officer, form, "kind,what,amount\nYacht,big,1\n"u8.ToArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("Line 2", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is DeclarationMade);
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync("/declarations/template.xlsx")).StatusCode);
    }
}
