using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Risk.Contract;
using Probity.Risk.ViewingRisks;

namespace Probity.Risk.Moving;

/// <summary>What was counted of every unit whose assessment is in force, and when.</summary>
internal sealed record MeasuredFacts(IReadOnlyDictionary<Guid, IReadOnlyDictionary<RiskSignal, SignalCount>> Units, Policy Policy, DateTimeOffset AsOf)
{
    static readonly IReadOnlyDictionary<RiskSignal, SignalCount> Nothing = new Dictionary<RiskSignal, SignalCount>();

    /// <summary>What they make of a risk of the lists.</summary>
    public Movement Of(RiskRow row, DateTimeOffset now) =>
        Movement.Of(row.Scenario, row.RemainingAt(now), new Rating(row.CurrentLikelihood, row.CurrentImpact), row.IsInForce ? Units.GetValueOrDefault(row.Unit, Nothing) : Nothing, Policy);

    /// <summary>What they make of a risk of an assessment; nothing before it is in force.</summary>
    public Movement Of(RatedRisk risk, RiskAssessment assessment, DateTimeOffset now) =>
        Movement.Of(risk.Key, Residual.Of(risk, now).Rating, risk.Current, assessment.Stage == AssessmentStage.Active ? Units.GetValueOrDefault(assessment.Unit, Nothing) : Nothing, Policy);
}

/// <summary>The newest counts, for a minute: the first screen, the lists and each page ask for them.</summary>
internal sealed class FactsMemory : IDisposable
{
    static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(1);

    volatile MeasuredFacts? _newest;

    /// <summary>One counts at a time; whoever waited takes what was counted.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    public MeasuredFacts? Of(Guid? unit, DateTimeOffset now) =>
        _newest is { } newest && now - newest.AsOf < s_fresh && now >= newest.AsOf && (unit is not { } asked || newest.Units.ContainsKey(asked)) ? newest : null;

    public MeasuredFacts Keep(MeasuredFacts counted) => _newest = counted;

    public void Dispose() => Turn.Dispose();
}

/// <summary>Asks the rooms what their lists show of the units whose assessment is in force. What a room cannot count is not measured, and costs nothing else.</summary>
internal sealed class RecordFacts(IEnumerable<IRiskSignals> signals, DbContext views, IRegister registers, IPolicies policies, FactsMemory memory, TimeProvider time, ILogger<RecordFacts> log)
{
    /// <summary>What was counted within the last minute; anew where a unit is asked about that was not counted.</summary>
    public async ValueTask<MeasuredFacts> ReadAsync(Guid? unit, CancellationToken cancel)
    {
        if (memory.Of(unit, time.GetUtcNow()) is { } known) return known;
        await memory.Turn.WaitAsync(cancel);
        try
        {
            return memory.Of(unit, time.GetUtcNow()) ?? memory.Keep(await CountAsync(unit, cancel));
        }
        finally
        {
            memory.Turn.Release();
        }
    }

    /// <summary>Where a reader sees what was counted, or null.</summary>
    public string? PageOf(RiskSignal signal, System.Security.Claims.ClaimsPrincipal reader) => signals.FirstOrDefault(s => s.Signal == signal)?.PageFor(reader);

    async Task<MeasuredFacts> CountAsync(Guid? unit, CancellationToken cancel)
    {
        var units = (await views.Set<RiskRow>().AsNoTracking().Where(r => r.IsInForce).Select(r => r.Unit).Distinct().ToListAsync(cancel)).ToHashSet();
        if (unit is { } asked) units.Add(asked);
        var policy = await policies.ReadAsync(cancel);
        var scope = new SignalScope(await registers.ReadAsync(cancel), units, policy, time.GetUtcNow());
        var found = units.ToDictionary(u => u, _ => new Dictionary<RiskSignal, SignalCount>());
        if (units.Count > 0)
        {
            foreach (var signal in signals)
            {
                foreach (var count in await CountAsync(signal, scope, cancel)) found[count.Unit][signal.Signal] = count;
            }
        }

        return new MeasuredFacts(found.ToDictionary(u => u.Key, u => (IReadOnlyDictionary<RiskSignal, SignalCount>)u.Value), policy, scope.Now);
    }

    async ValueTask<IReadOnlyList<SignalCount>> CountAsync(IRiskSignals signal, SignalScope scope, CancellationToken cancel)
    {
        try
        {
            return await signal.CountAsync(scope, cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "{Signal} could not be counted", signal.Signal);
            return [];
        }
    }
}
