using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Probity.Exhibits.Contract;

namespace Probity.Exhibits.Listing;

/// <summary>An exhibit in lists: ids, dates, codes and figures; never what people wrote. Masses are in units of 10 µg, so that a database adds them exactly.</summary>
internal sealed class ExhibitRow
{
    public Guid Id { get; init; }
    public Guid Case { get; init; }
    public Guid Unit { get; init; }
    public required string Number { get; init; }

    /// <summary>What its label says.</summary>
    public required string Code { get; init; }
    public ExhibitKind Kind { get; init; }

    /// <summary>What a sample was drawn from; null for what was seized.</summary>
    public Guid? Parent { get; init; }
    public string? Substance { get; init; }
    public int Packages { get; set; }

    /// <summary>What was seized: itself, or what a sample comes from.</summary>
    public Guid Root { get; init; }

    /// <summary>The package of that which a sample comes from.</summary>
    public int? RootPackage { get; init; }

    /// <summary>Whether the laboratory found nothing controlled in any of it.</summary>
    public bool IsNegative { get; set; }

    public Guid Seizer { get; init; }
    public DateTimeOffset SeizedAt { get; init; }
    public Guid Holder { get; set; }
    public ExhibitStatus Status { get; set; }
    public Guid? Location { get; set; }

    /// <summary>The signature by which the holder took it; null for who seized it.</summary>
    public Guid? TakenBy { get; set; }

    /// <summary>Since when the holder has it.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>Who was named to take it, while they have not signed.</summary>
    public Guid? Addressee { get; set; }

    /// <summary>Since when a hand-over has one signature only.</summary>
    public DateTimeOffset? HalfSince { get; set; }

    /// <summary>What became of it for good, or is said to have: what was burned is nobody's to hand over while its witnesses are waited for.</summary>
    public ExhibitStatus? End { get; set; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The giving back that waits for the second signature.</summary>
    public Guid? GivenBack { get; set; }

    /// <summary>Whether an order about it was put on the record of its case; whether that stands is read from the case.</summary>
    public bool IsOrdered { get; set; }

    public bool IsForfeited { get; set; }
    public DateTimeOffset? ForfeitedAt { get; set; }

    /// <summary>Whether it was taken over from a register that was kept before this record.</summary>
    public bool IsFromRegister { get; init; }

    /// <summary>Whether the last count that looked for it did not find it.</summary>
    public bool IsMissing { get; set; }

    /// <summary>Since when it waits to be weighed for the first time; null where it was, or need not be.</summary>
    public DateTimeOffset? UnweighedSince { get; set; }

    /// <summary>Since when its newest weighing of a package is one that was too rough; null where none is.</summary>
    public DateTimeOffset? RoughSince { get; set; }

    public long? Gross { get; set; }
    public long? Net { get; set; }

    /// <summary>Whether the gross mass is the sum of weighings of different times in its life.</summary>
    public bool IsGrossMixed { get; set; }

    /// <summary>The entry of its last weighing with packaging and seals; null where there is none.</summary>
    public long? GrossAt { get; set; }

    /// <summary>The entry of its last net weighing.</summary>
    public long? NetAt { get; set; }

    /// <summary>The entry by which a package of it was last opened.</summary>
    public long? OpenedAt { get; set; }

    /// <summary>The entry by which a sample was last drawn from it.</summary>
    public long? DrawnAt { get; set; }

    /// <summary>The entry of the last report that used something of it up and was not returned.</summary>
    public long? UsedAt { get; set; }

    /// <summary>Whether it was opened since, or something taken from it: what it weighed then is what it weighs no more.</summary>
    public bool IsGrossBefore => OpenedAt > GrossAt || DrawnAt > GrossAt || UsedAt > GrossAt;

    /// <summary>The same of its net mass, which a new seal changes nothing of.</summary>
    public bool IsNetBefore => DrawnAt > NetAt || UsedAt > NetAt;

    public static long UnitsOf(Grams grams) => (long)(grams.Value * 100_000m);

    public static Grams GramsOf(long units) => new(units / 100_000m);
}

/// <summary>Where an exhibit was put, as the record knew, until it went from there: a count asks for what was at its place when it began.</summary>
internal sealed class StandRow
{
    public Guid Exhibit { get; init; }

