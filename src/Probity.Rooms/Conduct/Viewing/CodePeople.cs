using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;

namespace Probity.Conduct.Viewing;

/// <summary>How somebody stands to the code.</summary>
internal enum CodeStanding { Current, Waiting, Overdue }

/// <summary>A page of people, how many there are of them, and how many of all in post are current.</summary>
internal sealed record CodePeoplePage(IReadOnlyList<CodePersonRow> Rows, int Found, int Page, int Pages, int Current, int Total);

/// <summary>Asks the rows of the code: who has acknowledged it, of whom the reader may know.</summary>
internal sealed class CodePeople(DbContext views, PeopleNames names)
{
    public const int OnPage = 25;

    // More are not looked through: whoever searches types a letter more.
    const int Most = 200;

    /// <summary>The version in force, or null.</summary>
    public Task<CodeVersionRow?> InForceAsync(CancellationToken cancel) =>
        views.Set<CodeVersionRow>().AsNoTracking().Where(v => v.Published != null).OrderByDescending(v => v.Number).FirstOrDefaultAsync(cancel);

    /// <summary>The version that waits for an overseer, or null.</summary>
    public Task<CodeVersionRow?> AskedAsync(CancellationToken cancel) => views.Set<CodeVersionRow>().AsNoTracking().FirstOrDefaultAsync(v => v.Published == null, cancel);

    /// <summary>One person's row, or null.</summary>
    public Task<CodePersonRow?> OfAsync(Guid person, CancellationToken cancel) => views.Set<CodePersonRow>().AsNoTracking().FirstOrDefaultAsync(p => p.Person == person, cancel);

    /// <summary>Everybody in post who is late, and since when.</summary>
    public async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> OverdueAsync(DateTimeOffset now, CancellationToken cancel) =>
        (await Of(null).Where(p => p.Due <= now).Select(p => new { p.Person, p.Due }).ToListAsync(cancel)).ToDictionary(p => p.Person, p => p.Due!.Value);

    /// <summary>How many in post are bound, and how many of them are current.</summary>
    public async Task<(int Current, int Total)> CountAsync(int version, DateTimeOffset now, IReadOnlyList<Guid>? units, CancellationToken cancel)
    {
        var people = Of(units);
        return (await people.CountAsync(p => p.Version == version && p.Due > now, cancel), await people.CountAsync(cancel));
    }

    /// <summary>A page of those in post, the earliest due first.</summary>
    /// <param name="version">The version in force.</param>
    /// <param name="now">The time.</param>
    /// <param name="units">The units that the reader commands; null for who sees everybody.</param>
    /// <param name="name">The beginning of a word of the name, or null.</param>
    /// <param name="register">Who is who.</param>
    /// <param name="page">Which page, from 1.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<CodePeoplePage> ReadAsync(int version, DateTimeOffset now, IReadOnlyList<Guid>? units, string? name, Register register, int page, CancellationToken cancel)
    {
        var (current, total) = await CountAsync(version, now, units, cancel);
        // Those found are few, and are looked up by their ids; all others come in the order of the index.
        if (name is not null)
        {
            var ids = names.Beginning(register, name, Most);
            var found = (await Of(units).Where(p => ids.Contains(p.Person)).ToListAsync(cancel)).OrderBy(p => p.Due).ThenBy(p => p.Person).ToList();
            var (at, of) = PageOf(page, found.Count);
            return new CodePeoplePage([.. found.Skip((at - 1) * OnPage).Take(OnPage)], found.Count, at, of, current, total);
        }

        var (number, pages) = PageOf(page, total);
        return new CodePeoplePage(
            await Of(units).OrderBy(p => p.Due).ThenBy(p => p.Person).Skip((number - 1) * OnPage).Take(OnPage).ToListAsync(cancel), total, number, pages, current, total);
    }

    static (int Page, int Pages) PageOf(int page, int count)
    {
        var pages = Math.Max(1, (count + OnPage - 1) / OnPage);
        return (Math.Clamp(page, 1, pages), pages);
    }

    IQueryable<CodePersonRow> Of(IReadOnlyList<Guid>? units)
    {
        var rows = views.Set<CodePersonRow>().AsNoTracking().Where(p => p.Posts > 0);
        return units is null ? rows : rows.Where(p => views.Set<CodePostingRow>().Any(o => o.Person == p.Person && o.InForce && units.Contains(o.Unit)));
    }

    /// <summary>How a row stands to the version in force.</summary>
    public static CodeStanding StandingOf(CodePersonRow row, int version, DateTimeOffset now) =>
        row.Due <= now ? CodeStanding.Overdue : row.Version == version ? CodeStanding.Current : CodeStanding.Waiting;
}
