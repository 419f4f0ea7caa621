using System.Net;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Tests.Access;
using static Probity.Tests.Exhibits.KilnScene;

namespace Probity.Tests.Exhibits;

/// <summary>What the pages ask and say about grams before anybody signs for them.</summary>
public sealed class HonestGramsPagesTests
{
    static async Task<(HttpStatusCode Status, string Text)> SendAsync(StaffHost host, Guid person, string form, params (string, string)[] fields)
    {
        using var browser = await host.SignedInAsync(person);
        var (status, text, _) = await StoreScene.SendAsync(browser, form, await browser.TextAsync(form + "?lang=en"), null, fields);
        return (status, text);
    }

    static async Task<string> ShowAsync(StaffHost host, Guid person, string page)
    {
        using var browser = await host.SignedInAsync(person);
        return WebUtility.HtmlDecode(await browser.TextAsync(page + "?lang=en"));
    }

    [Fact]
    public async Task A_large_sample_and_what_is_used_up_of_it_are_said_in_words_before_they_are_signed()
    {
        await using var host = await StaffHost.StartAsync(more: Others);
        var (exhibit, balance) = await StoredAsync(host);
        Assert.Contains("Weigh it at its intake", await ShowAsync(host, Custodian, $"/exhibits/{exhibit}"), StringComparison.Ordinal);
        (string, string)[] draw =
        [
            ("package", "1"), ("mass", "40"), ("balance", balance.ToString("D")), ("sample-seal", "M-2"), ("new-seal", "S-3"), ("plan", "ST/NAR/38"), ("units", "1"), ("tested", "1"),
            ("witness", Commander.ToString("D")),
        ];
        var (status, text) = await SendAsync(host, Custodian, $"/exhibits/{exhibit}/sample", draw);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("href=\"#large\"", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(host, Custodian, $"/exhibits/{exhibit}/sample", [.. draw, ("large", "The court asks for forty.")])).Status);
        var known = await ExhibitAsync(host, exhibit);
        var signs = await ShowAsync(host, Commander, $"/exhibits/{exhibit}/sign/{known.Samples[0].Act:D}");
        Assert.Contains("The court asks for forty.", signs, StringComparison.Ordinal);
        Assert.Contains("You sign that 40 g left the package, of 1,000 g that were in it.", signs.Replace('\u00A0', ' '), StringComparison.Ordinal);
        // What it weighed before is not what it weighs, and the form asks for what is in it.
        Assert.Contains("opened, or something taken from it, since", await ShowAsync(host, Custodian, $"/exhibits/{exhibit}"), StringComparison.Ordinal);

        var sample = known.Samples[0].Id;
        await PassAsync(host, sample, Custodian, Analyst, "laboratory", "M-2", null);
        (string, string)[] report = [("substance", "cocaine-hcl"), ("methods", "GC-MS"), ("consumed", "39"), ("day-day", "2"), ("day-month", "3"), ("day-year", "2026")];
        (status, text) = await SendAsync(host, Analyst, $"/exhibits/{sample}/analysis", report);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("href=\"#used-reason\"", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(host, Analyst, $"/exhibits/{sample}/analysis", [.. report, ("used-reason", "A glass broke.")])).Status);
        var review = $"/exhibits/{sample}/review/{(await ExhibitAsync(host, sample)).Analyses[0].Id:D}";
        Assert.Contains("I have seen that 39 g were used up: A glass broke.", (await ShowAsync(host, Reviewer, review)).Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(host, Reviewer, review, ("answer", "yes"))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(host, Reviewer, review, ("answer", "yes"), ("use", "yes"))).Status);
        await host.CaughtUpAsync("exhibits");
        Assert.Contains("More was used up than an analysis needs", await ShowAsync(host, StaffHost.Of(Role.Integrity), "/steps"), StringComparison.Ordinal);
        Assert.Contains("Weigh what is left", await ShowAsync(host, Analyst, $"/exhibits/{sample}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_net_mass_of_the_store_alone_is_marked_and_the_kiln_waits_for_somebody_from_outside()
    {
        await using var host = await StaffHost.StartAsync(more: Others);
        var (exhibit, balance) = await StoredAsync(host);
        var other = await SeizedAsync(host, "drug", "cocaine-hcl");
        await WeighAsync(host, other, StaffHost.Of(Role.Officer), balance, "1060", kind: "grossSealed");
        await PassAsync(host, other, StaffHost.Of(Role.Officer), Custodian, "store", "S-9", (await ExhibitAsync(host, exhibit)).Location);
        await PostAsync(host, Custodian, $"/api/exhibits/{other}/destruction", new
        {
            destruction = Guid.NewGuid(), order = await OrderAsync(host, other), place = "Kiln", method = "1,000 °C", witnesses = (Guid[])[StaffHost.Other(1), StaffHost.Other(2)],
        });
        await RetestAsync(host, other, balance);
        await WeighAsync(host, other, Custodian, balance, "850", "audit");
        Assert.Contains("Not yet trusted", await ShowAsync(host, Custodian, $"/exhibits/{other}"), StringComparison.Ordinal);
        Assert.DoesNotContain("Not yet trusted", await ShowAsync(host, Custodian, $"/exhibits/{exhibit}"), StringComparison.Ordinal);
        Assert.Contains("Ask the integrity officer to weigh it net", await ShowAsync(host, Custodian, $"/exhibits/{other}/destruction"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_no_grams_is_not_to_be_weighed_and_a_balance_that_ran_out_is_a_step_with_its_day()
    {
        await using var host = await StaffHost.StartAsync(more: Others);
        await StoredAsync(host);
        var officer = StaffHost.Of(Role.Officer);
        var (phone, drug) = (await SeizedAsync(host, "device", null), await SeizedAsync(host, "drug", "cocaine-hcl"));
        var page = await ShowAsync(host, officer, $"/exhibits/{phone}");
        Assert.Contains("Grams are not the measure of this.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("The first gross weight", page, StringComparison.Ordinal);
        Assert.Contains("The first gross weight", await ShowAsync(host, officer, $"/exhibits/{drug}"), StringComparison.Ordinal);
        Assert.DoesNotContain("Have the balance", await ShowAsync(host, Commander, "/steps"), StringComparison.Ordinal);
        host.Clock.Now = new DateTimeOffset(2027, 2, 3, 9, 0, 0, TimeSpan.Zero);
        Assert.Contains("Have the balance BAL-1 calibrated", await ShowAsync(host, Commander, "/steps"), StringComparison.Ordinal);
        Assert.DoesNotContain("Have the balance", await ShowAsync(host, officer, "/steps"), StringComparison.Ordinal);
    }

    static async Task<Guid> SeizedAsync(StaffHost host, string kind, string? substance)
    {
        var officer = StaffHost.Of(Role.Officer);
        var opened = await PostAsync(host, officer, "/api/cases", new { key = Guid.NewGuid(), unit = StaffHost.Unit, offence = "060121", summary = "A thing in a suitcase." });
        var matter = opened.GetProperty("caseId").GetGuid();
        await host.UntilAsync(r => r.Stream.Value == matter && r.Event is SeatDrawn);
        object[] packages = [new { number = 1, seal = "S-9" }];
        var seized = await PostAsync(host, officer, $"/api/exhibits/cases/{matter}/seizures", new
        {
            of = new { country = "CPV", place = "airport", transport = "airplane" }, items = new object[] { new { kind, substance, description = "A thing.", packages } },
        });
        await host.CaughtUpAsync("exhibits");
        return seized.GetProperty("exhibits")[0].GetGuid();
    }
}
