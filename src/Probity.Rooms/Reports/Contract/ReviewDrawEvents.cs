using Probity.Shared.Record;

namespace Probity.Reports.Contract;

/// <summary>The node committed to the next chain of seeds for the draws of reviews: <paramref name="Length"/> seeds whose first hash, lower-case hexadecimal, is <paramref name="Commitment"/>.</summary>
[EventType("reports.review-seeds-committed.v1")]
internal sealed record ReviewSeedsCommitted(int Chain, string Commitment, int Length) : IEvent;

/// <summary>Which reports were closed without action, or as referred, in a month, by ids that say nothing, sorted; and how many of them are looked at again.</summary>
/// <param name="Month">The month: <c>2026-03</c>.</param>
/// <param name="Pool">The streams of the reports, sorted.</param>
/// <param name="Count">How many are drawn.</param>
/// <param name="Chain">The number of the chain, from 1.</param>
/// <param name="Place">The place in the chain, from 1.</param>
/// <param name="Policy">The policy pack that says which share.</param>
[EventType("reports.review-pool-fixed.v1")]
internal sealed record ReviewPoolFixed(string Month, IReadOnlyList<Guid> Pool, int Count, int Chain, long Place, string Policy) : IEvent;

/// <summary>The seed was revealed, and which closings are looked at again by it.</summary>
/// <param name="Month">The month.</param>
/// <param name="Seed">The seed of the place, lower-case hexadecimal.</param>
/// <param name="Drawn">The streams that were drawn, in the order of the draw.</param>
[EventType("reports.reviews-drawn.v1")]
internal sealed record ReviewsDrawn(string Month, string Seed, IReadOnlyList<Guid> Drawn) : IEvent;
