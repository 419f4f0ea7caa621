using Probity.Lens.Logs;
using Probity.Lens.Rules;
using Probity.Testing;
using static Probity.Lens.Tests.Rules.RuleLogs;

namespace Probity.Lens.Tests.Rules;

/// <summary>Whole logs: what was planted is found, and only that; the same on any number of cores and in any order of rules.</summary>
public class PlantedTests
{
    static readonly string[] Rules =
    [
        "{id: weighed-in-time, kind: response, activation: seize, target: weigh, within: 8h}",
        "{id: weighed-once, kind: exactly, activation: weigh, count: 1}",
        "{id: two-hands, kind: four-eyes, activation: seize, target: approve}",
        "{id: no-superior, kind: not-superior, activation: weigh, target: approve}",
        "{id: order, kind: precedence, activation: destroy, target: approve}",
        "{id: waits, kind: cooling-off, activation: approve, target: destroy, after: 10d}",
        "{id: few-open, kind: at-most-open, activation: seize, target: destroy, count: 3}",
        "{id: by-date, kind: deadline, target: destroy, since: case.due, within: 5d}",
        "{id: weight, kind: value, activation: weigh, target: destroy, condition: T.grams >= A.grams - 5 and T.grams <= A.grams + 5}",
    ];

    [Fact]
    public void What_was_planted_is_found_and_nothing_else()
    {
        var random = new Random(7);
        var text = new System.Text.StringBuilder("case,activity,time,resource,grams,due\n");
        var planted = Rules.ToDictionary(r => r[5..r.IndexOf(',', StringComparison.Ordinal)], _ => new SortedSet<int>());
        var names = planted.Keys.ToList();
        var busyFrom = -10;
        for (var c = 0; c < 4_000; c++)
        {
            var start = DateTime.UnixEpoch.AddDays(10 + (c * 2)).AddHours(random.Next(8));
            // People take turns, so that nobody has a fourth case open within the thirty days that one takes at most.
            var people = new[] { $"s{c % 40}", $"w{c % 17}", $"a{c % 13}", $"d{c % 7}" };
            int weighed = 1 + random.Next(6), approved = 2 + random.Next(3), destroyed = approved + 11 + random.Next(5), grams = 100 + random.Next(900), after = grams + random.Next(-5, 6), due = 10;
            var weighs = 1;
            if (c < busyFrom + 4)
            {
                people[0] = $"busy{busyFrom}";
            }
            else if (random.Next(25) == 0 && c > 50 && c < 3_900)
            {
                var what = names[random.Next(names.Count)];
                planted[what].Add(what == "few-open" ? c + 3 : c);
                switch (what)
                {
                    case "weighed-in-time": weighed = 9 + random.Next(20); break;
                    case "weighed-once": weighs = 2; break;
                    case "two-hands": people[2] = people[0]; break;
                    case "no-superior": people[2] = "chief"; break;
                    case "order": (approved, destroyed) = (destroyed, 2); break;
                    case "waits": destroyed = approved + 1 + random.Next(9); break;
                    case "few-open": people[0] = $"busy{busyFrom = c}"; break;
                    case "by-date": due = 0; destroyed = approved + 20; break;
                    default: after = grams - 6 - random.Next(50); break;
                }
            }

            void Line(string activity, double days, string person, string weight = "") =>
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{c},{activity},{start.AddDays(days):yyyy-MM-ddTHH:mm:ssZ},{person},{weight},{start.AddDays(due + 5):yyyy-MM-dd}\n");
            Line("seize", 0, people[0]);
            for (var i = 0; i < weighs; i++) Line("weigh", (weighed + (i * 0.5)) / 24.0, people[1], $"{grams}");
            Line("approve", approved, people[2]);
            Line("destroy", destroyed, people[3], $"{after}");
        }

        var people2 = Path.GetTempFileName();
        System.IO.File.WriteAllText(people2, "person,superior\n" + string.Concat(Enumerable.Range(0, 17).Select(i => $"w{i},head\n")) + "head,chief\n");
        var superiors = Superiors.Read(people2);
        System.IO.File.Delete(people2);
        var file = File("rules:\n" + string.Concat(Rules.Select(r => $"- {r}\n")));
        var log = Logs.LogFiles.Read(text.ToString(), new LogReaderOptions { EventAttributes = file.EventAttributes, CaseAttributes = file.CaseAttributes });
        var result = Check(log, file, superiors, 1);
        foreach (var rule in result.Rules)
            Assert.Equal(planted[rule.Rule.Id], rule.Violations.Select(v => int.Parse(log.Cases[v.Case], System.Globalization.CultureInfo.InvariantCulture)).Distinct().Order());

        var turned = File("rules:\n" + string.Concat(Rules.Reverse().Select(r => $"- {r}\n")));
        var again = Check(Logs.LogFiles.Read(text.ToString(), new LogReaderOptions { EventAttributes = turned.EventAttributes, CaseAttributes = turned.CaseAttributes }), turned, superiors, 7);
        Assert.All(planted.Values, cases => Assert.InRange(cases.Count, 5, 40));
        foreach (var (one, two) in result.Rules.Zip(again.Rules.Reverse()))
        {
            Assert.Equal(one.Violations, two.Violations);
            Assert.Equal((one.Rule.Id, one.Cases, one.Events, one.People, one.Activations, one.Pending, one.Unknown, one.Vacuous), (two.Rule.Id, two.Cases, two.Events, two.People, two.Activations, two.Pending, two.Unknown, two.Vacuous));
        }
    }

    /// <summary>Counts that a program of another language, with nothing in common but the log, arrived at too.</summary>
    [Theory]
    [InlineData("sent-within-90-days", 49_772, 49_772, 103_987)]
    [InlineData("appeal-within-60-days", 582, 582, 4_043)]
    [InlineData("appeal-after-notification", 184, 190, 4_743)]
    [InlineData("dismissed-not-collected", 0, 0, 59_013)]
    [InlineData("paid-not-collected", 2, 2, 2_126)]
    [InlineData("dismissals-of-an-officer", 0, 0, 150_370)]
    public void The_road_fines(string id, int cases, int violations, long activations)
    {
        var rule = RoadFines().Rules.Single(r => r.Rule.Id == id);
        Assert.Equal((cases, violations, activations), (rule.Cases, rule.Violations.Count, rule.Activations));
        if (rule.Rule.Kind != RuleKind.Rate) return;
        Assert.Equal((143, "551", 9, 109), (rule.Rates.Count, RoadFines().Log.Resources[rule.Rates[0].Person], rule.Rates[0].Outcomes, rule.Rates[0].Cases));
        Assert.Equal(0.0009920470993220966, rule.Rates[0].Probability, 9);
        Assert.Equal(0.1418627352030598, rule.Rates[0].Adjusted, 7);
    }

    static RuleCheckResult? _roadFines;

    static RuleCheckResult RoadFines()
    {
        if (_roadFines is not null) return _roadFines;
        var path = ReferenceData.Path("lens/logs/roadfines.xes.gz");
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder!.FullName, "Probity.slnx"))) folder = folder.Parent;
        var file = RuleFile.Read(Path.Combine(folder.FullName, "docs/rules/road-fines.yaml"));
        return _roadFines = Check(LogReader.Read(path, new LogReaderOptions { EventAttributes = file.EventAttributes, CaseAttributes = file.CaseAttributes }), file);
    }
}
