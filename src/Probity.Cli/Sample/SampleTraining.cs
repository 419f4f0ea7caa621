using Probity.Access.Contract;
using Probity.People.Training;

namespace Probity.Cli.Sample;

/// <summary>
/// What the seaport team and the keepers of the store have learned. By the sample's last days two people have marked their posts; one certificate ends within the month, one has ended
/// (of somebody who waits for a clearance too), some lack what is wanted, and one more post is asked for and waits for its commander.
/// </summary>
internal sealed class SampleTraining(SampleYears years)
{
    const int Ending = 4, Lapsed = 13, FailedFirst = 6;

    static readonly Guid s_container = AddCompetence.IdOf("CONTAINER"), s_evidence = AddCompetence.IdOf("EVIDENCE"), s_integrity = AddCompetence.IdOf("INTEGRITY"), s_firstAid = AddCompetence.IdOf("FIRSTAID");
    static readonly DateTimeOffset s_marked = SamplePlan.End.AddDays(-6);

    IReadOnlyList<Guid> Team => years.Unit.Holders(Role.Officer, years.Unit.Seaport);
    IReadOnlyList<Guid> Keepers => years.Unit.Holders(Role.Custodian);
    Guid Keeper => years.Unit.Holders(Role.Integrity)[1];

    /// <summary>The acts, each at its time.</summary>
    public IEnumerable<(DateTimeOffset At, Func<Task> Act)> Acts()
    {
        yield return (SamplePlan.End.AddDays(-420), StartAsync);
        foreach (var (i, person) in Team.Index())
        {
            // A certificate holds for 12 months from its day.
            var at = i switch { Ending => SamplePlan.End.AddMonths(-12).AddDays(28), Lapsed => SamplePlan.End.AddMonths(-12).AddDays(-9), _ => SamplePlan.End.AddDays(-300 + 12 * i) };
            var (before, after) = (38 + i * 7 % 23, 72 + i * 5 % 24);
            if (i == FailedFirst) yield return (at.AddDays(-30), () => AttendAsync(person, "containers", 31, 52));
            yield return (at, () => AttendAsync(person, "containers", before, after));
            yield return (at.AddDays(3), () => AttendAsync(person, "everyday", before + 15, Math.Min(100, after + 4)));
            if (i % 3 == 0) yield return (at.AddDays(9), () => AttendAsync(person, "first-aid", before + 5, after));
        }

        foreach (var (i, person) in Keepers.Index()) yield return (SamplePlan.End.AddDays(-250 + 20 * i), () => AttendAsync(person, "store", 50 + 3 * i, 80 + 4 * i));
        yield return (SamplePlan.End.AddDays(-60), JudgeAsync);
        yield return (s_marked, MarkAsync);
        yield return (SamplePlan.End.AddDays(-2), AskAsync);
    }

    static Guid Course(string name) => SampleUnit.Id("course/" + name);

    async Task StartAsync()
    {
        SampleYears.Expect(await years.Slice<AddCompetence>().StartAsync(Keeper, default));
        foreach (var (name, title, provider, link, competence, level, months) in ((string, string, string, string?, Guid, int, int)[])
        [
            ("containers", "Opening and closing a container", "Customs school of Ventoclaro", "https://school.ventoclaro.example/containers", s_container, 2, 12),
            ("containers-two", "Hidden spaces in containers", "Customs school of Ventoclaro", null, s_container, 3, 24),
            ("store", "From the scale to the store", "Exhibit store", null, s_evidence, 3, 24),
            ("everyday", "The code of conduct in everyday scenes", "Integrity office", "https://learning.ventoclaro.example/code", s_integrity, 2, 24),
            ("first-aid", "First aid and opioids", "Port clinic of Puerto Sereno", null, s_firstAid, 2, 36),
        ]) SampleYears.Expect(await years.Slice<OfferCourse>().HandleAsync(Keeper, new(Course(name), title, provider, link, competence, level, months), default));
    }

    async Task AttendAsync(Guid person, string course, int before, int after)
    {
        var day = DateOnly.FromDateTime(years.Now.UtcDateTime);
        var id = SampleUnit.Id($"attendance/{person}/{course}/{day:O}");
        SampleYears.Expect(await years.Slice<AttendCourse>().HandleAsync(Keeper, new(id, person, Course(course), day, before, after, after >= 70 ? $"V-{id.ToString("N")[..6].ToUpperInvariant()}" : null), default));
    }

    async Task JudgeAsync() => SampleYears.Expect(await years.Slice<AssessCompetence>().HandleAsync(
        years.Unit.Holders(Role.Commander, years.Unit.Seaport)[0],
        new(Team[0], AddCompetence.IdOf("INTERVIEW"), 3, DateOnly.FromDateTime(years.Now.UtcDateTime), "Led six interviews this year; the prosecutor used all of them."), default));

    async Task MarkAsync()
    {
        var register = await years.Slice<IRegister>().ReadAsync();
        foreach (var post in Team.SelectMany(p => register.PostsOf(p, years.Now)))
        {
            await MarkAsync(post.Id, s_container, 2, true, "Opens containers without anybody beside them.");
            await MarkAsync(post.Id, s_integrity, 2, true, "Is offered money sooner or later.");
            await MarkAsync(post.Id, s_firstAid, 2, false, "Fentanyl has been found among loads.");
        }

        foreach (var post in Keepers.SelectMany(p => register.PostsOf(p, years.Now))) await MarkAsync(post.Id, s_evidence, 3, true, "Weighs and seals what is proof in court.");
    }

    async Task MarkAsync(Guid post, Guid competence, int level, bool mandatory, string reason)
    {
        SampleYears.Expect(await years.Slice<AskOfPost>().HandleAsync(Keeper, new AskOfPost.Proposal(post, competence, level, mandatory, reason), default));
        SampleYears.Expect(await years.Slice<AskOfPost>().HandleAsync(years.Unit.Holders(Role.Overseer)[0], new AskOfPost.Answer(post, competence, true, null), default));
    }

    async Task AskAsync()
    {
        var register = await years.Slice<IRegister>().ReadAsync();
        var post = register.PostsOf(years.Unit.Holders(Role.Officer, years.Unit.Airport)[0], years.Now).First();
        SampleYears.Expect(await years.Slice<AskOfPost>().HandleAsync(
            Keeper, new AskOfPost.Proposal(post.Id, AddCompetence.IdOf("PASSENGER"), 2, false, "Selects passengers at the belt."), default));
    }
}
