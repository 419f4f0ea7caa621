using Probity.Lens.Discovery;

namespace Probity.Lens.Objects;

/// <summary>What an object map shows, and its words, in English unless others are given.</summary>
public sealed record ObjectMapOptions
{
    /// <summary>The most types of objects that are drawn: more colours and dashes are not told apart.</summary>
    public const int MostTypes = 6;

    /// <summary>The title of the picture, for screen readers.</summary>
    public string Title { get; init; } = "Object map";

    /// <summary>The words that it has in common with a process map.</summary>
    public MapWords Words { get; init; } = new();

    /// <summary>How the picture is read; {0} is the number of boxes, {1} of arrows.</summary>
    public string Reading { get; init; } =
        "{0} types of events as boxes with their number; {1} arrows from each to what came right after it for an object, with how often. Each type of object has a colour, a dash and a head of its own.";

    /// <summary>Of a type in the legend: how many objects; {0} is the number.</summary>
    public string Objects { get; init; } = "{0} objects";

    /// <summary>Added where types of objects are not drawn; {0} is their names.</summary>
    public string TypesLeftOut { get; init; } = "Not drawn: objects of type {0}.";

    /// <summary>A type that is not drawn: people are in all kinds of events, and their arrows say little of the work. Null draws all.</summary>
    public string? PersonType { get; init; }

    /// <summary>At most so many arrows are drawn, the most frequent of each type first; see <see cref="MapOptions.MaxSteps"/>.</summary>
    public int MaxSteps { get; init; } = 40;
}
