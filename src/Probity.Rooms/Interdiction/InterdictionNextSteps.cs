using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Interdiction.Setting;
using Probity.Interdiction.ViewingTargets;
using Probity.Shared;

namespace Probity.Interdiction;

/// <summary>Signatures that wait for a person, and thresholds: each a next step of those who may give them.</summary>
internal sealed class InterdictionNextSteps(Targets targets, DbContext views, TargetDesk desk, IRegister registers, TimeProvider time) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => TargetAccess.HasAnyRole(person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (SignedInPerson.Of(person) is not { } id || !TargetAccess.HasAnyRole(person)) return [];
        var steps = new List<NextStep>();
        foreach (var row in await targets.ToSignAsync(id, most, cancel))
        {
            // The list may be a moment behind: what is asked is read from the record.
            if (StepOf(row, await desk.ReadAsync(id, row.Id, cancel)) is { } step) steps.Add(step);
        }

        return [.. steps, .. await ThresholdsAsync(id, most - steps.Count, cancel)];
    }

    static NextStep? StepOf(TargetRow row, TargetFacts facts)
    {
        var (target, now) = (facts.Target, facts.Now);
        if (target.Asked is { } asked && TargetDesk.Refuses(TargetAction.Answer, facts) is null)
            return Step("next.answer", "next.answer-why", facts.Register.NameOf(asked.By), asked.Reason, null);
        if (target.Awaited is not { } awaited) return null;
        if (TargetDesk.Refuses(TargetAction.Countersign, facts) is null)
            return Step("next.countersign", "next.countersign-why", facts.Register.NameOf(awaited.By), awaited.Reason, awaited.Due);
        return awaited.Due < now ? Step("next.overdue", "next.overdue-why", facts.Register.NameOf(awaited.Countersigner), "", awaited.Due) : null;

        NextStep Step(string title, string why, string who, string reason, DateTimeOffset? due) => new(
            $"{row.Number}: {InterdictionText.Of(title)}", InterdictionText.Say(why, who, reason), InterdictionText.Of("next.do"), $"/interdiction/{row.Id:D}", due);
    }

    async Task<IReadOnlyList<NextStep>> ThresholdsAsync(Guid person, int most, CancellationToken cancel)
    {
        var register = await registers.ReadAsync(cancel);
        if (!SetThreshold.Answers(Actor.From(register, person, time.GetUtcNow()))) return [];
        var asked = await views.Set<ThresholdRow>().AsNoTracking().Where(t => t.AskedBy != null && t.AskedBy != person).OrderBy(t => t.Unit).Take(most).ToListAsync(cancel);
        return [.. asked.Select(t => new NextStep(
            InterdictionText.Say("next.threshold", register.Units.GetValueOrDefault(t.Unit)?.Name), InterdictionText.Say("next.threshold-why", register.NameOf(t.AskedBy!.Value), t.Score, t.Asked),
            InterdictionText.Of("next.do"), "/interdiction/thresholds"))];
    }
}
