using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Conduct.Contract;

namespace Probity.Cases.Assigning;

/// <summary>
/// Who may take a seat: for the handler's, officers with a post in the case's unit now, or, where somebody of the staff is under
/// suspicion, internal investigators who hold no post in that person's unit; for the prosecutor's, all prosecutors. Never whom
/// the guard bars, never who opened the case while there are others, and never who sat in the case before: not in this seat (it is a redraw) nor in the other (who investigates
/// does not charge). Nor is a case given to who should have acknowledged the code of conduct by now: they do that first.
/// </summary>
internal static class Eligible
{
    /// <summary>The eligible, sorted by id.</summary>
    public static IReadOnlyList<Guid> For(Seat seat, Case @case, Register register, DateTimeOffset now) => Among(seat, @case, register, now, new HashSet<Guid>()).Eligible;

    /// <summary>The same for a decision, which then rests on what each of those who could be drawn has acknowledged.</summary>
    public static async ValueTask<Pool> AmongAsync(Seat seat, CaseFacts facts, IConduct conduct, CancellationToken cancel)
    {
        var candidates = Candidates(seat, facts.Case, facts.Register, facts.Now);
        return Among(seat, facts.Case, facts.Register, facts.Now, await conduct.OverdueAsync(facts.Session, candidates, facts.Register, facts.Now, cancel));
    }

    /// <summary>
    /// The eligible, and whether the people named in the case leave so few of those who could be drawn that whoever named them
    /// might have aimed the draw: fewer than half, or fewer than three where there were three.
    /// </summary>
    /// <param name="seat">The seat.</param>
    /// <param name="case">The case.</param>
    /// <param name="register">Who is who.</param>
    /// <param name="now">The time.</param>
    /// <param name="overdue">Who should have acknowledged the code of conduct by now. They count with those who could be drawn: were it not so, a few who leave it would choose the last one left.</param>
    public static Pool Among(Seat seat, Case @case, Register register, DateTimeOffset now, IReadOnlySet<Guid> overdue)
    {
        var all = Candidates(seat, @case, register, now);
        // Who opens a case does not work it, unless there is nobody else.
        if (seat == Seat.Handler && all.Any(p => p != @case.OpenedBy)) all.Remove(@case.OpenedBy);
        // A declared conflict counts with those who could be drawn: were it not so, a few who declare one together would choose the last one left.
        var free = all.Where(p => CaseAccess.Bar(CaseAction.RecordStep, p, @case, register, now) is null).ToList();
        return new Pool([.. free.Where(p => !overdue.Contains(p))], all.Count) { Overdue = [.. free.Where(overdue.Contains)] };
    }

    static List<Guid> Candidates(Seat seat, Case @case, Register register, DateTimeOffset now)
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

    /// <summary>Who could be given the seat but for the code of conduct, which they should have acknowledged by now.</summary>
    public IReadOnlyList<Guid> Overdue { get; init; } = [];

    /// <summary>Whether the draw has to wait for somebody who watches over cases.</summary>
    public bool IsThinned => Eligible.Count * 2 < All || (Eligible.Count < Enough && All >= Enough && Eligible.Count < All);
}
