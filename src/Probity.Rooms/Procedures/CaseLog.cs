using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.Lens.Logs;
using Probity.Records.Contract;
using Probity.Shared.Record;

namespace Probity.Procedures;

/// <summary>One step of a case as the procedure names it: what, who and when.</summary>
internal sealed record CaseStep(string Activity, Guid Person, DateTimeOffset When, long Index);

/// <summary>A case as its steps.</summary>
internal sealed class CaseTrace(Guid id, string number)
{
    readonly List<CaseStep> _steps = [];

    public Guid Id => id;
    public string Number => number;
    public bool Closed { get; internal set; }
    public Dictionary<Seat, bool> AskedByHand { get; } = [];
    public HashSet<Seat> RedrawApproved { get; } = [];

    /// <summary>
    /// The steps in the order in which they happened. The opening comes first: what a case was opened for happened before it,
    /// and is no step out of order.
    /// </summary>
    public IReadOnlyList<CaseStep> Steps => [.. _steps.OrderBy(s => s.Activity != CaseLog.Opened).ThenBy(s => s.When).ThenBy(s => s.Index)];

    internal void Add(CaseStep step) => _steps.Add(step);
}

/// <summary>The unit's own cases as an event log, read from the record and from nothing else.</summary>
internal sealed class CaseLog
{
    /// <summary>The activity that every case begins with.</summary>
    public const string Opened = "Case opened";

    const int Batch = 1_000;

    static readonly string Erased = EventTypes.NameOf(typeof(MatterErased));

    readonly Dictionary<Guid, CaseTrace> _cases = [];

    /// <summary>The index of the first entry that is not read yet.</summary>
    public long Next { get; private set; }

    public IReadOnlyCollection<CaseTrace> Cases => _cases.Values;

    /// <summary>The whole log as it stands; times are when things happened, resources are people's ids.</summary>
    public static async Task<EventLog> ReadAsync(TransparencyLog log, CancellationToken cancel)
    {
        var cases = new CaseLog();
        await cases.CatchUpAsync(log, cancel);
        return ToLog(cases.Cases);
    }

    /// <summary>Reads what has been recorded since.</summary>
    /// <returns>Whether a case was opened, and whether one was closed.</returns>
    public async Task<(bool Opened, bool Closed)> CatchUpAsync(TransparencyLog log, CancellationToken cancel)
    {
        var known = _cases.Count;
        var closed = false;
        while (await log.ReadAsync(Next, Batch, cancel) is { Count: > 0 } entries)
        {
            foreach (var entry in entries)
            {
                if (entry.Header.Type.StartsWith("cases.", StringComparison.Ordinal)) closed |= Take(EventTypes.Read(entry));
                // What was erased is forgotten here too, and what was computed from it is computed anew.
                else if (entry.Header.Type == Erased) closed |= _cases.Remove(entry.Header.Stream.Value);
                Next = entry.Header.Index + 1;
            }
        }

        return (_cases.Count > known, closed);
    }

    /// <summary>These cases as an event log, each in the order of its steps.</summary>
    public static EventLog ToLog(IEnumerable<CaseTrace> cases, Func<string, string>? name = null)
    {
        var builder = new EventLogBuilder();
        foreach (var trace in cases.OrderBy(c => c.Number, StringComparer.Ordinal))
        {
            var at = builder.AddCase(trace.Number);
            foreach (var step in trace.Steps)
            {
                builder.Add(
                    at, name is null ? step.Activity : name(step.Activity), step.Person.ToString("D"),
                    (step.When.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
            }
        }

        return builder.Build();
    }

    bool Take(Recorded recorded)
    {
        if (recorded.Event is CaseOpened opened) _cases[recorded.Stream.Value] = new CaseTrace(recorded.Stream.Value, opened.Number);
        if (!_cases.TryGetValue(recorded.Stream.Value, out var trace)) return false;
        if (NameOf(recorded.Event, trace) is { } activity)
            trace.Add(new CaseStep(activity, recorded.Actor.Value, recorded.When, recorded.Index));
        if (recorded.Event is not CaseClosed) return false;
        trace.Closed = true;
        return true;
    }

    // The words of the procedure; what only prepares a step (a request, a proposal for a seat) is none of its own.
    static string? NameOf(IEvent? happened, CaseTrace trace)
    {
        switch (happened)
        {
            case CaseOpened: return Opened;
            // A redraw that a second person approved is no draw too many: the procedure knows it by a name of its own.
            case SeatDrawn e: return trace.RedrawApproved.Remove(e.Seat) ? $"{e.Seat} drawn again" : $"{e.Seat} drawn";
            case HandAssignmentProposed e:
                trace.AskedByHand[e.Seat] = true;
                return null;
            case RedrawProposed e:
                trace.AskedByHand[e.Seat] = false;
                return null;
            case AssignmentApproved e:
                if (trace.AskedByHand.GetValueOrDefault(e.Seat)) return $"{e.Seat} assigned by hand";
                trace.RedrawApproved.Add(e.Seat);
                return null;
            case StepRecorded e: return Words(e.Step.ToString());
            case StageEntered e: return e.Stage switch
            {
                Stage.Investigate => "Investigation begun",
                Stage.Prosecute => "Sent to prosecutor",
                Stage.Adjudicate => "Taken to court",
                Stage.Enforce => "Enforcement",
                _ => null,
            };
            case CaseDecided e: return e.Kind switch
            {
                DecisionKind.Charge => "Charge decided",
                DecisionKind.Decline => "Declined",
                DecisionKind.Discontinue => "Discontinued",
                DecisionKind.Downgrade => "Charge reduced",
                DecisionKind.Bail => "Released on bail",
                DecisionKind.Adjourn => "Adjourned",
                DecisionKind.Acquit => "Acquitted",
                DecisionKind.Convict => "Convicted",
                _ => "Sentence",
            };
            case ClosingProposed: return "Closing proposed";
            case ClosingReturned: return "Closing returned";
            case CaseClosed: return "Case closed";
            default: return null;
        }
    }

    // SentToLaboratory reads "Sent to laboratory".
    static string Words(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));
}
