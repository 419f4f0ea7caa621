using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Probity.Access;

/// <summary>
/// Codes of a second factor, RFC 6238 as every authenticator app has it: SHA-1, 30 seconds, six digits. Our own, for a code
/// has to be refused when it is used again, and the clock has to be the house's.
/// </summary>
internal static class Totp
{
    public const int SecretSize = 20;
    const long Step = 30;
    const int Digits = 1_000_000;

    /// <summary>The time step whose code this is: now's, or one before or after it, for clocks that differ. Null for none.</summary>
    public static long? StepOf(ReadOnlySpan<byte> secret, string? code, DateTimeOffset now)
    {
        var given = Encoding.ASCII.GetBytes((code ?? "").Replace(" ", "", StringComparison.Ordinal));
        var current = now.ToUnixTimeSeconds() / Step;
        long? found = null;
        for (var step = current - 1; step <= current + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(Code(secret, step)))) found = step;
        }

        return found;
    }

    static string Code(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238 with SHA-1 is what authenticator apps share; HMAC does not rest on its collisions.
        HMACSHA1.HashData(secret, counter, mac);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(mac[(mac[^1] & 0x0F)..]) & 0x7FFF_FFFF;
        return (number % Digits).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The secret as people type it: base32, RFC 4648.</summary>
    public static string Text(ReadOnlySpan<byte> secret)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var text = new StringBuilder();
        int bits = 0, value = 0;
        foreach (var b in secret)
        {
            value = (value << 8) | b;
            for (bits += 8; bits >= 5; bits -= 5) text.Append(alphabet[(value >> (bits - 5)) & 31]);
            value &= 0xFF;
        }

        return text.ToString();
    }
}

/// <summary>Seals the secrets of second factors, each for one person: moved to another's row it opens nothing.</summary>
internal sealed class TotpSecrets(IDataProtectionProvider protection)
{
    readonly IDataProtector _protector = protection.CreateProtector("Probity.Access.Totp");

    public string Seal(Guid person, byte[] secret) => Convert.ToBase64String(For(person).Protect(secret));

    public byte[]? Open(Guid person, string? sealedSecret)
    {
        try
        {
            return sealedSecret is null ? null : For(person).Unprotect(Convert.FromBase64String(sealedSecret));
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null;
        }
    }

    IDataProtector For(Guid person) => _protector.CreateProtector(person.ToString("D"));
}
