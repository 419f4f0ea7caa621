using Microsoft.AspNetCore.Components;

namespace Probity.Shared.Kit;

/// <summary>One row of a summary: what, its value, and perhaps a link to change it.</summary>
public sealed record SummaryItem(string Key, RenderFragment Content, Link? Action = null)
{
    /// <summary>A row whose value is text.</summary>
    public SummaryItem(string key, string? value, Link? action = null) : this(key, builder => builder.AddContent(0, value), action) { }
}

/// <summary>A heading of a table's column.</summary>
public sealed record Column(string Text, bool Numeric = false);

/// <summary>One thing that happened.</summary>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="At">When.</param>
/// <param name="By">Who did it, already as it may be shown.</param>
/// <param name="Text">A sentence more.</param>
/// <param name="Link">Where the whole of it is.</param>
/// <param name="File">A file about it to take along.</param>
public sealed record TimelineItem(string Title, DateTimeOffset At, string? By = null, string? Text = null, Link? Link = null, Link? File = null);
