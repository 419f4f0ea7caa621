using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared;

namespace Probity.Conduct.Viewing;

/// <summary>Tells people 30, 7 and 1 days before their acknowledgement falls due, and after; overseers of a version that waits for one of them, and integrity that there is none.</summary>
internal sealed class ConductNextSteps(CodePeople people, TimeProvider time) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => Enum.GetValues<Role>().Any(role => (Contract.CodeDuty.Binds(role) || role == Role.Overseer) && SignedInPerson.Has(person, role));

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id || !Serves(person)) return [];
        var steps = new List<NextStep>();
        var now = time.GetUtcNow();
        var (inForce, asked) = (await people.InForceAsync(cancel), await people.AskedAsync(cancel));
        if (inForce is not null && await people.OfAsync(id, cancel) is { Posts: > 0, Due: { } due } && StageOf(due, now) is { } stage)
            steps.Add(Step("acknowledge", $"next.acknowledge.{stage}", "/conduct", due));
        if (asked is not null && asked.AskedBy != id && SignedInPerson.Has(person, Role.Overseer)) steps.Add(Step("asked", "next.asked.why", "/conduct", asked.Asked.AddDays(14)));
        if (asked is null && inForce is null && SignedInPerson.Has(person, Role.Integrity)) steps.Add(Step("unpublished", "next.unpublished.why", "/conduct", null));
        return [.. steps.Take(most)];
    }

    /// <summary>How near it is: overdue, a day, a week, a month; null where nothing is said yet.</summary>
    internal static string? StageOf(DateTimeOffset due, DateTimeOffset now) => (due - now).TotalDays switch
    {
        <= 0 => "overdue",
        <= 1 => "day",
        <= 7 => "week",
        <= 30 => "month",
        _ => null,
    };

    static NextStep Step(string key, string why, string href, DateTimeOffset? due) => new(ConductText.Of($"next.{key}"), ConductText.Of(why), ConductText.Of($"next.{key}.do"), href, due);
}
