using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Requiring;
using Probity.Policies.Contract;

namespace Probity.People.Revetting;

/// <summary>Who can be drawn, and how many are: by the register, the marked posts and the pack alone.</summary>
internal static class LotPool
{
    /// <summary>How many draws there are in a year.</summary>
    const int Yearly = 4;

    /// <summary>Everybody who holds a sensitive post, sorted by id. Whose access ended is being dealt with already; nobody else is left out, however lately they were drawn.</summary>
    public static IReadOnlyList<Guid> Of(Requirements requirements, Register register, DateTimeOffset now) => [.. Holders(requirements, register, now).Distinct().Order()];

    /// <summary>Whether there is anybody.</summary>
    public static bool HasAny(Requirements requirements, Register register, DateTimeOffset now) => Holders(requirements, register, now).Any();

    /// <summary>How many of a pool one draw takes: the year's share in as many parts as there are draws, rounded up, and at least one.</summary>
    public static int CountOf(int pool, Policy policy) =>
        pool == 0 ? 0 : Math.Clamp((int)(((long)pool * policy.Of(PolicyRules.RevettedShare) + 100 * Yearly - 1) / (100 * Yearly)), 1, pool);

    /// <summary>The level that somebody's posts ask for, the highest; null where they ask for none.</summary>
    public static ClearanceLevel? LevelOf(Guid person, Requirements requirements, Register register, DateTimeOffset now) =>
        register.PostsOf(person, now).Select(p => requirements.Marked.TryGetValue(p.Id, out var level) ? level : (ClearanceLevel?)null).Max();

    static IEnumerable<Guid> Holders(Requirements requirements, Register register, DateTimeOffset now) =>
        requirements.Marked.Keys.SelectMany(register.PostingsOn).Where(p => p.InForceAt(now)).Select(p => p.Person).Where(p => !register.IsShutOut(p));
}
