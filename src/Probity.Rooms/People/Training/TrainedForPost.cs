using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.People.Training;

/// <summary>Who is trained for a post, as other rooms ask.</summary>
internal sealed class TrainedForPost(FoldedStream<Catalogue> catalogues) : IPostRequirements
{
    public string Lack => "not-trained";

    public Role SeesTo => Role.Integrity;

    public async ValueTask<bool> MayHoldAsync(RecordSession session, Register register, Guid person, Guid post, DateTimeOffset now, CancellationToken cancel)
    {
        var catalogue = await catalogues.ReadAsync(session, cancel);
        return !AsksFor(catalogue, post) || !Lacks(catalogue, post, await session.FoldAsync<PersonTraining>(PersonTraining.StreamOf(person), cancel), now);
    }

    public async ValueTask<IReadOnlySet<Guid>> LackingAsync(RecordSession session, Register register, IReadOnlyCollection<Guid> people, DateTimeOffset now, CancellationToken cancel)
    {
        var (catalogue, lacking) = (await catalogues.ReadAsync(session, cancel), new HashSet<Guid>());
        if (catalogue.Posts.IsEmpty) return lacking;
        foreach (var person in people)
        {
            var posts = register.PostsOf(person, now).Where(p => AsksFor(catalogue, p.Id)).ToList();
            if (posts.Count == 0) continue;
            var training = await session.FoldAsync<PersonTraining>(PersonTraining.StreamOf(person), cancel);
            if (posts.Any(p => Lacks(catalogue, p.Id, training, now))) lacking.Add(person);
        }

        return lacking;
    }

    public async ValueTask<IReadOnlyDictionary<Guid, string>> WordsAsync(IReadOnlyCollection<Guid> posts, CancellationToken cancel)
    {
        var catalogue = await catalogues.ReadAsync(cancel);
        return posts.Where(p => AsksFor(catalogue, p)).ToDictionary(p => p, p => TrainingText.Say("post.needs", string.Join(", ", catalogue.Of(p)
            .Where(a => a.Value.IsMandatory).Select(a => TrainingText.LevelOf(catalogue, a.Key, a.Value.Level)).Order(StringComparer.CurrentCulture))));
    }

    static bool AsksFor(Catalogue catalogue, Guid post) => catalogue.Of(post).Values.Any(a => a.IsMandatory);

    static bool Lacks(Catalogue catalogue, Guid post, PersonTraining training, DateTimeOffset now) => Need.OfPost(catalogue, post, training.Held, now).Any(n => n.Blocks);
}
