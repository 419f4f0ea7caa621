namespace Probity.Sealing;

/// <summary>Who must not see a report, as its source said: what they ticked, and whom they named.</summary>
/// <param name="Units">Units, with all that is below them.</param>
/// <param name="Posts">Posts.</param>
/// <param name="Names">Names as they were typed.</param>
public sealed record MustNotSee(IReadOnlyList<Guid> Units, IReadOnlyList<Guid> Posts, IReadOnlyList<string> Names)
{
    /// <summary>Nobody in particular.</summary>
    public static MustNotSee Nobody { get; } = new([], [], []);
}

/// <summary>For whom a report is sealed: by place in the book, whether they get a key.</summary>
/// <param name="Opens">One for each holder.</param>
public sealed record Routing(IReadOnlyList<bool> Opens)
{
    /// <summary>Works out who may read: everybody in the book but those whom anything that was ticked or named bars.</summary>
    public static Routing Of(RecipientBook book, MustNotSee without)
    {
        var opens = new bool[book.Holders.Count];
        Array.Fill(opens, true);
        var names = Convert.FromBase64String(book.NameKey);
        var below = book.Units.ToLookup(unit => unit.Parent);
        var (open, seen) = (new Queue<Guid>(without.Units), new HashSet<Guid>());
        while (open.TryDequeue(out var unit))
        {
            if (!seen.Add(unit)) continue;
            foreach (var part in below[unit]) open.Enqueue(part.Id);
        }

        foreach (var unit in book.Units.Where(unit => seen.Contains(unit.Id))) Bar(unit.Bars);
        foreach (var post in book.Posts.Where(post => seen.Contains(post.Unit) || without.Posts.Contains(post.Id))) Bar(post.Bars);
        foreach (var typed in without.Names.Select(name => NameWords.Keys(name, names)).Where(typed => typed.Count > 0))
        {
            foreach (var name in book.Names.Where(name => NameWords.MayBe(typed, name.Words))) Bar(name.Bars);
        }

        return new Routing(opens);

        void Bar(IReadOnlyList<int> places)
        {
            foreach (var place in places) opens[place] = false;
        }
    }

    /// <summary>The same readers in a newer book: whoever joined it since gets nothing.</summary>
    public static Routing To(RecipientBook book, IReadOnlySet<Guid> readers) => new([.. book.Holders.Select(holder => readers.Contains(holder.Id))]);

    /// <summary>Whether anybody of a part gets a key.</summary>
    public bool Has(RecipientBook book, HolderPart part) => Opens.Where((opens, place) => opens && book.Holders[place].Part == part).Any();

    /// <summary>Whether anybody can read it.</summary>
    public bool HasReaders(RecipientBook book) => Has(book, HolderPart.Integrity) || Has(book, HolderPart.Overseer);

    /// <summary>The ids of those who get a key.</summary>
    public IReadOnlyList<Guid> People(RecipientBook book) => [.. book.Holders.Where((_, place) => Opens[place]).Select(holder => holder.Id)];

    /// <summary>Whose keys the slots of a part are sealed with: a null is a slot for nobody.</summary>
    public IReadOnlyList<SealingPublicKey?> Readers(RecipientBook book, PartKind part)
    {
        var readers = new List<SealingPublicKey?>(book.Slots);
        for (var place = 0; place < book.Holders.Count; place++)
        {
            var holder = book.Holders[place];
            readers.Add(Opens[place] && holder.Part == HolderPart.Custodian == (part == PartKind.Identity) ? SealingPublicKey.Parse(holder.Key) : null);
        }

        // What was split opens what was reported, never who reported it.
        readers.Add(part == PartKind.Content && book.Recovery is { } recovery ? SealingPublicKey.Parse(recovery) : null);
        return readers;
    }
}
