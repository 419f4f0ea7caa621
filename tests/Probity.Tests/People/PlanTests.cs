using System.Net;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Rotating.Planning;
using Probity.Shared.Record;
using Probity.Tests.Access;
using Probity.Tests.Cases;

namespace Probity.Tests.People;

/// <summary>The plan of rotation: held against its definition, against every plan there is where those are few, and through the pages.</summary>
public sealed class PlanTests
{
    static readonly Guid[] s_people = [.. Enumerable.Range(0, 12).Select(i => Staff.Id($"planned person {i}"))], s_posts = [.. Enumerable.Range(0, 12).Select(i => Staff.Id($"planned post {i}"))];
    static readonly Guid[] s_units = [Staff.Id("one"), Staff.Id("two")];

    // Each person holds at most one post; who can hold what, from when to when and for how long is by chance.
    static Gen<PlanInput> Inputs(int people, int posts, int months, int oddsOfFit) =>
        Gen.Select(Gen.Int[1, people], Gen.Int[1, posts], Gen.Int[1, months], Gen.Int[0, int.MaxValue]).Select((p, q, m, seed) =>
        {
            var random = new Random(seed);
            var holders = s_people.Take(p).OrderBy(_ => random.Next()).ToList();
            var planned = Enumerable.Range(0, q).Select(i => new PlannedPost(s_posts[i], s_units[i % 2], Role.Officer, i < holders.Count && random.Next(5) > 0 ? holders[i] : null)).ToList();
            var fits = (from person in s_people.Take(p)
                        from post in planned
                        where random.Next(100) < oddsOfFit || (post.Holder == person && random.Next(10) > 0)
                        let holds = post.Holder == person
                        let first = holds ? 0 : random.Next(0, Math.Max(1, m / 2))
                        select new Fit(person, post.Id, first, random.Next(first + 1, m + 2), random.Next(0, m + 2))).ToList();
            var apart = Enumerable.Range(0, random.Next(3)).Where(_ => p > 1 && q > 1).Select(_ => new HeldApart(s_people[random.Next(p)], planned[random.Next(q)].Id, s_people[random.Next(p)], planned[random.Next(q)].Id))
                .Where(a => a.Person != a.Other && a.Post != a.OtherPost).ToList();
            var least = planned.GroupBy(x => x.Unit).Select(g => new Strength(g.Key, Role.Officer, random.Next(0, g.Count() + 1))).ToList();
            return new PlanInput(new DateOnly(2026, 12, 1), m, planned, fits, apart, least);
        });

    [Fact]
    public void Moves_between_like_posts_of_a_unit_are_counted_as_such()
    {
        var (register, now) = (Staff.Agency().Desk("second store", "narcotics", Role.Custodian, Staff.Before).Desk("third store", "narcotics", Role.Custodian, Staff.Before).ToRegister(), ClearanceScene.Now);
        static PlannedMove Move(string who, string post, int month) => new(Staff.Id(who), Staff.Id(post), month);
        int Like(params PlannedMove[] moves) => LikeMoves.Count(moves, register, now);
        Assert.Equal((1, 0, 0), (Like(Move("keeper", "second store", 3)), Like(Move("ana", "second store", 3)), Like(Move("keeper", "post of pedro", 3))));
        Assert.Equal(2, Like(Move("ana", "post of ben", 1), Move("ben", "post of ana", 1)));
        // Of a second move, from where the plan has them then.
        Assert.Equal((1, 2), (Like(Move("ana", "second store", 1), Move("ana", "third store", 9)), Like(Move("keeper", "second store", 1), Move("keeper", "third store", 9))));
        Assert.Equal((0, 0), (Like(Move("keeper", "post of keeper", 0)), Like(new PlannedMove(Staff.Id("keeper"), Guid.NewGuid(), 0))));
    }

