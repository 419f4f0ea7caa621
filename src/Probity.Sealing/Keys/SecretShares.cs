using System.Globalization;
using System.Security.Cryptography;

namespace Probity.Sealing;

/// <summary>One of the shares that a secret was split into, as its holder keeps it.</summary>
/// <param name="Set">The split that it belongs to: shares of two splits do not go together.</param>
/// <param name="Number">1 to <paramref name="Of"/>.</param>
/// <param name="Needed">How many give the secret back.</param>
/// <param name="Of">How many there are.</param>
/// <param name="Value">As long as the secret.</param>
public sealed record SecretShare(Guid Set, int Number, int Needed, int Of, ReadOnlyMemory<byte> Value)
{
    const string Form = "probity-share-1";
    const int ChecksumSize = 4;

    /// <summary>One line that can be printed and typed again; a wrong character is found by its checksum.</summary>
    public override string ToString()
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"{Form}.{Set:N}.{Number}.{Needed}.{Of}.{Convert.ToHexStringLower(Value.Span)}");
        return $"{body}.{Checksum(body)}";
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; null where a character is missing or wrong.</summary>
    public static SecretShare? Read(string line)
    {
        if (line.Length > 400) return null;
        var text = string.Concat(line.Where(c => !char.IsWhiteSpace(c))).ToLowerInvariant();
        if (text.Split('.') is not [Form, var set, var number, var needed, var of, var value, var checksum]) return null;
        if (Checksum(text[..text.LastIndexOf('.')]) != checksum) return null;
        if (!Guid.TryParseExact(set, "N", out var id) || !Small(number, out var n) || !Small(needed, out var k) || !Small(of, out var all)) return null;
        return value.Length is 0 or > 256 || value.Length % 2 != 0 || !value.All(char.IsAsciiHexDigitLower) || n < 1 || n > all || k < 2 || k > all
            ? null
            : new SecretShare(id, n, k, all, Convert.FromHexString(value));
    }

    static bool Small(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is >= 1 and <= byte.MaxValue;

    static string Checksum(string body) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(body))[..ChecksumSize]);
}

/// <summary>
/// Splits a secret so that any k of n shares give it back and k−1 tell nothing of it: Shamir, "How to share a secret" (CACM 22/11, 1979), byte by byte over GF(2⁸) with the
/// polynomial of AES.
/// </summary>
public static class SecretShares
{
    /// <summary>Splits a secret.</summary>
    /// <param name="secret">1 to 128 bytes.</param>
    /// <param name="needed">How many shares give it back: 2 or more.</param>
    /// <param name="count">How many there are: 255 at most.</param>
    public static IReadOnlyList<SecretShare> Split(ReadOnlySpan<byte> secret, int needed, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(needed, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(needed, count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, byte.MaxValue);
        ArgumentOutOfRangeException.ThrowIfZero(secret.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(secret.Length, 128);
        var values = new byte[count][];
        for (var i = 0; i < count; i++) values[i] = new byte[secret.Length];
        var polynomial = new byte[needed];
        for (var place = 0; place < secret.Length; place++)
        {
            RandomNumberGenerator.Fill(polynomial);
            polynomial[0] = secret[place];
            for (var i = 0; i < count; i++) values[i][place] = Evaluate(polynomial, (byte)(i + 1));
        }

        CryptographicOperations.ZeroMemory(polynomial);
        var set = Guid.NewGuid();
        return [.. values.Select((value, i) => new SecretShare(set, i + 1, needed, count, value))];
    }

    /// <summary>The secret; null where the shares are too few or do not belong together.</summary>
    public static byte[]? Combine(IReadOnlyCollection<SecretShare> shares)
    {
        var distinct = shares.DistinctBy(share => share.Number).ToList();
        if (distinct.Count == 0 || distinct.Count < distinct[0].Needed) return null;
        var first = distinct[0];
        if (distinct.Any(share => share.Set != first.Set || share.Needed != first.Needed || share.Value.Length != first.Value.Length)) return null;
        var used = distinct.Take(first.Needed).ToList();
        var secret = new byte[first.Value.Length];
        foreach (var share in used)
        {
            // Lagrange's polynomial of this share at zero.
            byte weight = 1;
            foreach (var other in used.Where(other => other.Number != share.Number))
                weight = Multiply(weight, Divide((byte)other.Number, (byte)(other.Number ^ share.Number)));
            for (var place = 0; place < secret.Length; place++) secret[place] ^= Multiply(share.Value.Span[place], weight);
        }

        return secret;
    }

    static byte Evaluate(ReadOnlySpan<byte> polynomial, byte at)
    {
        byte value = 0;
        for (var i = polynomial.Length - 1; i >= 0; i--) value = (byte)(Multiply(value, at) ^ polynomial[i]);
        return value;
    }

    // Without a table and without a branch on the secret.
    static byte Multiply(byte a, byte b)
    {
        var product = 0;
        int factor = a;
        for (var bit = 0; bit < 8; bit++)
        {
            product ^= -((b >> bit) & 1) & factor;
            factor = (factor << 1) ^ (-(factor >> 7) & 0x11b);
        }

        return (byte)product;
    }

    // b⁻¹ = b²⁵⁴.
    static byte Divide(byte a, byte b)
    {
        byte inverse = 1, power = b;
        for (var bits = 254; bits > 0; bits >>= 1)
        {
            if ((bits & 1) == 1) inverse = Multiply(inverse, power);
            power = Multiply(power, power);
        }

        return Multiply(a, inverse);
    }
}
