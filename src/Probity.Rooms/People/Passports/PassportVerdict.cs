using Probity.Ledger.Formats;

namespace Probity.People.Passports;

/// <summary>What a check comes to.</summary>
internal enum PassportVerdict
{
    /// <summary>It counts.</summary>
    Valid,

    /// <summary>It does not count.</summary>
    NotValid,

    /// <summary>Nobody can say here: it counts for nothing as long as that is so.</summary>
    NotKnown,

    /// <summary>The text is no token at all.</summary>
    Unreadable,
}

/// <summary>The result of checking a passport, of which nothing is said that no trusted key signed.</summary>
/// <param name="Verdict">What it comes to.</param>
/// <param name="Code">Why, as a stable word.</param>
/// <param name="Token">What it says; null where no trusted key signed it.</param>
/// <param name="Key">The key that signed it.</param>
/// <param name="List">The list of revoked passports that it was held against; null where there was none that counts.</param>
internal sealed record PassportResult(PassportVerdict Verdict, string Code, PassportToken? Token = null, VerifierKey? Key = null, RevokedList? List = null)
{
    public const string Good = "valid", Unreadable = "unreadable", Header = "header", IssuerUnknown = "issuer-unknown", Signature = "signature", Claims = "claims", NotYet = "not-yet", Life = "life",
        Expired = "expired", Revoked = "revoked", ListMissing = "list-missing", ListWrong = "list-wrong", ListFuture = "list-future", ListStale = "list-stale";

    /// <summary>By how much two clocks may differ. It lets nobody in earlier than so, and lengthens nothing.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>Every code that a check can come to.</summary>
    public static IReadOnlyList<string> Codes { get; } =
        [Good, Unreadable, Header, IssuerUnknown, Signature, Claims, NotYet, Life, Expired, Revoked, ListMissing, ListWrong, ListFuture, ListStale];

    /// <summary>Checks a passport. Pure: the same in the house, on a page and offline.</summary>
    /// <param name="text">The token, as it was scanned or typed.</param>
    /// <param name="trusted">The keys of issuers who are trusted.</param>
    /// <param name="listOf">The newest list of an issuer's revoked passports as it was signed, or null.</param>
    /// <param name="now">The time.</param>
    public static PassportResult Of(string text, IReadOnlyList<VerifierKey> trusted, Func<VerifierKey, string?> listOf, DateTimeOffset now)
    {
        text = text.Trim();
        if (!CompactJws.IsOne(text, PassportToken.Longest)) return new(PassportVerdict.Unreadable, Unreadable);
        if (!CompactJws.TryRead(text, PassportToken.Type, PassportToken.Longest, out var jws)) return new(PassportVerdict.NotValid, Header);
        if (trusted.All(k => CompactJws.KeyIdOf(k) != jws.KeyId)) return new(PassportVerdict.NotKnown, IssuerUnknown);
        if (jws.SignedBy(trusted) is not { } key) return new(PassportVerdict.NotValid, Signature);
        if (!PassportToken.TryRead(jws.Payload, out var token) || token.Issuer != key.Name) return new(PassportVerdict.NotValid, Claims);
        if (token.From > now + Skew) return Not(NotYet);
        if (token.Until <= token.From || token.Until - token.From > PassportToken.LongestLife) return Not(Life);
        if (now >= token.Until) return Not(Expired);
        if (listOf(key) is not { } signed) return Unknown(ListMissing, null);
        if (RevokedList.Open(signed, key) is not { } list) return Unknown(ListWrong, null);
        // What was revoked stays so: an old list is enough to say it.
        if (list.Holds(token.Number)) return Not(Revoked) with { List = list };
        return list.At > now + Skew ? Unknown(ListFuture, list) : now >= list.Next ? Unknown(ListStale, list) : new(PassportVerdict.Valid, Good, token, key, list);

        PassportResult Not(string code) => new(PassportVerdict.NotValid, code, token, key);

        PassportResult Unknown(string code, RevokedList? held) => new(PassportVerdict.NotKnown, code, token, key, held);
    }

    /// <summary>The SHA-256 of a key's text in groups of four hexadecimal digits, to be compared by telephone.</summary>
    public static string FingerprintOf(VerifierKey key) =>
        string.Join(' ', Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key.ToString()))).Chunk(4).Select(c => new string(c)));
}
