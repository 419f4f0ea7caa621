namespace Probity.Lens.Discovery;

/// <summary>What changed.</summary>
public enum DriftKind
{
    /// <summary>The share of cases in which one activity comes right after another.</summary>
    Step,

    /// <summary>The share of cases that take a path.</summary>
    Path,

    /// <summary>How long cases take from first to last event.</summary>
    Duration,
}

/// <summary>A change from one period to the next that is compared, beyond what chance explains.</summary>
/// <param name="Kind">What changed.</param>
/// <param name="From">The earlier period, as a number into <see cref="Drift.Periods"/>.</param>
/// <param name="To">The later period.</param>
/// <param name="Activities">The two activities, or the path, as numbers into the log's activities; none for durations.</param>
/// <param name="Before">The share of cases in the earlier period; for durations their median, in seconds.</param>
/// <param name="After">The same in the later one.</param>
/// <param name="Probability">How likely at least so large a difference would be if nothing had changed.</param>
/// <param name="Adjusted">The same after Benjamini and Hochberg (1995), for as many tests as were made.</param>
public sealed record DriftChange(DriftKind Kind, int From, int To, IReadOnlyList<int> Activities, double Before, double After, double Probability, double Adjusted);
