using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Conduct.Contract;

namespace Probity.Cases.Assigning;

/// <summary>Who may take a seat, when all rooms were asked that keep somebody from new work: the decision then rests on what they answered.</summary>
internal sealed class FitForWork(IConduct conduct, IEnumerable<IPostRequirements> requirements)
{
    /// <summary>Who may be drawn for a seat; the case's session will expect all that was read.</summary>
    public async ValueTask<Pool> PoolAsync(Seat seat, CaseFacts facts, CancellationToken cancel)
    {
        var (people, unfit) = (Eligible.Candidates(seat, facts.Case, facts.Register, facts.Now), new Dictionary<Guid, string>());
        foreach (var person in await conduct.OverdueAsync(facts.Session, people, facts.Register, facts.Now, cancel)) unfit[person] = ProposeAssignment.CodeOverdue;
        // What takes longest to see to is said first: a clearance before a course, and rooms are added in that order.
        foreach (var room in requirements.Reverse())
        {
            foreach (var person in await room.LackingAsync(facts.Session, facts.Register, people, facts.Now, cancel)) unfit[person] = "cases." + room.Lack;
        }

        return Eligible.Among(seat, facts.Case, facts.Register, facts.Now, unfit);
    }
}
