using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.Access.Reviewing;

/// <summary>The reviews of each unit as they stand, and how people sign in.</summary>
internal sealed class ReviewReader(TransparencyLog log, IServiceScopeFactory scopes) : IDisposable
{
    const int Chunk = 64;

    static readonly string s_signedIn = EventTypes.NameOf(typeof(SignedIn));

    // With more behind it, each unit's stream is read instead.
    const int Far = 5_000;

    readonly ConcurrentDictionary<Guid, UnitReviews> _known = new();
    readonly Remembered<(long Register, string Policy, long Changes), IReadOnlyList<(Guid Unit, DateTimeOffset At)>> _near = new();
    readonly SemaphoreSlim _turn = new(1, 1);
    readonly Dictionary<Guid, Guid> _unitOf = [];
    long _reached = long.MinValue / 2, _changes;

    /// <summary>A unit's, for lists. Reasons are not kept: they go with their people.</summary>
    public async ValueTask<UnitReviews> ReadAsync(Guid unit, CancellationToken cancel)
    {
        var known = _known.GetValueOrDefault(unit, UnitReviews.Initial);
        var entries = await log.ReadStreamAsync(UnitReviews.StreamOf(unit), known.Version, cancel);
        if (entries.Count == 0) return known;
        Interlocked.Increment(ref _changes);
        known = entries.Aggregate(known, (state, entry) => state.Apply(EventTypes.Read(entry))) with { Reasons = ImmutableDictionary<(Guid, Guid), string>.Empty };
        return _known[unit] = known;
    }

    /// <summary>
    /// The units of which a review is open or nears its day, or that a review would have somebody removed from, each with the first day that any of it has, in that order.
    /// </summary>
    public async ValueTask<IReadOnlyList<(Guid Unit, DateTimeOffset At)>> NearAsync(Register register, Policy policy, DateTimeOffset now, CancellationToken cancel)
    {
        var key = (register.Version, policy.Label, await FollowAsync([.. register.Units.Keys], cancel));
        if (_near.Of(key, now) is { } known) return known;
        var nobody = Actor.From(register, Guid.Empty, now);
        var near = new List<(Guid Unit, DateTimeOffset At)>();
        foreach (var unit in register.Units.Keys)
        {
            var facts = new ReviewFacts(unit, _known.GetValueOrDefault(unit, UnitReviews.Initial), policy, register, nobody, now);
            var days = facts.Own.Removals.Values.ToList();
            if (facts.Own.Open is { } open && !open.IsStaleAt(now)) days.Add(open.Begun.AddDays(Review.DaysOpen));
            if (ReviewDue.Of(facts) is { } due && ReviewDue.BandOf(due, now) is not null) days.Add(due);
            if (days.Count > 0) near.Add((unit, days.Min()));
        }

        return _near.Keep(key, now, [.. near.OrderBy(n => n.At).ThenBy(n => register.Units[n.Unit].Name, StringComparer.Ordinal).ThenBy(n => n.Unit)]);
    }

    // What was appended since is looked through once, rather than a stream for each unit of a country at each page. Answers with how often anything of a review was new.
    async ValueTask<long> FollowAsync(IReadOnlyCollection<Guid> units, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            var size = log.Size;
            if (units.Count != _unitOf.Count || size - _reached > Far)
            {
                foreach (var unit in units)
                {
                    _unitOf[UnitReviews.StreamOf(unit).Value] = unit;
                    await ReadAsync(unit, cancel);
                }

                _reached = size;
            }

            while (_reached < size)
            {
                var entries = await log.ReadAsync(_reached, Chunk, cancel);
                if (entries.Count == 0) break;
                foreach (var unit in entries.Select(e => _unitOf.GetValueOrDefault(e.Header.Stream.Value)).Where(u => u != Guid.Empty).Distinct()) await ReadAsync(unit, cancel);
                _reached += entries.Count;
            }

            return Interlocked.Read(ref _changes);
        }
        finally
        {
            _turn.Release();
        }
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

    public void Dispose() => _turn.Dispose();
}
