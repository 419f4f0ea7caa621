namespace Probity.Ledger;

/// <summary>
/// What the tree commits to for one entry: deterministic CBOR (RFC 8949 §4.2), the array
/// <c>[1, index, stream, version, type, recorded µs, occurred µs|null, actor, node, compartment, commitment, ciphertextHash]</c>;
/// ids are 16-byte strings in network byte order, hashes 32-byte strings, times microseconds since 1970-01-01 UTC.
/// </summary>
/// <param name="Index">The entry's place on the record, from 0.</param>
/// <param name="Stream">The stream that it belongs to.</param>
/// <param name="Version">Its place in the stream, from 1.</param>
/// <param name="Type">What happened, with its version: 1 to 100 characters a–z, 0–9, dot and hyphen.</param>
/// <param name="Recorded">When the ledger took it. Never earlier than the entry before.</param>
/// <param name="Occurred">When it happened, where that differs.</param>
/// <param name="Actor">Who caused it.</param>
/// <param name="Node">The node that recorded it.</param>
/// <param name="Compartment">What it is erased with.</param>
/// <param name="Commitment">SHA-256(salt ‖ payload).</param>
/// <param name="CiphertextHash">SHA-256(nonce ‖ ciphertext).</param>
public sealed record RecordHeader(
    long Index, StreamId Stream, long Version, string Type, DateTimeOffset Recorded, DateTimeOffset? Occurred,
    ActorId Actor, Guid Node, CompartmentId Compartment, ReadOnlyMemory<byte> Commitment, ReadOnlyMemory<byte> CiphertextHash);
