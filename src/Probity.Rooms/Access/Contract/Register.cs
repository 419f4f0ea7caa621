using System.Collections.Immutable;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.Records.Contract;
using Probity.Shared.Record;

namespace Probity.Access.Contract;

/// <summary>A unit in the tree.</summary>
internal sealed record Unit(Guid Id, Guid? Parent, string Name, string Code);

/// <summary>A person; a name that was erased reads as null.</summary>
internal sealed record Person(Guid Id, string? Name)
{
    public bool IsErased => Name is null;
}

/// <summary>A person in a post, and why it was asked for: empty where that was erased. Open until <paramref name="Until"/>; without <paramref name="From"/> it is not approved yet.</summary>
internal sealed record Posting(
    Guid Id, Guid Person, Guid Post, Guid ProposedBy, string Reason, DateTimeOffset? From, DateTimeOffset? Until)
{
    /// <summary>From when its person has left the service, or is to: it ends then by itself.</summary>
    public DateTimeOffset? LeavesAt { get; init; }

    /// <summary>When it ends or ended, whichever of the two comes first.</summary>
    public DateTimeOffset? Ends => Until is null || LeavesAt < Until ? LeavesAt ?? Until : Until;

    public bool InForceAt(DateTimeOffset time) => From <= time && (Ends is not { } ends || time < ends);

    /// <summary>Whether it was in force at any moment of the period.</summary>
    public bool InForceWithin(DateTimeOffset from, DateTimeOffset to) => From <= to && (Ends is not { } ends || from < ends);
}

/// <summary>Who asked that a person be invited anew, and when.</summary>
internal sealed record Renewal(Guid By, DateTimeOffset At);

/// <summary>
/// Who is who: units, posts, people and postings, folded from one stream, the register of the agency. One stream, so
/// that a decision which rests on who held which post expects one version.
/// </summary>
internal sealed record Register : IStreamState<Register>
{
    static readonly Guid RegisterId = new("d1ec7084-0000-8000-8000-000000000001");

    /// <summary>The register's stream.</summary>
    public static StreamId Stream { get; } = new(RegisterId);

    public static Register Initial { get; } = new();

    public ImmutableDictionary<Guid, Unit> Units { get; init; } = ImmutableDictionary<Guid, Unit>.Empty;
    public ImmutableDictionary<Guid, Post> Posts { get; init; } = ImmutableDictionary<Guid, Post>.Empty;
    public ImmutableDictionary<Guid, Person> People { get; init; } = ImmutableDictionary<Guid, Person>.Empty;
    public ImmutableDictionary<Guid, Posting> Postings { get; init; } = ImmutableDictionary<Guid, Posting>.Empty;

    // Who asks for one person, post or role must not read those of all: a country has tens of thousands.
    ImmutableDictionary<Guid, ImmutableList<Guid>> OfPerson { get; init; } = ImmutableDictionary<Guid, ImmutableList<Guid>>.Empty;
    ImmutableDictionary<Guid, ImmutableList<Guid>> OnPost { get; init; } = ImmutableDictionary<Guid, ImmutableList<Guid>>.Empty;
    ImmutableDictionary<Guid, ImmutableList<Guid>> Under { get; init; } = ImmutableDictionary<Guid, ImmutableList<Guid>>.Empty;
    ImmutableDictionary<Role, ImmutableList<Guid>> PostsWith { get; init; } = ImmutableDictionary<Role, ImmutableList<Guid>>.Empty;
    ImmutableHashSet<Guid> Waiting { get; init; } = [];
    ImmutableDictionary<Guid, ImmutableList<Guid>> InUnit { get; init; } = ImmutableDictionary<Guid, ImmutableList<Guid>>.Empty;
    ImmutableDictionary<Guid, DateTimeOffset> AccessEndedAt { get; init; } = ImmutableDictionary<Guid, DateTimeOffset>.Empty;

    // By both of each tie's people.
    ImmutableDictionary<Guid, ImmutableList<Guid>> TiesWith { get; init; } = ImmutableDictionary<Guid, ImmutableList<Guid>>.Empty;

    /// <summary>What people of the house declared to be to each other.</summary>
    public ImmutableDictionary<Guid, Tie> Ties { get; init; } = ImmutableDictionary<Guid, Tie>.Empty;

    /// <summary>Ties that whoever declared them says have ended, and that wait for somebody who confirms it.</summary>
    public ImmutableHashSet<Guid> TieEndsAsked { get; init; } = [];

    /// <summary>Whose access ended: they have their posts still, and act in none of them.</summary>
    public ImmutableHashSet<Guid> ShutOut { get; init; } = [];

    /// <summary>Who leaves the service, or has left it.</summary>
    public Departures Departures { get; init; } = Departures.None;

