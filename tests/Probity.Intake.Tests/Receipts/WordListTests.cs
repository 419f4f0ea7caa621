using System.Security.Cryptography;
using System.Text;
using Probity.Sealing.Receipts;

namespace Probity.Intake.Tests.Receipts;

/// <summary>The lists themselves: what every code that was ever given rests on.</summary>
public class WordListTests
{
    static readonly (string Language, string File)[] Files = [("en", "english.txt"), ("es", "spanish.txt"), ("pt", "portuguese.txt")];

    public static TheoryData<string> Languages => [.. ReceiptCode.Languages];

    [Theory, MemberData(nameof(Languages))]
    public void A_list_has_7776_words_and_eight_of_them_more_than_100_bits(string language)
    {
        var list = WordList.For(language);
        Assert.Equal(WordList.Size, list.Words.Count);
        Assert.True(ReceiptCode.Length * Math.Log2(list.Words.Distinct().Count()) >= 100);
    }

    [Theory, MemberData(nameof(Languages))]
    public void Words_are_three_to_nine_small_letters_and_differ_without_accents(string language)
    {
        var list = WordList.For(language);
        var folded = list.Words.Select(WordList.Fold).ToList();
        Assert.All(folded, word => Assert.Matches("^[a-z]{3,9}$", word));
        Assert.All(list.Words, word => Assert.Equal(word, word.ToLowerInvariant().Normalize(NormalizationForm.FormC)));
        Assert.Equal(folded.Count, folded.Distinct().Count());
        Assert.Equal(folded.Order(StringComparer.Ordinal), folded);
        Assert.All(folded.Index(), word => Assert.Equal(word.Index, list.Find(word.Item)));
    }

    // A list that changes makes codes unreadable that people have on paper. It must not: a better list is a new one.
    [Theory]
    [InlineData("english.txt", "30b74f7f5d6f7dc2409ed3af067063961d4b3a8ef9c41814ff3b9b63e98e46b1")]
    [InlineData("spanish.txt", "5e3eb435fdb2c88eac64507ae3f506ee8a405ddf90f4664e5ec6ec616029df6c")]
    [InlineData("portuguese.txt", "3c19fa9c62f6c49b09c426f0d18d59a3b9ccba7116e5d96feef8c16ab83cdb2a")]
    public void A_list_never_changes(string file, string sha256) => Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(Resource(file))));

    [Fact]
    public void The_licence_of_each_list_travels_with_it()
    {
        var licences = Encoding.UTF8.GetString(Resource("LICENCES.txt"));
        var parts = Files.Select(file => licences.Split($"\n{file.File}\n")[1].Split("\n\n\n")[0]).ToList();
        Assert.All(parts, part => Assert.Contains("\nLicence: ", part));
        Assert.Contains("Electronic Frontier Foundation", parts[0]);
        Assert.Contains("CC BY 3.0", parts[0]);
        Assert.Contains("public domain", parts[1]);
        Assert.Contains("drebs", parts[2]);
        Assert.Contains("CC BY 3.0", parts[2]);
        Assert.Equal(Files.Select(file => file.Language), ReceiptCode.Languages);
    }

    static byte[] Resource(string name)
    {
        using var stream = typeof(ReceiptCode).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
