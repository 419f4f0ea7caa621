using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Access;

/// <summary>The register as it stands, folded once and then kept up from where it was.</summary>
internal sealed class DirectoryReader(TransparencyLog log) : IDirectory
{
    readonly SemaphoreSlim _turn = new(1, 1);
    Directory _directory = Directory.Initial;

    public async ValueTask<Directory> ReadAsync(CancellationToken cancel = default)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            foreach (var entry in await log.ReadStreamAsync(Directory.Stream, _directory.Version, cancel))
                _directory = _directory.Apply(EventTypes.Read(entry));
            return _directory;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask<Directory> ReadAsync(RecordSession session, CancellationToken cancel = default)
    {
        var directory = await ReadAsync(cancel);
        session.Expect(Directory.Stream, directory.Version);
        return directory;
    }
}
