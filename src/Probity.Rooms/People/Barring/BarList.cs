using System.Collections.Immutable;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Barring;

/// <summary>What somebody asks about an entry and a second person has to answer.</summary>
internal sealed record AskedReview(bool Keep, string Reason, Guid By, DateTimeOffset At);

/// <summary>Somebody on the barred list, or whom somebody asks to put there. Their name is the register's.</summary>
internal sealed record BarEntry(Guid Id, Guid Person, BarReason Reason, DateOnly Notified, Guid By, DateTimeOffset At)
{
    /// <summary>Since when it counts; null as long as nobody agreed.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>From when it is looked at again.</summary>
    public DateTimeOffset? ReviewFrom { get; init; }
    public AskedReview? Asked { get; init; }

    /// <summary>Whether it only advises.</summary>
    public bool IsAdvice => Reason == BarReason.LeftUnderInvestigation;
}

/// <summary>Who is on the barred list, and which people of the same name were looked at. One stream for the agency.</summary>
internal sealed record BarList : IStreamState<BarList>
{
    /// <summary>The stream.</summary>
    public static StreamId Stream { get; } = new(new Guid("d1ec7084-0000-8000-8000-000000000053"));

    public static BarList Initial { get; } = new();

    /// <summary>What is on it or waits, by id. What was returned or taken off is not in it any more.</summary>
    public ImmutableDictionary<Guid, BarEntry> Entries { get; init; } = ImmutableDictionary<Guid, BarEntry>.Empty;

    /// <summary>Whether somebody of the same name is who is on the list, where that is said: by one that they are, by two that they are not.</summary>
    public ImmutableDictionary<(Guid Bar, Guid Person), bool> Answers { get; init; } = ImmutableDictionary<(Guid, Guid), bool>.Empty;

    /// <summary>Who said alone that somebody of the same name is another person.</summary>
    public ImmutableDictionary<(Guid Bar, Guid Person), Guid> SaidByOne { get; init; } = ImmutableDictionary<(Guid, Guid), Guid>.Empty;

    public long Version { get; init; }

    /// <summary>The entries that somebody who sees the list reads, the newest first: nobody reads their own, and what was erased is nobody's any more.</summary>
    public IEnumerable<BarEntry> ShownTo(Guid reader, Register register) => Entries.Values
        .Where(b => b.Person != reader && register.People.TryGetValue(b.Person, out var known) && !known.IsErased).OrderByDescending(b => b.At).ThenBy(b => b.Id);

    /// <summary>Who said it as the first of two; null where nobody has, or both have.</summary>
    public Guid? SaidAnother(Guid bar, Guid person) => SaidByOne.TryGetValue((bar, person), out var by) ? by : null;

    public BarList Apply(Recorded recorded) => Happen(recorded) with { Version = recorded.Version };

    BarList Happen(Recorded recorded) => recorded.Event switch
    {
        BarProposed e => this with { Entries = Entries.SetItem(e.Bar, new BarEntry(e.Bar, e.Person, e.Reason, e.Notified, recorded.Actor.Value, recorded.At)) },
        BarAgreed e => Change(e.Bar, b => b with { Since = recorded.At, ReviewFrom = e.ReviewFrom }),
        BarReturned e => this with { Entries = Entries.Remove(e.Bar) },
        BarReviewAsked e => Change(e.Bar, b => b with { Asked = new AskedReview(e.Keep, e.Reason, recorded.Actor.Value, recorded.At) }),
        BarReviewAgreed { ReviewFrom: { } from } e => Change(e.Bar, b => b with { Asked = null, ReviewFrom = from }),
        BarReviewAgreed e => this with { Entries = Entries.Remove(e.Bar) },
        BarReviewReturned e => Change(e.Bar, b => b with { Asked = null }),
        BarMatchAnswered { Same: false } e when !SaidByOne.TryGetValue((e.Bar, e.Person), out var first) || first == recorded.Actor.Value =>
            this with { SaidByOne = SaidByOne.SetItem((e.Bar, e.Person), recorded.Actor.Value), Answers = Answers.Remove((e.Bar, e.Person)) },
        BarMatchAnswered e => this with { Answers = Answers.SetItem((e.Bar, e.Person), e.Same), SaidByOne = SaidByOne.Remove((e.Bar, e.Person)) },
        _ => this,
    };

    BarList Change(Guid bar, Func<BarEntry, BarEntry> change) => Entries.TryGetValue(bar, out var known) ? this with { Entries = Entries.SetItem(bar, change(known)) } : this;
}
