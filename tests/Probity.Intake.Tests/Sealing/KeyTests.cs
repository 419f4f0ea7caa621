using System.Security.Cryptography;
using Probity.Sealing;

namespace Probity.Intake.Tests.Sealing;

public class KeyTests
{
    [Fact]
    public void Any_k_shares_give_the_secret_back_and_fewer_do_not()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        var shares = SecretShares.Split(secret, 3, 5);
        for (var chosen = 0; chosen < 32; chosen++)
        {
            var some = shares.Where((_, i) => (chosen >> i & 1) == 1).Select(share => SecretShare.Read(share.ToString())!).ToList();
            Assert.Equal(some.Count >= 3 ? secret : null, SecretShares.Combine(some));
        }
    }

    [Fact]
    public void Two_shares_of_three_fit_every_secret_alike()
    {
        // For any two shares and any secret there is a third share: so the two tell nothing. Counted over a whole byte.
        var seen = new int[256];
        for (var i = 0; i < 25_600; i++) seen[SecretShares.Split([42], 2, 2)[0].Value.Span[0]]++;
        var chi = seen.Sum(n => (n - 100.0) * (n - 100.0) / 100);
        Assert.True(chi < 400, $"chi-square {chi} of 255 degrees of freedom");
    }

    [Fact]
    public void A_mistyped_share_is_found()
    {
        var line = SecretShares.Split(new byte[32], 2, 3)[1].ToString();
        Assert.NotNull(SecretShare.Read("  " + line.ToUpperInvariant()[..20] + "\n" + line[20..]));
        for (var i = 0; i < line.Length; i++)
        {
            var wrong = line.ToCharArray();
            wrong[i] = wrong[i] == '3' ? '4' : '3';
            Assert.Null(SecretShare.Read(new string(wrong)));
        }

        Assert.Null(SecretShares.Combine([SecretShares.Split(new byte[32], 2, 3)[0], SecretShares.Split(new byte[32], 2, 3)[1]]));
    }

    [Fact]
    public void A_passphrase_opens_its_key_and_no_other_does()
    {
        using var key = SealingKey.Generate();
        var locked = PassphraseLock.Lock(key, "corrente de ação 77 vento");
        using var opened = PassphraseLock.Open(locked, " corrente de ac\u0327a\u0303o 77 vento ");
        Assert.Equal(key.Public, opened?.Public);
        Assert.Null(PassphraseLock.Open(locked, "corrente de acao 77 vento"));
        foreach (var broken in (string[])["", "a.b.c.d", locked + "x", locked[1..], locked.Replace("argon2id-1", "argon2id-2", StringComparison.Ordinal)])
            Assert.Null(PassphraseLock.Open(broken, "corrente de ação 77 vento"));
    }

    [Fact]
    public void Two_codes_have_nothing_in_common()
    {
        using var one = new SourceKeys(new byte[32]);
        using var other = new SourceKeys([1, .. new byte[31]]);
        var report = Guid.NewGuid();
        Assert.NotEqual(one.Tag.ToArray(), other.Tag.ToArray());
        Assert.NotEqual(one.Key.Public, other.Key.Public);
        var route = one.SealRoute(report, "who"u8);
        Assert.Equal("who"u8.ToArray(), one.OpenRoute(report, route));
        Assert.Null(other.OpenRoute(report, route));
        Assert.Null(one.OpenRoute(Guid.NewGuid(), route));
    }
}
