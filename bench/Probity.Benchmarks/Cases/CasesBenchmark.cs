using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Probity.Benchmarks.Pages;

namespace Probity.Benchmarks.Cases;

/// <summary><c>cases</c>: pages of a node with many cases beside those of a node with ten thousand, in turns in one run.</summary>
internal static partial class CasesBenchmark
{
    const int Small = 10_000;
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
            await using var small = await BenchNode.CreateAsync(Path.Combine(folder, "small"), $"{Small} cases", CaseFill.Of(Small), Console.WriteLine);
            await using var large = await BenchNode.CreateAsync(Path.Combine(folder, "large"), $"{cases} cases", CaseFill.Of(cases), Console.WriteLine);
            Say($"{large.Name}, {large.Entries} entries: written in {large.FillingTime.TotalSeconds:0} s, in the lists after {large.Listing.TotalSeconds:0} s more");
            var sizes = large.Sizes();
            foreach (var (what, bytes) in sizes) Say($"{bytes / (double)large.Entries,9:0.0} bytes an entry: {what}");
            Say($"{sizes.Sum(s => s.Bytes) / (double)large.Entries,9:0.0} bytes an entry in all");
            var rows = new List<PageRow>();
            foreach (var page in Pages) rows.Add(await PageTimes.MeasureAsync(page, small, large, turns));
            if (json is not null)
            {
                await File.WriteAllTextAsync(json, JsonSerializer.Serialize(new
                {
                    cases, large.Entries, fillingSeconds = large.FillingTime.TotalSeconds, listingSeconds = large.Listing.TotalSeconds,
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

    static MeasuredPage[] Pages =>
    [
        new("docket, overseer", CaseFill.Overseer, "/cases"),
        new("docket, overseer, page 20", CaseFill.Overseer, "/cases?page=20"),
        new("docket, overseer, one stage", CaseFill.Overseer, "/cases?stage=investigate"),
        new("docket, overseer, quiet", CaseFill.Overseer, "/cases?quiet=yes"),
        new("docket, commander", CaseFill.Commander, "/cases"),
        new("docket, officer", CaseFill.MeasuredOfficer(0), "/cases"),
        new("docket, officer, waiting", CaseFill.MeasuredOfficer(0), "/cases?mine=yes"),
        new("search, overseer, a rare word", CaseFill.Overseer, $"/cases?words={CaseFill.RareWord}"),
        new("search, overseer, a common word", CaseFill.Overseer, $"/cases?words={CaseFill.CommonWord}"),
        new("search, overseer, both", CaseFill.Overseer, $"/cases?words={CaseFill.CommonWord}+{CaseFill.RareWord}"),
        new("search, officer, a common word", CaseFill.MeasuredOfficer(0), $"/cases?words={CaseFill.CommonWord}"),
        new("search, overseer, by number", CaseFill.Overseer, "/cases?number=BEN-2023-000012"),
        new("case, overseer", CaseFill.Overseer, CasesOfAsync),
        new("case, officer", CaseFill.MeasuredOfficer(0), CasesOfAsync),
        new("first screen, overseer", CaseFill.Overseer, "/"),
        new("first screen, commander", CaseFill.Commander, "/"),
        new("first screen, officer", CaseFill.MeasuredOfficer(0), "/"),
    ];

    // Cases of the docket's first pages, so that no page is asked for time and again.
    static async Task<IReadOnlyList<string>> CasesOfAsync(HttpClient client)
    {
        var paths = new List<string>();
        for (var page = 1; page <= 8; page++)
            paths.AddRange(CaseLink().Matches(await client.GetStringAsync(new Uri(FormattableString.Invariant($"/cases?page={page}"), UriKind.Relative))).Select(m => m.Value));
        return [.. paths.Distinct()];
    }

    static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex("/cases/[0-9a-f-]{36}(?=\")")]
    private static partial Regex CaseLink();
}
