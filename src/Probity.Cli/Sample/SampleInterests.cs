using Probity.Access.Contract;
using Probity.Conduct.Contract;
using Probity.Conduct.Interests;
using Probity.Conduct.Interests.Ties;

namespace Probity.Cli.Sample;

/// <summary>
/// What the sample's people declare to have outside: a share that is allowed with measures, a relative that waits, a commander's that waits for an overseer, and work outside whose last day is over. And an
/// integrity officer who is the cousin of the officer whose gift waits: it takes another one.
/// </summary>
internal sealed class SampleInterests(SampleYears years)
{
    /// <summary>How long before the sample's last day each act begins.</summary>
    public static readonly TimeSpan ShareBefore = TimeSpan.FromDays(80), WorkBefore = TimeSpan.FromDays(60), OthersBefore = TimeSpan.FromDays(2);

    Guid Integrity(int number) => years.Unit.Holders(Role.Integrity)[number];

    static Guid Key(string name) => SampleUnit.Id($"interest/{name}");

    /// <summary>A share that the head of the team advises on and integrity decides.</summary>
    public IEnumerable<(TimeSpan Wait, Func<Task> Act)> Share()
    {
        var who = years.Unit.Holders(Role.Officer, years.Unit.Seaport)[7];
        yield return (TimeSpan.Zero, () => DeclareAsync(who, new(Key("share"), InterestKind.Financial, "Navegante Muestra Lda", "A tenth of its shares, from an inheritance.")));
        yield return (TimeSpan.FromDays(2), async () => SampleYears.Expect(await years.Slice<DecideInterest>().HandleAsync(
            years.Unit.Holders(Role.Commander, years.Unit.Seaport)[0], new DecideInterest.Advice(who, 1, "The firm ships through the port every week. Keep the officer from its containers."), default) ?? throw Unseen()));
        yield return (TimeSpan.FromDays(3), async () => SampleYears.Expect(await years.Slice<DecideInterest>().HandleAsync(
            Integrity(1), new DecideInterest.Command(who, 1, InterestVerdict.Managed, [InterestMeasure.Divest, InterestMeasure.Recuse], "Until the share is sold, nothing of this firm."), default) ?? throw Unseen()));
    }

    /// <summary>Work outside that was allowed, and whose last day passes.</summary>
    public IEnumerable<(TimeSpan Wait, Func<Task> Act)> Work()
    {
        var who = years.Unit.Holders(Role.Custodian)[2];
        yield return (TimeSpan.Zero, async () => SampleYears.Expect(await years.Slice<DeclareInterest>().HandleAsync(
            who, new DeclareInterest.Work(Key("work"), "Escuela Ficticia de Vela", "Teaches children to sail on Saturdays.", 4, 120m, "USD", DateOnly.FromDateTime((SamplePlan.End - TimeSpan.FromDays(10)).UtcDateTime)), default)));
        yield return (TimeSpan.FromDays(6), async () => SampleYears.Expect(await years.Slice<DecideInterest>().HandleAsync(
            Integrity(1), new DecideInterest.Command(who, 1, InterestVerdict.Managed, [InterestMeasure.RearrangeDuties], "No duty on Saturdays until it ends."), default) ?? throw Unseen()));
    }

    /// <summary>What waits on the last day.</summary>
    public IEnumerable<(TimeSpan Wait, Func<Task> Act)> Others()
    {
        yield return (TimeSpan.Zero, () => DeclareAsync(
            years.Unit.Holders(Role.Officer, years.Unit.Airport)[5], new(Key("cousin"), InterestKind.Family, "Benigno Ejemplo Passageiro", "A cousin who flies in every month.")));
        yield return (TimeSpan.FromHours(1), () => DeclareAsync(
            years.Unit.Holders(Role.Commander, years.Unit.Seaport)[0], new(Key("port"), InterestKind.PostEmployment, "Estiba Puerto Sereno S.A.", "Worked for the port operator until 2019.")));
        yield return (TimeSpan.FromHours(1), async () => SampleYears.Expect(await years.Slice<DeclareTie>().HandleAsync(
            Integrity(2), new DeclareTie.Command(SampleUnit.Id("tie/cousins"), years.Unit.Holders(Role.Officer, years.Unit.Airport)[3], TieKind.Blood, 4), default)));
    }

    async Task DeclareAsync(Guid who, DeclareInterest.Command command) => SampleYears.Expect(await years.Slice<DeclareInterest>().HandleAsync(who, command, default));

    static InvalidOperationException Unseen() => new("The sample decides on an interest that its reader may not see.");
}
