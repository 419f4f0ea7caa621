using System.Collections.Immutable;
using Probity.Exhibits.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exhibits.TakingOver;

/// <summary>Where a register stands.</summary>
internal enum RegisterStage { Presented, TakenOver, SentBack }

/// <summary>A register that was presented.</summary>
internal sealed record TakenRegister : IState<TakenRegister>
{
    public static TakenRegister Initial { get; } = new();

    public Guid Id { get; init; }

    /// <summary>What was presented; null where there is no such register.</summary>
    public RegisterPresented? Presented { get; init; }

    /// <summary>By whom: a custodian, who has what it states in hand.</summary>
    public Guid By { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The answer of the second person.</summary>
    public RegisterCountersigned? Answer { get; init; }

    public Guid? AnsweredBy { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }

    public RegisterStage Stage => Answer is null ? RegisterStage.Presented : Answer.Agrees ? RegisterStage.TakenOver : RegisterStage.SentBack;

    /// <summary>Whether the second person has not answered within a day.</summary>
    public bool IsOverdue(DateTimeOffset now) => Answer is null && now > At + WitnessedAct.Within;

    public TakenRegister Apply(Recorded recorded) => recorded.Event switch
    {
        RegisterPresented e when Presented is null => this with { Id = recorded.Stream.Value, Presented = e, By = recorded.Actor.Value, At = recorded.At },
        RegisterCountersigned e when Answer is null => this with { Answer = e, AnsweredBy = recorded.Actor.Value, AnsweredAt = recorded.At },
        _ => this,
    };

    /// <summary>The id of the register that a person presents under a key, so that nobody chooses the name of a stream.</summary>
    public static Guid IdOf(Guid person, Guid key) => Streams.Derive(person, $"register/{key:D}");

    /// <summary>The id of the case that it opens.</summary>
    public static Guid CaseOf(Guid register) => Streams.Derive(register, "case");
}

/// <summary>The lines of a register, without those whose case was erased.</summary>
internal sealed record RegisterLines(ImmutableArray<(Guid Case, StatedExhibit Exhibit)> All) : IState<RegisterLines>
{
    public static RegisterLines Initial { get; } = new([]);

    /// <summary>The stream of a register's lines.</summary>
    public static StreamId StreamOf(Guid register) => new(Streams.Derive(register, "lines"));

    public RegisterLines Apply(Recorded recorded) => recorded.Event is RegisterPart e ? new(All.AddRange(e.Exhibits.Select(x => (e.Case, x)))) : this;
}

/// <summary>The registers of the agency, the oldest first.</summary>
internal sealed record RegisterList(ImmutableArray<RegisterListed> All) : IState<RegisterList>
{
    public static readonly StreamId Stream = new(Streams.Derive(Guid.Empty, "registers taken over"));

    public static RegisterList Initial { get; } = new([]);

    public RegisterList Apply(Recorded recorded) => recorded.Event is RegisterListed e ? new(All.Add(e)) : this;
}