    /// <summary>Invitations anew that wait for a second person, by whom they are for.</summary>
    public ImmutableDictionary<Guid, Renewal> Renewals { get; init; } = ImmutableDictionary<Guid, Renewal>.Empty;

    /// <summary>Ends of postings that wait for a second person.</summary>
    public PostingEnds EndsAsked { get; init; } = PostingEnds.None;

    /// <summary>How many entries of the register this state rests on.</summary>
    public long Version { get; init; }

    static readonly string NameType = EventTypes.NameOf(typeof(PersonRegistered));

    public Register Apply(Recorded recorded) => Happen(recorded) with { Version = recorded.Version, EndsAsked = EndsAsked.Apply(recorded) };

    Register Happen(Recorded recorded) => recorded.Event switch
    {
        UnitCreated e => this with { Units = Units.Add(e.Unit, new Unit(e.Unit, e.Parent, e.Name, e.Code)) },
        PostCreated e => Create(new Post(e.Post, e.Unit, e.Title, e.Role, e.ReportsTo) { Created = recorded.When }),
        PersonRegistered e => Name(e.Person, e.Name),
        null when recorded.Type == NameType && recorded.Compartment.Value != RegisterId => Name(recorded.Compartment.Value, null),
        PersonErased e => Untie(e.Person).Forget(e.Person),
        PostingProposed e => Propose(new Posting(e.Posting, e.Person, e.Post, recorded.Actor.Value, "", null, null)),
        PostingProposedV1 e => Propose(new Posting(e.Posting, e.Person, e.Post, recorded.Actor.Value, e.Reason, null, null)),
        PostingReasoned { Move: PostingMove.Proposed } e => Change(e.Posting, p => p with { Reason = e.Reason }),
        PostingApproved e => Change(e.Posting, p => p with { From = recorded.When }),
        PostingRejected e => Change(e.Posting, p => p with { Until = recorded.When }),
        PostingEnded e => Change(e.Posting, p => p with { Until = recorded.When }),
        RenewalAsked e => this with { Renewals = Renewals.SetItem(e.Person, new Renewal(recorded.Actor.Value, recorded.When)) },
        RenewalAgreed e => this with { Renewals = Renewals.Remove(e.Person) },
        AccessEnded e => this with { ShutOut = ShutOut.Add(e.Person), AccessEndedAt = AccessEndedAt.SetItem(e.Person, recorded.When) },
        AccessRestored e => this with { ShutOut = ShutOut.Remove(e.Person) },
        TieDeclared e => Declare(new Tie(e.Tie, recorded.Actor.Value, e.Other, e.Kind, e.Degree, recorded.When) { Waits = e.Waits == true }),
        TieEndAsked e => ChangeTie(e.Tie, t => t with { EndReason = e.Reason }) with { TieEndsAsked = Ties.ContainsKey(e.Tie) ? TieEndsAsked.Add(e.Tie) : TieEndsAsked },
        TieEnded e => ChangeTie(e.Tie, t => t with { Until = recorded.When }) with { TieEndsAsked = TieEndsAsked.Remove(e.Tie) },
        TieConfirmed e => ChangeTie(e.Tie, t => e.Agrees ? t with { Confirmed = true } : t with { Until = recorded.When }),
        TieKept e => ChangeTie(e.Tie, t => t with { EndReason = null }) with { TieEndsAsked = TieEndsAsked.Remove(e.Tie) },
        _ => Leave(recorded),
    };

    // Postings end with their person's service: each says so itself, so that whoever asks one asks the time alone.
    Register Leave(Recorded recorded)
    {
        var departures = Departures.Apply(recorded);
        var next = ReferenceEquals(departures, Departures) ? this : this with { Departures = departures };
        return recorded.Event switch
        {
            LeavingAgreed e when departures.Of(e.Person)?.From is { } from => next.ChangeOf(e.Person, p => p.Until <= from ? p : p with { LeavesAt = from }),
            // Who had not left yet keeps their posts; who had comes back to none of them, and no session of before goes on.
            ReturnAgreed e when Departures.Of(e.Person)?.HasLeftAt(recorded.When) == true =>
                next.ChangeOf(e.Person, p => p with { Until = p.Ends, LeavesAt = null }) with { AccessEndedAt = AccessEndedAt.SetItem(e.Person, recorded.When) },
            ReturnAgreed e => next.ChangeOf(e.Person, p => p with { LeavesAt = null }),
            _ => next,
        };
    }

    Register ChangeOf(Guid person, Func<Posting, Posting> change) =>
        this with { Postings = Postings.SetItems(PostingsOf(person).Where(p => p.From is not null).Select(p => KeyValuePair.Create(p.Id, change(p)))) };

    Register Name(Guid person, string? name) => this with { People = People.Add(person, new Person(person, name)) };

