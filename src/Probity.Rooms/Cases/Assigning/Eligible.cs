using Probity.Access.Contract;
using Probity.Cases.Contract;

namespace Probity.Cases.Assigning;

/// <summary>
/// Who may take a seat: for the handler's, officers with a post in the case's unit now; for the prosecutor's, all
/// prosecutors. Never whom the guard bars, and never who sat in the case before: not in this seat (it is a redraw) nor in
/// the other (who investigates does not charge).
/// </summary>
internal static class Eligible
{
    /// <summary>The eligible, sorted by id.</summary>
    public static IReadOnlyList<Guid> For(Seat seat, Case @case, Register register, DateTimeOffset now)
    {
        var candidates = seat == Seat.Handler
            ? register.Holders(Role.Officer, now, @case.Unit)
            : register.Holders(Role.Prosecutor, now);
        return [.. candidates.Where(p =>
            !@case.EverSeated.Contains(p) && Recusal.Between(p, @case.StaffParties, register, now) is null)];
    }
}
