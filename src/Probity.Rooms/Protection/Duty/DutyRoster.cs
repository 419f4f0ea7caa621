using System.Collections.Immutable;
using Probity.Ledger;
using Probity.Protection.Contract;
using Probity.Shared.Record;

namespace Probity.Protection.Duty;

/// <summary>Somebody on duty for protection from one moment to another, under a number.</summary>
internal sealed record Turn(Guid Id, Guid Person, string Telephone, DateTimeOffset From, DateTimeOffset Until, Guid AskedBy, bool Agreed)
{
    public bool IsAt(DateTimeOffset moment) => Agreed && From <= moment && moment < Until;
}

/// <summary>What was asked for beside turns: that one end sooner, or another emergency number.</summary>
internal sealed record AskedChange(Guid Id, Guid? Turn, string Words, Guid AskedBy);

/// <summary>Who is on duty for protection, and which number everybody telephones in an emergency. One stream; each change takes integrity and an overseer together.</summary>
internal sealed record DutyRoster : IState<DutyRoster>
{
    /// <summary>The roster's stream.</summary>
    public static readonly StreamId Stream = new(new Guid("d07a0000-0000-8000-8000-000000000001"));

    public static DutyRoster Initial { get; } = new();

    public ImmutableDictionary<Guid, Turn> Turns { get; init; } = ImmutableDictionary<Guid, Turn>.Empty;
    public ImmutableDictionary<Guid, AskedChange> Asked { get; init; } = ImmutableDictionary<Guid, AskedChange>.Empty;

    /// <summary>The number for emergencies, or null where none was agreed.</summary>
    public string? Emergency { get; init; }

    public long Version { get; init; }

    public DutyRoster Apply(Recorded recorded) => Happen(recorded) with { Version = recorded.Version };

    DutyRoster Happen(Recorded recorded) => recorded.Event switch
    {
        DutyProposed e => this with { Turns = Turns.SetItem(e.Turn, new Turn(e.Turn, e.Person, e.Telephone, e.From, e.Until, recorded.Actor.Value, false)) },
        DutyEndProposed e => this with { Asked = Asked.SetItem(e.Change, new AskedChange(e.Change, e.Turn, e.Reason, recorded.Actor.Value)) },
        EmergencyNumberProposed e => this with { Asked = Asked.SetItem(e.Change, new AskedChange(e.Change, null, e.Number, recorded.Actor.Value)) },
        DutyAgreed e => Agree(e.Change, recorded.When),
        DutyReturned e => this with { Turns = Turns.Remove(e.Change), Asked = Asked.Remove(e.Change) },
        _ => this,
    };

    DutyRoster Agree(Guid change, DateTimeOffset at)
    {
        // A turn whose person was erased is not there any more.
        if (Turns.TryGetValue(change, out var turn)) return this with { Turns = Turns.SetItem(change, turn with { Agreed = true }) };
        if (!Asked.TryGetValue(change, out var asked)) return this;
        var rest = this with { Asked = Asked.Remove(change) };
        return asked.Turn is not { } ending ? rest with { Emergency = asked.Words }
            : Turns.TryGetValue(ending, out var ended) && ended.Until > at ? rest with { Turns = Turns.SetItem(ending, ended with { Until = at }) } : rest;
    }

    /// <summary>Who is on duty at a moment, whose turn began first first.</summary>
    public IEnumerable<Turn> OnDuty(DateTimeOffset moment) => Turns.Values.Where(t => t.IsAt(moment)).OrderBy(t => t.From).ThenBy(t => t.Id);

    /// <summary>The number of somebody on duty, or null.</summary>
    public string? NumberOf(Guid person, DateTimeOffset moment) => OnDuty(moment).FirstOrDefault(t => t.Person == person)?.Telephone;

    /// <summary>Who asked for what waits for the other's answer, or null where nothing of that id waits.</summary>
    public Guid? AskedBy(Guid change) => Turns.TryGetValue(change, out var turn) && !turn.Agreed ? turn.AskedBy : Asked.GetValueOrDefault(change)?.AskedBy;

    /// <summary>Whether somebody has or had a turn.</summary>
    public bool Knows(Guid person) => Turns.Values.Any(t => t.Agreed && t.Person == person);
}