    Register Create(Post post) => this with
    {
        Posts = Posts.Add(post.Id, post),
        PostsWith = With(PostsWith, post.Role, post.Id),
        InUnit = With(InUnit, post.Unit, post.Id),
        Under = post.ReportsTo is { } above ? With(Under, above, post.Id) : Under,
    };

    Register Propose(Posting posting) => this with
    {
        Postings = Postings.Add(posting.Id, posting), Waiting = Waiting.Add(posting.Id), OfPerson = With(OfPerson, posting.Person, posting.Id), OnPost = With(OnPost, posting.Post, posting.Id),
    };

    static ImmutableDictionary<TKey, ImmutableList<Guid>> With<TKey>(ImmutableDictionary<TKey, ImmutableList<Guid>> index, TKey key, Guid id)
        where TKey : notnull => index.SetItem(key, index.GetValueOrDefault(key, []).Add(id));

    Register Declare(Tie tie) => this with { Ties = Ties.Add(tie.Id, tie), TiesWith = With(With(TiesWith, tie.By, tie.Id), tie.Other, tie.Id) };

    Register ChangeTie(Guid tie, Func<Tie, Tie> change) => Ties.TryGetValue(tie, out var known) ? this with { Ties = Ties.SetItem(tie, change(known)) } : this;

    // A tie goes with either of its two people.
    Register Untie(Guid person)
    {
        var register = this;
        foreach (var id in TiesWith.GetValueOrDefault(person, []))
        {
            var across = Ties[id].Across(person);
            register = register with
            {
                Ties = register.Ties.Remove(id), TieEndsAsked = register.TieEndsAsked.Remove(id), TiesWith = register.TiesWith.SetItem(across, register.TiesWith[across].Remove(id)),
            };
        }

        return register with { TiesWith = register.TiesWith.Remove(person) };
    }

    // Whoever has the register in memory lets go of what a fold from the beginning would not find any more. Names and reasons that were
    // recorded before people had compartments of their own lie in the register's and are left out here only.
    Register Forget(Guid person) => this with
    {
        People = People.SetItem(person, new Person(person, null)),
        Postings = Postings.SetItems(PostingsOf(person).Select(p => KeyValuePair.Create(p.Id, p with { Reason = "" }))),
        Renewals = Renewals.Remove(person),
        ShutOut = ShutOut.Remove(person),
        AccessEndedAt = AccessEndedAt.Remove(person),
        Departures = Departures.Forget(person),
    };

    Register Change(Guid posting, Func<Posting, Posting> change) =>
        Postings.TryGetValue(posting, out var known) ? Changed(change(known)) : this;

    Register Changed(Posting posting) => this with { Postings = Postings.SetItem(posting.Id, posting), Waiting = posting is { From: null, Until: null } ? Waiting : Waiting.Remove(posting.Id) };

    /// <summary>Every posting that was asked for and has no answer, in no order.</summary>
    public IEnumerable<Posting> PostingsAsked => Waiting.Select(id => Postings[id]);

    /// <summary>Every posting of a person, whether proposed, in force or ended, in the order in which they were proposed.</summary>
    public IEnumerable<Posting> PostingsOf(Guid person) => OfPerson.GetValueOrDefault(person, []).Select(id => Postings[id]);

    /// <summary>The ties that bar a person and others, whichever of the two declared them.</summary>
    public IEnumerable<Tie> TiesOf(Guid person) => TiesWith.GetValueOrDefault(person, []).Select(id => Ties[id]).Where(Counts);

    /// <summary>
    /// Whether a tie bars: it holds, and is neither the second that its declarer has with one role of those who watch, nor one that would have left a unit too few of them, unless an overseer
    /// confirmed it. Whoever could bar several of them on their own word would choose who is left to look. What the other declares counts as theirs.
    /// </summary>
    public bool Counts(Tie tie) => tie.Holds && (tie.Confirmed || (!tie.Waits && (Watches(tie.Other) is not { Count: > 0 } roles
        || !TiesDeclaredBy(tie.By).TakeWhile(t => t.Id != tie.Id).Any(t => t.Holds && t.Other != tie.Other && Watches(t.Other).Overlaps(roles)))));

    // The roles in which somebody watches over others, whatever the hour: a posting that was approved and not ended.
    HashSet<Role> Watches(Guid person) =>
        [.. PostingsOf(person).Where(p => p is { From: not null, Until: null }).Select(p => Posts[p.Post].Role).Where(Watch.Roles.Contains)];

    /// <summary>What a person declared themselves, ended or not: nobody is shown what others declared about them.</summary>
    public IEnumerable<Tie> TiesDeclaredBy(Guid person) => TiesWith.GetValueOrDefault(person, []).Select(id => Ties[id]).Where(t => t.By == person);