    // From the definition, month by month, and in no other words than those of docs/postings.md.
    static bool IsAllowed(PlanInput input, IReadOnlyList<IReadOnlyList<Guid?>> held)
    {
        for (var month = 0; month < input.Months; month++)
        {
            var now = input.Posts.Select((p, at) => (p.Id, Person: held[at][month])).Where(h => h.Person is not null).ToList();
            if (now.Select(h => h.Person).Distinct().Count() < now.Count) return false;
            if (now.Any(h => !input.Fits.Any(f => f.Person == h.Person && f.Post == h.Id && f.From <= month && month < f.To))) return false;
            if (input.Apart.Any(a => now.Contains((a.Post, a.Person)) && now.Contains((a.OtherPost, a.Other)))) return false;
        }

        foreach (var (post, at) in input.Posts.Select((p, at) => (p, at)))
        {
            foreach (var person in held[at].OfType<Guid>().Distinct())
            {
                var months = Enumerable.Range(0, input.Months).Where(m => held[at][m] == person).ToList();
                if (person == post.Holder) { if (months[^1] != months.Count - 1) return false; }
                else if (months.Count > input.Fits.Single(f => f.Person == person && f.Post == post.Id).Most) return false;
            }
        }

        return true;
    }

    static (int Missing, int Overlong, int Moves, int Early) Cost(PlanInput input, IReadOnlyList<IReadOnlyList<Guid?>> held)
    {
        var (missing, overlong, moves, early) = (0, 0, 0, 0);
        for (var month = 0; month < input.Months; month++)
        {
            foreach (var least in input.Least)
                missing += Math.Max(0, least.Least - input.Posts.Where((p, at) => p.Unit == least.Unit && p.Role == least.Role && held[at][month] is not null).Count());
            foreach (var (post, at) in input.Posts.Select((p, at) => (p, at)))
            {
                if (held[at][month] is not { } person) continue;
                if (person == post.Holder && month >= input.Fits.Single(f => f.Person == person && f.Post == post.Id).Most) overlong++;
                if (person == (month == 0 ? post.Holder : held[at][month - 1])) continue;
                moves++;
                early += input.Months - month;
            }
        }

        return (missing, overlong, moves, early);
    }

    static void IsTold(PlanInput input, RotationPlan plan)
    {
        Assert.True(IsAllowed(input, plan.Held));
        var cost = Cost(input, plan.Held);
        Assert.Equal((cost.Missing, cost.Overlong, cost.Moves), (plan.Missing, plan.TooLong, plan.Moves.Count));
    }

    // Two posts, three people and three months have at most 4,096 plans: every one is looked at.
    [Fact]
    public void No_plan_of_all_there_are_does_better() => Inputs(3, 2, 3, 60).Sample(input =>
    {
        var plan = RotationSolver.Solve(input);
        Assert.True(plan.IsProven);
        IsTold(input, plan);
        Guid?[] choices = [null, .. s_people.Take(3)];
        var (places, best) = (input.Posts.Count * input.Months, (int.MaxValue, 0, 0, 0));
        for (var number = 0; number < Math.Pow(choices.Length, places); number++)
        {
            var held = input.Posts.Select((_, at) => (IReadOnlyList<Guid?>)[.. Enumerable.Range(0, input.Months).Select(m => choices[number / (int)Math.Pow(4, at * input.Months + m) % 4])]).ToList();
            if (IsAllowed(input, held) && Cost(input, held) is var cost && cost.CompareTo(best) < 0) best = cost;
        }

        Assert.Equal(best, Cost(input, plan.Held));
    }, iter: 40, threads: 1);

    [Fact]
    public void A_larger_plan_keeps_every_rule_and_is_the_same_again() => Inputs(10, 8, 12, 40).Sample(input =>
    {
        var plan = RotationSolver.Solve(input, 1);
        IsTold(input, plan);
        Assert.Equal(plan.Held, RotationSolver.Solve(input, 1).Held);
        // It is never worse than leaving everything as it is, where that is allowed.
        var stays = input.Posts.Select(p => (IReadOnlyList<Guid?>)[.. Enumerable.Range(0, input.Months).Select(m => input.Fits.Any(f => f.Person == p.Holder && f.Post == p.Id && m < f.To) ? p.Holder : null)]).ToList();
        if (IsAllowed(input, stays)) Assert.True(Cost(input, plan.Held).CompareTo(Cost(input, stays)) <= 0);
    }, iter: 12, threads: 1);

