using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Cases;
using Probity.Cases.Charging;
using Probity.Cases.Contract;
using Probity.Cases.Hearing;
using Probity.Cases.Working;
using Probity.Exhibits;
using Probity.Exhibits.Analysing;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Counting;
using Probity.Exhibits.Countersigning;
using Probity.Exhibits.Disposing;
using Probity.Exhibits.Keeping;
using Probity.Exhibits.Sampling;
using Probity.Exhibits.Seizing;
using Probity.Exhibits.Transferring;
using Probity.Exhibits.Weighing;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Tests.Access;

namespace Probity.Tests.Exhibits;

/// <summary>Through HTTP, on a real record: what the court orders and reads of the end of an exhibit, and that no story is without a gap past what contradicts or is unsigned.</summary>
public sealed partial class EndingPagesTests
{
    const string NoGap = "The record shows no gap.";
    static readonly (Role, Guid)[] Others = [(Role.Analyst, StaffHost.Unit), (Role.Monitor, StaffHost.OtherUnit), (Role.Prosecutor, StaffHost.OtherUnit)];
    static readonly Guid Officer = StaffHost.Of(Role.Officer), Keeper = StaffHost.Of(Role.Custodian), Chief = StaffHost.Of(Role.Commander), Analyst = StaffHost.Of(Role.Analyst),
        Registry = StaffHost.Of(Role.Registry), Monitor = StaffHost.Other(1), Stranger = StaffHost.Other(2);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>An exhibit of one package in the vault, weighed and signed by all, in a case before a court on a charge that it proves.</summary>
    sealed class Scene(StaffHost host) : IAsyncDisposable
    {
        public StaffHost Host => host;
        public Guid Case { get; private set; }
        public Guid Exhibit { get; private set; }
        public Guid Charge { get; } = Guid.CreateVersion7();
        public Guid Balance { get; } = Guid.CreateVersion7();
        public Guid Vault { get; } = Guid.CreateVersion7();

        public T Of<T>() where T : notnull => host.Services.GetRequiredService<T>();

        public static async Task<Scene> StartAsync()
        {
            var scene = new Scene(await StaffHost.StartAsync(more: Others));
            await scene.SeizeAsync();
            return scene;
        }

