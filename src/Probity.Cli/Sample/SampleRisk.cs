using Probity.Access.Contract;
using Probity.Risk.Accepting;
using Probity.Risk.Approving;
using Probity.Risk.Beginning;
using Probity.Risk.Challenging;
using Probity.Risk.Consolidating;
using Probity.Risk.Contract;
using Probity.Risk.Controlling;
using Probity.Risk.Naming;
using Probity.Risk.Preparing;
using Probity.Risk.Scoring;
using Probity.Risk.Treating;
using Probity.Shared.Record;

namespace Probity.Cli.Sample;

/// <summary>
/// The sample's assessments of risks: that of the airport team is in force, with controls, a risk that an overseer accepted and a treatment that is overdue, and the posts that its high risks name;
/// that of the seaport team is being scored.
/// </summary>
internal sealed class SampleRisk(SampleYears years)
{
    public static readonly DateTimeOffset AirportBegins = SamplePlan.End.AddDays(-150).AddHours(3), SeaportBegins = SamplePlan.End.AddDays(-6).AddHours(4);

    // What each of the airport team's scenarios is rated at: without controls, and as it is.
    static readonly (string Scenario, Rating Inherent, Rating Current)[] Ratings =
    [
        ("airport.bag-let-through", new(4, 4), new(3, 4)), ("airport.courier-chosen-over", new(3, 4), new(2, 4)), ("airport.staff-door", new(5, 4), new(4, 3)), ("airport.roster-arranged", new(4, 3), new(3, 3)),
        ("intelligence.query-sold", new(3, 5), new(2, 5)), ("intelligence.report-held", new(2, 4), new(2, 3)), ("intelligence.profile-cleaned", new(2, 3), new(1, 3)), ("intelligence.source-revealed", new(3, 5), new(1, 5)),
    ];

    static readonly Guid Team = SampleUnit.Id("risk/airport"), Port = SampleUnit.Id("risk/seaport");
    static readonly Guid Belt = Named("two at the belt"), Doors = Named("passes read"), Queries = Named("queries read");

    Guid Integrity => years.Unit.Holders(Role.Integrity)[0];
    Guid Investigator => years.Unit.Holders(Role.Investigator)[0];
    Guid Overseer => years.Unit.Holders(Role.Overseer)[0];
    Guid Head => years.Unit.Holders(Role.Commander, years.Unit.Airport)[0];

    // Whoever commands the agency.
    Guid Director => years.Unit.Holders(Role.Commander)[0];
    IReadOnlyList<Guid> Officers => years.Unit.Holders(Role.Officer, years.Unit.Airport);
    IReadOnlyList<Guid> Vetted => SampleVetting.AirportOf(years.Unit);
    Guid[] Assessors => [Officers[1], Officers[7], years.Unit.Holders(Role.Vetting)[0]];
    Guid[] PortAssessors => [years.Unit.Holders(Role.Officer, years.Unit.Seaport)[1], years.Unit.Holders(Role.Officer, years.Unit.Seaport)[6], years.Unit.Holders(Role.Prosecutor)[1]];

