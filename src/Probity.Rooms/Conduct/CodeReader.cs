using Probity.Access.Contract;
using Probity.Conduct.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Conduct;

/// <summary>The code as it stands, folded once and then kept up from where it was; and who has acknowledged it.</summary>
internal sealed class CodeReader(TransparencyLog log) : IConduct, IDisposable
{
    readonly SemaphoreSlim _turn = new(1, 1);
    CodeOfConduct _code = CodeOfConduct.Initial;

    /// <summary>For a page.</summary>
    public async ValueTask<CodeOfConduct> ReadAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            foreach (var entry in await log.ReadStreamAsync(CodeOfConduct.Stream, _code.Version, cancel)) _code = _code.Apply(EventTypes.Read(entry));
            return _code;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>For a decision.</summary>
    public async ValueTask<CodeOfConduct> ReadAsync(RecordSession session, CancellationToken cancel)
    {
        var code = await ReadAsync(cancel);
        session.Expect(CodeOfConduct.Stream, code.Version);
        return code;
    }

    public async ValueTask<bool> HasAcknowledgedAsync(RecordSession session, Guid person, DateTimeOffset now, CancellationToken cancel = default) =>
        (await ReadAsync(session, cancel)).InForce is { } code && (await OwnAsync(session, person, cancel)).Holds(code.Number, now);

    public async ValueTask<IReadOnlySet<Guid>> OverdueAsync(
        RecordSession session, IReadOnlyCollection<Guid> people, Register register, DateTimeOffset now, CancellationToken cancel = default)
    {
        var code = await ReadAsync(session, cancel);
        var overdue = new HashSet<Guid>();
        if (code.InForce is null) return overdue;
        foreach (var person in people)
        {
            if (CodeDuty.SinceOf(person, register) is { } since && code.DueOf(await OwnAsync(session, person, cancel), since) <= now) overdue.Add(person);
        }

        return overdue;
    }

    static ValueTask<Acknowledgements> OwnAsync(RecordSession session, Guid person, CancellationToken cancel) =>
        session.FoldAsync<Acknowledgements>(Acknowledgements.StreamOf(person), cancel);

    public void Dispose() => _turn.Dispose();
}
