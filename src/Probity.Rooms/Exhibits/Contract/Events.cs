using Probity.Shared.Record;

namespace Probity.Exhibits.Contract;

/// <summary>A package of an exhibit and the seal that closes it; packages are numbered from 1.</summary>
internal sealed record SealedPackage(int Number, string Seal);

/// <summary>How much of what is not weighed: <paramref name="Unit"/> is tablets, litres, plants, units, or for cash an ISO 4217 code.</summary>
internal sealed record Quantity(decimal Amount, string Unit);

/// <summary>
/// Something was seized in a case. Countries are ISO 3166-1 alpha-3, a port is a UN/LOCODE, a container has its ISO 6346 number.
/// </summary>
[EventType("exhibits.seizure-recorded.v1")]
internal sealed record SeizureRecorded(
    Guid Case, string Country, string? Region, string? City, SeizurePlace Place, Transport Transport, string? Port, string? Departure,
    string? Transit, string? Destination, string? Container, string? BillOfLading, string? Concealment, int Arrested,
    bool ControlledDelivery) : IEvent;

/// <summary>An exhibit joined its case: the case's exhibits are one stream, and the version is the exhibit's number.</summary>
[EventType("exhibits.listed.v1")]
internal sealed record ExhibitListed(Guid Exhibit) : IEvent;

/// <summary>
/// An exhibit was seized; whoever records it has it in hand. <paramref name="Substance"/> is a code of <see cref="Substances"/> and
/// provisional until a laboratory says so.
/// </summary>
[EventType("exhibits.seized.v1")]
internal sealed record ExhibitSeized(
    Guid Case, Guid Seizure, Guid Unit, string Number, ExhibitKind Kind, string? Substance, string Description, Quantity? Quantity,
    IReadOnlyList<SealedPackage> Packages) : IEvent;

/// <summary>
/// An exhibit or one package of it was weighed. <paramref name="Uncertainty"/> is expanded, k = 2. Without a <paramref name="Witness"/>
/// <paramref name="Alone"/> says why, and somebody else countersigns later.
/// </summary>
[EventType("exhibits.weighed.v1")]
internal sealed record ExhibitWeighed(
    Guid Act, int? Package, MassKind Kind, Grams Mass, Grams Uncertainty, Guid Balance, string BalanceSerial, DateOnly CalibrationDue,
    Moment Moment, Guid? Witness, string? Alone, Guid? Photo) : IEvent;

/// <summary>A package was opened and closed again with another seal; or what had no package was put into one, whose old seal is the word that there was none.</summary>
[EventType("exhibits.resealed.v1")]
internal sealed record ExhibitResealed(
    Guid Act, int Package, string OldSeal, string NewSeal, string Reason, Guid? Witness, string? Alone, Guid? Photo) : IEvent;

/// <summary>A second person signed an act of another. With an <paramref name="Objection"/> they say that it was not so.</summary>
[EventType("exhibits.countersigned.v1")]
internal sealed record ActCountersigned(Guid Act, Witnessing Manner, string? Objection) : IEvent;

/// <summary>
/// One half of a hand-over: who had the exhibit signs that they gave it away. <paramref name="Half"/> is the signature's own id, made on
/// the device; <paramref name="Transfer"/> joins it to the other half where the receiver's device saw it.
/// </summary>
[EventType("exhibits.handed-over.v1")]
internal sealed record ExhibitHandedOver(
    Guid Half, Guid Transfer, Guid To, Purpose Purpose, string? Authority, string? Condition, IReadOnlyList<SealedPackage> Seals,
    bool KeptOnDevice) : IEvent;

/// <summary>The other half: who took the exhibit signs from whom, and with which seals.</summary>
[EventType("exhibits.received.v1")]
internal sealed record ExhibitReceived(
    Guid Half, Guid Transfer, Guid From, Guid? Location, string? Discrepancy, IReadOnlyList<SealedPackage> Seals, bool KeptOnDevice) : IEvent;

/// <summary>The holder put the exhibit into another place of the store.</summary>
[EventType("exhibits.moved.v1")]
internal sealed record ExhibitMoved(Guid Location, string? Reason) : IEvent;

/// <summary>
/// Something does not fit: a seal, a weight, a hand-over. It is a matter of its own for the integrity officer, who need not ask the unit.
/// <paramref name="Count"/> is the count that showed it.
/// </summary>
[EventType("exhibits.discrepancy-found.v1")]
internal sealed record DiscrepancyFound(
    Guid Exhibit, Guid Case, string Number, DiscrepancyKind Kind, int? Package, string? Expected, string? Found, IReadOnlyList<Guid> People,
    string? Note, Guid? Count = null) : IEvent;

