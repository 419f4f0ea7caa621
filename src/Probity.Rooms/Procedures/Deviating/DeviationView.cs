using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Probity.Procedures.Contract;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Procedures.Deviating;

/// <summary>A deviation: ids, a date and how it stands; which step and why stand on the record alone.</summary>
internal sealed class DeviationRow
{
    public Guid Id { get; init; }
    public Guid Case { get; init; }
    public Guid By { get; init; }
    public DateTimeOffset At { get; init; }
    public DeviationState State { get; set; }
}

/// <summary>Keeps the list of deviations; those of an erased case go with it.</summary>
internal sealed class DeviationView : IView
{
    public const string ViewName = "deviations";

    public string Name => ViewName;

    public int Version => 1;

    public Task ClearAsync(DbContext views, CancellationToken cancel) => views.Set<DeviationRow>().ExecuteDeleteAsync(cancel);

    public async ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        switch (recorded.Event)
        {
            case DeviationRecorded e:
                views.Add(new DeviationRow { Id = e.Deviation, Case = e.Case, By = recorded.Actor.Value, At = recorded.When });
                break;
            case DeviationCountersigned e:
                await AnswerAsync(e.Deviation, DeviationState.Countersigned);
                break;
            case DeviationRejected e:
                await AnswerAsync(e.Deviation, DeviationState.Rejected);
                break;
            case MatterErased e:
                views.RemoveRange(views.Set<DeviationRow>().Local.Where(r => r.Case == e.Matter));
                views.RemoveRange(await views.Set<DeviationRow>().Where(r => r.Case == e.Matter).ToListAsync(cancel));
                break;
        }

        async Task AnswerAsync(Guid id, DeviationState state)
        {
            if (await views.FindAsync<DeviationRow>([id], cancel) is { } row) row.State = state;
        }
    }
}

internal sealed class DeviationRowMapping : IEntityTypeConfiguration<DeviationRow>
{
    public void Configure(EntityTypeBuilder<DeviationRow> builder)
    {
        builder.ToTable("deviation");
        builder.HasKey(r => r.Id);
        builder.HasIndex(r => r.Case);
        builder.HasIndex(r => r.State);
        builder.Property(r => r.At).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
    }
}
