using Probity.Shared.Record;

namespace Probity.Conduct.Contract;

/// <summary>What somebody has to do with a person or a company outside.</summary>
internal enum InterestKind { Financial, Family, Association, Business, PostEmployment, OutsideWork }

/// <summary>What is done about it.</summary>
internal enum InterestMeasure { Divest, Recuse, RestrictAccess, Transfer, RearrangeDuties, BlindTrust, Resign }

/// <summary>Somebody declared an interest; who did is the entry's actor. Their entries are numbered as they come, from 1.</summary>
/// <param name="Key">Given before it is sent, so that what is sent twice stands once.</param>
/// <param name="Unit">The unit of whoever declared it.</param>
/// <param name="Kind">What they have to do with it.</param>
/// <param name="Subject">The name of the person or company.</param>
/// <param name="What">What it is.</param>
/// <param name="ToOverseer">Whether an overseer decides and not integrity.</param>
/// <param name="Due">By when it is decided.</param>
/// <param name="Policy">The policy pack that said so.</param>
[EventType("conduct.interest-declared.v1")]
internal sealed record InterestDeclared(Guid Key, Guid Unit, InterestKind Kind, string Subject, string What, bool ToOverseer, DateTimeOffset Due, string Policy) : IEvent;

/// <summary>Somebody declared work beside their post.</summary>
/// <param name="Key">As above.</param>
/// <param name="Unit">The unit of whoever declared it.</param>
/// <param name="Employer">For whom.</param>
/// <param name="What">What the work is.</param>
/// <param name="Hours">Hours a week.</param>
/// <param name="Pay">What it pays a month.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Until">The last day of it; it is declared anew if it goes on.</param>
/// <param name="ToOverseer">Whether an overseer decides and not integrity.</param>
/// <param name="Due">By when it is decided.</param>
/// <param name="Policy">The policy pack that said so.</param>
[EventType("conduct.outside-work-declared.v1")]
internal sealed record OutsideWorkDeclared(
    Guid Key, Guid Unit, string Employer, string What, int Hours, decimal Pay, string Currency, DateOnly Until, bool ToOverseer, DateTimeOffset Due, string Policy) : IEvent;

/// <summary>A superior said what they think of it.</summary>
[EventType("conduct.interest-advised.v1")]
internal sealed record InterestAdvised(int Number, string Advice) : IEvent;

/// <summary>It is allowed with measures, and looked at again.</summary>
/// <param name="Number">The entry.</param>
/// <param name="Measures">What is done about it: never nothing.</param>
/// <param name="Reason">Why.</param>
/// <param name="ReviewBy">By when it is looked at again.</param>
/// <param name="Policy">The policy pack that said so.</param>
[EventType("conduct.interest-managed.v1")]
internal sealed record InterestManaged(int Number, IReadOnlyList<InterestMeasure> Measures, string Reason, DateTimeOffset ReviewBy, string Policy) : IEvent;

/// <summary>It is not allowed: whoever declared it has to give it up.</summary>
[EventType("conduct.interest-prohibited.v1")]
internal sealed record InterestProhibited(int Number, string Reason, DateTimeOffset ReviewBy, string Policy) : IEvent;

/// <summary>It is over, as whoever decides has seen for themselves. Never before a measure was taken.</summary>
[EventType("conduct.interest-closed.v1")]
internal sealed record InterestClosed(int Number, string Reason) : IEvent;
