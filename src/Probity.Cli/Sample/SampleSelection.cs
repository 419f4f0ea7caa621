using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Selecting;

namespace Probity.Cli.Sample;

/// <summary>Two competitions of the sample: one for the deputy's post whose ranking was adopted, one for an officer's post that is being scored when the sample ends.</summary>
internal sealed class SampleSelection(SampleYears years)
{
    static readonly Guid s_closed = SampleUnit.Id("competition/deputy"), s_running = SampleUnit.Id("competition/officer");

    SampleUnit Unit => years.Unit;
    Guid Drawer => Unit.Holders(Role.Vetting)[0];
    IReadOnlyList<Guid> First => [Unit.Holders(Role.Prosecutor)[0], Unit.Holders(Role.Integrity)[2], Unit.Holders(Role.Analyst)[0]];
    IReadOnlyList<Guid> Second => [Unit.Holders(Role.Analyst)[1], Unit.Holders(Role.Integrity)[1], Unit.Holders(Role.Investigator)[0]];

    /// <summary>The acts, each at its time.</summary>
    public IEnumerable<(DateTimeOffset At, Func<Task> Act)> Acts()
    {
        yield return (Before(120), () => DrawUpAsync(s_closed, "Deputy commander", "Deputy commander", "Leads both teams when the commander is away and answers for the duty list.", 115, 101, First));
        yield return (Before(118), () => FreezeAsync(s_closed));
        yield return (Before(112), () => ApplyAsync(s_closed, Unit.Holders(Role.Officer, Unit.Airport)[2], null));
        yield return (Before(111), () => ApplyAsync(s_closed, Unit.Holders(Role.Officer, Unit.Seaport)[3], null));
        yield return (Before(108), () => ApplyAsync(s_closed, Unit.Holders(Role.Integrity)[1], "Benigna Madeup Exterior"));
        foreach (var (seat, member) in First.Index()) yield return (Before(98 - seat), () => ScoreAsync(s_closed, member, seat));
        yield return (Before(92), ExplainAsync);
        yield return (Before(91), async () => SampleYears.Expect(await years.Slice<AdoptRanking>().HandleAsync(First[0], new AdoptRanking.Asking(s_closed, [], null), default)));
        yield return (Before(90), async () => SampleYears.Expect(await years.Slice<AdoptRanking>().SecondAsync(First[1], new(s_closed, 1, true, null), default)));
        yield return (Before(30), () => DrawUpAsync(s_running, "Officer, airport 7", "Officer at the belt", "Selects passengers and opens luggage on the night duty.", 25, 5, Second));
        yield return (Before(28), () => FreezeAsync(s_running));
        yield return (Before(20), () => ApplyAsync(s_running, Unit.Holders(Role.Officer, Unit.Seaport)[5], null));
        yield return (Before(18), () => ApplyAsync(s_running, Unit.Holders(Role.Officer, Unit.Seaport)[8], null));
        yield return (Before(9), () => ApplyAsync(s_running, Unit.Holders(Role.Integrity)[2], "Horácio Ejemplo Exterior"));
        yield return (Before(2), () => ScoreAsync(s_running, Second[2], 2));
    }

    static DateTimeOffset Before(int days) => SamplePlan.End.AddDays(-days);

    static DateOnly DayBefore(int days) => DateOnly.FromDateTime(Before(days).UtcDateTime);

    async Task DrawUpAsync(Guid id, string post, string title, string task, int opens, int closes, IReadOnlyList<Guid> panel)
    {
        Criterion[] criteria = [new("Experience in the work", 40), new("Judgement in a made-up case", 40), new("Languages", 20)];
        var plan = new CompetitionPlan(title, new TaskWords(task, null, null), [SampleUnit.Id("post/" + post)], criteria, 1, 1, DayBefore(opens), DayBefore(closes), panel);
        SampleYears.Expect(await years.Slice<DrawUpCompetition>().HandleAsync(Drawer, new(id, plan), default));
    }

    async Task FreezeAsync(Guid id) => SampleYears.Expect(await years.Slice<FreezeCompetition>().HandleAsync(Unit.Holders(Role.Integrity)[0], id, 1, default));

    async Task ApplyAsync(Guid id, Guid by, string? name)
    {
        string[] answers = ["Nine years of night duty, four of them at the port.", "Would stop the belt and call the prosecutor before opening anything.", "Portuguese and Spanish every day, some English."];
        SampleYears.Expect(await years.Slice<ApplyForPost>().HandleAsync(by, new(id, answers, name, name is not null), default));
    }

    // The second criterion of the first application lies far apart, so that there is something to explain.
    async Task ScoreAsync(Guid id, Guid by, int seat)
    {
        for (var application = 1; application <= 3; application++)
        {
            var points = new[] { 2 + (application + seat) % 3, application == 1 ? 1 + 2 * seat : 3 + (application + seat) % 2, 5 - application };
            SampleYears.Expect(await years.Slice<ScoreApplication>().HandleAsync(
                by, new(id, application, [.. points.Select(p => new CriterionScore(p, p >= 3 ? "Says what was done and what came of it." : "Stays general where the task is not."))]), default));
        }
    }

    async Task ExplainAsync()
    {
        var facts = await years.Slice<SelectionDesk>().FactsAsync(First[1], s_closed, default);
        foreach (var (application, criterion) in facts.Competition!.Unexplained().ToList())
        {
            SampleYears.Expect(await years.Slice<AdoptRanking>().HandleAsync(
                First[1], new AdoptRanking.Explanation(s_closed, application, criterion, "One of us counts a written order as judgement, another the doubt before it. We leave both scores."), default));
        }
    }
}
