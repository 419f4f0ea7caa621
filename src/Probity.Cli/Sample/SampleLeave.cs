using Probity.Access.Contract;
using Probity.People.Leave;

namespace Probity.Cli.Sample;

/// <summary>Leave from sensitive posts: a keeper of the store goes on leave some days after the sample ends, and that of an officer of the seaport team waits for their commander.</summary>
internal sealed class SampleLeave(SampleYears years)
{
    /// <summary>The acts, each at its time; the posts are marked by then.</summary>
    public IEnumerable<(DateTimeOffset At, Func<Task> Act)> Acts()
    {
        var (keepers, team) = (years.Unit.Holders(Role.Custodian), years.Unit.Holders(Role.Officer, years.Unit.Seaport));
        yield return (SamplePlan.End.AddDays(-5), () => EnterAsync(1, keepers[1], keepers[2], 6, 21, agreed: true));
        yield return (SamplePlan.End.AddDays(-2), () => EnterAsync(2, team[9], team[10], 60, 73, agreed: false));
    }

    async Task EnterAsync(int number, Guid person, Guid standIn, int from, int to, bool agreed)
    {
        var (slice, id, day) = (years.Slice<TakeLeave>(), SampleUnit.Id($"leave/{number}"), LeavePeriod.DayOf(SamplePlan.End));
        SampleYears.Expect(await slice.HandleAsync(person, new TakeLeave.Entering(id, day.AddDays(from), day.AddDays(to), standIn), default));
        if (!agreed) return;
        var register = await years.Slice<IRegister>().ReadAsync();
        var commander = register.Holders(Role.Commander, years.Now).First(c => LeaveAccess.RefusesAnswer(Actor.From(register, c, years.Now), person, register, years.Now) is null);
        SampleYears.Expect(await slice.HandleAsync(commander, new TakeLeave.Answer(person, id, true, null), default));
    }
}
