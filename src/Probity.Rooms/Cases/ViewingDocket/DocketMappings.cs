using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Probity.Cases.Contract;

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
        builder.Property(c => c.OrderedForJudge).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(c => c.Ordered).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(c => c.OrderSigned).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(c => c.JudgeReplaced).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(c => c.StaffNamed).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(c => c.LetBack).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(c => c.OrderConfirmed).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        // One for each order, with the id that ends it, so that a page is read and not the list.
        builder.HasIndex(c => new { c.Opened, c.Id }).IsDescending(true, false);
        builder.HasIndex(c => new { c.Number, c.Id });
        builder.HasIndex(c => new { c.Stage, c.StageSince, c.Id });
        builder.HasIndex(c => new { c.LastActivity, c.Id });
        builder.HasIndex(c => c.Handler);
        // With when an order was put on the record in the judge's name: whoever watches asks for those of cases without a judge, and most cases have none.
        builder.HasIndex(c => new { c.Prosecutor, c.Ordered, c.OrderedForJudge });
        builder.HasIndex(c => c.Opener);
        builder.HasIndex(c => new { c.Judge, c.OrderedForJudge });
        builder.HasIndex(c => new { c.Unit, c.Opened });
        builder.HasIndex(c => new { c.Stage, c.Opened, c.Id }).IsDescending(false, true, false);
        builder.HasIndex(c => new { c.Offence, c.Opened, c.Id }).IsDescending(false, true, false);
        // Most cases are closed: those that are not have an index of their own, and so have those that wait for somebody.
        builder.HasIndex(c => new { c.LastActivity, c.Id }, "IX_docket_case_Open").HasFilter($"\"{nameof(DocketCase.Stage)}\" <> {(int)Stage.Closed}");
        builder.HasIndex(c => c.Id, "IX_docket_case_Waits").HasFilter($"\"{nameof(DocketCase.Waits)}\"");
        builder.HasIndex(c => c.Id, "IX_docket_case_TriedAnew").HasFilter($"\"{nameof(DocketCase.TriedAnew)}\"");
        // Of what few cases ever have, the newest are asked for.
        builder.HasIndex(c => c.JudgeReplaced).HasFilter($"\"{nameof(DocketCase.JudgeReplaced)}\" IS NOT NULL");
        builder.HasIndex(c => c.StaffNamed).HasFilter($"\"{nameof(DocketCase.StaffNamed)}\" IS NOT NULL");
        builder.HasIndex(c => c.LetBack).HasFilter($"\"{nameof(DocketCase.LetBack)}\" IS NOT NULL");
        builder.HasIndex(c => c.OrderSigned).HasFilter($"\"{nameof(DocketCase.OrderSigned)}\" IS NOT NULL");
        builder.HasIndex(c => c.OrderConfirmed).HasFilter($"\"{nameof(DocketCase.OrderConfirmed)}\" IS NOT NULL");
    }
}

internal sealed class DocketPartyMapping : IEntityTypeConfiguration<DocketParty>
{
    public void Configure(EntityTypeBuilder<DocketParty> builder) => builder.ToTable("docket_party").HasKey(p => new { p.Case, p.Person });
}

internal sealed class DocketNamedMapping : IEntityTypeConfiguration<DocketNamed>
{
    public void Configure(EntityTypeBuilder<DocketNamed> builder)
    {
        builder.ToTable("docket_named");
        builder.HasKey(p => new { p.Case, p.Person });
        builder.HasIndex(p => p.Person);
    }
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
        builder.HasIndex(g => g.Person);
    }
}

internal sealed class DocketWordMapping : IEntityTypeConfiguration<DocketWord>
{
    public void Configure(EntityTypeBuilder<DocketWord> builder)
    {
        builder.ToTable("docket_word");
        builder.HasKey(w => new { w.Case, w.Mark });
        builder.Property(w => w.Opened).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(w => new { w.Mark, w.Opened, w.Case }).IsDescending(false, true, false);
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
