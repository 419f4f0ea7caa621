using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Conduct.Contract;

/// <summary>What other rooms may ask about the code of conduct. The session of a decision will expect that the answer has not changed.</summary>
internal interface IConduct
{
    /// <summary>Whether somebody has acknowledged the version in force and need not renew that yet. False where none is published.</summary>
    ValueTask<bool> HasAcknowledgedAsync(RecordSession session, Guid person, DateTimeOffset now, CancellationToken cancel = default);

    /// <summary>Those who should have acknowledged the code by now and have not: they are given no new case. Nobody where none is published.</summary>
    ValueTask<IReadOnlySet<Guid>> OverdueAsync(RecordSession session, IReadOnlyCollection<Guid> people, Register register, DateTimeOffset now, CancellationToken cancel = default);
}
