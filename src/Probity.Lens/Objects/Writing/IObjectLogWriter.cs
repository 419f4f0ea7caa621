namespace Probity.Lens.Objects.Writing;

/// <summary>A value of an attribute, as text: a number with a point and no exponent, a truth as <c>true</c> or <c>false</c>, a time in ISO 8601.</summary>
/// <param name="Name">The attribute, which its type declares.</param>
/// <param name="Text">The value; what its type holds says how it is written.</param>
/// <param name="Since">From when on an object has it; of events it says nothing.</param>
public sealed record WrittenValue(string Name, string Text, DateTimeOffset Since = default);

/// <summary>That an event or an object names an object, and as what.</summary>
public sealed record WrittenRelation(string Target, string Qualifier);

/// <summary>An object with its values over time and the objects that it names.</summary>
public sealed record WrittenObject(string Id, string Type, IReadOnlyList<WrittenValue> Values, IReadOnlyList<WrittenRelation> Relations);

/// <summary>An event with its values and the objects that it names.</summary>
public sealed record WrittenEvent(string Id, string Type, DateTimeOffset Time, IReadOnlyList<WrittenValue> Values, IReadOnlyList<WrittenRelation> Relations);

/// <summary>
/// Writes an object-centric event log (OCEL 2.0) piece by piece, so that memory does not grow with the log: first all objects, then all events,
/// then <see cref="Complete"/>. The same pieces give the same bytes. Times are UTC, to the microsecond.
/// </summary>
public interface IObjectLogWriter
{
    /// <summary>Adds an object.</summary>
    /// <exception cref="ArgumentException">Its type is not declared, or declares no such attribute.</exception>
    void Add(WrittenObject thing);

    /// <summary>Adds an event; no object follows.</summary>
    /// <exception cref="ArgumentException">Its type is not declared, or declares no such attribute.</exception>
    void Add(WrittenEvent happened);

    /// <summary>Ends the log. The stream stays open.</summary>
    void Complete();
}