    /// <summary>The entry by which it came there.</summary>
    public long Entry { get; init; }
    public Guid Location { get; init; }
    public DateTimeOffset? Until { get; set; }
}

internal sealed class StandRowMapping : IEntityTypeConfiguration<StandRow>
{
    public void Configure(EntityTypeBuilder<StandRow> builder)
    {
        builder.ToTable("exhibit_stand");
        builder.HasKey(s => new { s.Exhibit, s.Entry });
        builder.Property(s => s.Until).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(s => new { s.Location, s.Until });
    }
}

/// <summary>What an exhibit is told by besides its label: its number, and every seal that it has or had. Only an id that follows from it, as two would read it alike.</summary>
internal sealed record MarkRow(Guid Mark, Guid Exhibit)
{
    public static Guid OfNumber(string number) => Shared.Record.Streams.Derive(Guid.Empty, "exhibit number/" + TakingOver.ReadRegister.KeyOf(number));

    public static Guid OfSeal(string seal) => Shared.Record.Streams.Derive(Guid.Empty, "exhibit seal/" + ExhibitTexts.SealAsRead(seal));
}

internal sealed class MarkRowMapping : IEntityTypeConfiguration<MarkRow>
{
    public void Configure(EntityTypeBuilder<MarkRow> builder)
    {
        builder.ToTable("exhibit_mark").HasKey(m => new { m.Mark, m.Exhibit });
        builder.HasIndex(m => m.Exhibit);
    }
}

/// <summary>One signed half of a hand-over.</summary>
internal sealed class HalfRow
{
    public Guid Half { get; init; }
    public Guid Exhibit { get; init; }
    public Guid Transfer { get; init; }
    public Guid From { get; init; }
    public Guid To { get; init; }
    public DateTimeOffset At { get; init; }
    public bool IsReceipt { get; init; }
    public bool KeptOnDevice { get; init; }
    public Purpose Purpose { get; init; }
    public Guid? Location { get; init; }
    public bool Withdrawn { get; set; }
}

/// <summary>A weighing or resealing, and whether somebody has countersigned it.</summary>
internal sealed class ActRow
{
    public Guid Act { get; init; }
    public Guid Exhibit { get; init; }
    public Guid By { get; init; }
    public DateTimeOffset At { get; init; }
    public Guid? Witness { get; init; }
    public bool Alone { get; init; }
    public Guid? SignedBy { get; set; }

    /// <summary>What was weighed, where it was a weighing.</summary>
    public int? Package { get; init; }
    public MassKind? Kind { get; init; }
    public long? Mass { get; init; }
    public Moment? Moment { get; init; }

    /// <summary>What the weighing may be off by, and whether that is too rough to hold it against those before it.</summary>
    public long? Uncertainty { get; init; }
    public bool IsTooRough { get; set; }

    /// <summary>Its place among the exhibit's entries, where it was a weighing: two may have the same time.</summary>
    public long Entry { get; init; }
}

/// <summary>An analysis of an exhibit: whose, when, where it stands, and whether anything controlled was found.</summary>
internal sealed class AnalysisRow
{
    public Guid Id { get; init; }
    public Guid Exhibit { get; init; }
    public Guid Root { get; init; }

    /// <summary>The package of what was seized; null for all of it.</summary>
    public int? Package { get; init; }
    public Guid Analyst { get; init; }
    public DateTimeOffset At { get; init; }
    public bool IsNegative { get; init; }

    /// <summary>Its entry, where it used something up.</summary>
    public long? UsedAt { get; init; }
    public AnalysisStage Stage { get; set; }
    public DateTimeOffset? ReviewedAt { get; set; }
}

internal sealed class AnalysisRowMapping : IEntityTypeConfiguration<AnalysisRow>
{
    public void Configure(EntityTypeBuilder<AnalysisRow> builder)
    {
        builder.ToTable("exhibit_analysis");
        builder.HasKey(a => a.Id);
        builder.Property(a => a.At).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(a => a.ReviewedAt).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(a => a.Exhibit);
        builder.HasIndex(a => a.Root);
        builder.HasIndex(a => new { a.Stage, a.Analyst });
    }
}

/// <summary>A discrepancy: where it stands, and who had a hand in it and so does not see it.</summary>
internal sealed class DiscrepancyRow
{
    public Guid Id { get; init; }
    public Guid Exhibit { get; init; }
    public Guid Case { get; init; }
    public required string Number { get; init; }
    public DiscrepancyKind Kind { get; init; }
    public DateTimeOffset At { get; init; }
    public DiscrepancyStage Stage { get; set; }
    public Guid? AnsweredBy { get; set; }
}

/// <summary>Somebody who had a hand in what a discrepancy is about.</summary>
internal sealed record DiscrepancyPerson(Guid Discrepancy, Guid Person);

/// <summary>A count of a place of the store, and whether its second person has signed.</summary>
internal sealed class CountRow
{
    public Guid Id { get; init; }
    public Guid Location { get; init; }
    public Guid Counter { get; init; }
    public Guid Second { get; init; }
    public DateTimeOffset At { get; init; }
    public int Expected { get; init; }
    public int Found { get; init; }
    public bool Signed { get; set; }
}

internal sealed class CountRowMapping : IEntityTypeConfiguration<CountRow>
{
    public void Configure(EntityTypeBuilder<CountRow> builder)
    {
        builder.ToTable("exhibit_count");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.At).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(c => c.Second);
    }
}

