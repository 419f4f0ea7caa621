using System.Data.Common;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Probity.Access.Contract;
using Probity.Access.Enrolling;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.Procedures;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Storage;
using Probity.Testing;
using Probity.Tests.Access;

namespace Probity.Tests.Records;

/// <summary>
/// A case and a person full of canaries are worked with through the pages and erased as people erase them. Then no canary and no key is in
/// any file, log line or backup, and all that there was to know without them still verifies and still shows.
/// </summary>
public sealed class CanaryTests
{
    const string Canary = "Xylofagos-", SignInName = "zcanary-signin-7741";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_of_an_erased_case_and_person_is_left_anywhere()
    {
        var begun = DateTime.UtcNow;
        await using var host = await StaffHost.StartAsync();
        var person = await PersonAsync(host);
        var matter = await MatterAsync(host, person);
        await LookAroundAsync(host, matter, person, erased: false);

        var folder = NodeFolder.At(host.DataFolder);
        await using var keys = new SqliteConnection($"Data Source={folder.KeyFile};Pooling=False;Mode=ReadOnly");
        var traces = await TracesAsync(host, matter, person, keys, "SELECT version, wrapped FROM key WHERE compartment = $id", id => new SqliteParameter("$id", id.ToByteArray(bigEndian: true)));

        // The search finds what is there to be found: the wrapped keys, and the name that the person signs in with.
        var before = traces.InFolder(host.DataFolder);
        Assert.Contains(before, found => found.Contains("the wrapped key of the case", StringComparison.Ordinal));
        Assert.Contains(before, found => found.Contains("the wrapped key of the person", StringComparison.Ordinal));
        Assert.Contains(before, found => found.Contains(SignInName, StringComparison.Ordinal));
        var backup = BackUp(folder, host.Folder);

        await EraseAsync(host, "cases", matter);
        await EraseAsync(host, "people", person);
        await LookAroundAsync(host, matter, person, erased: true);
        Assert.Empty(traces.InFolder(host.DataFolder));
        Assert.Empty(traces.InFolder(backup));
        Assert.Empty(traces.In("log lines", Encoding.UTF8.GetBytes(string.Join('\n', host.Logs.Lines))));
        Assert.Empty(Directory.EnumerateFiles(Path.GetTempPath())
            // The debugger's pipes lie here too, and are never read to their end; and what others wrote, which is not ours to search.
            .Where(file => RegularFile.KindOf(file) == FileKind.Regular && File.GetLastWriteTimeUtc(file) >= begun && new FileInfo(file).Length < 1 << 20)
            .SelectMany(file => traces.In(file, ReadIfMine(file))));
        await ViewsAsync(host);

        await host.StopAsync();
        Assert.Empty(traces.InFolder(host.DataFolder));
        var report = await NodeVerifier.VerifyAsync(host.DataFolder, new VerifyRequest(null, [await File.ReadAllTextAsync(Path.Combine(backup, "checkpoint"), Ct)]), null, Ct);
        Assert.True(report.Ok, string.Join('\n', report.Checks.Where(c => !c.Ok)));
        Assert.True(report.WithoutKeys > 10);
    }

    [Fact]
    public async Task Nothing_of_them_is_left_on_another_node_of_a_log_in_postgresql()
    {
        var server = PostgresCluster.Shared;
        var database = server.NewDatabase();
        await using var host = await StaffHost.StartAsync(postgres: database);
        await using var follower = await StaffHost.JoinAsync(host);
        await using var absent = await StaffHost.JoinAsync(host);
        var person = await PersonAsync(host);
        var matter = await MatterAsync(host, person);
        await using var keys = new NpgsqlConnection(database + ";Pooling=false");
        var traces = await TracesAsync(host, matter, person, keys, "SELECT version, wrapped FROM keys.key WHERE compartment = $1", id => new NpgsqlParameter { Value = id });
        // What each node's own lists hold of a case.
        traces.AddText((await host.RecordAsync()).Where(r => r.Stream.Value == matter).Select(r => r.Event).OfType<CaseOpened>().Single().Number);
        foreach (var node in (StaffHost[])[follower, absent])
        {
            foreach (var view in node.Services.GetServices<IView>()) await node.CaughtUpAsync(view.Name);
            Assert.NotEmpty(traces.InFolder(node.DataFolder));
            await LookAroundAsync(node, matter, person, erased: false);
        }

        await absent.StopAsync();
        await EraseAsync(host, "cases", matter);
        await EraseAsync(host, "people", person);
        await GoneAsync(traces, follower);
        await LookAroundAsync(follower, matter, person, erased: true);
        Assert.Empty(traces.In("log lines", Encoding.UTF8.GetBytes(string.Join('\n', follower.Logs.Lines))));
        Assert.Empty(traces.InFolder(host.DataFolder));
        Assert.NotEmpty(traces.InFolder(absent.DataFolder));
        await absent.StartAgainAsync();
        await GoneAsync(traces, absent);
        Assert.All((await absent.RecordAsync()).Where(r => r.Stream.Value == matter && r.Event is not MatterErased), r => Assert.Null(r.Event));

        // The server's own tables, the credentials' among them; what its write-ahead log keeps is said in docs/postgresql.md.
        server.Execute("postgres", "CHECKPOINT");
        Assert.Empty(traces.InFolder(Path.Combine(server.Data, "base")));
    }

