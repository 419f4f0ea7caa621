using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Counting;
using Probity.Exhibits.Viewing;
using Probity.Shared.Record;
using Probity.Tests.Access;
using static Probity.Tests.Exhibits.KilnScene;

namespace Probity.Tests.Exhibits;

/// <summary>What is said of an exhibit says what it rests on: which weighings, which signatures, and since when nobody has seen it.</summary>
public sealed class HonestStoryTests
{
    static readonly Guid Officer = StaffHost.Of(Role.Officer), Overseer = StaffHost.Of(Role.Overseer), Integrity = StaffHost.Of(Role.Integrity);

    [Fact]
    public async Task A_story_says_which_packages_were_weighed_again_and_tells_one_difference_once()
    {
        await using var host = await StaffHost.StartAsync();
        var (exhibit, balance, _) = await StoredInPackagesAsync(host, 4);
        await WeighAsync(host, exhibit, 1, Custodian, balance, "961.6", "intake");
        var story = await ShowAsync(host, Overseer, $"/exhibits/{exhibit}/story");
        Assert.Contains("1 of 4 packages weighed again by somebody else. Packages not weighed again: 2–4;", story, StringComparison.Ordinal);
        Assert.Matches(@"Gross, sealed: 3,961\.6 g ± 1\.0 g – package 1: Into the store, [^;]+; packages 2–4: At the seizure, ", story);
        // The weighing's matter and the account of the grams show one and the same.
        var gaps = story[story.IndexOf("Every gap and its explanation</h2>", StringComparison.Ordinal)..story.IndexOf("Annex: the entries", StringComparison.Ordinal)];
        Assert.Equal(1, Regex.Count(gaps, "−38\\.40 g"));
        Assert.Contains("package 1: 1,000 g → 961.6 g. −38.40 g ± 0.71 g. The account of the grams of", gaps, StringComparison.Ordinal);
        Assert.Contains("shows the same difference", gaps, StringComparison.Ordinal);
        Assert.Contains("−38,40 g", await ShowAsync(host, Overseer, $"/exhibits/{exhibit}/story", "pt"), StringComparison.Ordinal);
        // Whoever looks at a list is not told one figure for what was weighed at two times.
        await host.CaughtUpAsync("exhibits");
        Assert.Contains("from weighings of different times", await ShowAsync(host, Custodian, "/exhibits"), StringComparison.Ordinal);
        Assert.Contains("packages 2–4: At the seizure", await ShowAsync(host, Custodian, $"/exhibits/{exhibit}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_count_does_not_find_is_no_difference_of_weights_and_nobody_has_it_now()
    {
        await using var host = await StaffHost.StartAsync();
        var (exhibit, balance, vault) = await StoredInPackagesAsync(host, 1);
        await WeighAsync(host, exhibit, 1, Custodian, balance, "1000.2", "intake");
        var before = await ShowAsync(host, Overseer, $"/exhibits/{exhibit}/story");
        Assert.Contains("The record shows no gap.", before, StringComparison.Ordinal);
        Assert.Contains("– now", before, StringComparison.Ordinal);

        using (var scope = host.Services.CreateScope())
        {
            var count = Guid.CreateVersion7();
            Assert.IsType<Outcome.Done>(await scope.ServiceProvider.GetRequiredService<RecordCount>().HandleAsync(Integrity, new(vault, count, host.Clock.Now, [], Overseer, null, true), [exhibit], default));
            Assert.IsType<Outcome.Done>(await scope.ServiceProvider.GetRequiredService<SignCount>().HandleAsync(Overseer, count, default));
        }

        await host.CaughtUpAsync("exhibits");
        var story = await ShowAsync(host, Overseer, $"/exhibits/{exhibit}/story");
        var name = (await host.Services.GetRequiredService<IRegister>().ReadAsync(default)).NameOf(Custodian);
        Assert.DoesNotContain("contradicts", story, StringComparison.Ordinal);
        Assert.Contains("Missing at a count", story, StringComparison.Ordinal);
        Assert.DoesNotContain("– now", story, StringComparison.Ordinal);
        Assert.Contains("– not found on 2 Mar 2026", story, StringComparison.Ordinal);
        Assert.Contains($"Not found at the count of 2 March 2026: {name} was the last to answer for it", story, StringComparison.Ordinal);
        Assert.Contains($"not found; last with {name}", await ShowAsync(host, Custodian, "/exhibits"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sample_says_all_that_is_missing_at_once_and_whose_signature_lacks_once_it_is_drawn()
    {
        await using var host = await StaffHost.StartAsync();
        var (exhibit, balance, _) = await StoredInPackagesAsync(host, 1);
        var form = $"/exhibits/{exhibit}/sample";
        var (status, text, _) = await SendAsync(host, form, ("package", "1"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        foreach (var field in (string[])["mass", "balance", "sample-seal", "new-seal", "plan", "units", "tested", "witness"]) Assert.Contains($"href=\"#{field}\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is Probity.Exhibits.Contract.SampleDrawn);

        (status, _, var done) = await SendAsync(
            host, form, ("package", "1"), ("mass", "5"), ("balance", balance.ToString("D")), ("sample-seal", "M-2"), ("new-seal", "S-3"), ("plan", "ST/NAR/38"), ("units", "1"), ("tested", "1"), ("witness", Commander.ToString("D")));
        Assert.Equal(HttpStatusCode.SeeOther, status);
        var lacks = new Regex("has to sign the drawing of a sample by");
        Assert.Matches($"Print its label\\. [^<]*{lacks}", await ShowAsync(host, Custodian, done!));
        var sample = (await ExhibitAsync(host, exhibit)).Samples[0];
        Assert.Matches(lacks, await ShowAsync(host, Custodian, $"/exhibits/{sample.Id}"));
        await host.CaughtUpAsync("exhibits");
        Assert.Contains("before it was opened or something was taken", await ShowAsync(host, Custodian, "/exhibits"), StringComparison.Ordinal);
        await PostAsync(host, Commander, $"/api/exhibits/{exhibit}/acts/{sample.Act}/countersignature", new { });
        Assert.DoesNotMatch(lacks, await ShowAsync(host, Custodian, $"/exhibits/{sample.Id}"));
        // Weighed again, it is what it weighs.
        await WeighAsync(host, exhibit, 1, Custodian, balance, "995", "handOver");
        await host.CaughtUpAsync("exhibits");
        Assert.DoesNotContain("before it was opened or something was taken", await ShowAsync(host, Custodian, "/exhibits"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_reads_another_seal_is_told_what_was_recorded_and_where_it_went()
    {
        await using var host = await StaffHost.StartAsync();
        var (exhibit, _, vault) = await SeizedAsync(host, 2);
        await PostAsync(host, Officer, $"/api/exhibits/{exhibit}/releases", new { half = Guid.NewGuid(), transfer = Guid.NewGuid(), to = Custodian, purpose = "store", seals = Seals(2) });
        await host.CaughtUpAsync("exhibits");
        // Until the other has signed it is still the giver's to answer for, and no longer theirs to give.
        using var giver = await host.SignedInAsync(Officer);
        Assert.Matches("\"givenTo\":\"[^\"]+\"", await giver.TextAsync("/exhibits/kit"));
        var (status, _, done) = await SendAsync(host, $"/exhibits/{exhibit}/take", ("from", Officer.ToString("D")), ("location", vault.ToString("D")), ("seen-1", "yes"), ("other-2", "S-9"));
        Assert.Equal(HttpStatusCode.SeeOther, status);
        var page = await ShowAsync(host, Custodian, done!);
        Assert.Contains("You have signed that you took it. Recorded with it, because it does not fit: package 2: you read S-9, the record has S-2. The integrity officer was told, not the unit.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("you read S-9", await ShowAsync(host, Commander, done!), StringComparison.Ordinal);
        await host.CaughtUpAsync("exhibits");
        Assert.Contains("\"mine\":[],\"coming\":[]", await giver.TextAsync("/exhibits/kit"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", new int[0]), InlineData("3", new[] { 3 }), InlineData("1, 2", new[] { 2, 1 }), InlineData("1–3, 5, 7, 8", new[] { 1, 2, 3, 5, 7, 8 })]
    public void Packages_that_follow_each_other_are_said_as_a_span(string said, int[] numbers) => Assert.Equal(said, PackageNumbers.Said(numbers));

    static async Task<(Guid Exhibit, Guid Balance, Guid Vault)> SeizedAsync(StaffHost host, int packages)
    {
        await PostAsync(host, Commander, "/api/exhibits/balances", new { unit = StaffHost.Unit, serial = "BAL-1", capacity = "30000", uncertainty = "0.5", calibrationDue = "2027-02-01", certificate = "CAL-7" });
        await PostAsync(host, Commander, "/api/exhibits/locations", new { unit = StaffHost.Unit, name = "Vault 1", @class = "vault", dualLock = true, camera = true, alarm = true });
        var opened = await PostAsync(host, Officer, "/api/cases", new { key = Guid.NewGuid(), unit = StaffHost.Unit, offence = "060121", summary = "Packages in a suitcase." });
        var matter = opened.GetProperty("caseId").GetGuid();
        await host.UntilAsync(r => r.Stream.Value == matter && r.Event is SeatDrawn);
        var seized = await PostAsync(host, Officer, $"/api/exhibits/cases/{matter}/seizures", new
        {
            of = new { country = "CPV", place = "airport", transport = "airplane" },
            items = new object[] { new { kind = "drug", substance = "cocaine-hcl", description = "White powder.", packages = Seals(packages) } },
        });
        var store = await new RecordSession(host.Log).FoldAsync<Store>(Store.Stream);
        return (seized.GetProperty("exhibits")[0].GetGuid(), store.Balances.Keys.Single(), store.Locations.Keys.Single());
    }

    static async Task<(Guid Exhibit, Guid Balance, Guid Vault)> StoredInPackagesAsync(StaffHost host, int packages)
    {
        var (exhibit, balance, vault) = await SeizedAsync(host, packages);
        for (var n = 1; n <= packages; n++) await WeighAsync(host, exhibit, n, Officer, balance, "1000", "seizure");
        var transfer = Guid.NewGuid();
        await PostAsync(host, Officer, $"/api/exhibits/{exhibit}/releases", new { half = Guid.NewGuid(), transfer, to = Custodian, purpose = "store", seals = Seals(packages) });
        await PostAsync(host, Custodian, $"/api/exhibits/{exhibit}/receipts", new { half = Guid.NewGuid(), transfer, from = Officer, location = vault, seals = Seals(packages) });
        await host.CaughtUpAsync("exhibits");
        return (exhibit, balance, vault);
    }

    static object[] Seals(int packages) => [.. Enumerable.Range(1, packages).Select(number => new { number, seal = $"S-{number}" })];

    static async Task WeighAsync(StaffHost host, Guid exhibit, int package, Guid by, Guid balance, string mass, string moment)
    {
        var act = Guid.NewGuid();
        await PostAsync(host, by, $"/api/exhibits/{exhibit}/weighings", new { act, package, kind = "grossSealed", mass, balance, moment, witness = Commander });
        await PostAsync(host, Commander, $"/api/exhibits/{exhibit}/acts/{act}/countersignature", new { });
    }

    static async Task<(HttpStatusCode Status, string Text, string? Location)> SendAsync(StaffHost host, string form, params (string, string)[] fields)
    {
        using var browser = await host.SignedInAsync(Custodian);
        return await StoreScene.SendAsync(browser, form, await browser.TextAsync(form + "?lang=en"), null, fields);
    }

    static async Task<string> ShowAsync(StaffHost host, Guid person, string page, string language = "en")
    {
        using var browser = await host.SignedInAsync(person);
        return WebUtility.HtmlDecode(await browser.TextAsync($"{page}{(page.Contains('?', StringComparison.Ordinal) ? "&" : "?")}lang={language}")).Replace('\u00A0', ' ');
    }
}
