using Probity.Interdiction.Contract;
using Probity.Shared.Record;

namespace Probity.Interdiction.Agreeing;

/// <summary>What has to be said for a decision against the risk.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Alone">No second person is there: it happens at once.</param>
/// <param name="Absence">Why nobody is there.</param>
/// <param name="Countersigner">Who signs for the second person.</param>
internal sealed record OverrideWords(string? Reason, bool Alone = false, string? Absence = null, Guid? Countersigner = null)
{
    public static OverrideWords None { get; } = new((string?)null);
}

/// <summary>
/// Decisions against the risk: they take a reason and a second person, before it happens where one is there, within a day where not.
/// </summary>
internal static class Overrides
{
    public const string Pending = "interdiction.pending";
    public const string NotNow = "interdiction.not-now";
    public const string WasRefused = "interdiction.was-refused";
    public const string ReasonNeeded = "interdiction.override-reason-missing";
    public const string AbsenceMissing = "interdiction.absence-missing";
    public const string FoundNotAlone = "interdiction.found-not-alone";
    public const string CountersignerWrong = "interdiction.countersigner-wrong";

    /// <summary>What not to select a target goes against, or null. Whoever typed a low score could let pass whatever they like, so another officer lets it pass.</summary>
    public static OverrideKind? OfPassing(TargetFacts facts) =>
        facts.IsRisk ? OverrideKind.NotSelected : facts.Target.RegisteredBy == facts.Actor.Person ? OverrideKind.PassedAlone : null;

    /// <summary>
    /// What its release goes against, or null. Whatever was selected is a hit, whatever its score; and an examination counts as another
    /// officer's only where another officer recorded it.
    /// </summary>
    public static OverrideKind? OfReleasing(Target target, Guid releaser) =>
        target.Stage == TargetStage.Found ? OverrideKind.ReleasedAfterFind
        : target.Inspections.IsEmpty ? OverrideKind.ReleasedUnexamined
        : target.Inspections.All(i => i.By == releaser) ? OverrideKind.ReleasedAlone
        : null;

    public static Decision Decide(OverrideKind kind, OverrideWords words, TargetFacts facts)
    {
        if (TargetTexts.RefusesReason(words.Reason, ReasonNeeded) is { } unfit) return unfit;
        if (!words.Alone) return Decision.Accept(facts.Target.Stream, new OverrideAsked(kind, facts.Threshold, words.Reason!.Trim()));
        // What left with drugs in it comes back by no signature of the next day, whatever its score was.
        if (kind == OverrideKind.ReleasedAfterFind) return Decision.Refuse(FoundNotAlone);
        // Somebody was there, and said no.
        if (facts.Target.Refused) return Decision.Refuse(WasRefused);
        if (TargetTexts.RefusesReason(words.Absence, AbsenceMissing) is { } absence) return absence;
        var standIns = SmallUnit.StandIns(facts.Actor.Person, facts.Target.Unit, facts.Target.People, facts.Register, facts.Now);
        return words.Countersigner is { } signer && standIns.Contains(signer)
            ? Decision.Accept(facts.Target.Stream, new OverrideRecorded(
                kind, facts.Threshold, words.Reason!.Trim(), words.Absence!.Trim(), signer, facts.Now + SmallUnit.SignWithin))
            : Decision.Refuse(CountersignerWrong);
    }

    /// <summary>
    /// What asks for patience: something waits for a second person. Whoever asked may still go ahead alone, when nobody came.
    /// </summary>
    public static bool Waits(TargetFacts facts, OverrideWords words) =>
        facts.Target.Asked is { } asked && !(words.Alone && asked.By == facts.Actor.Person);
}
