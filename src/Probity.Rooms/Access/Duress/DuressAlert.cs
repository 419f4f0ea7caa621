using System.Globalization;
using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Access.Duress;

/// <summary>What was said about an alert.</summary>
internal sealed record AlertWords(string What, Guid By, DateTimeOffset At);

/// <summary>An alert as it stands; that it is one is said by the sign-in itself.</summary>
internal sealed record DuressAlert : IState<DuressAlert>
{
    public static DuressAlert Initial { get; } = new();

    /// <summary>The id of the alert of a sign-in, by the place of its mark on the record.</summary>
    public static Guid IdOf(Guid person, long index) => Streams.Derive(person, string.Create(CultureInfo.InvariantCulture, $"alert/{index}"));

    /// <summary>What was done, where that waits for a second person or was closed.</summary>
    public AlertWords? Answer { get; init; }

    /// <summary>Why more had to be done, the last time that somebody said so.</summary>
    public AlertWords? Returned { get; init; }

    /// <summary>The second person's yes.</summary>
    public AlertWords? Closed { get; init; }

    public DuressAlert Apply(Recorded recorded) => recorded.Event switch
    {
        AlertAnswered e => this with { Answer = Words(e.Words, recorded) },
        AlertReturned e => this with { Answer = null, Returned = Words(e.Words, recorded) },
        AlertClosed e => this with { Closed = Words(e.Words, recorded) },
        _ => this,
    };

    static AlertWords Words(string words, Recorded recorded) => new(words, recorded.Actor.Value, recorded.When);
}

/// <summary>What can be done with an alert.</summary>
internal enum AlertAction { Open, Answer, Close, Return }

/// <summary>All that a decision about an alert may know.</summary>
internal sealed record AlertFacts(Guid Id, Guid Person, DateTimeOffset At, DuressAlert Alert, Actor Actor, Register Register, DateTimeOffset Now);

/// <summary>
/// Who may do what with an alert: integrity and the overseers who are neither that person nor in their chain of command. To everybody else, the administrator and the person themselves among them,
/// there is no alert.
/// </summary>
internal static class DuressAccess
{
    public const string Answered = "alert.answered", NotAnswered = "alert.not-answered", Closed = "alert.closed";

    public static Refusal? Refuses(AlertAction action, AlertFacts facts)
    {
        if (!Serves(facts.Actor)) return new Refusal(Bars.Role);
        if (Recusal.Between(facts.Actor.Person, [facts.Person], facts.Register, facts.Now) is { } bar) return new Refusal(bar);
        return action switch
        {
            AlertAction.Open => null,
            _ when facts.Alert.Closed is not null => new Refusal(Closed),
            AlertAction.Answer => facts.Alert.Answer is null ? null : new Refusal(Answered),
            AlertAction.Close or AlertAction.Return => facts.Alert.Answer is not { } answer ? new Refusal(NotAnswered) : answer.By == facts.Actor.Person ? new Refusal(Bars.EarlierRole) : null,
            _ => new Refusal(Bars.Role),
        };
    }

    public static bool Serves(Actor actor) => actor.Has(Role.Integrity) || actor.Has(Role.Overseer);
}
