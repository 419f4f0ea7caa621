using Probity.Interdiction.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Interdiction;

/// <summary>A threshold that waits for a second person.</summary>
internal sealed record AskedThreshold(int Score, string Reason, Guid By, DateTimeOffset At);

/// <summary>From which risk score on a unit has to select, and since when.</summary>
internal sealed record UnitThreshold : IState<UnitThreshold>
{
    /// <summary>Until a unit has set its own: our default, to be calibrated on its own traffic.</summary>
    public const int Usual = 70;

    public static UnitThreshold Initial { get; } = new();

    public int Score { get; init; } = Usual;
    public DateTimeOffset? Since { get; init; }
    public AskedThreshold? Asked { get; init; }

    public static StreamId StreamOf(Guid unit) => new(Streams.Derive(unit, "interdiction threshold"));

    public UnitThreshold Apply(Recorded recorded) => recorded.Event switch
    {
        ThresholdProposed e => this with { Asked = new AskedThreshold(e.Score, e.Reason, recorded.Actor.Value, recorded.When) },
        ThresholdAgreed when Asked is { } asked => this with { Score = asked.Score, Since = recorded.When, Asked = null },
        ThresholdReturned => this with { Asked = null },
        _ => this,
    };
}
