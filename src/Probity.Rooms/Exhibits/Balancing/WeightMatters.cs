using System.Collections.Immutable;
using Probity.Shared.Record;

namespace Probity.Exhibits.Balancing;

/// <summary>What became of the matters that the weighings of what was seized as one, samples and all, have opened: by exhibit and weighing.</summary>
/// <param name="Stages">Where each stands.</param>
/// <param name="Explained">Those that two people have settled and explained.</param>
internal sealed record WeightMatters(ImmutableDictionary<(Guid Exhibit, Guid Act), DiscrepancyStage> Stages, ImmutableHashSet<(Guid Exhibit, Guid Act)> Explained)
{
    public static readonly WeightMatters None = new(ImmutableDictionary<(Guid, Guid), DiscrepancyStage>.Empty, []);

    /// <summary>The account of what was seized as one: the same for its page, its story, its next weighing and its end.</summary>
    public MassBalance BalanceOf(IReadOnlyCollection<Exhibit> family)
    {
        var root = family.First(e => e.Origin is null);
        return MassBalance.Of(root, [.. family.Where(e => e.Id != root.Id)], (exhibit, act) => Explained.Contains((exhibit, act)));
    }

    /// <summary>Whether two have let go what a break shows, though nothing explains it: on a matter of a weighing since.</summary>
    public bool IsReleased(MassStep of, IEnumerable<Exhibit> family) => ActsFrom(of, family).Any(act => Stages.GetValueOrDefault((of.Exhibit, act)) == DiscrepancyStage.Released);

    /// <summary>Whether somebody looks at it, or has.</summary>
    public bool IsKnown(MassStep of, IEnumerable<Exhibit> family) => ActsFrom(of, family).Any(act => Stages.ContainsKey((of.Exhibit, act)) && !Explained.Contains((of.Exhibit, act)));

    // All weighings since the one that it is held against; one of the laboratory stands in its report.
    static IEnumerable<Guid> ActsFrom(MassStep of, IEnumerable<Exhibit> family) => family.FirstOrDefault(e => e.Id == of.Exhibit) is { } exhibit
        ? exhibit.Readings.Select(r => r.Act).Concat(exhibit.Analyses.Select(a => a.Id)).SkipWhile(act => act != of.Earlier).Skip(1) : [];

    /// <summary>Reads them. That one is explained shows wherever the weights do; why is for who may read the matter.</summary>
    public static async ValueTask<WeightMatters> ReadAsync(RecordSession session, IEnumerable<Exhibit> family, CancellationToken cancel)
    {
        var (stages, explained) = (ImmutableDictionary.CreateBuilder<(Guid, Guid), DiscrepancyStage>(), ImmutableHashSet.CreateBuilder<(Guid, Guid)>());
        foreach (var exhibit in family)
        {
            var listed = (await session.FoldAsync<DiscrepancyList>(DiscrepancyList.StreamOf(exhibit.Id), cancel)).Ids.ToHashSet();
            if (listed.Count == 0) continue;
            foreach (var act in exhibit.Readings.Select(r => r.Act).Concat(exhibit.Analyses.Select(a => a.Id)))
            {
                var stream = Discrepancy.StreamOf(exhibit.Id, Discrepancies.WeightKey(act));
                if (!listed.Contains(stream.Value)) continue;
                var matter = await session.FoldAsync<Discrepancy>(stream, cancel);
                stages[(exhibit.Id, act)] = matter.Stage;
                if (matter is { Stage: DiscrepancyStage.Settled, Answer.Explained: true }) explained.Add((exhibit.Id, act));
            }
        }

        return new WeightMatters(stages.ToImmutable(), explained.ToImmutable());
    }
}
