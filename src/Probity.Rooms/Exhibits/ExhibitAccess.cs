using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits;

/// <summary>What can be done with an exhibit.</summary>
internal enum ExhibitAction { View, ReadStory, Seize, Weigh, Reseal, HandOver, Receive, Countersign, Photograph, Move, AnswerDiscrepancy, SettleDiscrepancy, Sample, Analyse, ReviewAnalysis, Destroy, WitnessDestruction, Return, Forfeit, MakeBundle, Withdraw }

/// <summary>What somebody is to an exhibit. Somebody can be several of these at once.</summary>
internal enum Tie
{
    /// <summary>Works its case.</summary>
    CaseWorker,

    /// <summary>Opened its case, and sees it for that.</summary>
    CaseOpener,

    /// <summary>Sees its case.</summary>
    CaseReader,

    /// <summary>Sees the court's part of its case.</summary>
    CourtReader,

    /// <summary>Has it, by what both have signed.</summary>
    Holder,

    /// <summary>Was named by its holder as who gets it.</summary>
    Addressee,

    /// <summary>Had it, and answers for that time.</summary>
    EarlierHolder,

    /// <summary>Was asked to countersign something done with it.</summary>
    Witness,

    /// <summary>Stands on the overseer's roster of deputies.</summary>
    Deputy,

    /// <summary>Works in the laboratory of whose analysis a review is awaited.</summary>
    Laboratory,

    /// <summary>Has reviewed an analysis of it, and answers for that.</summary>
    Reviewer,

    /// <summary>Was named as a witness of its destruction.</summary>
    DestructionWitness,

    /// <summary>Has its code in hand, and is somebody whose hands it can come to: whoever holds a thing can say so.</summary>
    Bearer,
}

/// <summary>Need-to-know and the decision guard of an exhibit, as one table. What stands in no line is denied.</summary>
internal static class ExhibitAccess
{
    static readonly Role[] Handlers = [Role.Officer, Role.Investigator, Role.Custodian, Role.Analyst, Role.Prosecutor];

    /// <summary>The code of what is there no longer.</summary>
    public const string Gone = "exhibits.gone";

    /// <summary>The code of what was given back and waits for the second signature.</summary>
    public const string BeingReturned = "exhibits.being-returned";

    // What cannot be done with a thing that is there no longer. What was signed without a line before that is still taken.
    static readonly ExhibitAction[] Touches =
    [
        ExhibitAction.Weigh, ExhibitAction.Reseal, ExhibitAction.Move, ExhibitAction.Sample, ExhibitAction.Analyse, ExhibitAction.Forfeit,
    ];

    // A tie that stands with any role is written with null.
    static readonly Dictionary<ExhibitAction, (Role? Role, Tie Tie)[]> Table = new()
    {
        [ExhibitAction.View] =
        [
            (null, Tie.CaseReader), (null, Tie.Holder), (null, Tie.Addressee), (null, Tie.EarlierHolder), (null, Tie.Witness), (null, Tie.Deputy),
            (Role.Analyst, Tie.Laboratory), (null, Tie.Reviewer), (null, Tie.DestructionWitness),
        ],

        // With what does not fit and its explanations: the court, who brings the case there, and who watches over both. Not the unit.
        [ExhibitAction.ReadStory] =
        [
            (Role.Judge, Tie.CourtReader), (Role.Registry, Tie.CourtReader), (Role.Prosecutor, Tie.CaseReader), (Role.Integrity, Tie.CaseReader),
            (Role.Overseer, Tie.CaseReader),
        ],

        // Who brings a case before the court, and the court itself: what they hand out is signed for.
        [ExhibitAction.MakeBundle] = [(Role.Prosecutor, Tie.CaseReader), (Role.Judge, Tie.CourtReader), (Role.Registry, Tie.CourtReader)],
        [ExhibitAction.Seize] = [(Role.Officer, Tie.CaseWorker), (Role.Investigator, Tie.CaseWorker), (Role.Officer, Tie.CaseOpener), (Role.Investigator, Tie.CaseOpener)],
        [ExhibitAction.Weigh] =
        [
            .. Handlers.Select(role => ((Role?)role, Tie.Holder)), (Role.Integrity, Tie.CaseReader), (Role.Overseer, Tie.CaseReader),
        ],
        [ExhibitAction.Reseal] = [.. Handlers.Select(role => ((Role?)role, Tie.Holder))],
        [ExhibitAction.Sample] = [.. Handlers.Select(role => ((Role?)role, Tie.Holder))],
        [ExhibitAction.Analyse] = [(Role.Analyst, Tie.Holder)],
        [ExhibitAction.ReviewAnalysis] = [(Role.Analyst, Tie.Laboratory)],
        [ExhibitAction.Destroy] = [(Role.Custodian, Tie.Holder)],
        [ExhibitAction.WitnessDestruction] = [(null, Tie.DestructionWitness)],
        [ExhibitAction.Return] = [(Role.Custodian, Tie.Holder)],
        [ExhibitAction.Forfeit] = [(Role.Custodian, Tie.Holder), (Role.Prosecutor, Tie.CaseReader)],
        [ExhibitAction.HandOver] = [(null, Tie.Holder), .. Handlers.Select(role => ((Role?)role, Tie.Bearer))],
        // Who signed alone, and for what stays a claim the integrity officer.
        [ExhibitAction.Withdraw] = [(null, Tie.Holder), .. Handlers.Select(role => ((Role?)role, Tie.Bearer)), (Role.Integrity, Tie.CaseReader)],
        [ExhibitAction.Receive] = [.. Handlers.Select(role => ((Role?)role, Tie.Bearer))],
        [ExhibitAction.Countersign] =
        [
            (null, Tie.Witness), (null, Tie.Deputy), (Role.Overseer, Tie.CaseReader), (Role.Integrity, Tie.CaseReader),
        ],
        [ExhibitAction.Photograph] = [(null, Tie.Holder), (Role.Officer, Tie.CaseWorker), (Role.Investigator, Tie.CaseWorker)],
        [ExhibitAction.Move] = [(Role.Custodian, Tie.Holder)],
        [ExhibitAction.AnswerDiscrepancy] = [(Role.Integrity, Tie.CaseReader)],
        [ExhibitAction.SettleDiscrepancy] = [(Role.Overseer, Tie.CaseReader)],
    };

