using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Probity.Benchmarks.Cases;

/// <summary>What a page came to in both nodes: the 95th percentile in milliseconds, and the ratio of the one to the other.</summary>
internal sealed record PageRow(string Page, double Small, double Large, double Ratio);

/// <summary><c>cases</c>: pages of a node with many cases beside those of a node with ten thousand, in turns in one run.</summary>
internal static partial class CasesBenchmark
{
    const int Small = 10_000;
    const double Goal = 1.3;
    static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var cases = new Option<int>("--cases") { Description = "How many cases the large node has, ten entries each: 1000000 for the published figures, an hour and 20 GB.", DefaultValueFactory = _ => 100_000 };
        var turns = new Option<int>("--turns") { Description = "How often each page is asked for in each node.", DefaultValueFactory = _ => 200 };
        var json = new Option<string?>("--json") { Description = "Write the figures as JSON to a file." };
        var folder = new Option<string?>("--folder") { Description = "Where the nodes are made; a temporary folder unless told." };
        var verb = new Command("cases", "Docket, search and case page of many cases, and bytes an event.") { cases, turns, json, folder };
        verb.SetAction(async (call, _) => await RunAsync(call.GetValue(cases), call.GetValue(turns), call.GetValue(json), call.GetValue(folder)));
        return verb;
    }

    static async Task<int> RunAsync(int cases, int turns, string? json, string? parent)
    {
        if (cases < Small) throw new ArgumentException("The large node has at least 10000 cases.");
        var folder = parent is null ? Directory.CreateTempSubdirectory("probity-bench-").FullName : Directory.CreateDirectory(parent).FullName;
        try
        {
            await using var small = await CasesNode.CreateAsync(Path.Combine(folder, "small"), Small, Console.WriteLine);
            await using var large = await CasesNode.CreateAsync(Path.Combine(folder, "large"), cases, Console.WriteLine);
            Say($"{large.Count} cases, {large.Entries} entries: written in {large.Filling.TotalSeconds:0} s, in the lists after {large.Listing.TotalSeconds:0} s more");
            var sizes = large.Sizes();
            foreach (var (what, bytes) in sizes) Say($"{bytes / (double)large.Entries,9:0.0} bytes an entry: {what}");
            Say($"{sizes.Sum(s => s.Bytes) / (double)large.Entries,9:0.0} bytes an entry in all");
            var rows = new List<PageRow>();
            foreach (var page in Pages) rows.Add(await MeasureAsync(page, small, large, turns));
            if (json is not null)
            {
                await File.WriteAllTextAsync(json, JsonSerializer.Serialize(new
                {
                    cases, large.Entries, fillingSeconds = large.Filling.TotalSeconds, listingSeconds = large.Listing.TotalSeconds,
                    bytesAnEntry = sizes.ToDictionary(s => s.What, s => s.Bytes / (double)large.Entries), pages = rows,
                }, s_indented) + "\n");
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static (string Name, Guid Who, Func<HttpClient, Task<IReadOnlyList<string>>> Paths)[] Pages =>
    [
        ("docket, overseer", CasesNode.Overseer, One("/cases")),
        ("docket, overseer, page 20", CasesNode.Overseer, One("/cases?page=20")),
        ("docket, overseer, one stage", CasesNode.Overseer, One("/cases?stage=investigate")),
        ("docket, overseer, quiet", CasesNode.Overseer, One("/cases?quiet=yes")),
        ("docket, commander", CasesNode.Commander, One("/cases")),
        ("docket, officer", CaseFill.MeasuredOfficer(0), One("/cases")),
        ("docket, officer, waiting", CaseFill.MeasuredOfficer(0), One("/cases?mine=yes")),
        ("search, overseer, a rare word", CasesNode.Overseer, One($"/cases?words={CaseFill.RareWord}")),
        ("search, overseer, a common word", CasesNode.Overseer, One($"/cases?words={CaseFill.CommonWord}")),
        ("search, overseer, both", CasesNode.Overseer, One($"/cases?words={CaseFill.CommonWord}+{CaseFill.RareWord}")),
        ("search, officer, a common word", CaseFill.MeasuredOfficer(0), One($"/cases?words={CaseFill.CommonWord}")),
        ("search, overseer, by number", CasesNode.Overseer, One("/cases?number=BEN-2023-000012")),
        ("case, overseer", CasesNode.Overseer, CasesOfAsync),
        ("case, officer", CaseFill.MeasuredOfficer(0), CasesOfAsync),
        ("first screen, overseer", CasesNode.Overseer, One("/")),
        ("first screen, commander", CasesNode.Commander, One("/")),
        ("first screen, officer", CaseFill.MeasuredOfficer(0), One("/")),
    ];

    static Func<HttpClient, Task<IReadOnlyList<string>>> One(string path) => _ => Task.FromResult<IReadOnlyList<string>>([path]);

    // Cases of the docket's first pages, so that no page is asked for time and again.
    static async Task<IReadOnlyList<string>> CasesOfAsync(HttpClient client)
    {
        var paths = new List<string>();
        for (var page = 1; page <= 8; page++)
            paths.AddRange(CaseLink().Matches(await client.GetStringAsync(new Uri(FormattableString.Invariant($"/cases?page={page}"), UriKind.Relative))).Select(m => m.Value));
        return [.. paths.Distinct()];
    }

    static async Task<PageRow> MeasureAsync((string Name, Guid Who, Func<HttpClient, Task<IReadOnlyList<string>>> Paths) page, CasesNode small, CasesNode large, int turns)
    {
        using var one = await small.SignInAsync(page.Who);
        using var other = await large.SignInAsync(page.Who);
        var (ones, others) = (await page.Paths(one), await page.Paths(other));
        var (smallTimes, largeTimes) = (new List<double>(), new List<double>());
        // In turns: what else the machine does meanwhile slows both.
        for (var turn = -10; turn < turns; turn++)
        {
            var (a, b) = (await AskAsync(one, ones[(turn + 10) % ones.Count]), await AskAsync(other, others[(turn + 10) % others.Count]));
            if (turn < 0) continue;
            smallTimes.Add(a);
            largeTimes.Add(b);
        }

        var row = new PageRow(page.Name, P95(smallTimes), P95(largeTimes), P95(largeTimes) / P95(smallTimes));
        Say($"{row.Page,-34} p95 {row.Small,7:0.0} ms and {row.Large,7:0.0} ms: {row.Ratio:0.00} (goal {Goal})");
        return row;
    }

    static async Task<double> AskAsync(HttpClient client, string path)
    {
        var begun = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        await answer.Content.ReadAsByteArrayAsync();
        var time = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        return answer.IsSuccessStatusCode ? time : throw new InvalidOperationException($"{path} answered {answer.StatusCode}.");
    }

    static double P95(List<double> times) => times.Order().ElementAt((int)(times.Count * 0.95));

    static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex("/cases/[0-9a-f-]{36}(?=\")")]
    private static partial Regex CaseLink();
}
