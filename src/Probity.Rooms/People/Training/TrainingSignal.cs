using System.Security.Claims;
using Probity.Risk.Contract;
using Probity.Shared.Record;

namespace Probity.People.Training;

/// <summary>How many of a unit's people in posts that make a competence mandatory have it not, or no longer; since when, where it ended.</summary>
internal sealed class TrainingSignal(Trainings trainings, FoldedStream<Catalogue> catalogues) : IRiskSignals
{
    const int Part = 500;

    public RiskSignal Signal => RiskSignal.LapsedCompetences;

    public string? PageFor(ClaimsPrincipal reader) => TrainingAccess.Lists(reader) ? "/training/matrix" : null;

    public async ValueTask<IReadOnlyList<SignalCount>> CountAsync(SignalScope scope, CancellationToken cancel)
    {
        var catalogue = await catalogues.ReadAsync(cancel);
        var asked = scope.Holdings.Where(h => catalogue.Of(h.Post.Id).Values.Any(a => a.IsMandatory)).ToList();
        var held = new Dictionary<Guid, IReadOnlyList<Holding>>();
        foreach (var part in asked.Select(h => h.Person).Distinct().Chunk(Part))
        {
            foreach (var person in await trainings.OfAsync(part, cancel)) held[person.Key] = [.. person];
        }

        var tally = new SignalTally(scope);
        foreach (var (post, person) in asked)
        {
            var gaps = Need.OfPost(catalogue, post.Id, [.. held.GetValueOrDefault(person) ?? []], scope.Now).Where(n => n.Blocks).ToList();
            tally.AddBelow(post.Unit, gaps.Count > 0, gaps.Min(n => n.Until));
        }

        return tally.Counts;
    }
}
