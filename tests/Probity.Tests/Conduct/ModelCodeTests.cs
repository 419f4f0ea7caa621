using System.Text;
using Probity.Conduct.Code;

namespace Probity.Tests.Conduct;

/// <summary>The code that comes with the program says the same in each language, and a file that is not as it has to be is refused.</summary>
public sealed class ModelCodeTests
{
    static byte[] File(string language)
    {
        using var stream = typeof(ModelCode).Assembly.GetManifestResourceStream($"Probity.Conduct.Code.code.{language}.json")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    static Dictionary<string, byte[]> Files() => ModelCode.Languages.ToDictionary(language => language, File);

    [Fact]
    public void Each_language_has_the_same_articles_and_questions_and_none_is_empty()
    {
        Assert.InRange(ModelCode.Articles.Count, 12, 16);
        Assert.Equal(10, ModelCode.Questions.Count);
        Assert.All(ModelCode.Articles, a => Assert.Equal(ModelCode.Languages, a.Words.Keys));
        Assert.All(ModelCode.Articles, a => Assert.Equal(3, a.Words.Values.Select(w => w.Text).Distinct().Count()));
        Assert.All(ModelCode.Articles, a => Assert.NotEmpty(a.Un));
        Assert.All(ModelCode.Questions, q => Assert.All(q.Words.Values, w => Assert.Equal(3, w.Answers.Distinct().Count())));
        // Nobody passes by always choosing the same place.
        Assert.All(ModelCode.Questions.CountBy(q => q.Right), right => Assert.True(right.Value <= 5, $"{right.Value} questions have answer {right.Key}."));
    }

    [Theory]
    [InlineData("\"right\": 3", "\"right\": 4"), InlineData("\"right\": 3", "\"right\": 1"), InlineData("\"article\": 1,", "\"article\": 99,"), InlineData("\"language\": \"es\"", "\"language\": \"pt\"")]
    [InlineData("\"number\": 14, \"un\"", "\"number\": 13, \"un\""), InlineData("\"un\": [4]", "\"un\": [9]"), InlineData("\"title\": \"Fuentes\"", "\"title\": \" \""), InlineData("\"title\": \"Fuentes\"", "\"tittle\": \"Fuentes\"")]
    public void A_language_that_differs_or_cannot_be_right_is_refused(string text, string instead)
    {
        var files = Files();
        var broken = Encoding.UTF8.GetString(files["es"]).Replace(text, instead, StringComparison.Ordinal);
        Assert.NotEqual(Encoding.UTF8.GetString(files["es"]), broken);
        files["es"] = Encoding.UTF8.GetBytes(broken);
        Assert.Contains("es", Assert.Throws<InvalidDataException>(() => ModelCode.Parse(files)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_too_long_or_nested_too_deep_is_refused()
    {
        var files = Files();
        files["pt"] = new byte[ModelCode.MaxFile + 1];
        Assert.Throws<InvalidDataException>(() => ModelCode.Parse(files));
        files["pt"] = Encoding.UTF8.GetBytes(new string('[', 1_000));
        Assert.Throws<InvalidDataException>(() => ModelCode.Parse(files));
    }
}
