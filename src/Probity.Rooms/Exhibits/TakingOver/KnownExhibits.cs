using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Probity.Exhibits.Listing;

namespace Probity.Exhibits.TakingOver;

/// <summary>An exhibit on this record that has a number or a seal which a register names.</summary>
/// <param name="Number">Its number here.</param>
/// <param name="Unit">Whose it is.</param>
/// <param name="Marks">The <see cref="MarkRow"/> ids of its number and of every seal that it has or had.</param>
internal sealed record KnownExhibit(string Number, Guid Unit, IReadOnlySet<Guid> Marks);

/// <summary>Finds in the lists what is on this record already under a number or a seal: the same thing taken over once more would be two.</summary>
internal sealed class KnownExhibits(IServiceScopeFactory scopes)
{
    // A query names so many at the most.
    const int AtOnce = 500;

    /// <summary>The exhibits that have one of the marks. Where there are no lists, none is known.</summary>
    public async Task<IReadOnlyList<KnownExhibit>> WithAsync(IEnumerable<Guid> marks, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (scope.ServiceProvider.GetService<DbContext>() is not { } views) return [];
        var found = new HashSet<Guid>();
        foreach (var some in marks.Distinct().Chunk(AtOnce))
            found.UnionWith(await views.Set<MarkRow>().AsNoTracking().Where(m => some.Contains(m.Mark)).Select(m => m.Exhibit).ToListAsync(cancel));
        var known = new List<KnownExhibit>();
        foreach (var some in found.Chunk(AtOnce))
        {
            var rows = await views.Set<ExhibitRow>().AsNoTracking().Where(e => some.Contains(e.Id)).Select(e => new { e.Id, e.Number, e.Unit }).ToListAsync(cancel);
            var own = (await views.Set<MarkRow>().AsNoTracking().Where(m => some.Contains(m.Exhibit)).ToListAsync(cancel)).ToLookup(m => m.Exhibit, m => m.Mark);
            known.AddRange(rows.Select(r => new KnownExhibit(r.Number, r.Unit, own[r.Id].ToHashSet())));
        }

        return [.. known.OrderBy(e => e.Number, StringComparer.Ordinal)];
    }
}
