using Probity.Access.Contract;
using Probity.People.Contract;

namespace Probity.People.Rotating.Planning;

/// <summary>A post that is not held as the adopted plan has it: who was to have it since which month, and who does.</summary>
internal sealed record Deviation(PlannedMove Move, IReadOnlyList<Guid> Holders)
{
    /// <summary>The deviations of an adopted plan at a moment. A move that a later one of the same post or person replaced is not looked at any more.</summary>
    public static IReadOnlyList<Deviation> Of(RotationProposed plan, Register register, DateTimeOffset now)
    {
        var due = plan.Moves.Where(m => new DateTimeOffset(plan.Begin.AddMonths(m.Month).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) <= now).ToList();
        return [.. due.Where(m => due.Last(o => o.Post == m.Post) == m && due.Last(o => o.Person == m.Person) == m)
            .Select(m => new Deviation(m, [.. register.PostingsOn(m.Post).Where(p => p.InForceAt(now)).Select(p => p.Person).Distinct()]))
            .Where(d => !d.Holders.Contains(d.Move.Person))];
    }
}
