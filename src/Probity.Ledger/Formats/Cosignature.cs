using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Probity.Ledger.Formats;

/// <summary>
/// C2SP tlog-cosignature: a witness's statement that, at a time, the checkpoint was the largest it had seen of this log and
/// that the log had only grown until then. The signature is <c>u64 BE POSIX seconds ‖ signature</c>.
/// </summary>
public static class Cosignature
{
    const int TimeLength = sizeof(ulong);

    /// <summary>The time in a cosignature line, before anyone checked who signed it.</summary>
    /// <exception cref="FormatException">It is not a cosignature by Ed25519 or ML-DSA-44.</exception>
    public static DateTimeOffset Time(NoteSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        if (signature.Signature.Length is not (TimeLength + Ed25519Length or TimeLength + MlDsa44Length))
            throw new FormatException("The signature is not a cosignature.");
        return TryRead(signature.Signature.Span, out var seconds, out _)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new FormatException("The cosignature's time is out of range.");
    }

    internal const int Ed25519Length = 64, MlDsa44Length = 2420;

    internal static DateTimeOffset? TimeOf(SignatureType type, ReadOnlySpan<byte> signature) =>
        type != SignatureType.Ed25519 && TryRead(signature, out var seconds, out _) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>Splits time and signature. Times that no calendar here holds are refused; the format would allow 2^63 - 1.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, out long seconds, out ReadOnlySpan<byte> signature)
    {
        seconds = 0;
        signature = default;
        if (!BinaryPrimitives.TryReadUInt64BigEndian(bytes, out var time) || time > (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            return false;
        seconds = (long)time;
        signature = bytes[TimeLength..];
        return true;
    }

    internal static byte[] Join(long seconds, ReadOnlySpan<byte> signature)
    {
        var bytes = new byte[TimeLength + signature.Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, seconds);
        signature.CopyTo(bytes.AsSpan(TimeLength));
        return bytes;
    }

    /// <summary>What cosignature/v1 signs: two lines, then the checkpoint's whole text.</summary>
    internal static byte[] Ed25519Message(long seconds, string text) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n{text}"));

    /// <summary>What subtree/v1 signs for a whole checkpoint; extension lines are not covered.</summary>
    internal static byte[]? MlDsaMessage(string cosigner, long seconds, Checkpoint checkpoint)
    {
        var (name, origin) = (Encoding.UTF8.GetBytes(cosigner), Encoding.UTF8.GetBytes(checkpoint.Origin));
        if (name.Length > byte.MaxValue || origin.Length > byte.MaxValue) return null;
        return
        [
            .. "subtree/v1\n\0"u8, (byte)name.Length, .. name, .. BigEndian(seconds), (byte)origin.Length, .. origin,
            .. BigEndian(0), .. BigEndian(checkpoint.Size), .. checkpoint.Root.ToArray(),
        ];
    }

    static byte[] BigEndian(long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }
}
