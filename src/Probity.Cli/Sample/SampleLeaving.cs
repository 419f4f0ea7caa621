using Probity.Access.Contract;
using Probity.Access.Leaving;

namespace Probity.Cli.Sample;

/// <summary>Two of the seaport's people leave: one retires two weeks after the sample's last day, agreed to; of the other it is asked.</summary>
internal sealed class SampleLeaving(SampleYears years)
{
    static readonly DateOnly s_retires = DateOnly.FromDateTime(SamplePlan.End.UtcDateTime).AddDays(14);

    /// <summary>The acts, each at its time.</summary>
    public IEnumerable<(DateTimeOffset At, Func<Task> Act)> Acts()
    {
        var (team, slice) = (years.Unit.Holders(Role.Officer, years.Unit.Seaport), years.Slice<Leave>());
        var (admin, integrity) = (years.Unit.Holders(Role.Administrator)[0], years.Unit.Holders(Role.Integrity)[1]);
        yield return (SamplePlan.End.AddDays(-7), async () => SampleYears.Expect(
            await slice.AskAsync(admin, team[^1], new(LeavingKind.Retired, s_retires, "Thirty years of service are over."), SampleUnit.Id("leaving/retired"), default)));
        yield return (SamplePlan.End.AddDays(-3), async () => SampleYears.Expect(await slice.AnswerAsync(integrity, team[^1], new(true, null), Unprotected.Look(team[^1]), default)));
        yield return (SamplePlan.End.AddDays(-1), async () => SampleYears.Expect(
            await slice.AskAsync(admin, team[^2], new(LeavingKind.Seconded, s_retires.AddDays(45), "Goes to the customs school for two years."), SampleUnit.Id("leaving/seconded"), default)));
    }
}
