using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Access.Reviewing;

/// <summary>The reviews of each unit as they stand, and how people sign in.</summary>
internal sealed class ReviewReader(TransparencyLog log, IServiceScopeFactory scopes)
{
    const int Chunk = 64;

    static readonly string s_signedIn = EventTypes.NameOf(typeof(SignedIn));

    readonly ConcurrentDictionary<Guid, UnitReviews> _known = new();

    /// <summary>A unit's, for lists. Reasons are not kept: they go with their people.</summary>
    public async ValueTask<UnitReviews> ReadAsync(Guid unit, CancellationToken cancel)
    {
        var known = _known.GetValueOrDefault(unit, UnitReviews.Initial);
        var entries = await log.ReadStreamAsync(UnitReviews.StreamOf(unit), known.Version, cancel);
        if (entries.Count == 0) return known;
        known = entries.Aggregate(known, (state, entry) => state.Apply(EventTypes.Read(entry))) with { Reasons = ImmutableDictionary<(Guid, Guid), string>.Empty };
        return _known[unit] = known;
    }

    /// <summary>A unit's with the reasons, for its page.</summary>
    public async ValueTask<UnitReviews> ReadWholeAsync(Guid unit, CancellationToken cancel) =>
        (await log.ReadStreamAsync(UnitReviews.StreamOf(unit), 0, cancel)).Aggregate(UnitReviews.Initial, (state, entry) => state.Apply(EventTypes.Read(entry)));

    /// <summary>When somebody signed in last; null for never.</summary>
    public async ValueTask<DateTimeOffset?> LastSignInAsync(Guid person, CancellationToken cancel)
    {
        // From the end: a stream of years holds thousands.
        var stream = SignIns.StreamOf(person);
        for (var end = await log.VersionAsync(stream, cancel); end > 0; end = Math.Max(0, end - Chunk))
        {
            var begin = Math.Max(0, end - Chunk);
            var entries = await log.ReadStreamAsync(stream, begin, (int)(end - begin), cancel);
            if (entries.LastOrDefault(e => e.Header.Type == s_signedIn) is { } last) return last.Header.Recorded;
        }

        return null;
    }

    /// <summary>Those who have something to sign in with.</summary>
    public async Task<IReadOnlySet<Guid>> WithCredentialsAsync(IEnumerable<Guid> people)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (users, with) = (scope.ServiceProvider.GetRequiredService<UserManager<Credential>>(), new HashSet<Guid>());
        foreach (var person in people)
        {
            if (await users.FindByIdAsync(person.ToString("D")) is { PasswordHash: not null }) with.Add(person);
        }

        return with;
    }
}
