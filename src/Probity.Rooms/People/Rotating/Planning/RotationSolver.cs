using Google.OrTools.Sat;

namespace Probity.People.Rotating.Planning;

/// <summary>
/// Finds the plan that keeps units staffed in the most months, then leaves people past the longest time in the fewest, then moves the fewest people, then the latest: in that order, each before the next. It begins
/// from a plan made month by month, so that there is one at once, and goes on to better ones.
/// One worker, a fixed seed and a limit counted in work and not in seconds: the same input gives the same plan on the same kind of machine. The solver's native library is loaded on first use.
/// </summary>
internal static class RotationSolver
{
    /// <summary>How much work a plan may take: the solver's own unit, about a second each on a machine of 2020.</summary>
    public const double Effort = 8;

    /// <summary>Solves it. Staying under strength and staying too long cost and are not forbidden, so there is always a plan, and it says where it falls short.</summary>
    public static RotationPlan Solve(PlanInput input, double effort = Effort)
    {
        var (model, holds) = (new CpModel(), new Dictionary<(Guid Person, Guid Post, int Month), BoolVar>());
        foreach (var fit in input.Fits)
        {
            for (var month = Math.Max(0, fit.From); month < Math.Min(fit.To, input.Months); month++)
                if (!holds.ContainsKey((fit.Person, fit.Post, month))) holds.Add((fit.Person, fit.Post, month), model.NewBoolVar($"x{holds.Count}"));
        }

        foreach (var one in holds.GroupBy(h => (h.Key.Post, h.Key.Month)).Concat(holds.GroupBy(h => (Post: h.Key.Person, h.Key.Month))))
            model.AddAtMostOne(one.Select(h => h.Value));
        foreach (var apart in input.Apart)
        {
            for (var month = 0; month < input.Months; month++)
                if (holds.TryGetValue((apart.Person, apart.Post, month), out var one) && holds.TryGetValue((apart.Other, apart.OtherPost, month), out var other)) model.AddAtMostOne([one, other]);
        }

        var (pairs, shorts) = (new List<(IntVar Begins, IntVar Now, IntVar Before)>(), new List<(IntVar Lacks, HashSet<Guid> Posts, int Month, int Least)>());
        var (lacking, overlong, begun, early) = (new List<IntVar>(), new List<IntVar>(), new List<IntVar>(), new List<(IntVar Begins, long Weight)>());
        foreach (var fit in input.Fits) Stay(fit, input.Posts.Any(p => p.Id == fit.Post && p.Holder == fit.Person));
        foreach (var least in input.Least)
        {
            var posts = input.Posts.Where(p => p.Unit == least.Unit && p.Role == least.Role).Select(p => p.Id).ToHashSet();
            for (var month = 0; month < input.Months; month++)
            {
                var lacks = model.NewIntVar(0, least.Least, $"lacks{lacking.Count}");
                model.Add(LinearExpr.Sum(holds.Where(h => h.Key.Month == month && posts.Contains(h.Key.Post)).Select(h => h.Value)) + lacks >= least.Least);
                lacking.Add(lacks);
                shorts.Add((lacks, posts, month, least.Least));
            }
        }

        // One aim after the other, each kept when the next is sought: one sum of all of them has figures so far apart that the search finds little.
        var solver = new CpSolver { StringParameters = FormattableString.Invariant($"num_workers:1 random_seed:7 max_deterministic_time:{effort / 4}") };
        var isProven = true;
        var held = MonthByMonth(input);
        var places = input.Posts.Index().ToDictionary(p => p.Item.Id, p => p.Index);
        foreach (var (of, isLast) in ((List<IntVar>, bool)[])[(lacking, false), (overlong, false), (begun, false), ([], true)])
        {
            var aim = isLast ? LinearExpr.WeightedSum(early.Select(e => e.Begins), early.Select(e => e.Weight)) : LinearExpr.Sum(of);
            model.ClearHints();
            foreach (var (variable, value) in ValuesOf(held)) model.AddHint(variable, value);
            model.Minimize(aim);
            var status = solver.Solve(model);
            // How late moves come is a wish: the proof is about the rest.
            isProven &= isLast || status == CpSolverStatus.Optimal;
            // What was found is kept only where it is better by this aim: otherwise it may be worse by those that come after.
            if (status is (CpSolverStatus.Optimal or CpSolverStatus.Feasible) && Math.Round(solver.ObjectiveValue) < Reached(held))
            {
                held = [.. input.Posts.Select(_ => new Guid?[input.Months])];
                foreach (var (person, post, month) in holds.Where(h => solver.BooleanValue(h.Value)).Select(h => h.Key)) held[places[post]][month] = person;
            }

            model.Add(aim <= Reached(held));

            long Reached(Guid?[][] plan) => ValuesOf(plan) is var values && isLast ? early.Sum(e => values[e.Begins] * e.Weight) : of.Sum(v => values[v]);
        }

        return RotationPlan.Of(input, held, isProven);

        // What every variable is in a plan: where the search begins, and what it may not fall behind.
        Dictionary<IntVar, long> ValuesOf(Guid?[][] plan)
        {
            var values = new Dictionary<IntVar, long>();
            foreach (var ((person, post, month), chosen) in holds) values[chosen] = plan[places[post]][month] == person ? 1 : 0;
            foreach (var (begins, now, before) in pairs) values[begins] = values[now] == 1 && values[before] == 0 ? 1 : 0;
            foreach (var (lacks, posts, month, least) in shorts) values[lacks] = Math.Max(0, least - posts.Count(p => plan[places[p]][month] is not null));
            return values;
        }

        void Stay(Fit fit, bool isHolder)
        {
            var months = Enumerable.Range(0, input.Months).Where(m => holds.ContainsKey((fit.Person, fit.Post, m))).ToList();
            if (!isHolder && fit.Most < months.Count) model.Add(LinearExpr.Sum(months.Select(m => holds[(fit.Person, fit.Post, m)])) <= Math.Max(0, fit.Most));
            foreach (var month in months)
            {
                var now = holds[(fit.Person, fit.Post, month)];
                var before = holds.GetValueOrDefault((fit.Person, fit.Post, month - 1));
                if (isHolder)
                {
                    // Who leaves a post does not come back to it within the plan.
                    if (month > 0 && before is null) model.Add(now == 0);
                    else if (before is not null) model.AddImplication(now, before);
                    if (month >= fit.Most) overlong.Add(now);
                    continue;
                }

                var begins = now;
                if (before is not null)
                {
                    begins = model.NewBoolVar($"begins{begun.Count}");
                    model.AddBoolOr([now.Not(), before, begins]);
                    pairs.Add((begins, now, before));
                }

                begun.Add(begins);
                early.Add((begins, input.Months - month));
            }
        }
    }

