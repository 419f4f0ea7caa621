using Probity.Conduct.Contract;
using Probity.Conduct.Matching;
using Probity.Shared.Record;

namespace Probity.Conduct.Interests;

/// <summary>Holds names against what people declared, each person's own stream through the session: what is declared meanwhile is not missed.</summary>
internal sealed class InterestReader(TimeProvider time) : IInterests
{
    public async ValueTask<IReadOnlyList<DeclaredMatch>> MatchesAsync(
        RecordSession session, IReadOnlyCollection<Guid> people, IReadOnlyList<NamedParty> names, CancellationToken cancel = default)
    {
        if (names.Count == 0) return [];
        List<(int Number, NameForm Form)>? forms = null;
        var found = new List<DeclaredMatch>();
        foreach (var person in people)
        {
            // Most declared nothing: then there is nothing to read.
            if (await session.CountAsync(OwnInterests.StreamOf(person), cancel) == 0) continue;
            forms ??= [.. names.Select(n => (n.Number, NameForm.Of(n.Name)))];
            found.AddRange(Matches(person, await session.FoldAsync<OwnInterests>(OwnInterests.StreamOf(person), cancel), forms, time.GetUtcNow()));
        }

        return found;
    }

    static IEnumerable<DeclaredMatch> Matches(Guid person, OwnInterests own, List<(int Number, NameForm Form)> names, DateTimeOffset now)
    {
        foreach (var interest in own.MatchedAt(now))
        {
            var declared = NameForm.Of(interest.Subject);
            foreach (var (number, form) in names)
            {
                if (NameMatch.Compare(declared, form) is var closeness && closeness != Closeness.No)
                    yield return new DeclaredMatch(person, interest.Number, number, closeness == Closeness.Match, interest.DeclaredAt);
            }
        }
    }
}
