using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Probity.People.Contract;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.People.Training;

/// <summary>A level of a competence that somebody has until a moment. What another one covers in level and time is not in the list.</summary>
internal sealed class HeldRow
{
    /// <summary>The entry that it came with.</summary>
    public long Entry { get; init; }
    public Guid Person { get; init; }
    public Guid Competence { get; init; }
    public int Level { get; init; }
    public DateTimeOffset Until { get; init; }

    public Holding ToHolding() => new(Competence, Level, Until);
}

/// <summary>Results before and after a course, for what it does to them all together.</summary>
internal sealed class ResultRow
{
    public long Entry { get; init; }
    public Guid Person { get; init; }
    public Guid Course { get; init; }
    public int Pre { get; init; }
    public int Post { get; init; }
}

/// <summary>Keeps the list of who has which competence until when: ids, levels, days and figures.</summary>
internal sealed class TrainingView : IView
{
    public const string ViewName = "training";

    public string Name => ViewName;

    public int Version => 1;

    public async Task ClearAsync(DbContext views, CancellationToken cancel)
    {
        await views.Set<HeldRow>().ExecuteDeleteAsync(cancel);
        await views.Set<ResultRow>().ExecuteDeleteAsync(cancel);
    }

    public async ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        switch (recorded.Event)
        {
            case CompetenceAssessed e:
                views.RemoveRange(await HeldAsync(views, e.Person, e.Competence, cancel));
                Add(e.Person, e.Competence, e.Level, e.Until);
                break;
            case CourseAttended e:
                if (e.Pre is { } pre) views.Add(new ResultRow { Entry = recorded.Index, Person = e.Person, Course = e.Course, Pre = pre, Post = e.Post });
                if (e.Until is not { } until) break;
                var held = await HeldAsync(views, e.Person, e.Competence, cancel);
                if (held.Any(h => h.Level >= e.Level && h.Until >= until)) break;
                views.RemoveRange(held.Where(h => h.Level <= e.Level && h.Until <= until));
                Add(e.Person, e.Competence, e.Level, until);
                break;
            case PersonErased e:
                views.RemoveRange(await HeldAsync(views, e.Person, null, cancel));
                views.RemoveRange(await OfAsync<ResultRow>(views, r => r.Person == e.Person, cancel));
                break;
        }

        void Add(Guid person, Guid competence, int level, DateTimeOffset until) =>
            views.Add(new HeldRow { Entry = recorded.Index, Person = person, Competence = competence, Level = level, Until = until });
    }

    static async ValueTask<IReadOnlyList<HeldRow>> HeldAsync(DbContext views, Guid person, Guid? competence, CancellationToken cancel) =>
        await OfAsync<HeldRow>(views, h => h.Person == person && (competence == null || h.Competence == competence), cancel);

    // What this batch added is not in the database yet, and what it removed still is.
    static async ValueTask<IReadOnlyList<T>> OfAsync<T>(DbContext views, System.Linq.Expressions.Expression<Func<T, bool>> wanted, CancellationToken cancel) where T : class
    {
        var rows = await views.Set<T>().AsTracking().Where(wanted).ToListAsync(cancel);
        return [.. rows.Concat(views.Set<T>().Local.Where(wanted.Compile())).Distinct().Where(r => views.Entry(r).State != EntityState.Deleted)];
    }
}

internal sealed class HeldRowMapping : IEntityTypeConfiguration<HeldRow>
{
    public void Configure(EntityTypeBuilder<HeldRow> builder)
    {
        builder.ToTable("training_held").HasKey(r => r.Entry);
        builder.Property(r => r.Entry).ValueGeneratedNever();
        // A number sorts and compares in every database; a time with an offset does not.
        builder.Property(r => r.Until).HasConversion(t => t.UtcTicks, n => new DateTimeOffset(n, TimeSpan.Zero));
        builder.HasIndex(r => new { r.Person, r.Competence });
        builder.HasIndex(r => new { r.Until, r.Entry });
    }
}

internal sealed class ResultRowMapping : IEntityTypeConfiguration<ResultRow>
{
    public void Configure(EntityTypeBuilder<ResultRow> builder)
    {
        builder.ToTable("training_result").HasKey(r => r.Entry);
        builder.Property(r => r.Entry).ValueGeneratedNever();
        builder.HasIndex(r => r.Person);
        builder.HasIndex(r => r.Course);
    }
}
