using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Probity.Ledger.Formats;

namespace Probity.People.Passports;

/// <summary>The key that signs this house's passports, and the secret that its lists are filled up with. Both come from a key of the node's folder of secrets; neither is in a database.</summary>
internal sealed partial class PassportKeys : IDisposable
{
    /// <summary>What the node's secrets derive the key for. Never changed: passports that were issued would be of a stranger.</summary>
    public const string Purpose = "clearance passports";

    const int SeedSize = 32;
    const int LongestOrigin = 80;

    /// <param name="key">32 bytes that nobody else has.</param>
    /// <param name="origin">The log's name, from which the issuer's follows.</param>
    public PassportKeys(byte[] key, string origin)
    {
        Signer = SignerKey.FromSeed(NameOf(origin), HKDF.DeriveKey(HashAlgorithmName.SHA256, key, SeedSize, info: Encoding.ASCII.GetBytes("probity passports, signing")));
        ListSecret = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, SeedSize, info: Encoding.ASCII.GetBytes("probity passports, lists"));
    }

    /// <summary>What signs.</summary>
    public SignerKey Signer { get; }

    /// <summary>What its signatures are checked with.</summary>
    public VerifierKey Verifier => Signer.Verifier;

    internal byte[] ListSecret { get; }

    /// <summary>A passport's text, made again from what was recorded; null where it was signed with a key that is not here any more.</summary>
    public string? TextOf(Passport passport) => passport.Said.Key != Verifier.ToString() ? null
        : new PassportToken(Verifier.Name, passport.Said.Token, passport.Said.Level, passport.Said.From, passport.Said.Until, passport.Said.Holder).Sign(Signer);

    // A name that stands in tokens has no characters but these.
    static string NameOf(string origin)
    {
        var plain = Other().Replace(origin, "-");
        return $"{(plain.Length > LongestOrigin ? plain[..LongestOrigin] : plain)}/passports";
    }

    public void Dispose() => Signer.Dispose();

    [GeneratedRegex("[^A-Za-z0-9./:_~-]", RegexOptions.CultureInvariant)]
    private static partial Regex Other();
}
