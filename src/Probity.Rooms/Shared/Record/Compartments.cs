using Probity.Ledger;

namespace Probity.Shared.Record;

/// <summary>What is erased together: a matter with who opened it and who was refused in it, and a person with their name.</summary>
internal static class Compartments
{
    /// <summary>A matter's own. Readings and refusals are filed in it too, so they go with it.</summary>
    public static CompartmentId OfMatter(StreamId matter) => new(matter.Value);

    /// <summary>A person's own. It has their id, so that a name that was erased still says whose it was.</summary>
    public static CompartmentId OfPerson(Guid person) => new(person);

    /// <summary>What has to be erased with a matter: also the compartments that its readings and refusals had before they joined it.</summary>
    public static IReadOnlyList<CompartmentId> ErasedWithMatter(StreamId matter) =>
        [OfMatter(matter), new(Streams.ReadsOf(matter).Value), new(Streams.RefusalsOf(matter).Value)];

    /// <summary>What is filed about a matter after it was erased: that somebody asked for it. It names the matter by its id alone.</summary>
    public static CompartmentId AfterErasureOf(StreamId matter) => new(Streams.Derive(matter.Value, "after its erasure"));
}
