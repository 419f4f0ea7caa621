using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Shared.Record;

namespace Probity.Reports.Notifying;

/// <summary>Where somebody's notice goes: a stream of its own for each person, erased with them.</summary>
/// <param name="Set">What they said last; null where they said nothing, or want none any more.</param>
internal sealed record NoticeAddress(NoticeKeySet? Set) : IState<NoticeAddress>
{
    public static NoticeAddress Initial { get; } = new(Set: null);

    /// <summary>The stream of a person.</summary>
    public static StreamId StreamOf(Guid person) => new(Streams.Derive(person, "notices by mail"));

    public NoticeAddress Apply(Recorded recorded) => recorded.Event switch
    {
        NoticeKeySet e => new(e),
        NoticeEnded => Initial,
        // What was erased says nothing any more.
        null => Initial,
        _ => this,
    };
}
