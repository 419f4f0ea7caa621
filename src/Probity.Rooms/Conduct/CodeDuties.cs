using Probity.Access.Contract;
using Probity.Conduct.Contract;
using Probity.Shared.Record;

namespace Probity.Conduct;

/// <summary>Who has acknowledged the code in force.</summary>
internal sealed class CodeDuties(FoldedStream<CodeOfConduct> codes) : IConduct
{
    public async ValueTask<bool> HasAcknowledgedAsync(RecordSession session, Guid person, DateTimeOffset now, CancellationToken cancel = default) =>
        (await codes.ReadAsync(session, cancel)).InForce is { } code && (await OwnAsync(session, person, cancel)).Holds(code.Number, now);

    public async ValueTask<IReadOnlySet<Guid>> OverdueAsync(
        RecordSession session, IReadOnlyCollection<Guid> people, Register register, DateTimeOffset now, CancellationToken cancel = default)
    {
        var code = await codes.ReadAsync(session, cancel);
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
}
