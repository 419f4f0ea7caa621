using Probity.Access.Contract;
using Probity.Ledger;
using Probity.People.Vetting;
using Probity.Shared.Record;

namespace Probity.People.Requiring;

/// <summary>The requirements of posts, folded once and then kept up from where they were, and what other rooms ask of them.</summary>
internal sealed class RequirementReader(TransparencyLog log) : IPostRequirements, IDisposable
{
    readonly SemaphoreSlim _turn = new(1, 1);
    Requirements _known = Requirements.Initial;

    public async ValueTask<Requirements> ReadAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            foreach (var entry in await log.ReadStreamAsync(Requirements.Stream, _known.Version, cancel)) _known = _known.Apply(EventTypes.Read(entry));
            return _known;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>For a decision: the session will expect that they have not changed.</summary>
    public async ValueTask<Requirements> ReadAsync(RecordSession session, CancellationToken cancel)
    {
        var requirements = await ReadAsync(cancel);
        session.Expect(Requirements.Stream, requirements.Version);
        return requirements;
    }

    public async ValueTask<bool> MayHoldAsync(RecordSession session, Register register, Guid person, Guid post, DateTimeOffset now, CancellationToken cancel) =>
        !(await ReadAsync(session, cancel)).Marked.TryGetValue(post, out var level) || (await PersonClearances.ReadAsync(session, person, cancel)).Covers(level, register, now);

    public async ValueTask<IReadOnlySet<Guid>> LackingAsync(RecordSession session, Register register, IReadOnlyCollection<Guid> people, DateTimeOffset now, CancellationToken cancel)
    {
        var (requirements, lacking) = (await ReadAsync(session, cancel), new HashSet<Guid>());
        if (requirements.Marked.IsEmpty) return lacking;
        foreach (var person in people)
        {
            var asked = register.PostsOf(person, now).Where(p => requirements.Marked.ContainsKey(p.Id)).Select(p => requirements.Marked[p.Id]).ToList();
            if (asked.Count > 0 && !(await PersonClearances.ReadAsync(session, person, cancel)).Covers(asked.Max(), register, now)) lacking.Add(person);
        }

        return lacking;
    }

    public async ValueTask<IReadOnlyDictionary<Guid, string>> WordsAsync(CancellationToken cancel) =>
        (await ReadAsync(cancel)).Marked.ToDictionary(m => m.Key, m => PeopleText.Say("post.needs", PeopleText.Of("level." + PeopleText.Camel(m.Value))));

    public void Dispose() => _turn.Dispose();
}
