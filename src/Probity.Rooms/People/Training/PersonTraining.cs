using System.Collections.Immutable;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Training;

/// <summary>A level of a competence that somebody has until a moment: by a judgement, or by the certificate of a course.</summary>
internal sealed record Holding(Guid Competence, int Level, DateTimeOffset Until)
{
    /// <summary>The day of the judgement or of the course.</summary>
    public DateOnly On { get; init; }

    /// <summary>The course; null for a judgement.</summary>
    public Guid? Course { get; init; }

    /// <summary>Who judged, or recorded the course.</summary>
    public Guid By { get; init; }

    /// <summary>What a judgement rests on.</summary>
    public string? Note { get; init; }
}

/// <summary>A course that somebody attended.</summary>
internal sealed record Attendance(Guid Id, Guid Course, DateOnly On, int? Pre, int Post, bool IsPassed, string? Certificate, DateTimeOffset? Until, Guid By);

/// <summary>What somebody has learned: a stream of its own, erased with the person.</summary>
internal sealed record PersonTraining : IState<PersonTraining>
{
    public static PersonTraining Initial { get; } = new();

    /// <summary>The stream of a person's training.</summary>
    public static StreamId StreamOf(Guid person) => new(Streams.Derive(person, "training"));

    /// <summary>What counts: for each competence the newest judgement, and the certificates since.</summary>
    public ImmutableList<Holding> Held { get; init; } = [];

    /// <summary>All courses, as they were recorded.</summary>
    public ImmutableList<Attendance> Attended { get; init; } = [];

    public long Version { get; init; }

    public PersonTraining Apply(Recorded recorded) => Happen(recorded) with { Version = recorded.Version };

    PersonTraining Happen(Recorded recorded) => recorded.Event switch
    {
        CompetenceAssessed e => this with
        {
            Held = Held.RemoveAll(h => h.Competence == e.Competence).Add(new Holding(e.Competence, e.Level, e.Until) { On = e.On, By = recorded.Actor.Value, Note = e.Note }),
        },
        CourseAttended e => this with
        {
            Attended = Attended.Add(new Attendance(e.Attendance, e.Course, e.On, e.Pre, e.Post, e.IsPassed, e.Certificate, e.Until, recorded.Actor.Value)),
            Held = e.Until is { } until ? Held.Add(new Holding(e.Competence, e.Level, until) { On = e.On, Course = e.Course, By = recorded.Actor.Value }) : Held,
        },
        _ => this,
    };
}

/// <summary>How somebody stands to what a post asks for.</summary>
internal enum NeedState
{
    /// <summary>They have it, and no end is near.</summary>
    Held,

    /// <summary>They have it, and it ends within 30 days.</summary>
    Ending,

    /// <summary>They had it.</summary>
    Lapsed,

    /// <summary>They never had so much of it.</summary>
    Lacking,
}

/// <summary>What a post asks for, and how somebody stands to it at a moment.</summary>
/// <param name="Competence">The competence.</param>
/// <param name="Asked">The level asked for, and whether it is mandatory.</param>
/// <param name="Level">The level that they have.</param>
/// <param name="Until">Until when they have what is asked for, or had it.</param>
/// <param name="State">How it stands.</param>
internal sealed record Need(Guid Competence, AskedCompetence Asked, int Level, DateTimeOffset? Until, NeedState State)
{
    /// <summary>So many days before the end it is first said.</summary>
    public const int FirstWarning = 30;

    /// <summary>Whether new work waits for it.</summary>
    public bool Blocks => Asked.IsMandatory && State is (NeedState.Lapsed or NeedState.Lacking);

    /// <summary>Whether there is something to do about it.</summary>
    public bool IsGap => State != NeedState.Held;

    /// <summary>How somebody with these levels of it stands to what is asked of a competence.</summary>
    public static Need Of(Guid competence, AskedCompetence asked, IEnumerable<Holding> held, DateTimeOffset now)
    {
        var own = held.Where(h => h.Competence == competence).ToList();
        var level = own.Where(h => h.Until > now).Select(h => h.Level).DefaultIfEmpty(0).Max();
        DateTimeOffset? until = own.Where(h => h.Level >= asked.Level).Select(h => (DateTimeOffset?)h.Until).Max();
        var state = until is not { } end ? NeedState.Lacking : end <= now ? NeedState.Lapsed : end <= now.AddDays(FirstWarning) ? NeedState.Ending : NeedState.Held;
        return new Need(competence, asked, level, until, state);
    }

    /// <summary>How somebody stands to all that a post asks for; mandatory first.</summary>
    public static IReadOnlyList<Need> OfPost(Catalogue catalogue, Guid post, IReadOnlyCollection<Holding> held, DateTimeOffset now) =>
        [.. catalogue.Of(post).OrderByDescending(a => a.Value.IsMandatory).ThenBy(a => catalogue.Competences[a.Key].Code, StringComparer.Ordinal).Select(a => Of(a.Key, a.Value, held, now))];
}
