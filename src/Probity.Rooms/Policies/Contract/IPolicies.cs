using Probity.Shared.Record;

namespace Probity.Policies.Contract;

/// <summary>What other rooms may ask about the policy pack in force.</summary>
internal interface IPolicies
{
    /// <summary>The version in force, for a page.</summary>
    ValueTask<Policy> ReadAsync(CancellationToken cancel = default);

    /// <summary>The version in force, for a decision: the session will expect that it has not changed.</summary>
    ValueTask<Policy> ReadAsync(RecordSession session, CancellationToken cancel = default);
}
