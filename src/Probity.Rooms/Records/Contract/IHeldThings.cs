using Probity.Shared.Record;

namespace Probity.Records.Contract;

/// <summary>A room that keeps things of a matter. While somebody has one the matter is not erased: nobody could say then who that is.</summary>
internal interface IHeldThings
{
    /// <summary>How many things of a matter somebody still has; the session will expect all that was read for it. Nothing is guarded: the caller has to.</summary>
    ValueTask<int> CountAsync(RecordSession session, Guid matter, CancellationToken cancel);
}
