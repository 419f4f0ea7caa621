using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Risk;

/// <summary>What can be done about an assessment and its risks.</summary>
internal enum RiskAction
{
    View, Prepare, Score, Consolidate, Challenge, Approve, NameOwner, NamePosts, AddControl, TestControl, Lower, AgreeToLower, PlanTreatment, ReportDone, Verify, AskAcceptance, AnswerAcceptance, RevokeAcceptance,
}

/// <summary>What somebody is to an assessment.</summary>
internal enum RiskRelation { OverUnit, Assessor, Concerned, Head, OutsideForHead, Outside }

/// <summary>
/// Need-to-know and the decision guard of an assessment, as one table. A commander stands in no line that lowers a rating. Everything that stands in no line is denied.
/// </summary>
internal static class RiskAccess
{
    // A role that stands alone is written with null, and so is a relation that is enough whatever the role.
    static readonly Dictionary<RiskAction, (Role? Role, RiskRelation? Relation)[]> Table = new()
    {
        [RiskAction.View] =
        [
            (Role.Integrity, null), (Role.Overseer, null), (Role.Investigator, null), (Role.Commander, RiskRelation.OverUnit), (null, RiskRelation.Assessor),
        ],
        [RiskAction.Prepare] = [(Role.Integrity, null)],
        [RiskAction.Score] = [(null, RiskRelation.Assessor)],
        [RiskAction.Consolidate] = [(Role.Integrity, null)],
        [RiskAction.Challenge] = [(Role.Overseer, RiskRelation.Outside)],
        [RiskAction.Approve] = [(Role.Commander, RiskRelation.Head), (Role.Overseer, RiskRelation.OutsideForHead)],
        [RiskAction.NameOwner] = [(Role.Integrity, null)],
        [RiskAction.NamePosts] = [(Role.Integrity, null)],
        [RiskAction.AddControl] = [(Role.Integrity, null), (Role.Commander, RiskRelation.OverUnit)],
        [RiskAction.TestControl] = [(Role.Integrity, null), (Role.Investigator, null)],
        [RiskAction.Lower] = [(Role.Integrity, null)],
        [RiskAction.AgreeToLower] = [(Role.Overseer, RiskRelation.Outside)],
        [RiskAction.PlanTreatment] = [(Role.Integrity, null), (Role.Commander, RiskRelation.OverUnit)],
        [RiskAction.ReportDone] = [(null, RiskRelation.Concerned)],
        [RiskAction.Verify] = [(Role.Integrity, null), (Role.Investigator, null)],
        [RiskAction.AskAcceptance] = [(Role.Integrity, null), (Role.Commander, RiskRelation.OverUnit)],
        [RiskAction.AnswerAcceptance] = [(Role.Overseer, RiskRelation.Outside)],
        [RiskAction.RevokeAcceptance] = [(Role.Overseer, RiskRelation.Outside)],
    };

    static readonly Role[] Scoring = [Role.Officer, Role.Commander, Role.Custodian, Role.Analyst, Role.Prosecutor, Role.Vetting, Role.Investigator];
    static readonly Role[] Answering = [Role.Officer, Role.Commander, Role.Custodian, Role.Analyst, Role.Vetting, Role.Integrity, Role.Investigator];

    /// <summary>The refusal of this action to this person, or null where it is allowed.</summary>
    /// <param name="action">What is being done.</param>
    /// <param name="facts">All that is known.</param>
    /// <param name="concerned">Whom it is about beside the unit: the owner of a control or treatment, or who asked.</param>
    public static Refusal? Refuses(RiskAction action, RiskFacts facts, Guid? concerned = null)
    {
        if (!Allows(action, facts, concerned)) return new Refusal(Bars.Role, WhoMay(action, facts, concerned));
        return Bar(action, facts, concerned) is { } bar ? new Refusal(bar, WhoMay(action, facts, concerned)) : null;
    }

    /// <summary>The refusal of one risk's page, or null: whoever answers for it, or for a control or treatment of it, sees that risk and not the assessment.</summary>
    public static Refusal? RefusesRisk(RiskFacts facts, string scenario) =>
        facts.Assessment.Risks.TryGetValue(scenario, out var risk) && risk.Owners.Contains(facts.Actor.Person) ? null : Refuses(RiskAction.View, facts);

    /// <summary>Whether this person may know of an assessment at all.</summary>
    public static bool MayKnow(RiskFacts facts) => facts.Assessment.Owners.Contains(facts.Actor.Person) || Refuses(RiskAction.View, facts) is null;

    /// <summary>Whether a role of this person has a part in assessments at all. Monitors see counts only.</summary>
    public static bool HasAnyRole(ClaimsPrincipal user) => Scoring.Concat([Role.Integrity, Role.Overseer]).Any(role => SignedInPerson.Has(user, role));

