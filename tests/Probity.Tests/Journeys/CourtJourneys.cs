using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Cases.Opening;
using Probity.Cases.ViewingDocket;
using Probity.Cases.Working;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Seizing;
using Probity.Tests.Access;

namespace Probity.Tests.Journeys;

/// <summary>A prosecutor charges and discloses, and the court's registry records a hearing; through the pages alone.</summary>
[Collection("Third browser")]
public sealed class CourtJourneys(Browser browser)
{
    [Theory]
    [InlineData(390, true, "es"), InlineData(1280, false, "en")]
    public async Task A_charge_is_brought_proved_and_disclosed_and_the_court_records_what_it_does(int width, bool script, string language)
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host, width, script: script, language: language);
        var page = visit.Page;
        string Named(string what) => $"court-{what}-{width}-{language}";
        var id = await ProsecutedAsync(host);

        await visit.SignInAsync(host, Role.Registry);
        await visit.LookAtAsync("/court", Named("list-empty"));
        Assert.Equal(404, (await page.GotoAsync($"/court/{id}"))!.Status);

        await visit.SignInAsync(host, Role.Prosecutor);
        await visit.LookAtAsync($"/cases/{id}/court", Named("nothing"));
        await ActAsync(page, $"/cases/{id}/court/bringCharge", async () =>
        {
            await visit.LookAsync(Named("charge"));
            await page.Locator("[name=law]").FillAsync("Narcotics Act of Ventoclaro");
            await page.Locator("[name=article]").FillAsync("article 12");
            await page.Locator("[name=text]").FillAsync("Brought 11 kg of cocaine into the country in a container of frozen fish.");
            await page.Locator("[name=reasons]").FillAsync("The finding, the weighing and the laboratory bear each other out.");
        });
        await ActAsync(page, $"/cases/{id}/court/stateElements", () => page.Locator("[name=elements]").FillAsync("The substance is a narcotic\nIt was brought into the country\nThe accused knew of it"));
        await ActAsync(page, $"/cases/{id}/court/linkEvidence", async () =>
        {
            await visit.LookAsync(Named("evidence"));
            await page.Locator("[name=element]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
            // Nothing is typed: the exhibits of the case stand first.
            await page.Locator("[name=known]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        });
        await ActAsync(page, $"/cases/{id}/court/linkEvidence", async () =>
        {
            await page.Locator("[name=element]").SelectOptionAsync(new SelectOptionValue { Index = 2 });
            await page.Locator("[name=known]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        });
        await ActAsync(page, $"/cases/{id}/court/linkEvidence", async () =>
        {
            await page.Locator("[name=element]").SelectOptionAsync(new SelectOptionValue { Index = 2 });
            await page.Locator("[name=known]").SelectOptionAsync(new SelectOptionValue { Index = 3 });
        });
        await visit.LookAtAsync($"/cases/{id}", Named("case"));
        await ActAsync(page, $"/cases/{id}/court/disclose", async () =>
        {
            await visit.LookAsync(Named("disclose"));
            await page.Locator("[name=items]").First.CheckAsync();
            await page.Locator("[name=to]").FillAsync("Dr. Defensora Exemplo");
        });
        await ActAsync(page, $"/cases/{id}/court/withholdItem", async () =>
        {
            await page.Locator("[name=item]").First.CheckAsync();
            await page.Locator("[name=reasons]").FillAsync("The address of the witness would put them in danger.");
            await page.Locator("[name=basis]").FillAsync("Code of procedure, article 9");
        });
        await visit.LookAtAsync($"/cases/{id}/court", Named("charged"));
        // Nothing of what proves what is beyond the edge, whatever the width; on a telephone each element has below it what proves it.
        Assert.True(await page.Locator(".table-frame:has(.matrix)").First.EvaluateAsync<bool>("frame => frame.scrollWidth <= frame.clientWidth"));
        Assert.Equal(width < 641, await page.Locator(".matrix__narrow").First.IsVisibleAsync());
        Assert.Equal(width >= 641, await page.Locator(".matrix__wide").First.IsVisibleAsync());
        await page.GotoAsync($"/cases/{id}/stage");
        await NeedToKnowJourneys.SendAsync(page);

        await visit.SignInAsync(host, Role.Registry);
        await ActAsync(page, $"/court/{id}/nameJudge", async () =>
        {
            await visit.LookAsync(Named("judge"));
            await page.Locator("[name=person]").SelectOptionAsync(StaffHost.Of(Role.Judge).ToString("D"));
            await page.Locator("[name=how][value=random]").CheckAsync();
        });
        await SetAsync(page, id, 1, "Room 2", "First hearing");
        await SetAsync(page, id, 20, "Room 2", "Trial");
        host.Clock.Now = new(2026, 4, 5, 9, 0, 0, TimeSpan.Zero);
        await visit.SignInAsync(host, Role.Registry);
        await host.CaughtUpAsync(DocketView.ViewName);
        await visit.LookAtAsync("/", Named("home"));
        await ActAsync(page, $"/court/{id}/endHearing", async () =>
        {
            await visit.LookAsync(Named("hearing"));
            await page.Locator("[name=hearing]").First.CheckAsync();
            await page.Locator("[name=became][value=defence]").CheckAsync();
            await page.Locator("[name=reasons]").FillAsync("The lawyer was given the file the day before.");
            await page.Locator("[name=basis]").FillAsync("Code of procedure, article 11");
        });
        await visit.LookAtAsync($"/court/{id}", Named("part"));
        await visit.LookAtAsync("/court", Named("list"));
        Assert.Equal(1, await page.Locator($"tbody a[href='/court/{id}']").CountAsync());
        Assert.Equal(404, (await page.GotoAsync($"/cases/{id}"))!.Status);

        await visit.SignInAsync(host, Role.Judge);
        await page.GotoAsync($"/court/{id}");
        // The stories of the exhibits are theirs to read, and what becomes of exhibits is theirs to order.
        Assert.Single(await page.Locator("a[href^='/exhibits/'][href$='/story']").EvaluateAllAsync<string[]>("links => [...new Set(links.map(link => link.getAttribute('href')))]"));
        Assert.Equal([$"/court/{id}/exhibits", $"/court/{id}/orderExhibits"], await page.Locator($"a[href^='/court/{id}/']").EvaluateAllAsync<string[]>("links => links.map(a => a.getAttribute('href'))"));
        await ActAsync(page, $"/court/{id}/orderExhibits", async () =>
        {
            await page.Locator("[name=kind][value=return]").CheckAsync();
            await page.Locator("[name=exhibits]").Last.CheckAsync();
            await page.Locator("[name=reference]").FillAsync("Court 2, 18/2026");
            await page.Locator("[name=ordered-day]").FillAsync("4");
            await page.Locator("[name=ordered-month]").FillAsync("4");
            await page.Locator("[name=ordered-year]").FillAsync("2026");
            await page.Locator("[name=to]").FillAsync("Importer Exemplo");
            await page.Locator("[name=reasons]").FillAsync("It proves nothing and is his.");
            await page.Locator("[name=basis]").FillAsync("Code of procedure, article 50");
            await visit.LookAsync(Named("order"));
        });
        await visit.LookAtAsync($"/court/{id}", Named("ordered"));
        await ActAsync(page, $"/court/{id}/liftOrder", async () =>
        {
            await page.Locator("[name=reasons]").FillAsync("Somebody else says that it is theirs.");
            await page.Locator("[name=basis]").FillAsync("Code of procedure, article 50");
        });
        await visit.LookAtAsync($"/court/{id}/exhibits", Named("stories"));
        await page.Locator($"a[href='/court/{id}/bundle']").ClickAsync();
        await visit.LookAsync(Named("bundle"));
        await page.Locator("[name=for]").FillAsync("Dr. Defensora Exemplo");
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("main form button[type=submit]").ClickAsync());
        Assert.EndsWith(".pdf", download.SuggestedFilename, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("PROBITY_PICTURES") is { Length: > 0 } folder) await download.SaveAsAsync(Path.Combine(folder, Named("bundle") + ".pdf"));
        await visit.LookAtAsync($"/court/{id}/bundle", Named("bundle-made"));
        Assert.Equal(1, await page.Locator("main tbody tr").CountAsync());
        await host.UntilAsync(r => r.Stream.Value == id && r.Event is CaseDecided { Kind: DecisionKind.Adjourn } && r.Actor.Value == StaffHost.Of(Role.Registry));
    }

    // How a case comes to a prosecutor is another journey's.
    static async Task<Guid> ProsecutedAsync(StaffHost host)
    {
        var (id, officer) = (Guid.CreateVersion7(), StaffHost.Of(Role.Officer));
        T Of<T>() where T : notnull => host.Services.GetRequiredService<T>();
        await Of<OpenCase>().HandleAsync(officer, new(id, StaffHost.Unit, "060121", "Eleven packages in a container of frozen fish.",
            [new Party(PartyRole.Subject, "Importer Exemplo", null), new Party(PartyRole.Witness, "Docker Exemplo", null)]), null, default);
        await host.UntilAsync(r => r.Stream.Value == id && r.Event is SeatDrawn { Seat: Seat.Handler });
        await Of<RecordSeizure>().HandleAsync(officer, new(id, Guid.CreateVersion7(), new("CPV", "Santiago", "Praia", SeizurePlace.Harbour, Transport.Vessel),
            [new(ExhibitKind.Drug, "cocaine-hcl", "Eleven packages in brown tape.", null, [new(1, "S-1")]), new(ExhibitKind.Device, null, "A telephone.", null, [new(1, "D-1")])], null), default);
        await Of<EnterStage>().HandleAsync(officer, new(id, Stage.Investigate), null, default);
        await Of<RecordStep>().HandleAsync(officer, new(id, Step.ReportFiled, "", null), null, default);
        await Of<EnterStage>().HandleAsync(officer, new(id, Stage.Prosecute), null, default);
        await host.UntilAsync(r => r.Stream.Value == id && r.Event is SeatDrawn { Seat: Seat.Prosecutor });
        return id;
    }

    static Task SetAsync(IPage page, Guid id, int day, string place, string subject) => ActAsync(page, $"/court/{id}/setHearing", async () =>
    {
        await page.Locator("[name=day-day]").FillAsync(day.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await page.Locator("[name=day-month]").FillAsync("4");
        await page.Locator("[name=day-year]").FillAsync("2026");
        await page.Locator("[name=hour]").FillAsync("9:30");
        await page.Locator("[name=place]").FillAsync(place);
        await page.Locator("[name=subject]").FillAsync(subject);
    });

    static async Task ActAsync(IPage page, string at, Func<Task> fill)
    {
        await page.GotoAsync(at);
        await fill();
        await NeedToKnowJourneys.SendAsync(page);
        Assert.True(new Uri(page.Url).AbsolutePath == at[..at.LastIndexOf('/')], $"{at}: {await page.Locator("main").InnerTextAsync()}");
        Assert.Equal(1, await page.Locator(".pb-notification-banner--success").CountAsync());
    }
}
