using Probity.Access.Contract;
using Probity.Cases.Contract;

namespace Probity.Cases.Assigning;

/// <summary>
/// Who may take a seat: for the handler's, officers with a post in the case's unit now, or, where somebody of the staff is under
/// suspicion, internal investigators who hold no post in that person's unit; for the prosecutor's, all prosecutors. Never whom
/// the guard bars, never who lacks what their post asks for, never who opened the case while there are others, and never who sat in the case before: not in this seat (it is a redraw) nor in the other (who investigates
/// does not charge).
/// </summary>
internal static class Eligible
{
    /// <summary>The eligible, sorted by id.</summary>
    public static IReadOnlyList<Guid> For(Seat seat, Case @case, Register register, IReadOnlySet<Guid> lacking, DateTimeOffset now) => Among(seat, @case, register, lacking, now).Eligible;

    /// <summary>Everybody who holds the role that a seat asks for, and in the unit that it asks for.</summary>
    public static IReadOnlyList<Guid> HoldersFor(Seat seat, Case @case, Register register, DateTimeOffset now) =>
        RoleFor(seat, @case) is var role && role == Role.Officer ? register.Holders(role, now, @case.Unit) : register.Holders(role, now);

    /// <summary>
    /// The eligible, and whether the people named in the case leave so few of those who could be drawn that whoever named them
    /// might have aimed the draw: fewer than half, or fewer than three where there were three.
    /// </summary>
    public static Pool Among(Seat seat, Case @case, Register register, IReadOnlySet<Guid> lacking, DateTimeOffset now)
    {
        var role = RoleFor(seat, @case);
        var all = HoldersFor(seat, @case, register, now)
            .Where(p => !lacking.Contains(p) && !@case.EverSeated.Contains(p)
                && (role != Role.Investigator || @case.StaffSubjects.All(s => !ShareUnit(p, s, register, now))))
            .ToList();
        // Who opens a case does not work it, unless there is nobody else.
        if (seat == Seat.Handler && all.Any(p => p != @case.OpenedBy)) all.Remove(@case.OpenedBy);
        // A declared conflict counts with those who could be drawn: were it not so, a few who declare one together would choose the last one left.
        var eligible = all.Where(p => CaseAccess.Bar(CaseAction.RecordStep, p, @case, register, now) is null).ToList();
        return new Pool(eligible, all.Count);
    }

    /// <summary>The role that a seat of this case asks for.</summary>
    public static Role RoleFor(Seat seat, Case @case) =>
        seat == Seat.Prosecutor ? Role.Prosecutor : @case.StaffSubjects.Any() ? Role.Investigator : Role.Officer;

    static bool ShareUnit(Guid one, Guid other, Register register, DateTimeOffset now) =>
        register.PostsOf(one, now).Select(p => p.Unit).Intersect(register.PostsOf(other, now).Select(p => p.Unit)).Any();
}

/// <summary>Who may take a seat by what their posts ask of them, as far as a room says anything about that.</summary>
internal sealed class ClearedForWork(IEnumerable<IPostRequirements> rooms)
{
    /// <summary>Those who could take a seat, but for what a post of theirs asks for; the case's session will expect what was read.</summary>
    public async ValueTask<IReadOnlySet<Guid>> LackingAsync(Seat seat, CaseFacts facts, CancellationToken cancel)
    {
        var (people, lacking) = (Eligible.HoldersFor(seat, facts.Case, facts.Register, facts.Now), new HashSet<Guid>());
        foreach (var room in rooms) lacking.UnionWith(await room.LackingAsync(facts.Session, facts.Register, people, facts.Now, cancel));
        return lacking;
    }
}

/// <summary>Who may be drawn, sorted by id, and how many could be if nobody were named in the case.</summary>
internal sealed record Pool(IReadOnlyList<Guid> Eligible, int All)
{
    const int Enough = 3;

    /// <summary>Whether the draw has to wait for somebody who watches over cases.</summary>
    public bool IsThinned => Eligible.Count * 2 < All || (Eligible.Count < Enough && All >= Enough && Eligible.Count < All);
}
