namespace Probity.Shared.Record;

/// <summary>
/// The newest answer to a question that rests on all of an agency. It holds as long as all is the same that it was worked out from, and no longer than a minute, since what time alone changes
/// is in no key.
/// </summary>
internal sealed class Remembered<TKey, TValue> where TKey : notnull where TValue : class
{
    static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(1);

    Answer? _newest;

    /// <summary>The answer for a key at a moment, or null.</summary>
    public TValue? Of(TKey key, DateTimeOffset now) => _newest is { } newest && newest.Key.Equals(key) && newest.At <= now && now - newest.At < s_fresh ? newest.Value : null;

    /// <summary>Keeps an answer in place of the one before.</summary>
    public TValue Keep(TKey key, DateTimeOffset now, TValue value)
    {
        _newest = new Answer(key, now, value);
        return value;
    }

    sealed record Answer(TKey Key, DateTimeOffset At, TValue Value);
}
