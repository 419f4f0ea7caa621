namespace Probity.Ledger;

/// <summary>Names one stream: the entries about one matter, person or register. Opaque: it says nothing about them.</summary>
public readonly record struct StreamId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}

/// <summary>Names who caused an entry: a person or a part of the system. Opaque.</summary>
public readonly record struct ActorId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}

/// <summary>
/// Names what is erased together: the payloads of a compartment share one key, and destroying it erases them all. Opaque.
/// </summary>
public readonly record struct CompartmentId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}
