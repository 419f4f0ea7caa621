using Probity.Access.Contract;

namespace Probity.Protection;

/// <summary>Who stands in an approach: whoever recorded it, and whom of the staff or which units they think behind it.</summary>
internal sealed record Concerned(Guid Reporter, IReadOnlyList<Guid> People, IReadOnlyList<Guid> Units);

/// <summary>
/// Who is kept from an approach and all that follows from it, whatever their role: the line of whoever recorded it, those thought to be behind it and their line,
/// and whoever works in a unit thought to be behind it or stands over it or under it.
/// </summary>
internal static class NeedToKnow
{
    /// <summary>The bar, or null. A code of <see cref="Bars"/>.</summary>
    public static string? Bar(Guid person, Concerned concerned, Register register, DateTimeOffset now) =>
        Recusal.Between(person, [concerned.Reporter, .. concerned.People], register, now)
        ?? (concerned.Units.Count > 0 && UnitsAround.Of(person, register, now).Overlaps(concerned.Units) ? Bars.Declared : null);

    /// <summary>Everybody in a role who is free of a bar.</summary>
    public static IReadOnlyList<Guid> Free(Role role, Concerned concerned, Register register, DateTimeOffset now) =>
        Watch.Free(role, p => Bar(p, concerned, register, now) is null, register, now);

    /// <summary>Whether overseers have to do with it as integrity has.</summary>
    public static bool TakesOverseers(Concerned concerned, Register register, DateTimeOffset now) => Watch.TakesOverseers(p => Bar(p, concerned, register, now) is null, register, now);
}
