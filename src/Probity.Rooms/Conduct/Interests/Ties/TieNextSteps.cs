using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared;

namespace Probity.Conduct.Interests.Ties;

/// <summary>Tells whoever watches over ties which ones are said to have ended, and an overseer which ones do not bar without their word: never of one that they are part of.</summary>
internal sealed class TieNextSteps(IRegister registers, TimeProvider time) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => Enum.GetValues<Role>().Any(role => TieAccess.Watches(role) && SignedInPerson.Has(person, role));

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id || !Serves(person)) return [];
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(cancel);
        var actor = Actor.From(register, id, now);
        return [.. register.TieEndsAsked.Select(t => register.Ties[t]).OrderBy(t => t.Since).Where(t => TieAccess.Refuses(TieAction.Answer, t, actor, register, now) is null).Take(most)
            .Select(t => new NextStep(ConductText.Of("next.tie"), ConductText.Of("next.tie.why"), ConductText.Of("next.tie.do"), ShowTie.PathOf(t.Id)))
            .Concat(ToConfirm(actor, register, now)).Take(most)];
    }

    static IEnumerable<NextStep> ToConfirm(Actor actor, Register register, DateTimeOffset now) => !actor.Has(Role.Overseer) ? []
        : register.Ties.Values.Where(t => t.Holds && !register.Counts(t)).OrderBy(t => t.Since).Where(t => TieAccess.Refuses(TieAction.Confirm, t, actor, register, now) is null)
            .Select(t => new NextStep(ConductText.Of("next.tie-confirm"), ConductText.Of("next.tie-confirm.why"), ConductText.Of("next.tie.do"), ShowTie.PathOf(t.Id)));
}
