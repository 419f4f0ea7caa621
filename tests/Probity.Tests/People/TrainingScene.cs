using Probity.Access.Contract;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.People.Training;
using Probity.Policies.Contract;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.People;

/// <summary>A catalogue with one competence, one course and one post that asks for it, and ana's training folded from events.</summary>
internal static class TrainingScene
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly Today = new(2026, 3, 2);
    public static readonly Guid Container = AddCompetence.IdOf("CONTAINER"), OneCourse = Streams.Derive(Guid.Empty, "course"), AnasPost = Staff.Id("post of ana");

    public static Catalogue Known => Of(
        (new CompetenceAdded(Container, "CONTAINER", new("Inspecting containers", "Inspección", "Inspeção")), "ines"),
        (new CourseOffered(OneCourse, "Containers", "Customs school", null, Container, 2, 12), "ines"),
        (new CompetenceAsked(AnasPost, Container, 2, true, "Opens containers alone."), "ivo"), (new CompetenceAgreed(AnasPost, Container), "oscar"));

    public static Catalogue Of(params (IEvent Event, string By)[] events) => Fold(Catalogue.Initial, Catalogue.Stream, events);

    public static PersonTraining Trained(params (IEvent Event, string By)[] events) => Fold(PersonTraining.Initial, PersonTraining.StreamOf(Staff.Id("ana")), events);

    public static (IEvent, string) Judged(int level, DateTimeOffset until) => (new CompetenceAssessed(Staff.Id("ana"), Container, level, Today, until, "Opened ten beside me.", "default 0"), "chief");

    public static (IEvent, string) Passed(int level, DateTimeOffset until) =>
        (new CourseAttended(Guid.NewGuid(), Staff.Id("ana"), OneCourse, Container, level, Today, 40, 90, true, "CS-1", until, "default 0"), "ines");

    public static TrainingFacts Facts(string actor, string of = "ana", PersonTraining? training = null, Register? register = null)
    {
        var known = register ?? Staff.Agency().ToRegister();
        return new TrainingFacts(Staff.Id(of), training ?? PersonTraining.Initial, Known, Policy.Unchosen, Actor.From(known, Staff.Id(actor), Now), known, Now);
    }

    static T Fold<T>(T initial, StreamId stream, (IEvent Event, string By)[] events) where T : IState<T>
    {
        var (state, version) = (initial, 0L);
        foreach (var (happened, by) in events) state = state.Apply(new Recorded(happened, EventTypes.NameOf(happened.GetType()), version, stream, ++version, Now, null, new ActorId(Staff.Id(by))));
        return state;
    }
}
