using Probity.Shared.Record;

namespace Probity.Access.Contract;

/// <summary>What other rooms may ask about who is who.</summary>
internal interface IDirectory
{
    /// <summary>The register as it stands, for a page.</summary>
    ValueTask<Directory> ReadAsync(CancellationToken cancel = default);

    /// <summary>The register as it stands, for a decision: the session will expect its version.</summary>
    ValueTask<Directory> ReadAsync(RecordSession session, CancellationToken cancel = default);
}
