using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Probity.Access.Contract;
using Probity.Reports.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Reports.Matters;

/// <summary>A matter for lists: ids, days and a stage.</summary>
internal sealed class MatterRow
{
    public Guid Matter { get; init; }
    public DateOnly Opened { get; init; }
    public Guid? Investigator { get; set; }
    public MatterStage Stage { get; set; }
    public DateOnly? Concluded { get; set; }
}

/// <summary>What somebody is to a matter.</summary>
internal enum MatterPart { Opener, Named, Investigates }

/// <summary>Who has to do with a matter, by ids.</summary>
internal sealed class MatterPartRow
{
    public Guid Matter { get; init; }
    public Guid Person { get; init; }
    public MatterPart Part { get; init; }
}

/// <summary>A person or a unit of whom something is alleged.</summary>
internal sealed class MatterAccusedRow
{
    public Guid Matter { get; init; }
    public Guid Accused { get; init; }
}

/// <summary>Keeps the lists of matters.</summary>
internal sealed class MatterView : IView
{
    public const string ViewName = "matters";

    public string Name => ViewName;

    public int Version => 1;

    public async Task ClearAsync(DbContext views, CancellationToken cancel)
    {
        await views.Set<MatterRow>().ExecuteDeleteAsync(cancel);
        await views.Set<MatterPartRow>().ExecuteDeleteAsync(cancel);
        await views.Set<MatterAccusedRow>().ExecuteDeleteAsync(cancel);
    }

    public async ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        if (!recorded.Type.StartsWith("matters.", StringComparison.Ordinal)) return;
        var (matter, day) = (recorded.Stream.Value, DateOnly.FromDateTime(recorded.At.UtcDateTime));
        switch (recorded.Event)
        {
            case MatterOpened e:
                views.Add(new MatterRow { Matter = matter, Opened = day, Investigator = e.Investigator });
                views.Add(new MatterPartRow { Matter = matter, Person = recorded.Actor.Value, Part = MatterPart.Opener });
                foreach (var person in e.People) views.Add(new MatterPartRow { Matter = matter, Person = person, Part = MatterPart.Named });
                if (e.Investigator is { } investigator) views.Add(new MatterPartRow { Matter = matter, Person = investigator, Part = MatterPart.Investigates });
                break;
            case AllegationMade e:
                if ((e.Person ?? e.Unit) is { } accused && await views.FindAsync<MatterAccusedRow>([matter, accused], cancel) is null) views.Add(new MatterAccusedRow { Matter = matter, Accused = accused });
                break;
            case FindingsStated: await StandAsync(MatterStage.Found); break;
            case FindingsConfirmed:
                await StandAsync(MatterStage.Concluded);
                (await RowAsync()).Concluded = day;
                break;
            case FindingsReturned: await StandAsync(MatterStage.Open); break;
            case MatterGiven e:
                var given = await RowAsync();
                if (given.Investigator is { } before && before != e.Investigator && await views.FindAsync<MatterPartRow>([matter, before, MatterPart.Investigates], cancel) is { } part) views.Remove(part);
                if (e.Investigator is { } next && next != given.Investigator) views.Add(new MatterPartRow { Matter = matter, Person = next, Part = MatterPart.Investigates });
                (given.Investigator, given.Stage) = (e.Investigator, MatterStage.Open);
                break;
        }

        async ValueTask StandAsync(MatterStage stage) => (await RowAsync()).Stage = stage;

        async ValueTask<MatterRow> RowAsync() => (await views.FindAsync<MatterRow>([matter], cancel))!;
    }
}

/// <summary>The matters that somebody may know of, as the guard says of one: by what they are to it in a post of theirs, and nothing of which they are barred.</summary>
internal sealed class MatterList(DbContext views, IRegister registers, TimeProvider time)
{
    public async Task<IQueryable<MatterRow>> OfAsync(Guid person, CancellationToken cancel)
    {
        var (register, now) = (await registers.ReadAsync(cancel), time.GetUtcNow());
        var actor = Actor.From(register, person, now);
        MatterPart[] parts = [.. actor.Has(Role.Integrity) || actor.Has(Role.Overseer) ? (MatterPart[])[MatterPart.Opener, MatterPart.Named] : [], .. actor.Has(Role.Investigator) ? (MatterPart[])[MatterPart.Investigates] : []];
        // Whoever has a part in one loses it by no tie that somebody else declared since: the guard says the same of one.
        var barred = Recusal.BarredWith(person, register, now, ownWord: true).Append(person).Concat(UnitsAround.Of(person, register, now)).Distinct().ToList();
        return views.Set<MatterRow>().AsNoTracking().Where(m => views.Set<MatterPartRow>().Any(p => p.Matter == m.Matter && p.Person == person && parts.Contains(p.Part))
            && !views.Set<MatterAccusedRow>().Any(a => a.Matter == m.Matter && barred.Contains(a.Accused)));
    }
}

internal sealed class MatterRowMapping : IEntityTypeConfiguration<MatterRow>
{
    public void Configure(EntityTypeBuilder<MatterRow> builder)
    {
        builder.ToTable("matter").HasKey(r => r.Matter);
        builder.Property(r => r.Opened).HasConversion(d => d.DayNumber, n => DateOnly.FromDayNumber(n));
        builder.Property(r => r.Concluded).HasConversion(d => d == null ? (int?)null : d.Value.DayNumber, n => n == null ? null : DateOnly.FromDayNumber(n.Value));
    }
}

internal sealed class MatterPartRowMapping : IEntityTypeConfiguration<MatterPartRow>
{
    public void Configure(EntityTypeBuilder<MatterPartRow> builder)
    {
        builder.ToTable("matter_part").HasKey(p => new { p.Matter, p.Person, p.Part });
        builder.HasIndex(p => new { p.Person, p.Part });
    }
}

internal sealed class MatterAccusedRowMapping : IEntityTypeConfiguration<MatterAccusedRow>
{
    public void Configure(EntityTypeBuilder<MatterAccusedRow> builder) => builder.ToTable("matter_accused").HasKey(a => new { a.Matter, a.Accused });
}