    /// <summary>The airport team's, from its beginning to what is overdue today.</summary>
    public IEnumerable<(TimeSpan Wait, Func<Task> Act)> Airport()
    {
        yield return (TimeSpan.Zero, async () => Done(await years.Slice<BeginAssessment>().HandleAsync(Integrity, new(Team, years.Unit.Airport, [UnitFunction.Airport, UnitFunction.Intelligence]), default)));
        yield return (Days(1), async () => Done(await years.Slice<NameAssessors>().HandleAsync(Integrity, new(Team, Assessors, null), null, default)));
        for (var a = 0; a < Assessors.Length; a++)
        {
            var number = a;
            yield return (Days(2), () => ScoreAsync(Team, Assessors[number], number, Ratings));
        }

        yield return (Days(2), ConsolidateAsync);
        yield return (Days(3), async () => Done(await years.Slice<ChallengeRatings>().HandleAsync(Overseer, new(Team, true, null), null, default)));
        yield return (Days(4), async () => Done(await years.Slice<ApproveAssessment>().HandleAsync(Director, new(Team, true, null), null, default)));
        yield return (Days(1), ControlAsync);
        yield return (Days(14), TestAsync);
        yield return (Days(1), LowerAsync);
        yield return (Days(60), async () =>
        {
            Done(await years.Slice<TreatRisk>().HandleAsync(Officers[2], new TreatRisk.Report(Team, Named("door alarms"), "Alarms on both doors, list of tests in the annex of 3 September."), null, default));
            Done(await years.Slice<TreatRisk>().HandleAsync(Investigator, new TreatRisk.Check(Team, Named("door alarms"), true, null), null, default));
        });
        yield return (Days(48), NameAsync);
    }

    /// <summary>The seaport team's: one has scored everything, one a part, one nothing.</summary>
    public IEnumerable<(TimeSpan Wait, Func<Task> Act)> Seaport()
    {
        yield return (TimeSpan.Zero, async () => Done(await years.Slice<BeginAssessment>().HandleAsync(Integrity, new(Port, years.Unit.Seaport, [UnitFunction.Seaport]), default)));
        yield return (Days(1), async () => Done(await years.Slice<NameAssessors>().HandleAsync(Integrity, new(Port, PortAssessors, null), null, default)));
        (string, Rating, Rating)[] ratings =
        [
            ("seaport.release-code", new(4, 4), new(3, 4)), ("seaport.container-not-selected", new(4, 5), new(3, 5)), ("seaport.scan-read-away", new(3, 4), new(3, 3)), ("seaport.seal-replaced", new(3, 3), new(2, 3)),
        ];
        yield return (Days(1), () => ScoreAsync(Port, PortAssessors[0], 0, ratings));
        yield return (Days(2), () => ScoreAsync(Port, PortAssessors[1], 1, ratings[..2]));
    }

    // One scores as it is rated in the end, one a little lower and one higher.
    async Task ScoreAsync(Guid assessment, Guid assessor, int number, IEnumerable<(string Scenario, Rating Inherent, Rating Current)> ratings)
    {
        foreach (var (scenario, inherent, current) in ratings)
        {
            var moved = current with { Likelihood = Math.Clamp(current.Likelihood + (number == 1 ? 1 : number == 2 ? -1 : 0), 1, inherent.Likelihood) };
            Done(await years.Slice<ScoreScenario>().HandleAsync(assessor, new(assessment, scenario, inherent, moved, (Knowledge)((number + 1) % 3), null), default));
        }
    }

    // One rating is not the one in the middle, and says why.
    async Task ConsolidateAsync() => Done(await years.Slice<ConsolidateRatings>().HandleAsync(Integrity, new(Team, [.. Ratings.Select(r => new ConsolidatedRating(
        r.Scenario, r.Inherent, r.Scenario == "intelligence.report-held" ? new(2, 4) : r.Current, Knowledge.Medium,
        r.Scenario == "intelligence.report-held" ? "Two reports of last year were found unread after the container had left." : null))]), null, default));

    async Task ControlAsync()
    {
        foreach (var (scenario, _, _) in Ratings) Done(await years.Slice<AddControl>().HandleAsync(Integrity, new AddControl.Ownership(Team, scenario, Head), null, default));
        await ControlAsync(Belt, "airport.bag-let-through", "Two officers at each belt, drawn at the beginning of the shift.", Officers[3]);
        await ControlAsync(Doors, "airport.staff-door", "Passes are read at both doors for staff; five people a day are searched by lot.", Officers[4]);
        await ControlAsync(Queries, "intelligence.query-sold", "Each query names its case; the integrity office reads a sample every month.", Officers[5]);
        await PlanAsync(Named("belt cameras"), "airport.bag-let-through", "Cameras over the second belt, kept for 90 days.", Officers[3], 110);
        await PlanAsync(Named("door alarms"), "airport.staff-door", "Alarms on the two doors for staff.", Officers[2], 100);
        await PlanAsync(Named("shift draw"), "airport.roster-arranged", "Places of each shift drawn by the program on the day.", Head, 220);
    }

