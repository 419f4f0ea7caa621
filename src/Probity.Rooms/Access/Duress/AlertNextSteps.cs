using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared;

namespace Probity.Access.Duress;

/// <summary>An alert is a next step of whoever may open it, and says no name, no time and no unit before it is opened.</summary>
internal sealed class AlertNextSteps(AlertDesk desk) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => SignedInPerson.Has(person, Role.Integrity) || SignedInPerson.Has(person, Role.Overseer);

    // Before all else that is due, however long ago that was.
    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel) =>
        most <= 0 || SignedInPerson.Of(person) is not { } id || !Serves(person) ? []
        : [.. (await desk.WaitingAsync(id, most, cancel)).Select(a => new NextStep(
            AccessText.Get("next.alert"), AccessText.Get("next.alert-why"), AccessText.Get("next.alert-do"), $"/alerts/{a:D}", DateTimeOffset.MinValue))];
}
