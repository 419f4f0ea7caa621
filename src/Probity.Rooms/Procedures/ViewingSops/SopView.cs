using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Probity.Procedures.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Procedures.ViewingSops;

/// <summary>A procedure that the unit began; what it is called stands on the record alone.</summary>
internal sealed class SopRow
{
    public Guid Id { get; init; }
    public SopKind Kind { get; init; }
    public DateTimeOffset Begun { get; init; }
}

/// <summary>Keeps the list of procedures.</summary>
internal sealed class SopView : IView
{
    public const string ViewName = "sops";

    public string Name => ViewName;

    public int Version => 1;

    public Task ClearAsync(DbContext views, CancellationToken cancel) => views.Set<SopRow>().ExecuteDeleteAsync(cancel);

    public ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        if (recorded.Event is SopBegun begun) views.Add(new SopRow { Id = recorded.Stream.Value, Kind = begun.Kind, Begun = recorded.When });
        return ValueTask.CompletedTask;
    }
}

internal sealed class SopRowMapping : IEntityTypeConfiguration<SopRow>
{
    public void Configure(EntityTypeBuilder<SopRow> builder)
    {
        builder.ToTable("sop");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Begun).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
    }
}
