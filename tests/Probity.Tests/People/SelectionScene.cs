using Probity.Access.Contract;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.People.Selecting;
using Probity.Policies.Contract;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.People;

/// <summary>
/// A competition for ana's post, folded from events as the record would have them: vera draws it up, ines freezes it, paula (in the chair), igor and olga score; ben, carla and somebody from
/// outside apply.
/// </summary>
internal static class SelectionScene
{
    public static readonly DateTimeOffset Now = ClearanceScene.Now;
    public static readonly Guid Id = Staff.Id("competition");
    public static readonly string Seed = new('a', 64);
    public const string Reason = ClearanceScene.Reason, Outsider = "Benigna Muestra Exterior";
    public static readonly IReadOnlyList<string> Panel = ["paula", "igor", "olga"];

    public static readonly CompetitionPlan Plan = new(
        "Officer", new TaskWords("Opens containers.", null, null), [Staff.Id("post of ana")], [new("Experience", 60), new("Judgement", 40)], 1, 1, new DateOnly(2026, 3, 9), new DateOnly(2026, 3, 22), [.. Panel.Select(Staff.Id)]);

    public static DateTimeOffset AtOpening => new(2026, 3, 9, 0, 0, 0, TimeSpan.Zero);
    public static DateTimeOffset AtClosing => new(2026, 3, 23, 0, 0, 0, TimeSpan.Zero);

    public static Staff Agency() => ClearanceScene.Agency().Post("ada", "court", Role.Analyst).Post("abel", "court", Role.Analyst).Post("otto", "ombudsman", Role.Overseer);

    public static Competitions Fold(params (IEvent Event, string By)[] events) => Fold(Now, events);

    public static Competitions Fold(DateTimeOffset at, params (IEvent Event, string By)[] events) => Competitions.Initial.Then(at, events);

    public static Competitions Then(this Competitions all, DateTimeOffset at, params (IEvent Event, string By)[] events)
    {
        foreach (var (happened, by) in events)
            all = all.Apply(new Recorded(happened, EventTypes.NameOf(happened.GetType()), all.Version, Competitions.Stream, all.Version + 1, at, null, new ActorId(Staff.Id(by))));
        return all;
    }

    public static SelectionFacts Facts(Competitions all, string actor, DateTimeOffset? at = null, Staff? staff = null, Guid? post = null, Guid? of = null, params (string Person, int Application)[] declared)
    {
        var (register, now, about) = ((staff ?? Agency()).ToRegister(), at ?? Now, all.All.GetValueOrDefault(of ?? Id));
        var interests = declared.ToDictionary(d => (Staff.Id(d.Person), d.Application), _ => Staff.Before);
        return new SelectionFacts(all, about?.Without(register), Policy.Unchosen, Actor.From(register, Staff.Id(actor), now), register, interests, now) { Post = post };
    }

    public static (IEvent, string) DrawUp => (new CompetitionDrawnUp(Id, "S-2026-001", Plan), "vera");
    public static (IEvent, string) Freeze => (new CompetitionFrozen(Id, new string('0', 64), "default 0"), "ines");

    public static (IEvent, string)[] Apply(int number, string person) =>
        [(new ApplicationNumbered(Id, number), person), (new ApplicationFiled(Id, number, ["Nine years.", "Would ask first."], person == Outsider ? null : Staff.Id(person), person == Outsider ? Outsider : null), person)];

    public static (IEvent, string) Score(int application, string by, int one, int two) => (new ApplicationScored(Id, application, [new(one, Reason), new(two, Reason)]), by);

    public static Competitions Drawn => Fold(DrawUp);
    public static Competitions Frozen => Fold(DrawUp, Freeze);
    public static Competitions Applied => Fold([DrawUp, Freeze, .. Apply(1, "ben"), .. Apply(2, "carla"), .. Apply(3, Outsider)]);
    static (IEvent, string)[] Scores => [.. from a in new[] { 1, 2, 3 } from m in Panel select Score(a, m, a + 1, 3)];
    public static (IEvent, string)[] Story => [DrawUp, Freeze, .. Apply(1, "ben"), .. Apply(2, "carla"), .. Apply(3, Outsider), .. Scores, (new ScoresOpened(Id, Seed), "olga")];

    /// <summary>Opened: application 3 leads with 4 and 3 points of everybody, then 2, then 1.</summary>
    public static Competitions Opened => Fold(Story);
    public static (IEvent, string) Propose(bool departs) => (new RankingProposed(Id, departs ? [1, 3, 2] : [3, 2, 1], departs, departs ? Reason : null), "paula");
    public static Competitions Proposed(bool departs) => Fold([.. Story, Propose(departs)]);
    public static Competitions Seconded => Fold([.. Story, Propose(true), (new RankingSeconded(Id), "igor")]);
    public static (IEvent, string)[] AdoptedStory(bool departs = false) =>
        [.. Story, Propose(departs), (new RankingSeconded(Id), "igor"), (new RankingAdopted(Id, AtClosing.AddDays(30), AtClosing.AddMonths(12), "default 0"), "igor")];
    public static Competitions Adopted => Fold(AdoptedStory());
    public static readonly Guid Appeal = Staff.Id("appeal");
    public static Competitions Appealed => Fold([.. AdoptedStory(), (new RankingAppealed(Id, Appeal, 1, Reason), "ben")]);
    public static Competitions Heard => Fold([.. AdoptedStory(), (new RankingAppealed(Id, Appeal, 1, Reason), "ben"), (new PanelNamed(Id, [Staff.Id("ada"), Staff.Id("abel"), Staff.Id("oscar")], Appeal), "otto")]);

    public static string? Refused(Decision decision) => (decision as Decision.Refused)?.Refusal.Code;

    public static IReadOnlyList<IEvent> Events(Decision decision) => [.. Assert.IsType<Decision.Accepted>(decision).Filings.Select(f => f.Event)];
}
