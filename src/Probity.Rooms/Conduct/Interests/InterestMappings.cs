using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Probity.Conduct.Interests;

internal sealed class InterestRowMapping : IEntityTypeConfiguration<InterestRow>
{
    public void Configure(EntityTypeBuilder<InterestRow> builder)
    {
        builder.ToTable("interest");
        builder.HasKey(i => new { i.Person, i.Number });
        builder.Property(i => i.Number).ValueGeneratedNever();
        // A number sorts and compares in every database; a time with an offset does not.
        builder.Property(i => i.Declared).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(i => i.Due).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(i => i.Until).HasConversion(d => d!.Value.DayNumber, n => DateOnly.FromDayNumber(n));
        builder.HasIndex(i => new { i.Due, i.Stage });
        builder.HasIndex(i => i.Declared);
        builder.HasIndex(i => new { i.Unit, i.Stage });
    }
}

internal sealed class InterestStreamRowMapping : IEntityTypeConfiguration<InterestStreamRow>
{
    public void Configure(EntityTypeBuilder<InterestStreamRow> builder)
    {
        builder.ToTable("interest_stream");
        builder.HasKey(s => s.Stream);
    }
}
