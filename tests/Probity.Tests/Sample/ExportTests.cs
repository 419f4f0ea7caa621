using System.Diagnostics;
using System.Text.Json;
using Probity.Procedures;
using Probity.Procedures.Following;

namespace Probity.Tests.Sample;

/// <summary>The program itself, as a person calls it: what it exports is what the pages judge.</summary>
public sealed class ExportTests(SampleFixture sample) : IClassFixture<SampleFixture>
{
    [Fact]
    public async Task What_is_exported_is_judged_by_check_as_on_the_page()
    {
        using var folder = new TemporaryFolder();
        var sop = folder.File("sop.bpmn");
        await using (var file = File.Create(sop))
        await using (var own = typeof(CaseLog).Assembly.GetManifestResourceStream("Probity.Procedures.Sops.case-handling.bpmn")!)
            await own.CopyToAsync(file);

        var inside = await RunAsync("export", "xes", "--data", sample.Folder, "--out", Path.Combine(sample.Folder, "ledger.db"));
        Assert.Equal(2, inside.Code);
        Assert.Contains("the node's own folder", inside.Error, StringComparison.Ordinal);
        var export = await RunAsync("export", "xes", "--data", sample.Folder, "--closed", "--out", folder.File("cases.xes"));
        Assert.Equal((0, ""), (export.Code, export.Output));
        Assert.Matches(@"\A\d+ closed cases written to [^\n]+cases.xes\n\z", export.Error.ReplaceLineEndings("\n"));
        var check = await RunAsync("check", folder.File("cases.xes"), "--sop", sop, "--json", "-");
        Assert.Equal((1, ""), (check.Code, check.Error));

        // The node's folder is a log itself.
        var direct = await RunAsync("check", sample.Folder, "--closed", "--sop", sop, "--json", "-");
        Assert.Equal((1, ""), (direct.Code, direct.Error));
        using (JsonDocument left = JsonDocument.Parse(check.Output), right = JsonDocument.Parse(direct.Output))
        {
            foreach (var part in (string[])["log", "replay", "alignments"])
                Assert.Equal(left.RootElement.GetProperty(part).GetRawText(), right.RootElement.GetProperty(part).GetRawText());
        }

        var over = await RunAsync("describe", sample.Folder, "--json", Path.Combine(sample.Folder, "views.db"));
        Assert.Equal(2, over.Code);
        Assert.Contains("the node's own folder", over.Error, StringComparison.Ordinal);
        var laidOut = await RunAsync("describe", sample.Folder, "--case", "x");
        Assert.Equal(2, laidOut.Code);
        Assert.Contains("--case is for files", laidOut.Error, StringComparison.Ordinal);

        // What is found in the cases is a procedure that they follow, as a file that another tool could have made.
        var discover = await RunAsync("discover", folder.File("cases.xes"), "--bpmn", folder.File("found.bpmn"), "--json", "-");
        Assert.Equal(0, discover.Code);
        using (var found = JsonDocument.Parse(discover.Output)) Assert.Equal(100, found.RootElement.GetProperty("percentFit").GetDouble());
        Assert.Equal(0, (await RunAsync("check", folder.File("cases.xes"), "--sop", folder.File("found.bpmn"))).Code);

        var cases = new CaseLog();
        await using (var log = await Probity.Storage.NodeFolder.OpenAsync(sample.Folder, TimeProvider.System, new Probity.Ledger.LogOptions(), default))
            await cases.CatchUpAsync(log, default);
        var page = Judgement.Of(cases, HouseProcedures.Complete(HouseProcedures.CasesSop, Sop.Initial), DateTimeOffset.UnixEpoch, default);
        using var json = JsonDocument.Parse(check.Output);
        Assert.Equal(page.Cases.Count, json.RootElement.GetProperty("log").GetProperty("traces").GetInt32());
        Assert.Equal(100.0 * page.Followed / page.Cases.Count, json.RootElement.GetProperty("alignments").GetProperty("percentFit").GetDouble(), 9);
        Assert.InRange(page.Followed, 1, page.Cases.Count - 1);
    }

