using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Probity.Risk.ViewingRisks;

internal sealed class AssessmentRowMapping : IEntityTypeConfiguration<AssessmentRow>
{
    public void Configure(EntityTypeBuilder<AssessmentRow> builder)
    {
        builder.ToTable("risk_assessment");
        builder.HasKey(a => a.Id);
        // A number sorts and compares in every database; a time with an offset does not.
        builder.Property(a => a.LastActivity).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(a => a.ReviewDue).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(a => a.Unit);
    }
}

internal sealed class AssessorRowMapping : IEntityTypeConfiguration<AssessorRow>
{
    public void Configure(EntityTypeBuilder<AssessorRow> builder)
    {
        builder.ToTable("risk_assessor");
        builder.HasKey(a => new { a.Assessment, a.Person });
        builder.HasIndex(a => a.Person);
    }
}

internal sealed class RiskRowMapping : IEntityTypeConfiguration<RiskRow>
{
    public void Configure(EntityTypeBuilder<RiskRow> builder)
    {
        builder.ToTable("risk");
        builder.HasKey(r => new { r.Assessment, r.Scenario });
        builder.Property(r => r.RatedAt).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(r => r.PassedUntil).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(r => r.OpenDue).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(r => r.AcceptedUntil).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(r => r.Unit);
    }
}

internal sealed class NamedPostRowMapping : IEntityTypeConfiguration<NamedPostRow>
{
    public void Configure(EntityTypeBuilder<NamedPostRow> builder)
    {
        builder.ToTable("risk_post");
        builder.HasKey(p => new { p.Assessment, p.Scenario, p.Post });
        builder.Property(p => p.NamedAt).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(p => p.Post);
    }
}

internal sealed class RiskDutyMapping : IEntityTypeConfiguration<RiskDuty>
{
    public void Configure(EntityTypeBuilder<RiskDuty> builder)
    {
        builder.ToTable("risk_duty");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.Due).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(d => d.Owner);
        builder.HasIndex(d => d.Assessment);
    }
}
