using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Probity.Ledger.Formats;

namespace Probity.People.Passports;

/// <summary>
/// A JWS in compact form (RFC 7515, RFC 8037) in the one spelling that this house writes: header <c>{"alg":"EdDSA","kid":"…","typ":"…"}</c>, no white space, no other
/// member, base64url without padding and without loose bits. Whatever is spelled otherwise is refused, so that two programs cannot read it as two things.
/// </summary>
/// <param name="KeyId">The ID of the key, 8 hexadecimal digits.</param>
/// <param name="Payload">What was signed, as text.</param>
/// <param name="Signed">The bytes under the signature.</param>
/// <param name="Signature">The signature, 64 bytes.</param>
internal sealed partial record CompactJws(string KeyId, string Payload, byte[] Signed, byte[] Signature)
{
    const int SignatureSize = 64;

    /// <summary>Signs a payload.</summary>
    public static string Sign(string type, string payload, SignerKey signer)
    {
        var signed = $"{Encode(HeaderOf(KeyIdOf(signer.Verifier), type))}.{Encode(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(signer.Sign(signed).Signature.Span)}";
    }

    /// <summary>The ID of a key as a header names it.</summary>
    public static string KeyIdOf(VerifierKey key) => key.Id.ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>Whether a text has the three parts of a JWS at all; its header may be another's.</summary>
    public static bool IsOne(string text, int longest) => text.Length <= longest && Shape().IsMatch(text);

    /// <summary>Reads one, without believing it: the signature is not checked yet.</summary>
    /// <returns>False where it is longer than <paramref name="longest"/>, or not in the one spelling with this <paramref name="type"/>.</returns>
    public static bool TryRead(string text, string type, int longest, [NotNullWhen(true)] out CompactJws? read)
    {
        read = null;
        if (!IsOne(text, longest) || text.Split('.') is not [var head, var body, var tail]) return false;
        if (Decode(head) is not { } header || Decode(body) is not { } payload || Decode(tail) is not { Length: SignatureSize } signature) return false;
        var said = Encoding.Latin1.GetString(header);
        if (Header().Match(said) is not { Success: true } match || said != HeaderOf(match.Groups[1].Value, type)) return false;
        read = new CompactJws(match.Groups[1].Value, Encoding.Latin1.GetString(payload), Encoding.ASCII.GetBytes($"{head}.{body}"), signature);
        return true;
    }

    /// <summary>The key of those given that signed it, or null.</summary>
    public VerifierKey? SignedBy(IEnumerable<VerifierKey> keys) =>
        keys.FirstOrDefault(k => k.Type == SignatureType.Ed25519 && KeyIdOf(k) == KeyId && k.Verifies(Signed, Signature));

    /// <summary>The bytes of base64url in its one spelling, or null.</summary>
    public static byte[]? Decode(string text)
    {
        if (!text.All(IsOfAlphabet) || !Base64Url.IsValid(text)) return null;
        var bytes = Base64Url.DecodeFromChars(text);
        // Bits after the last byte could be anything: there is one spelling of each.
        return Base64Url.EncodeToString(bytes) == text ? bytes : null;
    }

    static bool IsOfAlphabet(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';

    static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    static string HeaderOf(string keyId, string type) => $$"""{"alg":"EdDSA","kid":"{{keyId}}","typ":"{{type}}"}""";

    [GeneratedRegex("""\A[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\z""", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();

    [GeneratedRegex("""\A\{"alg":"EdDSA","kid":"([0-9a-f]{8})",""", RegexOptions.CultureInvariant)]
    private static partial Regex Header();
}
