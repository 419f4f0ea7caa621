using System.CommandLine;
using Probity.Lens;
using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Lens.Objects;
using Probity.Lens.Procedures;
using Probity.Lens.Reports;
using Probity.Lens.Rules;

namespace Probity.Cli.Verbs;

/// <summary><c>probity check LOG --sop MODEL --rules FILE</c>: where the record departs from the procedure and the rules.</summary>
internal sealed class CheckVerb
{
    readonly LogOptions _log = new();
    readonly Option<string?> _procedure = new("--sop") { Description = "The standard operating procedure: BPMN 2.0, PNML, or a table of its steps (CSV, XLSX) as docs/procedure-tables.md describes.", HelpName = "FILE" };
    readonly TableOptions _table = new();
    readonly Option<string?> _rules = new("--rules") { Description = "Rules over order, time, people and data: YAML, as docs/rules describes.", HelpName = "FILE" };
    readonly Option<string?> _people = new("--people") { Description = "For rules about superiors: CSV with the columns person, superior.", HelpName = "FILE" };
    readonly Option<string> _language = new("--lang") { Description = "The language of the rules' sentences and of the report: en, es, pt.", HelpName = "LANG", DefaultValueFactory = _ => "en" };
    readonly Option<int> _examples = new("--examples") { Description = "How many violations of each rule the JSON tells one by one.", HelpName = "N", DefaultValueFactory = _ => 20 };
    readonly Option<string?> _funnel = new("--funnel") { Description = "Draw the shares that rules of kind rate compare as SVG: a file, or a folder for several.", HelpName = "FILE|FOLDER" };
    readonly Option<bool> _quality = new("--quality") { Description = "Also how well the procedure describes the log: precision, generalisation, simplicity." };
    readonly Option<string?> _json = new("--json") { Description = "Write the findings as JSON to a file, or to standard output for '-'.", HelpName = "FILE|-" };
    readonly ReportOptions _report = new();

    internal static Command Create()
    {
        var check = new CheckVerb();
        var verb = new Command("check", "Checks a log against a procedure, against rules, or both: which cases depart, and where.");
        check._log.AddTo(verb);
        foreach (var option in (Option[])[check._procedure, check._rules, check._people, check._language, check._examples, check._funnel, check._quality, check._json]) verb.Add(option);
        check._table.AddTo(verb);
        check._report.AddTo(verb);
        verb.SetAction((call, cancel) => Task.Run(() => check.Run(call, cancel), cancel));
        return verb;
    }

