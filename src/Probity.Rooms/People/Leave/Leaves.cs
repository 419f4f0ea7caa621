using System.Collections.Immutable;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Leave;

/// <summary>A leave that somebody asked for: days by UTC, the first and the last included.</summary>
internal sealed record LeavePeriod(Guid Id, Guid Person, DateOnly From, DateOnly To, Guid StandIn, DateTimeOffset At)
{
    /// <summary>How many days in a row were enough when it was agreed to; null as long as it waits.</summary>
    public int? Least { get; init; }

    /// <summary>Whether it was agreed to.</summary>
    public bool IsAgreed => Least is not null;

    /// <summary>Whether it runs on a day.</summary>
    public bool RunsOn(DateOnly day) => IsAgreed && From <= day && day <= To;

    /// <summary>Whether it counts on a day at all: what nobody agreed to before it was to begin does not any more.</summary>
    public bool StandsOn(DateOnly day) => IsAgreed || From > day;

    /// <summary>The day by UTC.</summary>
    public static DateOnly DayOf(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime);

    /// <summary>When a day begins, UTC.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}

/// <summary>Days away in a row: leaves that follow each other without a day between them are one.</summary>
internal sealed record DaysAway(DateOnly From, DateOnly To, int Least)
{
    /// <summary>Whether they are as many as were asked for.</summary>
    public bool IsEnough => To.DayNumber - From.DayNumber + 1 >= Least;
}

/// <summary>The leaves of those in sensitive posts. One stream for the agency, whose entries lie with their persons; what was returned or taken back is not in it any more.</summary>
internal sealed record Leaves : IStreamState<Leaves>
{
    /// <summary>The stream.</summary>
    public static StreamId Stream { get; } = new(new Guid("d1ec7084-0000-8000-8000-000000000060"));

    public static Leaves Initial { get; } = new();

    ImmutableDictionary<Guid, ImmutableList<LeavePeriod>> OfPerson { get; init; } = ImmutableDictionary<Guid, ImmutableList<LeavePeriod>>.Empty;

    public long Version { get; init; }

    /// <summary>Those of a person, the first day first.</summary>
    public IReadOnlyList<LeavePeriod> Of(Guid person) => OfPerson.GetValueOrDefault(person, []);

    /// <summary>Those that wait for an answer that can still come, the first day first.</summary>
    public IEnumerable<LeavePeriod> Waiting(DateOnly today) => OfPerson.Values.SelectMany(l => l).Where(l => !l.IsAgreed && l.StandsOn(today)).OrderBy(l => l.From).ThenBy(l => l.Id);

    /// <summary>What somebody stands in for, from today on.</summary>
    public IEnumerable<LeavePeriod> StoodInBy(Guid person, DateOnly today) => OfPerson.Values.SelectMany(l => l).Where(l => l.StandIn == person && l.IsAgreed && l.To >= today).OrderBy(l => l.From).ThenBy(l => l.Id);

    /// <summary>Somebody's days away that were agreed to, the first first.</summary>
    public IReadOnlyList<DaysAway> AwayOf(Guid person) => Joined(Of(person).Where(l => l.IsAgreed));

    /// <summary>Whether a leave, with what was agreed to right before and after it, is of as many days as are asked for: by the figure of its own where it was agreed to, else by the one of now.</summary>
    public bool IsEnough(LeavePeriod leave, int least) =>
        Joined(Of(leave.Person).Where(l => l.IsAgreed || l.Id == leave.Id).Select(l => l with { Least = l.Least ?? least })).Any(a => a.From <= leave.From && leave.To <= a.To && a.IsEnough);

    static List<DaysAway> Joined(IEnumerable<LeavePeriod> agreed)
    {
        var all = new List<DaysAway>();
        foreach (var leave in agreed)
        {
            if (all.Count > 0 && leave.From <= all[^1].To.AddDays(1)) all[^1] = new DaysAway(all[^1].From, leave.To > all[^1].To ? leave.To : all[^1].To, Math.Min(all[^1].Least, leave.Least!.Value));
            else all.Add(new DaysAway(leave.From, leave.To, leave.Least!.Value));
        }

        return all;
    }

    /// <summary>Whether a leave is over and was not long enough to count, with those that it followed upon.</summary>
    public bool IsTooFew(LeavePeriod leave, DateOnly today) => leave.IsAgreed && leave.To < today && AwayOf(leave.Person).Any(a => !a.IsEnough && a.From <= leave.From && leave.To <= a.To);

    public Leaves Apply(Recorded recorded) => Happen(recorded) with { Version = recorded.Version };

    Leaves Happen(Recorded recorded) => recorded.Event switch
    {
        LeaveEntered e => With(e.Person, Of(e.Person).Append(new LeavePeriod(e.Leave, e.Person, e.From, e.To, e.StandIn, recorded.At)).OrderBy(l => l.From)),
        LeaveAgreed e => With(e.Person, Of(e.Person).Select(l => l.Id == e.Leave ? l with { Least = e.Least } : l)),
        LeaveReturned e => With(e.Person, Of(e.Person).Where(l => l.Id != e.Leave)),
        LeaveTakenBack e => With(e.Person, Of(e.Person).Where(l => l.Id != e.Leave)),
        LeaveEnded e => With(e.Person, Of(e.Person).Select(l => l.Id == e.Leave ? l with { To = e.Last } : l).Where(l => l.From <= l.To)),
        _ => this,
    };

    Leaves With(Guid person, IEnumerable<LeavePeriod> all) => this with { OfPerson = OfPerson.SetItem(person, [.. all]) };
}
