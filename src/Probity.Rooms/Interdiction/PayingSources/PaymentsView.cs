using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Probity.Interdiction.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Interdiction.PayingSources;

/// <summary>A payment of the list: ids, dates, an amount and its currency. No code of a source, and nothing that was written.</summary>
internal sealed class PaymentRow
{
    public Guid Id { get; init; }
    public Guid Unit { get; init; }
    public Guid Payer { get; init; }
    public Guid Second { get; init; }
    public Guid Source { get; init; }
    public decimal Amount { get; init; }
    public required string Currency { get; init; }
    public DateOnly Paid { get; init; }
    public DateTimeOffset Recorded { get; init; }

    /// <summary>By when the second has to sign who was not there.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Since when a third person is needed.</summary>
    public DateTimeOffset? ThirdSince { get; init; }
    public DateTimeOffset? Signed { get; set; }
    public DateTimeOffset? Approved { get; set; }
    public DateTimeOffset? Returned { get; set; }
    public DateTimeOffset? Receipt { get; set; }
}

/// <summary>Keeps the list of payments.</summary>
internal sealed class PaymentsView : IView
{
    public const string ViewName = "source-payments";

    public string Name => ViewName;

    public int Version => 1;

    public Task ClearAsync(DbContext views, CancellationToken cancel) => views.Set<PaymentRow>().ExecuteDeleteAsync(cancel);

    public async ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        if (recorded.Event is PaymentRecorded e)
        {
            views.Add(new PaymentRow
            {
                Id = recorded.Stream.Value, Unit = e.Unit, Payer = recorded.Actor.Value, Second = e.Second, Source = e.Source, Amount = e.Amount,
                Currency = e.Currency, Paid = e.Paid, Recorded = recorded.When, Due = e.Due, ThirdSince = e.NeedsThird ? recorded.When : null,
            });
            return;
        }

        if (recorded.Event is not (PaymentSigned or PaymentApproved or PaymentReturned or ReceiptTaken)
            || await views.FindAsync<PaymentRow>([recorded.Stream.Value], cancel) is not { } row) return;
        switch (recorded.Event)
        {
            case PaymentSigned: row.Signed = recorded.When; break;
            case PaymentApproved: row.Approved = recorded.When; break;
            case PaymentReturned: row.Returned = recorded.When; break;
            default: row.Receipt = recorded.When; break;
        }
    }
}

internal sealed class PaymentRowMapping : IEntityTypeConfiguration<PaymentRow>
{
    public void Configure(EntityTypeBuilder<PaymentRow> builder)
    {
        builder.ToTable("source_payment");
        builder.HasKey(p => p.Id);
        // A number sorts and compares in every database; a time with an offset does not.
        builder.Property(p => p.Recorded).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        foreach (var name in (string[])[nameof(PaymentRow.Due), nameof(PaymentRow.ThirdSince), nameof(PaymentRow.Signed), nameof(PaymentRow.Approved), nameof(PaymentRow.Returned), nameof(PaymentRow.Receipt)])
            builder.Property<DateTimeOffset?>(name).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(p => p.Payer);
        builder.HasIndex(p => p.Recorded);
    }
}
