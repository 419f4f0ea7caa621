using System.Globalization;
using Probity.Access;
using Probity.Access.Contract;
using Probity.Benchmarks.Pages;
using Probity.Conduct.Contract;
using Probity.Conduct;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.People.Declaring;
using Probity.People.Requiring;
using Probity.People.Training;
using Probity.People.Vetting;
using Probity.Shared.Record;

namespace Probity.Benchmarks.People;

/// <summary>
/// The staff of a large agency over ten years: units of forty with a commander each; everybody cleared twice, with a declaration and an acknowledgement a year, three courses and a gift.
/// One post in ten asks for a clearance.
/// </summary>
internal static class PeopleFill
{
    /// <summary>How many people a unit has.</summary>
    public const int UnitSize = 40;

    const int Years = 10, AtOnce = 20, Watching = 4;

    static readonly DateTimeOffset s_begin = TimeProvider.System.GetUtcNow().AddYears(-Years);

    /// <summary>One of the people, counted from 0.</summary>
    public static Guid Person(int number) => Id("person", number);

    /// <summary>The commander of a unit.</summary>
    public static Guid Commander(int unit) => Id("commander", unit);

    /// <summary>Somebody of vetting, integrity or oversight.</summary>
    public static Guid Watcher(Role role, int number = 0) => Id(role.ToString(), number);

    static Guid Agency => Id("agency", 0);

    static Guid Course => Id("course", 0);

    static Guid Competence => Id("competence", 0);

    /// <summary>A node with so many people.</summary>
    public static Filling Of(int people) => new(Plan(), (log, progress) => RunAsync(log, people, progress));

    // Those who watch are there from the beginning.
    static FoundingPlan Plan()
    {
        var watchers = (from role in (Role[])[Role.Vetting, Role.Integrity, Role.Overseer, Role.Monitor] from n in Enumerable.Range(0, Watching) select (Id: Watcher(role, n), Role: role)).ToList();
        return new FoundingPlan(
            [new(Agency, null, "Agency", "AGE")],
            [.. watchers.Select(w => new Post(Streams.Derive(w.Id, "post"), Agency, w.Role.ToString(), w.Role, null))],
            [.. watchers.Select((w, i) => new Person(w.Id, FormattableString.Invariant($"Watcher {i}")))],
            [.. watchers.Select(w => new FoundingPosting(Streams.Derive(w.Id, "posting"), w.Id, Streams.Derive(w.Id, "post"), "founding"))]);
    }

    static async Task RunAsync(TransparencyLog log, int people, Action<int> progress)
    {
        await log.AppendAsync([], [.. House()], CancellationToken.None);
        var waiting = new Queue<Task>();
        for (var unit = 0; unit * UnitSize < people; unit++) await log.AppendAsync([], [.. UnitOf(unit)], CancellationToken.None);
        for (var first = 0; first < people; first += AtOnce)
        {
            var entries = Enumerable.Range(first, Math.Min(AtOnce, people - first)).SelectMany(EntriesOf).ToArray();
            waiting.Enqueue(log.AppendAsync([], entries, CancellationToken.None).AsTask());
            // Three requests wait while one is written.
            if (waiting.Count > 3) await waiting.Dequeue();
            if (first % 2_000 == 0 && first > 0) progress(first);
        }

        await Task.WhenAll(waiting);
    }

    static IEnumerable<NewEntry> House()
    {
        var (integrity, overseer) = (Watcher(Role.Integrity), Watcher(Role.Overseer));
        var words = Shared.Languages.All.ToDictionary(l => l.Code, _ => new ArticleWords("Article", "We take nothing from those whom we inspect."));
        var questions = Shared.Languages.All.ToDictionary(l => l.Code, _ => new QuestionWords("May you?", ["Yes", "No"], "The article says so."));
        yield return BenchNode.Entry(CodeOfConduct.Stream, new CodeProposed([new CodeArticle(1, [7], words)], [new CodeQuestion(1, 1, 2, questions)], "The first code"), integrity, s_begin);
        yield return BenchNode.Entry(CodeOfConduct.Stream, new CodePublished(1, 30, "P 1"), overseer, s_begin);
        yield return BenchNode.Entry(Catalogue.Stream, new CompetenceAdded(Competence, "weigh", new CompetenceName("Weighing", "Pesaje", "Pesagem")), integrity, s_begin);
        yield return BenchNode.Entry(Catalogue.Stream, new CourseOffered(Course, "Weighing", "Academy", null, Competence, 2, 36), integrity, s_begin);
    }

    static IEnumerable<NewEntry> UnitOf(int unit)
    {
        var (id, integrity, commander) = (Id("unit", unit), Watcher(Role.Integrity), Commander(unit));
        yield return BenchNode.Entry(Register.Stream, new UnitCreated(id, Agency, string.Create(CultureInfo.InvariantCulture, $"Unit {unit}"), string.Create(CultureInfo.InvariantCulture, $"U{unit:D4}")), integrity, s_begin);
        foreach (var entry in PostedOf(commander, $"Commander {unit}", id, Role.Commander, null, unit)) yield return entry;
    }

