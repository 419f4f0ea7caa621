using System.Collections.Concurrent;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exhibits.Labelling;

/// <summary>
/// Bounds how many codes that are on no label of theirs a person tries: whoever has a code in hand says that they have the thing, so nobody is to come by one by
/// guessing. Who is not signed in is asked to sign in before anything is looked up, and signing in is bounded by address. The tries are a number in memory for a
/// while; that there were too many is an entry on the record, which the integrity officer is told of.
/// </summary>
internal sealed class LabelGuesses(Clerk clerk, TimeProvider time)
{
    /// <summary>The code of too many tries.</summary>
    public const string TooMany = "exhibits.labels-guessed";

    /// <summary>So many tries that lead nowhere a person has within <see cref="Window"/>: a bad printer spoils a few labels, not dozens.</summary>
    public const int Most = 30;

    /// <summary>How long a try counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>The matter beside which too many tries are filed.</summary>
    public static readonly StreamId Matter = new(Streams.Derive(Guid.Empty, "labels that lead nowhere"));

    readonly ConcurrentDictionary<Guid, List<DateTimeOffset>> _tries = new();

    /// <summary>Whether this person has tried too many, and is told nothing for now.</summary>
    public bool IsBarred(Guid person) => CountOf(person) >= Most;

    /// <summary>Counts tries that led nowhere; the one that is too many is filed, once.</summary>
    public async Task MissedAsync(Guid person, int tries, CancellationToken cancel)
    {
        if (tries <= 0) return;
        var own = _tries.GetOrAdd(person, _ => []);
        bool crossed;
        lock (own)
        {
            Forget(own);
            var before = own.Count;
            own.AddRange(Enumerable.Repeat(time.GetUtcNow(), Math.Min(tries, Most)));
            crossed = before < Most && own.Count >= Most;
        }

        if (crossed) await clerk.FileAsync(new ActorId(person), Matter, "exhibits.FindLabel", _ => ValueTask.FromResult(Decision.Refuse(TooMany)), cancel: cancel);
    }

    int CountOf(Guid person)
    {
        if (!_tries.TryGetValue(person, out var own)) return 0;
        lock (own)
        {
            Forget(own);
            return own.Count;
        }
    }

    void Forget(List<DateTimeOffset> own) => own.RemoveAll(t => t <= time.GetUtcNow() - Window);
}
