using Probity.Access.Contract;
using Probity.Ledger;
using Probity.People.Training;
using Probity.People.Vetting;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Rotating.Planning;

/// <summary>
/// Reads what a plan for a unit is worked out from: the sensitive posts of the unit and those below it, the other posts of the same roles, and who holds them. People stay in their role. A clearance has to hold in the month itself; a
/// competence today, as certificates are renewed on the way. Time is counted post by post.
/// </summary>
internal sealed class GatherInput(TransparencyLog log, IRegister registers, TenureReader tenures, FoldedStream<Catalogue> trainings, TimeProvider time)
{
    /// <summary>How many months are planned.</summary>
    public const int Horizon = 24;

    /// <summary>The input, and the policy pack in force.</summary>
    public async Task<(PlanInput Input, string Policy)> ReadAsync(Guid unit, CancellationToken cancel)
    {
        var (session, now) = (new RecordSession(log), time.GetUtcNow());
        var register = await registers.ReadAsync(session, cancel);
        var rules = await tenures.ReadAsync(session, register, cancel);
        var catalogue = await trainings.ReadAsync(session, cancel);
        var within = register.Units.Keys.Where(u => register.IsWithin(u, unit)).SelectMany(register.PostsIn).ToList();
        var roles = within.Where(p => rules.Requirements.Marked.ContainsKey(p.Id)).Select(p => p.Role).ToHashSet();
        var posts = within.Where(p => roles.Contains(p.Role)).OrderBy(p => p.Id).ToList();
        var begin = new DateOnly(now.UtcDateTime.Year, now.UtcDateTime.Month, 1).AddMonths(1);
        DateTimeOffset Start(int month) => new(begin.AddMonths(month).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var holder = posts.ToDictionary(p => p.Id, p => register.PostingsOn(p.Id).Where(h => h.InForceAt(now) && (h.Ends is not { } ends || ends > Start(0))).Select(h => (Guid?)h.Person).Order().FirstOrDefault());
        var people = posts.SelectMany(p => register.PostingsOn(p.Id).Where(h => h.InForceAt(now)).Select(h => (h.Person, p.Role))).Distinct().Where(p => !register.IsShutOut(p.Person)).OrderBy(p => p.Person).ToList();
        var fits = new List<Fit>();
        foreach (var (person, role) in people)
        {
            var (cleared, trained) = (await PersonClearances.ReadAsync(session, person, cancel), await session.FoldAsync<PersonTraining>(PersonTraining.StreamOf(person), cancel));
            var leaves = register.Departures.Of(person)?.From;
            foreach (var post in posts.Where(p => p.Role == role))
            {
                var isHolder = holder[post.Id] == person;
                if (!isHolder && (Need.OfPost(catalogue, post.Id, trained.Held, now).Any(n => n.Blocks) || IsNearKin(person, post, posts, register, now))) continue;
                bool Can(int month) => !(leaves <= Start(month + 1))
                    && (!rules.Requirements.Marked.TryGetValue(post.Id, out var level) || cleared.Covers(level, register, Start(month))) && (isHolder || !Tenure.IsBarred(person, post.Id, rules, Start(month)));
                var from = Enumerable.Range(0, Horizon).FirstOrDefault(Can, Horizon);
                var to = from + Enumerable.Range(from, Horizon - from).TakeWhile(Can).Count();
                if (from < to && (!isHolder || from == 0)) fits.Add(new Fit(person, post.Id, from, to, MonthsLeft(person, post.Id, from, isHolder)));
            }
        }

        // What each unit has today, or the share of it that the pack asks for, is what it keeps.
        var least = posts.Where(p => holder[p.Id] is not null).GroupBy(p => (p.Unit, p.Role)).OrderBy(g => g.Key.Unit).ThenBy(g => g.Key.Role)
            .Select(g => new Strength(g.Key.Unit, g.Key.Role, (g.Count() * rules.Policy.Of(PolicyRules.RotationStrength) + 99) / 100)).ToList();
        return (new PlanInput(begin, Horizon, [.. posts.Select(p => new PlannedPost(p.Id, p.Unit, p.Role, holder[p.Id]))], fits, [.. Apart(people.Select(p => p.Person).ToHashSet(), posts, register)], least), rules.Policy.Label);

        int MonthsLeft(Guid person, Guid post, int from, bool isHolder)
        {
            var tenure = isHolder ? Tenure.Of(person, post, rules, now) : Tenure.IfPosted(person, post, rules, Start(from));
            return tenure?.Until is not { } until ? Horizon : Enumerable.Range(from, Horizon).TakeWhile(m => Start(m + 1) <= until).Count();
        }
    }

    // Kin who hold a post outside the plan do not move: nobody is planned above or below them.
    static bool IsNearKin(Guid person, Post post, List<Post> posts, Register register, DateTimeOffset now) => register.TiesOf(person).Where(t => t.IsKinship)
        .SelectMany(t => register.PostsOf(t.Across(person), now)).Any(theirs => !posts.Contains(theirs) && (register.ReportsTo(post.Id, theirs.Id) || register.ReportsTo(theirs.Id, post.Id)));

    static IEnumerable<HeldApart> Apart(HashSet<Guid> people, List<Post> posts, Register register) =>
        from person in people.Order()
        from other in register.TiesOf(person).Where(t => t.IsKinship).Select(t => t.Across(person)).Where(people.Contains).Distinct().Order()
        from post in posts
        from above in posts
        where register.ReportsTo(post.Id, above.Id)
        select new HeldApart(person, post.Id, other, above.Id);
}
