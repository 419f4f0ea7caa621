using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Training;

/// <summary>What can be done about somebody's training.</summary>
internal enum TrainingAction
{
    /// <summary>See which levels they have, and until when.</summary>
    See,

    /// <summary>See the results of courses and what a judgement rests on.</summary>
    SeeResults,

    /// <summary>Judge how far they master a competence.</summary>
    Assess,

    /// <summary>Record that they attended a course.</summary>
    Attend,
}

/// <summary>What somebody is to the person.</summary>
internal enum TrainingRelation
{
    /// <summary>They command a post of the person's.</summary>
    Commands,

    /// <summary>Nobody of integrity may do it.</summary>
    NobodyOfIntegrity,
}

/// <summary>All that a decision on somebody's training may know.</summary>
internal sealed record TrainingFacts(Guid Person, PersonTraining Training, Catalogue Catalogue, Policy Policy, Actor Actor, Register Register, DateTimeOffset Now);

/// <summary>
/// Who has to do with training, as one table. Integrity keeps the catalogue and records courses; a commander or integrity judges, never themselves, who commands them, or their kin: what
/// nobody of integrity may, an overseer does. A commander sees levels and ends of those commanded, not results.
/// </summary>
internal static class TrainingAccess
{
    static readonly Dictionary<TrainingAction, (Role Role, TrainingRelation? Relation)[]> Table = new()
    {
        [TrainingAction.See] = [(Role.Commander, TrainingRelation.Commands), (Role.Integrity, null), (Role.Overseer, null)],
        [TrainingAction.SeeResults] = [(Role.Integrity, null), (Role.Overseer, null)],
        [TrainingAction.Assess] = [(Role.Commander, TrainingRelation.Commands), (Role.Integrity, null), (Role.Overseer, TrainingRelation.NobodyOfIntegrity)],
        [TrainingAction.Attend] = [(Role.Integrity, null), (Role.Overseer, TrainingRelation.NobodyOfIntegrity)],
    };

    static readonly TrainingAction[] s_own = [TrainingAction.See, TrainingAction.SeeResults];

    /// <summary>The refusal of this action to this person, or null where it is allowed.</summary>
    public static Refusal? Refuses(TrainingAction action, TrainingFacts facts)
    {
        var (actor, person, register, now) = (facts.Actor, facts.Person, facts.Register, facts.Now);
        // Of who is not there, or is erased, there is nothing.
        if (!register.People.TryGetValue(person, out var known) || known.IsErased) return new Refusal(Bars.Role);
        if (actor.Person == person && s_own.Contains(action)) return null;
        if (!Table[action].Any(row => actor.Has(row.Role) && Is(row.Relation, actor, person, register, now))) return new Refusal(Bars.Role, WhoMay(action, facts));
        return !s_own.Contains(action) && Bar(actor.Person, person, register, now) is { } bar ? new Refusal(bar, WhoMay(action, facts)) : null;
    }

    /// <summary>Whether this person keeps the competences and courses.</summary>
    public static bool Keeps(Actor actor) => actor.Has(Role.Integrity);

    /// <summary>The refusal to keep them.</summary>
    public static Refusal RefusesKeeping(Register register, DateTimeOffset now) => new(Bars.Role, new Reroute(nameof(Role.Integrity), register.Holders(Role.Integrity, now)));

    /// <summary>Whether the posts of a role can ask for competences. Who runs the machine, civil society and the court have none here.</summary>
    public static bool Trains(Role role) => role is not (Role.Administrator or Role.Monitor or Role.Secretariat or Role.Judge or Role.Registry);

    /// <summary>Whether the room is of any use to somebody signed in.</summary>
    public static bool Serves(ClaimsPrincipal user) => Enum.GetValues<Role>().Any(role => Trains(role) && SignedInPerson.Has(user, role));

    /// <summary>Whether they see the training of others: of all, or of those whom they command.</summary>
    public static bool Lists(ClaimsPrincipal user) => ListsAll(user) || SignedInPerson.Has(user, Role.Commander);

    /// <summary>Whether they see that of all.</summary>
    public static bool ListsAll(ClaimsPrincipal user) => Table[TrainingAction.See].Any(row => row.Relation is null && SignedInPerson.Has(user, row.Role));

    /// <summary>The same of an actor and a post.</summary>
    public static bool Lists(Actor actor, Post post, Register register) => Table[TrainingAction.See].Any(row => actor.Has(row.Role) && (row.Relation is null || actor.Commands(post.Unit, register)));

    static bool Is(TrainingRelation? relation, Actor actor, Guid person, Register register, DateTimeOffset now) => relation switch
    {
        null => true,
        TrainingRelation.Commands => register.PostsOf(person, now).Any(p => actor.Commands(p.Unit, register)),
        _ => Free(Role.Integrity, person, register, now).Count == 0,
    };

    // A superior may judge: that is what they are there for. Nobody judges themselves, who commands them, or who is kin of or tied to them, whoever commands whom.
    static string? Bar(Guid actor, Guid person, Register register, DateTimeOffset now) =>
        actor == person ? Bars.Self
        : Recusal.Between(actor, [person], register, now) == Bars.Subordinate || Recusal.Between(person, [actor], register, now) == Bars.Superior ? Bars.Subordinate
        : Recusal.Tied(actor, person, register);

    static IReadOnlyList<Guid> Free(Role role, Guid person, Register register, DateTimeOffset now) => [.. register.Holders(role, now).Where(p => Bar(p, person, register, now) is null)];

    static Reroute WhoMay(TrainingAction action, TrainingFacts facts)
    {
        var integrity = Free(Role.Integrity, facts.Person, facts.Register, facts.Now).Except([facts.Actor.Person]).ToList();
        return integrity.Count > 0 || !Table[action].Any(r => r.Role == Role.Overseer) ? new Reroute(nameof(Role.Integrity), integrity)
            : new Reroute(nameof(Role.Overseer), Free(Role.Overseer, facts.Person, facts.Register, facts.Now));
    }
}
