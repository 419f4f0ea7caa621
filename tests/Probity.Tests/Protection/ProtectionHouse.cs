using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Protection.Approaches;
using Probity.Protection.Contract;
using Probity.Protection.Duty;
using Probity.Protection.Plans;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Protection;

/// <summary>The room without a store: what is decided is applied, and each asks as whoever they are at that moment.</summary>
internal sealed class ProtectionHouse
{
    public const string Reason = "As it was told in the office.";

    public static readonly DateTimeOffset Begin = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public Register Register { get; init; } = Staff.Agency().ToRegister();
    public DateTimeOffset Now { get; set; } = Begin;
    public DutyRoster Roster { get; private set; } = DutyRoster.Initial;
    public Approach Approach { get; private set; } = Approach.Initial;
    public ProtectionPlan Plan { get; private set; } = ProtectionPlan.Initial;
    public SealedPlace Place { get; private set; } = SealedPlace.Initial;
    public List<Filing> Filed { get; } = [];

    long _index;

    public static Guid Id(string name) => Staff.Id(name);

    public Actor Actor(string who) => Probity.Access.Contract.Actor.From(Register, Id(who), Now);

    public ApproachFacts As(string who) => new(Approach, Roster, Policy.Unchosen, Actor(who), Register, Now);

    public PlanFacts OfPlan(string who) => new(Plan, Policy.Unchosen, Actor(who), Register, Now);

    /// <summary>The code of a refusal, or the events, which have then happened.</summary>
    public string Take(string who, Decision decision)
    {
        if (decision is Decision.Refused refused) return refused.Refusal.Code;
        var filings = ((Decision.Accepted)decision).Filings;
        Filed.AddRange(filings);
        foreach (var filing in filings)
        {
            var recorded = new Recorded(filing.Event, EventTypes.NameOf(filing.Event.GetType()), _index++, filing.Stream, 1, Now, null, new ActorId(Id(who)));
            if (filing.Stream == DutyRoster.Stream) Roster = Roster.Apply(recorded);
            else if (filing.Event is PlaceSealed) Place = Place.Apply(recorded);
            else if (filing.Stream.Value == Id("approach")) Approach = Approach.Apply(recorded);
            else Plan = (filing.Event is PlanOpened ? ProtectionPlan.Initial : Plan).Apply(recorded);
        }

        return string.Join(",", filings.Select(f => f.Event.GetType().Name));
    }

    public string Record(string who, ApproachKind kind = ApproachKind.Threat, bool violent = false, string[]? people = null, string[]? units = null) => Take(who, RecordApproach.Decide(
        new(Id("approach"), kind, Now.AddHours(-1)) { ViolenceThreatened = violent, People = [.. (people ?? []).Select(Id)], Units = [.. (units ?? []).Select(Id)] }, Roster, Actor(who), Register, Policy.Unchosen, Now));

    public string OnDuty(string who, string asks = "ines", string agrees = "oscar", int days = 30)
    {
        Take(asks, ChangeRoster.Decide(new ChangeRoster.Propose(Id("turn of " + who), Id(who), "+507 555 0100", Now.AddMinutes(Roster.Turns.Count - 100), Now.AddDays(days)), Roster, Actor(asks), Register, Now));
        return Take(agrees, ChangeRoster.Decide(new ChangeRoster.Answer(Id("turn of " + who), true, null), Roster, Actor(agrees), Actor(asks)));
    }

    public string Do(string who, ApproachAction action, Func<ApproachFacts, Decision> decide) => Take(who, ApproachAccess.Refuses(action, As(who)) is { } refusal ? refusal : decide(As(who)));

    public string Acknowledge(string who) => Do(who, ApproachAction.Acknowledge, f => AnswerAlert.Decide(new(Id("approach")), f));

    public string Act(string who, string? words = Reason) => Do(who, ApproachAction.SayActed, f => AnswerAlert.DecideActing(new AnswerAlert.Acting(Id("approach"), words), f));

