using System.Globalization;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

// The logs that this one continues: theirs are its first entries.
public sealed partial class TransparencyLog
{
    Lineage _lineage = null!;

    /// <summary>The logs that this one continues, the first of all first; each had signed the beginning of it.</summary>
    public IReadOnlyList<Predecessor> Predecessors => _lineage.Predecessors;

    /// <summary>What the record says of each of <see cref="Predecessors"/>, in order, with when it was recorded.</summary>
    /// <exception cref="InvalidDataException">An entry cannot be read.</exception>
    public async ValueTask<IReadOnlyList<(Succeeded Succession, DateTimeOffset Recorded)>> ReadSuccessionsAsync(CancellationToken ct)
    {
        var read = new List<(Succeeded, DateTimeOffset)>();
        foreach (var entry in await ReadStreamAsync(Succeeded.Stream, 0, ct))
        {
            try
            {
                if (entry.Payload is { } payload) read.Add((Succeeded.Decode(payload), entry.Header.Recorded));
            }
            catch (FormatException fault)
            {
                throw new InvalidDataException($"Record {entry.Header.Index}: {fault.Message} Run 'probity verify' on the data folder.", fault);
            }
        }

        return read;
    }

    /// <summary>Each predecessor has to have signed the beginning of the tree, and the record has to say of as many that they are continued.</summary>
    static async ValueTask<Lineage> ReadLineageAsync(ILogStore store, VerifierKey key, LogHead head, CancellationToken ct)
    {
        try
        {
            var lineage = Lineage.Of(key, await store.ReadPredecessorsAsync(ct));
            var nodes = new TreeReader(store).Nodes(head.Size, ct);
            foreach (var one in lineage.Predecessors)
            {
                if (one.Size >= head.Size || await new Subtree(0, one.Size).FoldAsync(nodes) != one.Last.Root)
                    throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"The first {one.Size} entries are not those that {one.Key.Name} had signed."));
                if (await store.ReadHeadersAsync(one.Size, 1, ct) is not [var header] || HeaderEncoding.Decode(header).Type != Succeeded.Type)
                    throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Record {one.Size} does not say that {one.Key.Name} is continued there."));
            }

            return await store.ReadStreamVersionAsync(Succeeded.Stream, ct) == lineage.Predecessors.Count ? lineage
                : throw new FormatException($"The table of the logs that this one continues has {lineage.Predecessors.Count} rows, and the record says it of others.");
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"The ledger does not follow on the logs that it says it continues: {fault.Message} Run 'probity verify' on it.", fault);
        }
    }
}
