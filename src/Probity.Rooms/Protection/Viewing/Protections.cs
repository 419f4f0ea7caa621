using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Protection.Plans;

namespace Probity.Protection.Viewing;

/// <summary>The lists of approaches and plans, each cut down in the database to what somebody may know of: the same as the tables of who may say of each.</summary>
internal sealed class Protections(DbContext views, IRegister registers, IPolicies policies, TimeProvider time)
{
    DbSet<ApproachNamedRow> Named => views.Set<ApproachNamedRow>();

    /// <summary>What somebody recorded themselves, the newest first.</summary>
    public IQueryable<ApproachRow> OwnOf(Guid person) => views.Set<ApproachRow>().AsNoTracking().Where(a => a.Reporter == person).OrderByDescending(a => a.Recorded).ThenBy(a => a.Approach);

    /// <summary>What others recorded and this person reads as integrity, or as an overseer where fewer than two of integrity are free.</summary>
    public async Task<IQueryable<ApproachRow>> WatchedByAsync(Guid person, CancellationToken cancel)
    {
        var (register, now) = (await registers.ReadAsync(cancel), time.GetUtcNow());
        var actor = Actor.From(register, person, now);
        var rows = views.Set<ApproachRow>().AsNoTracking();
        if (!actor.Has(Role.Integrity) && !actor.Has(Role.Overseer)) return rows.Where(a => false);
        rows = rows.Where(IsFree(person, register, now));
        if (actor.Has(Role.Integrity)) return rows;
        return rows.Where(TakesOverseers(register, now));
    }

    /// <summary>Plans that somebody is protected by, answers for, does something of, or watches.</summary>
    public async Task<IQueryable<PlanRow>> PlansOfAsync(Guid person, CancellationToken cancel)
    {
        var (register, policy, now) = (await registers.ReadAsync(cancel), await policies.ReadAsync(cancel), time.GetUtcNow());
        var (actor, watched) = (Actor.From(register, person, now), await WatchedByAsync(person, cancel));
        var free = views.Set<ApproachRow>().Where(IsFree(person, register, now));
        var overseer = actor.Has(Role.Overseer);
        var since = now.AddDays(-policy.Of(PolicyRules.ProtectionOverdueToOverseer));
        var measures = views.Set<PlanMeasureRow>();
        return views.Set<PlanRow>().AsNoTracking().Where(p => p.Person == person
            || (free.Any(a => a.Approach == p.Approach) && (p.Owner == person || measures.Any(m => m.Plan == p.Plan && m.Owner == person)
                || (overseer && p.Stage != PlanStage.Closed && (p.Giving || p.Contested || p.Owner == Guid.Empty || p.ReviewDue < since || measures.Any(m => m.Plan == p.Plan && !m.Done && m.Due < since)))))
            || watched.Any(a => a.Approach == p.Approach));
    }

    /// <summary>How many were recorded in each year up to one, for everybody.</summary>
    public async Task<IReadOnlyList<(int Year, int Count)>> YearsAsync(int last, CancellationToken cancel) =>
        [.. (await views.Set<ApproachRow>().Where(a => a.Year <= last).GroupBy(a => a.Year).Select(g => new { g.Key, Count = g.Count() }).OrderBy(g => g.Key).ToListAsync(cancel)).Select(g => (g.Key, g.Count))];

    // The same as Watch says of one: counted in the database how many of integrity are free.
    Expression<Func<ApproachRow, bool>> TakesOverseers(Register register, DateTimeOffset now)
    {
        var row = Expression.Parameter(typeof(ApproachRow));
        var free = register.Holders(Role.Integrity, now).Select(p => (Expression)Expression.Condition(Expression.Invoke(IsFree(p, register, now), row), Expression.Constant(1), Expression.Constant(0)))
            .Aggregate((Expression)Expression.Constant(0), Expression.Add);
        return Expression.Lambda<Func<ApproachRow, bool>>(Expression.LessThan(free, Expression.Constant(Watch.Least)), row);
    }

    Expression<Func<ApproachRow, bool>> IsFree(Guid person, Register register, DateTimeOffset now)
    {
        var (people, both) = BarsOf(person, register, now);
        return a => !people.Contains(a.Reporter) && !Named.Any(n => n.Approach == a.Approach && both.Contains(n.Named));
    }

    static (List<Guid> People, List<Guid> Both) BarsOf(Guid person, Register register, DateTimeOffset now)
    {
        var people = Recusal.BarredWith(person, register, now).Append(person).Distinct().ToList();
        return (people, [.. people, .. UnitsAround.Of(person, register, now)]);
    }
}
