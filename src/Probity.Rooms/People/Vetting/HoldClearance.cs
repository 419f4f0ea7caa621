using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.People.Vetting;

/// <summary>
/// Holds what is decided to somebody's disadvantage until integrity has cleared it: the first time it is sent it asks for that, and once it was cleared it is sent again and done. A suspension alone
/// takes effect first, for it is there to keep a danger away.
/// </summary>
internal static class HoldClearance
{
    public const string Waits = "people.act-waits";

    /// <summary>What holds a decision up: that it is asked for now, or a refusal; null where it was cleared.</summary>
    public static Decision? Holds(AdverseAct kind, string reason, ClearanceFacts facts) => OpenOf(kind, facts) switch
    {
        // What was read is what is done; of a withdrawal, on what it was opened.
        { IsCleared: true } act when kind == AdverseAct.ClearanceWithdrawal || act.Reason == reason.Trim() => null,
        { Waits: true } => Decision.Refuse(Waits),
        _ => Decision.Accept(Asks(kind, reason, facts)),
    };

    /// <summary>Asks that it be cleared.</summary>
    public static Filing Asks(AdverseAct kind, string reason, ClearanceFacts facts) =>
        HeldActs.File(facts.Clearance.Person, new ActHeld(IdOf(kind, facts.Clearance), facts.Clearance.Person, kind, reason.Trim(), facts.Clearance.Id));

    /// <summary>The newest of a kind about a clearance; null where there was none.</summary>
    public static HeldAct? LastOf(AdverseAct kind, ClearanceFacts facts) => facts.Acts.All.GetValueOrDefault(IdOf(kind, facts.Clearance));

    /// <summary>Ends what waits about a clearance that was decided otherwise: of one kind, or of all.</summary>
    public static IEnumerable<Filing> Overtakes(ClearanceFacts facts, AdverseAct? only = null) =>
        Enum.GetValues<AdverseAct>().Where(kind => (only ?? kind) == kind).Select(kind => LastOf(kind, facts)).OfType<HeldAct>().Where(act => act.Waits)
            .Select(act => HeldActs.File(facts.Clearance.Person, new ActOvertaken(act.Id)));

    static Guid IdOf(AdverseAct kind, Clearance clearance) => Streams.Derive(clearance.Id, $"held/{kind}");

    /// <summary>The act that waits, or was cleared a short time ago and not done since; null where there is none.</summary>
    public static HeldAct? OpenOf(AdverseAct kind, ClearanceFacts facts) =>
        LastOf(kind, facts) is { } act && act.At >= (facts.Clearance.Decision?.At ?? DateTimeOffset.MinValue)
        && ((act.Waits && facts.Now < act.Lapses) || (act.IsCleared && facts.Now < act.Answered!.Value.At + HeldActs.ClearedFor)) ? act : null;
}
