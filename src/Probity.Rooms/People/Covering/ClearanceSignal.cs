using System.Security.Claims;
using Probity.People.Requiring;
using Probity.People.Vetting;
using Probity.People.Viewing;
using Probity.Risk.Contract;
using Probity.Shared.Record;

namespace Probity.People.Covering;

/// <summary>How many of a unit's held posts that ask for a clearance are held by somebody whose clearance does not cover them; since when, where it ended or was suspended or withdrawn.</summary>
internal sealed class ClearanceSignal(Clearances clearances, FoldedStream<Requirements> requirements, CoverRules rules) : IRiskSignals
{
    const int Part = 500;

    public RiskSignal Signal => RiskSignal.UnclearedPosts;

    public string? PageFor(ClaimsPrincipal reader) => StaffStanding.Page;

    public async ValueTask<IReadOnlyList<SignalCount>> CountAsync(SignalScope scope, CancellationToken cancel)
    {
        var known = await requirements.ReadAsync(cancel);
        var held = scope.Holdings.Where(h => known.Marked.ContainsKey(h.Post.Id)).ToList();
        var rows = new Dictionary<Guid, IReadOnlyList<ClearanceRow>>();
        foreach (var part in held.Select(h => h.Person).Distinct().Chunk(Part))
        {
            foreach (var person in await clearances.OfAsync(part, cancel)) rows[person.Key] = [.. person];
        }

        var (cover, tally) = (await rules.ReadAsync(scope.Register, scope.Now, cancel), new SignalTally(scope));
        foreach (var post in held.GroupBy(h => h.Post))
        {
            var lacking = post.Select(h => h.Person).Where(p => !cover.Covers(p, Of(p), known.Marked[post.Key.Id])).ToList();
            tally.AddBelow(post.Key.Unit, lacking.Count > 0, lacking.Min(p => SinceOf(Of(p), scope.Now)));
        }

        return tally.Counts;

        IReadOnlyList<ClearanceRow> Of(Guid person) => rows.GetValueOrDefault(person) ?? [];
    }

    static DateTimeOffset? SinceOf(IReadOnlyList<ClearanceRow> rows, DateTimeOffset now) => Clearances.Current(rows, now) is not { } row ? null : row.StageAt(now) switch
    {
        ClearanceStage.Lapsed => row.Until, ClearanceStage.Suspended or ClearanceStage.Withdrawn => row.Since, _ => null,
    };
}
