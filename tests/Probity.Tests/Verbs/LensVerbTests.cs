using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Probity.Tests.Verbs;

/// <summary>Constraints, rates, the funnel plot and drift through the program itself, and the shapes of their JSON.</summary>
public sealed class LensVerbTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("probity-lens-verbs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Constraints_become_rules_that_their_log_keeps()
    {
        var (log, rules) = (Log(), At("found.yaml"));
        var found = await RunAsync(0, "discover", log, "--declare", "--confidence", "1", "--rules", rules, "--json", "-");
        using var json = JsonDocument.Parse(found);
        Assert.Equal(["log", "support", "confidence", "all", "constraints", "seconds"], Names(json.RootElement));
        var first = json.RootElement.GetProperty("constraints")[0];
        Assert.Equal(["kind", "activation", "sentence", "support", "confidence", "cases", "broken", "activations", "fulfilled"], Names(first));
        Assert.Equal(("init", "Every case begins with “seize”.", 120), (first.GetProperty("kind").GetString(), first.GetProperty("sentence").GetString(), first.GetProperty("cases").GetInt32()));
        await RunAsync(0, "check", log, "--rules", rules);
        Assert.Contains("Todos os casos começam com “seize”.", await RunAsync(0, "discover", log, "--declare", "--lang", "pt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rates_are_listed_and_drawn()
    {
        var (log, rules, funnel) = (Log(), At("rules.yaml"), At("funnel.svg"));
        await File.WriteAllTextAsync(rules, "rules:\n- {id: r, kind: rate, activation: seize, target: drop}\n", TestContext.Current.CancellationToken);
        var text = await RunAsync(1, "check", log, "--rules", rules, "--funnel", funnel);
        Assert.Matches(@"Officer 3  stands out", text);
        Assert.StartsWith("<svg", await File.ReadAllTextAsync(funnel, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await RunAsync(1, "check", log, "--rules", rules, "--json", "-", "--examples", "2"));
        var rule = json.RootElement.GetProperty("rules")[0];
        Assert.Equal(("cases", 6, 2), (rule.GetProperty("exposure").GetString(), rule.GetProperty("judged").GetInt32(), rule.GetProperty("rates").GetArrayLength()));
        Assert.Equal(["person", "outcomes", "cases", "share", "shrunken", "peers", "probability", "adjusted", "standsOut"], Names(rule.GetProperty("rates")[0]));
        Assert.True(rule.GetProperty("rates")[0].GetProperty("standsOut").GetBoolean());
    }

    [Fact]
    public async Task Drift_is_told()
    {
        using var json = JsonDocument.Parse(await RunAsync(0, "describe", Log(), "--drift", "quarter", "--json", "-"));
        var drift = json.RootElement.GetProperty("drift");
        Assert.Equal(["period", "tests", "falseDiscoveries", "periods", "changes"], Names(drift));
        Assert.Equal(["name", "start", "end", "cases", "events", "medianSeconds", "open"], Names(drift.GetProperty("periods")[0]));
        Assert.Equal("2025-01-01T00:00:00Z", drift.GetProperty("periods")[0].GetProperty("start").GetString());
        Assert.Contains("2025 Q1", await RunAsync(0, "describe", Log(), "--drift", "quarter"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_procedure_may_be_a_table_and_a_log_a_workbook()
    {
        var (steps, book, drawn) = (At("steps.csv"), At("register.bin"), At("steps.bpmn"));
        await File.WriteAllTextAsync(steps, "paso;quien;plazo\nseize;Officer;\nstore;Custodian;2 días\n", TestContext.Current.CancellationToken);
        WriteBook(book, [["case", "activity", "time", "role"], ["1", "seize", "2026-01-01", "Officer"], ["1", "store", "2026-01-02", "Custodian"], ["2", "seize", "2026-01-01", "Custodian"], ["2", "store", "2026-01-05", "Custodian"]]);
        using var json = JsonDocument.Parse(await RunAsync(1, "check", book, "--sop", steps, "--role", "role", "--lang", "es", "--bpmn", drawn, "--json", "-"));
        Assert.Equal(("table", 100), (json.RootElement.GetProperty("procedure").GetProperty("kind").GetString(), json.RootElement.GetProperty("alignments").GetProperty("percentFit").GetInt32()));
        Assert.Contains("se siguen en el orden de las filas", json.RootElement.GetProperty("procedure").GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(
            [("who: seize", 1), ("who: store", 0), ("within: store", 1)],
            json.RootElement.GetProperty("rules").EnumerateArray().Select(r => (r.GetProperty("id").GetString(), r.GetProperty("cases").GetInt32())));
        // What was drawn says the same.
        using var again = JsonDocument.Parse(await RunAsync(1, "check", book, "--sop", drawn, "--json", "-"));
        Assert.Equal(json.RootElement.GetProperty("rules").GetArrayLength(), again.RootElement.GetProperty("rules").GetArrayLength());
        Assert.Contains("4 events", await RunAsync(0, "describe", book, "--sheet", "sheet"), StringComparison.Ordinal);
        await RunAsync(2, "check", book, "--sop", drawn, "--role", "role");
        await RunAsync(2, "check", book, "--sop", drawn, "--bpmn", At("x.bpmn"));
        await RunAsync(2, "check", book, "--rules", drawn, "--role", "role");
    }

    static void WriteBook(string path, string[][] rows)
    {
        const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        using var zip = System.IO.Compression.ZipFile.Open(path, System.IO.Compression.ZipArchiveMode.Create);
        Part("[Content_Types].xml", "<Types/>");
        Part("_rels/.rels", $"<Relationships><Relationship Id='r' Type='{Relations}/officeDocument' Target='book.xml'/></Relationships>");
        Part("_rels/book.xml.rels", $"<Relationships><Relationship Id='s' Type='{Relations}/worksheet' Target='sheet.xml'/></Relationships>");
        Part("book.xml", $"<workbook xmlns:r='{Relations}'><sheets><sheet name='Sheet' sheetId='1' r:id='s'/></sheets></workbook>");
        Part("sheet.xml", "<worksheet><sheetData>" + string.Concat(rows.Select(row => "<row>" + string.Concat(row.Select(text => $"<c t='inlineStr'><is><t>{text}</t></is></c>")) + "</row>")) + "</sheetData></worksheet>");

        void Part(string name, string content)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(content);
        }
    }

    /// <summary>Six officers with twenty cases each; those of the third are nearly all dropped.</summary>
    string Log()
    {
        var csv = new StringBuilder("case,activity,time,resource\n");
        for (var c = 0; c < 120; c++)
        {
            var day = new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(c);
            csv.Append(CultureInfo.InvariantCulture, $"{c},seize,{day:yyyy-MM-dd}T08:00:00Z,Officer {c % 6}\n{c},weigh,{day:yyyy-MM-dd}T09:00:00Z,Clerk\n");
            if (c % 6 == 3 ? c % 10 > 0 : c % 20 == 0) csv.Append(CultureInfo.InvariantCulture, $"{c},drop,{day:yyyy-MM-dd}T10:00:00Z,Judge\n");
        }

        File.WriteAllText(At("log.csv"), csv.ToString());
        return At("log.csv");
    }

    string At(string name) => Path.Combine(_folder, name);

    static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(p => p.Name);

    static async Task<string> RunAsync(int expected, params string[] call)
    {
        using var program = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "probity.dll"), .. call])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8,
        })!;
        var output = program.StandardOutput.ReadToEndAsync();
        var error = program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();
        Assert.True(expected == program.ExitCode, $"exit code {program.ExitCode}: {await error}");
        return await output;
    }
}
