using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.Policies;

/// <summary>The pack in force, folded from its stream: a handful of entries in the life of an agency.</summary>
internal sealed class PolicyReader(TransparencyLog log) : IPolicies
{
    public ValueTask<Policy> ReadAsync(CancellationToken cancel = default) => ReadAsync(new RecordSession(log), cancel);

    public async ValueTask<Policy> ReadAsync(RecordSession session, CancellationToken cancel = default) =>
        (await session.FoldAsync<PolicyBook>(PolicyBook.Stream, cancel)).InForce;
}
