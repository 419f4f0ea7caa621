using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Probity.People.Contract;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.People.Revetting;

/// <summary>How far it is with somebody who was drawn.</summary>
internal enum RevettingState
{
    /// <summary>Vetting has to begin.</summary>
    Waiting,

    /// <summary>Under way.</summary>
    Begun,

    /// <summary>It ended with a clearance.</summary>
    Granted,

    /// <summary>It ended without one.</summary>
    Refused,
}

/// <summary>Somebody who was drawn in a quarter: ids, dates and a state.</summary>
internal sealed class LotRow
{
    public string Period { get; init; } = "";
    public Guid Person { get; init; }
    public ClearanceLevel Level { get; init; }
    public DateTimeOffset BeginUntil { get; init; }
    public DateTimeOffset DrawnAt { get; init; }
    public RevettingState State { get; set; }

    /// <summary>The clearance by which they are vetted anew.</summary>
    public Guid? Clearance { get; set; }
}

/// <summary>Keeps who was drawn and whether vetting has begun.</summary>
internal sealed class LotView : IView
{
    public const string ViewName = "lots";

    public string Name => ViewName;

    public int Version => 2;

    public Task ClearAsync(DbContext views, CancellationToken cancel) => views.Set<LotRow>().ExecuteDeleteAsync(cancel);

    public async ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        var id = recorded.Stream.Value;
        switch (recorded.Event)
        {
            case LotDrawn e:
                foreach (var drawn in e.Drawn)
                {
                    views.Add(new LotRow
                    {
                        Period = e.Period, Person = drawn.Person, Level = drawn.Level, BeginUntil = e.BeginUntil, DrawnAt = recorded.When, Clearance = drawn.InHand,
                        State = drawn.InHand is null ? RevettingState.Waiting : RevettingState.Begun,
                    });
                }

                break;
            case ClearanceInvited e:
                foreach (var row in await RowsAsync(views, r => r.Person == e.Person && r.State == RevettingState.Waiting && r.Level <= e.Level, cancel))
                    (row.State, row.Clearance) = (RevettingState.Begun, id);
                break;
            case ClearanceGranted or VettingAppealDecided { Right: true }: await MoveAsync(RevettingState.Granted); break;
            case ClearanceRefused: await MoveAsync(RevettingState.Refused); break;
            // What is not decided on was not looked into to its end: it has to begin again.
            case ClearanceDiscontinued: await MoveAsync(RevettingState.Waiting); break;
            case PersonErased e: views.RemoveRange(await RowsAsync(views, r => r.Person == e.Person, cancel)); break;
        }

        async Task MoveAsync(RevettingState state)
        {
            foreach (var row in await RowsAsync(views, r => r.Clearance == id, cancel))
                (row.State, row.Clearance) = (state, state == RevettingState.Waiting ? null : row.Clearance);
        }
    }

    // What this batch added or changed is not in the database yet.
    static async ValueTask<IReadOnlyList<LotRow>> RowsAsync(DbContext views, Expression<Func<LotRow, bool>> wanted, CancellationToken cancel)
    {
        var (found, matches) = (await views.Set<LotRow>().AsTracking().Where(wanted).ToListAsync(cancel), wanted.Compile());
        return [.. found.Concat(views.Set<LotRow>().Local).Distinct().Where(matches)];
    }
}

internal sealed class LotRowMapping : IEntityTypeConfiguration<LotRow>
{
    public void Configure(EntityTypeBuilder<LotRow> builder)
    {
        builder.ToTable("lot_drawn").HasKey(r => new { r.Period, r.Person });
        // A number sorts and compares in every database; a time with an offset does not.
        builder.Property(r => r.BeginUntil).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(r => r.DrawnAt).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(r => r.Person);
        builder.HasIndex(r => new { r.State, r.BeginUntil, r.Person });
        builder.HasIndex(r => r.Clearance).HasFilter($"\"{nameof(LotRow.Clearance)}\" IS NOT NULL");
    }
}
