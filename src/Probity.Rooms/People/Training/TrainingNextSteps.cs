using System.Security.Claims;
using Probity.Access.Contract;
using Probity.People.Requiring;
using Probity.People.Viewing;
using Probity.Shared.Record;
using Probity.Shared;

namespace Probity.People.Training;

/// <summary>Tells the holder, their commander and integrity of a mandatory competence that ends, at 30, 7 and 1 days, and from its end on that it keeps from new work; and whoever may of what waits for a second person.</summary>
internal sealed class TrainingNextSteps(Trainings trainings, TrainingDesk desk, FoldedStream<Catalogue> catalogues, IRegister registers, When when, TimeProvider time) : INextSteps
{
    // For so long after its end it is said to those who see to it; afterwards the matrix says it.
    static readonly TimeSpan s_behind = TimeSpan.FromDays(30);

    const int MostCommanded = 200;

    public bool Serves(ClaimsPrincipal person) => TrainingAccess.Serves(person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id || !Serves(person)) return [];
        var (catalogue, register, now) = (await catalogues.ReadAsync(cancel), await registers.ReadAsync(cancel), time.GetUtcNow());
        var actor = Actor.From(register, id, now);
        var steps = new List<NextStep>();
        if (actor.Posts.Any(p => catalogue.Of(p.Id).Values.Any(a => a.IsMandatory))) steps.AddRange(OwnOf(await desk.OfAsync(id, cancel), actor));
        if (TrainingAccess.Keeps(actor) || actor.Has(Role.Commander)) steps.AddRange(await OfOthersAsync(catalogue, actor, register, most, now, cancel));
        steps.AddRange(catalogue.Waiting.Where(w => register.Posts.TryGetValue(w.Key.Post, out var post) && MarkPost.MayAnswer(w.Value.By, post, actor, register, now, catalogue.Lowers(w.Key.Post, w.Key.Competence))).OrderBy(w => w.Value.At).Take(most)
            .Select(w => Step("asked", "/training/posts", w.Value.At.AddDays(14), register.Posts[w.Key.Post].Title, register.NameOf(w.Value.By))));
        return [.. steps.OrderBy(s => s.Due ?? DateTimeOffset.MaxValue).Take(most)];
    }

    IEnumerable<NextStep> OwnOf(TrainingFacts own, Actor actor) => actor.Posts
        .SelectMany(p => Need.OfPost(own.Catalogue, p.Id, own.Training.Held, own.Now)).Where(n => n.Asked.IsMandatory && n.IsGap).DistinctBy(n => n.Competence)
        .Select(n => n.Until is { } until
            ? Step($"own-ends-{Warning.Of(until, own.Now)}", "/training", until, TrainingText.NameOf(own.Catalogue, n.Competence), when.Day(until))
            : Step("own-lacks", "/training", own.Now, TrainingText.LevelOf(own.Catalogue, n.Competence, n.Asked.Level)));

    async Task<IEnumerable<NextStep>> OfOthersAsync(Catalogue catalogue, Actor actor, Register register, int most, DateTimeOffset now, CancellationToken cancel)
    {
        var mandatory = catalogue.Posts.Values.SelectMany(p => p).Where(a => a.Value.IsMandatory).Select(a => a.Key).ToHashSet();
        if (mandatory.Count == 0) return [];
        // Of a few people all are looked at; of many, the first to end, and whom this person commands is asked of each.
        var few = TrainingAccess.Keeps(actor) ? null : ShowClearances.CommandedBy(actor, register, now).Take(MostCommanded + 1).ToHashSet();
        // The list says where to look; what a post asks, and whether something else covers it, is worked out for those alone.
        var found = new List<(Guid Person, Guid Competence, AskedCompetence Asked)>();
        await foreach (var row in trainings.EndingAsync(mandatory, few is { Count: <= MostCommanded } ? few : null, now - s_behind, now.AddDays(Warning.Days[^1]), cancel))
        {
            if (row.Person == actor.Person) continue;
            found.AddRange(register.PostsOf(row.Person, now).Where(p => (TrainingAccess.Keeps(actor) || actor.Commands(p.Unit, register)) && catalogue.Of(p.Id, row.Competence) is { IsMandatory: true })
                .Select(p => (row.Person, row.Competence, catalogue.Of(p.Id, row.Competence)!)));
            // Something else may cover some of them.
            if (found.Count >= 10 * most) break;
        }

        var held = await trainings.OfAsync([.. found.Select(f => f.Person).Distinct()], cancel);
        return found.Distinct().Select(f => (f.Person, Need: Need.Of(f.Competence, f.Asked, held[f.Person], now))).Where(f => f.Need.IsGap && f.Need.Until is not null).OrderBy(f => f.Need.Until).Take(most)
            .Select(f => Step($"ends-{Warning.Of(f.Need.Until!.Value, now)}", $"/training/people/{f.Person:D}", f.Need.Until, register.NameOf(f.Person), TrainingText.NameOf(catalogue, f.Need.Competence), when.Day(f.Need.Until.Value)));
    }

    static NextStep Step(string key, string href, DateTimeOffset? due, params object?[] words) =>
        new(TrainingText.Say("next." + key, words), TrainingText.Say("next-why." + key, words), TrainingText.Of("next-do." + key), href, due);
}
