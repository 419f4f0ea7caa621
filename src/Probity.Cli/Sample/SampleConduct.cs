using Probity.Access.Contract;
using Probity.Conduct.Acknowledging;
using Probity.Conduct.Code;
using Probity.Conduct.Contract;
using Probity.Conduct.Gifts;
using Probity.Conduct.Publishing;

namespace Probity.Cli.Sample;

/// <summary>
/// The sample's code of conduct: published two months before its last day and acknowledged by everybody but one officer, who is overdue. And three gifts: one reviewed, one
/// that waits, and one of a commander for whose review the time is over.
/// </summary>
internal sealed class SampleConduct(SampleYears years)
{
    /// <summary>How long before the sample's last day the code is asked for.</summary>
    public static readonly TimeSpan Before = TimeSpan.FromDays(62);

    /// <summary>The gifts, by how long before the last day they are declared.</summary>
    public static readonly IReadOnlyList<TimeSpan> GiftsBefore = [TimeSpan.FromDays(50), TimeSpan.FromDays(3), TimeSpan.FromDays(20)];

    Guid Overdue => years.Unit.Holders(Role.Officer, years.Unit.Airport)[13];

    /// <summary>The code's acts, each with the time that passes before it.</summary>
    public IEnumerable<(TimeSpan Wait, Func<Task> Act)> Acts()
    {
        yield return (TimeSpan.Zero, async () => SampleYears.Expect(await years.Slice<PublishCode>().HandleAsync(
            years.Unit.Holders(Role.Integrity)[0], new PublishCode.Proposal([.. ModelCode.Articles.Select(a => new PublishCode.Typed(a.Number, a.Words))], "The model code, as the whole unit discussed it."), default)));
        yield return (TimeSpan.FromDays(2), async () => SampleYears.Expect(
            await years.Slice<PublishCode>().HandleAsync(years.Unit.Holders(Role.Overseer)[0], new PublishCode.Answer(true, null), default)));
        var people = Enum.GetValues<Role>().Where(CodeDuty.Binds).SelectMany(role => years.Unit.Holders(role)).Where(p => p != Overdue).ToList();
        foreach (var (person, number) in people.Select((person, number) => (person, number)))
            yield return (TimeSpan.FromHours(13), () => AcknowledgeAsync(person, wrong: number % 3));
    }

    async Task AcknowledgeAsync(Guid person, int wrong)
    {
        var answers = ModelCode.Questions.Select((q, i) => (q.Number, Answer: i < wrong ? q.Right % ModelCode.Answers + 1 : q.Right)).ToDictionary(a => a.Number, a => a.Answer);
        SampleYears.Expect((await years.Slice<AcknowledgeCode>().HandleAsync(person, new AcknowledgeCode.Quiz(1, answers), default)).Outcome);
        SampleYears.Expect(await years.Slice<AcknowledgeCode>().HandleAsync(person, new AcknowledgeCode.Command(1), default));
    }

    /// <summary>The acts of one gift.</summary>
    public IEnumerable<(TimeSpan Wait, Func<Task> Act)> GiftActs(int number)
    {
        var id = SampleUnit.Id($"gift/{number}");
        var (who, command) = number switch
        {
            0 => (years.Unit.Holders(Role.Officer, years.Unit.Seaport)[2], new DeclareGift.Command(
                id, "Navegante Muestra Lda", "Forwards containers that the team inspects.", "A fountain pen in a box", 90m, "USD", GiftDirection.Received, Today(2), GiftHandling.HandedIn, null, false)),
            1 => (years.Unit.Holders(Role.Officer, years.Unit.Airport)[3], new DeclareGift.Command(
                id, "A passenger, Benigno Ejemplo Passageiro", "Was being searched.", "Money in an envelope", 200m, "USD", GiftDirection.Offered, Today(0), GiftHandling.Refused, null, true)),
            _ => (years.Unit.Holders(Role.Commander, years.Unit.Seaport)[0], new DeclareGift.Command(
                id, "Port operator of Puerto Sereno", "Runs the terminal in which the team works.", "Dinner for two", 60m, "USD", GiftDirection.Received, Today(12), GiftHandling.Kept, null, false)),
        };
        yield return (TimeSpan.Zero, async () => SampleYears.Expect(await years.Slice<DeclareGift>().HandleAsync(who, command, default)));
        if (number == 0)
        {
            yield return (TimeSpan.FromDays(4), async () => SampleYears.Expect(await years.Slice<ReviewGift>().HandleAsync(
                years.Unit.Holders(Role.Integrity)[1], new ReviewGift.Command(id, GiftMeasure.Surrendered, "It goes to the raffle of the seamen's mission."), default)));
        }

        DateOnly Today(int daysBefore) => DateOnly.FromDateTime((SamplePlan.End - GiftsBefore[number]).UtcDateTime).AddDays(-daysBefore);
    }
}
