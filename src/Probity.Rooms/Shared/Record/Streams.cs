using System.Security.Cryptography;
using System.Text;
using Probity.Ledger;

namespace Probity.Shared.Record;

/// <summary>Names of streams that follow from others, so that nobody has to look them up.</summary>
internal static class Streams
{
    /// <summary>
    /// The same name gives the same id: an RFC 9562 version 8 UUID from SHA-256(parent ‖ name).
    /// </summary>
    public static Guid Derive(Guid parent, string name)
    {
        Span<byte> input = stackalloc byte[16 + Encoding.UTF8.GetMaxByteCount(name.Length)];
        parent.TryWriteBytes(input, bigEndian: true, out _);
        var length = 16 + Encoding.UTF8.GetBytes(name, input[16..]);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(input[..length], hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>Who opened this matter: apart from it, so that a reader never causes a conflict.</summary>
    public static StreamId ReadsOf(StreamId matter) => new(Derive(matter.Value, "reads"));

    /// <summary>Who was refused in this matter, and why.</summary>
    public static StreamId RefusalsOf(StreamId matter) => new(Derive(matter.Value, "refusals"));
}