    async Task ControlAsync(Guid control, string scenario, string what, Guid owner) =>
        Done(await years.Slice<AddControl>().HandleAsync(Head, new AddControl.Command(Team, control, scenario, what, owner, years.Now.AddDays(60)), null, default));

    async Task PlanAsync(Guid treatment, string scenario, string what, Guid owner, int days) =>
        Done(await years.Slice<TreatRisk>().HandleAsync(Head, new TreatRisk.Plan(Team, treatment, scenario, what, owner, years.Now.AddDays(days)), null, default));

    async Task TestAsync()
    {
        Done(await years.Slice<TestControl>().HandleAsync(Investigator, new(Team, Belt, 3, 2, "Rosters of 20 shifts held against the cameras: one officer alone twice, both with a note.", years.Now.AddDays(180)), null, default));
        Done(await years.Slice<TestControl>().HandleAsync(Investigator, new(Team, Doors, 2, 2, "Passes of a week held against the doors' list; nine of ten searches carried out.", years.Now.AddDays(180)), null, default));
        Done(await years.Slice<TestControl>().HandleAsync(Investigator, new(Team, Queries, 2, 1, "A third of 60 queries named no case, and nobody had asked.", years.Now.AddDays(160)), null, default));
    }

    async Task LowerAsync()
    {
        Done(await years.Slice<LowerRisk>().HandleAsync(Integrity, new LowerRisk.Command(Team, "airport.bag-let-through", new(2, 4), Belt, "Nobody decides alone at the belt any more."), null, default));
        Done(await years.Slice<LowerRisk>().HandleAsync(Integrity, new LowerRisk.Command(Team, "airport.staff-door", new(2, 3), Doors, "Lent passes were found within the day, three times."), null, default));
        foreach (var scenario in (string[])["airport.bag-let-through", "airport.staff-door"]) Done(await years.Slice<LowerRisk>().HandleAsync(Overseer, new LowerRisk.Answer(Team, scenario, true, null), null, default));
        Done(await years.Slice<AcceptRisk>().HandleAsync(Head, new AcceptRisk.Request(
            Team, "intelligence.query-sold", "The database of the ministry can record the case of a query only after its renewal in spring.", years.Now.AddDays(240)), null, default));
        Done(await years.Slice<AcceptRisk>().HandleAsync(Overseer, new AcceptRisk.Answer(Team, "intelligence.query-sold", true, "Until the renewal, with the monthly sample doubled."), null, default));
    }

    // Of the posts that high risks name, that of the head of the team alone is not marked as sensitive.
    async Task NameAsync()
    {
        var register = await years.Slice<IRegister>().ReadAsync();
        foreach (var (scenario, people) in ((string, Guid[])[])
        [
            ("airport.bag-let-through", [.. Vetted]), ("airport.courier-chosen-over", [.. Vetted]), ("airport.staff-door", [Vetted[0]]), ("airport.roster-arranged", [Head]),
            ("intelligence.query-sold", [Vetted[1]]), ("intelligence.source-revealed", [Vetted[1]]),
        ])
            Done(await years.Slice<NamePosts>().HandleAsync(Integrity, new(Team, scenario, [.. people.SelectMany(p => register.PostsOf(p, years.Now)).Select(p => p.Id)], null), null, default));
    }

    static Guid Named(string what) => SampleUnit.Id("risk/airport/" + what);

    static TimeSpan Days(int days) => TimeSpan.FromDays(days);

    static void Done(Outcome? outcome) => SampleYears.Expect(outcome);
}