    /// <summary>The refusal of this action to this person, or null where it is allowed.</summary>
    public static Refusal? Refuses(ExhibitAction action, ExhibitFacts facts)
    {
        // Who is a party to the case touches nothing in it; who has it in hand all the same may give it away, so that it gets out of their hands.
        if (facts.Standing.Bar is { } bar && action is not (ExhibitAction.View or ExhibitAction.ReadStory or ExhibitAction.HandOver or ExhibitAction.Withdraw)) return new Refusal(bar, WhoMay(action, facts));
        // Whoever had it once, and has become a party since, is not told who has it now.
        if (action == ExhibitAction.View && facts.Standing.Bar is { } since && !TiesOf(facts).Overlaps([Tie.CaseReader, Tie.Holder])) return new Refusal(since);
        if (!Allows(action, facts) && !StandsIn(action, facts)) return new Refusal(Bars.Role, WhoMay(action, facts));
        return Touches.Contains(action) ? LeftOf(facts.Exhibit) : null;
    }

    /// <summary>The refusal of anything done with what is out of its holder's hands, or null.</summary>
    public static Refusal? LeftOf(Exhibit exhibit) => exhibit.IsOver ? new Refusal(Gone) : exhibit.IsBeingReturned ? new Refusal(BeingReturned) : null;

    /// <summary>
    /// Whether what does not fit about a hand-over shows to this person: who reads the exhibit's story, unless they had a hand in it. It goes past the unit, so that
    /// nobody in it is warned.
    /// </summary>
    public static bool SeesFaults(ExhibitFacts facts, CustodyLink link) =>
        facts.Actor.Person != link.Out.From && facts.Actor.Person != link.In.To && Refuses(ExhibitAction.ReadStory, facts) is null;

    /// <summary>Whether a role of this person ever has exhibits in hand.</summary>
    public static bool IsHandler(Actor actor) => Handlers.Any(actor.Has);

    /// <summary>The roles that have exhibits in hand.</summary>
    public static IReadOnlyList<Role> HandlerRoles => Handlers;

    static bool Allows(ExhibitAction action, ExhibitFacts facts)
    {
        var ties = TiesOf(facts);
        return Table[action].Any(row => (row.Role is null || facts.Actor.Has(row.Role.Value)) && ties.Contains(row.Tie));
    }

    /// <summary>
    /// Whether the overseer answers what does not fit because nobody of the integrity office may: all of them are barred from the case, or had a hand in it. Whoever works
    /// a case could else keep it from being answered, by naming them all. What an overseer said the integrity office settles too, once one of it may again.
    /// </summary>
    static bool StandsIn(ExhibitAction action, ExhibitFacts facts) => facts.Standing.Sees && action switch
    {
        ExhibitAction.AnswerDiscrepancy => facts.Actor.Has(Role.Overseer) && FreeToAnswer(facts).Count == 0,
        ExhibitAction.SettleDiscrepancy => facts.Actor.Has(Role.Integrity) && facts.SaidBy is { } by && facts.Register.Holders(Role.Overseer, facts.Now).Contains(by),
        _ => false,
    };

    /// <summary>
    /// Whether an answer waits for a second person and there is none: all others who watch are barred from the case or had a hand in it. An overseer lets one of them back.
    /// </summary>
    public static bool HasNoSecond(ExhibitFacts facts) => facts.SaidBy is { } by
        && !facts.Register.Holders(Role.Overseer, facts.Now).Concat(facts.Register.Holders(Role.Overseer, facts.Now).Contains(by) ? facts.Register.Holders(Role.Integrity, facts.Now) : [])
            .Any(p => p != by && facts.Standing.Case.BarOf(p, facts.Register, facts.Now) is null && !facts.HadAHand.Contains(p));

