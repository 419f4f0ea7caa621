using CsCheck;
using Probity.Sealing.Receipts;

namespace Probity.Intake.Tests.Receipts;

/// <summary>Drawing a code, and the secret that stands for it.</summary>
public class ReceiptCodeTests
{
    public static TheoryData<string> Languages => [.. ReceiptCode.Languages];

    /// <summary>Any code of any language; its places in the list beside it.</summary>
    internal static readonly Gen<(WordList List, int[] Indexes)> Codes =
        Gen.Select(Gen.Int[0, 2].Select(place => WordList.For(ReceiptCode.Languages[place])), Gen.Int[0, WordList.Size - 1].Array[ReceiptCode.Length]);

    [Theory, MemberData(nameof(Languages))]
    public void A_code_is_read_back_as_it_was_given(string language)
    {
        for (var time = 0; time < 200; time++)
        {
            using var code = ReceiptCode.Generate(language);
            Assert.Equal(ReceiptCode.Length, code.Words.Count);
            Assert.Equal(string.Join(' ', code.Words), code.ToString());
            var read = ReceiptCode.Read(code.ToString());
            Assert.Equal((0, language, code.ToString()), (read[0].Repairs, read[0].Language, read[0].ToString()));
            Assert.Equal(code.Secret, read[0].Secret);
        }
    }

    // Chi-square over 160,000 drawn words, 7,775 degrees of freedom. By Wilson and Hilferty an even draw passes 8,414.6 once in 3.5 million runs
    // (five standard deviations), so the three languages together once in more than a million.
    [Theory, MemberData(nameof(Languages))]
    public void Every_word_is_as_likely_as_any_other(string language)
    {
        const int Codes = 20_000;
        var drawn = WordList.For(language).Words.ToDictionary(word => word, _ => 0);
        for (var code = 0; code < Codes; code++)
            foreach (var word in ReceiptCode.Generate(language).Words)
                drawn[word]++;
        var expected = Codes * ReceiptCode.Length / (double)WordList.Size;
        Assert.InRange(drawn.Values.Sum(count => (count - expected) * (count - expected) / expected), 0, 8414.6);
    }

    [Fact]
    public void Two_codes_never_have_one_secret() => Gen.Select(Codes, Gen.Int[0, ReceiptCode.Length - 1], Gen.Int[1, WordList.Size - 1], Gen.Int[1, 2]).Sample(
        (drawn, place, step, further) =>
        {
            using var code = new ReceiptCode(drawn.List, drawn.Indexes);
            int[] changed = [.. drawn.Indexes];
            changed[place] = (changed[place] + step) % WordList.Size;
            int[] turned = [.. drawn.Indexes[1..], drawn.Indexes[0]];
            var elsewhere = WordList.For(ReceiptCode.Languages[(ReceiptCode.Languages.ToList().IndexOf(drawn.List.Language) + further) % 3]);
            using var other = new ReceiptCode(drawn.List, changed);
            using var order = new ReceiptCode(drawn.List, turned);
            using var language = new ReceiptCode(elsewhere, drawn.Indexes);
            return !code.Secret.SequenceEqual(other.Secret) && !code.Secret.SequenceEqual(language.Secret)
                && (turned.SequenceEqual(drawn.Indexes) || !code.Secret.SequenceEqual(order.Secret));
        });

    // Computed by another implementation of HKDF over the places 0, 1111, 2222 and so on to 7775. Codes that people have on paper hang on these bytes.
    [Theory]
    [InlineData("en", "abacus clone encircle idealism palpitate sacred talon zoom", "62d0f5244da50e19f0688973c667c59354f657ec3e3aad06ecf54fc24a03b7f9")]
    [InlineData("es", "abadía boicot cuadro exactitud jungla paredón rezado zumbido", "1ae1701cfc2952c23203a7e4513f52b6d9fef7e6bddacd85c3b7774d999d3c10")]
    [InlineData("pt", "abacate bingo dativo estreando indigesta nocauteia recrie triplica", "4a86c865a347b28c771a14d18357ef8d9a7d181d90191b729ea84cedf80cd57c")]
    public void A_code_has_the_secret_that_it_had_on_the_first_day(string language, string words, string secret)
    {
        var read = ReceiptCode.Read(words)[0];
        Assert.Equal(language, read.Language);
        Assert.Equal(secret, Convert.ToHexStringLower(read.Secret));
    }

    [Fact]
    public void A_wiped_code_says_nothing_more()
    {
        var code = ReceiptCode.Generate("es");
        var secret = code.Secret;
        code.Dispose();
        Assert.All(secret.ToArray(), value => Assert.Equal(0, value));
        Assert.Throws<ObjectDisposedException>(() => code.Secret.Length);
        Assert.Throws<ObjectDisposedException>(() => code.ToString());
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("EN")]
    [InlineData("")]
    public void A_language_without_a_list_is_a_wrong_argument(string language) => Assert.Throws<ArgumentException>(() => ReceiptCode.Generate(language));
}