    /// <summary>Whether this person sees the assessments of every unit.</summary>
    public static bool SeesAll(Actor actor) => Table[RiskAction.View].Any(row => row is { Role: { } role, Relation: null } && actor.Has(role));

    /// <summary>Whether this person begins assessments.</summary>
    public static bool Begins(Actor actor) => Table[RiskAction.Prepare].Any(row => row.Role is { } role && actor.Has(role));

    /// <summary>Whether somebody may score a unit: who commands it answers for it, and who consolidates, challenges or watches does not score.</summary>
    public static bool MayScore(Guid person, Guid unit, Register register, DateTimeOffset now)
    {
        var actor = Actor.From(register, person, now);
        return actor.Roles.Any(Scoring.Contains) && !actor.Has(Role.Integrity) && !actor.Has(Role.Overseer) && !actor.Has(Role.Administrator) && !actor.Commands(unit, register);
    }

    /// <summary>Whether somebody may answer for a risk, a control or a treatment.</summary>
    public static bool MayOwn(Guid person, Register register, DateTimeOffset now) => Actor.From(register, person, now) is var actor && actor.Roles.Any(Answering.Contains) && !actor.Has(Role.Administrator);

    /// <summary>Whether somebody holds no post in a unit or below it.</summary>
    public static bool IsOutside(Actor actor, Guid unit, Register register) => !actor.Posts.Any(p => register.IsWithin(p.Unit, unit));

    /// <summary>The highest unit above this one that has a commander: whoever commands it is the head. The unit itself where nobody stands above it.</summary>
    public static Guid HeadUnit(Guid unit, Register register, DateTimeOffset now)
    {
        var head = unit;
        for (Guid? above = unit; above is { } id; above = register.Units.GetValueOrDefault(id)?.Parent)
        {
            if (register.Holders(Role.Commander, now, id).Any(p => Actor.From(register, p, now).Posts.Any(post => post.Role == Role.Commander && post.Unit == id))) head = id;
        }

        return head;
    }

    static bool Allows(RiskAction action, RiskFacts facts, Guid? concerned) => facts.Assessment.Exists
        && Table[action].Any(row => (row.Role is not { } role || facts.Actor.Has(role)) && (row.Relation is not { } relation || Is(relation, facts, concerned)));

    static bool Is(RiskRelation relation, RiskFacts facts, Guid? concerned)
    {
        var (assessment, _, actor, register, now) = facts;
        return relation switch
        {
            RiskRelation.OverUnit => actor.Commands(assessment.Unit, register),
            RiskRelation.Assessor => assessment.Assessors.Contains(actor.Person),
            RiskRelation.Concerned => concerned == actor.Person,
            RiskRelation.Outside => IsOutside(actor, assessment.Unit, register),
            RiskRelation.Head => HeadUnit(assessment.Unit, register, now) is var head && head != assessment.Unit && actor.Posts.Any(p => p.Role == Role.Commander && p.Unit == head),
            _ => HeadUnit(assessment.Unit, register, now) == assessment.Unit && IsOutside(actor, assessment.Unit, register),
        };
    }

    // Author, challenger and approver are three people; nobody tests, verifies or accepts what is theirs, or of their chain of command.
    static string? Bar(RiskAction action, RiskFacts facts, Guid? concerned)
    {
        var (assessment, _, actor, register, now) = facts;
        var person = actor.Person;
        return action switch
        {
            RiskAction.Consolidate or RiskAction.Challenge or RiskAction.Approve when assessment.Assessors.Contains(person) => Bars.EarlierRole,
            RiskAction.Challenge or RiskAction.Approve when assessment.ConsolidatedBy == person => Bars.EarlierRole,
            RiskAction.Approve when assessment.ChallengedBy == person => Bars.EarlierRole,
            RiskAction.TestControl or RiskAction.Lower or RiskAction.AgreeToLower or RiskAction.Verify or RiskAction.AnswerAcceptance when concerned is { } other => Recusal.Between(person, [other], register, now),
            _ => null,
        };
    }

    static Reroute? WhoMay(RiskAction action, RiskFacts facts, Guid? concerned)
    {
        if (!facts.Assessment.Exists) return null;
        foreach (var role in Table[action].Select(row => row.Role).OfType<Role>().Distinct())
        {
            var people = facts.Register.Holders(role, facts.Now).Where(p =>
            {
                var other = facts with { Actor = Actor.From(facts.Register, p, facts.Now) };
                return Allows(action, other, concerned) && Bar(action, other, concerned) is null;
            }).ToList();
            if (people.Count > 0) return new Reroute(role.ToString(), people);
        }

        return null;
    }
}
