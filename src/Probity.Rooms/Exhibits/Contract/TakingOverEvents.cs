using Probity.Shared.Record;

namespace Probity.Exhibits.Contract;

/// <summary>
/// A register of a store that was kept before this record, as its custodian presents it. It changes nothing until somebody from outside the store agrees.
/// </summary>
/// <param name="Unit">Whose store it is.</param>
/// <param name="File">What its file was called.</param>
/// <param name="Sha256">Of the file, in hexadecimal.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Lines">How many exhibits it states.</param>
/// <param name="Parts">In how many entries they stand.</param>
/// <param name="Opens">The case that is opened for what belongs to no case on the record; null where there is none.</param>
/// <param name="Summary">What that case will say of itself.</param>
[EventType("exhibits.register-presented.v1")]
internal sealed record RegisterPresented(Guid Unit, string File, string Sha256, long Bytes, int Lines, int Parts, Guid? Opens, string? Summary) : IEvent;

/// <summary>Lines of a register that are of one case, and are erased with it.</summary>
[EventType("exhibits.register-part.v1")]
internal sealed record RegisterPart(Guid Register, Guid Case, IReadOnlyList<StatedExhibit> Exhibits) : IEvent;

/// <summary>A register joined those of the agency: they are one stream, so that no line is taken over twice.</summary>
[EventType("exhibits.register-listed.v1")]
internal sealed record RegisterListed(Guid Register, Guid Unit) : IEvent;

/// <summary>Somebody from outside the store agrees that the register says so, or sends it back with reasons.</summary>
[EventType("exhibits.register-countersigned.v1")]
internal sealed record RegisterCountersigned(bool Agrees, string? Reasons) : IEvent;

/// <summary>
/// An exhibit was taken over from a register. Its custody on this record begins here: all that is said of the time before is what the register
/// states. <paramref name="Custodian"/> presented the register and has it in hand.
/// </summary>
[EventType("exhibits.taken-over.v1")]
internal sealed record ExhibitTakenOver(
    Guid Case, Guid Unit, string Number, Guid Register, string Sha256, Guid Custodian, DateTimeOffset Presented, StatedExhibit Stated) : IEvent;

/// <summary>An exhibit as a line of a register states it. Nothing of this was seen, weighed or signed on this record.</summary>
/// <param name="Line">The line, or the row of the sheet.</param>
/// <param name="Number">Its number in the register.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Substance">A code of <see cref="Substances"/>, for drugs and precursors.</param>
/// <param name="Description">What it is, in the register's words.</param>
/// <param name="Packages">Its packages with their seals; where the register names no seal, a word that says so.</param>
/// <param name="Location">The place of the store where it lies.</param>
internal sealed record StatedExhibit(
    int Line, string Number, ExhibitKind Kind, string? Substance, string Description, IReadOnlyList<SealedPackage> Packages, Guid Location)
{
    /// <summary>The case's number in the register, where the record has no such case.</summary>
    public string? CaseNumber { get; init; }

    /// <summary>The day of the seizure.</summary>
    public DateOnly? SeizedOn { get; init; }

    /// <summary>The mass; whether with or without packaging is not known.</summary>
    public Grams? Mass { get; init; }

    /// <summary>How much of what is not weighed.</summary>
    public Quantity? Quantity { get; init; }

    /// <summary>ISO 3166-1 alpha-3.</summary>
    public string? Country { get; init; }

    public string? Region { get; init; }
    public string? City { get; init; }
    public SeizurePlace? Place { get; init; }
    public Transport? Transport { get; init; }

    /// <summary>What was written of place and transport and is none of the words that the record has.</summary>
    public string? Note { get; init; }
}
