using Probity.Cases.Contract;
using Probity.Exhibits.Contract;
using Probity.Ledger;
using Probity.Lens.Logs;
using Probity.Procedures.Contract;
using Probity.Records.Contract;
using Probity.Shared.Record;

namespace Probity.Exports;

/// <summary>A case with all that a copy of it may say. What only those who watch over it see is not in it: who opened it, conflicts, what does not fit.</summary>
internal sealed record CopiedCase(Guid Id, CaseOpened Opening, DateTimeOffset Opened, Guid Opener, CaseExhibits Exhibits, EventLog Steps)
{
    public string Number => Opening.Number;

    /// <summary>Those who are named in it now, each with their number.</summary>
    public required IReadOnlyList<(int Number, Party Party)> Parties { get; init; }

    /// <summary>The stages, each with the time since which it was there.</summary>
    public required IReadOnlyList<(DateTimeOffset At, Stage Stage)> Stages { get; init; }

    /// <summary>Who sat there, from when on.</summary>
    public required IReadOnlyList<(DateTimeOffset At, Seat Seat, Guid Person)> Seats { get; init; }

    /// <summary>When it was closed, and how.</summary>
    public (DateTimeOffset At, CaseOutcome Outcome)? Closed { get; init; }
}

/// <summary>Reads cases for copies. Nothing is guarded: the caller has to.</summary>
internal sealed class CaseCopies(TransparencyLog log, IExhibitFiles exhibits, ICaseTraces traces)
{
    /// <summary>A case as the record stood before an entry; null where there is none, or none any more.</summary>
    public async Task<CopiedCase?> ReadAsync(Guid id, long before, CancellationToken cancel)
    {
        var entries = (await log.ReadStreamAsync(new StreamId(id), 0, cancel)).Where(e => e.Header.Index < before).Select(EventTypes.Read).ToList();
        if (entries is not [{ Event: CaseOpened opening } first, ..] || entries.Any(e => e.Event is MatterErased)) return null;
        var parties = opening.Parties.ToList();
        var ended = new HashSet<int>();
        var stages = new List<(DateTimeOffset, Stage)> { (first.When, Stage.Detect) };
        var seats = new List<(DateTimeOffset, Seat, Guid)>();
        var asked = new Dictionary<Seat, Guid>();
        (DateTimeOffset, CaseOutcome)? closed = null;
        foreach (var entry in entries)
        {
            switch (entry.Event)
            {
                case PartyAdded e: parties.Add(e.Party); break;
                case PartyEnded e: ended.Add(e.Number); break;
                case StageEntered e: stages.Add((entry.When, e.Stage)); break;
                case SeatDrawn e: seats.Add((entry.When, e.Seat, e.Person)); break;
                case HandAssignmentProposed e: asked[e.Seat] = e.Person; break;
                case RedrawProposed e: asked.Remove(e.Seat); break;
                case AssignmentRejected e: asked.Remove(e.Seat); break;
                case AssignmentApproved e when asked.Remove(e.Seat, out var person): seats.Add((entry.When, e.Seat, person)); break;
                case CaseClosed e:
                    stages.Add((entry.When, Stage.Closed));
                    closed = (entry.When, e.Outcome);
                    break;
            }
        }

        return new CopiedCase(id, opening, first.When, first.Actor.Value, await exhibits.ReadAsync(id, before, cancel), await traces.ReadAsync(id, before, cancel))
        {
            Parties = [.. parties.Select((party, at) => (at + 1, party)).Where(p => !ended.Contains(p.Item1))], Stages = stages, Seats = seats, Closed = closed,
        };
    }
}
