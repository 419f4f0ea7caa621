using Probity.Ledger;

namespace Probity.Shared.Record;

/// <summary>Something that happened: the payload of one entry, named by its <see cref="EventTypeAttribute"/>.</summary>
internal interface IEvent;

/// <summary>
/// An event in a form that is written no more. Whoever folds the record meets the newer one alone, so only what loses nothing that is
/// read may say so; another old form stays an event of its own.
/// </summary>
internal interface IOldEvent : IEvent
{
    /// <summary>The same in the next form.</summary>
    IEvent Newer { get; }
}

/// <summary>The type of an event on the record, with its version: <c>cases.opened.v1</c>. Never changed once used.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class EventTypeAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>
/// An event as it stands on the record. <paramref name="Event"/> is null where its key was destroyed; what it was, when, by whom and
/// with which <paramref name="Compartment"/> it went is known still.
/// </summary>
internal sealed record Recorded(
    IEvent? Event, string Type, long Index, StreamId Stream, long Version,
    DateTimeOffset At, DateTimeOffset? Occurred, ActorId Actor, CompartmentId Compartment = default)
{
    /// <summary>When it happened: as stated, else when it was recorded.</summary>
    public DateTimeOffset When => Occurred ?? At;
}

/// <summary>A state that is folded from a stream, by pure functions alone.</summary>
internal interface IState<TSelf> where TSelf : IState<TSelf>
{
    /// <summary>The state before the first event.</summary>
    static abstract TSelf Initial { get; }

    /// <summary>The state after <paramref name="recorded"/>.</summary>
    TSelf Apply(Recorded recorded);
}
