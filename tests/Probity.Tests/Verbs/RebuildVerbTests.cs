using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Cli.Hosting;
using Probity.People.Contract;
using Probity.Shared.Views;
using Probity.Storage;
using Probity.Storage.Views;
using Probity.Tests.Access;
using Probity.Tests.Interdiction;

namespace Probity.Tests.Verbs;

/// <summary>Views that a server kept up while people worked are what the record gives from entry 0; and where they are not, it is said and mended.</summary>
public sealed class RebuildVerbTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_view_that_was_kept_up_live_is_what_a_rebuild_gives_and_a_changed_one_is_found()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Monitor, StaffHost.OtherUnit), (Role.Secretariat, StaffHost.OtherUnit), (Role.Analyst, StaffHost.Unit), (Role.Commander, StaffHost.Agency)]);
        await WorkAsync(host);
        foreach (var view in host.Services.GetServices<IView>()) await host.CaughtUpAsync(view.Name);
        string[] tables;
        await using (var scope = host.Services.CreateAsyncScope())
            tables = [.. scope.ServiceProvider.GetRequiredService<DbContext>().Model.GetEntityTypes().Select(type => type.GetTableName()!).Order(StringComparer.Ordinal)];
        await host.StopAsync();

        var live = await RebuildAsync(host);
        Assert.Equal(tables, live.Select(table => table.Table));
        Assert.All(live, table => Assert.True(table.IsSame && table.Rows > 0, table.ToString()));

        // A row taken out, one changed, and a table that nobody made.
        var file = NodeFolder.At(host.DataFolder).ViewsFile;
        Run(file, "UPDATE docket_case SET Steps = Steps + 1 WHERE Steps > 0; DELETE FROM erasure; CREATE TABLE more (x INTEGER); INSERT INTO more VALUES (1)");
        var differing = (await RebuildAsync(host)).Where(table => !table.IsSame).ToDictionary(table => table.Table);
        Assert.Equal(["docket_case", "erasure", "more"], differing.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((1, 1), (differing["docket_case"].Gone, differing["docket_case"].Added));
        Assert.Equal((0, 1), (differing["erasure"].Gone, differing["erasure"].Added));
        Assert.Equal((1, 0), (differing["more"].Gone, differing["more"].Added));
        Assert.All(await RebuildAsync(host), table => Assert.True(table.IsSame, table.ToString()));
    }

    [Fact]
    public async Task A_running_server_is_left_alone()
    {
        await using var host = await StaffHost.StartAsync();
        var fault = await Assert.ThrowsAsync<IOException>(() => NodeViews.OpenAsync(NodeFolder.At(host.DataFolder), Ct));
        Assert.Contains("stop it first", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>A case with everything that the docket has a table for, a hold, a target, and an assessment of risks.</summary>
    static async Task WorkAsync(StaffHost host)
    {
        var (officer, integrity, prosecutor) = (await host.SignedInAsync(Role.Officer), await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Prosecutor));
        await Probity.Access.SignIns.FileAsync(host.Services.GetRequiredService<Probity.Shared.Record.Clerk>(), host.Services.GetRequiredService<IRegister>(), StaffHost.Of(Role.Officer), "password+totp", host.Clock.Now, 1, Ct);
        var matter = await OpenAsync(officer, null);
        await host.UntilAsync(r => r.Event is SeatDrawn && r.Stream.Value == matter);
        // A draw about staff waits for a watcher.
        await OpenAsync(officer, StaffHost.Of(Role.Vetting));
        await DoneAsync(officer, $"/api/cases/{matter}/steps", new { step = "interviewHeld", note = "Said nothing." });
        await DoneAsync(integrity, $"/api/cases/{matter}/access", new { person = StaffHost.Of(Role.Custodian), reason = "Has to know of it." });
        var exhibit = await SeizeAsync(host, matter, officer);
        var steps = Probity.Procedures.Deviating.ShowDeviations.PathOf(matter);
        await Procedures.Sops.SopPagesTests.PostAsync(officer, steps, new() { ["activity"] = "Search carried out", ["reason"] = "There is no house to search." }, HttpStatusCode.SeeOther, "record");
        await Procedures.Sops.SopPagesTests.PostAsync(integrity, "/procedures/sops", new() { ["title"] = "Keys of the store", ["note"] = "Nobody holds both of them." }, HttpStatusCode.SeeOther);
        // Growth that nothing explains waits for somebody to look.
        foreach (var (back, cash) in ((int, int)[])[(-1, 10), (0, 900_000)])
        {
            Assert.Equal(HttpStatusCode.SeeOther, (await People.DeclarationPagesTests.DeclareAsync(
                officer, host.Clock.Now.AddDays(back), (DeclaredKind.Income, "Salary; 100"), (DeclaredKind.Spending, "All; 100"), (DeclaredKind.Cash, $"At home; {cash}"))).StatusCode);
        }

        await BringToCourtAsync(host, matter, officer, prosecutor);
        var order = Guid.NewGuid();
        await DoneAsync(await host.SignedInAsync(Role.Registry), $"/api/cases/{matter}/judge", new { name = "The judge", person = StaffHost.Of(Role.Judge), how = "random" });
        await DoneAsync(await host.SignedInAsync(Role.Registry), $"/api/cases/{matter}/exhibit-orders", new
        {
            order, kind = "destroy", exhibits = new[] { exhibit }, reference = "Court 2, 17/2026", ordered = "2026-03-02", beforeJudgment = true, reasons = "The store is full of it.", legalBasis = "Law 1, article 9",
        });
        await DoneAsync(await host.SignedInAsync(Role.Judge), $"/api/cases/{matter}/exhibit-orders/{order}/confirmation", new { });
        await DoneAsync(await host.SignedInAsync(Role.Custodian), $"/api/exhibits/{exhibit}/destruction", new
        {
            destruction = Guid.NewGuid(), order, place = "Cement works", method = "Kiln", witnesses = new[] { StaffHost.Other(0), StaffHost.Other(1) },
        });
        await People.VettingPagesTests.InviteAsync(host, await host.SignedInAsync(Role.Vetting), StaffHost.Of(Role.Officer));
        await People.HeldClearanceTests.HoldAsync(host);
        await DoneAsync(prosecutor, $"/api/records/people/{StaffHost.Of(Role.Vetting)}/holds", new { legalBasis = "Order 12/2026", reason = "Wanted as a witness." });
        await TargetPagesTests.ActAsync(officer, await TargetPagesTests.EnterAsync(officer), "select");
        var commander = await host.SignedInAsync(Role.Commander);
        await commander.PostAsync(
            $"/interdiction/thresholds/{StaffHost.Unit:D}/propose", await commander.TextAsync("/interdiction/thresholds"), new() { ["score"] = "60", ["reason"] = "More traffic than staff." });
        await PaymentPagesTests.PayAsync(officer);
        await Conduct.CodePagesTests.PublishAsync(host);
        await Conduct.CodePagesTests.AcknowledgeAsync(officer);
        await Conduct.GiftPagesTests.DeclareAsync(officer);
        await People.TrainingPagesTests.TrainAsync(host, StaffHost.Of(Role.Officer));
        await Protection.ProtectionPagesTests.WorkAsync(host);
        await Reports.ReportPagesTests.WorkAsync(host);
        await Reports.Matters.MatterPagesTests.WorkAsync(host);
        await Conduct.Interests.InterestPagesTests.DecideAsync(await host.SignedInAsync(Role.Integrity), await Conduct.Interests.InterestPagesTests.DeclareAsync(host, officer), "managed");
        var assessment = await Risk.RiskPagesTests.InForceAsync(
            host, StaffHost.Of(Role.Integrity), [StaffHost.Of(Role.Officer), StaffHost.Of(Role.Vetting), StaffHost.Of(Role.Prosecutor)], StaffHost.Of(Role.Overseer), StaffHost.Other(3));
        // One of two is taken off again.
        foreach (var posts in (Guid[][])[[StaffHost.PostOfOther(0), StaffHost.PostOfOther(1)], [StaffHost.PostOfOther(1)]])
        {
            Assert.IsType<Probity.Shared.Record.Outcome.Done>(await host.Services.GetRequiredService<Probity.Risk.Naming.NamePosts>().HandleAsync(
                StaffHost.Of(Role.Integrity), new(assessment, "airport.staff-door", posts, "The first door is closed."), null, Ct));
        }

        await People.MarkPostTests.MarkAsync(host, StaffHost.PostOf(Role.Custodian));
        await DoneAsync(integrity, "/api/vetting/draws", new { });
        await host.UntilAsync(r => r.Event is Probity.People.Contract.LotDrawn);
    }

    /// <summary>One declares a conflict with the case, one opens it without being assigned, and it comes before the court.</summary>
    static async Task BringToCourtAsync(StaffHost host, Guid matter, Browser officer, Browser prosecutor)
    {
        var number = (await host.RecordAsync()).Where(r => r.Stream.Value == matter).Select(r => r.Event).OfType<CaseOpened>().Single().Number;
        await host.CaughtUpAsync("docket");
        await DoneAsync(await host.SignedInAsync(Role.Vetting), "/api/cases/conflicts", new { number, kind = "friendship" });
        await DoneAsync(await host.SignedInAsync(Role.Investigator), "/api/cases/break-glass", new { number, reason = "The ship sails tonight." });
        await DoneAsync(officer, $"/api/cases/{matter}/stage", new { stage = "investigate" });
        await DoneAsync(officer, $"/api/cases/{matter}/steps", new { step = "reportFiled", note = "Filed." });
        await DoneAsync(officer, $"/api/cases/{matter}/stage", new { stage = "prosecute" });
        await host.UntilAsync(r => r.Stream.Value == matter && r.Event is SeatDrawn { Seat: Seat.Prosecutor });
        await DoneAsync(prosecutor, $"/api/cases/{matter}/decisions", new { kind = "charge", reasons = "The findings bear each other out.", legalBasis = "Law 1, article 2" });
        await DoneAsync(prosecutor, $"/api/cases/{matter}/stage", new { stage = "adjudicate" });
        await DoneAsync(await host.SignedInAsync(Role.Registry), $"/api/cases/{matter}/hearings", new { at = host.Clock.Now.AddDays(10), place = "Room 2", subject = "First hearing" });
    }

    /// <summary>An exhibit that was weighed and handed over, with a seal that reads otherwise.</summary>
    static async Task<Guid> SeizeAsync(StaffHost host, Guid matter, Browser officer)
    {
        var (commander, custodian) = (await host.SignedInAsync(Role.Commander), await host.SignedInAsync(Role.Custodian));
        await DoneAsync(commander, "/api/exhibits/balances", new
        {
            unit = StaffHost.Unit, serial = "B-1", capacity = "30000", uncertainty = "0.5", calibrationDue = "2027-01-01", certificate = "CAL-7",
        });
        var balance = (await host.RecordAsync()).Select(r => r.Event).OfType<Probity.Exhibits.Contract.BalanceRegistered>().Single().Balance;
        var seized = await officer.PostJsonAsync($"/api/exhibits/cases/{matter}/seizures", new
        {
            of = new { country = "CPV", place = "airport", transport = "airplane" },
            items = new object[] { new { kind = "drug", substance = "cocaine-hcl", description = "White powder.", packages = new object[] { new { number = 1, seal = "S-1" } } } },
        });
        Assert.True(seized.StatusCode == HttpStatusCode.Created, await seized.Content.ReadAsStringAsync(Ct));
        var exhibit = (await seized.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("exhibits")[0].GetGuid();
        await DoneAsync(officer, $"/api/exhibits/{exhibit}/weighings", new
        {
            act = Guid.NewGuid(), package = 1, kind = "grossSealed", mass = "1012.5", balance, moment = "seizure", witness = StaffHost.Of(Role.Investigator),
        });
        await DoneAsync(officer, $"/api/exhibits/{exhibit}/releases", new
        {
            half = Guid.NewGuid(), transfer = Guid.NewGuid(), to = StaffHost.Of(Role.Custodian), purpose = "store", seals = new object[] { new { number = 1, seal = "S-1" } },
        });
        await DoneAsync(custodian, $"/api/exhibits/{exhibit}/receipts", new
        {
            half = Guid.NewGuid(), transfer = Guid.NewGuid(), from = StaffHost.Of(Role.Officer), seals = new object[] { new { number = 1, seal = "S-7" } },
        });
        // What comes after: a sample, and a count of a place.
        await DoneAsync(custodian, $"/api/exhibits/{exhibit}/samples", new
        {
            act = Guid.NewGuid(), package = 1, mass = "2.5", balance, newSeal = "S-2", sampleSeal = "M-1", plan = "ST/NAR/38", units = 1, tested = 1, witness = StaffHost.Of(Role.Commander),
        });
        var sample = (await host.RecordAsync()).Select(r => r.Event).OfType<Probity.Exhibits.Contract.SampleDrawn>().Single().Sample;
        await DoneAsync(custodian, $"/api/exhibits/{sample}/releases", new
        {
            half = Guid.NewGuid(), transfer = Guid.NewGuid(), to = StaffHost.Of(Role.Analyst), purpose = "laboratory", authority = "REQ-1", seals = new object[] { new { number = 1, seal = "M-1" } },
        });
        var analyst = await host.SignedInAsync(Role.Analyst);
        await DoneAsync(analyst, $"/api/exhibits/{sample}/receipts", new
        {
            half = Guid.NewGuid(), transfer = Guid.NewGuid(), from = StaffHost.Of(Role.Custodian), seals = new object[] { new { number = 1, seal = "M-1" } },
        });
        var analysis = Guid.NewGuid();
        await DoneAsync(analyst, $"/api/exhibits/{sample}/analyses/nothing", new { analysis, methods = "GC-MS", consumed = "0.1", day = host.Clock.Now.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) });
        await DoneAsync(await host.SignedInAsync(StaffHost.Other(2)), $"/api/exhibits/{sample}/analyses/{analysis}/review", new { agrees = true });
        await DoneAsync(commander, "/api/exhibits/locations", new { unit = StaffHost.Unit, name = "Vault 1", @class = "vault", dualLock = true, camera = true, alarm = true });
        var location = (await host.RecordAsync()).Select(r => r.Event).OfType<Probity.Exhibits.Contract.LocationOpened>().Single().Location;
        await DoneAsync(custodian, $"/api/exhibits/{exhibit}/location", new { location });
        await DoneAsync(await host.SignedInAsync(Role.Integrity), $"/api/exhibits/locations/{location}/counts", new { count = Guid.NewGuid(), codes = Array.Empty<string>(), empty = true, second = StaffHost.Of(Role.Overseer) });
        return exhibit;
    }

    static async Task<Guid> OpenAsync(Browser officer, Guid? suspect)
    {
        var opened = await officer.PostJsonAsync("/api/cases", new
        {
            key = Guid.NewGuid(), unit = StaffHost.Unit, offence = "060121", summary = "Came with a container.",
            parties = new object[] { new { role = "subject", name = "Somebody of the harbour", person = suspect } },
        });
        Assert.True(opened.StatusCode == HttpStatusCode.Created, await opened.Content.ReadAsStringAsync(Ct));
        return (await opened.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("caseId").GetGuid();
    }

    static async Task<IReadOnlyList<ViewDifference>> RebuildAsync(StaffHost host)
    {
        await using var views = await NodeViews.OpenAsync(NodeFolder.At(host.DataFolder), Ct);
        return await views.RebuildAsync(Ct);
    }

    static async Task DoneAsync(Browser browser, string path, object body)
    {
        var answer = await browser.PostJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync(Ct)}");
    }

    static void Run(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
