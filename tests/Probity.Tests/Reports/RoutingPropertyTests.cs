using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Keys;
using Probity.Reports.Routing;
using Probity.Sealing;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Reports;

/// <summary>
/// Ten thousand organisations that nobody thought of: who must not read a report gets no key of it, and everybody else does. What must be is worked out a second time in <see cref="RandomHouse"/>,
/// which knows neither the guard nor the book.
/// </summary>
public sealed class RoutingPropertyTests
{
    const int Houses = 10_000;
    const int Sealed = 150;

    static readonly byte[] NameKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void Nobody_who_must_not_read_gets_a_key_and_everybody_else_does()
    {
        var (barredHolders, openHolders, overseersAlone, nobody) = (0, 0, 0, 0);
        for (var seed = 0; seed < Houses; seed++)
        {
            var house = new RandomHouse(seed);
            var book = BookOf(house);
            var without = house.Ticks();
            var routing = Routing.Of(book, without);
            var (integrity, overseers) = (false, false);
            for (var place = 0; place < book.Holders.Count; place++)
            {
                var holder = book.Holders[place];
                var barred = house.MustNotSee(house.IndexOf(holder.Id), without);
                Assert.True(barred != routing.Opens[place], $"house {seed}: {holder.Part} {house.IndexOf(holder.Id)} {(barred ? "gets a key and must not" : "gets none")}");
                if (barred) barredHolders++;
                else openHolders++;
                integrity |= !barred && holder.Part == HolderPart.Integrity;
                overseers |= !barred && holder.Part == HolderPart.Overseer;
            }

            Assert.Equal(integrity || overseers, routing.HasReaders(book));
            if (!integrity && overseers) overseersAlone++;
            if (!integrity && !overseers) nobody++;
            if (seed % (Houses / Sealed) == 0) OpensForThemAlone(house, book, routing, without);
            NobodyComesLater(house, book, routing, seed);
        }

        // Each of these came often enough to mean something.
        Assert.All([barredHolders, openHolders, overseersAlone, nobody], count => Assert.True(count > Houses / 20, $"{barredHolders} barred, {openHolders} open, {overseersAlone} overseers alone, {nobody} nobody"));
    }

    static RecipientBook BookOf(RandomHouse house) => BookMaking.Of(house.Register, BookMaking.HoldersOf(house.Register, house.Recipients, RandomHouse.Now), RandomHouse.Now, NameKey);

    // Really sealed: every slot is tried with every key of the house.
    static void OpensForThemAlone(RandomHouse house, RecipientBook book, Routing routing, MustNotSee without)
    {
        using var keys = new SourceKeys(NameKey);
        var deposit = Deposit.Decode(ReportScene.Seal(Guid.NewGuid(), keys, book, routing, true, without, "text", null).Encode());
        for (var slot = 0; slot < book.Slots; slot++)
        {
            for (var person = 0; person < house.People; person++)
            {
                var theirs = slot < book.Holders.Count && book.Holders[slot].Id == RandomHouse.IdOf(person);
                var custodian = theirs && book.Holders[slot].Part == HolderPart.Custodian;
                var may = theirs && !house.MustNotSee(person, without);
                var key = RandomHouse.KeyOf(person);
                Assert.Equal(may && !custodian, deposit.Content.OpenSlot(deposit.Binding(PartKind.Content), slot, key) is not null);
                Assert.Equal(may && custodian, deposit.Identity.OpenSlot(deposit.Binding(PartKind.Identity), slot, key) is not null);
            }
        }

        Assert.Equal(routing.People(book).ToHashSet(), deposit.OpenRoute(keys));
    }

    static void NobodyComesLater(RandomHouse house, RecipientBook book, Routing routing, int seed)
    {
        var readers = routing.People(book).ToHashSet();
        house.Change(seed);
        var later = BookOf(house);
        Assert.Subset(readers, Routing.To(later, readers).People(later).ToHashSet());
    }
}

