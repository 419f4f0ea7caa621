using System.Collections.Immutable;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Sealing;
using Probity.Shared.Record;

namespace Probity.Reports.Reading;

/// <summary>Keys of deposits that the holders of shares handed on: a further way in, beside the slots, for whom they name.</summary>
internal sealed record RecoveredKeys : IStreamState<RecoveredKeys>
{
    static readonly Guid RecoveriesId = new("d1ec7084-0000-8000-8000-0000000000a2");

    public static StreamId Stream { get; } = new(RecoveriesId);

    public static RecoveredKeys Initial { get; } = new();

    public long Version { get; init; }

    ImmutableDictionary<Guid, ImmutableList<(string To, string Box)>> Boxes { get; init; } = ImmutableDictionary<Guid, ImmutableList<(string To, string Box)>>.Empty;

    ImmutableDictionary<Guid, ImmutableHashSet<(Guid Person, string To)>> Reports { get; init; } = ImmutableDictionary<Guid, ImmutableHashSet<(Guid Person, string To)>>.Empty;

    /// <summary>Whom a report was handed to.</summary>
    public IEnumerable<Guid> PeopleOf(Guid report) => Reports.TryGetValue(report, out var handed) ? handed.Select(h => h.Person).Distinct() : [];

    /// <summary>The reports that were handed to the holder of one of these keys.</summary>
    public IEnumerable<Guid> ReportsOf(IReadOnlyCollection<string> keys) => Reports.Where(r => r.Value.Any(h => keys.Contains(h.To))).Select(r => r.Key);

    /// <summary>The key of a deposit's content; null where none was handed to the holder of this one.</summary>
    public byte[]? Open(Guid deposit, string to, SealingKey key) =>
        Boxes.TryGetValue(deposit, out var boxes) ? boxes.Where(b => b.To == to).Select(b => Handed.OpenKey(deposit, PartKind.Content, b.Box, key)).FirstOrDefault(k => k is not null) : null;

    public RecoveredKeys Apply(Recorded recorded)
    {
        if (recorded.Event is not Recovered e) return this with { Version = recorded.Version };
        var boxes = Boxes;
        foreach (var (deposit, box) in e.Keys) boxes = boxes.SetItem(deposit, boxes.GetValueOrDefault(deposit, []).Add((e.To, box)));
        return this with { Version = recorded.Version, Boxes = boxes, Reports = Reports.SetItem(e.Report, Reports.GetValueOrDefault(e.Report, []).Add((e.For, e.To))) };
    }
}