    [Fact]
    public void What_cannot_be_kept_is_named_with_unit_and_month()
    {
        // The only one of the unit leaves after three months; the other is cleared from the fifth on.
        var input = new PlanInput(
            new DateOnly(2026, 12, 1), 8, [new(s_posts[0], s_units[0], Role.Custodian, s_people[0])], [new(s_people[0], s_posts[0], 0, 3, 8), new(s_people[1], s_posts[0], 5, 8, 8)], [],
            [new(s_units[0], Role.Custodian, 1)]);
        var plan = RotationSolver.Solve(input);
        Assert.Equal([new(s_units[0], Role.Custodian, 3, 1), new(s_units[0], Role.Custodian, 4, 1)], plan.Shortages);
        Assert.Equal([new PlannedMove(s_people[1], s_posts[0], 5)], plan.Moves);
        // Past the limit with nobody to follow, somebody stays rather than that the post stands empty.
        var late = RotationSolver.Solve(input with { Fits = [new(s_people[0], s_posts[0], 0, 8, 2)] });
        Assert.Equal([new Overlong(s_people[0], s_posts[0], 2, 6)], late.Overlong);
        Assert.Equal(0, late.Missing);
        Assert.NotEqual(input.Hash(), (input with { Months = 7 }).Hash());
    }

    [Theory]
    [InlineData("ines", null, Bars.Role), InlineData("ivo", Bars.Self, Bars.Role), InlineData("oscar", Bars.Role, null), InlineData("olga", Bars.Role, Bars.Kin), InlineData("chief", Bars.Role, Bars.Role), InlineData("ana", Bars.Role, Bars.Role)]
    [InlineData("vera", Bars.Role, Bars.Role), InlineData("root", Bars.Role, Bars.Role), InlineData("igor", Bars.Role, Bars.Role), InlineData("maria", Bars.Role, Bars.Role), InlineData("paula", Bars.Role, Bars.Role), InlineData("judith", Bars.Role, Bars.Role)]
    public void Integrity_draws_up_and_an_overseer_adopts_and_nobody_whom_it_moves(string person, string? proposing, string? answering)
    {
        var register = Staff.Agency().Tie("olga", "ana", TieKind.Blood).ToRegister();
        var (now, actor) = (ClearanceScene.Now, Actor.From(register, Staff.Id(person), ClearanceScene.Now));
        var input = new PlanInput(new DateOnly(2026, 4, 1), 1, [], [], [], []);
        PlannedMove[] moves = [new(Staff.Id("ivo"), Staff.Id("post of ivo"), 0), new(Staff.Id("ana"), Staff.Id("post of ana"), 0)];
        var drawn = new DrawnPlan(Guid.NewGuid(), Staff.Id("narcotics"), input, input.Hash(), "default 1", new RotationPlan([], true, moves, [], []), now, TimeSpan.Zero);
        static string? Refused(Decision decision) => (decision as Decision.Refused)?.Refusal.Code;
        Assert.Equal(proposing, Refused(PlanRotation.Decide(drawn, drawn.Id, Rotation.Initial, actor, register, now)));
        var asked = (RotationProposed)((Decision.Accepted)PlanRotation.Decide(drawn, drawn.Id, Rotation.Initial, Actor.From(register, Staff.Id("ines"), now), register, now)).Filings[0].Event;
        var waiting = Rotation.Initial with { Waiting = new RecordedPlan(asked, Staff.Id("ines"), now) };
        Assert.Equal(answering, Refused(PlanRotation.Decide(new PlanRotation.Answer(drawn.Id, true, null), waiting, actor, register, now)));
        if (proposing is null) Assert.Equal((PlanRotation.Waits, PlanRotation.Gone), (Refused(PlanRotation.Decide(drawn, drawn.Id, waiting, actor, register, now)), Refused(PlanRotation.Decide(drawn, Guid.NewGuid(), Rotation.Initial, actor, register, now))));
        if (answering is null) Assert.Equal(PlanRotation.Nothing, Refused(PlanRotation.Decide(new PlanRotation.Answer(Guid.NewGuid(), true, null), waiting, actor, register, now)));
    }

