using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Risk;
using Probity.Risk.Accepting;
using Probity.Risk.Approving;
using Probity.Risk.Beginning;
using Probity.Risk.Challenging;
using Probity.Risk.Consolidating;
using Probity.Risk.Contract;
using Probity.Risk.Controlling;
using Probity.Risk.Preparing;
using Probity.Risk.Scoring;
using Probity.Risk.Treating;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Risk;

/// <summary>An assessment of the narcotics unit without a store: guard and decision, and what was decided is applied.</summary>
internal sealed class RiskHouse
{
    public const string First = "airport.bag-let-through", Second = "airport.staff-door";
    public const string Why = "As the visit of the store in May showed.";

    public Staff Staff { get; } = Staff.Agency();
    public RiskAssessment State { get; private set; } = RiskAssessment.Initial;
    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    public Policy Policy { get; set; } = Policy.Unchosen;

    static readonly StreamId Stream = new(Id("assessment"));

    public static Guid Id(string name) => Staff.Id(name);

    public RiskFacts As(string who)
    {
        var register = Staff.ToRegister();
        return new(State, Policy, Actor.From(register, Id(who), Now), register, Now);
    }

    /// <summary>What it comes to: the code of a refusal, or the events, which have then happened.</summary>
    public string Do(string who, RiskAction action, Func<RiskFacts, Decision> decide, Guid? concerned = null)
    {
        var facts = As(who);
        return Take(who, RiskAccess.Refuses(action, facts, concerned) is { } refusal ? refusal : decide(facts));
    }

    string Take(string who, Decision decision)
    {
        if (decision is Decision.Refused refused) return refused.Refusal.Code;
        var filings = ((Decision.Accepted)decision).Filings.Where(f => f.Stream == Stream).ToList();
        foreach (var filing in filings)
            State = State.Apply(new Recorded(filing.Event, EventTypes.NameOf(filing.Event.GetType()), State.Version, Stream, State.Version + 1, Now, null, new ActorId(Id(who))));
        return string.Join(",", filings.Select(f => f.Event.GetType().Name));
    }

    public string Begin(string who = "ines", RiskAssessment? newest = null, params UnitFunction[] functions)
    {
        var facts = As(who);
        return Take(who, BeginAssessment.Decide(new(Stream.Value, Id("narcotics"), functions), UnitAssessments.Initial, newest ?? RiskAssessment.Initial, facts.Actor, facts.Register, Now));
    }

    public string Omit(string scenario, string? reason = Why) => Do("ines", RiskAction.Prepare, f => ChooseScenarios.Decide(new ChooseScenarios.Omission(Stream.Value, scenario, reason), f));

    public string Name(string who, string? reason, params string[] people) => Do(who, RiskAction.Prepare, f => NameAssessors.Decide(new(Stream.Value, [.. people.Select(Id)], reason), f));

    public string Score(string who, string scenario, Rating inherent, Rating current, Knowledge knowledge = Knowledge.Medium) =>
        Do(who, RiskAction.Score, f => ScoreScenario.Decide(new(Stream.Value, scenario, inherent, current, knowledge, null), f));

    public string Consolidate(string who, params ConsolidatedRating[] ratings) => Do(who, RiskAction.Consolidate, f => ConsolidateRatings.Decide(new(Stream.Value, ratings), f));

    public string Challenge(string who, bool agree = true, string? reason = null) => Do(who, RiskAction.Challenge, f => ChallengeRatings.Decide(new(Stream.Value, agree, reason), f));

    public string Approve(string who, bool approve = true, string? reason = null) => Do(who, RiskAction.Approve, f => ApproveAssessment.Decide(new(Stream.Value, approve, reason), f));

    public string AddControl(string who, string control = "control", string owner = "keeper", int days = 60) => Do(who, RiskAction.AddControl, f =>
        Probity.Risk.Controlling.AddControl.Decide(new Probity.Risk.Controlling.AddControl.Command(Stream.Value, Id(control), First, "Two people at the belt, drawn on the day.", Id(owner), Now.AddDays(days)), f));

