using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Probity.Access.Contract;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.People.Clearing;

/// <summary>An act about a clearance that waits to be cleared: ids, what it is, and a time.</summary>
internal sealed class HeldRow
{
    public Guid Act { get; init; }
    public Guid Person { get; init; }
    public AdverseAct Kind { get; init; }
    public Guid By { get; set; }
    public DateTimeOffset At { get; set; }
}

/// <summary>Keeps the list of acts about clearances that wait.</summary>
internal sealed class HeldView : IView
{
    public const string ViewName = "held acts";

    public string Name => ViewName;

    public int Version => 1;

    public Task ClearAsync(DbContext views, CancellationToken cancel) => views.Set<HeldRow>().ExecuteDeleteAsync(cancel);

    public async ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        switch (recorded.Event)
        {
            case ActHeld { Kind: not (AdverseAct.PostingEnd or AdverseAct.ServiceEnd) } e:
                var row = await views.FindAsync<HeldRow>([e.Act], cancel) ?? views.Add(new HeldRow { Act = e.Act, Person = e.Person, Kind = e.Kind }).Entity;
                (row.By, row.At) = (recorded.Actor.Value, recorded.At);
                break;
            case ActCleared e: await RemoveAsync(e.Act); break;
            case ActReturned e: await RemoveAsync(e.Act); break;
            case ActOvertaken e: await RemoveAsync(e.Act); break;
            case PersonErased e: views.RemoveRange(await views.Set<HeldRow>().Where(r => r.Person == e.Person).ToListAsync(cancel)); break;
        }

        async Task RemoveAsync(Guid act)
        {
            if (await views.FindAsync<HeldRow>([act], cancel) is { } known) views.Remove(known);
        }
    }
}

internal sealed class HeldRowMapping : IEntityTypeConfiguration<HeldRow>
{
    public void Configure(EntityTypeBuilder<HeldRow> builder)
    {
        builder.ToTable("held_act").HasKey(r => r.Act);
        builder.Property(r => r.At).HasConversion(t => t.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
        builder.HasIndex(r => r.Person);
        builder.HasIndex(r => r.At);
    }
}
