using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Probity.Conduct.Contract;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Conduct.Gifts;

/// <summary>A gift of the list: ids, dates, codes and how much about. Nothing that was written, and no exact value.</summary>
internal sealed class GiftRow
{
    public Guid Gift { get; init; }
    public Guid Declarer { get; init; }
    public Guid Unit { get; init; }
    public GiftDirection Direction { get; init; }
    public int Band { get; init; }
    public required string Currency { get; init; }

    /// <summary>The month in which it happened: year times 100 and month.</summary>
    public int Month { get; init; }
    public DateTimeOffset Declared { get; init; }
    public DateTimeOffset Due { get; init; }
    public bool Late { get; init; }
    public bool ToOverseer { get; init; }

    /// <summary>Whether nobody has answered yet; what waits stands first.</summary>
    public bool Waits { get; set; } = true;
    public GiftMeasure? Measure { get; set; }
    public DateTimeOffset? Reviewed { get; set; }
}

/// <summary>How much a gift is worth, by its digits: below 10 of its currency, below 100, and so on.</summary>
internal static class ValueBand
{
    /// <summary>The highest band: 10,000 and more.</summary>
    public const int Highest = 4;

    public static int Of(decimal value) => value < 10 ? 0 : value < 100 ? 1 : value < 1_000 ? 2 : value < 10_000 ? 3 : Highest;
}

/// <summary>Keeps the list of gifts.</summary>
internal sealed class GiftsView : IView
{
    public const string ViewName = "gifts";

    public string Name => ViewName;

    public int Version => 2;

    public Task ClearAsync(DbContext views, CancellationToken cancel) => views.Set<GiftRow>().ExecuteDeleteAsync(cancel);

    public async ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        switch (recorded.Event)
        {
            case GiftDeclared e:
                views.Add(new GiftRow
                {
                    Gift = recorded.Stream.Value, Declarer = recorded.Actor.Value, Unit = e.Unit, Direction = e.Direction, Band = ValueBand.Of(e.Value), Currency = e.Currency,
                    Month = e.Happened.Year * 100 + e.Happened.Month, Declared = recorded.When, Due = e.Due, Late = e.Late, ToOverseer = e.ToOverseer,
                });
                break;
            case GiftReviewed e when await views.FindAsync<GiftRow>([recorded.Stream.Value], cancel) is { } row:
                (row.Measure, row.Reviewed, row.Waits) = (e.Measure, recorded.When, false);
                break;
            case PersonErased e:
                await views.Set<GiftRow>().Where(g => g.Declarer == e.Person).LoadAsync(cancel);
                views.RemoveRange(views.Set<GiftRow>().Local.Where(g => g.Declarer == e.Person).ToList());
                break;
        }
    }
}

internal sealed class GiftRowMapping : IEntityTypeConfiguration<GiftRow>
{
    public void Configure(EntityTypeBuilder<GiftRow> builder)
    {
        builder.ToTable("gift");
        builder.HasKey(g => g.Gift);
        // A number sorts and compares in every database; a time with an offset does not.
        builder.Property(g => g.Declared).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(g => g.Due).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(g => g.Reviewed).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(g => g.Declarer);
        builder.HasIndex(g => new { g.Waits, g.Declared, g.Gift }).IsDescending(true, true, false);
        builder.HasIndex(g => new { g.Reviewed, g.Due });
    }
}
