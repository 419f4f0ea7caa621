using Probity.Exhibits.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exhibits;

/// <summary>Reads the exhibits of a case whole, for a copy of it.</summary>
internal sealed class ExhibitFiles(TransparencyLog log) : IExhibitFiles
{
    public async Task<CaseExhibits> ReadAsync(Guid @case, long before, CancellationToken cancel)
    {
        var exhibits = new List<ExhibitFile>();
        var seizures = new List<SeizureFile>();
        foreach (var listed in await EntriesAsync(Exhibit.ListOf(@case), before, cancel))
        {
            if (listed.Event is not ExhibitListed { Exhibit: var id }) continue;
            await ReadAsync(id, before, exhibits, cancel);
        }

        foreach (var id in exhibits.Select(e => e.Seizure).OfType<Guid>().Distinct())
        {
            foreach (var entry in await EntriesAsync(new StreamId(id), before, cancel))
            {
                if (entry.Event is SeizureRecorded of) seizures.Add(new SeizureFile(id, of, entry.When));
            }
        }

        var store = (await EntriesAsync(Store.Stream, before, cancel)).Aggregate(Store.Initial, (state, entry) => state.Apply(entry));
        return new CaseExhibits(seizures, exhibits, store.Locations.ToDictionary(l => l.Key, l => l.Value.Name));
    }

    // A sample of a sample is an exhibit of the case too.
    async Task ReadAsync(Guid id, long before, List<ExhibitFile> into, CancellationToken cancel)
    {
        var entries = await EntriesAsync(new StreamId(id), before, cancel);
        var exhibit = Exhibit.Initial;
        var moments = new List<ExhibitMoment>();
        foreach (var entry in entries)
        {
            exhibit = exhibit.Apply(entry);
            var moment = new ExhibitMoment(entry.When, exhibit.Status, exhibit.MassOf(MassKind.GrossSealed)?.Mass, exhibit.MassOf(MassKind.Net)?.Mass);
            if (moments is not [.., var last] || last with { At = moment.At } != moment) moments.Add(moment);
        }

        if (!exhibit.Exists || exhibit.ErasedAt is not null) return;
        into.Add(new ExhibitFile(
            id, exhibit.Number, exhibit.Kind, exhibit.Substance, exhibit.Description, exhibit.Quantity, exhibit.Seizure == Guid.Empty ? null : exhibit.Seizure, exhibit.Root, exhibit.Origin?.Parent,
            exhibit.Packages, exhibit.NewestResults, entries, moments));
        foreach (var sample in exhibit.Samples) await ReadAsync(sample.Id, before, into, cancel);
    }

    async Task<IReadOnlyList<Recorded>> EntriesAsync(StreamId stream, long before, CancellationToken cancel) =>
        [.. (await log.ReadStreamAsync(stream, 0, cancel)).Where(e => e.Header.Index < before).Select(EventTypes.Read)];
}
