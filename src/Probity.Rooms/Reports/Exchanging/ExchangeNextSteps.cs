using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared;

namespace Probity.Reports.Exchanging;

/// <summary>
/// An exchange that has stopped, or that has failed for an hour, or records that were missing, are the overseers' to look into, before all else: reports are written that nobody can read, or somebody took some
/// out. What one of them asked for waits for whoever may agree.
/// </summary>
internal sealed class ExchangeNextSteps(IntakeExchange exchange, ChangeExchange change, TimeProvider time) : INextSteps
{
    /// <summary>A line that breaks for a moment is nobody's work.</summary>
    static readonly TimeSpan s_patience = TimeSpan.FromHours(1);

    /// <summary>A day is that of the checkpoint; the next one may be late.</summary>
    static readonly TimeSpan s_silence = TimeSpan.FromDays(2);

    public bool Serves(ClaimsPrincipal person) => SignedInPerson.Has(person, Role.Overseer) || SignedInPerson.Has(person, Role.Integrity);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || !Serves(person) || SignedInPerson.Of(person) is not { } id) return [];
        var facts = await change.FactsAsync(id, cancel);
        var (state, actor) = (facts.State, facts.Actor);
        var steps = new List<NextStep>();
        if (state.Asked is { } asked)
        {
            // Whoever asked has done their part; the others answer.
            if (ExchangeAccess.Refuses(asked.Key is null ? ExchangeAction.AnswerPassing : ExchangeAction.AnswerReplacing, actor, asked) is null) steps.Add(Step(asked.Key is null ? "exchange-pass" : "exchange-replace"));
        }
        else if (ExchangeAccess.Refuses(ExchangeAction.Resume, actor) is null)
        {
            if (state.Stopped is { } stopped) steps.Add(Step(stopped.Code == FetchedRecords.OtherRecord ? "exchange-other" : "exchange"));
            else if (IsSilent(state, time.GetUtcNow())) steps.Add(Step("exchange-silent"));
            else if (HasFailed(exchange.Standing, time.GetUtcNow())) steps.Add(Step("exchange-failing"));
        }

        if (state.Returned is not null && ExchangeAccess.Refuses(ExchangeAction.LookInto, actor) is null) steps.Add(Step("exchange-returned"));
        return [.. steps.Take(most)];
    }

    /// <summary>Whether no exchange was whole for so long that somebody has to look.</summary>
    internal static bool HasFailed(ExchangeStanding standing, DateTimeOffset now) => standing.FailingSince is { } since && now - since >= s_patience;

    /// <summary>Whether nothing was compared for so long, by the record, since that side was named at the latest: the file that names the reporter's side was taken away, or the server never runs for an hour.</summary>
    internal static bool IsSilent(ExchangeState state, DateTimeOffset now) => (state.CheckpointAt ?? state.NamedAt) is { } at && now - at >= s_silence;

    /// <summary>Whether nothing is to be done: the last exchange was whole, nothing was found that anybody has to look into or answer, and all was compared within the days that a comparison may take.</summary>
    internal static bool IsWell(ExchangeState state, ExchangeStanding standing, DateTimeOffset now) =>
        state is { Stopped: null, Asked: null, Returned: null, Compared: not null, CheckpointAt: not null } && !IsSilent(state, now) && standing is { Reached: not null, Failed: null };

    // Before what has been overdue for years: it has no day of its own.
    static NextStep Step(string what) => new(
        ReportsText.Of($"next.{what}"), ReportsText.Of($"next-why.{what}"), ReportsText.Of("next-do.exchange"), ShowExchange.Address, DateTimeOffset.MinValue);
}