    public string Test(string who, int? design = 3, int? operation = 2, int days = 90, string control = "control") =>
        Do(who, RiskAction.TestControl, f => TestControl.Decide(new(Stream.Value, Id(control), design, operation, Why, Now.AddDays(days)), f), State.Control(Id(control))?.Owner);

    public string Lower(string who, int likelihood = 2, int impact = 3, string control = "control") =>
        Do(who, RiskAction.Lower, f => LowerRisk.Decide(new LowerRisk.Command(Stream.Value, First, new(likelihood, impact), Id(control), Why), f), State.Control(Id(control))?.Owner);

    public string Agree(string who, bool agree = true, string? reason = null) =>
        Do(who, RiskAction.AgreeToLower, f => LowerRisk.Decide(new LowerRisk.Answer(Stream.Value, First, agree, reason), f), State.Risks[First].AskedToLower?.By);

    public string Plan(string who, int days = 30, string treatment = "treatment", string owner = "keeper") =>
        Do(who, RiskAction.PlanTreatment, f => TreatRisk.Decide(new TreatRisk.Plan(Stream.Value, Id(treatment), First, "Cameras at the second door.", Id(owner), Now.AddDays(days)), f));

    public string Report(string who, string treatment = "treatment") =>
        Do(who, RiskAction.ReportDone, f => TreatRisk.Decide(new TreatRisk.Report(Stream.Value, Id(treatment), "Photographs in the annex."), f), State.Treatment(Id(treatment))?.Owner);

    public string Verify(string who, bool done = true, string? reason = Why, string treatment = "treatment") =>
        Do(who, RiskAction.Verify, f => TreatRisk.Decide(new TreatRisk.Check(Stream.Value, Id(treatment), done, reason), f), State.Treatment(Id(treatment))?.Owner);

    public string Ask(string who, int days = 100, string scenario = First, string? reason = Why) => Do(who, RiskAction.AskAcceptance, f => AcceptRisk.Decide(new AcceptRisk.Request(Stream.Value, scenario, reason, Now.AddDays(days)), f));

    public string Answer(string who, bool accept = true, string? reason = Why) =>
        Do(who, RiskAction.AnswerAcceptance, f => AcceptRisk.Decide(new AcceptRisk.Answer(Stream.Value, First, accept, reason), f), State.Risks[First].Acceptance?.AskedBy);

    public string Revoke(string who, string? reason = Why) =>
        Do(who, RiskAction.RevokeAcceptance, f => AcceptRisk.Decide(new AcceptRisk.Revocation(Stream.Value, First, reason), f), State.Risks[First].Acceptance?.AskedBy);

    public RatedRisk Risk => State.Risks[First];

    public Residual Residual => Probity.Risk.Residual.Of(Risk, Now);

    /// <summary>An assessment that has come so far, of two scenarios.</summary>
    public static RiskHouse At(AssessmentStage stage, Rating? current = null)
    {
        var house = new RiskHouse();
        house.Begin("ines", null, UnitFunction.Airport);
        foreach (var scenario in house.State.Scenarios.Select(s => s.Key).Except([First, Second]).ToList()) house.Omit(scenario);
        if (stage >= AssessmentStage.Scoring) house.Name("ines", null, "ana", "ben", "pedro");
        if (stage >= AssessmentStage.Opened)
        {
            foreach (var who in (string[])["ana", "ben", "pedro"])
            {
                house.Score(who, First, new(4, 4), current ?? new(3, 4));
                house.Score(who, Second, new(2, 3), new(2, 2));
            }
        }

        if (stage >= AssessmentStage.Consolidated) house.Consolidate("ines", [.. house.State.Scenarios.Select(s => house.State.MedianOf(s.Key)!)]);
        if (stage >= AssessmentStage.Challenged) house.Challenge("oscar");
        if (stage >= AssessmentStage.Active) house.Approve("olga");
        Assert.Equal(stage, house.State.Stage);
        return house;
    }
}
