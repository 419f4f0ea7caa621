using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Probity.Cases.Contract;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Cases.ViewingDocket;

/// <summary>One case of the docket: ids, dates, stages, codes and figures; never a name or what people wrote.</summary>
internal sealed class DocketCase
{
    public Guid Id { get; init; }
    public required string Number { get; init; }
    public Guid Unit { get; init; }
    public required string Offence { get; init; }
    public Guid Opener { get; init; }
    public DateTimeOffset Opened { get; init; }
    public Stage Stage { get; set; }
    public DateTimeOffset StageSince { get; set; }
    public DateTimeOffset LastActivity { get; set; }
    public Guid? Handler { get; set; }
    public Guid? Prosecutor { get; set; }
    public CaseOutcome? Outcome { get; set; }
    public int Parties { get; init; }
    public int Steps { get; set; }
    public int Decisions { get; set; }

    /// <summary>Who asked for another handler or prosecutor, and whom; a redraw names nobody.</summary>
    public Guid? HandlerAskedBy { get; set; }
    public Guid? HandlerAsked { get; set; }
    public Guid? ProsecutorAskedBy { get; set; }
    public Guid? ProsecutorAsked { get; set; }

    /// <summary>Who asked for the closing, and with what outcome.</summary>
    public Guid? ClosingAskedBy { get; set; }
    public CaseOutcome? ClosingAsked { get; set; }

    /// <summary>Nobody could be drawn for a seat, or the draw waits for a watcher, and nobody sits there yet.</summary>
    public bool SeatVacant { get; set; }
}

/// <summary>A member of staff under suspicion in a case: whoever is barred from them does not find it.</summary>
internal sealed record DocketParty(Guid Case, Guid Person);

/// <summary>A person let into a case by name.</summary>
internal sealed record DocketNamed(Guid Case, Guid Person);

/// <summary>A person who sits or once sat in a case.</summary>
internal sealed record DocketSeated(Guid Case, Guid Person);

/// <summary>Keeps the docket.</summary>
internal sealed class DocketView : IView
{
    public const string ViewName = "docket";

    public string Name => ViewName;

    public int Version => 3;

    public async Task ClearAsync(DbContext views, CancellationToken cancel)
    {
        await views.Set<DocketCase>().ExecuteDeleteAsync(cancel);
        await views.Set<DocketParty>().ExecuteDeleteAsync(cancel);
        await views.Set<DocketNamed>().ExecuteDeleteAsync(cancel);
        await views.Set<DocketSeated>().ExecuteDeleteAsync(cancel);
    }

    public async ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        var id = recorded.Stream.Value;
        if (recorded.Event is CaseOpened opened)
        {
            views.Add(new DocketCase
            {
                Id = id, Number = opened.Number, Unit = opened.Unit, Offence = opened.Offence, Opener = recorded.Actor.Value,
                Opened = recorded.When, StageSince = recorded.When, LastActivity = recorded.When, Parties = opened.Parties.Count,
            });
            foreach (var person in opened.Parties.Where(p => p.Role == PartyRole.Subject).Select(p => p.Person).OfType<Guid>().Distinct()) views.Add(new DocketParty(id, person));
            return;
        }

        if (recorded.Event is MatterErased)
        {
            await RemoveAsync(views, id, cancel);
            return;
        }

        if (!recorded.Type.StartsWith("cases.", StringComparison.Ordinal)) return;
        if (await views.FindAsync<DocketCase>([id], cancel) is not { } row) return;
        if (recorded.When > row.LastActivity) row.LastActivity = recorded.When;
        switch (recorded.Event)
        {
            case SeatDrawn e:
                await SitAsync(views, row, e.Seat, e.Person, cancel);
                break;
            case NobodyEligible or DrawHeld:
                row.SeatVacant = true;
                break;
            case RedrawProposed e:
                Ask(row, e.Seat, recorded.Actor.Value, null);
                break;
            case HandAssignmentProposed e:
                Ask(row, e.Seat, recorded.Actor.Value, e.Person);
                break;
            case AssignmentApproved e:
                var asked = e.Seat == Seat.Handler ? row.HandlerAsked : row.ProsecutorAsked;
                Ask(row, e.Seat, null, null);
                if (asked is { } person) await SitAsync(views, row, e.Seat, person, cancel);
                else if (e.Seat == Seat.Handler) row.Handler = null;
                else row.Prosecutor = null;
                break;
            case AssignmentRejected e:
                Ask(row, e.Seat, null, null);
                break;
            case AccessGiven e:
                if (await views.FindAsync<DocketNamed>([id, e.Person], cancel) is null) views.Add(new DocketNamed(id, e.Person));
                break;
            case StepRecorded:
                row.Steps++;
                break;
            case StageEntered e:
                (row.Stage, row.StageSince) = (e.Stage, recorded.When);
                break;
            case CaseDecided:
                row.Decisions++;
                break;
            case ClosingProposed e:
                (row.ClosingAskedBy, row.ClosingAsked) = (recorded.Actor.Value, e.Outcome);
                break;
            case ClosingReturned:
                (row.ClosingAskedBy, row.ClosingAsked) = (null, null);
                break;
            case CaseClosed e:
                (row.ClosingAskedBy, row.ClosingAsked) = (null, null);
                (row.Outcome, row.Stage, row.StageSince) = (e.Outcome, Stage.Closed, recorded.When);
                break;
        }
    }

    // What this batch has added to it and not saved yet goes too.
    static async ValueTask RemoveAsync(DbContext views, Guid id, CancellationToken cancel)
    {
        await views.SaveChangesAsync(cancel);
        views.ChangeTracker.Clear();
        await views.Set<DocketParty>().Where(p => p.Case == id).ExecuteDeleteAsync(cancel);
        await views.Set<DocketNamed>().Where(p => p.Case == id).ExecuteDeleteAsync(cancel);
        await views.Set<DocketSeated>().Where(p => p.Case == id).ExecuteDeleteAsync(cancel);
        await views.Set<DocketCase>().Where(c => c.Id == id).ExecuteDeleteAsync(cancel);
    }

    static async ValueTask SitAsync(DbContext views, DocketCase row, Seat seat, Guid person, CancellationToken cancel)
    {
        if (seat == Seat.Handler) row.Handler = person;
        else row.Prosecutor = person;
        row.SeatVacant = false;
        if (await views.FindAsync<DocketSeated>([row.Id, person], cancel) is null) views.Add(new DocketSeated(row.Id, person));
    }

    static void Ask(DocketCase row, Seat seat, Guid? by, Guid? person)
    {
        if (seat == Seat.Handler) (row.HandlerAskedBy, row.HandlerAsked) = (by, person);
        else (row.ProsecutorAskedBy, row.ProsecutorAsked) = (by, person);
    }
}

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
