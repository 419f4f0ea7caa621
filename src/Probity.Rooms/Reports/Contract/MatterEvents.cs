using Probity.Shared.Record;

namespace Probity.Reports.Contract;

// A matter is what is said of somebody of the house and looked into. These entries are the same whether it came from a report, an inspection, or of one's own accord.

/// <summary>What somebody is said to have done.</summary>
internal enum AllegationKind { Bribery, Leak, EvidenceTheft, Obstruction, Collusion, Abuse, Retaliation, Other }

/// <summary>What was found of an allegation.</summary>
internal enum AllegationFinding
{
    /// <summary>It happened, and was wrong.</summary>
    Substantiated,

    /// <summary>It could be shown neither way.</summary>
    Unsubstantiated,

    /// <summary>It did not happen.</summary>
    Unfounded,

    /// <summary>It happened, and was right.</summary>
    Exonerated,
}

/// <summary>A matter was opened. It lies in a compartment of its own, as does all that follows.</summary>
/// <param name="Investigator">Who looks into it; null where another body does.</param>
/// <param name="Body">Which body that is.</param>
/// <param name="People">Who sees it beside whoever opened it and whoever looks into it: one of them confirms what was found.</param>
[EventType("matters.opened.v1")]
internal sealed record MatterOpened(Guid? Investigator, string? Body, IReadOnlyList<Guid> People) : IEvent;

/// <summary>
/// What the matter came from, so that it can be shown later and not be told now: of a report the hash of a secret, the report and the matter; of anything else as many bytes of chance. Its receipt
/// shows this and nothing else of the matter.
/// </summary>
/// <param name="Commitment">32 bytes, lower-case hexadecimal.</param>
[EventType("matters.committed.v1")]
internal sealed record OriginCommitted(string Commitment) : IEvent;

/// <summary>
/// Why whoever opened a matter accuses somebody whom a report protects, for those who can open that report; noise that nobody opens where there was nothing to say. Every matter has one, of one length.
/// </summary>
/// <param name="Box">Sealed, base64.</param>
[EventType("matters.reasoned.v1")]
internal sealed record OpeningReasoned(string Box) : IEvent;

/// <summary>What is alleged: of a person, of a unit, or of nobody known.</summary>
/// <param name="Id">The allegation.</param>
/// <param name="Person">Of whom.</param>
/// <param name="Unit">Of which unit, where it is nobody by name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="From">Since when, or on which day.</param>
/// <param name="To">Until when.</param>
/// <param name="Words">What is alleged, written anew.</param>
[EventType("matters.alleged.v1")]
internal sealed record AllegationMade(Guid Id, Guid? Person, Guid? Unit, AllegationKind Kind, DateOnly? From, DateOnly? To, string Words) : IEvent;

/// <summary>What was found of one allegation, and why.</summary>
internal sealed record StatedFinding(Guid Allegation, AllegationFinding Finding, string Reason);

/// <summary>Whoever looked into it says what was found of each allegation. It waits for a second person.</summary>
[EventType("matters.found.v1")]
internal sealed record FindingsStated(Guid Id, IReadOnlyList<StatedFinding> Findings) : IEvent;

/// <summary>A second person, who neither opened it nor looked into it, confirmed that: the matter is concluded.</summary>
[EventType("matters.confirmed.v1")]
internal sealed record FindingsConfirmed(Guid Id) : IEvent;

/// <summary>The second person did not.</summary>
[EventType("matters.returned.v1")]
internal sealed record FindingsReturned(Guid Id, string Reason) : IEvent;

/// <summary>Somebody else, or another body, looks into it from now on.</summary>
[EventType("matters.given.v1")]
internal sealed record MatterGiven(Guid Id, Guid? Investigator, string? Body, string Reason) : IEvent;
