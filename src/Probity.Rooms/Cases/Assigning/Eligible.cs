using System.Collections.Immutable;
using Probity.Access.Contract;
using Probity.Cases.Contract;

namespace Probity.Cases.Assigning;

/// <summary>
/// Who may take a seat: for the handler's, officers with a post in the case's unit now, or, where somebody of the staff is under
/// suspicion, internal investigators who hold no post in that person's unit; for the prosecutor's, all prosecutors. Never whom
/// the guard bars, never who opened the case while there are others, and never who sat in the case before: not in this seat (it is a redraw) nor in the other (who investigates
/// does not charge). Nor is a case given to who should have acknowledged the code of conduct by now, or lacks what a post of theirs asks for: they see to that first.
/// </summary>
internal static class Eligible
{
    /// <summary>The eligible, sorted by id.</summary>
    public static IReadOnlyList<Guid> For(Seat seat, Case @case, Register register, DateTimeOffset now) => Among(seat, @case, register, now, ImmutableDictionary<Guid, string>.Empty).Eligible;

    /// <summary>
    /// The eligible, and whether the people named in the case leave so few of those who could be drawn that whoever named them
    /// might have aimed the draw: fewer than half, or fewer than three where there were three.
    /// </summary>
    /// <param name="seat">The seat.</param>
    /// <param name="case">The case.</param>
    /// <param name="register">Who is who.</param>
    /// <param name="now">The time.</param>
    /// <param name="unfit">
    /// Who has something to see to first, and the code of it. They count with those who could be drawn: were it not so, a few who leave it would choose the last one left.
    /// </param>
    public static Pool Among(Seat seat, Case @case, Register register, DateTimeOffset now, IReadOnlyDictionary<Guid, string> unfit)
    {
        var all = Candidates(seat, @case, register, now);
        // Who opens a case does not work it, unless there is nobody else.
        if (seat == Seat.Handler && all.Any(p => p != @case.OpenedBy)) all.Remove(@case.OpenedBy);
        // A declared conflict counts with those who could be drawn: were it not so, a few who declare one together would choose the last one left.
        var free = all.Where(p => CaseAccess.Bar(CaseAction.RecordStep, p, @case, register, now) is null).ToList();
        return new Pool([.. free.Where(p => !unfit.ContainsKey(p))], all.Count) { Unfit = free.Where(unfit.ContainsKey).ToDictionary(p => p, p => unfit[p]) };
    }

    /// <summary>Who holds the role that a seat asks for, where it asks for it, and never sat in the case.</summary>
    public static List<Guid> Candidates(Seat seat, Case @case, Register register, DateTimeOffset now)
    {
        var role = RoleFor(seat, @case);
        return [.. register.Holders(role, now, role == Role.Officer ? @case.Unit : null)
            .Where(p => !@case.EverSeated.Contains(p)
                && (role != Role.Investigator || @case.StaffSubjects.All(s => !ShareUnit(p, s, register, now))))];
    }

    /// <summary>The role that a seat of this case asks for.</summary>
    public static Role RoleFor(Seat seat, Case @case) =>
        seat == Seat.Prosecutor ? Role.Prosecutor : @case.StaffSubjects.Any() ? Role.Investigator : Role.Officer;

    static bool ShareUnit(Guid one, Guid other, Register register, DateTimeOffset now) =>
        register.PostsOf(one, now).Select(p => p.Unit).Intersect(register.PostsOf(other, now).Select(p => p.Unit)).Any();
}

/// <summary>Who may be drawn, sorted by id, and how many could be if nobody were named in the case.</summary>
internal sealed record Pool(IReadOnlyList<Guid> Eligible, int All)
{
    const int Enough = 3;

    /// <summary>Who could be given the seat but for what they have to see to first, and the code of it.</summary>
    public IReadOnlyDictionary<Guid, string> Unfit { get; init; } = ImmutableDictionary<Guid, string>.Empty;

    /// <summary>Whether the draw has to wait for somebody who watches over cases.</summary>
    public bool IsThinned => Eligible.Count * 2 < All || (Eligible.Count < Enough && All >= Enough && Eligible.Count < All);
}