    // Each month by itself after the one before, with the same aims: not always the best plan, but somewhere good to begin, and found at once.
    static Guid?[][] MonthByMonth(PlanInput input)
    {
        var held = input.Posts.Select(_ => new Guid?[input.Months]).ToArray();
        var (places, used) = (input.Posts.Index().ToDictionary(p => p.Item.Id, p => p.Index), new Dictionary<(Guid Person, Guid Post), int>());
        long one = input.Posts.Count + 1;
        for (var month = 0; month < input.Months; month++)
        {
            var (model, chosen, costs) = (new CpModel(), new Dictionary<(Guid Person, Guid Post), BoolVar>(), new List<LinearExpr>());
            foreach (var fit in input.Fits.Where(f => f.From <= month && month < f.To))
            {
                var (at, isHolder) = (places[fit.Post], input.Posts[places[fit.Post]].Holder == fit.Person);
                var stays = month == 0 ? isHolder : held[at][month - 1] == fit.Person;
                if (isHolder ? !stays : used.GetValueOrDefault((fit.Person, fit.Post)) >= fit.Most) continue;
                if (!chosen.TryAdd((fit.Person, fit.Post), model.NewBoolVar($"x{chosen.Count}"))) continue;
                costs.Add(chosen[(fit.Person, fit.Post)] * ((isHolder && month >= fit.Most ? one : 0) + (stays ? 0 : 1)));
            }

            foreach (var group in chosen.GroupBy(c => c.Key.Post).Concat(chosen.GroupBy(c => c.Key.Person))) model.AddAtMostOne(group.Select(c => c.Value));
            foreach (var apart in input.Apart)
                if (chosen.TryGetValue((apart.Person, apart.Post), out var a) && chosen.TryGetValue((apart.Other, apart.OtherPost), out var b)) model.AddAtMostOne([a, b]);
            foreach (var least in input.Least)
            {
                var lacks = model.NewIntVar(0, least.Least, $"lacks{costs.Count}");
                model.Add(LinearExpr.Sum(chosen.Where(c => input.Posts[places[c.Key.Post]] is var p && p.Unit == least.Unit && p.Role == least.Role).Select(c => c.Value)) + lacks >= least.Least);
                costs.Add(lacks * one * one * 2);
            }

            model.Minimize(LinearExpr.Sum(costs));
            var solver = new CpSolver { StringParameters = "num_workers:1 random_seed:7 max_deterministic_time:1" };
            if (solver.Solve(model) is not (CpSolverStatus.Optimal or CpSolverStatus.Feasible)) continue;
            foreach (var (person, post) in chosen.Where(c => solver.BooleanValue(c.Value)).Select(c => c.Key))
            {
                held[places[post]][month] = person;
                used[(person, post)] = used.GetValueOrDefault((person, post)) + 1;
            }
        }

        return held;
    }
}
