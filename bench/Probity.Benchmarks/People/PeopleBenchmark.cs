using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Probity.Access.Contract;
using Probity.Benchmarks.Pages;
using Probity.People.Vetting;

namespace Probity.Benchmarks.People;

/// <summary><c>people</c>: pages about people in a node with twenty thousand of them and ten years, beside those of a node with two hundred, in turns in one run.</summary>
internal static class PeopleBenchmark
{
    const int Small = 200;

    static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var people = new Option<int>("--people") { Description = "How many people the large node has, forty entries each.", DefaultValueFactory = _ => 20_000 };
        var turns = new Option<int>("--turns") { Description = "How often each page is asked for in each node.", DefaultValueFactory = _ => 100 };
        var json = new Option<string?>("--json") { Description = "Write the figures as JSON to a file." };
        var folder = new Option<string?>("--folder") { Description = "Where the nodes are made; a temporary folder unless told." };
        var only = new Option<string>("--only") { Description = "Only pages whose name holds this.", DefaultValueFactory = _ => "" };
        var verb = new Command("people", "Lists of people, clearances, declarations, training, conduct and first screens with many people.") { people, turns, json, folder, only };
        verb.SetAction(async (call, _) => await RunAsync(call.GetValue(people), call.GetValue(turns), call.GetValue(json), call.GetValue(folder), call.GetValue(only)!));
        return verb;
    }

    static async Task<int> RunAsync(int people, int turns, string? json, string? parent, string only)
    {
        if (people < Small) throw new ArgumentException("The large node has at least 200 people.");
        var folder = parent is null ? Directory.CreateTempSubdirectory("probity-bench-").FullName : Directory.CreateDirectory(parent).FullName;
        try
        {
            await using var small = await BenchNode.CreateAsync(Path.Combine(folder, "small"), $"{Small} people", PeopleFill.Of(Small), Console.WriteLine);
            await using var large = await BenchNode.CreateAsync(Path.Combine(folder, "large"), $"{people} people", PeopleFill.Of(people), Console.WriteLine);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{large.Name}, {large.Entries} entries: written in {large.FillingTime.TotalSeconds:0} s, in the lists after {large.Listing.TotalSeconds:0} s more"));
            var rows = new List<PageRow>();
            foreach (var page in Pages.Where(p => p.Name.Contains(only, StringComparison.OrdinalIgnoreCase))) rows.Add(await PageTimes.MeasureAsync(page, small, large, turns));
            if (json is not null) await File.WriteAllTextAsync(json, JsonSerializer.Serialize(new { people, large.Entries, pages = rows }, s_indented) + "\n");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static Guid Officer => PeopleFill.Person(7);

    static Guid Head => PeopleFill.Commander(1);

    static Guid Vetting => PeopleFill.Watcher(Role.Vetting, 2);

    static Guid Integrity => PeopleFill.Watcher(Role.Integrity, 2);

    static Guid Overseer => PeopleFill.Watcher(Role.Overseer, 2);

    static MeasuredPage[] Pages =>
    [
        new("first screen, officer", Officer, "/"),
        new("first screen, commander", Head, "/"),
        new("first screen, vetting", Vetting, "/"),
        new("first screen, integrity", Integrity, "/"),
        new("first screen, overseer", Overseer, "/"),
        new("all steps, integrity", Integrity, "/steps"),
        new("people, integrity", Integrity, "/people"),
        new("a person, integrity", Integrity, $"/people/{PeopleFill.Person(11):D}"),
        new("units, integrity", Integrity, "/units"),
        new("leavers, integrity", Integrity, "/people/leavers"),
        new("clearances, vetting", Vetting, "/vetting"),
        new("clearances, commander", Head, "/vetting"),
        new("a name of clearances, vetting", Vetting, "/vetting?q=Palmares"),
        new("coverage, commander", Head, "/vetting/coverage"),
        new("coverage, overseer", Overseer, "/vetting/coverage"),
        new("sensitive posts, integrity", Integrity, "/vetting/posts"),
        new("a clearance, vetting", Vetting, $"/vetting/{Clearance.StreamOf(PeopleFill.Person(11), 2).Value:D}"),
        new("draws, overseer", Overseer, "/vetting/draws"),
        new("barred list, integrity", Integrity, "/vetting/barred"),
        new("declarers, vetting", Vetting, "/declarations/people"),
        new("a declarer, vetting", Vetting, $"/declarations/people/{PeopleFill.Person(11):D}"),
        new("my declarations, officer", Officer, "/declarations"),
        new("matrix, commander", Head, "/training/matrix"),
        new("competences of posts, integrity", Integrity, "/training/posts"),
        new("courses, officer", Officer, "/training/courses"),
        new("who has acknowledged, integrity", Integrity, "/conduct/people"),
        new("gifts, integrity", Integrity, "/conduct/gifts"),
        new("interests, officer", Officer, "/conduct/interests"),
        new("offers and threats, integrity", Integrity, "/protection"),
        new("duty roster, integrity", Integrity, "/protection/duty"),
        new("risks, integrity", Integrity, "/risk"),
        new("new assessment, integrity", Integrity, "/risk/new"),
        new("law and practice, nobody", Officer, "/risk/indicators"),
    ];
}
