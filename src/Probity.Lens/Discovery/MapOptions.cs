using System.Globalization;

namespace Probity.Lens.Discovery;

/// <summary>What a process map shows besides the log itself.</summary>
public sealed record MapOptions
{
    /// <summary>The title of the picture, for screen readers.</summary>
    public string Title { get; init; } = "Process map";

    /// <summary>The words of the picture.</summary>
    public MapWords Words { get; init; } = new();

    /// <summary>Activities that depart from the procedure, by name: drawn with a double, dashed border in another colour.</summary>
    public IReadOnlySet<string> DeviatingActivities { get; init; } = new HashSet<string>();

    /// <summary>How often an activity was skipped or done where it has no place, by its name: written under its box, each with a shape of its own.</summary>
    public IReadOnlyDictionary<string, MapMark> Marks { get; init; } = new Dictionary<string, MapMark>();

    /// <summary>Steps that depart from the procedure, by the names of their two activities: dashed, in another colour.</summary>
    public IReadOnlySet<(string From, string To)> DeviatingSteps { get; init; } = new HashSet<(string, string)>();

    /// <summary>How long a step takes, by the names of its two activities: written under how often. Null leaves times out.</summary>
    public IReadOnlyDictionary<(string From, string To), TimeSpan>? Waits { get; init; }

    /// <summary>Whether it says how often; a map of what may come after what has nothing to count.</summary>
    public bool Figures { get; init; } = true;

    /// <summary>
    /// At most so many steps are drawn, the most frequent first, and of the others only what keeps each activity joined
    /// to the map; the description says how many are left out. Deviating steps are always drawn.
    /// </summary>
    public int MaxSteps { get; init; } = 40;
}

/// <summary>What departs at an activity, in cases.</summary>
/// <param name="Skipped">In how many it was skipped: an empty triangle.</param>
/// <param name="Inserted">In how many it was done where it has no place: a filled diamond.</param>
public readonly record struct MapMark(int Skipped, int Inserted);

/// <summary>The words of a process map, in English unless others are given.</summary>
public sealed record MapWords
{
    /// <summary>Where every case begins.</summary>
    public string Start { get; init; } = "start";

    /// <summary>Where every case ends.</summary>
    public string End { get; init; } = "end";

    /// <summary>Of a box: how many events; {0} is the number.</summary>
    public string Events { get; init; } = "{0} events";

    /// <summary>Of a box or an arrow that departs from the procedure.</summary>
    public string Departs { get; init; } = "departs from the procedure";

    /// <summary>Of a box: in how many cases it was skipped; {0} is the number.</summary>
    public string Skipped { get; init; } = "skipped in {0} cases";

    /// <summary>Of a box: in how many cases it was done where it has no place; {0} is the number.</summary>
    public string Inserted { get; init; } = "out of place in {0} cases";

    /// <summary>How the picture is read; {0} is the number of boxes, {1} of arrows.</summary>
    public string Reading { get; init; } =
        "{0} activities as boxes with their number of events; {1} arrows from each to what came right after it, with how often. "
        + "Arrows that lead back up are brown.";

    /// <summary>Units of time: seconds, minutes, hours, days; {0} is the number.</summary>
    public IReadOnlyList<string> Spans { get; init; } = ["{0} s", "{0} min", "{0} h", "{0} d"];

    /// <summary>How the decimals of a time are written.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>Added where something departs.</summary>
    public string Departing { get; init; } = "What departs from the procedure is red and dashed.";

    /// <summary>Added where rarer things are left out; {0} is the number of arrows, {1} of boxes.</summary>
    public string LeftOut { get; init; } = "Left out because they are rarer: {0} arrows and {1} activities.";

    /// <summary>A time in the largest unit of which it holds one, with one decimal below ten.</summary>
    public string Span(TimeSpan time)
    {
        var (amount, unit) = time switch
        {
            { TotalDays: >= 1 } => (time.TotalDays, 3),
            { TotalHours: >= 1 } => (time.TotalHours, 2),
            { TotalMinutes: >= 1 } => (time.TotalMinutes, 1),
            _ => (time.TotalSeconds, 0),
        };
        var number = amount is 0 or >= 10 ? MapSvg.Number((int)Math.Min(int.MaxValue, Math.Round(amount))) : amount.ToString("0.#", Culture);
        return string.Format(CultureInfo.InvariantCulture, Spans[unit], number);
    }
}
