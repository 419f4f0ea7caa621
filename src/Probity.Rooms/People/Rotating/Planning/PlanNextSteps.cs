using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared;

namespace Probity.People.Rotating.Planning;

/// <summary>Tells overseers of a plan that waits, and integrity of an adopted one that is not kept.</summary>
internal sealed class PlanNextSteps(PlanRotation plans, IRegister registers, TimeProvider time) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => PlanAccess.Sees(person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id || !Serves(person)) return [];
        var (known, register, now) = (await plans.ReadAsync(cancel), await registers.ReadAsync(cancel), time.GetUtcNow());
        var (actor, steps) = (Actor.From(register, id, now), new List<NextStep>());
        if (known.Waiting is { } waiting && PlanAccess.Refuses(PlanAction.Answer, actor, waiting.Plan.Moves, waiting.By, register, now) is null)
            steps.Add(Step("waits", waiting.At.AddDays(14), Figures.Whole(waiting.Plan.Moves.Count)));
        if (actor.Has(Role.Integrity) && known.Adopted is { } adopted && Deviation.Of(adopted.Plan, register, now).Count is > 0 and var off) steps.Add(Step("off", null, Figures.Whole(off)));
        return [.. steps.Take(most)];
    }

    static NextStep Step(string key, DateTimeOffset? due, params object?[] words) =>
        new(RotatingText.Say("next.plan-" + key, words), RotatingText.Say("next-why.plan-" + key, words), RotatingText.Of("next-do.plan"), ShowPlan.Address, due);
}
