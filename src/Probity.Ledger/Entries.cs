namespace Probity.Ledger;

/// <summary>An entry to be appended; index, version and recorded time are given by the ledger.</summary>
/// <param name="Stream">The stream it joins.</param>
/// <param name="Type">What happened, with its version: <c>cases.opened.v1</c>. Public: it stands in the header in clear.</param>
/// <param name="Payload">The content, encrypted under the compartment's key before it is stored.</param>
/// <param name="Actor">Who caused it.</param>
/// <param name="Compartment">What it is erased with.</param>
/// <param name="Occurred">When it happened in the world, where that differs from when it was recorded. UTC, to the microsecond.</param>
public sealed record NewEntry(
    StreamId Stream, string Type, ReadOnlyMemory<byte> Payload, ActorId Actor, CompartmentId Compartment,
    DateTimeOffset? Occurred = null);

/// <summary>
/// What the author of an append knew: that <paramref name="Stream"/> held exactly <paramref name="Version"/> entries.
/// Zero means that it had none.
/// </summary>
public sealed record Expectation(StreamId Stream, long Version);

/// <summary>An entry as it stands on the record.</summary>
/// <param name="Header">What the tree commits to.</param>
/// <param name="Payload">The content, or null where its key was destroyed or is not held here.</param>
public sealed record Entry(RecordHeader Header, ReadOnlyMemory<byte>? Payload);

/// <summary>The answer to an append.</summary>
public abstract record AppendResult
{
    AppendResult() { }

    /// <summary>All entries are on the record, durably, from <paramref name="FirstIndex"/> on, in the order given.</summary>
    public sealed record Appended(long FirstIndex, int Count, DateTimeOffset Recorded) : AppendResult
    {
        /// <summary>The index of the last entry.</summary>
        public long LastIndex => FirstIndex + Count - 1;
    }

    /// <summary>Nothing was appended: a stream had moved on since it was read.</summary>
    public sealed record Conflict(StreamId Stream, long Expected, long Actual) : AppendResult;
}
