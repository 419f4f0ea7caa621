using System.Collections.Immutable;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Sealing;
using Probity.Shared.Record;

namespace Probity.Reports.Routing;

/// <summary>A book that was or is in force: whom it names, in the order of the slots.</summary>
internal sealed record IssuedBook(long Version, string Hash, DateOnly Issued, IReadOnlyList<BookHolder> Holders, DateTimeOffset At)
{
    /// <summary>The slot of somebody's key for what was reported; -1 where there is none, or it is for identities alone.</summary>
    public int PlaceOf(Guid person, string key) => PlaceOf(person, key, PartKind.Content);

    /// <summary>The slot of somebody's key for a part; -1 where there is none.</summary>
    public int PlaceOf(Guid person, string key, PartKind part)
    {
        for (var place = 0; place < Holders.Count; place++)
            if (Holders[place].Id == person && Holders[place].Key == key && Holders[place].Part == HolderPart.Custodian == (part == PartKind.Identity)) return place;
        return -1;
    }
}

/// <summary>Every book that was issued, by the hash that deposits name.</summary>
internal sealed record IssuedBooks : IStreamState<IssuedBooks>
{
    static readonly Guid BooksId = new("d1ec7084-0000-8000-8000-000000000067");

    public static StreamId Stream { get; } = new(BooksId);

    public static IssuedBooks Initial { get; } = new();

    public long Version { get; init; }

    ImmutableDictionary<string, IssuedBook> ByHash { get; init; } = ImmutableDictionary<string, IssuedBook>.Empty;

    /// <summary>The one in force; null before the first.</summary>
    public IssuedBook? Last { get; init; }

    /// <summary>The book that a deposit names; null where this node issued none such.</summary>
    public IssuedBook? Of(ReadOnlySpan<byte> hash) => ByHash.GetValueOrDefault(Convert.ToHexStringLower(hash));

    public IssuedBooks Apply(Recorded recorded)
    {
        if (recorded.Event is not BookIssued e) return this with { Version = recorded.Version };
        var book = new IssuedBook(e.Version, e.Hash, e.Issued, e.Holders, recorded.When);
        return this with { Version = recorded.Version, Last = book, ByHash = ByHash.SetItem(e.Hash, book) };
    }
}
