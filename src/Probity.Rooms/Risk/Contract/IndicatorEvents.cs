using Probity.Shared.Record;

namespace Probity.Risk.Contract;

/// <summary>Integrity stated how an institution stands in one indicator.</summary>
/// <param name="Indicator">Its key in the list of indicators.</param>
/// <param name="Law">What the rules ask for: 0, 25, 50, 75 or 100; null where the evidence is not enough to say.</param>
/// <param name="LawSource">The law or rule, or why nothing can be said.</param>
/// <param name="Practice">What is done, on the same scale.</param>
/// <param name="Evidence">What shows it, or why nothing can be said.</param>
[EventType("risk.indicator-stated.v1")]
internal sealed record IndicatorStated(string Indicator, int? Law, string LawSource, int? Practice, string Evidence) : IEvent;

/// <summary>An overseer agrees: it is in force and public until it is out of date.</summary>
/// <param name="Indicator">Its key.</param>
/// <param name="UpToDateUntil">When it is to be stated anew, UTC.</param>
/// <param name="Policy">The policy pack that says after how many months.</param>
[EventType("risk.indicator-confirmed.v1")]
internal sealed record IndicatorConfirmed(string Indicator, DateTimeOffset UpToDateUntil, string Policy) : IEvent;

/// <summary>An overseer does not agree, and says why; what was in force stays.</summary>
[EventType("risk.indicator-disputed.v1")]
internal sealed record IndicatorDisputed(string Indicator, string Reason) : IEvent;