    // Of the integrity office who is neither barred from the case nor had a hand in what does not fit.
    static IReadOnlyList<Guid> FreeToAnswer(ExhibitFacts facts) => [.. facts.Register.Holders(Role.Integrity, facts.Now)
        .Where(p => facts.Standing.Case.BarOf(p, facts.Register, facts.Now) is null && !facts.HadAHand.Contains(p))];

    /// <summary>All that somebody is to the exhibit.</summary>
    public static IReadOnlySet<Tie> TiesOf(ExhibitFacts facts)
    {
        var person = facts.Actor.Person;
        var ties = new HashSet<Tie>();
        if (facts.Standing.Works) ties.Add(Tie.CaseWorker);
        if (facts.Standing.OpenedIt) ties.Add(Tie.CaseOpener);
        if (facts.Standing.Sees) ties.Add(Tie.CaseReader);
        if (facts.Standing.SeesCourt) ties.Add(Tie.CourtReader);
        if (!facts.Exhibit.Exists) return ties;
        var chain = facts.Exhibit.Chain;
        if (chain.Holder == person) ties.Add(Tie.Holder);
        if (chain.Given.Any(r => r.To == person && (r.From == chain.Holder || chain.Had(r.From)))) ties.Add(Tie.Addressee);
        if (facts.Exhibit.Seizer == person || chain.Had(person)) ties.Add(Tie.EarlierHolder);
        if (facts.Exhibit.Acts.Values.Any(a => a.Witness == person)) ties.Add(Tie.Witness);
        if (facts.Deputies.Contains(person) && facts.Exhibit.Acts.Values.Any(a => a.Alone is not null)) ties.Add(Tie.Deputy);
        if (facts.Exhibit.Destruction?.Order.Witnesses.Contains(person) == true) ties.Add(Tie.DestructionWitness);
        if (facts.Exhibit.Analyses.Any(a => a.Reviewer == person)) ties.Add(Tie.Reviewer);
        if (facts.Exhibit.ToReview is { } analysis && analysis.Analyst != person && SharesUnit(facts, analysis.Analyst)) ties.Add(Tie.Laboratory);
        if (ties.Count > 0 || IsWithinReach(facts)) ties.Add(Tie.Bearer);
        return ties;
    }

    // Whose half may come first, before anybody on the record has named them: who handles exhibits in the agency of the unit that seized it, who keeps a
    // place of the store, and the laboratory, which works for all. Prosecutors and others come by the case, or because who has it gave it to them.
    static bool IsWithinReach(ExhibitFacts facts) =>
        facts.Actor.Posts.Any(p => Handlers.Contains(p.Role) && (p.Role == Role.Analyst || IsOfOneAgency(p.Unit, facts)))
        || facts.Store.Locations.Values.Any(l => l.Keyholders.Contains(facts.Actor.Person) || facts.Actor.Posts.Any(p => p.Role == Role.Custodian && p.Unit == l.Unit));

    static bool IsOfOneAgency(Guid unit, ExhibitFacts facts)
    {
        var top = facts.Exhibit.Unit;
        while (facts.Register.Units.GetValueOrDefault(top)?.Parent is { } above) top = above;
        return facts.Register.IsWithin(unit, top);
    }

    /// <summary>Whether who acts has a post in a unit in which another has one: a laboratory reviews its own.</summary>
    public static bool SharesUnit(ExhibitFacts facts, Guid other) =>
        facts.Register.PostsOf(other, facts.Now).Any(theirs => facts.Actor.Posts.Any(own => own.Unit == theirs.Unit));

    // Who has nothing but the code learns nothing more than that; so nobody else is named to them.
    static Reroute? WhoMay(ExhibitAction action, ExhibitFacts facts)
    {
        if (!facts.Standing.Sees && !(facts.Exhibit.Exists && TiesOf(facts).Overlaps([Tie.Holder, Tie.Addressee]))) return null;
        return action switch
        {
            ExhibitAction.Weigh or ExhibitAction.Reseal or ExhibitAction.Sample or ExhibitAction.Analyse or ExhibitAction.Destroy or ExhibitAction.Return or ExhibitAction.HandOver or ExhibitAction.Move when facts.Exhibit.Exists =>
                new Reroute(nameof(Tie.Holder), [facts.Exhibit.Chain.Holder]),
            ExhibitAction.Countersign when facts.Deputies.Count > 0 => new Reroute(nameof(Tie.Deputy), [.. facts.Deputies]),
            ExhibitAction.AnswerDiscrepancy when FreeToAnswer(facts) is { Count: > 0 } free => new Reroute(nameof(Role.Integrity), free),
            _ => new Reroute(nameof(Role.Overseer), facts.Register.Holders(Role.Overseer, facts.Now)),
        };
    }
}