    int Run(ParseResult call, CancellationToken cancel)
    {
        var (procedure, rules, people, json) = (call.GetValue(_procedure), call.GetValue(_rules), call.GetValue(_people), call.GetValue(_json));
        if (procedure is null && rules is null) throw new BadInputException("There is nothing to check against; give a procedure with --sop, rules with --rules, or both.");
        if (call.GetValue(_examples) < 0) throw new BadInputException("--examples takes a number from 0.");
        string[] inputs = [.. ((string?[])[_log.Path(call), procedure, rules, people]).OfType<string>()];
        WholeFile.Check(json, inputs);
        _report.Check(call, json, inputs);
        _table.Check(call, procedure, inputs);
        // The small files first: a mistake in them should not cost the time of reading a long log.
        if (!RuleSentences.Languages.Contains(call.GetValue(_language)!)) throw new BadInputException($"--lang takes one of {string.Join(", ", RuleSentences.Languages)}.");
        var net = procedure is null ? null : ProcedureReader.Read(procedure, _table.Of(call, call.GetValue(_language)!));
        foreach (var note in net?.Notes ?? []) Console.Error.WriteLine(PlainText.OneLine($"{procedure}: {note}"));
        _table.WriteBpmn(call, net);
        var file = rules is null ? null : RuleFile.Read(rules);
        if (net is not null) file = RuleFile.Drawn(net, procedure!, file);
        var superiors = people is null ? null : Superiors.Read(people);
        if (file is { NeedsSuperiors: true } && superiors is null) throw new BadInputException($"{rules ?? procedure}: a rule of kind not-superior needs to know who is whose superior; give it with --people.");
        FunnelFiles.Check(call.GetValue(_funnel), file, ((string?[])[_log.Path(call), procedure, rules, people]).OfType<string>());
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var (log, objects) = Read(call, file, net is null ? file?.ObjectType : null, cancel);
        var read = clock.Elapsed;
        var checkedNet = net is null ? ((PetriNet, ConformanceResult)?)null : (net, Follow(log, net, call.GetValue(_quality), cancel));
        clock.Restart();
        var found = file is null ? null : objects is var (whole, view) ? Judge(whole, view, file, superiors, cancel) : Judge(log, file, superiors, cancel);
        var judged = clock.Elapsed;
        var sentences = found is null ? null : new RuleSentences(found, call.GetValue(_language)!);
        if (call.GetValue(_funnel) is { } funnel && found is not null) FunnelFiles.Write(funnel, found, call.GetValue(_language)!);
        if (json is not null)
        {
            (RulesJson, TimeSpan)? part = found is null ? null : (new RulesJson(found, sentences!, call.GetValue(_examples)), judged);
            JsonOutput.Stream(json, new CheckJson(log, checkedNet, part, read).Write);
        }

        _report.WriteCsv(call, new DepartureTable(log, checkedNet?.Item2, found, call.GetValue(_language)!), cancel);
        _report.WriteReport(call, () => Subject(call, log, checkedNet, found, cancel) with { Objects = objects }, cancel);
        if (json != "-" && !_report.TakesOutput(call))
        {
            if (objects is var (_, cases)) Console.Out.WriteLine(PlainText.OneLine($"Each object of type '{cases.ObjectType}' is a case."));
            new CheckText(log, checkedNet).Print(Console.Out, _log.Path(call), procedure);
            if (found is not null) new RulesText(found, sentences!).Print(Console.Out);
        }

        var departs = checkedNet is var (_, result) && !result.Variants.All(v => v.Fits);
        return departs || found is { AnyViolated: true } ? ExitCodes.Found : ExitCodes.Fine;
    }

    ReportSubject Subject(ParseResult call, EventLog log, (PetriNet, ConformanceResult)? procedure, RuleCheckResult? rules, CancellationToken cancel)
    {
        var version = typeof(CheckVerb).Assembly.GetName().Version!.ToString(3);
        return new ReportSubject
        {
            Log = log, LogFile = SourceFile.Of(_log.Path(call), cancel),
            Procedure = procedure, ProcedureFile = call.GetValue(_procedure) is { } sop ? SourceFile.Of(sop, cancel) : null,
            Rules = rules, RulesFile = call.GetValue(_rules) is { } file ? SourceFile.Of(file, cancel) : null,
            Language = call.GetValue(_language)!, Made = TimeProvider.System.GetUtcNow(), Command = ReportOptions.Command(call), Version = version,
        };
    }

    /// <summary>The log of cases; and of an object-centric log the whole, and how the cases are taken from it.</summary>
    (EventLog, (ObjectLog Log, ObjectView View)?) Read(ParseResult call, RuleFile? file, string? usual, CancellationToken cancel)
    {
        IReadOnlyList<string> eventAttributes = file?.EventAttributes ?? [], caseAttributes = file?.CaseAttributes ?? [];
        var content = _log.ReadAny(call, eventAttributes, caseAttributes, cancel);
        if (content.Objects is not { } objects) return (content.Cases!, null);
        var view = _log.View(call, objects, usual);
        var log = objects.Flatten(view with { EventAttributes = eventAttributes, CaseAttributes = caseAttributes });
        LogOptions.TellIdle(objects, view.ObjectType);
        return (log, (objects, view));
    }

    static RuleCheckResult Judge(ObjectLog log, ObjectView view, RuleFile file, Superiors? superiors, CancellationToken cancel)
    {
        using var bar = new ProgressBar("judging");
        return ObjectCheck.Run(log, view, file, superiors, null, bar, cancel);
    }

    static ConformanceResult Follow(EventLog log, PetriNet net, bool quality, CancellationToken cancel)
    {
        using var bar = new ProgressBar("checking");
        return ConformanceCheck.Run(log, net, new ConformanceOptions { Quality = quality }, bar, cancel);
    }

    static RuleCheckResult Judge(EventLog log, RuleFile file, Superiors? superiors, CancellationToken cancel)
    {
        using var bar = new ProgressBar("judging");
        return RuleCheck.Run(log, file, superiors, null, bar, cancellation: cancel);
    }
}
