using System.Security.Cryptography;

namespace Probity.Cli.Verbs;

/// <summary>The host name of an onion service, version 3: base32 of public key, checksum and version (rend-spec-v3, section 6), so that a mistyped one is found before sources are sent to somebody else's.</summary>
internal static class OnionName
{
    const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    const string Ending = ".onion";
    const int Letters = 56;
    const int KeySize = 32;
    const byte Version = 3;

    /// <summary>Whether no character of it is missing or wrong.</summary>
    public static bool IsWhole(string host)
    {
        if (host.Length != Letters + Ending.Length || !host.EndsWith(Ending, StringComparison.Ordinal)) return false;
        var (bytes, bits, held) = (new List<byte>(Letters * 5 / 8), 0, 0);
        foreach (var letter in host[..Letters])
        {
            var value = Alphabet.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0) return false;
            (bits, held) = ((bits << 5) | value, held + 5);
            if (held < 8) continue;
            bytes.Add((byte)(bits >> (held - 8)));
            held -= 8;
            bits &= (1 << held) - 1;
        }

        // A platform without SHA-3 checks length and letters alone.
        byte[] said = [.. ".onion checksum"u8, .. bytes.Take(KeySize), Version];
        return bytes[^1] == Version && (!SHA3_256.IsSupported || SHA3_256.HashData(said).AsSpan(0, 2).SequenceEqual(bytes.Slice(KeySize, 2).ToArray()));
    }
}