    /// <summary>A node that follows has cleared its files soon after it heard; fails after twenty seconds.</summary>
    static async Task GoneAsync(Traces traces, StaffHost node)
    {
        for (var attempt = 0; attempt < 200 && traces.InFolder(node.DataFolder).Count > 0; attempt++) await Task.Delay(100, Ct);
        Assert.Empty(traces.InFolder(node.DataFolder));
    }

    /// <summary>All canaries, and the keys of the case and of the person.</summary>
    static async Task<Traces> TracesAsync(StaffHost host, Guid matter, Guid person, DbConnection keys, string sql, Func<Guid, DbParameter> parameter)
    {
        var traces = new Traces();
        for (var i = 0; i < 10; i++) traces.AddText($"{Canary}{i}");
        traces.AddText(SignInName);
        var record = await host.RecordAsync();
        await keys.OpenAsync(Ct);
        foreach (var (what, compartments) in new[]
        {
            ("the case", Compartments.ErasedWithMatter(new StreamId(matter))), ("the person", PersonCompartments.ErasedWith(person)),
        })
        {
            foreach (var compartment in compartments.Where(c => record.Any(r => r.Compartment == c)))
            {
                await using var command = keys.CreateCommand();
                command.CommandText = sql;
                command.Parameters.Add(parameter(compartment.Value));
                await using var reader = await command.ExecuteReaderAsync(Ct);
                Assert.True(await reader.ReadAsync(Ct), $"{what} has no key");
                traces.AddKeys(what, (reader.GetInt32(0), reader.GetFieldValue<byte[]>(1)), WrappingKey(NodeFolder.At(host.DataFolder)), compartment.Value,
                    record.Where(r => r.Compartment == compartment).Select(r => r.Index));
            }
        }

        await keys.CloseAsync();
        return traces;
    }

    static async Task<Guid> PersonAsync(StaffHost host)
    {
        var admin = await host.SignedInAsync(Role.Administrator);
        var made = await admin.PostAsync("/people", await admin.TextAsync("/people"), new() { ["name"] = $"{Canary}0 Nome" });
        Assert.Equal(HttpStatusCode.SeeOther, made.StatusCode);
        var page = made.Headers.Location!.ToString();
        var person = Guid.Parse(page.Split('/')[^1]);
        var proposed = await admin.PostAsync($"{page}/postings", await admin.TextAsync(page), new() { ["post"] = StaffHost.PostOf(Role.Vetting).ToString(), ["reason"] = $"{Canary}1 knows the port." });
        Assert.Equal(HttpStatusCode.SeeOther, proposed.StatusCode);
        var posting = (await host.RecordAsync()).Select(r => r.Event).OfType<PostingProposed>().Single(p => p.Person == person).Posting;
        var integrity = await host.SignedInAsync(Role.Integrity);
        // A post of the integrity office takes an overseer.
        var overseer = await host.SignedInAsync(Role.Overseer);
        Assert.Equal(HttpStatusCode.SeeOther, (await overseer.PostAsync($"{page}/postings/{posting}/approve", await overseer.TextAsync(page), [])).StatusCode);

        string invitation;
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var (outcome, sent) = await scope.ServiceProvider.GetRequiredService<Inviting>().RunAsync(StaffHost.Of(Role.Administrator), person, SignInName, Ct);
            Assert.IsType<Outcome.Done>(outcome);
            invitation = sent!.Path;
        }

