using System.Text;
using Probity.Reports.Notifying;

namespace Probity.Tests.Reports.Notifying;

/// <summary>Which keys are taken, by keys that GnuPG made.</summary>
public sealed class NoticeKeyTests
{
    static readonly DateTimeOffset s_now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("future-default", "2y"), InlineData("rsa2048", "2y"), InlineData("rsa3072", "never")]
    public void A_key_of_GnuPG_is_read_and_what_is_encrypted_to_it_opens(string algorithm, string expires)
    {
        Gpg.Require();
        using var gpg = new Gpg();
        var fingerprint = gpg.Make("Ana <ana@mail.example>", algorithm, expires: expires);
        if (algorithm != "future-default") gpg.Add(fingerprint, algorithm, "encr", expires, "20260101T000000");
        var key = NoticeKey.ReadArmoured(gpg.Export(fingerprint), s_now);
        Assert.NotNull(key);
        Assert.Equal(fingerprint, key.Fingerprint);
        Assert.Equal(expires == "never" ? null : new DateTime(2028, 1, 1), key.Expires?.UtcDateTime.Date);
        Assert.Equal("Olá, à noite.", gpg.Decrypt(NoticeKey.Read(key.Bytes, s_now)!.Encrypt("Olá, à noite."u8)));
        // Nothing tells by what it was made.
        Assert.StartsWith("-----BEGIN PGP MESSAGE-----\r\n\r\n", key.Encrypt("x"u8), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_that_ends_counts_of_the_key_and_its_subkey()
    {
        Gpg.Require();
        using var gpg = new Gpg();
        var fingerprint = gpg.Make("Ana", "ed25519", "sign");
        Assert.Null(NoticeKey.ReadArmoured(gpg.Export(fingerprint), s_now));
        gpg.Add(fingerprint, "cv25519", "encr", "90d");
        var key = NoticeKey.ReadArmoured(gpg.Export(fingerprint), s_now)!;
        Assert.Equal(new DateTime(2026, 4, 2), key.Expires!.Value.UtcDateTime.Date);
        Assert.NotNull(NoticeKey.Read(key.Bytes, key.Expires.Value.AddSeconds(-1)));
        Assert.Null(NoticeKey.Read(key.Bytes, key.Expires.Value));
        // A second one that lives longer takes its place.
        gpg.Add(fingerprint, "rsa2048", "encr", "1y", "20260110T000000");
        Assert.Equal(new DateTime(2027, 1, 10), NoticeKey.ReadArmoured(gpg.Export(fingerprint), s_now)!.Expires!.Value.UtcDateTime.Date);
    }

    [Fact]
    public void What_cannot_be_used_is_refused()
    {
        Gpg.Require();
        using var gpg = new Gpg();
        var good = gpg.Make("Good");
        var text = gpg.Export(good);
        Assert.NotNull(NoticeKey.ReadArmoured("\r\n" + text.ReplaceLineEndings("\r\n"), s_now));
        Assert.Null(NoticeKey.ReadArmoured(gpg.ExportSecret(good), s_now));
        Assert.Null(NoticeKey.ReadArmoured(text + text, s_now));
        Assert.Null(NoticeKey.ReadArmoured(text + "more", s_now));
        Assert.Null(NoticeKey.ReadArmoured("", s_now));
        Assert.Null(NoticeKey.ReadArmoured(text.Replace("\n\n", "\nComment: " + new string('x', NoticeKey.Longest) + "\n\n", StringComparison.Ordinal), s_now));
        Assert.Null(NoticeKey.ReadArmoured(text, new DateTimeOffset(2028, 1, 2, 0, 0, 0, TimeSpan.Zero)));
        Assert.Null(NoticeKey.ReadArmoured(text, new DateTimeOffset(2025, 12, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Null(NoticeKey.ReadArmoured(gpg.Export(gpg.Make("Signs", "ed25519", "sign")), s_now));
        var shorter = gpg.Make("Short", "ed25519", "sign");
        gpg.Add(shorter, "rsa1024", "encr", "2y");
        Assert.Null(NoticeKey.ReadArmoured(gpg.Export(shorter), s_now));
        // Two keys in one block.
        Assert.Null(NoticeKey.ReadArmoured(gpg.Export(), s_now));

        var half = gpg.Make("Half");
        gpg.Edit(half, "key 1\nrevkey\ny\n0\n\ny\nsave\n");
        Assert.Null(NoticeKey.ReadArmoured(gpg.Export(half), s_now));
        gpg.Import(gpg.Revocation(good));
        Assert.Null(NoticeKey.ReadArmoured(gpg.Export(good), s_now));
    }

    // A subkey of another's under one's own key: its binding is not by that key.
    [Fact]
    public void A_subkey_that_the_key_has_not_bound_is_refused()
    {
        Gpg.Require();
        using var gpg = new Gpg();
        var (one, other) = (NoticeKey.ReadArmoured(gpg.Export(gpg.Make("One")), s_now)!.Bytes, NoticeKey.ReadArmoured(gpg.Export(gpg.Make("Other")), s_now)!.Bytes);
        // Old-format packet of a public subkey: tag 14, one byte of length.
        var (cut, from) = (one.AsSpan().IndexOf((byte)0xB8), other.AsSpan().IndexOf((byte)0xB8));
        Assert.NotNull(NoticeKey.Read([.. one[..cut], .. one[cut..]], s_now));
        Assert.Null(NoticeKey.Read([.. one[..cut], .. other[from..]], s_now));
    }

    [Fact]
    public void Broken_keys_are_refused_and_break_nothing()
    {
        Gpg.Require();
        using var gpg = new Gpg();
        foreach (var (algorithm, rounds) in ((string, int)[])[("future-default", 500), ("rsa2048", 300)])
        {
            var made = gpg.Make(algorithm, algorithm);
            if (algorithm != "future-default") gpg.Add(made, algorithm, "encr", "2y");
            var key = NoticeKey.ReadArmoured(gpg.Export(made), s_now)!;
            var (random, accepted, before) = (new Random(7), 0, GC.GetAllocatedBytesForCurrentThread());
            for (var round = 0; round < rounds; round++)
            {
                var bytes = key.Bytes.ToList();
                for (var change = random.Next(3); change >= 0; change--)
                {
                    var at = random.Next(bytes.Count);
                    if (random.Next(4) is 0 and var _) bytes.RemoveRange(at, Math.Min(random.Next(64), bytes.Count - at));
                    else if (random.Next(4) == 0) bytes.InsertRange(at, Enumerable.Range(0, random.Next(8)).Select(_ => (byte)random.Next(256)));
                    else if (at < bytes.Count) bytes[at] = random.Next(2) == 0 ? (byte)0xFF : (byte)random.Next(256);
                    if (bytes.Count == 0) break;
                }

                if (NoticeKey.Read([.. bytes], s_now) is not { } read) continue;
                // What is signed by nobody may differ: nothing else.
                accepted++;
                Assert.Equal(key.Fingerprint, read.Fingerprint);
                Assert.True(read.Expires == key.Expires, $"round {round}");
            }

            Assert.InRange(accepted, 0, rounds / 3);
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < rounds * 4L * 1024 * 1024, "A broken key took more than 4 MB.");
            var text = Encoding.ASCII.GetBytes(gpg.Export(algorithm));
            for (var round = 0; round < 100; round++)
            {
                var broken = (byte[])text.Clone();
                broken[random.Next(40, broken.Length - 40)] = (byte)random.Next(32, 127);
                if (NoticeKey.ReadArmoured(Encoding.ASCII.GetString(broken), s_now) is { } read) Assert.Equal(key.Fingerprint, read.Fingerprint);
            }
        }
    }
}
