using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Probity.Ledger.Formats;

namespace Probity.People.Passports;

/// <summary>
/// The passports of an issuer that count no longer, as hashes under a salt that is another one in each list: who has no passport in hand learns nothing from a list, and nothing
/// from comparing two. Its length is a multiple of <see cref="Step"/>.
/// </summary>
/// <param name="Issuer">The name of the issuer's key.</param>
/// <param name="Number">It grows from list to list.</param>
/// <param name="At">When it was made, UTC, to the second.</param>
/// <param name="Next">Until when it may be relied on.</param>
/// <param name="Salt">16 bytes in base64url.</param>
/// <param name="Ids">The hashes, sorted, 16 characters each, without anything between them.</param>
internal sealed partial record RevokedList(string Issuer, long Number, DateTimeOffset At, DateTimeOffset Next, string Salt, string Ids)
{
    /// <summary>The type that its header names.</summary>
    public const string Type = "probity-passport-revoked+jwt";

    /// <summary>The longest list in characters: 16,000 passports.</summary>
    public const int Longest = 384 * 1_024;

    /// <summary>Lists are filled up to a multiple of so many entries.</summary>
    public const int Step = 64;

    /// <summary>No list may be relied on for longer, whatever it says.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(31);

    const int IdLength = 16;
    const int IdSize = 12;

    /// <summary>Makes a list; the same secret and number fill it up in the same way.</summary>
    public static RevokedList Make(string issuer, long number, DateTimeOffset at, DateTimeOffset next, IReadOnlyCollection<string> tokens, ReadOnlySpan<byte> secret)
    {
        var salt = Base64Url.EncodeToString(Drawn(secret, $"salt {number}").AsSpan(0, 16));
        var ids = tokens.Select(t => IdOf(t, salt)).ToHashSet(StringComparer.Ordinal);
        // One more than there are, so that a full step is not told from an empty one.
        var length = (ids.Count / Step + 1) * Step;
        for (var i = 0; ids.Count < length; i++) ids.Add(Base64Url.EncodeToString(Drawn(secret, $"filler {number} {i}").AsSpan(0, IdSize)));
        return new RevokedList(issuer, number, at, next, salt, string.Concat(ids.Order(StringComparer.Ordinal)));
    }

    /// <summary>Whether a passport's number is in it.</summary>
    public bool Holds(string token)
    {
        var id = IdOf(token, Salt);
        for (var at = 0; at < Ids.Length; at += IdLength)
            if (Ids.AsSpan(at, IdLength).SequenceEqual(id)) return true;
        return false;
    }

    /// <summary>Signs it.</summary>
    public string Sign(SignerKey signer) => CompactJws.Sign(Type, Payload(), signer);

    /// <summary>The list of this issuer, or null where it is not one, or not signed with this key.</summary>
    public static RevokedList? Open(string text, VerifierKey key) =>
        CompactJws.TryRead(text.Trim(), Type, Longest, out var jws) && jws.SignedBy([key]) is not null && TryRead(jws.Payload, out var list) && list.Issuer == key.Name
        && list.Next > list.At && list.Next - list.At <= LongestLife ? list : null;

    static bool TryRead(string payload, [NotNullWhen(true)] out RevokedList? read)
    {
        read = null;
        if (Claims().Match(payload) is not { Success: true, Groups: var claims } || claims[6].Length % IdLength != 0) return false;
        read = new RevokedList(
            claims[1].Value, long.Parse(claims[2].Value, NumberStyles.None, CultureInfo.InvariantCulture), PassportToken.Time(claims[3].Value), PassportToken.Time(claims[4].Value),
            claims[5].Value, claims[6].Value);
        return read.Payload() == payload;
    }

    /// <summary>The first 12 bytes of SHA-256(salt ‖ number) in base64url; salt and number as they are written.</summary>
    static string IdOf(string token, string salt) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(salt + token)).AsSpan(0, IdSize));

    static byte[] Drawn(ReadOnlySpan<byte> secret, FormattableString what) => HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(FormattableString.Invariant(what)));

    string Payload() => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"iss":"{{Issuer}}","num":{{Number}},"iat":{{At.ToUnixTimeSeconds()}},"nxt":{{Next.ToUnixTimeSeconds()}},"slt":"{{Salt}}","ids":"{{Ids}}"}""");

    [GeneratedRegex("""\A\{"iss":"([A-Za-z0-9./:_~-]{1,100})","num":([1-9][0-9]{0,14}),"iat":([1-9][0-9]{0,10}),"nxt":([1-9][0-9]{0,10}),"slt":"([A-Za-z0-9_-]{22})","ids":"([A-Za-z0-9_-]*)"\}\z""", RegexOptions.CultureInvariant)]
    private static partial Regex Claims();
}