        async Task SeizeAsync()
        {
            Done(await Of<RegisterBalance>().HandleAsync(Chief, new(Balance, StaffHost.Unit, "BAL-1", new Grams(30_000m), new Grams(0.5m), new(2027, 2, 1), "CAL-7"), Ct));
            Done(await Of<OpenLocation>().HandleAsync(Chief, new(Vault, StaffHost.Unit, "Vault 1", StorageClass.Vault, null, true, true, true), Ct));
            var officer = await host.SignedInAsync(Role.Officer);
            var opened = await officer.PostJsonAsync("/api/cases", new { key = Guid.NewGuid(), unit = StaffHost.Unit, offence = "060121", summary = "A package in a suitcase." });
            Case = (await opened.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("caseId").GetGuid();
            await host.UntilAsync(r => r.Stream.Value == Case && r.Event is SeatDrawn);
            var seizure = Guid.CreateVersion7();
            Done(await Of<RecordSeizure>().HandleAsync(Officer, new(Case, seizure, ExhibitHouse.Airport, [ExhibitHouse.Cocaine("S-1")], null), Ct));
            Exhibit = RecordSeizure.IdOf(seizure, 0);
            await WeighAsync(Officer, 1_000m, Moment.Seizure);
            await PassAsync(Exhibit, Officer, Keeper, "S-1", Vault);
            CasesDone(await Of<EnterStage>().HandleAsync(Officer, new(Case, Stage.Investigate), null, Ct));
            CasesDone(await Of<RecordStep>().HandleAsync(Officer, new(Case, Step.ReportFiled, "", null), null, Ct));
            CasesDone(await Of<EnterStage>().HandleAsync(Officer, new(Case, Stage.Prosecute), null, Ct));
            await host.UntilAsync(r => r.Stream.Value == Case && r.Event is SeatDrawn { Seat: Seat.Prosecutor });
            var (element, by) = (Guid.CreateVersion7(), await ProsecutorAsync());
            CasesDone(await Of<BringCharge>().HandleAsync(by, new(Case, Charge, "Law 1", "article 2", "Trafficking.", "The finding bears it out."), null, Ct));
            CasesDone(await Of<StateElements>().HandleAsync(by, new(Case, Charge, [(element, "It is a narcotic.")]), null, Ct));
            CasesDone(await Of<LinkEvidence>().HandleAsync(by, new(Case, element, new(EvidenceKind.Exhibit, Exhibit, "")), null, Ct));
            CasesDone(await Of<EnterStage>().HandleAsync(by, new(Case, Stage.Adjudicate), null, Ct));
            CasesDone(await Of<NameJudge>().HandleAsync(Registry, new(Case, "The judge", StaffHost.Of(Role.Judge), AssignedHow.Random, null), null, Ct));
        }

        // Whom the lot made it: there are two.
        public async Task<Guid> ProsecutorAsync() => (await host.RecordAsync()).Where(r => r.Stream.Value == Case).Select(r => r.Event).OfType<SeatDrawn>().Last(e => e.Seat == Seat.Prosecutor).Person;

        public async Task WeighAsync(Guid by, decimal grams, Moment moment)
        {
            var act = Guid.CreateVersion7();
            Done(await Of<WeighExhibit>().HandleAsync(by, new(Exhibit, act, 1, MassKind.Net, new Grams(grams), null, Balance, moment, new(Chief, null, null), null), Ct));
            Done(await Of<CountersignAct>().HandleAsync(Chief, new(Exhibit, act, null), Ct));
        }

        public async Task PassAsync(Guid id, Guid from, Guid to, string seal, Guid? place, Purpose purpose = Purpose.Store)
        {
            var transfer = Guid.CreateVersion7();
            Done(await Of<HandOverExhibit>().HandleAsync(from, new(id, Guid.CreateVersion7(), transfer, to, purpose, "REQ-1", null, [new(1, seal)], null), Ct));
            Done(await Of<ReceiveExhibit>().HandleAsync(to, new(id, Guid.CreateVersion7(), transfer, from, place, null, [new(1, seal)], null), Ct));
        }

        public async Task<(Guid Sample, Guid Analysis)> AnalyseAsync()
        {
            var act = Guid.CreateVersion7();
            Done(await Of<DrawSample>().HandleAsync(Keeper, new(Exhibit, act, 1, new Grams(5m), Balance, "S-2", "M-1", "ST/NAR/38", 1, 1, new(Chief, null, null), null), Ct));
            Done(await Of<CountersignAct>().HandleAsync(Chief, new(Exhibit, act, null), Ct));
            var sample = (await ReadAsync()).Samples[^1].Id;
            await PassAsync(sample, Keeper, Analyst, "M-1", null, Purpose.Laboratory);
            var analysis = Guid.CreateVersion7();
            Done(await Of<ReportAnalysis>().HandleAsync(Analyst, new(sample, analysis, null, "cocaine-hcl", null, null, "GC-MS", null, null, Grams.Zero, null, null), Ct));
            return (sample, analysis);
        }

        public async Task<Exhibit> ReadAsync() => await new RecordSession(host.Log).FoldAsync<Exhibit>(new StreamId(Exhibit), Ct);

        public async Task<string> StoryAsync(Role reader = Role.Judge)
        {
            await host.CaughtUpAsync("exhibits");
            return WebUtility.HtmlDecode(await (await host.SignedInAsync(reader)).TextAsync($"/exhibits/{Exhibit}/story?lang=en"));
        }

        public ValueTask DisposeAsync() => host.DisposeAsync();
    }

    static void Done(Outcome? outcome) => Assert.IsType<Outcome.Done>(outcome);

    static void CasesDone(CaseAnswer answer) => Assert.IsType<Outcome.Done>(Assert.IsType<CaseAnswer.Ended>(answer).Outcome);

