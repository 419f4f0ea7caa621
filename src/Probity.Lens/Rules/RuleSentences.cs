using System.Globalization;
using System.Resources;
using System.Text;
using System.Text.RegularExpressions;
using Probity.Lens.Logs;

namespace Probity.Lens.Rules;

/// <summary>Explains violations, each in one sentence, in one of the languages that there are texts for.</summary>
public sealed partial class RuleSentences
{
    /// <summary>The languages, as two letters; the first is the usual one.</summary>
    public static readonly IReadOnlyList<string> Languages = ["en", "es", "pt"];

    const int MostNames = 20;

    static readonly ResourceManager Texts = new("Probity.Lens.Rules.Texts.RuleText", typeof(RuleSentences).Assembly);

    readonly CultureInfo _culture;
    readonly Calendar _calendar;
    readonly Func<int, string> _person;

    /// <summary>Sentences about the findings of a check.</summary>
    /// <param name="check">The findings.</param>
    /// <param name="language">One of <see cref="Languages"/>.</param>
    /// <param name="person">What a person is called, by their number in the log's resources; null for the name that the log has.</param>
    /// <exception cref="BadInputException">There are no texts in that language.</exception>
    public RuleSentences(RuleCheckResult check, string language, Func<int, string>? person = null)
    {
        if (!Languages.Contains(language)) throw new BadInputException($"There are no sentences in '{LogText.Show(language)}'; choose one of {string.Join(", ", Languages)}.");
        _culture = CultureInfo.GetCultureInfo(language);
        _calendar = new Calendar(check.Zone);
        _person = person ?? (number => check.Log.Resources[number]);
    }

    /// <summary>The sentence for one violation.</summary>
    public string Explain(RuleResult result, Violation violation) =>
        LogLine(Fill(Text(Key(result.Rule, violation.Reason)), name => Value(name, result, violation)));

    static string Key(Rule rule, Reason reason) => reason != Reason.Rate ? reason.ToString()
        : rule.Kind == RuleKind.ValueKept ? "RateOfValue" : rule.Exposure == RateExposure.Cases ? "Rate" : "RateOver" + rule.Exposure;

    /// <summary>Who did the events of a violation, or stands out; each once, in the order of the events.</summary>
    public IReadOnlyList<string> PeopleOf(RuleResult result, Violation violation) =>
        violation.Reason == Reason.Rate
            ? result.Rule.By is null ? [NameOf(result.Rates[violation.Number])] : []
            : [.. result.PeopleOf(violation).Select(_person)];

    // A unit is called what it is called; a person may go by another name.
    string NameOf(PersonRate rate) => rate.Person < 0 ? rate.Name : _person(rate.Person);

