using Probity.Cases.Contract;
using Probity.Conduct.Contract;

namespace Probity.Cases.Assigning;

/// <summary>Who may take a seat, when all rooms were asked that keep somebody from new work: the decision then rests on what they answered.</summary>
internal sealed class FitForWork(FitForDuty duty, IInterests interests)
{
    /// <summary>Who may be drawn for a seat; the case's session will expect all that was read.</summary>
    public async ValueTask<Pool> PoolAsync(Seat seat, CaseFacts facts, CancellationToken cancel)
    {
        var (people, unfit) = (Eligible.Candidates(seat, facts.Case, facts.Register, facts.Now), new Dictionary<Guid, string>());
        foreach (var (person, lack) in await duty.LackingAsync(facts.Session, people, facts.Register, facts.Now, cancel)) unfit[person] = "cases." + lack;
        foreach (var match in await MatchesAsync(people, facts, cancel))
        {
            if (match.IsSure && (unfit.GetValueOrDefault(match.Person) is null or ProposeAssignment.CodeOverdue)) unfit[match.Person] = ProposeAssignment.KeptOut;
        }

        return Eligible.Among(seat, facts.Case, facts.Register, facts.Now, unfit);
    }

    /// <summary>Why somebody is given no new work, as a code of cases, or null; the case's session will expect all that was read.</summary>
    public async ValueTask<string?> LacksAsync(Guid person, CaseFacts facts, CancellationToken cancel) =>
        await duty.LacksAsync(facts.Session, person, facts.Register, facts.Now, cancel) is { } lack ? "cases." + lack : null;

    /// <summary>What people declared to have outside that is called like somebody named in the case, and was not set aside; the case's session will expect all that was read.</summary>
    public async ValueTask<IReadOnlyList<DeclaredMatch>> MatchesAsync(IReadOnlyCollection<Guid> people, CaseFacts facts, CancellationToken cancel) =>
        [.. (await interests.MatchesAsync(facts.Session, people, [.. facts.Case.CurrentParties.Select(p => new NamedParty(p.Number, p.Party.Name))], cancel))
            .Where(m => !facts.Case.MatchesSetAside.Contains((m.Person, m.Interest, m.Party)))];
}
