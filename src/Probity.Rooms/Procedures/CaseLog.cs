using System.Collections.Immutable;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.Lens.Logs;
using Probity.Procedures.Contract;
using Probity.Procedures.Deviating;
using Probity.Records.Contract;
using Probity.Shared.Record;

namespace Probity.Procedures;

/// <summary>One step of a case as the procedure names it: what, who and when.</summary>
internal sealed record CaseStep(string Activity, Guid Person, DateTimeOffset When, long Index);

/// <summary>That a step was left out on purpose, and whether another person stands for it.</summary>
internal sealed record LeftOut(Guid Id, string Activity, DateTimeOffset At, DeviationState State)
{
    public bool IsOverdue(DateTimeOffset now) => State == DeviationState.Awaiting && now > At + Deviation.Patience;
}

/// <summary>A case as its steps.</summary>
internal sealed class CaseTrace(Guid id, string number, Guid unit, DateTimeOffset opened)
{
    readonly List<CaseStep> _steps = [];

    public Guid Id => id;
    public string Number => number;
    public Guid Unit => unit;
    public DateTimeOffset Opened => opened;
    public DateTimeOffset? ClosedAt { get; internal set; }
    public bool Closed => ClosedAt is not null;

    /// <summary>Steps that were left out on purpose, without their reasons: those stand on the record alone.</summary>
    public ImmutableList<LeftOut> Deviations { get; internal set; } = [];

    /// <summary>What is on record about a missing step of this name; null where nothing is. One that was rejected explains nothing.</summary>
    public LeftOut? Explaining(string activity) => Deviations.FindLast(d => d.Activity == activity && d.State != DeviationState.Rejected);

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
    readonly Dictionary<Guid, CaseTrace> _deviating = [];
    Sop _folded = Sop.Initial;

    /// <summary>The procedure that governs cases, with its versions.</summary>
    public Sop Governing => HouseProcedures.Complete(HouseProcedures.CasesSop, _folded);

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
    /// <returns>Whether a case was opened, and whether anything came that changes what was found: a case was closed, or another version is in force.</returns>
    public async Task<(bool Opened, bool Changed)> CatchUpAsync(TransparencyLog log, CancellationToken cancel)
    {
        var known = _cases.Count;
        var changed = false;
        while (await log.ReadAsync(Next, Batch, cancel) is { Count: > 0 } entries)
        {
            foreach (var entry in entries)
            {
                changed |= Read(entry);
                Next = entry.Header.Index + 1;
            }
        }

        return (_cases.Count > known, changed);
    }

    /// <summary>Takes up one entry; says whether it changes what was found.</summary>
    public bool Read(Entry entry) =>
        entry.Header.Type.StartsWith("cases.", StringComparison.Ordinal) ? Take(EventTypes.Read(entry))
        : entry.Header.Type.StartsWith("procedures.", StringComparison.Ordinal) ? Follow(EventTypes.Read(entry))
        // What was erased is forgotten here too, and what was computed from it is computed anew.
        : entry.Header.Type == Erased && _cases.Remove(entry.Header.Stream.Value);

    /// <summary>These cases as an event log, each in the order of its steps.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="name">What an activity is called; its name on the record unless told.</param>
    /// <param name="who">What a person is called, null where they are left out; their id unless told.</param>
    public static EventLog ToLog(IEnumerable<CaseTrace> cases, Func<string, string>? name = null, Func<Guid, string?>? who = null)
    {
        var builder = new EventLogBuilder();
        foreach (var trace in cases.OrderBy(c => c.Number, StringComparer.Ordinal))
        {
            var at = builder.AddCase(trace.Number);
            foreach (var step in trace.Steps)
            {
                builder.Add(
                    at, name is null ? step.Activity : name(step.Activity), who is null ? step.Person.ToString("D") : who(step.Person),
                    (step.When.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
            }
        }

        return builder.Build();
    }

    bool Take(Recorded recorded)
    {
        if (recorded.Event is CaseOpened opened) _cases[recorded.Stream.Value] = new CaseTrace(recorded.Stream.Value, opened.Number, opened.Unit, recorded.When);
        if (!_cases.TryGetValue(recorded.Stream.Value, out var trace)) return false;
        if (NameOf(recorded.Event, trace) is { } activity)
            trace.Add(new CaseStep(activity, recorded.Actor.Value, recorded.When, recorded.Index));
        if (recorded.Event is not CaseClosed) return false;
        trace.ClosedAt = recorded.When;
        return true;
    }

    // What is recorded about the procedure of cases, and beside a case.
    bool Follow(Recorded recorded)
    {
        if (recorded.Stream.Value == HouseProcedures.CasesSop)
        {
            _folded = _folded.Apply(recorded);
            return recorded.Event is PutInForce;
        }

        switch (recorded.Event)
        {
            case StepTaken e when _cases.TryGetValue(e.Case, out var trace):
                trace.Add(new CaseStep(e.Activity, recorded.Actor.Value, recorded.When, recorded.Index));
                return false;
            case DeviationRecorded e when _cases.TryGetValue(e.Case, out var trace):
                trace.Deviations = trace.Deviations.Add(new LeftOut(e.Deviation, e.Activity, recorded.When, DeviationState.Awaiting));
                _deviating[e.Deviation] = trace;
                return false;
            case DeviationCountersigned e: return Answer(e.Deviation, DeviationState.Countersigned);
            case DeviationRejected e: return Answer(e.Deviation, DeviationState.Rejected);
            default: return false;
        }
    }

    // It changes how a departure is explained, not whether there is one: what was found stays.
    bool Answer(Guid deviation, DeviationState state)
    {
        if (_deviating.Remove(deviation, out var trace))
            trace.Deviations = [.. trace.Deviations.Select(d => d.Id == deviation ? d with { State = state } : d)];
        return false;
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
