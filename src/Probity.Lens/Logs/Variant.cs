using System.Runtime.InteropServices;

namespace Probity.Lens.Logs;

/// <summary>One path through a log and the cases that took it.</summary>
/// <param name="Activities">The path, as numbers into <see cref="EventLog.Activities"/>.</param>
/// <param name="Cases">The cases that took it, as numbers into <see cref="EventLog.Cases"/>, rising.</param>
public sealed record Variant(IReadOnlyList<int> Activities, IReadOnlyList<int> Cases)
{
    /// <summary>How many cases took this path.</summary>
    public int Count => Cases.Count;

    internal static IReadOnlyList<Variant> Group(EventLog log)
    {
        var variants = new VariantTable(log).Group().ConvertAll(cases => new Variant(log.ActivitiesOf(cases[0]).ToArray(), cases));
        variants.Sort((x, y) => x.Count != y.Count ? y.Count.CompareTo(x.Count) : ComparePaths(x, y, log.Activities));
        return variants;
    }

    static int ComparePaths(Variant x, Variant y, IReadOnlyList<string> names)
    {
        var shared = Math.Min(x.Activities.Count, y.Activities.Count);
        for (var i = 0; i < shared; i++)
        {
            var order = string.CompareOrdinal(names[x.Activities[i]], names[y.Activities[i]]);
            if (order != 0) return order;
        }

        return x.Activities.Count.CompareTo(y.Activities.Count);
    }
}

/// <summary>Two paths are the same where their activities are.</summary>
internal sealed class PathComparer : IEqualityComparer<int[]>, IAlternateEqualityComparer<ReadOnlySpan<int>, int[]>
{
    public static readonly PathComparer Instance = new();

    public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);
    public int GetHashCode(int[] path) => GetHashCode(path.AsSpan());
    public bool Equals(ReadOnlySpan<int> path, int[] other) => path.SequenceEqual(other);
    public int[] Create(ReadOnlySpan<int> path) => path.ToArray();

    public int GetHashCode(ReadOnlySpan<int> path)
    {
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes(path));
        return hash.ToHashCode();
    }
}
