using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Selecting;

/// <summary>What can be done about a competition.</summary>
internal enum SelectionAction { See, Ask, DrawUp, Freeze, Apply, ApplyForOutsider, AskReplacement, AnswerReplacement, Score, Open, Explain, Propose, Second, AgreeDeparture, Appeal, NamePanel, AnswerAppeal }

/// <summary>What somebody is to a competition.</summary>
internal enum SelectionRelation { Scorer, Member, Chair, OtherMember, Applicant, AppealMember, OverPost, Posted }

/// <summary>All that a decision on a competition may know.</summary>
/// <param name="All">Every competition.</param>
/// <param name="Competition">The one that it is about; null where there is none yet.</param>
/// <param name="Policy">The pack in force.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="Register">Who is who.</param>
/// <param name="Declared">Who declared an interest in the name of an applicant from outside, and since when.</param>
/// <param name="Now">The time.</param>
internal sealed record SelectionFacts(
    Competitions All, Competition? Competition, Policy Policy, Actor Actor, Register Register, IReadOnlyDictionary<(Guid Person, int Application), DateTimeOffset> Declared, DateTimeOffset Now)
{
    /// <summary>The post that an action is about where there is no competition yet.</summary>
    public Guid? Post { get; init; }

    /// <summary>The guard between somebody and an applicant: a code of <see cref="Bars"/>, or null.</summary>
    public string? Bar(Guid person, Application application) =>
        Declared.ContainsKey((person, application.Number)) ? Bars.Declared : application.Person is { } applicant ? Between(person, applicant) : null;

    // On the applicant's word alone, given since somebody knew that a competition comes, nobody is barred: an applicant could else choose who scores, or leave nobody who may.
    string? Between(Guid person, Guid applicant)
    {
        var bar = Recusal.Between(person, [applicant], Register, Now);
        return bar is Bars.Kin or Bars.Tie && !Ties(person, applicant).Any(t => Speaks(t, applicant)) ? null : bar;
    }

    IEnumerable<Tie> Ties(Guid person, Guid applicant) => Register.TiesOf(person).Where(t => t.Across(person) == applicant);

    bool Speaks(Tie tie, Guid applicant) => tie.By != applicant || tie.Confirmed || tie.Since < Competition!.Since;

    /// <summary>
    /// Whether somebody scores nothing in a competition any more: what bars them from one of its applications came after the last day. From that one alone, a tie that they declare would tell them
    /// whose number it is; so nobody is told which it is, neither they nor whoever arranges who comes instead.
    /// </summary>
    public bool IsOut(Competition competition, Guid person) => Now >= competition.ClosesAt && competition.ToScore.Any(a => Bar(person, a) is not null && !WasBarred(person, a, competition.ClosesAt));

    /// <summary>Those who score in it and are out.</summary>
    public IEnumerable<Guid> Out(Competition competition) => competition.Scorers.Where(s => IsOut(competition, s));

    /// <summary>Whether every application has a score from each seat, of somebody who is not barred from it.</summary>
    public bool AreAllIn(Competition competition) => competition.ToScore.Any() && !Out(competition).Any()
        && competition.ToScore.All(a => competition.ScorersOf(a.Number).All(s => competition.HasScored(a.Number, s) && Bar(s, a) is null));

    /// <summary>The applications that wait for somebody else to score them, with who cannot; without those who are out.</summary>
    public IEnumerable<(int Application, Guid Scorer)> Barred(Competition competition)
    {
        var isOut = Out(competition).ToHashSet();
        return competition.ToScore.SelectMany(a => competition.ScorersOf(a.Number).Where(s => !isOut.Contains(s) && Bar(s, a) is not null).Select(s => (a.Number, s)));
    }

    // A tie that the applicant declared, who knows their number, tells nothing that they could not tell; and puts nobody out of a panel.
    bool WasBarred(Guid person, Application application, DateTimeOffset at) => (Declared.TryGetValue((person, application.Number), out var since) && since < at)
        || (application.Person is { } applicant && (Ties(person, applicant).Any(t => Speaks(t, applicant) && (t.By == applicant || t.Since < at))
            || Recusal.Between(person, [applicant], Register, at) is Bars.Self or Bars.Superior or Bars.Subordinate));
}

/// <summary>
/// Who may what about competitions, as one table. A commander asks and decides nothing; an administrator has no line at all. Everything that stands in no line is denied, and nobody acts
/// who drew up, scores, applied or is near to those whom it is about, where the bars below say so.
/// </summary>
internal static class SelectionAccess
{
    /// <summary>The code where the ranking of another competition for one of its posts still holds: an overseer alone freezes it.</summary>
    public const string ListHolds = "people.selection-list-holds";

