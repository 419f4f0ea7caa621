using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Sealing;

namespace Probity.Reports.Keys;

/// <summary>A private key in a session, and what it is known to open.</summary>
internal sealed class UnlockedKey(SealingKey key)
{
    public SealingKey Key { get; } = key;

    public string Public { get; } = key.Public.ToString();

    /// <summary>What it opens of the deposits that were tried; null until that was read.</summary>
    public Reading.KnownReports? Known { get; set; }

    /// <summary>How far that was written down.</summary>
    public long Written { get; set; }
}

/// <summary>The unlocked keys of one sign-in of one person.</summary>
internal sealed class UnlockedSession(Guid person, bool forIdentities, DateTimeOffset since) : IDisposable
{
    public Guid Person { get; } = person;

    /// <summary>Whether they are those of a custodian of identities.</summary>
    public bool ForIdentities { get; } = forIdentities;

    public DateTimeOffset Since { get; } = since;

    public DateTimeOffset Used { get; set; } = since;

    public IReadOnlyList<UnlockedKey> Keys { get; private set; } = [];

    /// <summary>The last list that was made.</summary>
    public Reading.ReadableList? Listed { get; set; }

    /// <summary>What the holders of shares handed on that these keys open, as of a version of that.</summary>
    public (long Version, IReadOnlyList<Reading.KnownDeposit> Deposits)? Handed { get; set; }

    /// <summary>One at a time tries the deposits that are new.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>Adds keys; those that are here already are wiped.</summary>
    public void Add(IEnumerable<SealingKey> keys)
    {
        foreach (var key in keys)
        {
            if (Keys.Any(k => k.Key.Public.Equals(key.Public))) key.Dispose();
            else (Keys, Handed) = ([.. Keys, new UnlockedKey(key)], null);
        }
    }

    // The turn is left to the collector: a request may be waiting for it.
    public void Dispose()
    {
        foreach (var key in Keys) key.Key.Dispose();
    }
}

/// <summary>
/// Private keys while they are in use: in memory alone, each for the one sign-in whose passphrase opened it. They go when the person signs out, after 30 minutes without use, after 8 hours at most,
/// and when the post is theirs no longer.
/// </summary>
internal sealed class UnlockedKeys(TimeProvider time) : ISessionEnd, IDisposable
{
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    readonly Lock _lock = new();
    readonly Dictionary<(Guid Person, string Session), UnlockedSession> _sessions = [];

    /// <summary>Takes the keys that a passphrase opened; they are this object's to wipe.</summary>
    public void Put(Guid person, string session, bool forIdentities, IReadOnlyList<SealingKey> keys)
    {
        lock (_lock)
        {
            DropStale();
            if (!_sessions.TryGetValue((person, session), out var open)) _sessions.Add((person, session), open = new UnlockedSession(person, forIdentities, time.GetUtcNow()));
            open.Add(keys);
        }
    }

    /// <summary>The keys of this sign-in, which were used with that; null where they are locked.</summary>
    public UnlockedSession? Of(ClaimsPrincipal who)
    {
        if (SignedInPerson.Of(who) is not { } person || SignedInPerson.SessionOf(who) is not { } session) return null;
        lock (_lock)
        {
            DropStale();
            if (!_sessions.TryGetValue((person, session), out var open)) return null;
            open.Used = time.GetUtcNow();
            return open;
        }
    }

    /// <summary>Locks the keys of this sign-in.</summary>
    public void Lock(ClaimsPrincipal who)
    {
        lock (_lock) Drop((at, _) => at.Person == SignedInPerson.Of(who) && at.Session == SignedInPerson.SessionOf(who));
    }

    /// <summary>Locks all keys of a person.</summary>
    public void End(Guid person)
    {
        lock (_lock) Drop((at, _) => at.Person == person);
    }

    /// <summary>Whose keys are unlocked.</summary>
    public IReadOnlyList<Guid> People
    {
        get
        {
            lock (_lock)
            {
                DropStale();
                return [.. _sessions.Keys.Select(at => at.Person).Distinct()];
            }
        }
    }

    void DropStale()
    {
        var now = time.GetUtcNow();
        Drop((_, open) => now - open.Used >= Idle || now - open.Since >= Longest);
    }

    void Drop(Func<(Guid Person, string Session), UnlockedSession, bool> goes)
    {
        foreach (var (at, open) in _sessions.Where(s => goes(s.Key, s.Value)).ToList())
        {
            _sessions.Remove(at);
            open.Dispose();
        }
    }

    public void Dispose()
    {
        lock (_lock) Drop((_, _) => true);
    }
}
