using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.People.Selecting;

/// <summary>
/// What postings ask: whether a competition chose somebody. While one runs, and as long as its ranking holds, whoever it did not choose takes an overseer, and so does whoever it chose until
/// the time for appeals is over; while an appeal is open nobody is posted. Of several rankings the first speaks for as long as it holds, so that a second competition gives nobody a way in. What was posted before stays as it is.
/// </summary>
internal sealed class PostCompetitions(FoldedStream<Competitions> reader) : IPostCompetitions
{
    /// <summary>What the competitions for a post say of a person, or null.</summary>
    public static (CompetitionSays Says, Competition By)? Of(Competitions all, Register register, Guid person, Guid post, DateTimeOffset now)
    {
        var frozen = all.All.Values.Where(c => c.FrozenAt is not null && c.Covers(post, register) && c.StageAt(now) != CompetitionStage.Empty).OrderBy(c => c.FrozenAt).ThenBy(c => c.Id).ToList();
        if (frozen.Find(c => c.IsAppealOpen) is { } appealed) return (CompetitionSays.Appealed, appealed);
        if ((frozen.Find(c => c.HoldsAt(now)) ?? frozen.Find(c => c.AdoptedAt is null)) is not { } speaks) return null;
        if (!speaks.Order.Take(speaks.Plan.Places).Any(number => speaks.Find(number)?.Person == person)) return (CompetitionSays.NotChosen, speaks);
        // Whoever is in the post when an appeal comes would stay in it.
        return (now < speaks.AppealUntil ? CompetitionSays.Appealable : CompetitionSays.Chosen, speaks);
    }

    public async ValueTask<CompetitionStanding?> OfAsync(RecordSession session, Register register, Guid person, Guid post, DateTimeOffset now, CancellationToken cancel) =>
        Said(Of(await reader.ReadAsync(session, cancel), register, person, post, now));

    public async ValueTask<CompetitionStanding?> OfAsync(Register register, Guid person, Guid post, DateTimeOffset now, CancellationToken cancel) =>
        Said(Of(await reader.ReadAsync(cancel), register, person, post, now));

    static CompetitionStanding? Said((CompetitionSays Says, Competition By)? of) =>
        of is var (says, by) ? new CompetitionStanding(says, by.Id, SelectionText.Say("says." + PeopleText.Camel(says), by.Number), says == CompetitionSays.Appealable ? by.AppealUntil : null) : null;
}