/// <summary>The integrity officer says what explains it, or that nothing does.</summary>
[EventType("exhibits.discrepancy-answered.v1")]
internal sealed record DiscrepancyAnswered(bool Explained, string Reasons) : IEvent;

/// <summary>A second person, from outside the unit, agrees to the answer; or sends it back with reasons.</summary>
[EventType("exhibits.discrepancy-settled.v1")]
internal sealed record DiscrepancySettled(bool Agrees, string? Reasons) : IEvent;

/// <summary>
/// The integrity officer asks that what a discrepancy without an explanation is about may go all the same: be destroyed, or given back.
/// </summary>
[EventType("exhibits.discrepancy-release-asked.v1")]
internal sealed record DiscrepancyReleaseAsked(string Reasons) : IEvent;

/// <summary>The second person agrees that it may go, though nothing explains it; or not, with reasons.</summary>
[EventType("exhibits.discrepancy-released.v1")]
internal sealed record DiscrepancyReleased(bool Agrees, string? Reasons) : IEvent;

/// <summary>A photograph was kept as it was taken. <paramref name="Sha256"/> is of the whole, in hexadecimal.</summary>
[EventType("exhibits.photo-kept.v1")]
internal sealed record PhotoKept(Guid Photo, string MediaType, int Bytes, string Sha256, int Parts, string? About) : IEvent;

/// <summary>
/// A picture is on the record. What it shows, without what is written beside it, names the stream, so that no picture stands for two things.
/// </summary>
[EventType("exhibits.picture-listed.v1")]
internal sealed record PictureListed(Guid Exhibit, Guid Photo) : IEvent;

/// <summary>A part of a photograph, in base64; the parts are a stream of their own, in order.</summary>
[EventType("exhibits.photo-part.v1")]
internal sealed record PhotoPart(string Content) : IEvent;

/// <summary>A half that stood alone counts no longer: nobody came for what was given away, or what somebody signed to have taken stayed a claim.</summary>
[EventType("exhibits.hand-over-withdrawn.v1")]
internal sealed record HandOverWithdrawn(Guid Half, string Reason) : IEvent;

/// <summary>A balance came into use in a unit. <paramref name="Uncertainty"/> is what its certificate says, k = 2.</summary>
[EventType("exhibits.balance-registered.v1")]
internal sealed record BalanceRegistered(
    Guid Balance, Guid Unit, string Serial, Grams Capacity, Grams Uncertainty, DateOnly CalibrationDue, string Certificate) : IEvent;

/// <summary>A balance was calibrated.</summary>
[EventType("exhibits.balance-calibrated.v1")]
internal sealed record BalanceCalibrated(Guid Balance, Grams Uncertainty, DateOnly CalibrationDue, string Certificate) : IEvent;

/// <summary>A calibration would make a balance far coarser than it was. It counts once the integrity office agrees, which is a <see cref="BalanceCalibrated"/>.</summary>
[EventType("exhibits.calibration-proposed.v1")]
internal sealed record CalibrationProposed(Guid Balance, Grams Uncertainty, DateOnly CalibrationDue, string Certificate) : IEvent;

/// <summary>The integrity office does not agree to a calibration: the balance stands as it did.</summary>
[EventType("exhibits.calibration-declined.v1")]
internal sealed record CalibrationDeclined(Guid Balance, string Reason) : IEvent;

/// <summary>A place to keep exhibits. <paramref name="Most"/> is the most drugs that it may hold, null without a limit.</summary>
[EventType("exhibits.location-opened.v1")]
internal sealed record LocationOpened(
    Guid Location, Guid Unit, string Name, StorageClass Class, Grams? Most, bool DualLock, bool Camera, bool Alarm) : IEvent;

/// <summary>Who has the keys of a place, from now on.</summary>
[EventType("exhibits.keyholders-set.v1")]
internal sealed record KeyholdersSet(Guid Location, IReadOnlyList<Guid> People) : IEvent;

/// <summary>The overseer named a deputy who countersigns where a unit has nobody left.</summary>
[EventType("exhibits.deputy-named.v1")]
internal sealed record DeputyNamed(Guid Person, string Reason) : IEvent;

/// <summary>A deputy is one no longer.</summary>
[EventType("exhibits.deputy-ended.v1")]
internal sealed record DeputyEnded(Guid Person, string Reason) : IEvent;

/// <summary>What kind of place an exhibit is kept in; TEMP holds nothing for longer than 72 hours.</summary>
internal enum StorageClass { Temp, Room, Vault }

/// <summary>What does not fit.</summary>
internal enum DiscrepancyKind { Seal, Weight, Stated, TwoReceivers, Objection, Missing, Substance, Misplaced, Replayed, Gap, Residue, Used, Claim, Moved, Receipt, SealUnread }