    [Fact]
    public async Task The_judge_orders_on_the_cases_page_the_custodian_chooses_and_the_judge_reads_how_it_ended()
    {
        await using var scene = await Scene.StartAsync();
        var (host, id, matter) = (scene.Host, scene.Exhibit, scene.Case);
        var (judge, keeper) = (await host.SignedInAsync(Role.Judge), await host.SignedInAsync(Role.Custodian));

        // The attack: an order of the custodian's own making, by page and by API.
        var page = await keeper.TextAsync($"/exhibits/{id}/destruction?lang=en");
        Assert.Contains("No order about this exhibit stands on the record of its case.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"order\"", page, StringComparison.Ordinal);
        var made = new { destruction = Guid.NewGuid(), order = Guid.NewGuid(), place = "Kiln", method = "Fire", witnesses = new[] { Monitor, Stranger } };
        var refused = await keeper.PostJsonAsync($"/api/exhibits/{id}/destruction", made);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, DisposalFacts.OrderMissing), (refused.StatusCode, (await refused.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, (await keeper.GetAsync($"/court/{matter}/orderExhibits")).StatusCode);

        // Before the judgment, as only the court can say.
        Dictionary<string, string> order = new()
        {
            ["kind"] = "destroy", ["exhibits"] = id.ToString("D"), ["reference"] = "Court 2, 17/2026", ["ordered-day"] = "2", ["ordered-month"] = "3", ["ordered-year"] = "2026",
            ["before"] = "yes", ["reasons"] = "Two tonnes of it cannot be kept.", ["basis"] = "Law 1, article 9",
        };
        await PostAsync(judge, $"/court/{matter}/orderExhibits", HttpStatusCode.UnprocessableEntity, new(order) { ["reference"] = "" });
        await PostAsync(judge, $"/court/{matter}/orderExhibits", HttpStatusCode.SeeOther, order);
        var ordered = (ExhibitsOrdered)Assert.Single(await host.RecordAsync(), r => r.Event is ExhibitsOrdered).Event!;
        await host.CaughtUpAsync("exhibits");
        Assert.Contains($"href=\"/exhibits/{id}/destruction\"", await keeper.TextAsync("/"), StringComparison.Ordinal);

        page = await keeper.TextAsync($"/exhibits/{id}/destruction");
        var answer = await keeper.PostAsync($"/exhibits/{id}/destruction/order", page, new()
        {
            ["act"] = Guid.NewGuid().ToString("D"), ["order"] = ordered.Order.ToString("D"), ["place"] = "Lime kiln", ["method"] = "1,000 °C", ["first"] = Monitor.ToString("D"), ["second"] = Stranger.ToString("D"),
        });
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var (sample, analysis) = await scene.AnalyseAsync();
        Assert.Contains("Not settled", Row(await scene.StoryAsync(), "waits for its review"), StringComparison.Ordinal);
        Done(await scene.Of<ReviewAnalysis>().HandleAsync(StaffHost.Other(0), new(sample, analysis, true, null), Ct));
        Assert.DoesNotContain("waits for its review", await scene.StoryAsync(), StringComparison.Ordinal);
        await scene.WeighAsync(Keeper, 995m, Moment.PreDestruction);
        Done(await scene.Of<CarryOutDestruction>().ReadAsync(Keeper, new(id, [new(1, "S-2")]), Ct));
        Done(await scene.Of<CarryOutDestruction>().HandleAsync(Keeper, new(id, "Grey ash, buried.", new Grams(12m)), Ct));
        foreach (var witness in (Guid[])[Monitor, Stranger])
        {
            var open = await scene.StoryAsync();
            Assert.DoesNotContain(NoGap, open, StringComparison.Ordinal);
            Assert.Contains("Not settled", Row(open, "It was destroyed, as who held it says"), StringComparison.Ordinal);
            Done(await scene.Of<WitnessDestruction>().HandleAsync(witness, new(id, null), Ct));
        }

        var story = await scene.StoryAsync();
        Assert.DoesNotContain("as who held it says", story, StringComparison.Ordinal);
        foreach (var said in (string[])["Court 2, 17/2026, 2 March 2026. On the record of the case by Quilombo Judge", "Lime kiln", "1,000 °C", "Palmares Monitor 1", "Palmares Prosecutor 2", "Grey ash, buried. 12\u00A0g"])
            Assert.Contains(said, story, StringComparison.Ordinal);
        // The court's page and the judge's next steps say so without being asked.
        Assert.Contains("by order Court 2, 17/2026", WebUtility.HtmlDecode(await judge.TextAsync($"/court/{matter}?lang=en")), StringComparison.Ordinal);
        Assert.Contains($"href=\"/exhibits/{id}/story\"", await judge.TextAsync("/"), StringComparison.Ordinal);
        host.Clock.Now += TimeSpan.FromDays(15);
        Assert.DoesNotContain($"href=\"/exhibits/{id}/story\"", await (await host.SignedInAsync(Role.Judge)).TextAsync("/"), StringComparison.Ordinal);
        await using var scope = host.Services.CreateAsyncScope();
        var (part, decisions) = (await scope.ServiceProvider.GetRequiredService<ICourtParts>().ReadAsync(matter, Ct))!.Value;
        // It is carried out, and says by which act of which exhibit.
        var carried = Assert.Single(part.Orders);
        Assert.Equal((false, "carried out"), (carried.Stands, carried.State));
        Assert.Contains("Destroyed", Assert.Single(carried.Done), StringComparison.Ordinal);
        Assert.Contains("17/2026", Assert.Single(part.Ended).End, StringComparison.Ordinal);
        Assert.Contains(decisions, d => d.Words.Contains("Court 2, 17/2026", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Judge_and_prosecutor_are_told_what_the_registry_put_on_the_record_and_the_judge_confirms_it()
    {
        await using var scene = await Scene.StartAsync();
        var (host, id, matter) = (scene.Host, scene.Exhibit, scene.Case);
        var (registry, judge, keeper) = (await host.SignedInAsync(Role.Registry), await host.SignedInAsync(Role.Judge), await host.SignedInAsync(Role.Custodian));
        Assert.Contains("The judge’s decision", WebUtility.HtmlDecode(await registry.TextAsync($"/court/{matter}/orderExhibits?lang=en")), StringComparison.Ordinal);
        await PostAsync(registry, $"/court/{matter}/orderExhibits", HttpStatusCode.SeeOther, new()
        {
            ["kind"] = "destroy", ["exhibits"] = id.ToString("D"), ["reference"] = "Court 2, 17/2026", ["ordered-day"] = "2", ["ordered-month"] = "3", ["ordered-year"] = "2026",
            ["before"] = "yes", ["reasons"] = "Two tonnes of it cannot be kept.", ["basis"] = "Law 1, article 9",
        });
        await host.CaughtUpAsync("docket");
        Assert.Contains("resting on your decision Court 2, 17/2026", WebUtility.HtmlDecode(await judge.TextAsync("/?lang=en")), StringComparison.Ordinal);
        var prosecutor = await host.SignedInAsync(await scene.ProsecutorAsync());
        Assert.Contains($"href=\"/cases/{matter}/court\"", await prosecutor.TextAsync("/?lang=en"), StringComparison.Ordinal);
        var ordered = (ExhibitsOrdered)Assert.Single(await host.RecordAsync(), r => r.Event is ExhibitsOrdered).Event!;
        var made = new { destruction = Guid.NewGuid(), order = ordered.Order, place = "Kiln", method = "Fire", witnesses = new[] { Monitor, Stranger } };
        Assert.Equal(DisposalFacts.AwaitsJudge, (await (await keeper.PostJsonAsync($"/api/exhibits/{id}/destruction", made)).Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());
        Assert.Contains("waits for the judge to confirm it", await judge.TextAsync($"/court/{matter}?lang=en"), StringComparison.Ordinal);
        await PostAsync(judge, $"/court/{matter}/confirmOrder", HttpStatusCode.SeeOther, new() { ["order"] = ordered.Order.ToString("D") });
        Assert.Equal(HttpStatusCode.OK, (await keeper.PostJsonAsync($"/api/exhibits/{id}/destruction", made)).StatusCode);
        Assert.DoesNotContain("in your name", await judge.TextAsync("/?lang=en"), StringComparison.Ordinal);

        // Who put it on the record had also named the judge: the overseer is told, and who looks at the exhibit or the court's part reads it.
        await host.CaughtUpAsync("docket");
        const string OwnJudge = "Quilombo Registry put it on the record and had named Quilombo Judge as the judge";
        Assert.Contains(OwnJudge, WebUtility.HtmlDecode(await (await host.SignedInAsync(Role.Overseer)).TextAsync("/?lang=en")), StringComparison.Ordinal);
        foreach (var other in new[] { registry, judge, keeper }) Assert.DoesNotContain(OwnJudge, WebUtility.HtmlDecode(await other.TextAsync("/?lang=en")), StringComparison.Ordinal);
        Assert.Contains("the judge was named by Quilombo Registry", await keeper.TextAsync($"/exhibits/{id}?lang=en"), StringComparison.Ordinal);
        Assert.Contains("confirmed by Quilombo Judge; the judge was named by Quilombo Registry", await registry.TextAsync($"/court/{matter}?lang=en"), StringComparison.Ordinal);

        // Where the case is taken from them they are told by whom and why and read no more of it; the overseer is told too.
        var (overseer, integrity) = (await host.SignedInAsync(Role.Overseer), await host.SignedInAsync(Role.Integrity));
        Assert.Equal(HttpStatusCode.OK, (await registry.PostJsonAsync($"/api/cases/{matter}/judge", new { name = "Dr. Nadie", how = "manual", reasons = "The judge has too much to do." })).StatusCode);
        await host.CaughtUpAsync("docket");
        const string Why = "Quilombo Registry put on the record that Dr. Nadie judges it";
        var lost = WebUtility.HtmlDecode(await judge.TextAsync("/?lang=en"));
        Assert.Contains(Why, lost, StringComparison.Ordinal);
        Assert.Contains("The judge has too much to do.", lost, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await judge.GetAsync($"/court/{matter}")).StatusCode);
        Assert.Contains(Why, WebUtility.HtmlDecode(await overseer.TextAsync("/?lang=en")), StringComparison.Ordinal);
        // Nobody of the court could see what is ordered then: those who watch over it are told.
        Assert.DoesNotContain("Court 2, 19/2026", await overseer.TextAsync("/?lang=en"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await registry.PostJsonAsync($"/api/cases/{matter}/exhibit-orders", new
        {
            order = Guid.NewGuid(), kind = "destroy", exhibits = new[] { id }, reference = "Court 2, 19/2026", ordered = "2026-03-02", reasons = "It is over.", legalBasis = "Law 1, article 9",
        })).StatusCode);
        await host.CaughtUpAsync("docket");
        foreach (var watcher in new[] { overseer, integrity }) Assert.Contains("Court 2, 19/2026", await watcher.TextAsync("/?lang=en"), StringComparison.Ordinal);
        Assert.DoesNotContain("Court 2, 19/2026", await judge.TextAsync("/?lang=en"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_given_back_says_so_until_somebody_of_another_unit_signs()
    {
        await using var scene = await Scene.StartAsync();
        var (host, matter, seizure) = (scene.Host, scene.Case, Guid.CreateVersion7());
        Done(await scene.Of<RecordSeizure>().HandleAsync(Officer, new(matter, seizure, ExhibitHouse.Airport, [new(ExhibitKind.Cash, null, "1,000,000 EUR.", null, [new(1, "C-1")])], null), Ct));
        var id = RecordSeizure.IdOf(seizure, 0);
        await scene.PassAsync(id, Officer, Keeper, "C-1", scene.Vault);
        var (order, keeper) = (Guid.NewGuid(), await host.SignedInAsync(Role.Custodian));
        var ordered = await (await host.SignedInAsync(Role.Registry)).PostJsonAsync($"/api/cases/{matter}/exhibit-orders", new
        {
            order, kind = "return", exhibits = new[] { id }, reference = "Court 2, 18/2026", ordered = "2026-03-02", to = "A. Ejemplo", reasons = "It was lent to the accused.", legalBasis = "Law 1, article 9",
        });
        Assert.Equal(HttpStatusCode.OK, ordered.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await (await host.SignedInAsync(Role.Judge)).PostJsonAsync($"/api/cases/{matter}/exhibit-orders/{order}/confirmation", new { })).StatusCode);
        var page = await keeper.TextAsync($"/exhibits/{id}/return?lang=en");
        // Nobody of the unit is offered as who saw it.
        Assert.DoesNotContain($"<option value=\"{Chief}\"", page, StringComparison.Ordinal);
        Dictionary<string, string> typed = new() { ["act"] = Guid.NewGuid().ToString("D"), ["order"] = order.ToString("D"), ["receipt"] = "A. Ejemplo, passport X-1: the money.", ["witness"] = Chief.ToString("D") };
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await keeper.PostAsync($"/exhibits/{id}/return", page, typed)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await keeper.PostAsync($"/exhibits/{id}/return", page, new(typed) { ["witness"] = Stranger.ToString("D") })).StatusCode);
        await AssertListedAsync("Being given back");
        var witness = await host.SignedInAsync(Stranger);
        var sign = $"/exhibits/{id}/sign/{typed["act"]}";
        Assert.Contains($"href=\"{sign}\"", await witness.TextAsync("/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await witness.PostAsync(sign, await witness.TextAsync(sign), new() { ["act"] = typed["act"], ["answer"] = "yes" })).StatusCode);
        await AssertListedAsync("Returned");
        var story = WebUtility.HtmlDecode(await (await host.SignedInAsync(Role.Judge)).TextAsync($"/exhibits/{id}/story?lang=en"));
        foreach (var said in (string[])["Court 2, 18/2026, 2 March 2026. On the record of the case by Quilombo Registry", "A. Ejemplo, passport X-1: the money.", "Palmares Prosecutor 2 – signed on"])
            Assert.Contains(said, story, StringComparison.Ordinal);

        async Task AssertListedAsync(string status)
        {
            await host.CaughtUpAsync("exhibits");
            Assert.Contains(status, await (await host.SignedInAsync(Role.Judge)).TextAsync($"/court/{matter}/exhibits?lang=en"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Many_small_losses_are_a_gap_though_none_of_them_is()
    {
        await using var scene = await Scene.StartAsync();
        Assert.Contains(NoGap, await scene.StoryAsync(), StringComparison.Ordinal);
        for (var i = 1; i <= 12; i++) await scene.WeighAsync(Keeper, 1_000m - (0.6m * i), Moment.Audit);
        // No two weighings differ beyond their uncertainty, so what they come to is the matter; once.
        Assert.Single((await scene.Host.RecordAsync()).Select(r => r.Event).OfType<DiscrepancyFound>(), e => e.Kind == DiscrepancyKind.Weight);
        var story = await scene.StoryAsync();
        Assert.DoesNotContain(NoGap, story, StringComparison.Ordinal);
        Assert.Contains("Not settled", Row(story, "The account of the grams of"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_count_that_nobody_signed_is_a_gap_until_somebody_does()
    {
        await using var scene = await Scene.StartAsync();
        var (count, second) = (Guid.CreateVersion7(), StaffHost.Of(Role.Overseer));
        Assert.IsType<Outcome.Done>(await scene.Of<RecordCount>().HandleAsync(
            StaffHost.Of(Role.Integrity), new(scene.Vault, count, scene.Host.Clock.Now, [new(scene.Exhibit)], second, null), [scene.Exhibit], Ct));
        var story = await scene.StoryAsync();
        Assert.DoesNotContain(NoGap, story, StringComparison.Ordinal);
        Assert.Contains("waits for the signature of Quilombo Overseer", story, StringComparison.Ordinal);
        Assert.IsType<Outcome.Done>(await scene.Of<SignCount>().HandleAsync(second, count, Ct));
        Assert.Contains(NoGap, await scene.StoryAsync(), StringComparison.Ordinal);
    }

    // The row of the table that says something.
    static string Row(string page, string said) => Assert.Single(page.Split("<tr"), row => row.Contains(said, StringComparison.Ordinal));

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
