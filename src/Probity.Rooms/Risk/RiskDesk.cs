using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.Risk;

/// <summary>All that a decision on an assessment may know.</summary>
internal sealed record RiskFacts(RiskAssessment Assessment, Policy Policy, Actor Actor, Register Register, DateTimeOffset Now);

/// <summary>The way of every command on an existing assessment: read it, the register and the policy pack, guard, decide, file.</summary>
internal sealed class RiskDesk(TransparencyLog log, Clerk clerk, IRegister registers, IPolicies policies, TimeProvider time)
{
    /// <summary>Guards and runs a decision; null where there is no such assessment, as far as this person may know.</summary>
    /// <param name="person">Who acts.</param>
    /// <param name="id">The assessment.</param>
    /// <param name="action">What is being done, for the guard.</param>
    /// <param name="expected">The version that the person saw, where they said so.</param>
    /// <param name="decide">The slice's decision.</param>
    /// <param name="concerned">Whom it is about beside the unit.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<Outcome?> RunAsync(
        Guid person, Guid id, RiskAction action, long? expected, Func<RiskFacts, Decision> decide, Func<RiskAssessment, Guid?>? concerned, CancellationToken cancel)
    {
        var (visible, stale) = (true, false);
        var outcome = await clerk.FileAsync(new ActorId(person), new StreamId(id), $"risk.{action}", async session =>
        {
            var facts = await ReadAsync(session, person, id, cancel);
            visible = RiskAccess.MayKnow(facts);
            stale = expected is { } seen && seen != facts.Assessment.Version;
            if (stale && visible) return Decision.Accept();
            return RiskAccess.Refuses(action, facts, concerned?.Invoke(facts.Assessment)) is { } refusal ? refusal
                : action == RiskAction.Approve ? await ReplacingAsync(session, decide(facts), facts.Assessment, cancel) : decide(facts);
        }, cancel: cancel);
        return !visible ? null : stale ? new Outcome.Stale() : outcome;
    }

    /// <summary>Opens an assessment for a page: the reading, or its refusal, is recorded. Null where this person may not know of it.</summary>
    /// <param name="person">Who opens it.</param>
    /// <param name="id">The assessment.</param>
    /// <param name="scenario">The one risk of it that is opened; null for the whole.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<RiskFacts?> OpenAsync(Guid person, Guid id, string? scenario, CancellationToken cancel)
    {
        var facts = await ReadAsync(person, id, cancel);
        if ((scenario is null ? RiskAccess.Refuses(RiskAction.View, facts) : RiskAccess.RefusesRisk(facts, scenario)) is { } refusal)
        {
            // Filed for one that is not there too: the answer takes as long either way.
            await clerk.FileAsync(new ActorId(person), new StreamId(id), "risk.View", _ => ValueTask.FromResult<Decision>(refusal), cancel: cancel);
            return null;
        }

        await clerk.FileReadAsync(new ActorId(person), new StreamId(id), "risk.view", cancel: cancel);
        return facts;
    }

    /// <summary>An assessment as it stands, without anybody having opened it.</summary>
    public ValueTask<RiskFacts> ReadAsync(Guid person, Guid id, CancellationToken cancel) => ReadAsync(new RecordSession(log), person, id, cancel);

    async ValueTask<RiskFacts> ReadAsync(RecordSession session, Guid person, Guid id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        var policy = await policies.ReadAsync(session, cancel);
        return new RiskFacts(await session.FoldAsync<RiskAssessment>(new StreamId(id), cancel), policy, Actor.From(register, person, now), register, now);
    }

    // One assessment of a unit is in force: the one before it ends in the same moment.
    static async ValueTask<Decision> ReplacingAsync(RecordSession session, Decision decision, RiskAssessment assessment, CancellationToken cancel)
    {
        if (decision is not Decision.Accepted accepted || !accepted.Filings.Any(f => f.Event is Contract.AssessmentApproved)) return decision;
        var filings = accepted.Filings.ToList();
        foreach (var other in (await session.FoldAsync<UnitAssessments>(UnitAssessments.Of(assessment.Unit), cancel)).All.Where(a => a != assessment.Id))
        {
            if ((await session.FoldAsync<RiskAssessment>(new StreamId(other), cancel)).Stage == AssessmentStage.Active)
                filings.Add(new Filing(new StreamId(other), new Contract.AssessmentReplaced(assessment.Id)));
        }

        return Decision.Accept(filings);
    }
}
