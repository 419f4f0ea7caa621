using NSec.Cryptography;
using Probity.Sealing;

namespace Probity.Intake.Tests.Sealing;

/// <summary>The vectors are those of RFC 9180, appendix A.2.1 and A.2.1.1, sequence number 0.</summary>
public class HpkeTests
{
    static readonly byte[] Info = Convert.FromHexString("4f6465206f6e2061204772656369616e2055726e");
    static readonly byte[] Aad = Convert.FromHexString("436f756e742d30");
    static readonly byte[] Text = Convert.FromHexString("4265617574792069732074727574682c20747275746820626561757479");
    static readonly byte[] Recipient = Convert.FromHexString("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a");
    const string Sealed =
        "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28";

    [Fact]
    public void Seals_as_the_RFC_does()
    {
        using var ephemeral = Secret("f4ec9b33b792c372c1d2c2063507b684ef925b8c75a42dbcbf57d63ccd381600");
        Assert.Equal(Sealed, Convert.ToHexStringLower(Hpke.Seal(ephemeral, Recipient, Info, Aad, Text)));
    }

    [Fact]
    public void Opens_what_the_RFC_sealed()
    {
        using var recipient = Secret("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb");
        Assert.Equal(Text, Hpke.Open(recipient, Info, Aad, Convert.FromHexString(Sealed)));
    }

    [Fact]
    public void Opens_nothing_that_was_changed_in_any_bit()
    {
        using var key = SealingKey.Generate();
        var message = key.Public.Seal("about"u8, "text"u8);
        for (var bit = 0; bit < message.Length * 8; bit++)
        {
            var changed = message.ToArray();
            changed[bit / 8] ^= (byte)(1 << bit % 8);
            // The top bit of an X25519 key is ignored (RFC 7748 §5), but the key itself is part of what the schedule hashes.
            Assert.Null(key.Open("about"u8, changed));
        }

        Assert.Equal("text"u8.ToArray(), key.Open("about"u8, message));
        Assert.Null(key.Open("other"u8, message));
    }

    [Fact]
    public void Refuses_keys_of_low_order()
    {
        Assert.Throws<FormatException>(() => Hpke.Seal(new byte[32], "about"u8, "text"u8));
    }

    static Key Secret(string hex) => Key.Import(KeyAgreementAlgorithm.X25519, Convert.FromHexString(hex), KeyBlobFormat.RawPrivateKey);
}
