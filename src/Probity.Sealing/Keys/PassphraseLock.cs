using System.Security.Cryptography;
using NSec.Cryptography;

namespace Probity.Sealing;

/// <summary>A private key under a passphrase: Argon2id (RFC 9106 §4, the second recommended choice: 64 MiB, three passes, here in one lane), then <see cref="SecretBox"/>.</summary>
public static class PassphraseLock
{
    /// <summary>The fewest characters of a passphrase.</summary>
    public const int ShortestPassphrase = 16;

    /// <summary>The most characters of one.</summary>
    public const int LongestPassphrase = 200;

    const string Form = "argon2id-1";
    const int SaltSize = 16;
    const long Memory = 64 << 10;
    const int Passes = 3;

    /// <summary>Locks a key for whoever knows the passphrase.</summary>
    /// <param name="key">The private key.</param>
    /// <param name="passphrase">Compared as it was typed, but for the form of its characters (NFC) and white space around it.</param>
    /// <returns>One line of text without blanks.</returns>
    public static string Lock(SealingKey key, string passphrase)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        var secret = key.Export();
        var derived = Derive(passphrase, salt);
        var box = SecretBox.Seal(derived, key.Public.Bytes, secret);
        CryptographicOperations.ZeroMemory(secret);
        CryptographicOperations.ZeroMemory(derived);
        return $"{Form}.{Convert.ToBase64String(salt)}.{key.Public}.{Convert.ToBase64String(box)}";
    }

    /// <summary>Opens it; null where the passphrase is another, or the text is none that <see cref="Lock"/> wrote.</summary>
    public static SealingKey? Open(string locked, string passphrase)
    {
        if (locked.Split('.') is not [Form, var saltText, var publicText, var boxText]) return null;
        try
        {
            var known = SealingPublicKey.Parse(publicText);
            var derived = Derive(passphrase, Convert.FromBase64String(saltText));
            var secret = SecretBox.Open(derived, known.Bytes, Convert.FromBase64String(boxText));
            CryptographicOperations.ZeroMemory(derived);
            if (secret is null) return null;
            var key = SealingKey.Import(secret);
            CryptographicOperations.ZeroMemory(secret);
            return key;
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException)
        {
            return null;
        }
    }

    static byte[] Derive(string passphrase, byte[] salt)
    {
        var algorithm = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = Memory, NumberOfPasses = Passes });
        return algorithm.DeriveBytes(passphrase.Trim().Normalize(), salt, SecretBox.KeySize);
    }
}
