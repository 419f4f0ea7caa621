using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits;

/// <summary>Where an exhibit comes from that was not seized on this record.</summary>
/// <param name="Taken">What was taken over, by which register.</param>
/// <param name="Countersigner">Who agreed to it, with whose signature it came onto the record.</param>
/// <param name="At">When.</param>
internal sealed record RegisterOrigin(ExhibitTakenOver Taken, Guid Countersigner, DateTimeOffset At)
{
    public StatedExhibit Stated => Taken.Stated;
}

/// <summary>What was taken over from a register: its custody begins on the day it came onto this record, whatever the register says of the time before.</summary>
internal sealed partial record Exhibit
{
    /// <summary>The register that it was taken over from; null for what was recorded when it happened.</summary>
    public RegisterOrigin? FromRegister { get; init; }

    Exhibit TakeOver(Recorded recorded) => recorded.Event is ExhibitTakenOver e
        ? this with
        {
            Case = e.Case, Unit = e.Unit, Number = e.Number, Kind = e.Stated.Kind, Substance = e.Stated.Substance, Description = e.Stated.Description,
            Quantity = e.Stated.Quantity, Packages = [.. e.Stated.Packages], Seizer = e.Custodian, SeizedAt = recorded.At,
            FromRegister = new RegisterOrigin(e, recorded.Actor.Value, recorded.At), MovedTo = MovedTo.Add(e.Stated.Location),
        }
        : Analyse(recorded);
}
