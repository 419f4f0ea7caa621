using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Probity.Reports.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Reports.Viewing;

/// <summary>What was done about a report, for lists: the id of its stream, days and codes. Which report that is knows only whoever can open one; what nobody has answered has no row.</summary>
internal sealed class ReportRow
{
    public Guid Stream { get; init; }

    /// <summary>The number of the entry that last changed it.</summary>
    public long Changed { get; set; }

    /// <summary>The day of its first deposit; null until somebody said it on the record.</summary>
    public DateOnly? Received { get; set; }
    public DateOnly? AcknowledgedOn { get; set; }

    /// <summary>When it was closed, where it is, and which was its newest deposit then.</summary>
    public DateOnly? ClosedOn { get; set; }
    public CloseReason? Reason { get; set; }
    public long LastIndex { get; set; }

    /// <summary>Whether its erasure waits for a second person.</summary>
    public bool ErasureAsked { get; set; }
    public Guid? ErasureBy { get; set; }

    /// <summary>When it was closed the first time, and why: what is told to everybody does not move when it is opened again.</summary>
    public DateOnly? FirstClosedOn { get; set; }
    public CloseReason? FirstReason { get; set; }

    /// <summary>Whether those who can open it said at any time whom it protects; not whom, and not how many.</summary>
    public bool Protects { get; set; }
}

/// <summary>Who stepped aside from a report, by ids.</summary>
internal sealed class AsideRow
{
    public Guid Stream { get; init; }
    public Guid Person { get; init; }
}

/// <summary>Keeps the lists of what was done about reports.</summary>
internal sealed class ReportView : IView
{
    public const string ViewName = "reports";

    public string Name => ViewName;

    public int Version => 4;

    public async Task ClearAsync(DbContext views, CancellationToken cancel)
    {
        await views.Set<ReportRow>().ExecuteDeleteAsync(cancel);
        await views.Set<AsideRow>().ExecuteDeleteAsync(cancel);
    }

    public async ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        var (stream, person, day) = (recorded.Stream.Value, recorded.Actor.Value, DateOnly.FromDateTime(recorded.At.UtcDateTime));
        switch (recorded.Event)
        {
            case ReportAcknowledged e:
                var acknowledged = await RowAsync();
                (acknowledged.Received, acknowledged.AcknowledgedOn) = (e.Received, day);
                break;
            case ReportClosed e:
                var closed = await RowAsync();
                (closed.Received, closed.ClosedOn, closed.Reason, closed.LastIndex) = (e.Received, day, e.Reason, e.LastIndex);
                (closed.FirstClosedOn, closed.FirstReason) = (closed.FirstClosedOn ?? day, closed.FirstReason ?? e.Reason);
                break;
            case ReportReopened:
                var open = await RowAsync();
                (open.ClosedOn, open.Reason, open.ErasureAsked) = (null, null, false);
                break;
            case SteppedAside:
                if (await views.FindAsync<AsideRow>([stream, person], cancel) is null) views.Add(new AsideRow { Stream = stream, Person = person });
                // What they asked for nobody has to agree to any more.
                if (await views.FindAsync<ReportRow>([stream], cancel) is { ErasureAsked: true } asked && asked.ErasureBy == person) await WaitAsync(null);
                break;
            case ReportErasureAsked: await WaitAsync(person); break;
            case ReportErasureReturned: await WaitAsync(null); break;
            case KeysWereDestroyed e:
                foreach (var gone in e.Compartments) await RemoveAsync(gone);
                break;
            case PeopleProtected: (await RowAsync()).Protects = true; break;
        }

        async ValueTask WaitAsync(Guid? by)
        {
            var row = await RowAsync();
            (row.ErasureAsked, row.ErasureBy) = (by is not null, by);
        }

        // Rows that are not written yet are not in the table.
        async ValueTask RemoveAsync(Guid gone)
        {
            if (await views.FindAsync<ReportRow>([gone], cancel) is { } row) views.Remove(row);
            await views.Set<AsideRow>().Where(p => p.Stream == gone).LoadAsync(cancel);
            views.RemoveRange(views.Set<AsideRow>().Local.Where(p => p.Stream == gone).ToList());
        }

        async ValueTask<ReportRow> RowAsync()
        {
            var row = await views.FindAsync<ReportRow>([stream], cancel) ?? views.Add(new ReportRow { Stream = stream }).Entity;
            row.Changed = recorded.Index;
            return row;
        }
    }
}

internal sealed class ReportRowMapping : IEntityTypeConfiguration<ReportRow>
{
    public void Configure(EntityTypeBuilder<ReportRow> builder)
    {
        builder.ToTable("report").HasKey(r => r.Stream);
        // A number sorts and compares in every database.
        builder.Property(r => r.Received).HasConversion(d => d == null ? (int?)null : d.Value.DayNumber, n => n == null ? null : DateOnly.FromDayNumber(n.Value));
        builder.Property(r => r.AcknowledgedOn).HasConversion(d => d == null ? (int?)null : d.Value.DayNumber, n => n == null ? null : DateOnly.FromDayNumber(n.Value));
        builder.Property(r => r.ClosedOn).HasConversion(d => d == null ? (int?)null : d.Value.DayNumber, n => n == null ? null : DateOnly.FromDayNumber(n.Value));
        builder.Property(r => r.FirstClosedOn).HasConversion(d => d == null ? (int?)null : d.Value.DayNumber, n => n == null ? null : DateOnly.FromDayNumber(n.Value));
        builder.HasIndex(r => r.Changed);
        builder.HasIndex(r => r.ClosedOn);
        builder.HasIndex(r => r.FirstClosedOn);
        builder.HasIndex(r => r.Protects);
    }
}

internal sealed class AsideRowMapping : IEntityTypeConfiguration<AsideRow>
{
    public void Configure(EntityTypeBuilder<AsideRow> builder)
    {
        builder.ToTable("report_aside").HasKey(p => new { p.Stream, p.Person });
        builder.HasIndex(p => p.Person);
    }
}
