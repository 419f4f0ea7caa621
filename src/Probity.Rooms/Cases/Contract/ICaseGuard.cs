using Probity.Shared.Record;

namespace Probity.Cases.Contract;

/// <summary>A case as one person may know it, for a decision in another room.</summary>
/// <param name="Id">The case.</param>
/// <param name="Number">Its number.</param>
/// <param name="Closed">Whether it is closed.</param>
/// <param name="Opened">When it was opened.</param>
/// <param name="Unit">The unit whose it is.</param>
/// <param name="Steps">Why this person may not record steps in it; null where they may.</param>
/// <param name="Staff">The staff named in it: whoever is barred from them decides nothing in it.</param>
internal sealed record GuardedCase(Guid Id, string Number, bool Closed, DateTimeOffset Opened, Guid Unit, Refusal? Steps, IReadOnlyList<Guid> Staff);

/// <summary>What the guard of cases says to other rooms.</summary>
internal interface ICaseGuard
{
    /// <summary>The case from the record itself, whose version the session will expect; null where this person may not know of it. No reading is recorded.</summary>
    ValueTask<GuardedCase?> ReadAsync(RecordSession session, Guid person, Guid id, CancellationToken cancel);
}
