using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Lens.Reports;
using Probity.Lens.Rules;
using Probity.Lens.Tests.Procedures;

namespace Probity.Lens.Tests.Reports;

/// <summary>Makes reports of small logs.</summary>
internal static class Page
{
    public static string Of(EventLog log, string? bpmn, RuleFile? rules, string language = "en", bool names = false)
    {
        var net = bpmn is null ? null : Bpmn.Read(bpmn);
        var to = new StringWriter();
        CheckReport.Write(to, new ReportSubject
        {
            Log = log, LogFile = new SourceFile("log.xes", 12_345, new string('a', 64)),
            Procedure = net is null ? null : (net, ConformanceCheck.Run(log, net, new ConformanceOptions { Quality = true }, null, TestContext.Current.CancellationToken)),
            ProcedureFile = net is null ? null : new SourceFile("sop.bpmn", 1, new string('b', 64)),
            Rules = rules is null ? null : RuleCheck.Run(log, rules, cancellation: TestContext.Current.CancellationToken),
            RulesFile = rules is null ? null : new SourceFile("rules.yaml", null, null),
            Language = language, Names = names, Made = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero), Command = "probity check 'a <b>.xes'", Version = "1.2.3",
        }, TestContext.Current.CancellationToken);
        return to.ToString();
    }
}
