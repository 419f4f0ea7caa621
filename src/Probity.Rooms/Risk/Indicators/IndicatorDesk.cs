using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.Risk.Indicators;

/// <summary>The way of every command on an indicator: read, guard, decide, file.</summary>
internal sealed class IndicatorDesk(TransparencyLog log, Clerk clerk, FoldedStream<IndicatorScores> scores, IRegister registers, IPolicies policies, TimeProvider time)
{
    /// <summary>Guards and runs a decision.</summary>
    public Task<Outcome> RunAsync(Guid person, string indicator, IndicatorAction action, Func<IndicatorFacts, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), IndicatorScores.Stream, $"risk.indicator.{action}", async session =>
        {
            var facts = await ReadAsync(session, person, cancel);
            return IndicatorAccess.Refuses(action, action == IndicatorAction.Answer ? facts.Scores.WaitingOf(indicator)?.By : null, facts) ?? decide(facts);
        }, cancel: cancel);

    /// <summary>What a page may know.</summary>
    public ValueTask<IndicatorFacts> ReadAsync(Guid person, CancellationToken cancel) => ReadAsync(new RecordSession(log), person, cancel);

    async ValueTask<IndicatorFacts> ReadAsync(RecordSession session, Guid person, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        return new IndicatorFacts(await scores.ReadAsync(session, cancel), await policies.ReadAsync(session, cancel), Actor.From(register, person, now), register, now);
    }
}