    // Registered, with a post of their own, by two people.
    static IEnumerable<NewEntry> PostedOf(Guid person, string name, Guid unit, Role role, Guid? above, int number)
    {
        var (post, posting, by, second) = (Streams.Derive(person, "post"), Streams.Derive(person, "posting"), Watcher(Role.Integrity, 0), Watcher(Role.Integrity, 1));
        var at = s_begin.AddMinutes(number % 1_000);
        yield return BenchNode.Entry(Register.Stream, new PersonRegistered(person, name), by, at, Compartments.OfPerson(person));
        yield return BenchNode.Entry(Register.Stream, new PostCreated(post, unit, $"{role} {number}", role, above), by, at);
        yield return BenchNode.Entry(Register.Stream, new PostingProposed(posting, person, post), by, at);
        yield return BenchNode.Entry(Register.Stream, new PostingApproved(posting), second, at);
        if (number % 10 != 0) yield break;
        yield return BenchNode.Entry(Requirements.Stream, new RequirementProposed(post, ClearanceLevel.Sensitive, "It releases containers"), by, at);
        yield return BenchNode.Entry(Requirements.Stream, new RequirementAgreed(post), second, at);
    }

    static IEnumerable<NewEntry> EntriesOf(int number)
    {
        var (person, unit, vetting, integrity) = (Person(number), number / UnitSize, Watcher(Role.Vetting), Watcher(Role.Integrity));
        var own = Compartments.OfPerson(person);
        foreach (var entry in PostedOf(person, NameOf(number), Id("unit", unit), Role.Officer, Streams.Derive(Commander(unit), "post"), number)) yield return entry;
        for (var n = 1; n <= 2; n++)
        {
            var (stream, at) = (Clearance.StreamOf(person, n), s_begin.AddDays((n == 1 ? 30 : 2_600) + (number % 300)));
            yield return BenchNode.Entry(stream, new ClearanceInvited(person, ClearanceLevel.Sensitive, n), vetting, at, own);
            yield return BenchNode.Entry(stream, new ClearanceSubmitted("Nothing has changed."), person, at.AddDays(3), own);
            yield return BenchNode.Entry(stream, new ChecksRecorded([new CheckDone(CheckKind.Identity, VettingResult.Clear, DateOnly.FromDateTime(at.UtcDateTime), null)]), vetting, at.AddDays(9), own);
            yield return BenchNode.Entry(stream, new ClearanceAssessed("Nothing speaks against it."), vetting, at.AddDays(10), own);
            yield return BenchNode.Entry(stream, new ClearanceGranted(at.AddDays(2_700), at.AddDays(2_520), [VettingGround.NothingFound], "All checks are clear.", null, [], "P 1"), Watcher(Role.Vetting, 1), at.AddDays(11), own);
        }

        for (var year = 0; year < Years; year++)
        {
            var at = s_begin.AddYears(year).AddDays(40 + (number % 300));
            var declared = Streams.Derive(person, FormattableString.Invariant($"declaration/{year}"));
            yield return BenchNode.Entry(Declarations.StreamOf(person), new DeclarationMade(
                declared, year == 0 ? DeclarationKind.Entry : DeclarationKind.Yearly, DateOnly.FromDateTime(at.UtcDateTime), "EUR",
                [new DeclaredLine(DeclaredKind.Income, "Salary", 14_000, null), new DeclaredLine(DeclaredKind.Spending, "Household", 12_000, null), new DeclaredLine(DeclaredKind.Account, "Bank", 2_000 * (year + 1), null)],
                null, (number + year) % 50 == 0, "P 1"), person, at, own);
            yield return BenchNode.Entry(Acknowledgements.StreamOf(person), new CodeAcknowledged(1, 100, "P 1", at.AddYears(1)), person, at, own);
        }

        for (var n = 0; n < 3; n++)
        {
            var at = s_begin.AddDays(100 + (1_100 * n) + (number % 200));
            yield return BenchNode.Entry(PersonTraining.StreamOf(person), new CourseAttended(
                Streams.Derive(person, FormattableString.Invariant($"attended/{n}")), person, Course, Competence, 2, DateOnly.FromDateTime(at.UtcDateTime), 40, 85, true, "C", at.AddMonths(36), "P 1"), integrity, at, own);
        }

        var gift = Streams.Derive(person, "gift");
        var day = s_begin.AddDays(700 + (number % 2_900));
        yield return BenchNode.Entry(new StreamId(gift), new GiftDeclared(
            Id("unit", unit), "An importer", "Imports what the unit inspects", "A bottle", 20, "EUR", GiftDirection.Offered, DateOnly.FromDateTime(day.UtcDateTime), GiftHandling.Refused, null, false, false, false, day.AddDays(14), "P 1"), person, day, own);
        yield return BenchNode.Entry(new StreamId(gift), new GiftReviewed(GiftMeasure.Declined, "It was refused at once."), integrity, day.AddDays(5), own);
    }

    static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{s_first[number % s_first.Length]} {s_last[number / s_first.Length % s_last.Length]} {number}");

    static readonly string[] s_first = ["Quilombo", "Palmares", "Inventada", "Exemplo", "Muestra", "Ficticia", "Amostra"], s_last = ["Nobody", "Ninguém", "Nadie", "Noone", "Anónima"];

    static Guid Id(string what, int number) => Streams.Derive(Guid.Empty, string.Create(CultureInfo.InvariantCulture, $"bench/people/{what}/{number}"));
}
