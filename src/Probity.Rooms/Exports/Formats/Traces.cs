using Probity.Lens.Logs;
using Probity.Lens.Objects;

namespace Probity.Exports.Formats;

/// <summary>A case as a trace of XES: the steps of its procedure.</summary>
internal static class CaseTracesXes
{
    public static void Write(CopiedCase copied, XesTraces xes, Func<Guid, string>? names)
    {
        for (var number = 0; number < copied.Steps.Cases.Count; number++)
        {
            xes.Begin(copied.Steps.Cases[number]);
            var activities = copied.Steps.ActivitiesOf(number);
            var resources = copied.Steps.ResourcesOf(number);
            var times = copied.Steps.TimesOf(number);
            for (var i = 0; i < activities.Length; i++)
            {
                var who = resources[i] == EventLog.NoResource ? null : copied.Steps.Resources[resources[i]];
                xes.Event(copied.Steps.Activities[activities[i]], who is not null && names is not null ? names(Guid.Parse(who)) : who, times[i]);
            }

            xes.End();
        }
    }
}

/// <summary>Each exhibit of a case as a trace of XES, with the figures of what was done.</summary>
internal static class ExhibitTracesXes
{
    public static void Write(CopiedCase copied, XesTraces xes, Func<Guid, string>? names)
    {
        foreach (var exhibit in copied.Exhibits.Exhibits)
        {
            xes.Begin(exhibit.Number, [new("case", copied.Number), new("kind", Codes.Of(exhibit.Kind)), .. exhibit.Substance is { } substance ? (XesValue[])[new("substance", substance)] : []]);
            // By the clock: what two devices signed while the line was down reached the record later than it happened.
            foreach (var step in CustodySteps.Of(exhibit, names is not null).OrderBy(s => s.Entry.When).ThenBy(s => s.Entry.Index))
            {
                var by = step.People[0].Person;
                xes.Event(
                    step.Activity, names is null ? by.ToString("D") : names(by), (step.Entry.When.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
                    step.Values.Select(v => new XesValue(v.Name, v.Text, v.Holds is ObjectValueType.Number or ObjectValueType.Whole ? XesKind.Number : XesKind.Text)));
            }

            xes.End();
        }
    }
}
