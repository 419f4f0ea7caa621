using Microsoft.EntityFrameworkCore;
using Probity.Conduct.Contract;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Conduct.Interests;

/// <summary>An entry of the list: ids, dates and codes. No name, and nothing else that was written.</summary>
internal sealed class InterestRow
{
    public Guid Person { get; init; }
    public int Number { get; init; }
    public Guid Unit { get; init; }
    public InterestKind Kind { get; init; }
    public bool ToOverseer { get; init; }
    public DateTimeOffset Declared { get; init; }

    /// <summary>The last day of work outside, or null.</summary>
    public DateOnly? Until { get; init; }
    public InterestStage Stage { get; set; }

    /// <summary>The first of its measures; null where there is none.</summary>
    public InterestMeasure? Measure { get; set; }

    /// <summary>The year of the last decision; 0 before one.</summary>
    public int Year { get; set; }

    /// <summary>By when somebody has to decide, first or again; null where nobody has.</summary>
    public DateTimeOffset? Due { get; set; }
}

/// <summary>Keeps the list of what people declared.</summary>
internal sealed class InterestsView : IView
{
    public const string ViewName = "interests";

    public string Name => ViewName;

    public int Version => 1;

    public Task ClearAsync(DbContext views, CancellationToken cancel) => ClearAllAsync(views, cancel);

    static async Task ClearAllAsync(DbContext views, CancellationToken cancel)
    {
        await views.Set<InterestRow>().ExecuteDeleteAsync(cancel);
        await views.Set<InterestStreamRow>().ExecuteDeleteAsync(cancel);
    }

    public async ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        switch (recorded.Event)
        {
            case InterestDeclared e:
                await AddAsync(views, recorded, e.Unit, e.Kind, e.ToOverseer, e.Due, null, cancel);
                break;
            case OutsideWorkDeclared e:
                await AddAsync(views, recorded, e.Unit, InterestKind.OutsideWork, e.ToOverseer, e.Due, e.Until, cancel);
                break;
            case InterestAdvised e when await FindAsync(views, recorded, e.Number, cancel) is { Stage: InterestStage.Declared } row:
                row.Stage = InterestStage.Assessed;
                break;
            case InterestManaged e when await FindAsync(views, recorded, e.Number, cancel) is { } row:
                (row.Stage, row.Measure, row.Year, row.Due) = (InterestStage.Managed, e.Measures[0], recorded.When.Year, e.ReviewBy);
                break;
            case InterestProhibited e when await FindAsync(views, recorded, e.Number, cancel) is { } row:
                (row.Stage, row.Measure, row.Year, row.Due) = (InterestStage.Prohibited, null, recorded.When.Year, e.ReviewBy);
                break;
            case InterestClosed e when await FindAsync(views, recorded, e.Number, cancel) is { } row:
                (row.Stage, row.Due) = (InterestStage.Closed, null);
                break;
            case PersonErased e:
                await views.Set<InterestRow>().Where(i => i.Person == e.Person).LoadAsync(cancel);
                views.RemoveRange(views.Set<InterestRow>().Local.Where(i => i.Person == e.Person).ToList());
                if (await views.FindAsync<InterestStreamRow>([OwnInterests.StreamOf(e.Person).Value], cancel) is { } stream) views.Remove(stream);
                break;
        }
    }

    // Decisions stand in the stream of whoever declared it, and say its number alone.
    static async ValueTask<InterestRow?> FindAsync(DbContext views, Recorded recorded, int number, CancellationToken cancel) =>
        await views.FindAsync<InterestStreamRow>([recorded.Stream.Value], cancel) is { } of ? await views.FindAsync<InterestRow>([of.Person, number], cancel) : null;

    static async ValueTask AddAsync(
        DbContext views, Recorded recorded, Guid unit, InterestKind kind, bool toOverseer, DateTimeOffset due, DateOnly? until, CancellationToken cancel)
    {
        var person = recorded.Actor.Value;
        var of = await views.FindAsync<InterestStreamRow>([recorded.Stream.Value], cancel);
        if (of is null) views.Add(of = new InterestStreamRow { Stream = recorded.Stream.Value, Person = person });
        of.Last++;
        views.Add(new InterestRow { Person = person, Number = of.Last, Unit = unit, Kind = kind, ToOverseer = toOverseer, Declared = recorded.When, Until = until, Due = due });
    }
}

/// <summary>Whose stream it is, and how many entries it has.</summary>
internal sealed class InterestStreamRow
{
    public Guid Stream { get; init; }
    public Guid Person { get; init; }
    public int Last { get; set; }
}
