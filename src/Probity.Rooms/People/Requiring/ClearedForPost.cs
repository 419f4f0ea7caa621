using Probity.Access.Contract;
using Probity.People.Vetting;
using Probity.Shared.Record;

namespace Probity.People.Requiring;

/// <summary>Who is cleared for a post, as other rooms ask.</summary>
internal sealed class ClearedForPost(FoldedStream<Requirements> requirements) : IPostRequirements
{
    public async ValueTask<bool> MayHoldAsync(RecordSession session, Register register, Guid person, Guid post, DateTimeOffset now, CancellationToken cancel) =>
        !(await requirements.ReadAsync(session, cancel)).Marked.TryGetValue(post, out var level) || (await PersonClearances.ReadAsync(session, person, cancel)).Covers(level, register, now);

    public async ValueTask<IReadOnlySet<Guid>> LackingAsync(RecordSession session, Register register, IReadOnlyCollection<Guid> people, DateTimeOffset now, CancellationToken cancel)
    {
        var (known, lacking) = (await requirements.ReadAsync(session, cancel), new HashSet<Guid>());
        if (known.Marked.IsEmpty) return lacking;
        foreach (var person in people)
        {
            var asked = register.PostsOf(person, now).Where(p => known.Marked.ContainsKey(p.Id)).Select(p => known.Marked[p.Id]).ToList();
            if (asked.Count > 0 && !(await PersonClearances.ReadAsync(session, person, cancel)).Covers(asked.Max(), register, now)) lacking.Add(person);
        }

        return lacking;
    }

    public async ValueTask<IReadOnlyDictionary<Guid, string>> WordsAsync(IReadOnlyCollection<Guid> posts, CancellationToken cancel)
    {
        var marked = (await requirements.ReadAsync(cancel)).Marked;
        return posts.Where(marked.ContainsKey).ToDictionary(p => p, p => PeopleText.Say("post.needs", PeopleText.Of("level." + PeopleText.Camel(marked[p]))));
    }
}
