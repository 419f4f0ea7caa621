using Probity.Shared.Record;

namespace Probity.Exhibits.Contract;

/// <summary>
/// A sample was drawn from a package, which was opened and closed again by the same act. <paramref name="Mass"/> is what the package lost;
/// <paramref name="Large"/> why it is more than a sample has to be.
/// </summary>
[EventType("exhibits.sample-drawn.v1")]
internal sealed record SampleDrawn(Guid Act, Guid Sample, string Number, int Package, Grams Mass, Grams Uncertainty, string? Large = null) : IEvent;

/// <summary>
/// A sample became an exhibit of its own; who drew it has it in hand. <paramref name="Root"/> is what was seized, <paramref name="Package"/>
/// the package of that, <paramref name="Parent"/> what it was drawn from. <paramref name="Plan"/> is the sampling plan (UNODC ST/NAR/38):
/// so many units there were, so many of them were tested.
/// </summary>
[EventType("exhibits.sampled.v1")]
internal sealed record ExhibitSampled(
    Guid Case, Guid Seizure, Guid Unit, string Number, Guid Root, int Package, Guid Parent, string ParentNumber, Guid Seizer, DateTimeOffset SeizedAt,
    string Substance, Guid Act, Grams Mass, Grams Uncertainty, string BalanceSerial, DateOnly CalibrationDue, string Plan, int Units, int Tested,
    IReadOnlyList<SealedPackage> Packages) : IEvent;

/// <summary>
/// The analyst who holds an exhibit reports what it is. Purity and its uncertainty (k = 2) are in per cent; <paramref name="Consumed"/> is what the
/// analysis used up, <paramref name="Duplicate"/> what is kept for another one, <paramref name="Day"/> the day of the analysis, which reports of earlier days do not say,
/// <paramref name="UsedReason"/> why it used up more than an analysis needs. It counts once another analyst has reviewed it.
/// </summary>
[EventType("exhibits.analysis-reported.v1")]
internal sealed record AnalysisReported(
    Guid Analysis, int? Package, string Substance, decimal? Purity, decimal? PurityUncertainty, string Methods, Grams? Net, Grams? NetUncertainty, Grams Consumed,
    Grams? Duplicate, string? Profile, DateOnly? Day = null, string? UsedReason = null) : IEvent;

/// <summary>
/// The analyst who holds an exhibit reports that nothing controlled was found in it. It names no substance and no purity; what the exhibit weighs stays
/// what it weighed. It counts once another analyst has reviewed it, as any analysis.
/// </summary>
[EventType("exhibits.nothing-controlled-found.v1")]
internal sealed record NothingControlledFound(Guid Analysis, int? Package, string Methods, Grams Consumed, DateOnly Day, string? Remarks, string? UsedReason = null) : IEvent;

/// <summary>
/// Another analyst agrees to a reported analysis, or returns it with reasons. <paramref name="UseSeen"/>: they signed too that more was used up than an analysis
/// needs; null where it was not.
/// </summary>
[EventType("exhibits.analysis-reviewed.v1")]
internal sealed record AnalysisReviewed(Guid Analysis, bool Agrees, string? Reasons, bool? UseSeen = null) : IEvent;
