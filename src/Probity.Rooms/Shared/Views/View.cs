using Microsoft.EntityFrameworkCore;
using Probity.Shared.Record;

namespace Probity.Shared.Views;

/// <summary>
/// Tables for lists, filled from the record and from nothing else: dropped and rebuilt, they are the same. They hold in
/// clear only ids, dates, stages, codes and figures.
/// </summary>
internal interface IView
{
    /// <summary>The view's name, that of its cursor.</summary>
    string Name { get; }

    /// <summary>Raised when the view's rows or rules change: the view is then rebuilt.</summary>
    int Version { get; }

    /// <summary>Removes every row.</summary>
    Task ClearAsync(DbContext views, CancellationToken cancel);

    /// <summary>Takes one entry into the rows; the caller saves.</summary>
    ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel);
}

/// <summary>How far a view has read: <see cref="Next"/> is the index of the first entry that it does not know.</summary>
internal sealed class ViewCursor
{
    public required string Name { get; init; }
    public required int Version { get; set; }
    public required long Next { get; set; }
}

/// <summary>The cursors' own table.</summary>
internal sealed class ViewCursorMapping : IEntityTypeConfiguration<ViewCursor>
{
    public void Configure(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<ViewCursor> builder)
    {
        builder.ToTable("view_cursor");
        builder.HasKey(c => c.Name);
    }
}
