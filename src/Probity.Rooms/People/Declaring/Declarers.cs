using Microsoft.EntityFrameworkCore;
using Probity.Policies.Contract;

namespace Probity.People.Declaring;

/// <summary>Which of those who declare a list shows.</summary>
internal enum DeclarersWanted { Flagged, Overdue, All }

/// <summary>Who declares when, for the vetting unit: ids and days, from the view.</summary>
internal sealed class Declarers(DbContext views)
{
    public const int PageSize = 25;

    /// <summary>So many are counted and shown page by page.</summary>
    public const int MostCounted = 1_000;

    /// <summary>When somebody's next declaration is due: who was there before the first pack has the time of an entry from then on.</summary>
    public static DateTimeOffset DueOf(DeclarerRow row, Policy policy) =>
        !row.IsEntry ? policy.After(PolicyRules.DeclaredEvery, row.Basis) : policy.After(PolicyRules.DeclaredOnEntryWithin, policy.Began > row.Basis ? policy.Began.Value : row.Basis);

    /// <summary>The row of a person, or null where they have nothing to do with declarations.</summary>
    public Task<DeclarerRow?> OfAsync(Guid person, CancellationToken cancel) => views.Set<DeclarerRow>().AsNoTracking().FirstOrDefaultAsync(r => r.Person == person, cancel);

    /// <summary>One page of those wanted, whoever waits longest first, and how many there are: up to <see cref="MostCounted"/>, and one more where there are more.</summary>
    /// <param name="wanted">Which.</param>
    /// <param name="people">Only these, where a name was asked for.</param>
    /// <param name="policy">The pack in force.</param>
    /// <param name="barred">Whom the reader may not read.</param>
    /// <param name="now">The time.</param>
    /// <param name="page">The page, from 1.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<(IReadOnlyList<DeclarerRow> Rows, int Total)> ReadAsync(
        DeclarersWanted wanted, IReadOnlyList<Guid>? people, Policy policy, IReadOnlyList<Guid> barred, DateTimeOffset now, int page, CancellationToken cancel)
    {
        var rows = views.Set<DeclarerRow>().AsNoTracking().Where(r => !barred.Contains(r.Person));
        if (people is not null) rows = rows.Where(r => people.Contains(r.Person));
        var found = wanted switch
        {
            DeclarersWanted.Flagged => rows.Where(r => r.FlaggedSince != null).OrderBy(r => r.FlaggedSince).ThenBy(r => r.Person),
            DeclarersWanted.Overdue => Overdue(rows, policy, now).OrderBy(r => r.Basis).ThenBy(r => r.Person),
            _ => rows.Where(r => r.Holds > 0).OrderBy(r => r.Basis).ThenBy(r => r.Person),
        };
        return (await found.Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancel), await found.Take(MostCounted + 1).CountAsync(cancel));
    }

    /// <summary>Everybody who is late, and since when.</summary>
    public async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> OverdueAsync(Policy policy, DateTimeOffset now, CancellationToken cancel) =>
        (await Overdue(views.Set<DeclarerRow>().AsNoTracking(), policy, now).ToListAsync(cancel)).ToDictionary(r => r.Person, r => DueOf(r, policy));

    static IQueryable<DeclarerRow> Overdue(IQueryable<DeclarerRow> rows, Policy policy, DateTimeOffset now)
    {
        var (entry, yearly) = (now.AddDays(-policy.Of(PolicyRules.DeclaredOnEntryWithin)), now.AddMonths(-policy.Of(PolicyRules.DeclaredEvery)));
        // Nobody is late with an entry before the time of one is over since the first pack.
        var entries = policy.Began is not { } began || began < entry;
        return rows.Where(r => r.Holds > 0 && ((entries && r.IsEntry && r.Basis < entry) || (!r.IsEntry && r.Basis < yearly)));
    }
}
