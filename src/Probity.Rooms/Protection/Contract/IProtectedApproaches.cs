using Probity.Shared.Record;

namespace Probity.Protection.Contract;

/// <summary>What a room that decides on discipline has to ask before it takes something for a ground.</summary>
internal interface IProtectedApproaches
{
    /// <summary>
    /// Whether a matter is an approach that somebody recorded, which is never a ground for discipline against them; true also for one that was erased. The session
    /// will expect that it has not changed.
    /// </summary>
    ValueTask<bool> NeverAGroundAsync(RecordSession session, Guid matter, CancellationToken cancel = default);
}
