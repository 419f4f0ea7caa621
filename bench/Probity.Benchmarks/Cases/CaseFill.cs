using System.Globalization;
using Probity.Access;
using Probity.Access.Contract;
using Probity.Benchmarks.Pages;
using Probity.Cases.Assigning;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Benchmarks.Cases;

/// <summary>
/// Cases as a large agency would have them: ten entries each, nine in ten closed, five years. Every handler has their share; the few whose
/// docket is measured have as many cases in every node.
/// </summary>
internal static class CaseFill
{
    /// <summary>Entries of one case.</summary>
    public const int EntriesEach = 10;

    /// <summary>The officers who share the cases.</summary>
    public const int Officers = 400;

    /// <summary>The officers whose docket is measured, and how many cases each of them has.</summary>
    public const int Measured = 10, CasesOfMeasured = 25;

    /// <summary>A word that so many cases hold in every node.</summary>
    public const string RareWord = "quilombola";

    /// <summary>A word that every third case holds.</summary>
    public const string CommonWord = "container";

    const int RareWords = 40;
    const int AtOnce = 100;

    static readonly DateTimeOffset s_begin = new(2021, 1, 4, 8, 0, 0, TimeSpan.Zero);
    static readonly string[] s_things = ["suitcase", "parcel", "rucksack", "pallet", "crate", "cool box", "spare tyre", "speedboat"];

    /// <summary>An id that is the same in every run.</summary>
    public static Guid Id(string what) => Streams.Derive(Guid.Empty, "bench/" + what);

    /// <summary>Who works the case of a place.</summary>
    public static Guid HandlerOf(int place, int cases)
    {
        var every = cases / (Measured * CasesOfMeasured);
        return place % every == 0 && place / every < Measured * CasesOfMeasured ? MeasuredOfficer(place / every % Measured) : Officer(place % Officers);
    }

    /// <summary>One of the officers who share the cases.</summary>
    public static Guid Officer(int number) => Id(string.Create(CultureInfo.InvariantCulture, $"officer/{number}"));

    /// <summary>One of those whose docket is measured.</summary>
    public static Guid MeasuredOfficer(int number) => Id(string.Create(CultureInfo.InvariantCulture, $"measured/{number}"));

    static Guid Unit => Id("unit");

    static Guid Agency => Id("agency");

    /// <summary>Who sees every case.</summary>
    public static Guid Overseer => Id("overseer");

    /// <summary>Who commands the unit of all cases.</summary>
    public static Guid Commander => Id("commander");

    /// <summary>A node with so many cases.</summary>
    public static Filling Of(int cases) => new(Plan(), (log, progress) => RunAsync(log, cases, Unit, place =>
    {
        if (place % 100_000 == 0 && place > 0) progress(place);
    }));

    static FoundingPlan Plan()
    {
        var people = Enumerable.Range(0, Officers).Select(Officer).Concat(Enumerable.Range(0, Measured).Select(MeasuredOfficer)).Select(p => (Id: p, Role: Role.Officer))
            .Append((Id: Overseer, Role: Role.Overseer)).Append((Id: Commander, Role: Role.Commander)).ToList();
        return new FoundingPlan(
            [new(Agency, null, "Agency", "AGE"), new(Unit, Agency, "Unit", "BEN")],
            [.. people.Select(p => new Post(Streams.Derive(p.Id, "post"), Unit, "Post", p.Role, null))],
            [.. people.Select((p, i) => new Person(p.Id, FormattableString.Invariant($"Person {i}")))],
            [.. people.Select(p => new FoundingPosting(Streams.Derive(p.Id, "posting"), p.Id, Streams.Derive(p.Id, "post"), "founding"))]);
    }

    static async Task RunAsync(TransparencyLog log, int cases, Guid unit, Action<int> progress)
    {
        var numbers = new Dictionary<int, int>();
        var chain = DrawChains.IdOf(new ActorId(log.Id), 1);
        var waiting = new Queue<Task>();
        for (var place = 0; place < cases; place += AtOnce)
        {
            var entries = Enumerable.Range(place, Math.Min(AtOnce, cases - place)).SelectMany(p => EntriesOf(p, cases, unit, chain, numbers)).ToArray();
            waiting.Enqueue(log.AppendAsync([], entries, CancellationToken.None).AsTask());
            // Three requests wait while one is written.
            if (waiting.Count > 3) await waiting.Dequeue();
            progress(place);
        }

        await Task.WhenAll(waiting);
    }

    static IEnumerable<NewEntry> EntriesOf(int place, int cases, Guid unit, Guid chain, Dictionary<int, int> numbers)
    {
        var opened = s_begin + (TimeSpan.FromDays(5 * 365) * ((double)place / cases));
        // Ids follow the time, as those do that the pages make.
        var (id, handler) = (Guid.CreateVersion7(opened), HandlerOf(place, cases));
        var (at, stream, by) = (opened, new StreamId(id), Officer((place + 7) % Officers));
        var number = numbers[opened.Year] = numbers.GetValueOrDefault(opened.Year) + 1;
        yield return BenchNode.Entry(stream, new CaseOpened(
            string.Create(CultureInfo.InvariantCulture, $"BEN-{opened.Year}-{number:D7}"), unit, place % 7 == 0 ? "060122" : "060121", SummaryOf(place, cases), [new Party(PartyRole.Subject, $"Passenger {place}", null)]), by, at);
        yield return BenchNode.Entry(new StreamId(Streams.Derive(unit, string.Create(CultureInfo.InvariantCulture, $"case numbers {opened.Year}"))), new NumberTaken(id), by, at);
        yield return BenchNode.Entry(stream, new AssignmentRequested(Seat.Handler, [handler], chain, (place % 1_000) + 1), by, at);
        yield return BenchNode.Entry(stream, new SeatDrawn(Seat.Handler, handler, new string('a', 64)), by, at += TimeSpan.FromMinutes(1));
        yield return BenchNode.Entry(stream, new StageEntered(Stage.Investigate), handler, at += TimeSpan.FromHours(3));
        foreach (var step in (Step[])[Step.SeizureRecorded, Step.ExhibitsWeighed, Step.ExhibitsStored, Step.ReportFiled])
            yield return BenchNode.Entry(stream, new StepRecorded(step, "As the procedure says."), handler, at += TimeSpan.FromHours(5));
        yield return place % 10 == 0
            ? BenchNode.Entry(stream, new StepRecorded(Step.InterviewHeld, "The traveller was heard."), handler, at += TimeSpan.FromDays(2))
            : BenchNode.Entry(stream, new CaseClosed(CaseOutcome.NoFurtherAction), Officer((place + 11) % Officers), at += TimeSpan.FromDays(9));
    }

    static string SummaryOf(int place, int cases)
    {
        var where = place % 3 == 0 ? CommonWord : s_things[place % s_things.Length];
        return place % (cases / RareWords) == 0 ? $"White powder in a {where} of {RareWord} cloth." : $"White powder in a {where}, seen on the screen.";
    }
}
