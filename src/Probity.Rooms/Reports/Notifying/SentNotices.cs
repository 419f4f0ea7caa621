using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Shared.Record;

namespace Probity.Reports.Notifying;

/// <summary>What was sent last: one stream of the agency.</summary>
internal sealed record SentNotices : IStreamState<SentNotices>
{
    // The first retry is an hour later: nobody is tried more than once an hour.
    static readonly TimeSpan s_pause = TimeSpan.FromHours(1);

    public static StreamId Stream { get; } = new(new Guid("5f0f3c2e-6d0e-4f0b-9a55-1c7c0a4be2d7"));

    public static SentNotices Initial { get; } = new();

    public long Version { get; init; }

    /// <summary>The last day of which a round began; null before the first.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>How many rounds of that day began.</summary>
    public int Rounds { get; init; }

    /// <summary>When the last one began.</summary>
    public DateTimeOffset Began { get; init; }

    /// <summary>To whom nothing was sent on that day for certain; empty while a round runs, and after one that did not come to its end.</summary>
    public IReadOnlyList<Guid> Waiting { get; init; } = [];

    public SentNotices Apply(Recorded recorded) => (recorded.Event switch
    {
        NoticesBegun e => this with { Day = e.Day, Rounds = e.Day == Day ? Rounds + 1 : 1, Began = recorded.When, Waiting = [] },
        NoticesSent e when e.Day == Day => this with { Waiting = e.Waiting },
        _ => this,
    }) with { Version = recorded.Version };

    /// <summary>Whether a round is due: one each day from the hour on, and others of that day, after 1, 2, 4 and 8 hours, for those to whom nothing was sent.</summary>
    /// <param name="hour">The hour of the first, UTC.</param>
    /// <param name="now">The time.</param>
    public bool IsDue(int hour, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (Day is not { } day || day < today) return now.UtcDateTime.Hour >= hour;
        return day == today && Waiting.Count > 0 && now >= Began + (s_pause * Math.Pow(2, Rounds - 1));
    }
}
