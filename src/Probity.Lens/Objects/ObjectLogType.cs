namespace Probity.Lens.Objects;

/// <summary>What an attribute of an object-centric log may hold, as OCEL 2.0 names it.</summary>
public enum ObjectValueType : byte
{
    /// <summary>The log does not say; each value is taken as it stands.</summary>
    Undeclared,

    /// <summary><c>string</c></summary>
    Text,

    /// <summary><c>integer</c></summary>
    Whole,

    /// <summary><c>float</c></summary>
    Number,

    /// <summary><c>boolean</c></summary>
    Truth,

    /// <summary><c>time</c></summary>
    Time,
}

/// <summary>A type of event or of object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Attributes">The attributes that it declares, with what they hold.</param>
public sealed record ObjectLogType(string Name, IReadOnlyList<(string Name, ObjectValueType Type)> Attributes);
