using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Probity.Lens;
using Probity.Lens.Discovery;
using Probity.Lens.Logs;
using Probity.Lens.Rules;

namespace Probity.Cli.Verbs;

/// <summary><c>probity discover LOG --declare</c>: the constraints that the cases of a log hold to, as sentences and as rules.</summary>
internal sealed class DiscoverConstraints
{
    static readonly CultureInfo Plain = CultureInfo.InvariantCulture;
    static readonly DeclareOptions Usual = new();

    readonly Option<bool> _declare = new("--declare") { Description = "Find single constraints (DECLARE) instead of a whole procedure." };
    readonly Option<double?> _support = new("--support") { Description = "With --declare: the share of all cases that must call a constraint into play and keep it (default 0.1).", HelpName = "SHARE" };
    readonly Option<double?> _confidence = new("--confidence") { Description = "With --declare: the share that must keep it of those that call it into play (default 0.95).", HelpName = "SHARE" };
    readonly Option<bool> _all = new("--all") { Description = "With --declare: also constraints that follow from others." };
    readonly Option<string?> _rules = new("--rules") { Description = "With --declare: write the constraints as rules for 'check --rules'.", HelpName = "FILE" };
    readonly Option<string?> _language = new("--lang") { Description = "With --declare: the language of the sentences: en, es, pt.", HelpName = "LANG" };

    public void AddTo(Command verb)
    {
        foreach (var option in (Option[])[_declare, _support, _confidence, _all, _rules, _language]) verb.Add(option);
    }

    /// <summary>Whether the call asks for constraints.</summary>
    /// <exception cref="BadInputException">It does not, and gives options for them.</exception>
    public bool IsAsked(ParseResult call)
    {
        if (call.GetValue(_declare)) return true;
        var stray = ((Option[])[_support, _confidence, _all, _rules, _language]).FirstOrDefault(o => call.GetResult(o) is { Implicit: false });
        return stray is null ? false : throw new BadInputException($"{stray.Name} goes with --declare; give both, or neither.");
    }

    public int Run(LogOptions from, ParseResult call, string? json, CancellationToken cancel)
    {
        var options = new DeclareOptions { Support = Share(call, _support, Usual.Support), Confidence = Share(call, _confidence, Usual.Confidence), All = call.GetValue(_all) };
        var (rules, language) = (call.GetValue(_rules), call.GetValue(_language) ?? "en");
        if (!RuleSentences.Languages.Contains(language)) throw new BadInputException($"--lang takes one of {string.Join(", ", RuleSentences.Languages)}.");
        if (rules == "-") throw new BadInputException("--rules takes a file to write.");
        WholeFile.Check(rules, from.Path(call));
        WholeFile.Check(json, from.Path(call));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var log = from.Read(call, cancel);
        var read = clock.Elapsed;
        clock.Restart();
        var found = DeclareMiner.Discover(log, options, cancel);
        var took = clock.Elapsed;
        var sentences = new ConstraintSentences(log, language);
        if (rules is not null) WholeFile.Write(rules, ConstraintRules.Write(log, found, sentences));
        if (json is not null) JsonOutput.Stream(json, to => Write(to, log, options, found, sentences, read, took));
        if (json != "-") Print(Console.Out, log, options, found, sentences);
        return ExitCodes.Fine;
    }

    static double Share(ParseResult call, Option<double?> option, double usual)
    {
        var share = call.GetValue(option) ?? usual;
        return share is >= 0 and <= 1 ? share : throw new BadInputException($"{option.Name} {share.ToString(Plain)}: the share is a number from 0 to 1.");
    }

    static void Print(TextWriter to, EventLog log, DeclareOptions options, IReadOnlyList<Constraint> found, ConstraintSentences sentences)
    {
        to.WriteLine(string.Create(Plain, $"{Said.Count(found.Count, "constraint")} in {Said.Count(log.Cases.Count, "case")}: support from {options.Support:0.###}, confidence from {options.Confidence:0.###}{(options.All ? "" : "; those that follow from others are left out")}."));
        Said.OutOfOrder(to, log.OutOfOrder);
        if (found.Count == 0) return;
        to.WriteLine();
        to.WriteLine($"{"support",9} {"confidence",11} {"broken in",10}");
        foreach (var c in found) to.WriteLine(string.Create(Plain, $"{c.Support,9:0.0000} {c.Confidence,11:0.0000} {c.Broken,10:N0}  {PlainText.OneLine(sentences.Say(c))}"));
    }

    static void Write(Utf8JsonWriter json, EventLog log, DeclareOptions options, IReadOnlyList<Constraint> found, ConstraintSentences sentences, TimeSpan read, TimeSpan took)
    {
        json.WriteStartObject();
        json.WriteStartObject("log");
        json.WriteNumber("traces", log.Cases.Count);
        json.WriteNumber("events", log.EventCount);
        json.WriteNumber("variants", log.Variants.Count);
        json.WriteNumber("activities", log.Activities.Count);
        json.WriteEndObject();
        json.WriteNumber("support", options.Support);
        json.WriteNumber("confidence", options.Confidence);
        json.WriteBoolean("all", options.All);
        json.WriteStartArray("constraints");
        foreach (var c in found)
        {
            json.WriteStartObject();
            json.WriteString("kind", c.KindName);
            json.WriteString("activation", log.Activities[c.Activation]);
            if (c.Target >= 0) json.WriteString("target", log.Activities[c.Target]);
            if (c.HasCount) json.WriteNumber("count", c.Count);
            json.WriteString("sentence", sentences.Say(c));
            json.WriteNumber("support", c.Support);
            json.WriteNumber("confidence", c.Confidence);
            json.WriteNumber("cases", c.Called);
            json.WriteNumber("broken", c.Broken);
            json.WriteNumber("activations", c.Activations);
            json.WriteNumber("fulfilled", c.Fulfilled);
            json.WriteEndObject();
            if (json.BytesPending > 1 << 16) json.Flush();
        }

        json.WriteEndArray();
        json.WriteStartObject("seconds");
        json.WriteNumber("read", Math.Round(read.TotalSeconds, 3));
        json.WriteNumber("discover", Math.Round(took.TotalSeconds, 3));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
