using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Probity.Cases.ViewingDocket;

internal sealed class DocketCaseMapping : IEntityTypeConfiguration<DocketCase>
{
    public void Configure(EntityTypeBuilder<DocketCase> builder)
    {
        builder.ToTable("docket_case");
        builder.HasKey(c => c.Id);
        // A number sorts and compares in every database; a time with an offset does not.
        builder.Property(c => c.Opened).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(c => c.StageSince).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(c => c.LastActivity).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(c => c.Number);
        builder.HasIndex(c => c.LastActivity);
        builder.HasIndex(c => c.Handler);
        builder.HasIndex(c => c.Prosecutor);
        builder.HasIndex(c => c.Judge);
        builder.HasIndex(c => c.Unit);
    }
}

internal sealed class DocketPartyMapping : IEntityTypeConfiguration<DocketParty>
{
    public void Configure(EntityTypeBuilder<DocketParty> builder) => builder.ToTable("docket_party").HasKey(p => new { p.Case, p.Person });
}

internal sealed class DocketNamedMapping : IEntityTypeConfiguration<DocketNamed>
{
    public void Configure(EntityTypeBuilder<DocketNamed> builder) => builder.ToTable("docket_named").HasKey(p => new { p.Case, p.Person });
}

internal sealed class DocketSeatedMapping : IEntityTypeConfiguration<DocketSeated>
{
    public void Configure(EntityTypeBuilder<DocketSeated> builder) => builder.ToTable("docket_seated").HasKey(p => new { p.Case, p.Person });
}

internal sealed class DocketWallMapping : IEntityTypeConfiguration<DocketWall>
{
    public void Configure(EntityTypeBuilder<DocketWall> builder) => builder.ToTable("docket_wall").HasKey(p => new { p.Case, p.Person });
}

internal sealed class DocketGlassMapping : IEntityTypeConfiguration<DocketGlass>
{
    public void Configure(EntityTypeBuilder<DocketGlass> builder)
    {
        builder.ToTable("docket_glass");
        builder.HasKey(g => g.Id);
        builder.Property(g => g.At).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(g => g.Until).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(g => g.Case);
    }
}

internal sealed class DocketWordMapping : IEntityTypeConfiguration<DocketWord>
{
    public void Configure(EntityTypeBuilder<DocketWord> builder)
    {
        builder.ToTable("docket_word");
        builder.HasKey(w => new { w.Case, w.Mark });
        builder.HasIndex(w => w.Mark);
    }
}

internal sealed class DocketHearingMapping : IEntityTypeConfiguration<DocketHearing>
{
    public void Configure(EntityTypeBuilder<DocketHearing> builder)
    {
        builder.ToTable("docket_hearing");
        builder.HasKey(h => h.Id);
        builder.Property(h => h.At).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(h => h.Case);
        builder.HasIndex(h => h.At);
    }
}
