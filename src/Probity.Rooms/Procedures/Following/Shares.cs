using Probity.Shared;

namespace Probity.Procedures.Following;

/// <summary>How many of a group's closed cases followed the procedure.</summary>
internal sealed record Share(string Name, int Closed, int Followed)
{
    public int Departed => Closed - Followed;

    /// <summary>Whether none of its figures could point at a single case: neither itself nor what is left when it is taken from the whole.</summary>
    public bool IsTellable => !PublicCount.IsTooSmall(Closed) && !PublicCount.IsTooSmall(Followed) && !PublicCount.IsTooSmall(Departed);

    /// <summary>Two groups as one.</summary>
    public Share With(Share other, Func<string, string, string> join) => new(join(Name, other.Name), Closed + other.Closed, Followed + other.Followed);
}

/// <summary>Figures side by side.</summary>
internal static class Shares
{
    /// <summary>
    /// The same figures with each too small one merged into its neighbour, in their order; empty where even all together are too few to
    /// tell. Groups without cases are left out.
    /// </summary>
    /// <param name="shares">The groups, in an order in which neighbours belong together: periods by time, units by name.</param>
    /// <param name="join">Names two neighbours as one.</param>
    public static IReadOnlyList<Share> Merge(IEnumerable<Share> shares, Func<string, string, string> join)
    {
        var told = new List<Share>();
        Share? small = null;
        foreach (var share in shares.Where(s => s.Closed > 0))
        {
            var whole = small is null ? share : small.With(share, join);
            small = whole.IsTellable ? null : whole;
            if (small is null) told.Add(whole);
        }

        // What is left over at the end goes backwards until it can be told.
        while (small is not null && told.Count > 0)
        {
            var whole = told[^1].With(small, join);
            told.RemoveAt(told.Count - 1);
            small = whole.IsTellable ? null : whole;
            if (small is null) told.Add(whole);
        }

        return told;
    }
}