    public string AnswerNoting(string who, bool agrees = true, string? reason = Reason) => Do(who, ApproachAction.AnswerNoting, f => HandleApproach.Decide(new HandleApproach.Answer(Id("approach"), agrees, reason), f));

    public string Read(string who) => Do(who, ApproachAction.Read, f => HandleApproach.Decide(new HandleApproach.Reading(Id("approach")), f));

    public string Handle(string who, ApproachOutcome? outcome = ApproachOutcome.Referred, string? reason = Reason) =>
        Do(who, ApproachAction.Handle, f => HandleApproach.Decide(new HandleApproach.Command(Id("approach"), outcome, reason), f, Plan.IsActive));

    public string Open(string who, DangerLevel? level = DangerLevel.High, string? danger = "They know where the family lives.") =>
        Do(who, ApproachAction.OpenPlan, f => OpenPlan.Decide(new(Id("approach"), level, danger), f, !Plan.Exists ? f.Approach.PlanAt(1) : Plan.Closed is null ? null : f.Approach.PlanAt(2)));

    public string Work(string who, PlanAction action, Func<PlanFacts, Decision> decide) => Take(who, PlanAccess.Refuses(action, OfPlan(who)) is { } refusal ? refusal : decide(OfPlan(who)));

    public string Give(string who, string owner, string? reason = Reason) => Work(who, PlanAction.Give, f => GivePlan.Decide(new GivePlan.Command(f.Plan.Id, Id(owner), reason), f));

    public string AnswerGiving(string who, bool agrees = true, string? reason = Reason) => Work(who, PlanAction.AnswerGiving, f => GivePlan.Decide(new GivePlan.Answer(f.Plan.Id, agrees, reason), f));

    public string AnswerOwner(string who, bool agrees) => Work(who, PlanAction.AnswerOwner, f => GivePlan.Decide(new GivePlan.OwnerAnswer(f.Plan.Id, agrees, null), f));

    public string Seal(string who, string place = "With a cousin in another town") => Work(who, PlanAction.SealPlace, f => SealPlace.Decide(new(f.Plan.Id, place), f));

    public string AskClosing(string who) => Work(who, PlanAction.AskClosing, f => ClosePlan.Decide(new ClosePlan.Ask(f.Plan.Id, "The two men were convicted."), f));

    public string Hear(string who, bool agrees) => Work(who, PlanAction.Hear, f => ClosePlan.Decide(new ClosePlan.Hear(f.Plan.Id, agrees, "As I said to the owner."), f));

    public string Close(string who, bool closes = true, string? reason = Reason) => Work(who, PlanAction.Close, f => ClosePlan.Decide(new ClosePlan.Answer(f.Plan.Id, closes, reason), f));

    /// <summary>What somebody reads of where the protected person stays: null where they may not, and where it does not pass on to them.</summary>
    public string? PlaceFor(string who) => PlanAccess.Refuses(PlanAction.ReadPlace, OfPlan(who)) is null ? Place.For(Id(who), Plan).Words : null;

    public string Measure(string who, string name = "school", string owner = "igor", int days = 3) => Work(
        who, PlanAction.AddMeasure, f => WorkPlan.Decide(new WorkPlan.Measure(Plan.Id, Id(name), "A car takes the child to school.", Id(owner), Now.AddDays(days)), f));

    /// <summary>Violence against ana, with igor on duty, who has it in hand and opened a plan that is in force.</summary>
    public static ProtectionHouse WithPlan()
    {
        var house = new ProtectionHouse();
        house.OnDuty("igor");
        house.Record("ana", ApproachKind.Violence, people: ["ben"]);
        house.Acknowledge("igor");
        house.Open("igor");
        house.PutInForce("igor");
        return house;
    }

    public void PutInForce(string who)
    {
        Measure(who);
        Work(who, PlanAction.Activate, f => WorkPlan.Decide(new WorkPlan.Activate(Plan.Id), f));
    }
}
