using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Access;

/// <summary>The register as it stands, for every room.</summary>
internal sealed class RegisterReader(TransparencyLog log) : IRegister, IDisposable
{
    readonly FoldedStream<Register> _register = new(log);

    public ValueTask<Register> ReadAsync(CancellationToken cancel = default) => _register.ReadAsync(cancel);

    public ValueTask<Register> ReadAsync(RecordSession session, CancellationToken cancel = default) => _register.ReadAsync(session, cancel);

    public void Dispose() => _register.Dispose();
}
