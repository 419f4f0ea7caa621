using Probity.Shared.Record;

namespace Probity.Access.Contract;

/// <summary>What other rooms may ask about who is who.</summary>
internal interface IRegister
{
    /// <summary>The register as it stands, for a page.</summary>
    ValueTask<Register> ReadAsync(CancellationToken cancel = default);

    /// <summary>The register as it stands, for a decision: the session will expect its version.</summary>
    ValueTask<Register> ReadAsync(RecordSession session, CancellationToken cancel = default);
}
