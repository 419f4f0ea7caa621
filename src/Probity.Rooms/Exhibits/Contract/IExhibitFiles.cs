using Probity.Shared.Record;

namespace Probity.Exhibits.Contract;

/// <summary>A seizure as it was recorded.</summary>
internal sealed record SeizureFile(Guid Id, SeizureRecorded Of, DateTimeOffset At);

/// <summary>What an exhibit was from a time on.</summary>
/// <param name="At">From when.</param>
/// <param name="Status">Where it stood.</param>
/// <param name="Gross">What all of it weighed with its packaging, where each package was weighed.</param>
/// <param name="Net">What all of its substance weighed, likewise.</param>
internal sealed record ExhibitMoment(DateTimeOffset At, ExhibitStatus Status, Grams? Gross, Grams? Net);

/// <summary>An exhibit with all that is recorded of it, for a copy of its case.</summary>
/// <param name="Id">The exhibit.</param>
/// <param name="Number">Its number.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Substance">What it was said to be; a code of <see cref="Substances"/>.</param>
/// <param name="Description">What it looks like, in somebody's words.</param>
/// <param name="Quantity">How much of what is not weighed.</param>
/// <param name="Seizure">The seizure that brought it, or what it was drawn from; null for what was taken over from a register.</param>
/// <param name="Root">What was seized: itself, or what a sample comes from.</param>
/// <param name="Parent">What a sample was drawn from; null for what was seized.</param>
/// <param name="Packages">Its packages with the seals that they had first.</param>
/// <param name="Found">What the laboratory found in it, reviewed; of each package of what was seized the newest.</param>
/// <param name="Events">All that is recorded of it, in order.</param>
/// <param name="Moments">What it was after each entry that changed it.</param>
internal sealed record ExhibitFile(
    Guid Id, string Number, ExhibitKind Kind, string? Substance, string Description, Quantity? Quantity, Guid? Seizure, Guid Root, Guid? Parent,
    IReadOnlyList<SealedPackage> Packages, IReadOnlyList<LaboratoryResult> Found, IReadOnlyList<Recorded> Events, IReadOnlyList<ExhibitMoment> Moments);

/// <summary>The exhibits of a case, samples behind what they were drawn from, and what they name.</summary>
/// <param name="Seizures">The seizures, in their order.</param>
/// <param name="Exhibits">The exhibits, in the order of the case's list.</param>
/// <param name="Places">What the places of the store are called.</param>
internal sealed record CaseExhibits(IReadOnlyList<SeizureFile> Seizures, IReadOnlyList<ExhibitFile> Exhibits, IReadOnlyDictionary<Guid, string> Places);

/// <summary>Exhibits as other rooms copy them out. What does not fit is not in it: that is a matter of its own.</summary>
internal interface IExhibitFiles
{
    /// <summary>What a case has of exhibits, as the record stood before an entry; what was erased is left out. Nothing is guarded: the caller has to.</summary>
    Task<CaseExhibits> ReadAsync(Guid @case, long before, CancellationToken cancel);
}
