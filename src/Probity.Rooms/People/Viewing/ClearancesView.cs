using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Probity.People.Contract;
using Probity.People.Vetting;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.People.Viewing;

/// <summary>One clearance of the lists: ids, dates, a level and a stage; nothing that was found or written.</summary>
internal sealed class ClearanceRow
{
    public Guid Id { get; init; }
    public Guid Person { get; init; }
    public int Number { get; init; }
    public ClearanceLevel Level { get; init; }
    public DateTimeOffset InvitedAt { get; init; }

    /// <summary>The stage that the last entry brought it to; time moves it on, see <see cref="StageAt"/>.</summary>
    public ClearanceStage Stage { get; set; }
    public DateTimeOffset Since { get; set; }
    public DateTimeOffset? Until { get; set; }
    public DateTimeOffset? ReviewFrom { get; set; }
    public DateTimeOffset? AppealUntil { get; set; }

    /// <summary>Until when the person can answer why it may be withdrawn; null once they have.</summary>
    public DateTimeOffset? AnswerUntil { get; set; }

    /// <summary>Reported changes that nobody has looked at.</summary>
    public int Reports { get; set; }

    /// <summary>A later one of at least this level has taken its place: its end is nobody's business any more.</summary>
    public bool Replaced { get; set; }

    /// <summary>Its stage before an appeal against its withdrawal or proceedings.</summary>
    public ClearanceStage Before { get; set; }

    /// <summary>Whether vetting has decided it, in whichever way.</summary>
    public bool IsDecided => Stage is not (ClearanceStage.Invited or ClearanceStage.Submitted or ClearanceStage.Checks or ClearanceStage.Assessed or ClearanceStage.Discontinued);

    public bool IsValidAt(DateTimeOffset now) => now < Until && (Stage is ClearanceStage.Active or ClearanceStage.WithdrawalAssessment || (Stage == ClearanceStage.Appeal && Before == ClearanceStage.Active));

    public ClearanceStage StageAt(DateTimeOffset now) => Stage switch
    {
        ClearanceStage.Active or ClearanceStage.WithdrawalAssessment when now >= Until => ClearanceStage.Lapsed,
        ClearanceStage.Active when now >= ReviewFrom => ClearanceStage.ReviewDue,
        ClearanceStage.Refused when now >= AppealUntil => ClearanceStage.Final,
        _ => Stage,
    };
}

/// <summary>Keeps the list of clearances.</summary>
internal sealed class ClearancesView : IView
{
    public const string ViewName = "clearances";

    public string Name => ViewName;

    public int Version => 2;

    public Task ClearAsync(DbContext views, CancellationToken cancel) => views.Set<ClearanceRow>().ExecuteDeleteAsync(cancel);

    public async ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        switch (recorded.Event)
        {
            case PersonErased e:
                views.RemoveRange(await OfPersonAsync(views, e.Person, cancel));
                return;
            case ClearanceInvited e:
                views.Add(new ClearanceRow { Id = recorded.Stream.Value, Person = e.Person, Number = e.Number, Level = e.Level, InvitedAt = recorded.When, Stage = ClearanceStage.Invited, Since = recorded.When });
                return;
        }

