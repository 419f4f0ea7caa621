namespace Probity.People.Training;

/// <summary>By how much results rose with a course: the mean of each attendant's result after it less that before it, in points of percent, with the interval that holds it 19 times of 20.</summary>
/// <param name="Count">How many had both results.</param>
/// <param name="Before">The mean before.</param>
/// <param name="After">The mean after.</param>
/// <param name="Low">The lower end of the interval of the rise.</param>
/// <param name="High">The upper end.</param>
internal sealed record CourseEffect(int Count, double Before, double After, double Low, double High)
{
    // Student's t, both sides together 5 %, by degrees of freedom from 1; from 31 on the next lower that is told is taken, so that no interval is too narrow.
    static readonly double[] s_t =
    [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
        2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
    ];

    /// <summary>The rise.</summary>
    public double Rise => After - Before;

    /// <summary>Whether the interval leaves nothing as the answer.</summary>
    public bool IsSure => Low > 0 || High < 0;

    /// <summary>The effect from sums, or null where there are fewer than two.</summary>
    /// <param name="count">How many had both results.</param>
    /// <param name="before">The sum of what they had before.</param>
    /// <param name="after">The sum of what they had after.</param>
    /// <param name="squares">The sum of the squares of each one's rise.</param>
    public static CourseEffect? Of(int count, long before, long after, long squares)
    {
        if (count < 2) return null;
        var rise = (double)(after - before) / count;
        var variance = Math.Max(0, (squares - count * rise * rise) / (count - 1));
        var half = (count <= 31 ? s_t[count - 2] : count <= 61 ? 2.042 : count <= 121 ? 2.000 : 1.980) * Math.Sqrt(variance / count);
        return new CourseEffect(count, (double)before / count, (double)after / count, rise - half, rise + half);
    }
}
