using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Requiring;
using Probity.People.Vetting;

namespace Probity.Cli.Sample;

/// <summary>
/// The clearances of the sample: the seaport team, the store and two officers of the airport are marked as sensitive in its last days, and most of them are cleared by then. One clearance ends within 30 days,
/// one is due for review, the withdrawal of one is under way, one person reported a change, and one has handed in nothing yet.
/// </summary>
internal sealed class SampleVetting(SampleYears years)
{
    const int Ending = 5, InReview = 7, Withdrawing = 3, Changed = 2, Awaited = 13;

    IReadOnlyList<Guid> Team => years.Unit.Holders(Role.Officer, years.Unit.Seaport);
    IReadOnlyList<Guid> Keepers => years.Unit.Holders(Role.Custodian);
    Guid Checker => years.Unit.Holders(Role.Vetting)[0];
    Guid Decider => years.Unit.Holders(Role.Vetting)[1];

    /// <summary>The acts, each at its time.</summary>
    public IEnumerable<(DateTimeOffset At, Func<Task> Act)> Acts()
    {
        for (var i = 0; i < Team.Count; i++)
        {
            var (person, special) = (Team[i], i is Ending or InReview);
            if (i == Awaited) yield return (SamplePlan.End.AddDays(-8), () => InviteAsync(person, ClearanceLevel.Sensitive));
            // A special one holds for 36 months: it ends so many days after the sample's last.
            else yield return (special ? SamplePlan.End.AddMonths(-36).AddDays(i == Ending ? 20 : 110) : SamplePlan.Begin.AddDays(40 + 9 * i), () => ClearAsync(person, special ? ClearanceLevel.Special : ClearanceLevel.Sensitive));
        }

        foreach (var (at, keeper) in Keepers.Index()) yield return (SamplePlan.Begin.AddDays(200 + 5 * at), () => ClearAsync(keeper, ClearanceLevel.Sensitive));
        foreach (var (at, officer) in AirportOf(years.Unit).Index()) yield return (SamplePlan.Begin.AddDays(230 + 5 * at), () => ClearAsync(officer, ClearanceLevel.Sensitive));
        yield return (SamplePlan.End.AddDays(-7), MarkAsync);
        yield return (SamplePlan.End.AddDays(-5), WithdrawAsync);
        yield return (SamplePlan.End.AddDays(-2), ReportAsync);
    }

    /// <summary>The two officers of the airport team whose posts are marked.</summary>
    public static IReadOnlyList<Guid> AirportOf(SampleUnit unit) => [.. unit.Holders(Role.Officer, unit.Airport).Take(2)];

    static Guid Of(Guid person) => Clearance.StreamOf(person, 1).Value;

    async Task InviteAsync(Guid person, ClearanceLevel level) => SampleYears.Expect(await years.Slice<InviteForClearance>().HandleAsync(Checker, new(person, level), default));

    async Task ClearAsync(Guid person, ClearanceLevel level)
    {
        var today = DateOnly.FromDateTime(years.Now.UtcDateTime);
        await InviteAsync(person, level);
        SampleYears.Expect(await years.Slice<SubmitForm>().HandleAsync(person, new(Of(person), "I live in Puerto Sereno with my family. One loan for a car, paid each month. No proceedings."), null, default));
        SampleYears.Expect(await years.Slice<RecordChecks>().HandleAsync(Checker, new(Of(person), [.. Enum.GetValues<CheckKind>().Select(k => k == CheckKind.Polygraph
            ? new CheckDone(k, VettingResult.NotDone, null, "Not used in this agency.") : new CheckDone(k, VettingResult.Clear, today, null))]), null, default));
        SampleYears.Expect(await years.Slice<AssessClearance>().HandleAsync(Checker, new(Of(person), "Nothing speaks against the level that is asked for."), null, default));
        SampleYears.Expect(await years.Slice<DecideClearance>().HandleAsync(
            Decider, new(Of(person), ClearanceAnswer.Granted, [VettingGround.NothingFound], "Nothing was found that speaks against it.", null, [], null), null, default));
    }

    async Task MarkAsync()
    {
        var register = await years.Slice<IRegister>().ReadAsync();
        foreach (var post in Team.Concat(Keepers).Concat(AirportOf(years.Unit)).SelectMany(p => register.PostsOf(p, years.Now)))
        {
            SampleYears.Expect(await years.Slice<MarkPost>().HandleAsync(
                years.Unit.Holders(Role.Integrity)[0], new MarkPost.Proposal(post.Id, ClearanceLevel.Sensitive, "Handles containers or exhibits without anybody beside them."), default));
            SampleYears.Expect(await years.Slice<MarkPost>().HandleAsync(years.Unit.Holders(Role.Overseer)[0], new MarkPost.Answer(post.Id, true, null), default));
        }
    }

    async Task WithdrawAsync()
    {
        var id = Of(Team[Withdrawing]);
        SampleYears.Expect(await years.Slice<RecordChecks>().HandleAsync(Checker, new(id, [new CheckDone(
            CheckKind.Finances, VettingResult.Adverse, DateOnly.FromDateTime(years.Now.UtcDateTime), "A flat was paid in cash; the salary does not explain it.")]), null, default));
        SampleYears.Expect(await years.Slice<WithdrawClearance>().HandleAsync(
            Checker, new WithdrawClearance.Opening(id, "A flat was bought in your name and paid in cash. Please say where the money came from."), null, default));
    }

    async Task ReportAsync() => SampleYears.Expect(await years.Slice<ReportCircumstances>().HandleAsync(Team[Changed], new ReportCircumstances.Report(
        Of(Team[Changed]), SampleUnit.Id("circumstance/1"), CircumstanceKind.CoResident, DateOnly.FromDateTime(years.Now.UtcDateTime.AddDays(-6)), "My brother has moved in with me until he finds a flat."), null, default));
}