    /// <summary>The code where it is not the time for it yet, before anything is said of who is near to whom.</summary>
    public const string NotDue = "people.selection-not-due";

    static readonly Dictionary<SelectionAction, (Role? Role, SelectionRelation? Relation)[]> Table = new()
    {
        [SelectionAction.See] = [(Role.Integrity, null), (Role.Vetting, null), (Role.Overseer, null), (null, SelectionRelation.Scorer), (null, SelectionRelation.AppealMember)],
        [SelectionAction.Ask] = [(Role.Commander, SelectionRelation.OverPost)],
        [SelectionAction.DrawUp] = [(Role.Integrity, null), (Role.Vetting, null)],
        [SelectionAction.Freeze] = [(Role.Integrity, null), (Role.Vetting, null), (Role.Overseer, null)],
        [SelectionAction.Apply] = [(null, SelectionRelation.Posted)],
        [SelectionAction.ApplyForOutsider] = [(Role.Integrity, null), (Role.Vetting, null), (Role.Overseer, null)],
        [SelectionAction.AskReplacement] = [(null, SelectionRelation.Scorer), (Role.Integrity, null), (Role.Vetting, null), (Role.Overseer, null)],
        [SelectionAction.AnswerReplacement] = [(Role.Integrity, null), (Role.Vetting, null), (Role.Overseer, null)],
        [SelectionAction.Score] = [(null, SelectionRelation.Scorer)],
        [SelectionAction.Open] = [(null, SelectionRelation.Member), (Role.Integrity, null), (Role.Vetting, null)],
        [SelectionAction.Explain] = [(null, SelectionRelation.Member)],
        [SelectionAction.Propose] = [(null, SelectionRelation.Chair)],
        [SelectionAction.Second] = [(null, SelectionRelation.OtherMember)],
        [SelectionAction.AgreeDeparture] = [(Role.Overseer, null)],
        [SelectionAction.Appeal] = [(null, SelectionRelation.Applicant), (Role.Integrity, null), (Role.Vetting, null)],
        [SelectionAction.NamePanel] = [(Role.Overseer, null)],
        [SelectionAction.AnswerAppeal] = [(null, SelectionRelation.AppealMember)],
    };

    /// <summary>The refusal of this action to this person, or null where it is allowed.</summary>
    public static Refusal? Refuses(SelectionAction action, SelectionFacts facts)
    {
        if (Bar(action, facts) is not { } bar) return null;
        if (bar == NotDue) return new Refusal(bar);
        // Who is missing in a list of people would tell who applied, or is near to who did: it is told to those alone who read the names.
        var names = facts.Competition is not { FrozenBy: not null } competition || (competition.IsOpened && Bar(SelectionAction.See, facts) is null);
        foreach (var role in Table[action].Select(row => row.Role).OfType<Role>().Distinct())
        {
            var others = facts.Register.Holders(role, facts.Now).Where(p => p != facts.Actor.Person && (!names || Bar(action, facts with { Actor = Actor.From(facts.Register, p, facts.Now) }) is null)).ToList();
            if (others.Count > 0) return new Refusal(bar, new Reroute(role.ToString(), names ? others : []));
        }

        return new Refusal(bar);
    }

    /// <summary>Whether somebody signed in sees the course of every competition.</summary>
    public static bool SeesAll(ClaimsPrincipal user) => Table[SelectionAction.See].Any(row => row is { Role: { } role, Relation: null } && SignedInPerson.Has(user, role));

    /// <summary>Whether somebody has no post in the unit of a post, nor above or below it: or oversees.</summary>
    public static bool IsOutside(Guid person, Guid unit, Register register, DateTimeOffset now) => Actor.From(register, person, now) is var actor
        && (actor.Has(Role.Overseer) || actor.Posts.All(p => !register.IsWithin(p.Unit, unit) && !register.IsWithin(unit, p.Unit)));

    /// <summary>Whether somebody may sit in a panel at all: with a post, and not one that runs the machine or only watches figures.</summary>
    public static bool MaySit(Guid person, Register register, DateTimeOffset now) =>
        Actor.From(register, person, now) is { Posts.Length: > 0 } actor && !actor.Has(Role.Administrator) && !actor.Has(Role.Monitor) && !actor.Has(Role.Secretariat);

