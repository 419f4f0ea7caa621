using System.Buffers.Text;
using System.Text;
using CsCheck;
using Probity.People.Contract;
using Probity.People.Passports;

namespace Probity.Tests.People;

/// <summary>The form of passports and of lists, read as a stranger's would be.</summary>
public sealed class PassportTokenTests
{
    static readonly DateTimeOffset s_now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly PassportKeys s_keys = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)], "unit.example");
    static readonly PassportKeys s_other = new(new byte[32], "unit.example");
    static readonly string s_number = Base64Url.EncodeToString(new byte[16]);

    static PassportToken Token(string? number = null, int days = 180) =>
        new(s_keys.Verifier.Name, number ?? s_number, ClearanceLevel.Sensitive, s_now, s_now.AddDays(days), HolderMark.Of("Ana Palmares", "AB-123", "0123456789ABCDEFGHJK"));

    static string List(DateTimeOffset? at = null, PassportKeys? by = null, int days = 1, params string[] revoked)
    {
        var (keys, made) = (by ?? s_keys, at ?? s_now);
        return RevokedList.Make(keys.Verifier.Name, made.ToUnixTimeSeconds(), made, made.AddDays(days), revoked, keys.ListSecret).Sign(keys.Signer);
    }

    static PassportResult Check(string text, string? list = null, DateTimeOffset? at = null, params PassportKeys[] trusted) =>
        PassportResult.Of(text, [.. (trusted.Length == 0 ? [s_keys] : trusted).Select(k => k.Verifier)], _ => list, at ?? s_now);

    static string Signed(string header, string payload)
    {
        var signed = $"{Part(header)}.{Part(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(s_keys.Signer.Sign(signed).Signature.Span)}";
    }

    static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    static string Header => $$"""{"alg":"EdDSA","kid":"{{CompactJws.KeyIdOf(s_keys.Verifier)}}","typ":"probity-passport+jwt"}""";

    static string Payload => Encoding.UTF8.GetString(CompactJws.Decode(Token().Sign(s_keys.Signer).Split('.')[1])!);

    [Fact]
    public void A_passport_is_valid_within_its_time_under_a_fresh_list_of_its_issuer_and_fits_a_code()
    {
        var text = Token().Sign(s_keys.Signer);
        Assert.Equal(text, Signed(Header, Payload));
        var result = Check($" {text}\n", List());
        Assert.Equal((PassportVerdict.Valid, PassportResult.Good), (result.Verdict, result.Code));
        Assert.Equal(Token(), result.Token);
        Assert.DoesNotContain("Ana", Payload, StringComparison.OrdinalIgnoreCase);
        // 666 characters fill version 20 at level M, which a phone reads from a phone.
        Assert.InRange(text.Length, 300, 666);
        Assert.InRange(Probity.Shared.QrPicture.Draw(text).Side, 60, 105);
    }

    [Fact]
    public void Times_and_lists_decide_and_a_list_that_is_old_or_missing_never_lets_one_count()
    {
        var text = Token().Sign(s_keys.Signer);
        Assert.Equal(PassportResult.NotYet, Check(text, List(), s_now - PassportResult.Skew - TimeSpan.FromSeconds(1)).Code);
        Assert.Equal(PassportResult.Good, Check(text, List(), s_now - PassportResult.Skew).Code);
        Assert.Equal(PassportResult.Good, Check(text, List(s_now.AddDays(179.5)), s_now.AddDays(180).AddSeconds(-1)).Code);
        Assert.Equal(PassportResult.Expired, Check(text, List(s_now.AddDays(179.5)), s_now.AddDays(180)).Code);
        Assert.Equal(PassportResult.Life, Check(Token(days: 401).Sign(s_keys.Signer), List()).Code);
        Assert.Equal(PassportResult.Life, Check(Token(days: 0).Sign(s_keys.Signer), List()).Code);
        Assert.Equal(PassportResult.ListMissing, Check(text).Code);
        Assert.Equal(PassportResult.ListWrong, Check(text, List(by: s_other)).Code);
        Assert.Equal(PassportResult.ListWrong, Check(text, List(days: 32)).Code);
        Assert.Equal(PassportResult.ListWrong, Check(text, List() + "A").Code);
        Assert.Equal(PassportResult.ListWrong, Check(text, text).Code);
        Assert.Equal(PassportResult.ListFuture, Check(text, List(s_now.AddMinutes(3))).Code);
        Assert.Equal(PassportResult.Good, Check(text, List(), s_now.AddDays(1).AddSeconds(-1)).Code);
        var stale = Check(text, List(), s_now.AddDays(1));
        Assert.Equal((PassportVerdict.NotKnown, PassportResult.ListStale), (stale.Verdict, stale.Code));
        Assert.Equal(PassportResult.Revoked, Check(text, List(revoked: [s_number])).Code);
        // What was revoked stays so, however old the list.
        Assert.Equal(PassportResult.Revoked, Check(text, List(revoked: [s_number]), s_now.AddDays(9)).Code);
        Assert.Equal(PassportResult.Good, Check(text, List(revoked: [PassportToken.NewNumber()])).Code);
        Assert.Equal((PassportVerdict.NotKnown, PassportResult.IssuerUnknown), (Check(text, List(), null, s_other).Verdict, Check(text, List(), null, s_other).Code));
    }

    public static TheoryData<string, string, string> Hostile => new()
    {
        { "nothing", "", PassportResult.Unreadable },
        { "prose", "This is fine.", PassportResult.Unreadable },
        { "two parts", $"{Part(Header)}.{Part(Payload)}", PassportResult.Unreadable },
        { "no signature", $"{Part(Header)}.{Part(Payload)}.", PassportResult.Unreadable },
        { "four parts", Signed(Header, Payload) + ".AA", PassportResult.Unreadable },
        { "too long", Signed(Header, Payload.Replace("jti", new string('x', 900), StringComparison.Ordinal)), PassportResult.Unreadable },
        { "blank within", Signed(Header, Payload).Insert(9, " "), PassportResult.Unreadable },
        { "padding", Signed(Header, Payload) + "==", PassportResult.Unreadable },
        { "alg none", Signed(Header.Replace("EdDSA", "none", StringComparison.Ordinal), Payload), PassportResult.Header },
        { "alg None", $"{Part("""{"alg":"None","typ":"JWT"}""")}.{Part(Payload)}.AA", PassportResult.Header },
        { "alg HS256 with the public key", Signed(Header.Replace("EdDSA", "HS256", StringComparison.Ordinal), Payload), PassportResult.Header },
        { "alg ES256", Signed(Header.Replace("EdDSA", "ES256", StringComparison.Ordinal), Payload), PassportResult.Header },
        { "alg in other capitals", Signed(Header.Replace("EdDSA", "EDDSA", StringComparison.Ordinal), Payload), PassportResult.Header },
        { "typ JWT", Signed(Header.Replace("probity-passport+jwt", "JWT", StringComparison.Ordinal), Payload), PassportResult.Header },
        { "a list shown as a passport", List(), PassportResult.Unreadable },
        { "jwk of the attacker", Signed(Header.Replace("\"typ\"", "\"jwk\":{},\"typ\"", StringComparison.Ordinal), Payload), PassportResult.Header },
        { "crit", Signed(Header.Replace("\"typ\"", "\"crit\":[],\"typ\"", StringComparison.Ordinal), Payload), PassportResult.Header },
        { "blanks in the header", Signed(Header.Replace(",", ", ", StringComparison.Ordinal), Payload), PassportResult.Header },
        { "kid with a path", Signed(Header.Replace("\"kid\":\"", "\"kid\":\"../", StringComparison.Ordinal), Payload), PassportResult.Header },
        { "kid of another", Signed(Header.Replace(CompactJws.KeyIdOf(s_keys.Verifier), "00000000", StringComparison.Ordinal), Payload), PassportResult.IssuerUnknown },
        { "level raised", Signed(Header, Payload).Replace(Part(Payload), Part(Payload.Replace("sensitive", "special", StringComparison.Ordinal)), StringComparison.Ordinal), PassportResult.Signature },
        { "signature of another key", Token().Sign(s_other.Signer).Split('.')[2] is var tail ? $"{Part(Header)}.{Part(Payload)}.{tail}" : "", PassportResult.Signature },
        { "signature cut", Signed(Header, Payload)[..^4], PassportResult.Header },
        { "loose bits", Loose(Signed(Header, Payload)), PassportResult.Header },
        { "a claim more", Signed(Header, Payload.Replace("}", ",\"adm\":true}", StringComparison.Ordinal)), PassportResult.Claims },
        { "a claim less", Signed(Header, Payload[..Payload.IndexOf(",\"hld\"", StringComparison.Ordinal)] + "}"), PassportResult.Claims },
        { "a claim twice", Signed(Header, Payload.Replace("\"lvl\":\"sensitive\"", "\"lvl\":\"sensitive\",\"lvl\":\"special\"", StringComparison.Ordinal)), PassportResult.Claims },
        { "other order", Signed(Header, Payload.Replace("\"lvl\":\"sensitive\",", "", StringComparison.Ordinal).Replace("}", ",\"lvl\":\"sensitive\"}", StringComparison.Ordinal)), PassportResult.Claims },
        { "an escape", Signed(Header, Payload.Replace("sensitive", "sensi\\u0074ive", StringComparison.Ordinal)), PassportResult.Claims },
        { "an unknown level", Signed(Header, Payload.Replace("sensitive", "supreme", StringComparison.Ordinal)), PassportResult.Claims },
        { "a level as a number", Signed(Header, Payload.Replace("\"sensitive\"", "2", StringComparison.Ordinal)), PassportResult.Claims },
        { "a time with a fraction", Signed(Header, Payload.Replace("\"iat\":", "\"iat\":0.", StringComparison.Ordinal)), PassportResult.Claims },
        { "a negative time", Signed(Header, Payload.Replace("\"iat\":", "\"iat\":-", StringComparison.Ordinal)), PassportResult.Claims },
        { "another's name", Signed(Header, Payload.Replace("unit.example", "unit.exampla", StringComparison.Ordinal)), PassportResult.Claims },
        { "no object", Signed(Header, "[]"), PassportResult.Claims },
    };

    static string Loose(string text) => text[..^1] + (char)(text[^1] + 1);

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Nothing_that_is_not_a_passport_is_taken_for_one(string what, string text, string code)
    {
        var result = Check(text, List());
        Assert.True(code == result.Code, $"{what}: {result.Code}");
        Assert.NotEqual(PassportVerdict.Valid, result.Verdict);
        Assert.Null(result.Token);
    }

    // Whatever is changed in it, however the bytes fall: never valid, and never a fault.
    [Fact]
    public void A_changed_passport_or_list_is_never_valid()
    {
        var (text, list) = (Token().Sign(s_keys.Signer), List());
        Gen.Select(Gen.Int[0, text.Length - 1], Gen.Char[(char)0x20, (char)0x7e], Gen.Bool, Gen.Int[0, 2]).Sample((at, with, inList, how) =>
        {
            var of = inList ? list : text;
            at %= of.Length;
            var changed = how switch { 0 => of[..at] + with + of[(at + 1)..], 1 => of.Insert(at, with.ToString()), _ => of.Remove(at, 1) };
            var result = inList ? Check(text, changed) : Check(changed, list);
            return result.Verdict == PassportVerdict.Valid == (changed.Trim() == of);
        }, iter: 4_000);
        Gen.String[Gen.Char[(char)0, (char)0x2FF], 0, 300].Sample(noise => Check(noise, noise).Verdict != PassportVerdict.Valid, iter: 2_000);
        Gen.String[Gen.Char[(char)0, (char)0x2FF], 0, 300].Sample(noise => Check(Signed(Header, noise), list).Code is PassportResult.Claims or PassportResult.Unreadable or PassportResult.Header, iter: 1_000);
    }

    // A list holds exactly what was revoked, is a multiple of 64 long, and shares nothing with the list before or after.
    [Fact]
    public void A_list_holds_what_was_revoked_and_two_lists_show_nothing()
    {
        Gen.Int[0, 200].Sample(count =>
        {
            string[] revoked = [.. Enumerable.Range(0, count).Select(_ => PassportToken.NewNumber())];
            var (first, second) = (Make(1), Make(2));
            var (ids, next) = (Ids(first), Ids(second));
            return revoked.All(first.Holds) && revoked.All(second.Holds) && !first.Holds(PassportToken.NewNumber())
                && ids.Length == (count / 64 + 1) * 64 && ids.SequenceEqual(ids.Order(StringComparer.Ordinal)) && !ids.Intersect(next).Any() && Make(1) == first;

            RevokedList Make(long number) => RevokedList.Make("unit.example/passports", number, s_now, s_now.AddDays(1), revoked, s_keys.ListSecret);
        }, iter: 60);

        static string[] Ids(RevokedList list) => [.. list.Ids.Chunk(16).Select(c => new string(c))];
    }

    [Fact]
    public void The_holder_is_compared_as_people_type_and_by_nothing_but_all_three()
    {
        var mark = HolderMark.Of("João  da Silva", "AB-123.456/7", "0123456789ABCDEFGHJK");
        Assert.Equal(mark, HolderMark.Of(" joão da SILVA", "ab 1234567", "o123-4567-89ab-cdef-ghjk"));
        Assert.NotEqual(mark, HolderMark.Of("João da Silva Neto", "AB1234567", "0123456789ABCDEFGHJK"));
        Assert.NotEqual(mark, HolderMark.Of("João da Silva", "AB1234568", "0123456789ABCDEFGHJK"));
        Assert.NotEqual(mark, HolderMark.Of("João da Silva", "AB1234567", "1123456789ABCDEFGHJK"));
        Assert.Equal(20, HolderMark.NewCode().Length);
        Assert.NotEqual(HolderMark.NewCode(), HolderMark.NewCode());
        Assert.NotEqual(PassportToken.NewNumber(), PassportToken.NewNumber());
    }

    [Fact]
    public void A_name_of_a_log_that_no_token_could_carry_still_names_an_issuer()
    {
        using var keys = new PassportKeys(new byte[32], "Einheit Süd/" + new string('x', 200));
        Assert.Matches(@"\A[A-Za-z0-9./:_~-]{1,100}\z", keys.Verifier.Name);
        var token = new PassportToken(keys.Verifier.Name, s_number, ClearanceLevel.Basic, s_now, s_now.AddDays(1), Token().Holder).Sign(keys.Signer);
        Assert.Equal(PassportResult.ListMissing, PassportResult.Of(token, [keys.Verifier], _ => null, s_now).Code);
        Assert.InRange(token.Length, 300, 666);
    }
}
