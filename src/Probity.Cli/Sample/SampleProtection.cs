using Probity.Access.Contract;
using Probity.Protection.Approaches;
using Probity.Protection.Contract;
using Probity.Protection.Duty;
using Probity.Protection.Plans;
using Probity.Shared.Record;

namespace Probity.Cli.Sample;

/// <summary>
/// What the sample's officers were offered and threatened with over the three years, a roster of duty, and one act of violence with a plan that is in force: of its measures one is done and one
/// is to come.
/// </summary>
internal sealed class SampleProtection(SampleYears years)
{
    sealed record Told(int DaysBefore, int Officer, ApproachKind Kind, ApproachPlace Place, ApproachWay Way, ApproachWish Wish, ApproachAnswer Answer, decimal? Amount, string Words, int Handled);

    // Nothing of anybody real.
    static readonly Told[] s_told =
    [
        new(1_010, 2, ApproachKind.Offer, ApproachPlace.Airport, ApproachWay.InPerson, ApproachWish.LookAway, ApproachAnswer.Refused, 500m, "A handler asked me to take my break when his belt ran.", 4),
        new(870, 17, ApproachKind.Offer, ApproachPlace.Seaport, ApproachWay.Telephone, ApproachWish.Information, ApproachAnswer.Refused, 1_200m, "He wanted to know which containers were chosen for Friday.", 6),
        new(640, 5, ApproachKind.Threat, ApproachPlace.Home, ApproachWay.Message, ApproachWish.DropCase, ApproachAnswer.NothingSaid, null, "A photograph of my door, and the number of the case.", 1),
        new(520, 20, ApproachKind.Offer, ApproachPlace.Street, ApproachWay.Family, ApproachWish.LetThrough, ApproachAnswer.GainedTime, 9_000m, "My cousin was asked to bring me to a dinner.", 5),
        new(330, 8, ApproachKind.Offer, ApproachPlace.Airport, ApproachWay.InPerson, ApproachWish.LetThrough, ApproachAnswer.Refused, 3_000m, "A passenger left an envelope in the tray.", 3),
        new(300, 22, ApproachKind.Offer, ApproachPlace.Seaport, ApproachWay.Colleague, ApproachWish.Information, ApproachAnswer.Refused, 2_000m, "Somebody said that others are paid for the list.", 4),
        new(210, 18, ApproachKind.Threat, ApproachPlace.Seaport, ApproachWay.Telephone, ApproachWish.LookAway, ApproachAnswer.NothingSaid, null, "They said that they know my shift.", 2),
        new(150, 11, ApproachKind.Offer, ApproachPlace.Airport, ApproachWay.Telephone, ApproachWish.Information, ApproachAnswer.Refused, 800m, "The list of flights that are searched.", 5),
        new(95, 23, ApproachKind.Offer, ApproachPlace.Road, ApproachWay.InPerson, ApproachWish.Evidence, ApproachAnswer.Refused, 15_000m, "A lawyer's driver asked whether seals are ever read twice.", 6),
        new(38, 6, ApproachKind.Offer, ApproachPlace.Airport, ApproachWay.InPerson, ApproachWish.LetThrough, ApproachAnswer.Refused, 2_500m, "The same man as in spring.", 3),
        new(12, 21, ApproachKind.Threat, ApproachPlace.Street, ApproachWay.InPerson, ApproachWish.DropCase, ApproachAnswer.NothingSaid, null, "Two men waited at my car.", 0),
        new(1, 3, ApproachKind.Offer, ApproachPlace.Airport, ApproachWay.Message, ApproachWish.WorkForThem, ApproachAnswer.Refused, 4_000m, "A month's pay for each bag, he wrote.", 0),
    ];

    const int DutyBefore = 40, ViolenceBefore = 26, Attacked = 19;

    IReadOnlyList<Guid> Officers => years.Unit.Holders(Role.Officer);
    Guid Integrity => years.Unit.Holders(Role.Integrity)[1];
    Guid Overseer => years.Unit.Holders(Role.Overseer)[0];
    Guid OnDuty => years.Unit.Holders(Role.Investigator)[0];
    Guid Id => RecordApproach.IdOf(Officers[Attacked], SampleUnit.Id("approach/violence"));