    /// <summary>The text of a key in a language itself, never in another one; null where it has none.</summary>
    internal static string? Own(string key, string language)
    {
        var culture = language == "en" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language);
        return Texts.GetResourceSet(culture, createIfNotExists: true, tryParents: false)?.GetString(key);
    }

    string Text(string key) => Texts.GetString(key, _culture) ?? throw new MissingManifestResourceException(key);

    string Value(string name, RuleResult result, Violation violation)
    {
        var rule = result.Rule;
        return name switch
        {
            "case" => result.Log.Cases[violation.Case],
            "first" => Activity(result.Log, violation, violation.First),
            "firstTime" => Time(result.Log, violation, violation.First),
            "second" => Activity(result.Log, violation, violation.Second),
            "secondTime" => Time(result.Log, violation, violation.Second),
            "person" => violation.Reason == Reason.Rate ? NameOf(result.Rates[violation.Number]) : Person(result.Log, violation, violation.First),
            "other" => Person(result.Log, violation, violation.Second),
            "activation" => Any(rule.Activation),
            "target" => Any(rule.Target),
            // In the second half of a rule that asks both ways, what is missing is the activation.
            "missing" => Any(violation.Number == 1 ? rule.Activation : rule.Target),
            "asked" => NarrowsWhatIsMissing(rule, violation) ? Text("Part.Asked") : "",
            "number" => (violation.Reason == Reason.Rate ? result.Rates[violation.Number].Outcomes : violation.Number).ToString("N0", _culture),
            "times" => violation.Number == 1 ? Text("Part.Once") : Fill(Text("Part.Times"), _ => violation.Number.ToString("N0", _culture)),
            "count" => rule.Count.ToString("N0", _culture),
            "limit" => (rule.Kind == RuleKind.Absence ? rule.Count - 1 : rule.Count).ToString("N0", _culture),
            "by" => _calendar.Write(violation.Moment),
            "window" => Window(rule),
            "length" => Length(rule.After!.Value),
            "late" => violation.Second >= 0 ? Fill(Text("Part.Late"), _ => Time(result.Log, violation, violation.Second)) : violation.Reason == Reason.Late ? Text("Part.Never") : "",
            "cases" => result.Rates[violation.Number].Cases.ToString("N0", _culture),
            "exposure" => result.Rates[violation.Number].Exposure.ToString("N0", _culture),
            "share" => Share(rule, result.Rates[violation.Number].Share),
            "peers" => Share(rule, result.Rates[violation.Number].Peers),
            "probability" => result.Rates[violation.Number].Probability.ToString("0.0e-0", _culture),
            _ => ObjectValue(name, result, violation),
        };
    }

    /// <summary>The values that only rules over objects have.</summary>
    string ObjectValue(string name, RuleResult result, Violation violation)
    {
        var (rule, finding) = (result.Rule, result.FindingOf(violation));
        return name switch
        {
            "type" => rule.ObjectType!,
            "to" => rule.To!,
            "value" => rule.ValueName!,
            "as" => rule.As is null ? "" : Fill(Text("Part.As"), _ => rule.As),
            "least" => rule.Least!.Value.ToString("N0", _culture),
            "most" => rule.Most!.Value.ToString("N0", _culture),
            "travel" => Length(rule.Travel!.Value),
            "objects" => Listed(finding!.Objects),
            "owner" or "place" => finding!.Objects[0],
            "others" => Listed([.. finding!.Objects.Skip(1)]),
            "found" => finding!.Count.ToString("N0", _culture),
            "people" => finding!.People.Count == 0 ? Text("Part.NoPeople") : Listed([.. finding.People.Select(_person)]),
            "before" => Figure(finding!.Before.Value),
            "beforeTime" => _calendar.Write(finding!.Before.Time),
            "after" => Figure(finding!.After.Value),
            "afterTime" => _calendar.Write(finding!.After.Time),
            "change" => Figure(Math.Round(Math.Abs(finding!.After.Value - finding.Before.Value), 9)),
            "allowed" => Allowed((violation.Reason == Reason.Fell ? rule.Fall : rule.Rise)!.Value),
            _ => throw new InvalidOperationException($"no value for {{{name}}}"),
        };
    }

    string Figure(double number) => number.ToString("#,0.######", _culture);

    string Allowed(Allowance allowance) => Figure(allowance.Amount) + (allowance.IsPercent ? "\u00A0%" : "");

    static string Listed(IReadOnlyList<string> names) => string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? $", … ({names.Count})" : "");

    // Outcomes over days or events are no part of a whole, and no percentage.
    string Share(Rule rule, double share) => share.ToString(rule.Exposure == RateExposure.Cases ? "P1" : "0.####", _culture);

    static string Activity(EventLog log, Violation violation, int position) => log.Activities[log.ActivitiesOf(violation.Case)[position]];

    string Time(EventLog log, Violation violation, int position) => _calendar.Write(log.TimesOf(violation.Case)[position]);

    string Person(EventLog log, Violation violation, int position)
    {
        var resource = log.ResourcesOf(violation.Case)[position];
        return resource < 0 ? Text("Part.Nobody") : _person(resource);
    }

    // Where a condition narrows what counts, the activity itself may well be there.
    static bool NarrowsWhatIsMissing(Rule rule, Violation violation) => violation.Reason switch
    {
        Reason.TooFew or Reason.TooMany => rule.ActivationWhere is not null,
        Reason.Late => rule.TargetWhere is not null || rule.Correlation is not null,
        _ => rule.Correlation is not null || (violation.Number == 1 ? rule.ActivationWhere : rule.TargetWhere) is not null,
    };

    string Any(IReadOnlyList<string> activities) => string.Join(Text("Part.Or"), activities);

    string Window(Rule rule)
    {
        if (rule.Within is null && rule.After is null) return "";
        var key = rule.After is null ? "Part.Within" : rule.Within is null ? "Part.After" : "Part.Between";
        return Fill(Text(key), name => Length(name == "within" ? rule.Within!.Value : rule.After!.Value));
    }

    string Length(TimeLength length)
    {
        const long second = 1_000_000;
        var parts = new List<string>();
        Add("Day", length.Days);
        Add("Hour", length.Micros / (3600 * second));
        Add("Minute", length.Micros / (60 * second) % 60);
        Add("Second", length.Micros / second % 60);
        if (parts.Count == 0) parts.Add(Fill(Text("Part.Days"), _ => "0"));
        return string.Join(' ', parts);

        void Add(string unit, long number)
        {
            if (number == 1) parts.Add(Text("Part." + unit));
            else if (number > 1) parts.Add(Fill(Text($"Part.{unit}s"), _ => number.ToString("N0", _culture)));
        }
    }

    /// <summary>Puts values into a text in one pass, so that a value with braces stays what it is.</summary>
    internal static string Fill(string text, Func<string, string> value) => Places().Replace(text, place => value(place.Groups[1].Value));

    /// <summary>The sentence on one line, whatever names the log holds.</summary>
    static string LogLine(string sentence)
    {
        if (!sentence.Any(char.IsControl)) return sentence;
        var line = new StringBuilder(sentence.Length);
        foreach (var c in sentence) line.Append(char.IsControl(c) ? ' ' : c);
        return line.ToString();
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Places();
}
