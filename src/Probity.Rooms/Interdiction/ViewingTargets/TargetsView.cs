using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Probity.Interdiction.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Interdiction.ViewingTargets;

/// <summary>One target of the list: ids, dates, codes and figures; never its reference or what people wrote.</summary>
internal sealed class TargetRow
{
    public Guid Id { get; init; }
    public required string Number { get; init; }
    public Guid Unit { get; init; }
    public TargetKind Kind { get; init; }
    public required string Port { get; init; }
    public DateTimeOffset Arrival { get; init; }
    public int Score { get; init; }
    public TargetStage Stage { get; set; }
    public Guid? Staff { get; init; }
    public DateTimeOffset LastActivity { get; set; }

    /// <summary>Who asked to decide against the risk, and how.</summary>
    public Guid? AskedBy { get; set; }
    public OverrideKind? Asked { get; set; }

    /// <summary>Who did it alone, who was to sign, and by when, while that is open.</summary>
    public Guid? AwaitedOf { get; set; }
    public Guid? Countersigner { get; set; }
    public DateTimeOffset? Due { get; set; }
    public int Overrides { get; set; }
}

/// <summary>One decision of an officer: to select, to let pass, to release; with the kind where it went against the risk.</summary>
internal sealed class TargetDecision
{
    public long Index { get; init; }
    public Guid Target { get; init; }
    public Guid By { get; init; }
    public DateTimeOffset At { get; init; }
    public OverrideKind? Override { get; init; }
}

/// <summary>A unit's threshold, and who asks for which other one.</summary>
internal sealed class ThresholdRow
{
    public Guid Unit { get; init; }
    public int Score { get; set; }
    public DateTimeOffset? Since { get; set; }
    public Guid? AskedBy { get; set; }
    public int? Asked { get; set; }
}

/// <summary>Keeps the list of targets, the decisions about them, and the thresholds.</summary>
internal sealed class TargetsView : IView
{
    public const string ViewName = "targets";

    public string Name => ViewName;

    public int Version => 2;

    public async Task ClearAsync(DbContext views, CancellationToken cancel)
    {
        await views.Set<TargetRow>().ExecuteDeleteAsync(cancel);
        await views.Set<TargetDecision>().ExecuteDeleteAsync(cancel);
        await views.Set<ThresholdRow>().ExecuteDeleteAsync(cancel);
    }

    public async ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        if (!recorded.Type.StartsWith("interdiction.", StringComparison.Ordinal)) return;
        if (recorded.Event is TargetRegistered e)
        {
            views.Add(new TargetRow
            {
                Id = recorded.Stream.Value, Number = e.Number, Unit = e.Unit, Kind = e.Kind, Port = e.Port, Arrival = e.Arrival, Score = e.Score,
                Staff = e.Staff, LastActivity = recorded.When,
            });
            return;
        }

        if (recorded.Event is ThresholdProposed or ThresholdAgreed or ThresholdReturned) await TakeThresholdAsync(views, recorded, cancel);
        else if (await views.FindAsync<TargetRow>([recorded.Stream.Value], cancel) is { } row) Take(views, row, recorded);
    }

    static void Take(DbContext views, TargetRow row, Recorded recorded)
    {
        if (recorded.When > row.LastActivity) row.LastActivity = recorded.When;
        switch (recorded.Event)
        {
            case TargetSelected:
                row.Stage = TargetStage.Selected;
                Decided(recorded.Actor.Value, null);
                break;
            case TargetPassed:
                row.Stage = TargetStage.NotSelected;
                Decided(recorded.Actor.Value, null);
                break;
            case TargetInspected e:
                row.Stage = e.Found || row.Stage == TargetStage.Found ? TargetStage.Found : TargetStage.Inspected;
                break;
            case TargetReleased:
                row.Stage = TargetStage.Released;
                Decided(recorded.Actor.Value, null);
                break;
            case OverrideAsked e:
                (row.AskedBy, row.Asked) = (recorded.Actor.Value, e.Kind);
                break;
            case OverrideAgreed when row is { AskedBy: { } by, Asked: { } kind }:
                Override(by, kind);
                break;
            case OverrideRefused:
                (row.AskedBy, row.Asked) = (null, null);
                break;
            case OverrideRecorded e:
                Override(recorded.Actor.Value, e.Kind);
                (row.AwaitedOf, row.Countersigner, row.Due) = (recorded.Actor.Value, e.Countersigner, e.Due);
                break;
            case OverrideCountersigned or OverrideObjected:
                (row.AwaitedOf, row.Due) = (null, null);
                break;
        }

        void Override(Guid by, OverrideKind kind)
        {
            (row.AskedBy, row.Asked, row.Overrides) = (null, null, row.Overrides + 1);
            row.Stage = kind is OverrideKind.NotSelected or OverrideKind.PassedAlone ? TargetStage.NotSelected : TargetStage.Released;
            Decided(by, kind);
        }

        void Decided(Guid by, OverrideKind? kind) =>
            views.Add(new TargetDecision { Index = recorded.Index, Target = row.Id, By = by, At = recorded.When, Override = kind });
    }

    static async ValueTask TakeThresholdAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        if (recorded.Event is ThresholdProposed proposed)
        {
            var row = await views.FindAsync<ThresholdRow>([proposed.Unit], cancel);
            if (row is null) views.Add(row = new ThresholdRow { Unit = proposed.Unit, Score = UnitThreshold.Usual });
            (row.AskedBy, row.Asked) = (recorded.Actor.Value, proposed.Score);
            return;
        }

        // The stream is named after the unit and does not say it: only one row can be meant.
        var rows = await views.Set<ThresholdRow>().Where(r => r.Asked != null).ToListAsync(cancel);
        rows.AddRange(views.Set<ThresholdRow>().Local.Where(r => r.Asked is not null && !rows.Contains(r)));
        if (rows.Find(r => UnitThreshold.StreamOf(r.Unit) == recorded.Stream) is not { Asked: { } score } found) return;
        if (recorded.Event is ThresholdAgreed) (found.Score, found.Since) = (score, recorded.When);
        (found.AskedBy, found.Asked) = (null, null);
    }
}

internal sealed class TargetRowMapping : IEntityTypeConfiguration<TargetRow>
{
    public void Configure(EntityTypeBuilder<TargetRow> builder)
    {
        builder.ToTable("target");
        builder.HasKey(t => t.Id);
        // A number sorts and compares in every database; a time with an offset does not.
        builder.Property(t => t.Arrival).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(t => t.LastActivity).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(t => t.Due).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(t => t.Unit);
        builder.HasIndex(t => t.Arrival);
    }
}

internal sealed class TargetDecisionMapping : IEntityTypeConfiguration<TargetDecision>
{
    public void Configure(EntityTypeBuilder<TargetDecision> builder)
    {
        builder.ToTable("target_decision");
        builder.HasKey(d => d.Index);
        builder.Property(d => d.Index).ValueGeneratedNever();
        builder.Property(d => d.At).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(d => d.By);
        builder.HasIndex(d => d.At);
    }
}

internal sealed class ThresholdRowMapping : IEntityTypeConfiguration<ThresholdRow>
{
    public void Configure(EntityTypeBuilder<ThresholdRow> builder)
    {
        builder.ToTable("target_threshold");
        builder.HasKey(t => t.Unit);
        builder.Property(t => t.Since).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
    }
}
