using Probity.Shared;

namespace Probity.Cases;

/// <summary>How a field of a listed form is drawn.</summary>
public enum FieldKind
{
    /// <summary>A line.</summary>
    Line,

    /// <summary>Several lines.</summary>
    Lines,

    /// <summary>One of a few, all shown.</summary>
    Radios,

    /// <summary>One of many.</summary>
    List,

    /// <summary>Somebody.</summary>
    Person,

    /// <summary>Any of a few.</summary>
    Ticks,

    /// <summary>A day.</summary>
    Day,

    /// <summary>An hour, with the zone in which it counts.</summary>
    Hour,
}

/// <summary>A field of a form that is drawn from a list of its fields.</summary>
/// <param name="Kind">How it is drawn.</param>
/// <param name="Name">What it is posted as; its texts are under <c>Field.</c> and its key.</param>
/// <param name="Choices">What can be chosen.</param>
/// <param name="Value">What stands in it before anything is typed.</param>
/// <param name="Max">The most characters.</param>
/// <param name="Key">The key of its texts, where that is not its name.</param>
public sealed record FormField(
    FieldKind Kind, string Name, IReadOnlyList<Choice>? Choices = null, string? Value = null, int Max = 200, string? Key = null);
