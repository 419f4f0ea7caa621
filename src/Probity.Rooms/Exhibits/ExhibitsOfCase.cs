using System.Collections.Immutable;
using Probity.Cases.Contract;
using Probity.Exhibits.Contract;
using Probity.Ledger;
using Probity.Records.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits;

/// <summary>What other rooms ask of the exhibits of a case: how many somebody still has, and which can prove something in court.</summary>
internal sealed class ExhibitsOfCase(TransparencyLog log) : IHeldThings, ICaseEvidence
{
    /// <summary>
    /// Only what was destroyed or given back is gone. What is the state's by a court's order lies where it lay, what is missing is somebody's to answer for,
    /// and what is left of a sample is in a laboratory: each is held.
    /// </summary>
    public async ValueTask<int> CountAsync(RecordSession session, Guid matter, CancellationToken cancel) =>
        (await ReadAsync(session, matter, cancel)).Count(e => !e.IsGone);

    /// <summary>All of them, also what was destroyed since: what was recorded of it proves on.</summary>
    public async ValueTask<IReadOnlyList<CaseThing>> OfAsync(Guid @case, CancellationToken cancel)
    {
        var all = await ReadAsync(new RecordSession(log), @case, cancel);
        return [.. all.Select(e => new CaseThing(e.Id, e.Number, ExhibitWords.What(e, all), $"/exhibits/{e.Id:D}/story")
        {
            Laboratory = WordOn(e, all), Status = ExhibitWords.Of(e.Status), EndedAt = e.EndedAt, EndOrder = e.EndOrder, Done = [.. DoneWith(e)],
        })];
    }

    public async ValueTask<IReadOnlySet<Guid>> HandsAsync(RecordSession session, Guid @case, CancellationToken cancel) =>
        (await ReadAsync(session, @case, cancel)).SelectMany(e => e.Hands).ToHashSet();

    // What was found in a sample was found in what it was drawn from.
    static LaboratoryWord WordOn(Exhibit exhibit, IReadOnlyList<Exhibit> all) =>
        exhibit.Substance is null ? LaboratoryWord.NotNeeded
        : exhibit.ResultsWith(all).Count > 0 ? LaboratoryWord.Reported
        : all.Any(e => (e.Id == exhibit.Id || (exhibit.Origin is null && e.Root == exhibit.Id)) && e.ToReview is not null) ? LaboratoryWord.ToReview : LaboratoryWord.None;

    static IEnumerable<OrderedAct> DoneWith(Exhibit e)
    {
        if (e is { Forfeiture.OrderId: { } forfeiture, ForfeitedAt: { } since }) yield return new(forfeiture, since, ExhibitWords.Of(ExhibitStatus.Forfeited));
        if ((e.End switch { ExhibitStatus.Destroyed => e.Destruction?.Order.OrderId, ExhibitStatus.Returned => e.Return?.OrderId, _ => null }) is { } order && e.EndedAt is { } at)
            yield return new(order, at, ExhibitWords.Of(e.Status));
    }

    /// <summary>All of a case that were not erased, samples behind all that was listed; the session will expect each.</summary>
    static async ValueTask<IReadOnlyList<Exhibit>> ReadAsync(RecordSession session, Guid @case, CancellationToken cancel)
    {
        var (exhibits, ahead) = (new List<Exhibit>(), new Queue<Guid>((await session.FoldAsync<Listed>(Exhibit.ListOf(@case), cancel)).Exhibits));
        while (ahead.TryDequeue(out var id))
        {
            var exhibit = await session.FoldAsync<Exhibit>(new StreamId(id), cancel);
            if (exhibit.Exists) exhibits.Add(exhibit);
            foreach (var sample in exhibit.Samples) ahead.Enqueue(sample.Id);
        }

        return exhibits;
    }

    /// <summary>The exhibits that joined a case.</summary>
    sealed record Listed(ImmutableArray<Guid> Exhibits) : IState<Listed>
    {
        public static Listed Initial { get; } = new([]);

        public Listed Apply(Recorded recorded) => recorded.Event is ExhibitListed e ? new(Exhibits.Add(e.Exhibit)) : this;
    }
}
