using System.Collections.Immutable;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Training;

/// <summary>Something that people learn and forget.</summary>
internal sealed record Competence(Guid Id, string Code, CompetenceName Name);

/// <summary>A course that gives a level of a competence to whoever passes it.</summary>
internal sealed record Course(Guid Id, string Title, string Provider, string? Link, Guid Competence, int Level, int Months, bool IsOffered);

/// <summary>What a post asks of a competence: mandatory, or wanted.</summary>
internal sealed record AskedCompetence(int Level, bool IsMandatory);

/// <summary>What is asked of a post and waits for a second person; without a level, that nothing be asked any more.</summary>
internal sealed record WaitingCompetence(int? Level, bool IsMandatory, string Reason, Guid By, DateTimeOffset At);

/// <summary>The competences, the courses, and what each post asks for. One stream for the agency.</summary>
internal sealed record Catalogue : IStreamState<Catalogue>
{
    /// <summary>The stream.</summary>
    public static StreamId Stream { get; } = new(new Guid("d1ec7084-0000-8000-8000-000000000010"));

    /// <summary>The highest level.</summary>
    public const int Highest = 4;

    public static Catalogue Initial { get; } = new();

    public ImmutableDictionary<Guid, Competence> Competences { get; init; } = ImmutableDictionary<Guid, Competence>.Empty;

    public ImmutableDictionary<Guid, Course> Courses { get; init; } = ImmutableDictionary<Guid, Course>.Empty;

    /// <summary>What posts ask for, by post and competence.</summary>
    public ImmutableDictionary<Guid, ImmutableDictionary<Guid, AskedCompetence>> Posts { get; init; } = ImmutableDictionary<Guid, ImmutableDictionary<Guid, AskedCompetence>>.Empty;

    /// <summary>What waits, by post and competence.</summary>
    public ImmutableDictionary<(Guid Post, Guid Competence), WaitingCompetence> Waiting { get; init; } = ImmutableDictionary<(Guid Post, Guid Competence), WaitingCompetence>.Empty;

    public long Version { get; init; }

    /// <summary>What a post asks of one competence, or null.</summary>
    public AskedCompetence? Of(Guid post, Guid competence) => Posts.TryGetValue(post, out var asked) && asked.TryGetValue(competence, out var one) ? one : null;

    /// <summary>Whether what waits would ask less of a post than now: a lower level, no longer mandatory, or nothing any more.</summary>
    public bool Lowers(Guid post, Guid competence) => Waiting.TryGetValue((post, competence), out var waiting) && Of(post, competence) is { } asked
        && (!(waiting.Level >= asked.Level) || (asked.IsMandatory && !waiting.IsMandatory));

    /// <summary>What a post asks for; nothing where it is not marked.</summary>
    public ImmutableDictionary<Guid, AskedCompetence> Of(Guid post) => Posts.GetValueOrDefault(post, ImmutableDictionary<Guid, AskedCompetence>.Empty);

    /// <summary>The course that closes a gap soonest: the lowest level that is enough, of those offered.</summary>
    public Course? Closing(Guid competence, int level) => Courses.Values.Where(c => c.IsOffered && c.Competence == competence && c.Level >= level).OrderBy(c => c.Level).ThenBy(c => c.Title, StringComparer.Ordinal).FirstOrDefault();

    public Catalogue Apply(Recorded recorded) => Happen(recorded) with { Version = recorded.Version };

    Catalogue Happen(Recorded recorded) => recorded.Event switch
    {
        CompetenceAdded e => this with { Competences = Competences.SetItem(e.Competence, new Competence(e.Competence, e.Code, e.Name)) },
        CourseOffered e => this with { Courses = Courses.SetItem(e.Course, new Course(e.Course, e.Title, e.Provider, e.Link, e.Competence, e.Level, e.Months, true)) },
        CourseWithdrawn e when Courses.TryGetValue(e.Course, out var course) => this with { Courses = Courses.SetItem(e.Course, course with { IsOffered = false }) },
        CompetenceAsked e => this with { Waiting = Waiting.SetItem((e.Post, e.Competence), new WaitingCompetence(e.Level, e.IsMandatory, e.Reason, recorded.Actor.Value, recorded.When)) },
        CompetenceAgreed e when Waiting.TryGetValue((e.Post, e.Competence), out var asked) => this with
        {
            Posts = asked.Level is { } level ? Posts.SetItem(e.Post, Of(e.Post).SetItem(e.Competence, new AskedCompetence(level, asked.IsMandatory))) : Without(e.Post, e.Competence),
            Waiting = Waiting.Remove((e.Post, e.Competence)),
        },
        CompetenceReturned e => this with { Waiting = Waiting.Remove((e.Post, e.Competence)) },
        _ => this,
    };

    ImmutableDictionary<Guid, ImmutableDictionary<Guid, AskedCompetence>> Without(Guid post, Guid competence) =>
        Of(post).Remove(competence) is { IsEmpty: false } left ? Posts.SetItem(post, left) : Posts.Remove(post);
}