    /// <summary>What happens, each with its moment.</summary>
    public IEnumerable<(DateTimeOffset At, Func<Task> Act)> Acts()
    {
        foreach (var told in s_told)
        {
            var at = SamplePlan.End.AddDays(-told.DaysBefore);
            var id = RecordApproach.IdOf(Officers[told.Officer], SampleUnit.Id($"approach/{told.DaysBefore}"));
            yield return (at, () => RecordAsync(Officers[told.Officer], id, told, at));
            if (told.Handled == 0) continue;
            yield return (at.AddDays(1), async () => SampleYears.Expect(await years.Slice<HandleApproach>().HandleAsync(Integrity, new HandleApproach.Reading(id), default)));
            yield return (at.AddDays(told.Handled + 1), async () => SampleYears.Expect(await years.Slice<HandleApproach>().HandleAsync(
                Integrity, new HandleApproach.Command(id, told.Kind == ApproachKind.Threat ? ApproachOutcome.Protected : ApproachOutcome.Referred, "Looked into with the officer; told to the investigators."), default)));
        }

        var duty = SamplePlan.End.AddDays(-DutyBefore);
        yield return (duty, () => RosterAsync(duty));
        var then = SamplePlan.End.AddDays(-ViolenceBefore);
        yield return (then, async () => SampleYears.Expect(await years.Slice<RecordApproach>().HandleAsync(Officers[Attacked], new(Id, ApproachKind.Violence, then.AddHours(-1))
        {
            Place = ApproachPlace.Home, Way = ApproachWay.InPerson, Wish = ApproachWish.DropCase, Answer = ApproachAnswer.NothingSaid, Told = "The windows of the house were broken at night, with the children inside.",
        }, default)));
        yield return (then.AddMinutes(20), async () => SampleYears.Expect(await years.Slice<AnswerAlert>().HandleAsync(OnDuty, new(Id), default)));
        yield return (then.AddMinutes(50), PlanAsync);
        yield return (then.AddDays(1), async () => SampleYears.Expect(await years.Slice<HandleApproach>().HandleAsync(Integrity, new HandleApproach.Reading(Id), default)));
        yield return (then.AddDays(2), async () => SampleYears.Expect(await years.Slice<WorkPlan>().HandleAsync(OnDuty, new WorkPlan.Done(Plan, SampleUnit.Id("measure/school")), default)));
    }

    Guid Plan => Streams.Derive(Id, "protection plan");

    async Task RecordAsync(Guid officer, Guid id, Told told, DateTimeOffset at) => SampleYears.Expect(await years.Slice<RecordApproach>().HandleAsync(officer, new(id, told.Kind, at.AddHours(-2))
    {
        Place = told.Place, Way = told.Way, Wish = told.Wish, Answer = told.Answer, Amount = told.Amount, Currency = told.Amount is null ? null : "USD", Told = told.Words,
    }, default));

    async Task RosterAsync(DateTimeOffset at)
    {
        var (roster, second) = (years.Slice<ChangeRoster>(), years.Unit.Holders(Role.Investigator)[1]);
        foreach (var (person, number) in new[] { (OnDuty, "+000 555 0101"), (second, "+000 555 0102") })
        {
            var turn = SampleUnit.Id($"duty/{person:D}");
            SampleYears.Expect(await roster.HandleAsync(Integrity, new ChangeRoster.Propose(turn, person, number, at.AddMinutes(number[^1] - '0'), at.AddDays(ChangeRoster.LongestDays)), default));
            SampleYears.Expect(await roster.HandleAsync(Overseer, new ChangeRoster.Answer(turn, true, null), default));
        }

        SampleYears.Expect(await roster.HandleAsync(Overseer, new ChangeRoster.Emergency(SampleUnit.Id("duty/emergency"), "000"), default));
        SampleYears.Expect(await roster.HandleAsync(Integrity, new ChangeRoster.Answer(SampleUnit.Id("duty/emergency"), true, null), default));
    }

    async Task PlanAsync()
    {
        var (work, now) = (years.Slice<WorkPlan>(), years.Now);
        SampleYears.Expect(await years.Slice<OpenPlan>().HandleAsync(OnDuty, new(Id, DangerLevel.High, "They know the house and came at night; the case is before the court."), default));
        SampleYears.Expect(await work.HandleAsync(OnDuty, new WorkPlan.Cover(Plan, SampleUnit.Id("covered/1"), CoveredRelation.Partner, "Marisol"), default));
        SampleYears.Expect(await work.HandleAsync(OnDuty, new WorkPlan.Cover(Plan, SampleUnit.Id("covered/2"), CoveredRelation.Child, "Tito"), default));
        SampleYears.Expect(await work.HandleAsync(OnDuty, new WorkPlan.Measure(Plan, SampleUnit.Id("measure/school"), "A car takes the children to school and back.", OnDuty, now.AddDays(3)), default));
        SampleYears.Expect(await work.HandleAsync(OnDuty, new WorkPlan.Measure(Plan, SampleUnit.Id("measure/windows"), "New windows and a camera at the door.", Integrity, now.AddDays(ViolenceBefore + 10)), default));
        SampleYears.Expect(await work.HandleAsync(OnDuty, new WorkPlan.Activate(Plan), default));
        SampleYears.Expect(await years.Slice<SealPlace>().HandleAsync(OnDuty, new(Plan, "With relatives, as agreed by word of mouth."), default));
    }
}
