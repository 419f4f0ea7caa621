using Microsoft.EntityFrameworkCore;
using Probity.Shared;

namespace Probity.People.Training;

/// <summary>Who has which competence, from the list.</summary>
internal sealed class Trainings(DbContext views)
{
    const int Part = 100, Most = 2_000;

    /// <summary>What these people have; nothing for who has nothing.</summary>
    public async Task<ILookup<Guid, Holding>> OfAsync(IReadOnlyCollection<Guid> people, CancellationToken cancel) =>
        (await views.Set<HeldRow>().AsNoTracking().Where(r => people.Contains(r.Person)).ToListAsync(cancel)).ToLookup(r => r.Person, r => r.ToHolding());

    /// <summary>Who has one of these competences until a moment within a period, the first to end first, as far as the list is read: in parts, so that what concerns nobody costs little.</summary>
    /// <param name="competences">The competences.</param>
    /// <param name="people">Only these, where they are few.</param>
    /// <param name="from">The beginning of the period.</param>
    /// <param name="to">Its end.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async IAsyncEnumerable<HeldRow> EndingAsync(
        IReadOnlyCollection<Guid> competences, IReadOnlyCollection<Guid>? people, DateTimeOffset from, DateTimeOffset to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var wanted = views.Set<HeldRow>().AsNoTracking().Where(r => r.Until >= from && r.Until <= to && competences.Contains(r.Competence));
        if (people is not null) wanted = wanted.Where(r => people.Contains(r.Person));
        for (var at = 0; at < Most; at += Part)
        {
            var rows = await wanted.OrderBy(r => r.Until).ThenBy(r => r.Entry).Skip(at).Take(Part).ToListAsync(cancel);
            foreach (var row in rows) yield return row;
            if (rows.Count < Part) break;
        }
    }

    /// <summary>What courses do to results, of those courses that enough people attended to tell none of them.</summary>
    public async Task<IReadOnlyDictionary<Guid, CourseEffect>> EffectsAsync(IReadOnlyCollection<Guid> courses, CancellationToken cancel)
    {
        var sums = await views.Set<ResultRow>().AsNoTracking().Where(r => courses.Contains(r.Course)).GroupBy(r => r.Course)
            .Select(g => new { Course = g.Key, Count = g.Count(), Before = g.Sum(r => (long)r.Pre), After = g.Sum(r => (long)r.Post), Squares = g.Sum(r => (long)((r.Post - r.Pre) * (r.Post - r.Pre))) }).ToListAsync(cancel);
        return sums.Where(s => !PublicCount.IsTooSmall(s.Count)).Select(s => (s.Course, Effect: CourseEffect.Of(s.Count, s.Before, s.After, s.Squares))).Where(s => s.Effect is not null)
            .ToDictionary(s => s.Course, s => s.Effect!);
    }
}