        var own = host.Open();
        var enrol = await own.TextAsync(invitation);
        var enrolled = await own.PostAsync(invitation, enrol, new()
        {
            ["seal"] = Regex.Match(enrol, "name=\"seal\" value=\"([^\"]+)\"").Groups[1].Value.Replace("&#x2B;", "+", StringComparison.Ordinal),
            ["password"] = StaffHost.Password, ["again"] = StaffHost.Password,
            ["code"] = host.Code(Regex.Match(enrol, "<code id=\"secret\">([A-Z2-7]+)</code>").Groups[1].Value),
        });
        Assert.Equal(HttpStatusCode.SeeOther, enrolled.StatusCode);
        // So does its end, which is sent back once.
        foreach (var answer in (string[])["no", "yes"])
        {
            Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync($"{page}/postings/{posting}/end", await integrity.TextAsync(page), new() { ["reason"] = $"{Canary}2 left." })).StatusCode);
            host.Clock.Now += HeldActs.Hold;
            (integrity, overseer) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
            Assert.Equal(HttpStatusCode.SeeOther, (await overseer.PostAsync($"{page}/postings/{posting}/end-answer", await overseer.TextAsync(page), new() { ["answer"] = answer, ["reason"] = $"{Canary}2 stays." })).StatusCode);
        }

        // The conflict check knows of a posting for 24 months, and nobody is erased before.
        Assert.Contains("24 months", await integrity.TextAsync($"/records/people/{person}"), StringComparison.Ordinal);
        host.Clock.Now = host.Clock.Now.AddMonths(25);
        return person;
    }

    static async Task<Guid> MatterAsync(StaffHost host, Guid person)
    {
        var officer = await host.SignedInAsync(Role.Officer);
        var opened = await officer.PostJsonAsync("/api/cases", new
        {
            key = Guid.NewGuid(), unit = StaffHost.Unit, offence = "060121", summary = $"{Canary}3 came with a container.",
            parties = new object[] { new { role = "witness", name = $"{Canary}4 Vizinha", person }, new { role = "subject", name = $"{Canary}5 Outro" } },
        });
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        var matter = (await opened.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("caseId").GetGuid();
        await host.UntilAsync(r => r.Event is SeatDrawn && r.Stream.Value == matter);
        await DoneAsync(officer, $"/api/cases/{matter}/steps", new { step = "interviewHeld", note = $"{Canary}6 said nothing." });
        var integrity = await host.SignedInAsync(Role.Integrity);
        var beside = Probity.Procedures.Deviating.ShowDeviations.PathOf(matter);
        await Procedures.Sops.SopPagesTests.PostAsync(officer, beside, new() { ["activity"] = "Search carried out", ["reason"] = $"{Canary}8 has no house." }, HttpStatusCode.SeeOther, "record");
        var left = (await host.RecordAsync()).Select(r => r.Event).OfType<Probity.Procedures.Contract.DeviationRecorded>().Single(d => d.Case == matter).Deviation;
        await Procedures.Sops.SopPagesTests.PostAsync(integrity, beside, new() { ["deviation"] = left.ToString("D"), ["stands"] = "yes", ["why"] = $"{Canary}9 moved out." }, HttpStatusCode.SeeOther, "answer");
        Assert.Contains("Only a closed case", await integrity.TextAsync($"/records/cases/{matter}"), StringComparison.Ordinal);
        await DoneAsync(officer, $"/api/cases/{matter}/closing", new { outcome = "noFurtherAction", reasons = $"{Canary}7 is all there is." });
        await DoneAsync(integrity, $"/api/cases/{matter}/closing/approval", new { approve = true });
        return matter;
    }

    static async Task DoneAsync(Browser browser, string path, object body)
    {
        var answer = await browser.PostJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync(Ct)}");
    }

    static async Task EraseAsync(StaffHost host, string kind, Guid id)
    {
        var page = $"/records/{kind}/{id}";
        var integrity = await host.SignedInAsync(Role.Integrity);
        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync(page + "/erase", await integrity.TextAsync(page), new() { ["basis"] = "Law 7, article 5", ["reason"] = "Kept longer than the law lets us." })).StatusCode);
        var overseer = await host.SignedInAsync(Role.Overseer);
        Assert.Equal(HttpStatusCode.SeeOther, (await overseer.PostAsync(page + "/approve", await overseer.TextAsync(page), [])).StatusCode);
        await host.UntilAsync(r => r.Event is ErasureFinished done && done.Subject == id);
    }

    /// <summary>Every page and answer that might show them: full of them before, without them and without a fault after.</summary>
    static async Task LookAroundAsync(StaffHost host, Guid matter, Guid person, bool erased)
    {
        var (overseer, integrity, officer) = (await host.SignedInAsync(Role.Overseer), await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Officer));
        foreach (var path in (string[])
        [
            "/", "/cases", $"/cases/{matter}", $"/cases/{matter}?lang=pt", "/people", $"/people/{person}", $"/people/{person}?lang=es", "/units", "/records",
            $"/records/cases/{matter}", $"/records/people/{person}?lang=pt", $"/api/cases/{matter}", "/api/cases", $"/api/cases/{matter}/draws", "/api/people",
            "/api/records", "/procedures", "/procedures/case-handling", $"/procedures/case-handling/{matter}", Probity.Procedures.Deviating.ShowDeviations.PathOf(matter),
        ])
        {
            var answer = await overseer.GetAsync(path);
            var text = await answer.Content.ReadAsStringAsync(Ct);
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{path}: {answer.StatusCode} {host.Logs.Lines.LastOrDefault(line => line.Contains("Exception", StringComparison.Ordinal))}");
            if (erased) Assert.DoesNotContain(Canary, text, StringComparison.Ordinal);
        }

        if (!erased)
        {
            Assert.Contains($"{Canary}3", await overseer.TextAsync($"/cases/{matter}"), StringComparison.Ordinal);
            Assert.Contains($"{Canary}0", await overseer.TextAsync("/people"), StringComparison.Ordinal);
            Assert.Contains($"{Canary}9", await overseer.TextAsync(Probity.Procedures.Deviating.ShowDeviations.PathOf(matter)), StringComparison.Ordinal);
            return;
        }

        Assert.Contains("This case was erased", await overseer.TextAsync($"/cases/{matter}?lang=en"), StringComparison.Ordinal);
        Assert.Contains("Este caso fue borrado", await overseer.TextAsync($"/cases/{matter}?lang=es"), StringComparison.Ordinal);
        Assert.Contains("Este caso foi apagado", await overseer.TextAsync($"/cases/{matter}?lang=pt"), StringComparison.Ordinal);
        Assert.Contains("A person whose data were erased", await overseer.TextAsync("/people?lang=en"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"/cases/{matter}")).StatusCode);
        // What is erased takes nothing more, and no further decision.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await integrity.PostJsonAsync($"/api/cases/{matter}/assignment", new { seat = "handler", reason = "Because it has to be so." })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await integrity.PostJsonAsync($"/api/records/cases/{matter}/erasure", new { legalBasis = "Law 7", reason = "Once more." })).StatusCode);
        Assert.NotEqual(HttpStatusCode.SeeOther, (await StaffHost.PasswordAsync(host.Open(), SignInName, StaffHost.Password)).StatusCode);
        var traces = (await CaseLog.ReadAsync(host.Services.GetRequiredService<TransparencyLog>(), Ct)).Cases;
        Assert.True(traces.Count == 0, "the case is in the event log still");
    }

    /// <summary>Dropped and rebuilt from the first entry, each list is as it was.</summary>
    static async Task ViewsAsync(StaffHost host)
    {
        var runner = host.Services.GetRequiredService<ViewRunner>();
        var overseer = await host.SignedInAsync(Role.Overseer);
        var before = await overseer.TextAsync("/api/records");
        foreach (var view in host.Services.GetServices<IView>()) await runner.ForgetAsync(view, Ct);
        await runner.CatchUpAsync(Ct);
        Assert.Equal(before, await overseer.TextAsync("/api/records"));
    }

    static byte[] WrappingKey(NodeFolder folder) => Convert.FromBase64String(File.ReadAllText(Path.Combine(folder.SecretsFolder, "wrapping")).Trim());

    /// <summary>A backup of the ledger as one is made while the node runs: the record and its checkpoint, and no keys.</summary>
    static string BackUp(NodeFolder folder, string place)
    {
        var backup = Directory.CreateDirectory(Path.Combine(place, "backup")).FullName;
        using (var connection = new SqliteConnection($"Data Source={folder.LedgerFile};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "VACUUM INTO $file";
            command.Parameters.AddWithValue("$file", Path.Combine(backup, "ledger.db"));
            command.ExecuteNonQuery();
        }

        File.Copy(folder.CheckpointFile, Path.Combine(backup, "checkpoint"));
        return backup;
    }

    static byte[] ReadIfMine(string file)
    {
        try
        {
            return Traces.Read(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
