using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared;

namespace Probity.Reports.Exchanging;

/// <summary>An exchange that has stopped is the overseers' to look into, before all else.</summary>
internal sealed class ExchangeNextSteps(IntakeExchange exchange) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => SignedInPerson.Has(person, Role.Overseer);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel) =>
        most <= 0 || !Serves(person) || (await exchange.ReadAsync(cancel)).Stopped is not var (_, _, since) ? []
        : [new NextStep(ReportsText.Of("next.exchange"), ReportsText.Of("next-why.exchange"), ReportsText.Of("next-do.exchange"), ShowExchange.Address, since)];
}
