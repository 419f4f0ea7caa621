using System.Globalization;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>
/// A log and those that it continues, the first of all first: which key signs the checkpoint of which size. Each of them signed what it
/// held when the next took over, and the next begins with a checkpoint of its own of that very size.
/// </summary>
internal sealed class Lineage
{
    /// <summary>The most logs that one may continue.</summary>
    public const int Most = 64;

    Lineage(VerifierKey key, IReadOnlyList<Predecessor> predecessors) => (Key, Predecessors) = (key, predecessors);

    /// <summary>The log's own key.</summary>
    public VerifierKey Key { get; }

    public IReadOnlyList<Predecessor> Predecessors { get; }

    /// <summary>A log that continues no other.</summary>
    public static Lineage Of(VerifierKey key) => new(key, []);

    /// <summary>A log and those that it is said to continue.</summary>
    /// <exception cref="FormatException">They are too many, not in order, or two have one name.</exception>
    public static Lineage Of(VerifierKey key, IReadOnlyList<Predecessor> predecessors)
    {
        if (predecessors.Count > Most) throw new FormatException($"A log continues {Most} others at most.");
        for (var i = 1; i < predecessors.Count; i++)
        {
            // The entry that says so stands between two of them.
            if (predecessors[i].Size <= predecessors[i - 1].Size)
                throw new FormatException(string.Create(CultureInfo.InvariantCulture,
                    $"{predecessors[i].Key.Name} followed {predecessors[i - 1].Key.Name} with {predecessors[i].Size} entries, which is no more than the {predecessors[i - 1].Size} that it took over."));
        }

        var names = new HashSet<string>(StringComparer.Ordinal) { key.Name };
        return predecessors.FirstOrDefault(one => !names.Add(one.Key.Name)) is { } twice
            ? throw new FormatException($"Two logs that follow one another are both named {twice.Key.Name}.")
            : new Lineage(key, predecessors);
    }

    /// <summary>What a store says.</summary>
    /// <exception cref="FormatException">A row says something that cannot be, or another than its note.</exception>
    public static Lineage Of(VerifierKey key, IReadOnlyList<StoredPredecessor> stored)
    {
        var predecessors = new List<Predecessor>();
        foreach (var row in stored)
        {
            var opened = Predecessor.Open(row.VerifierKey, row.Note);
            if (row.Place != predecessors.Count || row.Origin != opened.Key.Name || row.Size != opened.Size)
                throw new FormatException(string.Create(CultureInfo.InvariantCulture,
                    $"The log {row.Origin}, filed as number {row.Place} of those that this one continues, with {row.Size} entries, is in its place not what its last checkpoint says."));
            predecessors.Add(opened);
        }

        return Of(key, predecessors);
    }

    /// <summary>What the checkpoint of a size is signed with.</summary>
    public VerifierKey KeyAt(long size)
    {
        foreach (var predecessor in Predecessors)
            if (size < predecessor.Size) return predecessor.Key;
        return Key;
    }

    /// <summary>The predecessors as they are stored.</summary>
    public IReadOnlyList<StoredPredecessor> Stored() =>
        [.. Predecessors.Select((one, place) => new StoredPredecessor(place, one.Key.Name, one.Key.ToString(), one.Size, one.Note))];
}