/// <summary>An organisation by chance: units, posts, people who hold or held them, ties, keys; and what a source ticks. What follows for a report is worked out from these lists alone.</summary>
internal sealed class RandomHouse
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    static readonly Role[] s_roles = [Role.Integrity, Role.Integrity, Role.Overseer, Role.Overseer, Role.Commander, Role.Commander, Role.Officer, Role.Officer, Role.Officer, Role.Secretariat, Role.Vetting];
    static readonly string[] s_first = ["Amaro", "Bento", "Dulce", "Fabio", "Gloria", "Ilda", "Jaime", "Lurdes", "Mario", "Nelida", "Otilia", "Pedro", "Rui", "Teofilo"];
    static readonly string[] s_last = ["Alvim", "Barrento", "Dourado", "Falesto", "Gravato", "Imperio", "Junot", "Lameira", "Morgado", "Navalha", "Oliveto", "Pimentel", "Rasteiro", "Tavoro"];
    static readonly SealingKey[] s_keys = [.. s_first.Select(_ => SealingKey.Generate())];

    sealed record APost(int Unit, Role Role, int? Above);

    sealed record APosting(int Person, int Post, DateTimeOffset? From, DateTimeOffset? Until);

    sealed record ATie(int By, int Other, bool Ended, bool Confirmed);

    readonly Random _chance;
    readonly List<int?> _units = [];
    readonly List<APost> _posts = [];
    readonly List<APosting> _postings = [];
    readonly List<ATie> _ties = [];
    readonly List<(IEvent Event, DateTimeOffset At, Guid By)> _events = [];

    public RandomHouse(int seed)
    {
        _chance = new Random(seed);
        People = _chance.Next(3, s_first.Length + 1);
        for (var unit = _chance.Next(1, 7); unit > 0; unit--)
        {
            _units.Add(_units.Count > 0 && _chance.Next(4) > 0 ? _chance.Next(_units.Count) : null);
            Happen(new UnitCreated(Id("unit", _units.Count - 1), _units[^1] is { } parent ? Id("unit", parent) : null, $"Unit {_units.Count}", $"U{_units.Count}"));
        }

        for (var post = _chance.Next(3, 13); post > 0; post--)
        {
            _posts.Add(new APost(_chance.Next(_units.Count), s_roles[_chance.Next(s_roles.Length)], _posts.Count > 0 && _chance.Next(2) > 0 ? _chance.Next(_posts.Count) : null));
            Happen(new PostCreated(Id("post", _posts.Count - 1), Id("unit", _posts[^1].Unit), $"Post {_posts.Count}", _posts[^1].Role, _posts[^1].Above is { } above ? Id("post", above) : null));
        }

        for (var person = 0; person < People; person++) Happen(new PersonRegistered(IdOf(person), NameOf(person)));
        for (var posting = _chance.Next(People, 2 * People + 1); posting > 0; posting--) Post();
        for (var tie = _chance.Next(0, 3); tie > 0; tie--) Tie();
        foreach (var (happened, at, by) in _events) Register = Applied(happened, at, by);
        for (var person = 0; person < People; person++) MakeKey(person);
        // Somebody without such a post keeps identities.
        var custodian = _chance.Next(People);
        Recipients = Applied(new CustodianNamed(IdOf(custodian)), IdOf(0));
        Recipients = Applied(new CustodianConfirmed(IdOf(custodian)), IdOf(1));
    }

    public int People { get; }

    public Register Register { get; private set; } = Register.Initial;

    public Recipients Recipients { get; private set; } = Recipients.Initial;

    public static SealingKey KeyOf(int person) => s_keys[person];

    public static Guid IdOf(int person) => Id("person", person);

    public int IndexOf(Guid person) => Enumerable.Range(0, People).Single(p => IdOf(p) == person);

    static Guid Id(string kind, int number) => new(number + 1, (short)kind.Length, kind[1] == 'o' ? (short)1 : (short)2, 0x80, 0, 0, 0, 0, 0, 0, (byte)kind[0]);

    static string NameOf(int person) => $"{s_first[person]} {s_last[person]}";

    // Present; ended within 24 months, at their edge, or before; never approved.
    void Post()
    {
        var (person, post) = (_chance.Next(People), _chance.Next(_posts.Count));
        var from = Now.AddDays(-_chance.Next(1, 1_500));
        DateTimeOffset? until = _chance.Next(5) switch
        {
            0 => Now.AddMonths(-24).AddDays(_chance.Next(-1, 2)), 1 => Now.AddDays(-_chance.Next(0, 720)), 2 => Now.AddDays(-_chance.Next(740, 1_400)), _ => null,
        };
        if (until <= from) from = until.Value.AddDays(-_chance.Next(1, 400));
        var approved = _chance.Next(12) > 0;
        var id = Id("posting", _postings.Count);
        _postings.Add(new APosting(person, post, approved ? from : null, approved ? until : null));
        Happen(new PostingProposedV1(id, IdOf(person), Id("post", post), "By chance."), from);
        if (approved) Happen(new PostingApproved(id), from);
        if (approved && until is { } end) Happen(new PostingEnded(id), end);
    }

    void Tie()
    {
        var (by, other) = (_chance.Next(People), _chance.Next(People));
        if (by == other) return;
        var tie = new ATie(by, other, _chance.Next(5) == 0, _chance.Next(5) == 0);
        var id = Id("tie", _ties.Count);
        _ties.Add(tie);
        Happen(new TieDeclared(id, IdOf(other), (TieKind)_chance.Next(4), 1), by: IdOf(by));
        if (tie.Confirmed) Happen(new TieConfirmed(id, true, "It is so."));
        if (tie.Ended) Happen(new TieEnded(id, "It is over."));
    }

    void MakeKey(int person)
    {
        if (_chance.Next(10) == 0) return;
        Recipients = Applied(new KeyMade(s_keys[person].Public.ToString()), IdOf(person));
        if (_chance.Next(10) > 0) Recipients = Applied(new KeyConfirmed(IdOf(person), s_keys[person].Public.ToString()), IdOf(0));
    }

    /// <summary>What a source ticks and types, by chance: something nearly always.</summary>
    public MustNotSee Ticks()
    {
        List<Guid> Some(string kind, int of) => [.. Enumerable.Range(0, of).Where(_ => _chance.Next(of + 1) == 0).Select(n => Id(kind, n))];
        var names = Enumerable.Range(0, People).Where(_ => _chance.Next(People) == 0).Select(p => _chance.Next(2) == 0 ? NameOf(p) : NameOf(p).Split(' ')[1].ToUpperInvariant()).ToList();
        return new MustNotSee(Some("unit", _units.Count), Some("post", _posts.Count), names);
    }

    /// <summary>Somebody is posted, somebody declares a tie, somebody gets a key.</summary>
    public void Change(int seed)
    {
        var before = _events.Count;
        for (var change = 1 + (seed % 3); change > 0; change--) Post();
        Tie();
        foreach (var (happened, at, by) in _events.Skip(before)) Register = Applied(happened, at, by);
        var person = _chance.Next(People);
        Recipients = Applied(new KeyMade(s_keys[person].Public.ToString()), IdOf(person));
        Recipients = Applied(new KeyConfirmed(IdOf(person), s_keys[person].Public.ToString()), IdOf(0));
    }

    void Happen(IEvent happened, DateTimeOffset? at = null, Guid? by = null) => _events.Add((happened, at ?? Staff.Before, by ?? Guid.Empty));

    Register Applied(IEvent happened, DateTimeOffset at, Guid by) =>
        Register.Apply(new Recorded(happened, "", Register.Version, Register.Stream, Register.Version + 1, at, null, new ActorId(by)));

    Recipients Applied(IEvent happened, Guid by) =>
        Recipients.Apply(new Recorded(happened, "", Recipients.Version, Recipients.Stream, Recipients.Version + 1, Now, null, new ActorId(by)));

    /// <summary>Whether a report that says this must stay closed to somebody. Worked out from the lists of this house alone, slowly and plainly.</summary>
    public bool MustNotSee(int reader, MustNotSee without)
    {
        var units = Enumerable.Range(0, _units.Count).Where(u => Upwards(u).Any(above => without.Units.Contains(Id("unit", above)))).ToList();
        var posts = Enumerable.Range(0, _posts.Count).Where(p => without.Posts.Contains(Id("post", p)) || units.Contains(_posts[p].Unit)).ToList();
        var people = Enumerable.Range(0, People).Where(p => without.Names.Any(name => NameOf(p) == name || string.Equals(NameOf(p).Split(' ')[1], name, StringComparison.OrdinalIgnoreCase)))
            .Concat(_postings.Where(g => posts.Contains(g.Post) && IsRecent(g)).Select(g => g.Person)).ToHashSet();
        return people.Any(person => person == reader || Tied(person, reader) || Commands(person, reader) || Commands(reader, person))
            || _postings.Any(g => g.Person == reader && IsRecent(g) && posts.Any(p => IsAbove(g.Post, p)))
            || _postings.Any(g => g.Person == reader && IsRecent(g) && _posts[g.Post].Role == Role.Commander
                && units.Concat(posts.Select(p => _posts[p].Unit)).Any(u => Upwards(u).Contains(_posts[g.Post].Unit)));
    }

    IEnumerable<int> Upwards(int unit)
    {
        for (int? at = unit; at is { } id; at = _units[id]) yield return id;
    }

    bool IsAbove(int post, int below)
    {
        for (var at = _posts[below].Above; at is { } id; at = _posts[id].Above)
            if (id == post) return true;
        return false;
    }

    static bool IsRecent(APosting g) => g.From <= Now && (g.Until is null || g.Until > Now.AddMonths(-24));

    static bool IsAt(APosting g, DateTimeOffset moment) => g.From <= moment && (g.Until is null || g.Until > moment);

    // One stood over the other at some moment of the last 24 months: if ever, then when the later of the two began, or when those months did.
    bool Commands(int one, int other) => _postings.Any(mine => mine.Person == one && _postings.Any(theirs => theirs.Person == other && IsAbove(mine.Post, theirs.Post)
        && new[] { mine.From, theirs.From, Now.AddMonths(-24) }.Any(m => m is { } moment && moment >= Now.AddMonths(-24) && moment <= Now && IsAt(mine, moment) && IsAt(theirs, moment))));

    bool Tied(int one, int other)
    {
        for (var at = 0; at < _ties.Count; at++)
        {
            var tie = _ties[at];
            if (tie.Ended || !((tie.By == one && tie.Other == other) || (tie.By == other && tie.Other == one))) continue;
            // Nobody bars a second of those who watch in one role on their own word.
            var watched = Watching(tie.Other);
            if (tie.Confirmed || watched.Count == 0 || !_ties.Take(at).Any(t => t.By == tie.By && !t.Ended && t.Other != tie.Other && Watching(t.Other).Overlaps(watched))) return true;
        }

        return false;
    }

    HashSet<Role> Watching(int person) => [.. _postings.Where(g => g.Person == person && g.From is not null && g.Until is null).Select(g => _posts[g.Post].Role).Where(r => r is Role.Integrity or Role.Vetting or Role.Overseer)];
}
