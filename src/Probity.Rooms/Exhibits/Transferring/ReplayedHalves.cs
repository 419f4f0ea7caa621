using Probity.Shared.Record;

namespace Probity.Exhibits.Transferring;

/// <summary>
/// Tells the integrity officer of a signature that came again under its id and says something else. A refused command files nothing of its own,
/// so this is a command after it.
/// </summary>
internal sealed class ReplayedHalves(ExhibitDesk desk)
{
    public Task<Outcome?> TellAsync(Guid person, Guid exhibit, ExhibitAction action, Func<ExhibitFacts, SignedHalf> half, CancellationToken cancel) =>
        desk.RunAsync(person, exhibit, action, async (session, facts) =>
        {
            var again = half(facts);
            var told = await session.CountAsync(Discrepancies.StreamOfReplay(facts.Exhibit, again.Half, person), cancel) > 0;
            return told || facts.Exhibit.HalfOf(again.Half) is not { } recorded
                ? Decision.Accept()
                : Decision.Accept([.. Discrepancies.OfReplay(facts.Exhibit, recorded, again, person)]);
        }, cancel);
}
