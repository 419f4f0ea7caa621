using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Access;

/// <summary>The register as it stands, folded once and then kept up from where it was.</summary>
internal sealed class RegisterReader(TransparencyLog log) : IRegister, IDisposable
{
    readonly SemaphoreSlim _turn = new(1, 1);
    Register _register = Register.Initial;

    public async ValueTask<Register> ReadAsync(CancellationToken cancel = default)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            foreach (var entry in await log.ReadStreamAsync(Register.Stream, _register.Version, cancel))
                _register = _register.Apply(EventTypes.Read(entry));
            return _register;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask<Register> ReadAsync(RecordSession session, CancellationToken cancel = default)
    {
        var register = await ReadAsync(cancel);
        session.Expect(Register.Stream, register.Version);
        return register;
    }

    public void Dispose() => _turn.Dispose();
}
