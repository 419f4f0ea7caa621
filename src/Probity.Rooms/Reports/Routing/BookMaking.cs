using Probity.Access.Contract;
using Probity.Reports.Keys;
using Probity.Sealing;

namespace Probity.Reports.Routing;

/// <summary>
/// Works out the book from the register: whom reports are sealed for, and for every unit, post and person who gets no key where a source ticks or names it. Pure. Those are everybody whom the
/// guard bars from somebody who holds, or within 24 months held, such a post (self, superiors, subordinates, kin, ties), and who stands in the line above it, though the post be vacant.
/// </summary>
internal static class BookMaking
{
    /// <summary>Whom reports are sealed for now: those who hold such a post or keep identities, and whose key a second person confirmed. By id.</summary>
    public static IReadOnlyList<BookHolder> HoldersOf(Register register, Recipients recipients, DateTimeOffset now) =>
    [
        .. register.Holders(Role.Integrity, now).Concat(register.Holders(Role.Overseer, now)).Concat(recipients.Custodians.Keys).Distinct().Order()
            .Select(person => (Person: person, Part: KeyAccess.PartOf(person, recipients, register, now), Key: recipients.ConfirmedKeyOf(person)))
            .Where(h => h is { Part: not null, Key: not null }).Take(RecipientBook.MostHolders).Select(h => new BookHolder(h.Person, h.Part!.Value, h.Key!.Public)),
    ];

    /// <summary>The book for these holders; its version and day are whoever's who issues it.</summary>
    /// <param name="register">The register.</param>
    /// <param name="holders">Whose places there are.</param>
    /// <param name="now">The time.</param>
    /// <param name="nameKey">The key of the hashes of names.</param>
    /// <param name="ownWord">Whether of ties only those count that a holder declared, or an overseer confirmed: for what was sealed for them before.</param>
    public static RecipientBook Of(Register register, IReadOnlyList<BookHolder> holders, DateTimeOffset now, byte[] nameKey, bool ownWord = false)
    {
        var bars = new Places(register, holders, now, ownWord);
        var posts = register.Posts.Values.OrderBy(p => p.Id).ToDictionary(p => p.Id, p => (Post: p, Bars: bars.OfPost(p)));
        var units = register.Units.Keys.ToDictionary(unit => unit, unit => new HashSet<int>(bars.Above(unit)));
        foreach (var (post, barred) in posts.Values) units[post.Unit].UnionWith(barred);
        foreach (var (unit, own) in units.Select(u => (u.Key, u.Value.ToArray())).ToList())
        {
            for (var (above, steps) = (register.Units[unit].Parent, 0); above is { } id && register.Units.ContainsKey(id) && steps < register.Units.Count; above = register.Units[id].Parent, steps++)
                units[id].UnionWith(own);
        }

        return new RecipientBook
        {
            Version = 0,
            Issued = default,
            Holders = holders,
            Units = [.. register.Units.Values.OrderBy(u => u.Id).Select(u => new BookUnit(u.Id, u.Name, u.Parent, Sorted(units[u.Id])))],
            Posts = [.. posts.Values.Select(p => new BookPost(p.Post.Id, p.Post.Unit, p.Post.Title, Sorted(p.Bars)))],
            NameKey = Convert.ToBase64String(nameKey),
            // In the order of their hashes: that of the register would tell whose name is whose.
            Names =
            [
                .. register.People.Values.Where(p => p.Name is not null).Select(p => new BookName(NameWords.Keys(p.Name!, nameKey), Sorted(bars.OfPerson(p.Id))))
                    .Where(n => n.Words.Count > 0).OrderBy(n => string.Join(' ', n.Words), StringComparer.Ordinal).ThenBy(n => string.Join(' ', n.Bars), StringComparer.Ordinal),
            ],
        };
    }

    static int[] Sorted(IReadOnlyCollection<int> places) => [.. places.Order()];

    /// <summary>Who is barred, by place. Holders are few: whom each is barred with is asked once for each, and turned round.</summary>
    sealed class Places
    {
        static readonly IReadOnlyCollection<int> s_none = [];

        readonly Register _register;
        readonly DateTimeOffset _since, _now;
        readonly Dictionary<Guid, HashSet<int>> _barred = [];
        readonly Dictionary<Guid, HashSet<int>> _held = [];
        readonly Dictionary<Guid, HashSet<int>> _commanded = [];

        public Places(Register register, IReadOnlyList<BookHolder> holders, DateTimeOffset now, bool ownWord)
        {
            (_register, _now, _since) = (register, now, now.AddMonths(-Recusal.MonthsAfterPosting));
            for (var place = 0; place < holders.Count; place++)
            {
                var person = holders[place].Id;
                foreach (var other in Recusal.BarredWith(person, register, now, ownWord).Append(person)) Add(_barred, other, place);
                foreach (var posting in register.PostingsOf(person).Where(Counts))
                {
                    var post = register.Posts[posting.Post];
                    Add(_held, post.Id, place);
                    if (post.Role == Role.Commander) Add(_commanded, post.Unit, place);
                }
            }
        }

        public IReadOnlyCollection<int> OfPerson(Guid person) => _barred.TryGetValue(person, out var places) ? places : s_none;

        /// <summary>Of a post: who stands above it, and whoever is barred with somebody who holds or held it.</summary>
        public HashSet<int> OfPost(Post post)
        {
            var places = Above(post.Unit);
            foreach (var above in _register.Above(post.Id).Append(post.Id))
                if (_held.TryGetValue(above, out var holders)) places.UnionWith(holders);
            foreach (var posting in _register.PostingsOn(post.Id).Where(Counts)) places.UnionWith(OfPerson(posting.Person));
            return places;
        }

        /// <summary>Who commands, or commanded, a unit or one that it is part of.</summary>
        public HashSet<int> Above(Guid unit)
        {
            var places = new HashSet<int>();
            for (var (above, steps) = ((Guid?)unit, 0); above is { } id && steps <= _register.Units.Count; above = _register.Units.GetValueOrDefault(id)?.Parent, steps++)
                if (_commanded.TryGetValue(id, out var commanders)) places.UnionWith(commanders);
            return places;
        }

        bool Counts(Posting posting) => posting.InForceWithin(_since, _now);

        static void Add(Dictionary<Guid, HashSet<int>> places, Guid key, int place)
        {
            if (places.TryGetValue(key, out var known)) known.Add(place);
            else places.Add(key, [place]);
        }
    }
}
