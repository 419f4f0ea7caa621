namespace Probity.Shared;

/// <summary>A refusal that belongs to one field (its name), or to the whole page (an empty name).</summary>
public sealed record FieldError(string Field, string Message)
{
    /// <summary>What the reader of a file says, in English; shown below the message.</summary>
    public string? Detail { get; init; }
}

/// <summary>A link with its words.</summary>
public sealed record Link(string Href, string Text);

/// <summary>A choice of a select, radios or checkboxes.</summary>
public sealed record Choice(string Value, string Text, string? Hint = null);

/// <summary>What kind of news a notice or a tag carries; the words carry it too.</summary>
public enum Tone
{
    /// <summary>Plain information.</summary>
    Info,

    /// <summary>Done, or as it should be.</summary>
    Good,

    /// <summary>Somebody should look.</summary>
    Attention,

    /// <summary>Overdue, or refused.</summary>
    Urgent,

    /// <summary>Neither good nor bad.</summary>
    Neutral,
}
