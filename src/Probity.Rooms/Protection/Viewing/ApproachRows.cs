using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Probity.Protection.Contract;
using Probity.Protection.Plans;

namespace Probity.Protection.Viewing;

/// <summary>An approach of the list: ids, dates and codes. Nothing that was written, no amount and no answer.</summary>
internal sealed class ApproachRow
{
    public Guid Approach { get; init; }
    public Guid Reporter { get; init; }
    public Guid Unit { get; init; }
    public ApproachKind Kind { get; init; }
    public ApproachPlace? Place { get; init; }
    public ApproachWish? Wish { get; init; }

    /// <summary>The month in which it happened: year times 100 and month.</summary>
    public int Month { get; init; }

    /// <summary>The year in which it was recorded.</summary>
    public int Year { get; init; }
    public DateTimeOffset Recorded { get; init; }
    public DateTimeOffset ReadBy { get; init; }
    public bool Read { get; set; }
    public bool Handled { get; set; }

    /// <summary>Whether an alert waits to be acknowledged.</summary>
    public bool Alerting { get; set; }

    /// <summary>Whether somebody has an alert in hand who has yet to act, or let the time pass.</summary>
    public bool ToAct { get; set; }

    /// <summary>Whether it waits for an overseer that violence be noted.</summary>
    public bool Noting { get; set; }
}

/// <summary>Somebody, or a unit, thought to be behind an approach: by its id, so that nobody of that line finds it in a list.</summary>
internal sealed class ApproachNamedRow
{
    public Guid Approach { get; init; }
    public Guid Named { get; init; }
}

/// <summary>A protection plan of the list: ids, dates and codes. Where somebody stays is in no list.</summary>
internal sealed class PlanRow
{
    public Guid Plan { get; init; }
    public Guid Approach { get; init; }
    public Guid Person { get; init; }

    /// <summary>Who answers for it; empty where nobody does.</summary>
    public Guid Owner { get; set; }

    /// <summary>Whether the protected person has yet to read who does.</summary>
    public bool OwnerIsNew { get; set; }

    /// <summary>Whether it waits for a second person that somebody else is to answer for it.</summary>
    public bool Giving { get; set; }

    /// <summary>Whether the protected person said that it is not to end.</summary>
    public bool Contested { get; set; }
    public DangerLevel Level { get; set; }
    public PlanStage Stage { get; set; }
    public DateTimeOffset ReviewDue { get; set; }
}

/// <summary>A measure of a plan.</summary>
internal sealed class PlanMeasureRow
{
    public Guid Plan { get; init; }
    public Guid Measure { get; init; }
    public Guid Owner { get; init; }
    public DateTimeOffset Due { get; init; }
    public bool Done { get; set; }
}

internal sealed class ApproachRowMapping : IEntityTypeConfiguration<ApproachRow>
{
    public void Configure(EntityTypeBuilder<ApproachRow> builder)
    {
        builder.ToTable("approach");
        builder.HasKey(a => a.Approach);
        // A number sorts and compares in every database; a time with an offset does not.
        builder.Property(a => a.Recorded).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(a => a.ReadBy).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(a => new { a.Reporter, a.Recorded });
        builder.HasIndex(a => a.Recorded);
        builder.HasIndex(a => new { a.Handled, a.ReadBy });
        builder.HasIndex(a => new { a.Alerting, a.ToAct });
        builder.HasIndex(a => a.Noting);
        builder.HasIndex(a => a.Year);
    }
}

internal sealed class ApproachNamedRowMapping : IEntityTypeConfiguration<ApproachNamedRow>
{
    public void Configure(EntityTypeBuilder<ApproachNamedRow> builder)
    {
        builder.ToTable("approach_named");
        builder.HasKey(n => new { n.Approach, n.Named });
    }
}

internal sealed class PlanRowMapping : IEntityTypeConfiguration<PlanRow>
{
    public void Configure(EntityTypeBuilder<PlanRow> builder)
    {
        builder.ToTable("protection_plan");
        builder.HasKey(p => p.Plan);
        builder.Property(p => p.ReviewDue).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(p => p.Person);
        builder.HasIndex(p => p.Owner);
        builder.HasIndex(p => new { p.Stage, p.ReviewDue });
    }
}

internal sealed class PlanMeasureRowMapping : IEntityTypeConfiguration<PlanMeasureRow>
{
    public void Configure(EntityTypeBuilder<PlanMeasureRow> builder)
    {
        builder.ToTable("protection_measure");
        builder.HasKey(m => new { m.Plan, m.Measure });
        builder.Property(m => m.Due).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(m => new { m.Owner, m.Done, m.Due });
        builder.HasIndex(m => new { m.Done, m.Due });
    }
}