    /// <summary>Every posting on a post, in the order in which they were proposed.</summary>
    public IEnumerable<Posting> PostingsOn(Guid post) => OnPost.GetValueOrDefault(post, []).Select(id => Postings[id]);

    /// <summary>The posts that a person holds at a time.</summary>
    public IEnumerable<Post> PostsOf(Guid person, DateTimeOffset at) => PostingsOf(person).Where(p => p.InForceAt(at)).Select(p => Posts[p.Post]);

    /// <summary>The posts of a unit, without those of the units below it.</summary>
    public IEnumerable<Post> PostsIn(Guid unit) => InUnit.GetValueOrDefault(unit, []).Select(id => Posts[id]);

    /// <summary>How many they are.</summary>
    public int PostCountIn(Guid unit) => InUnit.GetValueOrDefault(unit, []).Count;

    /// <summary>Whether somebody has left the service.</summary>
    public bool HasLeft(Guid person, DateTimeOffset now) => Departures.Of(person)?.HasLeftAt(now) == true;

    /// <summary>Whether what somebody has in hand needs another: their access ended, or they have left.</summary>
    public bool NeedsRelief(Guid person, DateTimeOffset now) => IsShutOut(person) || HasLeft(person, now);

    /// <summary>Those of a commander of whom that is so.</summary>
    public IEnumerable<Guid> RelievedBy(Actor commander, DateTimeOffset now) => ShutOut.Where(p => PostsOf(p, now).Any(post => commander.Commands(post.Unit, this)))
        .Concat(Departures.All.Values.Where(d => d.HasLeftAt(now)
            && PostingsOf(d.Person).Any(p => p.LeavesAt is not null && commander.Commands(Posts[p.Post].Unit, this))).Select(d => d.Person))
        .Distinct();

    /// <summary>Whether somebody's access ended.</summary>
    public bool IsShutOut(Guid person) => ShutOut.Contains(person);

    /// <summary>Whether somebody's access ended at or after a moment, whether or not it was restored since: no session lives through that.</summary>
    public bool WasShutOutSince(Guid person, DateTimeOffset moment) => AccessEndedAt.TryGetValue(person, out var at) && at >= moment;

    /// <summary>Everybody who acts in a role at a time, in a unit or below it; everywhere without a unit. Sorted by id.</summary>
    public IReadOnlyList<Guid> Holders(Role role, DateTimeOffset at, Guid? unit = null) => [.. PostsWith.GetValueOrDefault(role, [])
        .Where(post => unit is null || IsWithin(Posts[post].Unit, unit.Value))
        .SelectMany(PostingsOn)
        .Where(p => p.InForceAt(at) && !IsShutOut(p.Person))
        .Select(p => p.Person)
        .Distinct()
        .Order()];

    /// <summary>Whether <paramref name="unit"/> is <paramref name="ancestor"/> or stands below it.</summary>
    public bool IsWithin(Guid unit, Guid ancestor)
    {
        for (Guid? u = unit; u is { } id; u = Units.GetValueOrDefault(id)?.Parent)
        {
            if (id == ancestor) return true;
        }

        return false;
    }

    /// <summary>Whether a person holding <paramref name="post"/> stands, at any height, under <paramref name="above"/>.</summary>
    public bool ReportsTo(Guid post, Guid above)
    {
        var p = Posts.GetValueOrDefault(post)?.ReportsTo;
        for (var steps = 0; p is { } id && steps <= Posts.Count; steps++, p = Posts.GetValueOrDefault(id)?.ReportsTo)
        {
            if (id == above) return true;
        }

        return false;
    }

    /// <summary>The posts that <paramref name="post"/> stands under, at any height.</summary>
    public IEnumerable<Guid> Above(Guid post)
    {
        for (var (above, steps) = (Posts.GetValueOrDefault(post)?.ReportsTo, 0); above is { } id && steps <= Posts.Count; above = Posts.GetValueOrDefault(id)?.ReportsTo, steps++)
            yield return id;
    }

    /// <summary>The posts that <paramref name="post"/> stands under at any height, and those that stand under it.</summary>
    public IEnumerable<Guid> Line(Guid post)
    {
        foreach (var above in Above(post)) yield return above;
        var below = new Queue<Guid>([post]);
        while (below.TryDequeue(out var next))
        {
            foreach (var under in Under.GetValueOrDefault(next, []))
            {
                yield return under;
                // A post is created under one that is there: no post stands above itself.
                below.Enqueue(under);
            }
        }
    }

    /// <summary>A person's name as people read it: where it was erased, a word that says so, in the reader's language, and the id's beginning.</summary>
    public string NameOf(Guid person)
    {
        var id = person.ToString("D")[..8];
        return !People.TryGetValue(person, out var known) ? id : known.Name ?? $"{AccessText.Get("person.erased")} {id}";
    }
}
