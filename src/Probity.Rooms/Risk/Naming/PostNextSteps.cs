using System.Security.Claims;
using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.Shared;

namespace Probity.Risk.Naming;

/// <summary>Tells integrity which posts of high and critical risks nobody has asked to mark as sensitive, and which of these risks name no post; and overseers what of it is overdue. One step for each assessment.</summary>
internal sealed class PostNextSteps(PostRisks posts, ISensitivePosts sensitive, TimeProvider time) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => SignedInPerson.Has(person, Role.Integrity) || SignedInPerson.Has(person, Role.Overseer);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || !Serves(person)) return [];
        var (now, known, names) = (time.GetUtcNow(), await sensitive.ReadAsync(cancel), SignedInPerson.Has(person, Role.Integrity));
        // What somebody has asked for waits for a second person; overseers hear of it when it has waited for too long.
        var unmarked = (await posts.UnmarkedAsync(known, cancel)).Where(n => names ? !known.Asked.Contains(n.Post!.Value) : n.Due < now);
        var nameless = (await posts.NamelessAsync(cancel)).Where(n => names || n.Due < now);
        return
        [
            .. unmarked.GroupBy(n => n.Assessment).Select(g => StepOf("unmarked", [.. g.DistinctBy(n => n.Post)], names, "/vetting/posts"))
                .Concat(nameless.GroupBy(n => n.Assessment).Select(g => StepOf("nameless", [.. g], names, g.Take(2).Count() == 1 ? RiskNextSteps.PathOf(g.Key, g.First().Scenario) : $"/risk/{g.Key:D}")))
                .OrderBy(s => s.Due).Take(most),
        ];
    }

    static NextStep StepOf(string what, IReadOnlyList<NamedPost> named, bool names, string href) => new(
        $"{named[0].Number}: {(named.Count == 1 ? RiskText.Of($"next.{what}.one") : RiskText.Say($"next.{what}.other", named.Count))}",
        RiskText.Of(names ? $"next.{what}.why" : $"next.{what}.overdue"), RiskText.Of("next.do"), href, named.Min(n => n.Due));
}
