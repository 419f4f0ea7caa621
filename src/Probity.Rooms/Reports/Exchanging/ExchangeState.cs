using System.Collections.Immutable;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Keys;
using Probity.Shared.Record;

namespace Probity.Reports.Exchanging;

/// <summary>How the exchange stands, by the record: whether it was stopped, and the checkpoint of the reporter's side that was recorded last.</summary>
internal sealed record ExchangeState : IStreamState<ExchangeState>
{
    public const string NotStopped = "reports.exchange-not-stopped";

    static readonly Guid ExchangeId = new("d1ec7084-0000-8000-8000-000000000068");

    public static StreamId Stream { get; } = new(ExchangeId);

    public static ExchangeState Initial { get; } = new();

    public long Version { get; init; }

    /// <summary>For what it was stopped, and when; null while it goes on.</summary>
    public (string Code, long? Record, DateTimeOffset At)? Stopped { get; init; }

    /// <summary>Records that an overseer has looked into and let be: they are passed over.</summary>
    public ImmutableHashSet<long> Passed { get; init; } = [];

    /// <summary>The checkpoint that was recorded last.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? CheckpointAt { get; init; }

    public ExchangeState Apply(Recorded recorded) => recorded.Event switch
    {
        ExchangeStopped e => this with { Version = recorded.Version, Stopped = (e.Code, e.Record, recorded.When) },
        ExchangeResumed e => this with { Version = recorded.Version, Stopped = null, Passed = e.Past is { } past ? Passed.Add(past) : Passed },
        IntakeCheckpointKept e => this with { Version = recorded.Version, Checkpoint = e.Note, CheckpointAt = recorded.When },
        _ => this with { Version = recorded.Version },
    };

    /// <summary>An overseer says what was found, and that it may go on.</summary>
    public static Decision DecideResume(string? reason, ExchangeState state, Actor actor)
    {
        if (!actor.Has(Role.Overseer)) return Decision.Refuse(Bars.Role);
        if (state.Stopped is null) return Decision.Refuse(NotStopped);
        if (ChangeKeys.RefusesReason(reason) is { } unfit) return unfit;
        // What stands on the other record for ever would stop it for ever. What is not proved to stand there is never passed over.
        var past = state.Stopped is (FetchedRecords.NoDeposit or FetchedRecords.UnknownBook or FetchFiles.Changed, { } record, _) ? record : (long?)null;
        return Decision.Accept(Stream, new ExchangeResumed(reason!.Trim(), past));
    }
}
