using Probity.Protection.Contract;
using Probity.Shared.Record;

namespace Probity.Protection.Plans;

/// <summary>What the owner of a plan does with it: who of the family is covered, what is to be done by whom, that it is in force, and that it was reviewed.</summary>
internal sealed class WorkPlan(PlanDesk desk)
{
    public const string Over = "protection.plan-closed";
    public const string NameMissing = "protection.first-name-missing";
    public const string RelationMissing = "protection.relation-missing";
    public const string OwnerUnfit = "protection.owner-unfit";
    public const string DayWrong = "protection.day-wrong";
    public const string NoMeasure = "protection.no-measure";
    public const string ActiveAlready = "protection.active-already";
    public const string NotActive = "protection.not-active";
    public const string MeasureUnknown = "protection.measure-unknown";
    public const string TooMany = "protection.plan-too-many";

    const int Most = 100, MostYears = 3, LongestName = 60;

    internal sealed record Cover(Guid Plan, Guid Covered, CoveredRelation? Relation, string? FirstName);

    internal sealed record Measure(Guid Plan, Guid Id, string? What, Guid Owner, DateTimeOffset? Due);

    internal sealed record Done(Guid Plan, Guid Measure);

    internal sealed record Activate(Guid Plan);

    internal sealed record Review(Guid Plan, DangerLevel? Level, string? Danger);

    public static Decision Decide(Cover command, PlanFacts facts)
    {
        if (facts.Plan.Closed is not null) return Decision.Refuse(Over);
        if (facts.Plan.Covered.FirstOrDefault(c => c.Id == command.Covered) is { } known)
            return (known.Relation, known.FirstName) == (command.Relation, command.FirstName?.Trim()) ? Decision.Accept() : Decision.Refuse(ProtectionTexts.RecordedOtherwise);
        if (facts.Plan.Covered.Count >= Most) return Decision.Refuse(TooMany);
        if (command.Relation is not { } relation || !Enum.IsDefined(relation)) return Decision.Refuse(RelationMissing);
        if (string.IsNullOrWhiteSpace(command.FirstName) || ProtectionTexts.RefusesNote(command.FirstName, LongestName) is not null) return Decision.Refuse(NameMissing);
        return Decision.Accept(facts.Plan.File(new PlanCovers(command.Covered, relation, command.FirstName.Trim())));
    }

    public static Decision Decide(Measure command, PlanFacts facts)
    {
        if (facts.Plan.Closed is not null) return Decision.Refuse(Over);
        if (facts.Plan.Measures.FirstOrDefault(m => m.Id == command.Id) is { } known)
            return (known.What, known.Owner, known.Due) == (command.What?.Trim(), command.Owner, command.Due) ? Decision.Accept() : Decision.Refuse(ProtectionTexts.RecordedOtherwise);
        if (facts.Plan.Measures.Count >= Most) return Decision.Refuse(TooMany);
        if (ProtectionTexts.RefusesReason(command.What) is { } unfit) return unfit;
        if (!facts.MayOwn(command.Owner)) return Decision.Refuse(OwnerUnfit);
        return command.Due is not { } due || due <= facts.Now || due > facts.Now.AddYears(MostYears) ? Decision.Refuse(DayWrong)
            : Decision.Accept(facts.Plan.File(new MeasurePlanned(command.Id, command.What!.Trim(), command.Owner, due)));
    }

    public static Decision Decide(Done command, PlanFacts facts)
    {
        if (facts.Plan.Closed is not null) return Decision.Refuse(Over);
        // Whoever does something reports that and nothing of others'; the owner reports all.
        return facts.Plan.Measures.Any(m => m.Id == command.Measure && m.DoneAt is null && (facts.Actor.Person == facts.Plan.Owner || m.Owner == facts.Actor.Person))
            ? Decision.Accept(facts.Plan.File(new MeasureDone(command.Measure))) : Decision.Refuse(MeasureUnknown);
    }

    public static Decision Decide(Activate command, PlanFacts facts) =>
        facts.Plan.Id != command.Plan || facts.Plan.Closed is not null ? Decision.Refuse(Over)
        : facts.Plan.IsActive ? Decision.Refuse(ActiveAlready)
        : facts.Plan.Measures.IsEmpty ? Decision.Refuse(NoMeasure) : Decision.Accept(facts.Plan.File(new PlanActivated()));

    public static Decision Decide(Review command, PlanFacts facts)
    {
        if (facts.Plan.Closed is not null) return Decision.Refuse(Over);
        if (!facts.Plan.IsActive) return Decision.Refuse(NotActive);
        if (command.Level is not { } level || !Enum.IsDefined(level)) return Decision.Refuse(OpenPlan.LevelMissing);
        return ProtectionTexts.RefusesReason(command.Danger) is { } unfit ? unfit
            : Decision.Accept(facts.Plan.File(new PlanReviewed(level, command.Danger!.Trim(), facts.Policy.After(Policies.Contract.PolicyRules.ProtectionReviewedWithin, facts.Now), facts.Policy.Label)));
    }

    public Task<Outcome?> HandleAsync(Guid person, Cover command, CancellationToken cancel) => desk.RunAsync(person, command.Plan, PlanAction.Cover, f => Decide(command, f), cancel);

    public Task<Outcome?> HandleAsync(Guid person, Measure command, CancellationToken cancel) => desk.RunAsync(person, command.Plan, PlanAction.AddMeasure, f => Decide(command, f), cancel);

    public Task<Outcome?> HandleAsync(Guid person, Done command, CancellationToken cancel) => desk.RunAsync(person, command.Plan, PlanAction.ReportDone, f => Decide(command, f), cancel);

    public Task<Outcome?> HandleAsync(Guid person, Activate command, CancellationToken cancel) => desk.RunAsync(person, command.Plan, PlanAction.Activate, f => Decide(command, f), cancel);

    public Task<Outcome?> HandleAsync(Guid person, Review command, CancellationToken cancel) => desk.RunAsync(person, command.Plan, PlanAction.Review, f => Decide(command, f), cancel);
}
