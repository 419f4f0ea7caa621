using Probity.Lens.Logs;

namespace Probity.Lens.Objects;

/// <summary>Which objects each event, or each object, names, and as what.</summary>
/// <param name="starts">Where the relations of each row begin; one element more than there are rows.</param>
/// <param name="targets">The objects.</param>
/// <param name="qualifiers">What each is named as.</param>
/// <param name="names">The qualifiers' texts.</param>
internal sealed class ObjectRelations(int[] starts, int[] targets, int[] qualifiers, IReadOnlyList<string> names)
{
    public int Count => starts[^1];

    /// <summary>The objects that a row names, in the order of the file.</summary>
    public ReadOnlySpan<int> Of(int row) => targets.AsSpan(starts[row], starts[row + 1] - starts[row]);

    /// <summary>What each of them is named as.</summary>
    public ReadOnlySpan<int> QualifiersOf(int row) => qualifiers.AsSpan(starts[row], starts[row + 1] - starts[row]);

    /// <summary>The qualifiers that there are, for messages.</summary>
    public string Qualifiers()
    {
        const int most = 20;
        var known = names.Where(n => n.Length > 0).ToList();
        return known.Count == 0 ? "no qualifiers" : string.Join(", ", known.Take(most).Select(LogText.Show)) + (known.Count > most ? ", …" : "");
    }

    public string NameOf(int qualifier) => names[qualifier];

    /// <summary>The number of a qualifier; -1 where no relation has it, and null for any.</summary>
    public int? Qualifier(string? name)
    {
        if (name is null) return null;
        for (var i = 0; i < names.Count; i++)
            if (names[i] == name) return i;
        return -1;
    }
}
