using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared;

namespace Probity.Reports.Exchanging;

/// <summary>An exchange that has stopped, or that has failed for an hour, is the overseers' to look into, before all else: reports are written that nobody can read.</summary>
internal sealed class ExchangeNextSteps(IntakeExchange exchange, TimeProvider time) : INextSteps
{
    /// <summary>A line that breaks for a moment is nobody's work.</summary>
    static readonly TimeSpan s_patience = TimeSpan.FromHours(1);

    public bool Serves(ClaimsPrincipal person) => SignedInPerson.Has(person, Role.Overseer);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel) =>
        most <= 0 || !Serves(person) ? []
        : (await exchange.ReadAsync(cancel)).Stopped is not null ? [Step("exchange")]
        : HasFailed(exchange.Standing, time.GetUtcNow()) ? [Step("exchange-failing")] : [];

    /// <summary>Whether no exchange was whole for so long that somebody has to look.</summary>
    internal static bool HasFailed(ExchangeStanding standing, DateTimeOffset now) => standing.FailingSince is { } since && now - since >= s_patience;

    // Before what has been overdue for years: it has no day of its own.
    static NextStep Step(string what) => new(
        ReportsText.Of($"next.{what}"), ReportsText.Of($"next-why.{what}"), ReportsText.Of("next-do.exchange"), ShowExchange.Address, DateTimeOffset.MinValue);
}
