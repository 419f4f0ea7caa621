using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Conduct.Contract;

/// <summary>
/// Who has something to see to before they are given new work or decide what one person should not decide unfit: the code of conduct is overdue, or what one of their posts asks is
/// not fulfilled. What they lack is the end of the code that refuses them (<c>cases.</c>, <c>interdiction.</c>).
/// </summary>
internal sealed class FitForDuty(IConduct conduct, IEnumerable<IPostRequirements> requirements)
{
    public const string CodeOverdue = "code-overdue";

    /// <summary>What each of some people lacks; the session will expect all that was read for it. Who lacks nothing stands in it not.</summary>
    public async ValueTask<IReadOnlyDictionary<Guid, string>> LackingAsync(RecordSession session, IReadOnlyCollection<Guid> people, Register register, DateTimeOffset now, CancellationToken cancel)
    {
        var lacking = new Dictionary<Guid, string>();
        foreach (var person in await conduct.OverdueAsync(session, people, register, now, cancel)) lacking[person] = CodeOverdue;

        // What takes longest to see to is said first: a clearance before a course, and rooms are added in that order.
        foreach (var room in requirements.Reverse())
        {
            foreach (var person in await room.LackingAsync(session, register, people, now, cancel)) lacking[person] = room.Lack;
        }

        return lacking;
    }

    /// <summary>What one person lacks, or null.</summary>
    public async ValueTask<string?> LacksAsync(RecordSession session, Guid person, Register register, DateTimeOffset now, CancellationToken cancel) =>
        (await LackingAsync(session, [person], register, now, cancel)).GetValueOrDefault(person);
}