    [Fact]
    public async Task Copies_of_the_whole_unit_are_recorded_and_the_other_verbs_take_them()
    {
        using var folder = new TemporaryFolder();
        var rules = Path.Combine(ReferenceRules(), "exhibits.yaml");
        var (log, database) = (folder.File("unit.json"), folder.File("unit.sqlite"));
        foreach (var (file, form) in new[] { (log, (string[])[]), (database, ["--sqlite"]) })
        {
            var export = await RunAsync(["export", "ocel", "--data", sample.Folder, "--out", file, "--purpose", "Audit 2026", .. form]);
            Assert.Equal((0, ""), (export.Code, export.Output));
            Assert.Matches(@"\A\d+ cases written to [^\n]+; recorded with SHA-256 [0-9a-f]{64}\n\z", export.Error.ReplaceLineEndings("\n"));
            Assert.EndsWith(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken))), export.Error.TrimEnd(), StringComparison.Ordinal);
        }

        // Both forms are one log, and the worked example of rules checks it: two officers in each hand-over, every exhibit in its own case.
        var described = new List<string>();
        foreach (var file in (string[])[log, database])
        {
            var describe = await RunAsync("describe", file, "--json", "-");
            Assert.Equal(0, describe.Code);
            using var json = JsonDocument.Parse(describe.Output);
            described.Add($"{json.RootElement.GetProperty("events")} {json.RootElement.GetProperty("objects")} {json.RootElement.GetProperty("relations")} {json.RootElement.GetProperty("objectRelations")}");
            var check = await RunAsync("check", file, "--rules", rules, "--person-type", "officer", "--json", "-");
            Assert.InRange(check.Code, 0, 1);
            Assert.Equal("", check.Error);
            using var judged = JsonDocument.Parse(check.Output);
            var found = judged.RootElement.GetProperty("rules").EnumerateArray().ToDictionary(r => r.GetProperty("id").GetString()!, r => (r.GetProperty("activations").GetInt64(), r.GetProperty("cases").GetInt32()));
            Assert.Equal(0, found["own-case"].Item2);
            Assert.Equal(0, found["two-officers"].Item2);
            Assert.All((string[])["own-case", "two-officers", "weighed"], id => Assert.True(found[id].Item1 > 0, id));
        }

        Assert.Equal(described[0], described[1]);
        var number = sample.Record.Select(r => r.Event).OfType<Probity.Exhibits.Contract.ExhibitSeized>().First().Number.Split("-E")[0];
        var one = await RunAsync("export", "case", "--data", sample.Folder, "--case", number, "--names", "--out", folder.File("case.jsonld"), "--purpose", "Prosecutor of Praia");
        Assert.Equal((0, 1), (one.Code, one.Error.StartsWith("1 case written", StringComparison.Ordinal) ? 1 : 0));
        Assert.Equal(0, (await RunAsync("export", "exhibits", "--data", sample.Folder, "--out", folder.File("exhibits.xes"), "--purpose", "Audit 2026")).Code);
        Assert.Equal(0, (await RunAsync("describe", folder.File("exhibits.xes"))).Code);
        Assert.Equal(0, (await RunAsync("export", "ids", "--data", sample.Folder, "--out", folder.File("ids.xlsx"), "--xlsx", "--purpose", "Report to UNODC")).Code);
        Assert.Equal(0, (await RunAsync("describe", folder.File("ids.xlsx"), "--case", "Record", "--activity", "Drug/Substance", "--time", "Seizure Date")).Code);

        foreach (var (wrong, said) in new[]
        {
            ((string[])["--case", "XXX-1900-0001", "--purpose", "Audit 2026"], "there is no case XXX-1900-0001"), (["--purpose", " "], "Say who gets the copy"), (["--purpose", "x"], "two words at least"), (["--names", "--purpose", "Audit 2026"], "--names is for one case"),
        })
        {
            var refused = await RunAsync(["export", "ocel", "--data", sample.Folder, "--out", folder.File("none.json"), .. wrong]);
            Assert.Equal(2, refused.Code);
            Assert.Contains(said, refused.Error, StringComparison.Ordinal);
            Assert.False(File.Exists(folder.File("none.json")));
        }

        await using var ledger = await Probity.Storage.NodeFolder.OpenAsync(sample.Folder, TimeProvider.System, new Probity.Ledger.LogOptions(), default);
        var taken = (await ledger.ReadStreamAsync(Probity.Exports.ExportDesk.OfMany, 0, default)).Select(Probity.Shared.Record.EventTypes.Read).ToList();
        Assert.Equal(4, taken.Count);
        Assert.All(taken, t => Assert.Equal(ledger.Id, t.Actor.Value));
    }

    static string ReferenceRules([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "rules"));

    [Fact]
    public async Task A_procedure_too_wide_to_compare_with_is_not_called_broken()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(1);
        var rows = Enumerable.Range(0, 8).SelectMany(c =>
        {
            var order = Enumerable.Range(0, 80).ToArray();
            random.Shuffle(order);
            return order.Select((a, i) => $"{c},a{a},2026-01-01T00:{i / 60:00}:{i % 60:00}Z");
        });
        await File.WriteAllLinesAsync(folder.File("wide.csv"), ["case,activity,time", .. rows], TestContext.Current.CancellationToken);
        var found = await RunAsync("discover", folder.File("wide.csv"));
        Assert.Equal(0, found.Code);
        Assert.Matches(@"\n0 of 0 cases follow it\.\nNOT FINISHED: 8 cases met a limit|\n8 of 8 cases follow it\.\n", found.Output.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("export", "xes", "--data", "no-such-folder", "--out", "x.xes")]
    [InlineData("export", "xes")]
    [InlineData("check", "no-such-log.xes", "--sop", "no-such-model.pnml")]
    [InlineData("verify", "no-such-folder")]
    [InlineData("verify")]
    [InlineData("describe", "--no-such-option")]
    [InlineData("discover", "no-such-log.xes")]
    [InlineData("discover", "no-such-log.xes", "--noise", "2")]
    [InlineData("discover", "no-such-log.xes", "--noise", "some")]
    [InlineData("demo", "--port", "70000")]
    public async Task A_wrong_call_is_one_line_and_exit_code_2(params string[] call)
    {
        var (code, output, error) = await RunAsync(call);
        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.Matches(@"\Aprobity( \w+)?: [^\n]+\n\z", error.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_wrong_call_says_what_to_do_instead()
    {
        using var folder = new TemporaryFolder();
        async Task SaysAsync(string expected, params string[] call)
        {
            var (code, output, error) = await RunAsync(call);
            Assert.Equal((2, ""), (code, output));
            Assert.Contains(expected, Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        }

        await SaysAsync("see probity export xes --help", "export", "xes");
        await SaysAsync("there is no 'export csv', only export xes, export log, export ocel, export exhibits, export ids, export case; see probity export --help", "export", "csv");
        await SaysAsync("only demo, backup, check, describe, discover, export, import, intake, keys, passport, rebuild, receipt, recovery, reports, restore, serve, succeed, verify, witness; see probity --help", "nothing");
        var xes = folder.File("log.xes");
        await File.WriteAllTextAsync(xes, "<log xmlns=\"http://www.xes-standard.org/\"><trace><string key=\"concept:name\" value=\"1\"/><event><string key=\"concept:name\" value=\"Look\"/><date key=\"time:timestamp\" value=\"2026-01-01T00:00:00Z\"/></event></trace></log>", TestContext.Current.CancellationToken);
        await SaysAsync("for tables only", "describe", xes, "--case", "id");
        await SaysAsync("there is no folder", "describe", xes, "--map", folder.File("none/x.svg"));
        var twice = folder.File("twice.csv");
        await File.WriteAllTextAsync(twice, "case,activity,time,activity\n1,Look,2026-01-01T00:00:00Z,Leap\n", TestContext.Current.CancellationToken);
        await SaysAsync("several columns are named 'activity'", "describe", twice);
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await SaysAsync($"port {port} is taken", "demo", "--data", folder.File("demo"), "--port", port);
        Assert.False(Directory.Exists(folder.File("demo")));
        var (help, text, _) = await RunAsync("help", "check");
        Assert.Equal(0, help);
        Assert.Contains("--sop", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_odd_about_a_log_is_said_plainly()
    {
        using var folder = new TemporaryFolder();
        var csv = folder.File("log.csv");
        await File.WriteAllTextAsync(csv, "case,activity,time\n1,Leap,2026-01-02T00:00:00Z\n1,Look,2026-01-01T00:00:00Z\n", TestContext.Current.CancellationToken);
        var (code, described, _) = await RunAsync("describe", csv);
        Assert.Equal(0, code);
        Assert.Contains("1 case, 2 events, 1 variant", described, StringComparison.Ordinal);
        Assert.Contains("1 event was out of the order of time", described, StringComparison.Ordinal);
        var sop = folder.File("sop.bpmn");
        await using (var file = File.Create(sop))
        await using (var own = typeof(CaseLog).Assembly.GetManifestResourceStream("Probity.Procedures.Sops.case-handling.bpmn")!)
            await own.CopyToAsync(file, TestContext.Current.CancellationToken);
        (code, var judged, _) = await RunAsync("check", csv, "--sop", sop);
        Assert.Equal(1, code);
        Assert.Contains("NOTHING IN COMMON", judged, StringComparison.Ordinal);
        Assert.Contains("0 of 1 case follows the procedure", judged, StringComparison.Ordinal);
    }

    static async Task<(int Code, string Output, string Error)> RunAsync(params string[] call)
    {
        using var program = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "probity.dll"), .. call])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var output = program.StandardOutput.ReadToEndAsync();
        var error = program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();
        return (program.ExitCode, await output, await error);
    }

    sealed class TemporaryFolder : IDisposable
    {
        readonly string _path = Directory.CreateTempSubdirectory("probity-export-").FullName;

        public string File(string name) => Path.Combine(_path, name);

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
