using System.Text;
using Probity.Lens.Logs;
using Probity.Lens.Rules;

namespace Probity.Lens.Tests.Rules;

/// <summary>Small logs and rule files, written short. An event is "activity@day", and "activity@day/person" with who did it.</summary>
internal static class RuleLogs
{
    public const long Day = 86_400_000_000;

    public static EventLog Log(params string[] traces)
    {
        var builder = new EventLogBuilder();
        foreach (var trace in traces)
        {
            var number = builder.AddCase((builder.CaseCount + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
            foreach (var word in trace.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var (what, person) = word.Split('/') is [var w, var p] ? (w, p) : (word, null);
                var parts = what.Split('@');
                builder.Add(number, parts[0], person, (long)(double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) * Day));
            }
        }

        return builder.Build();
    }

    public static RuleFile File(string yaml) => RuleFile.Parse(Encoding.UTF8.GetBytes(yaml), "rules.yaml");

    /// <summary>A file of one rule, given as the inside of a YAML map on one line.</summary>
    public static RuleFile Rule(string inside) => File("rules:\n- {id: r, " + inside + "}\n");

    public static RuleCheckResult Check(EventLog log, RuleFile file, Superiors? superiors = null, int? threads = null) =>
        RuleCheck.Run(log, file, superiors, threads, cancellation: TestContext.Current.CancellationToken);

    public static string Refusal(string yaml)
    {
        var message = Assert.Throws<BadInputException>(() => File(yaml)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
