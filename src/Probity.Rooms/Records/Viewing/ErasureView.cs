using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Records.Viewing;

/// <summary>What is to become of one subject's data: ids, dates, a stage and a figure.</summary>
internal sealed class ErasureRow
{
    public Guid Stream { get; init; }
    public SubjectKind Kind { get; init; }
    public Guid Subject { get; init; }
    public ErasureStage Stage { get; set; }
    public DateTimeOffset Since { get; set; }
    public Guid? ProposedBy { get; set; }
    public int Holds { get; set; }
}

/// <summary>Keeps the list of erasures and holds. An erased subject keeps its row: that it was erased is no secret of it.</summary>
internal sealed class ErasureView : IView
{
    public const string ViewName = "erasures";

    public string Name => ViewName;

    public int Version => 1;

    public Task ClearAsync(DbContext views, CancellationToken cancel) => views.Set<ErasureRow>().ExecuteDeleteAsync(cancel);

    public async ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        if (!recorded.Type.StartsWith("records.", StringComparison.Ordinal)) return;
        var row = recorded.Event switch
        {
            ErasureProposed e => await RowAsync(e.Kind, e.Subject),
            HoldPlaced e => await RowAsync(e.Kind, e.Subject),
            _ => await views.FindAsync<ErasureRow>([recorded.Stream.Value], cancel),
        };
        if (row is null) return;
        ErasureStage? stage = recorded.Event switch
        {
            ErasureProposed => ErasureStage.Proposed,
            ErasureApproved => ErasureStage.Approved,
            ErasureRefused => ErasureStage.Refused,
            ErasureStopped => ErasureStage.Stopped,
            ErasurePerformed => ErasureStage.Performed,
            ErasureFinished => ErasureStage.Finished,
            _ => null,
        };
        if (stage is { } reached) (row.Stage, row.Since) = (reached, recorded.When);
        if (recorded.Event is ErasureProposed) row.ProposedBy = recorded.Actor.Value;
        else if (recorded.Event is HoldPlaced) row.Holds++;
        else if (recorded.Event is HoldReleased) row.Holds--;

        async ValueTask<ErasureRow> RowAsync(SubjectKind kind, Guid subject)
        {
            if (await views.FindAsync<ErasureRow>([recorded.Stream.Value], cancel) is { } known) return known;
            var added = new ErasureRow { Stream = recorded.Stream.Value, Kind = kind, Subject = subject, Since = recorded.When };
            views.Add(added);
            return added;
        }
    }
}

internal sealed class ErasureRowMapping : IEntityTypeConfiguration<ErasureRow>
{
    public void Configure(EntityTypeBuilder<ErasureRow> builder)
    {
        builder.ToTable("erasure");
        builder.HasKey(r => r.Stream);
        builder.Property(r => r.Since).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
    }
}
