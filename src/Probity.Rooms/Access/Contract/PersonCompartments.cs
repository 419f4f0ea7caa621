using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Access.Contract;

/// <summary>Where what is recorded about a person lies.</summary>
internal static class PersonCompartments
{
    /// <summary>The stream of a person's sign-ins.</summary>
    public static StreamId SignInsOf(Guid person) => new(Streams.Derive(person, "sign-ins"));

    /// <summary>The compartment of where somebody stays who is protected: apart from all else that is theirs.</summary>
    public static CompartmentId PlaceOf(Guid person) => new(Streams.Derive(person, "protected place"));

    /// <summary>What has to be erased with a person: also the compartment that their sign-ins had before they joined the person's.</summary>
    public static IReadOnlyList<CompartmentId> ErasedWith(Guid person) =>
        [Compartments.OfPerson(person), PlaceOf(person), .. Compartments.ErasedWithMatter(SignInsOf(person))];
}
