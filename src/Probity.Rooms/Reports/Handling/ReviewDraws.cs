using System.Collections.Immutable;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Shared.Record;

namespace Probity.Reports.Handling;

/// <summary>A chain of seeds that was committed to, and how many of its places are taken.</summary>
internal sealed record ReviewChain(int Number, string Commitment, int Length, long Taken);

/// <summary>The draw of a month: first what can be drawn, then the seed and what was.</summary>
internal sealed record ReviewDraw(string Month, ImmutableArray<Guid> Pool, int Count, int Chain, long Place)
{
    /// <summary>The seed; null until it is drawn.</summary>
    public string? Seed { get; init; }
    public ImmutableArray<Guid> Drawn { get; init; } = [];
}

/// <summary>
/// Which closings without action, and which referrals, are looked at again. One stream for the agency, whose entries name reports by the ids of their streams alone. No page shows a draw: whoever a report is kept from would
/// learn from it how many were closed. Each overseer finds in their list what was drawn of the reports that their key opens.
/// </summary>
internal sealed record ReviewDraws : IStreamState<ReviewDraws>
{
    /// <summary>The stream.</summary>
    public static StreamId Stream { get; } = new(new Guid("d1ec7084-0000-8000-8000-000000000069"));

    public static ReviewDraws Initial { get; } = new();

    public ImmutableArray<ReviewChain> Chains { get; init; } = [];
    public ImmutableSortedDictionary<string, ReviewDraw> All { get; init; } = ImmutableSortedDictionary<string, ReviewDraw>.Empty.WithComparers(StringComparer.Ordinal);
    public long Version { get; init; }

    /// <summary>A month by its name: <c>2026-03</c>.</summary>
    public static string MonthOf(DateOnly day) => day.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>How many of a pool are drawn: the share, rounded up, and at least one.</summary>
    public static int CountOf(int pool, int percent) => pool == 0 ? 0 : Math.Clamp((int)(((long)pool * percent + 99) / 100), 1, pool);

    /// <summary>
    /// Whether a closing of a report was drawn, that of the month in which it was closed, and nobody has looked at it since: opening it again and closing it in another month takes nothing from the draw.
    /// </summary>
    public bool Names(Report report) => report.Closed is { } closed && Report.IsDrawnFrom(closed.Reason)
        && report.Acts.Skip(report.Acts.FindLastIndex(a => a.Event is ClosingReviewed) + 1).Any(
            a => a.Event is ReportClosed && All.TryGetValue(MonthOf(a.Day), out var draw) && draw.Drawn.Contains(report.Stream.Value));

    public ReviewDraws Apply(Recorded recorded) => Happen(recorded) with { Version = recorded.Version };

    ReviewDraws Happen(Recorded recorded) => recorded.Event switch
    {
        ReviewSeedsCommitted e => this with { Chains = Chains.Add(new ReviewChain(e.Chain, e.Commitment, e.Length, 0)) },
        ReviewPoolFixed e => this with
        {
            All = All.SetItem(e.Month, new ReviewDraw(e.Month, [.. e.Pool], e.Count, e.Chain, e.Place)),
            Chains = [.. Chains.Select(chain => chain.Number == e.Chain ? chain with { Taken = Math.Max(chain.Taken, e.Place) } : chain)],
        },
        ReviewsDrawn e when All.TryGetValue(e.Month, out var draw) => this with { All = All.SetItem(e.Month, draw with { Seed = e.Seed, Drawn = [.. e.Drawn] }) },
        _ => this,
    };
}