        if (!recorded.Type.StartsWith("people.", StringComparison.Ordinal) || recorded.Event is null) return;
        if (await views.FindAsync<ClearanceRow>([recorded.Stream.Value], cancel) is not { } row) return;
        Take(row, recorded);
        if (recorded.Event is not (ClearanceGranted or VettingAppealDecided { Right: true })) return;
        foreach (var older in await OfPersonAsync(views, row.Person, cancel))
        {
            if (older.Number < row.Number && older.Level <= row.Level) older.Replaced = true;
        }
    }

    static void Take(ClearanceRow row, Recorded recorded)
    {
        switch (recorded.Event)
        {
            case ClearanceSubmitted: Move(ClearanceStage.Submitted); break;
            case ChecksRecorded when row.Stage == ClearanceStage.Submitted: Move(ClearanceStage.Checks); break;
            case ClearanceAssessed: Move(ClearanceStage.Assessed); break;
            case ClearanceGranted e:
                Move(ClearanceStage.Active);
                (row.Until, row.ReviewFrom) = (e.Until, e.ReviewFrom);
                break;
            case ClearanceRefused e:
                Move(ClearanceStage.Refused);
                row.AppealUntil = e.AppealUntil;
                break;
            case VettingAppealLodged:
                row.Before = row.Stage;
                Move(ClearanceStage.Appeal);
                break;
            case VettingAppealDecided { Right: true } e:
                // Against restrictions somebody appeals who holds it: where they are suspended, or it may be withdrawn, they still are, and it still may.
                if (row.Stage == ClearanceStage.Appeal) Move(row.Before is ClearanceStage.Suspended or ClearanceStage.WithdrawalAssessment ? row.Before : ClearanceStage.Active);
                (row.Until, row.ReviewFrom) = (e.Until ?? row.Until, e.ReviewFrom ?? row.ReviewFrom);
                break;
            case VettingAppealDecided when row.Stage == ClearanceStage.Appeal: Move(row.Before == ClearanceStage.Refused ? ClearanceStage.Final : row.Before); break;
            case ClearanceSuspended: Move(ClearanceStage.Suspended); break;
            case SuspensionLifted: Move(row.Before == ClearanceStage.WithdrawalAssessment ? ClearanceStage.WithdrawalAssessment : ClearanceStage.Active); break;
            case WithdrawalOpened e:
                row.Before = ClearanceStage.WithdrawalAssessment;
                // Somebody who is suspended stays so while it is decided.
                if (row.Stage != ClearanceStage.Suspended) Move(ClearanceStage.WithdrawalAssessment);
                row.AnswerUntil = e.AnswerUntil;
                break;
            case WithdrawalAnswered: row.AnswerUntil = null; break;
            case ClearanceKept:
                Move(ClearanceStage.Active);
                (row.Before, row.AnswerUntil) = (ClearanceStage.Active, null);
                break;
            case ClearanceWithdrawn e:
                Move(ClearanceStage.Withdrawn);
                (row.AppealUntil, row.AnswerUntil) = (e.AppealUntil, null);
                break;
            case ClearanceDiscontinued: Move(ClearanceStage.Discontinued); break;
            case CircumstancesReported: row.Reports++; break;
            case CircumstancesReviewed: row.Reports--; break;
        }

        void Move(ClearanceStage stage) => (row.Stage, row.Since) = (stage, recorded.When);
    }

    // What this batch added is not in the database yet.
    static async ValueTask<IReadOnlyList<ClearanceRow>> OfPersonAsync(DbContext views, Guid person, CancellationToken cancel)
    {
        var rows = await views.Set<ClearanceRow>().Where(r => r.Person == person).ToListAsync(cancel);
        return [.. rows.Concat(views.Set<ClearanceRow>().Local.Where(r => r.Person == person)).Distinct()];
    }
}

internal sealed class ClearanceRowMapping : IEntityTypeConfiguration<ClearanceRow>
{
    public void Configure(EntityTypeBuilder<ClearanceRow> builder)
    {
        builder.ToTable("clearance");
        builder.HasKey(c => c.Id);
        // A number sorts and compares in every database; a time with an offset does not.
        builder.Property(c => c.Since).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.Property(c => c.InvitedAt).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        foreach (var name in (string[])[nameof(ClearanceRow.Until), nameof(ClearanceRow.ReviewFrom), nameof(ClearanceRow.AppealUntil), nameof(ClearanceRow.AnswerUntil)])
            builder.Property<DateTimeOffset?>(name).HasConversion(t => t!.Value.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(c => c.Person);
        builder.HasIndex(c => new { c.Stage, c.Since, c.Id });
        // By the day first: what is not replaced is asked for by a negation, for which no database uses an index. With it and the day of the review, what is due is counted from the index alone.
        builder.HasIndex(c => new { c.Stage, c.Until, c.Id, c.Replaced, c.ReviewFrom });
        builder.HasIndex(c => c.Id).HasFilter($"\"{nameof(ClearanceRow.Reports)}\" > 0").HasDatabaseName("IX_clearance_Reported");
    }
}
