using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Access.Duress;

/// <summary>A sign-in that alerts.</summary>
internal sealed class AlertRow
{
    public Guid Alert { get; init; }
    public Guid Person { get; init; }
    public long Mark { get; init; }
    public DateTimeOffset At { get; init; }
    public bool Closed { get; set; }
}

/// <summary>Keeps the list of alerts.</summary>
internal sealed class AlertsView : IView
{
    public const string ViewName = "sign-in-alerts";

    public string Name => ViewName;

    public int Version => 1;

    public async Task ClearAsync(DbContext views, CancellationToken cancel) => await views.Set<AlertRow>().ExecuteDeleteAsync(cancel);

    public async ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        switch (recorded.Event)
        {
            case SignInMarked { Mark: 1 }:
                var person = recorded.Actor.Value;
                views.Add(new AlertRow { Alert = DuressAlert.IdOf(person, recorded.Index), Person = person, Mark = recorded.Index, At = recorded.When });
                break;
            case AlertClosed when await views.FindAsync<AlertRow>([recorded.Stream.Value], cancel) is { } row: row.Closed = true; break;
            case PersonErased e:
                await views.Set<AlertRow>().Where(a => a.Person == e.Person).LoadAsync(cancel);
                views.RemoveRange(views.Set<AlertRow>().Local.Where(a => a.Person == e.Person).ToList());
                break;
        }
    }
}

internal sealed class AlertRowMapping : IEntityTypeConfiguration<AlertRow>
{
    public void Configure(EntityTypeBuilder<AlertRow> builder)
    {
        builder.ToTable("sign_in_alert").HasKey(r => r.Alert);
        builder.Property(r => r.At).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(r => new { r.Closed, r.At });
        builder.HasIndex(r => r.Person);
    }
}