    static string? Bar(SelectionAction action, SelectionFacts facts)
    {
        if (!Table[action].Any(row => (row.Role is not { } role || facts.Actor.Has(role)) && (row.Relation is not { } relation || Is(relation, facts)))) return Bars.Role;
        if (facts.Competition is not { } competition) return null;
        var me = facts.Actor.Person;
        return action switch
        {
            // Whoever applied reads what an applicant reads, whatever else they hold.
            SelectionAction.See when competition.Of(me) is not null => Bars.Self,
            // Who drew it up, asked for it or scores in it does not freeze it.
            SelectionAction.Freeze when competition.Drew.Contains(me) || facts.All.AskersOf(competition).Contains(me) || competition.Panel.Contains(me) => Bars.EarlierRole,
            // Nor does who is kin or tied to them: a second pair of eyes is to see something else.
            SelectionAction.Freeze => facts.All.AskersOf(competition).Union(competition.Drew).Select(p => Recusal.Tied(me, p, facts.Register)).FirstOrDefault(bar => bar is not null)
                ?? (TakesOverseer(competition, facts) && !facts.Actor.Has(Role.Overseer) ? ListHolds : null),
            // Before the names are told, whether who acts is near to one of them is not either.
            SelectionAction.AgreeDeparture when !competition.IsOpened => NotDue,
            SelectionAction.NamePanel when competition.AdoptedAt is null && competition.AnewSince is null => NotDue,
            SelectionAction.Apply when competition.Drew.Contains(me) || competition.FrozenBy == me || competition.AskedBy.Contains(me) || competition.Sat.Contains(me) => Bars.EarlierRole,
            SelectionAction.ApplyForOutsider or SelectionAction.AgreeDeparture or SelectionAction.NamePanel when competition.Sat.Contains(me) => Bars.EarlierRole,
            SelectionAction.DrawUp or SelectionAction.ApplyForOutsider or SelectionAction.AnswerReplacement or SelectionAction.AgreeDeparture or SelectionAction.NamePanel
                when competition.Of(me) is not null => Bars.Self,
            SelectionAction.AskReplacement or SelectionAction.Open when competition.Of(me) is not null && !competition.Scores(me) => Bars.Self,
            SelectionAction.Second when competition.Proposal is { Departs: true } => Near(competition, facts),
            SelectionAction.AgreeDeparture or SelectionAction.NamePanel => Near(competition, facts),
            _ => null,
        };
    }

    /// <summary>
    /// What somebody is to one of the applicants, or null. A member who is near to one has not scored that one: the order of the scores is no choice of theirs, a departure from it is.
    /// </summary>
    public static string? Near(Competition competition, SelectionFacts facts) => competition.ToScore.Select(a => facts.Bar(facts.Actor.Person, a)).FirstOrDefault(b => b is not null);

    // Whoever was not chosen could else have the post filled by a second competition; where no overseer is left, others freeze it as they agree to postings.
    static bool TakesOverseer(Competition competition, SelectionFacts facts) => facts.Register.Holders(Role.Overseer, facts.Now).Count > 0
        && facts.All.All.Values.Any(c => c.Id != competition.Id && c.HoldsAt(facts.Now) && competition.Plan.Posts.Any(p => c.Covers(p, facts.Register)));

    /// <summary>Whether a commander asks that a post be filled: one below them, and not that of somebody above them in their own unit.</summary>
    public static bool AsksFor(Actor actor, Post post, Register register, DateTimeOffset now) => actor.Commands(post.Unit, register) && !actor.Posts.Any(own => register.ReportsTo(own.Id, post.Id))
        && register.PostingsOn(post.Id).Where(p => p.InForceAt(now)).All(p => Recusal.Between(actor.Person, [p.Person], register, now) != Bars.Subordinate);

    static bool Is(SelectionRelation relation, SelectionFacts facts)
    {
        var (competition, actor) = (facts.Competition, facts.Actor);
        // Whose access ended, or who left, holds no post: they act in no panel.
        return actor.Posts.Length > 0 && relation switch
        {
            SelectionRelation.Posted => true,
            SelectionRelation.OverPost => facts.Post is { } post && facts.Register.Posts.TryGetValue(post, out var known) && AsksFor(actor, known, facts.Register, facts.Now),
            SelectionRelation.Scorer => competition?.Scores(actor.Person) == true,
            SelectionRelation.Member => competition?.Acting.Contains(actor.Person) == true,
            SelectionRelation.Chair => competition?.Acting[0] == actor.Person,
            SelectionRelation.OtherMember => competition?.Acting.IndexOf(actor.Person) > 0,
            SelectionRelation.Applicant => competition?.Of(actor.Person) is not null,
            _ => competition?.Appeals.Any(a => a.Panel.Contains(actor.Person)) == true,
        };
    }
}
