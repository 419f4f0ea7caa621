using Probity.Lens.Logs;
using Probity.Lens.Rules;

namespace Probity.Lens.Discovery;

/// <summary>
/// Finds the constraints of DECLARE that the cases of a log hold to, by counting: each path is looked at once, in steps of its
/// length times its different activities, and only pairs that occur together cost anything. Events are taken in the order of the
/// log. The templates are those of rule files, judged by <see cref="RuleCheck"/>; of its two names for one thing, not-response and
/// not-succession, the second is used.
/// </summary>
public static class DeclareMiner
{
    /// <summary>The highest n of existence and exactly; absence goes one further.</summary>
    internal const int MostCount = 3;

    /// <summary>More constraints than anybody reads.</summary>
    internal const int MostConstraints = 200_000;

    /// <summary>Finds constraints, by template, falling support, and the names of their activities.</summary>
    /// <param name="log">The log.</param>
    /// <param name="options">What to look for.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share is not from 0 to 1.</exception>
    /// <exception cref="BadInputException">The log has too many activities, or too many constraints hold.</exception>
    public static IReadOnlyList<Constraint> Discover(EventLog log, DeclareOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new DeclareOptions();
        if (!(options.Support is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(options), options.Support, "The support is from 0 to 1.");
        if (!(options.Confidence is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(options), options.Confidence, "The confidence is from 0 to 1.");
        var found = new Candidates(PathCounts.Of(log, options.Support, cancellation), options).Find(cancellation);
        var left = options.All ? found : new Implied(found).Without(cancellation);
        left.Sort((x, y) => Compare(x, y, log.Activities));
        return left;
    }

    static int Compare(Constraint x, Constraint y, IReadOnlyList<string> names)
    {
        if (x.Kind != y.Kind) return x.Kind.CompareTo(y.Kind);
        if (x.Kept != y.Kept) return y.Kept.CompareTo(x.Kept);
        var order = string.CompareOrdinal(names[x.Activation], names[y.Activation]);
        if (order != 0) return order;
        return x.Target >= 0 && x.Target != y.Target ? string.CompareOrdinal(names[x.Target], names[y.Target]) : x.Count.CompareTo(y.Count);
    }
}
