using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared;

namespace Probity.Exhibits.TakingOver;

/// <summary>Registers that wait for a second person: the integrity officer first, and after a day the overseer too.</summary>
internal sealed class RegisterNextSteps(TakingOverDesk desk) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => SignedInPerson.Has(person, Role.Integrity) || SignedInPerson.Has(person, Role.Overseer);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (SignedInPerson.Of(person) is not { } id) return [];
        return [.. (await desk.ListAsync(id, cancel, waiting: true))
            .Where(f => TakingOverAccess.Refuses(RegisterAction.Countersign, f) is null && (f.Actor.Has(Role.Integrity) || f.Taken.IsOverdue(f.Now)))
            .Take(most).Select(f => new NextStep(
                ExhibitWords.Say("takeover.next", f.Taken.Presented!.File), ExhibitWords.Say("takeover.next.why", f.Register.NameOf(f.Taken.By), f.Taken.Presented.Lines),
                ExhibitsText.Of("takeover.next.do"), $"/exhibits/registers/{f.Taken.Id:D}"))];
    }
}
