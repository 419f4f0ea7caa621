using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Protection.Contract;
using Probity.Protection.Duty;

namespace Probity.Protection.Approaches;

/// <summary>
/// Whom an alert goes to: the first on duty who is free of a conflict, after them the next, and at last the overseers who are. Whoever has it in hand and does nothing in time is passed by as whoever does not answer. Who follows because nobody answered in
/// time follows from the time alone, so no timer has to run for it; whoever acts next puts it on the record.
/// </summary>
internal static class AlertLadder
{
    /// <summary>Whom the alert goes to at a moment, after those that it went to already.</summary>
    public static AlertStep Next(Concerned concerned, IReadOnlyList<AlertStep> before, DutyRoster roster, Register register, Policy policy, DateTimeOffset since, DateTimeOffset now)
    {
        var due = policy.After(PolicyRules.AlertAcknowledgedWithin, since);
        foreach (var turn in roster.OnDuty(since))
        {
            if (before.All(b => b.Officer != turn.Person) && turn.Person != concerned.Reporter && ProtectionRoles.Serves(turn.Person, register, now) && NeedToKnow.Bar(turn.Person, concerned, register, now) is null)
                return new AlertStep(AlertRung.Officer, turn.Person, since, due);
        }

        return new AlertStep(NeedToKnow.Free(Role.Overseer, concerned, register, now).Count > 0 ? AlertRung.Overseers : AlertRung.Nobody, null, since, due);
    }

    /// <summary>All steps up to now: those on the record, and after them those that followed by time alone.</summary>
    public static IReadOnlyList<AlertStep> Steps(Approach approach, DutyRoster roster, Register register, Policy policy, DateTimeOffset now)
    {
        var steps = approach.Alerts.ToList();
        if (!approach.IsAlertingAt(now)) return steps;
        // In hand, and nothing followed in time: it goes on as if nobody had answered.
        if (approach.HasLapsedAt(now)) steps.Add(Next(approach.Concerned, steps, roster, register, policy, approach.ActBy!.Value, now));
        while (steps[^1] is { Rung: AlertRung.Officer } last && last.Due <= now) steps.Add(Next(approach.Concerned, steps, roster, register, policy, last.Due, now));
        // Where nobody was left, whoever has come since is taken at once.
        if (steps[^1].Rung == AlertRung.Nobody && Next(approach.Concerned, steps, roster, register, policy, now, now) is { Rung: not AlertRung.Nobody } found) steps.Add(found);
        return steps;
    }

    /// <summary>
    /// To whom it goes and when, if nothing happens before: past whoever is to answer, or past whoever has it in hand and does nothing. Null where no time runs: something was done, or nobody comes after the overseers.
    /// </summary>
    public static AlertStep? Following(Approach approach, IReadOnlyList<AlertStep> steps, DutyRoster roster, Register register, Policy policy, DateTimeOffset now)
    {
        if (steps.Count == 0) return null;
        var at = approach.InHandAt(now) is null ? (steps[^1].Rung == AlertRung.Officer ? steps[^1].Due : null) : approach.Acted ? null : approach.ActBy;
        return at is { } since ? Next(approach.Concerned, steps, roster, register, policy, since, now) : null;
    }
}
