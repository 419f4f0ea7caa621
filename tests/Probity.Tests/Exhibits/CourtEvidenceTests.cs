using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Cases.Charging;
using Probity.Cases.Contract;
using Probity.Exhibits.Contract;
using Probity.Tests.Access;

namespace Probity.Tests.Exhibits;

/// <summary>Exhibits as evidence: chosen in the prosecutor's form, shown by their number in the court's part, and told from there to who may read it.</summary>
public sealed partial class CourtEvidenceTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_exhibit_of_the_case_is_chosen_and_one_of_another_case_is_not_even_named()
    {
        await using var host = await StaffHost.StartAsync();
        var (matter, exhibit) = await BundleTests.ProsecutedAsync(host);
        var (other, foreign) = await BundleTests.ProsecutedAsync(host);
        var (number, alien) = (await NumberAsync(host, exhibit), await NumberAsync(host, foreign));
        Assert.NotEqual(matter, other);
        var element = await ChargedAsync(host, matter);
        var prosecutor = await host.SignedInAsync(Role.Prosecutor);
        var (form, list) = ($"/cases/{matter}/court/linkEvidence", $"/cases/{matter}/court/listItem");
        foreach (var path in (string[])[form, list])
        {
            var page = await prosecutor.TextAsync(path + "?lang=en");
            Assert.Contains($"<option value=\"{exhibit}\">Exhibit: {number}, Cocaine", page, StringComparison.Ordinal);
            Assert.DoesNotContain(foreign.ToString(), page, StringComparison.Ordinal);
            Assert.DoesNotContain(alien, page, StringComparison.Ordinal);
            // Only documents and reports are typed.
            Assert.DoesNotContain("value=\"exhibit\"", page, StringComparison.Ordinal);
        }

        await PostAsync(prosecutor, form, HttpStatusCode.UnprocessableEntity, new() { ["element"] = element.ToString("D"), ["known"] = foreign.ToString("D") });
        await PostAsync(prosecutor, form, HttpStatusCode.UnprocessableEntity, new() { ["element"] = element.ToString("D"), ["kind"] = "exhibit", ["label"] = number });
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is EvidenceLinked or DisclosureListed);
        await PostAsync(prosecutor, form, HttpStatusCode.SeeOther, new() { ["element"] = element.ToString("D"), ["known"] = exhibit.ToString("D") });
        var named = new EvidenceRef(EvidenceKind.Exhibit, exhibit, number);
        Assert.Equal([new EvidenceLinked(element, named), new DisclosureListed(named)], (await host.RecordAsync()).Select(r => r.Event).Where(e => e is EvidenceLinked or DisclosureListed));
        // It stands on the list now, and is not offered for it again.
        Assert.DoesNotContain(exhibit.ToString(), await prosecutor.TextAsync(list), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_number_leads_to_its_story_for_who_may_read_it()
    {
        await using var host = await StaffHost.StartAsync();
        var (matter, exhibit) = await BundleTests.ProsecutedAsync(host);
        var number = await NumberAsync(host, exhibit);
        var prosecutor = await host.SignedInAsync(Role.Prosecutor);
        await PostAsync(prosecutor, $"/cases/{matter}/court/linkEvidence", HttpStatusCode.SeeOther, new() { ["element"] = (await ChargedAsync(host, matter)).ToString("D"), ["known"] = exhibit.ToString("D") });
        foreach (var (role, reads) in ((Role, bool)[])[(Role.Prosecutor, true), (Role.Overseer, true), (Role.Integrity, true)])
        {
            var reader = await host.SignedInAsync(role);
            // Before the case is before a court, its part is the prosecutor's page.
            var page = await reader.TextAsync($"/cases/{matter}/court?lang=en");
            Assert.Equal(reads, page.Contains($"href=\"/exhibits/{exhibit}/story\">{number}</a>", StringComparison.Ordinal));
            Assert.Contains("Exhibit: Cocaine", page, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync($"/exhibits/{exhibit}/story")).StatusCode);
        }

        // The unit reads the number and what it is, and no story.
        var officer = await host.SignedInAsync(Role.Officer);
        var own = await officer.TextAsync($"/cases/{matter}/court?lang=en");
        Assert.Contains(number, own, StringComparison.Ordinal);
        Assert.DoesNotContain($"/exhibits/{exhibit}/story", own, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"/exhibits/{exhibit}/story")).StatusCode);

        // And the bundle prints both.
        await using var scope = host.Services.CreateAsyncScope();
        var (part, _) = (await scope.ServiceProvider.GetRequiredService<ICourtParts>().ReadAsync(matter, Ct))!.Value;
        Assert.StartsWith($"{number}, Cocaine", Assert.Single(Assert.Single(part.Charges).Evidence).Said, StringComparison.Ordinal);
        Assert.StartsWith($"{number}, Cocaine", Assert.Single(part.Disclosure).Label, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proof_on_which_no_laboratory_has_reported_says_so_until_one_has()
    {
        await using var host = await StaffHost.StartAsync(more: LaboratoryScene.Others);
        var (matter, exhibit) = await BundleTests.ProsecutedAsync(host);
        var element = await ChargedAsync(host, matter);
        var prosecutor = await host.SignedInAsync(Role.Prosecutor);
        await PostAsync(prosecutor, $"/cases/{matter}/court/linkEvidence", HttpStatusCode.SeeOther, new() { ["element"] = element.ToString("D"), ["known"] = exhibit.ToString("D") });
        await PostAsync(prosecutor, $"/cases/{matter}/court/linkEvidence", HttpStatusCode.SeeOther, new() { ["element"] = element.ToString("D"), ["kind"] = "expert", ["label"] = "Report of the laboratory" });
        async Task<(bool Missing, bool TitleOnly, bool ToReview)> SaidAsync()
        {
            var page = await prosecutor.TextAsync($"/cases/{matter}/court?lang=en");
            bool Has(string said) => page.Contains(said, StringComparison.Ordinal);
            return (Has("No laboratory has reported on this exhibit"), Has("Known by its title alone"), Has("waits for its review"));
        }

        Assert.Equal((true, true, false), await SaidAsync());
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var (part, _) = (await scope.ServiceProvider.GetRequiredService<ICourtParts>().ReadAsync(matter, Ct))!.Value;
            Assert.All(part.Charges.Single().Evidence, e => Assert.NotNull(e.Lacks));
        }

        await LaboratoryScene.SubmitAsync(host, exhibit, 1, LaboratoryScene.Analyst);
        var analysis = await LaboratoryScene.ReportAsync(host, exhibit, LaboratoryScene.Analyst);
        Assert.Equal((false, false, true), await SaidAsync());
        await LaboratoryScene.ReviewAsync(host, exhibit, analysis, LaboratoryScene.Colleague);
        Assert.Equal((false, false, false), await SaidAsync());
    }

    static async Task<Guid> ChargedAsync(StaffHost host, Guid matter)
    {
        var (by, charge, element) = (StaffHost.Of(Role.Prosecutor), Guid.CreateVersion7(), Guid.CreateVersion7());
        await host.Services.GetRequiredService<BringCharge>().HandleAsync(by, new(matter, charge, "Law 1", "article 2", "Trafficking.", "The finding bears it out."), null, Ct);
        await host.Services.GetRequiredService<StateElements>().HandleAsync(by, new(matter, charge, [(element, "It is a narcotic.")]), null, Ct);
        return element;
    }

    static async Task<string> NumberAsync(StaffHost host, Guid exhibit) =>
        (await host.RecordAsync()).Where(r => r.Stream.Value == exhibit).Select(r => r.Event).OfType<ExhibitSeized>().Single().Number;

    static async Task PostAsync(Browser browser, string path, HttpStatusCode expected, Dictionary<string, string> fields)
    {
        var page = await browser.TextAsync(path);
        fields["version"] = Version().Match(page).Groups[1].Value;
        var answer = await browser.PostAsync(path, page, fields);
        Assert.True(answer.StatusCode == expected, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Ct)}");
    }

    [GeneratedRegex("name=\"version\" value=\"([0-9]+)\"")]
    private static partial Regex Version();
}
