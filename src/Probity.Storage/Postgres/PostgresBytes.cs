using System.Runtime.InteropServices;

namespace Probity.Storage.Postgres;

/// <summary>Bytes into an array of the driver's.</summary>
internal static class PostgresBytes
{
    /// <summary>The array under the memory where it is all of it, or else a copy.</summary>
    public static byte[] Of(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var segment) && segment.Offset == 0 && segment.Array is { } array && array.Length == memory.Length
            ? array
            : memory.ToArray();
}
