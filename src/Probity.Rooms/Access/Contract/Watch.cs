namespace Probity.Access.Contract;

/// <summary>
/// Who looks at what integrity looks at: integrity, and the overseers beside it wherever fewer than two of integrity are free of a bar. A bar can be brought about on purpose – by naming somebody, by a
/// tie, by a post – and whoever is left alone with a matter can be bought alone.
/// </summary>
internal static class Watch
{
    /// <summary>How many of integrity have to be free, or the overseers look too.</summary>
    public const int Least = 2;

    /// <summary>The roles that watch over others: by a tie that one declares to bar one of them, no second of that role is barred on the same word.</summary>
    public static readonly IReadOnlyList<Role> Roles = [Role.Integrity, Role.Vetting, Role.Investigator, Role.Overseer];

    /// <summary>Everybody in a role who is free, sorted by id.</summary>
    public static IReadOnlyList<Guid> Free(Role role, Func<Guid, bool> isFree, Register register, DateTimeOffset now) => [.. register.Holders(role, now).Where(isFree)];

    /// <summary>Whether the overseers look too.</summary>
    public static bool TakesOverseers(Func<Guid, bool> isFree, Register register, DateTimeOffset now) => register.Holders(Role.Integrity, now).Count(isFree) < Least;
}
