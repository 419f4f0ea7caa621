using Probity.Shared.Record;

namespace Probity.Conduct.Contract;

/// <summary>Which way a gift went.</summary>
internal enum GiftDirection { Offered, Received, Given }

/// <summary>What was done with it before it was declared.</summary>
internal enum GiftHandling { Refused, GivenBack, HandedIn, Kept }

/// <summary>What becomes of it.</summary>
internal enum GiftMeasure { Declined, Returned, Surrendered, Retained }

/// <summary>Somebody declared a gift. Who declared it is the entry's actor; it is erased with them.</summary>
/// <param name="Unit">The unit of whoever declared it.</param>
/// <param name="Giver">Who gave or offered it, or was given it.</param>
/// <param name="Tie">What they have to do with the unit's work.</param>
/// <param name="What">What it is.</param>
/// <param name="Value">What it is worth, as estimated.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Direction">Which way it went.</param>
/// <param name="Happened">The day.</param>
/// <param name="Handling">What was done with it.</param>
/// <param name="Case">The case in which the giver is investigated, where the declarer named one.</param>
/// <param name="Inspected">Whether the giver was under inspection by the unit.</param>
/// <param name="ToOverseer">Whether an overseer reviews it and not integrity.</param>
/// <param name="Late">Whether it was declared later than the policy pack says.</param>
/// <param name="Due">By when it is reviewed.</param>
/// <param name="Policy">The policy pack that said so.</param>
[EventType("conduct.gift-declared.v1")]
internal sealed record GiftDeclared(
    Guid Unit, string Giver, string Tie, string What, decimal Value, string Currency, GiftDirection Direction, DateOnly Happened, GiftHandling Handling, Guid? Case, bool Inspected,
    bool ToOverseer, bool Late, DateTimeOffset Due, string Policy) : IEvent;

/// <summary>Integrity, or an overseer, said what becomes of it, and why.</summary>
[EventType("conduct.gift-reviewed.v1")]
internal sealed record GiftReviewed(GiftMeasure Measure, string Reason) : IEvent;