    /// <summary>Waits until the plan that somebody had drawn up is there.</summary>
    internal static Task DrawnAsync(StaffHost host) => host.Services.GetRequiredService<PlanRotation>().WaitAsync(TimeSpan.FromSeconds(30));

    [Fact]
    public async Task Two_change_places_at_the_limit_and_what_is_not_carried_out_is_shown()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Officer, StaffHost.Unit)]);
        await TenureTests.ChooseAsync(host);
        await MarkPostTests.MarkAsync(host, StaffHost.PostOf(Role.Officer));
        foreach (var person in (Guid[])[StaffHost.Of(Role.Officer), StaffHost.Other(0)]) await VettingPagesTests.ClearAsync(host, person);
        host.Clock.Now = host.Clock.Now.AddMonths(20);
        foreach (var role in Enum.GetValues<Role>())
        {
            var seen = await (await host.SignedInAsync(role)).GetAsync(ShowPlan.Address);
            Assert.Equal(role is Role.Integrity or Role.Overseer ? HttpStatusCode.OK : HttpStatusCode.Forbidden, seen.StatusCode);
        }

        var (integrity, overseer) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        async Task<HttpResponseMessage> SendAsync(Tests.Access.Browser who, string what, params (string Field, string Value)[] fields) =>
            await TrainingPagesTests.FormAsync(who, ShowPlan.Address, $"{ShowPlan.Address}/{what}", fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(overseer, "draw", ("unit", $"{StaffHost.Agency}"))).StatusCode);
        Assert.Contains("No post of this unit is marked", await (await SendAsync(integrity, "draw", ("unit", $"{StaffHost.OtherUnit}"))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(integrity, "draw", ("unit", $"{StaffHost.Agency}"))).StatusCode);
        await DrawnAsync(host);
        var page = await integrity.TextAsync(ShowPlan.Address);
        Assert.Contains("Moves: 2. Months past the limit: 0. Months under strength: 0. It is proven", page, StringComparison.Ordinal);
        var plan = host.Services.GetRequiredService<PlanRotation>().Newest!;
        Assert.Equal([(StaffHost.Other(0), 15), (StaffHost.Of(Role.Officer), 15)], plan.Plan.Moves.Select(m => (m.Person, m.Month)).OrderByDescending(m => m.Person));
        Assert.Contains("Mar 2029", page, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(integrity, "propose", ("plan", $"{plan.Id}"))).StatusCode);
        Assert.Contains("Decide on a plan of rotation with 2 moves", await overseer.TextAsync("/steps"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(overseer, "answer", ("plan", $"{plan.Id}"), ("answer", "no"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(overseer, "answer", ("plan", $"{plan.Id}"), ("answer", "yes"))).StatusCode);
        var proposed = (await host.RecordAsync()).Select(r => r.Event).OfType<RotationProposed>().Single();
        Assert.Equal((plan.Input.Hash(), "default 1"), (proposed.Input, proposed.Policy));
        Assert.Contains("Kept so far", await overseer.TextAsync(ShowPlan.Address), StringComparison.Ordinal);
        host.Clock.Now = host.Clock.Now.AddMonths(17);
        overseer = await host.SignedInAsync(Role.Overseer);
        Assert.Contains("was to take over in Mar 2029; held by: Quilombo Officer", await overseer.TextAsync(ShowPlan.Address), StringComparison.Ordinal);
        Assert.Contains("The plan of rotation is not kept: 2 posts", await (await host.SignedInAsync(Role.Integrity)).TextAsync("/steps"), StringComparison.Ordinal);
    }
}