/// <summary>A witness of a destruction; they have something to sign once it was carried out.</summary>
internal sealed class DestructionWitnessRow
{
    public Guid Exhibit { get; init; }
    public Guid Person { get; init; }
    public bool CarriedOut { get; set; }

    /// <summary>Whether they signed it, or their objection was answered.</summary>
    public bool Signed { get; set; }

    /// <summary>Whether they say that it was not so.</summary>
    public bool Objects { get; set; }
}

internal sealed class DestructionWitnessRowMapping : IEntityTypeConfiguration<DestructionWitnessRow>
{
    public void Configure(EntityTypeBuilder<DestructionWitnessRow> builder) =>
        builder.ToTable("exhibit_destruction_witness").HasKey(w => new { w.Exhibit, w.Person });
}

internal sealed class ExhibitRowMapping : IEntityTypeConfiguration<ExhibitRow>
{
    public void Configure(EntityTypeBuilder<ExhibitRow> builder)
    {
        builder.ToTable("exhibit");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.SeizedAt).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(e => e.Since).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(e => e.EndedAt).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(e => e.HalfSince).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(e => e.UnweighedSince).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(e => e.ForfeitedAt).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(e => e.ForfeitedAt).HasFilter($"\"{nameof(ExhibitRow.ForfeitedAt)}\" IS NOT NULL");
        builder.Property(e => e.RoughSince).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(e => e.RoughSince).HasFilter($"\"{nameof(ExhibitRow.RoughSince)}\" IS NOT NULL");
        builder.HasIndex(e => e.Case);
        builder.HasIndex(e => e.Holder);
        builder.HasIndex(e => e.Addressee);
        builder.HasIndex(e => e.Number);
        builder.HasIndex(e => e.Code);
        builder.HasIndex(e => new { e.Since, e.Id });
        builder.HasIndex(e => e.EndedAt);
        // How many a unit holds is counted in the index alone.
        builder.HasIndex(e => new { e.End, e.Unit });
        // The oldest of what is in no store, past all that ended or lies somewhere.
        builder.HasIndex(e => new { e.Since, e.Holder }).HasFilter($"\"{nameof(ExhibitRow.Location)}\" IS NULL AND \"{nameof(ExhibitRow.End)}\" IS NULL").HasDatabaseName("IX_exhibit_Unplaced");
        // And of what was never weighed.
        builder.HasIndex(e => new { e.UnweighedSince, e.Holder }).HasFilter($"\"{nameof(ExhibitRow.UnweighedSince)}\" IS NOT NULL AND \"{nameof(ExhibitRow.End)}\" IS NULL").HasDatabaseName("IX_exhibit_Unweighed");
    }
}

internal sealed class HalfRowMapping : IEntityTypeConfiguration<HalfRow>
{
    public void Configure(EntityTypeBuilder<HalfRow> builder)
    {
        builder.ToTable("exhibit_half");
        // An id comes from a device: only within its exhibit does the record hold it once.
        builder.HasKey(h => new { h.Exhibit, h.Half });
        builder.Property(h => h.At).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(h => h.From);
        builder.HasIndex(h => h.To);
    }
}

internal sealed class ActRowMapping : IEntityTypeConfiguration<ActRow>
{
    public void Configure(EntityTypeBuilder<ActRow> builder)
    {
        builder.ToTable("exhibit_act");
        builder.HasKey(a => new { a.Exhibit, a.Act });
        builder.Property(a => a.At).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(a => new { a.SignedBy, a.Witness });
    }
}

internal sealed class DiscrepancyRowMapping : IEntityTypeConfiguration<DiscrepancyRow>
{
    public void Configure(EntityTypeBuilder<DiscrepancyRow> builder)
    {
        builder.ToTable("exhibit_discrepancy");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.At).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(d => d.Stage);
        builder.HasIndex(d => d.Case);
    }
}

internal sealed class DiscrepancyPersonMapping : IEntityTypeConfiguration<DiscrepancyPerson>
{
    public void Configure(EntityTypeBuilder<DiscrepancyPerson> builder) =>
        builder.ToTable("exhibit_discrepancy_person").HasKey(p => new { p.Discrepancy, p.Person });
}
