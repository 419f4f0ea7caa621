namespace Probity.Lens.Objects;

/// <summary>How an object-centric log is looked at as a log of cases.</summary>
public sealed record ObjectView
{
    /// <summary>The type of object of which each is a case.</summary>
    public required string ObjectType { get; init; }

    /// <summary>The type of object that is the person of an event; null: nobody is known.</summary>
    public string? PersonType { get; init; }

    /// <summary>What an event has to name a person as; null: anything.</summary>
    public string? PersonAs { get; init; }

    /// <summary>The attributes of events to keep.</summary>
    public IReadOnlyList<string> EventAttributes { get; init; } = [];

    /// <summary>The attributes of the objects to keep as those of the cases: of values that changed over time, the last.</summary>
    public IReadOnlyList<string> CaseAttributes { get; init; } = [];
}
