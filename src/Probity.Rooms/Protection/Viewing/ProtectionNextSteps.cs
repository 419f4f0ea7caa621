using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Protection.Approaches;
using Probity.Protection.Duty;
using Probity.Protection.Plans;
using Probity.Shared;

namespace Probity.Protection.Viewing;

/// <summary>
/// What waits here: alerts for whom they stand with now, what integrity has to read and handle, reviews and measures, closings, who is to answer for a plan, and the roster. An alert names nobody and nothing: a list is
/// read over a shoulder.
/// </summary>
internal sealed class ProtectionNextSteps(Protections protections, DbContext views, ApproachDesk approaches, PlanDesk plans, ChangeRoster rosters, IPolicies policies, When when, TimeProvider time) : INextSteps
{
    // Alerts are answered within the hour: more than so many at once are told in the list.
    const int MostAlerts = 50;

    public bool Serves(ClaimsPrincipal person) => ProtectionForms.Watches(person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id || !ProtectionForms.Serves(person)) return [];
        var (steps, now, watches) = (new List<NextStep>(), time.GetUtcNow(), ProtectionForms.Watches(person));
        var roster = await rosters.ReadAsync(cancel);
        if (watches || roster.Knows(id)) steps.AddRange(await AlertsAsync(id, cancel));
        if (watches) steps.AddRange(await NotingsAsync(id, cancel));
        if (watches) steps.AddRange(await ReadingsAsync(id, most, cancel));
        steps.AddRange(await PlansAsync(id, watches, now, most, cancel));
        if (watches && RosterStep(person, id, roster, now) is { } step) steps.Add(step);
        return [.. steps.OrderBy(s => s.Due ?? DateTimeOffset.MaxValue).Take(most)];
    }

    async Task<List<NextStep>> AlertsAsync(Guid person, CancellationToken cancel)
    {
        var (steps, now) = (new List<NextStep>(), time.GetUtcNow());
        foreach (var row in await views.Set<ApproachRow>().AsNoTracking().Where(a => a.Alerting || a.ToAct).OrderBy(a => a.Recorded).Take(MostAlerts).ToListAsync(cancel))
        {
            // To whom it passed by time is worked out from the record.
            var facts = await approaches.ReadAsync(person, row.Approach, cancel);
            if (facts.Approach.InHandAt(now) == person && !facts.Approach.Acted && facts.Approach.ActBy is { } by) steps.Add(Step("act", $"/protection/approaches/{row.Approach:D}", by));
            if (!facts.Approach.IsAlertingAt(now) || ApproachAccess.Refuses(ApproachAction.Acknowledge, facts) is not null) continue;
            // Before everything else that is due, however long ago that was.
            steps.Add(Step("alert", $"/protection/approaches/{row.Approach:D}", DateTimeOffset.MinValue));
        }

        return steps;
    }

    // Violence that is to be noted, for the overseers who are free of it.
    async Task<List<NextStep>> NotingsAsync(Guid person, CancellationToken cancel)
    {
        var steps = new List<NextStep>();
        foreach (var row in await views.Set<ApproachRow>().AsNoTracking().Where(a => a.Noting).OrderBy(a => a.Recorded).Take(MostAlerts).ToListAsync(cancel))
        {
            if (ApproachAccess.Refuses(ApproachAction.AnswerNoting, await approaches.ReadAsync(person, row.Approach, cancel)) is null) steps.Add(Step("noting", $"/protection/approaches/{row.Approach:D}", row.ReadBy));
        }

        return steps;
    }

    async Task<IEnumerable<NextStep>> ReadingsAsync(Guid person, int most, CancellationToken cancel) =>
        (await (await protections.WatchedByAsync(person, cancel)).Where(a => !a.Handled && !a.Noting).OrderBy(a => a.ReadBy).ThenBy(a => a.Approach).Take(most).ToListAsync(cancel))
            .Select(a => Step(a.Read ? "handle" : "read", $"/protection/approaches/{a.Approach:D}", a.ReadBy, when.Moment(a.Recorded), when.Day(a.ReadBy)));

    // The owner's reviews and measures, what others have to do, closings that wait for a word, and for an overseer what is long overdue.
    async Task<List<NextStep>> PlansAsync(Guid person, bool watches, DateTimeOffset now, int most, CancellationToken cancel)
    {
        var soon = now.AddDays(3);
        var late = now.AddDays(-(await policies.ReadAsync(cancel)).Of(PolicyRules.ProtectionOverdueToOverseer));
        var measures = views.Set<PlanMeasureRow>();
        var rows = await (await protections.PlansOfAsync(person, cancel)).Where(p => p.Stage != PlanStage.Closed && (p.Stage != PlanStage.Active || p.OwnerIsNew || p.Giving || p.Owner == Guid.Empty || p.ReviewDue < soon || measures.Any(m => m.Plan == p.Plan && !m.Done && m.Due < soon)))
            .OrderBy(p => p.ReviewDue).ThenBy(p => p.Plan).Take(most).ToListAsync(cancel);
        var steps = new List<NextStep>();
        foreach (var row in rows)
        {
            var facts = await plans.ReadAsync(person, row.Plan, cancel);
            if (StepOf(facts, soon, late, watches) is var (what, due)) steps.Add(Step(what, $"/protection/plans/{row.Plan:D}", due));
        }

        return steps;
    }

    static (string What, DateTimeOffset Due)? StepOf(PlanFacts facts, DateTimeOffset soon, DateTimeOffset late, bool watches)
    {
        var (plan, person) = (facts.Plan, facts.Actor.Person);
        if (!plan.Exists || plan.Closed is not null || PlanAccess.Refuses(PlanAction.View, facts) is not null) return null;
        if (plan.OwnerIsNew && person == plan.Person) return ("owner", facts.Now);
        if (plan.Giving is not null && PlanAccess.Refuses(PlanAction.AnswerGiving, facts) is null) return ("giving", facts.Now);
        if (plan is { IsOwnerless: true, Giving: null } && PlanAccess.Refuses(PlanAction.Give, facts) is null) return ("ownerless", facts.Now);
        if (plan.Stage == PlanStage.Closing && plan.Heard is null && person == plan.Person) return ("hear", plan.ReviewDue);
        if (plan.Stage == PlanStage.Closing && plan.Heard is not null && PlanAccess.Refuses(PlanAction.Close, facts) is null) return ("close", plan.ReviewDue);
        if (person == plan.Owner && plan.Stage == PlanStage.Opened) return ("activate", facts.Now);
        if (person == plan.Owner && plan.Due < soon) return (plan.Due == plan.ReviewDue ? "review" : "measure", plan.Due);
        var theirs = plan.Measures.Where(m => m.Owner == person && m.DoneAt is null && m.Due < soon).Select(m => (DateTimeOffset?)m.Due).Min();
        if (theirs is { } due) return ("measure", due);
        return watches && facts.Actor.Has(Role.Overseer) && plan.Due < late ? ("overdue", plan.Due) : null;
    }

    // What the other asked for; and that nobody is on duty.
    static NextStep? RosterStep(ClaimsPrincipal user, Guid person, DutyRoster roster, DateTimeOffset now)
    {
        var asked = roster.Turns.Values.Where(t => !t.Agreed && t.Until > now).Select(t => t.AskedBy).Concat(roster.Asked.Values.Select(a => a.AskedBy)).Any(by => by != person);
        return asked ? Step("duty", ShowDuty.Address, null)
            : roster.Turns.Count > 0 && !roster.OnDuty(now).Any() && SignedInPerson.Has(user, Role.Integrity) ? Step("nobody", ShowDuty.Address, now) : null;
    }

    static NextStep Step(string what, string href, DateTimeOffset? due, params object?[] words) =>
        new(ProtectionText.Of($"next.{what}"), ProtectionText.Say($"next-why.{what}", words), ProtectionText.Of(what == "alert" ? "next-do.alert" : "next-do.open"), href, due);
}
