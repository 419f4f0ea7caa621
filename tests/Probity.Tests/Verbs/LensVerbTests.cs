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
