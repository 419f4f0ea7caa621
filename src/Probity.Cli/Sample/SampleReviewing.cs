using Probity.Access.Contract;
using Probity.Access.Reviewing;
using Probity.Access.Staffing;
using Probity.Policies.Contract;

namespace Probity.Cli.Sample;

/// <summary>A round of access reviews in each of the sample's last four quarters, in all units but one, which is overdue since the first pack. In the last round of one unit somebody who stood in for a colleague has the post still; that is removed, and ended.</summary>
internal sealed class SampleReviewing(SampleYears years)
{
    static readonly DateTimeOffset s_day = SamplePlan.End.AddDays(-12);
    static readonly Guid s_standIn = SampleUnit.Id("posting/stand-in");

    /// <summary>The acts, each at its time.</summary>
    public IEnumerable<(DateTimeOffset At, Func<Task> Act)> Acts()
    {
        // Within three months of each other, so that all but the first are in time.
        for (var round = 3; round > 0; round--)
        {
            var (name, at) = ($"review/{round}", s_day.AddDays(-88 * round));
            yield return (at, () => ReviewAllAsync(name));
        }

        yield return (s_day.AddDays(-80), StandInAsync);
        yield return (s_day, () => ReviewAllAsync("review"));
        yield return (s_day.AddDays(2), CarryOutAsync);
        yield return (s_day.AddDays(6), AgreeAsync);
    }

    async Task StandInAsync()
    {
        var (secretariat, desk) = (years.Unit.Holders(Role.Secretariat), years.Slice<RegisterDesk>());
        var post = (await years.Slice<IRegister>().ReadAsync()).PostsOf(secretariat[1], years.Now).Single().Id;
        SampleYears.Expect(await desk.RunAsync(years.Unit.Holders(Role.Administrator)[0], RegisterAction.ProposePosting,
            facts => ProposePosting.Decide(facts, secretariat[0], new ProposePosting(post, "Stands in while the holder is on leave."), s_standIn), default));
        SampleYears.Expect(await desk.RunAsync(years.Unit.Holders(Role.Overseer)[0], RegisterAction.ApprovePosting, facts => ApprovePosting.Decide(facts, s_standIn), default));
    }

    async Task ReviewAllAsync(string round)
    {
        var (register, slice) = (await years.Slice<IRegister>().ReadAsync(), years.Slice<ReviewUnit>());
        foreach (var unit in register.Units.Keys.Where(u => u != years.Unit.Airport).Order())
        {
            if ((await FactsAsync(unit, default)).InForce.Count == 0) continue;
            var (begins, id) = (ReviewAccess.CommandersOf(unit, register, years.Now) is [var commander, ..] ? commander : years.Unit.Holders(Role.Integrity)[0], SampleUnit.Id($"{round}/{unit:D}"));
            SampleYears.Expect(await slice.BeginAsync(begins, unit, id, default));
            // Whoever opened it says all that they may, then the others what is left.
            foreach (var who in (IEnumerable<Guid>)[begins, .. years.Unit.Holders(Role.Integrity).Take(2), .. years.Unit.Holders(Role.Overseer)])
            {
                var facts = await FactsAsync(unit, who);
                var lines = facts.Left.Where(p => ReviewAccess.RefusesSay(p, facts) is null).Select(p => p.Id == s_standIn
                    ? new ReviewUnit.Line(p.Id, false, "The holder came back from leave seven weeks ago; nobody ended the stand-in.") : new(p.Id, true, null)).ToList();
                if (lines.Count > 0) SampleYears.Expect(await slice.SayAsync(who, unit, new(id, lines), default));
            }

            foreach (var who in (IEnumerable<Guid>)[.. years.Unit.Holders(Role.Integrity).Reverse(), .. years.Unit.Holders(Role.Overseer)])
            {
                var facts = await FactsAsync(unit, who);
                if (ReviewAccess.RefusesAnswer(facts) is not null) continue;
                SampleYears.Expect(await slice.AnswerAsync(who, unit, new(id, facts.Own.Version, true, null), default));
                break;
            }
        }
    }

    async Task CarryOutAsync() => SampleYears.Expect(await years.Slice<RegisterDesk>().RunAsync(
        years.Unit.Holders(Role.Integrity)[1], RegisterAction.EndPosting, facts => EndPosting.Decide(facts, s_standIn, "As the review of access says."), default));

    async Task AgreeAsync()
    {
        var person = years.Unit.Holders(Role.Secretariat)[0];
        SampleYears.Expect(await years.Slice<RegisterDesk>().RunAsync(years.Unit.Holders(Role.Overseer)[0], RegisterAction.AnswerPostingEnd,
            facts => AnswerPostingEnd.Decide(facts with { Look = Unprotected.Look(person) }, s_standIn, new(true, null)), default));
    }

    async Task<ReviewFacts> FactsAsync(Guid unit, Guid who)
    {
        var register = await years.Slice<IRegister>().ReadAsync();
        return new ReviewFacts(unit, await years.Slice<ReviewReader>().ReadAsync(unit, default), await years.Slice<IPolicies>().ReadAsync(), register, Actor.From(register, who, years.Now), years.Now);
    }
}
