using System.Collections.Immutable;
using Probity.Ledger;
using Probity.Risk.Contract;
using Probity.Shared.Record;

namespace Probity.Risk.Indicators;

/// <summary>What was stated of an indicator, by whom and when.</summary>
/// <param name="Number">The how manieth statement of this indicator it is, from 1.</param>
/// <param name="Law">What the rules ask for, 0 to 100, or null: not enough evidence.</param>
/// <param name="LawSource">The rule, or why not.</param>
/// <param name="Practice">What is done, 0 to 100, or null: not enough evidence.</param>
/// <param name="Evidence">What shows it, or why not.</param>
/// <param name="By">Who stated it.</param>
/// <param name="At">When, UTC.</param>
internal sealed record StatedScore(int Number, int? Law, string LawSource, int? Practice, string Evidence, Guid By, DateTimeOffset At)
{
    /// <summary>The overseer who agreed or did not; null while it waits.</summary>
    public Guid? AnsweredBy { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Until when it counts, once confirmed.</summary>
    public DateTimeOffset? UpToDateUntil { get; init; }

    /// <summary>Why the overseer did not agree.</summary>
    public string? Disputed { get; init; }

    public bool Waits => AnsweredBy is null;
    public bool IsConfirmed => UpToDateUntil is not null;
    public bool CountsAt(DateTimeOffset now) => now < UpToDateUntil;
}

/// <summary>How the institution stands in every indicator: one stream of the agency.</summary>
internal sealed record IndicatorScores : IStreamState<IndicatorScores>
{
    public static StreamId Stream { get; } = new(new Guid("d1ec7084-0000-8000-8000-000000000058"));

    public static IndicatorScores Initial { get; } = new();

    // The newest last.
    ImmutableDictionary<string, ImmutableList<StatedScore>> Stated { get; init; } = ImmutableDictionary<string, ImmutableList<StatedScore>>.Empty;

    public long Version { get; init; }

    /// <summary>All that was stated of an indicator, the newest last.</summary>
    public IReadOnlyList<StatedScore> Of(string indicator) => Stated.GetValueOrDefault(indicator) ?? [];

    /// <summary>What waits for an overseer, or null.</summary>
    public StatedScore? WaitingOf(string indicator) => Of(indicator) is [.., { Waits: true } last] ? last : null;

    /// <summary>The newest that was confirmed, up to date or not; null where none was.</summary>
    public StatedScore? ConfirmedOf(string indicator) => Of(indicator).LastOrDefault(s => s.IsConfirmed);

    /// <summary>What counts now: nothing where the newest that was confirmed is out of date.</summary>
    public StatedScore? CountingOf(string indicator, DateTimeOffset now) => ConfirmedOf(indicator) is { } score && score.CountsAt(now) ? score : null;

    /// <summary>
    /// The mean of a dimension's indicators, of law or of practice; null, not enough evidence, where fewer than half of them have a score that counts.
    /// </summary>
    public double? MeanOf(string dimension, Func<StatedScore, int?> side, DateTimeOffset now)
    {
        var indicators = IndicatorList.All.Where(i => i.Dimension == dimension).ToList();
        var scores = indicators.Select(i => CountingOf(i.Key, now)).Select(s => s is null ? null : side(s)).OfType<int>().ToList();
        return scores.Count == 0 || scores.Count * 2 < indicators.Count ? null : scores.Average();
    }

    public IndicatorScores Apply(Recorded recorded) => (recorded.Event switch
    {
        IndicatorStated e => With(e.Indicator, list => list.Add(new StatedScore(list.Count + 1, e.Law, e.LawSource, e.Practice, e.Evidence, recorded.Actor.Value, recorded.At))),
        IndicatorConfirmed e => Answer(e.Indicator, s => s with { AnsweredBy = recorded.Actor.Value, AnsweredAt = recorded.At, UpToDateUntil = e.UpToDateUntil }),
        IndicatorDisputed e => Answer(e.Indicator, s => s with { AnsweredBy = recorded.Actor.Value, AnsweredAt = recorded.At, Disputed = e.Reason }),
        _ => this,
    }) with { Version = recorded.Version };

    IndicatorScores Answer(string indicator, Func<StatedScore, StatedScore> answered) =>
        WaitingOf(indicator) is { } waiting ? With(indicator, list => list.SetItem(list.Count - 1, answered(waiting))) : this;

    IndicatorScores With(string indicator, Func<ImmutableList<StatedScore>, ImmutableList<StatedScore>> change) =>
        this with { Stated = Stated.SetItem(indicator, change(Stated.GetValueOrDefault(indicator) ?? [])) };
}
