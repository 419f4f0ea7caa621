using Probity.Shared.Record;

namespace Probity.Exhibits.Contract;

/// <summary>
/// By a court's order an exhibit is to be destroyed: where, how, and before whom. A later proposal replaces an earlier one that was not carried out.
/// <paramref name="OrderId"/> is the order in the case's part of the court; without it somebody typed it, and nothing more is done by it.
/// </summary>
[EventType("exhibits.destruction-proposed.v1")]
internal sealed record DestructionProposed(
    Guid Destruction, string Order, DateOnly Ordered, string Place, string Method, IReadOnlyList<Guid> Witnesses, Guid? OrderId = null) : IEvent;

/// <summary>Packages were read at the place of the destruction, each with its seal; those that are left follow.</summary>
[EventType("exhibits.destruction-packages-read.v1")]
internal sealed record DestructionPackagesRead(Guid Destruction, IReadOnlyList<SealedPackage> Seals) : IEvent;

/// <summary>
/// It was destroyed, and what was left of it was looked at and weighed. <paramref name="Heavier"/> says what makes that more than was burned, where it is.
/// </summary>
[EventType("exhibits.destruction-carried-out.v1")]
internal sealed record DestructionCarriedOut(Guid Destruction, string Residue, Grams ResidueMass, string? Heavier = null) : IEvent;

/// <summary>A witness signs that they saw it destroyed; or says what was not so.</summary>
[EventType("exhibits.destruction-witnessed.v1")]
internal sealed record DestructionWitnessed(Guid Destruction, string? Objection) : IEvent;

/// <summary>A witness had said that it was not so; two from outside have answered that, and the destruction stands.</summary>
[EventType("exhibits.destruction-upheld.v1")]
internal sealed record DestructionUpheld(Guid Destruction, Guid Witness) : IEvent;

/// <summary>By a court's order it was given to whom it belongs, who is not of the staff; what was forfeited, to the state's office for such things.</summary>
[EventType("exhibits.returned.v1")]
internal sealed record ExhibitReturned(Guid Act, string To, string Order, DateOnly Ordered, Guid? Witness, string? Alone, Guid? Photo) : IEvent;

/// <summary>
/// By an order on the record it was given to whom it belongs, or to the state's office, who signed <paramref name="Receipt"/>. It is gone once
/// <paramref name="Witness"/>, who is not of the holder's unit, has signed too. <paramref name="Other"/> says why somebody else signed for it than was to get it.
/// </summary>
[EventType("exhibits.given-back.v1")]
internal sealed record ExhibitGivenBack(Guid Act, Guid OrderId, string To, string Receipt, string Order, DateOnly Ordered, Guid Witness, string? Other = null) : IEvent;

/// <summary>By a court's order it is the state's. It stays where it is until it is handed over.</summary>
[EventType("exhibits.forfeited.v1")]
internal sealed record ExhibitForfeited(string Order, DateOnly Ordered, Guid? OrderId = null) : IEvent;

/// <summary>A discrepancy joined its exhibit: an exhibit's discrepancies are one stream, so that nothing is decided past an open one.</summary>
[EventType("exhibits.discrepancy-listed.v1")]
internal sealed record DiscrepancyListed(Guid Discrepancy) : IEvent;
