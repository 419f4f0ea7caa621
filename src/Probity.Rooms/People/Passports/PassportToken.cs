using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Probity.Ledger.Formats;
using Probity.People.Contract;

namespace Probity.People.Passports;

/// <summary>What a passport says, and all that it says: who issued it, its number, a level, two times and a mark of its holder. No name, no unit of theirs, no reason.</summary>
/// <param name="Issuer">The name of the issuer's key.</param>
/// <param name="Number">16 random bytes in base64url.</param>
/// <param name="Level">The level of the clearance.</param>
/// <param name="From">When it was issued, UTC, to the second.</param>
/// <param name="Until">From when it counts no longer.</param>
/// <param name="Holder">The mark of its holder (<see cref="HolderMark"/>).</param>
internal sealed partial record PassportToken(string Issuer, string Number, ClearanceLevel Level, DateTimeOffset From, DateTimeOffset Until, string Holder)
{
    /// <summary>The type that its header names.</summary>
    public const string Type = "probity-passport+jwt";

    /// <summary>More characters than any passport has; a QR code at level M holds far more.</summary>
    public const int Longest = 1_024;

    /// <summary>No house may issue one for longer, whatever it signs.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(400);

    const int NumberSize = 16;

    /// <summary>Draws a number.</summary>
    public static string NewNumber() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NumberSize));

    /// <summary>Signs it.</summary>
    public string Sign(SignerKey signer) => CompactJws.Sign(Type, Payload(), signer);

    /// <summary>Reads what was signed; whether by whom it should says the caller.</summary>
    public static bool TryRead(string payload, [NotNullWhen(true)] out PassportToken? read)
    {
        read = null;
        if (Claims().Match(payload) is not { Success: true, Groups: var claims }) return false;
        if (CompactJws.Decode(claims[2].Value) is null || CompactJws.Decode(claims[6].Value) is null || PeopleText.Named<ClearanceLevel>(claims[3].Value) is not { } level) return false;
        read = new PassportToken(claims[1].Value, claims[2].Value, level, Time(claims[4].Value), Time(claims[5].Value), claims[6].Value);
        return read.Payload() == payload;
    }

    /// <summary>A number of seconds since 1970 as a time.</summary>
    internal static DateTimeOffset Time(string seconds) => DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, NumberStyles.None, CultureInfo.InvariantCulture));

    string Payload() => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"iss":"{{Issuer}}","jti":"{{Number}}","lvl":"{{PeopleText.Camel(Level)}}","iat":{{From.ToUnixTimeSeconds()}},"exp":{{Until.ToUnixTimeSeconds()}},"hld":"{{Holder}}"}""");

    // The order and the spelling are fixed: a claim more, one twice or one less is no passport.
    [GeneratedRegex("""\A\{"iss":"([A-Za-z0-9./:_~-]{1,100})","jti":"([A-Za-z0-9_-]{22})","lvl":"([a-z]{1,20})","iat":([1-9][0-9]{0,10}),"exp":([1-9][0-9]{0,10}),"hld":"([A-Za-z0-9_-]{43})"\}\z""", RegexOptions.CultureInvariant)]
    private static partial Regex Claims();
}
