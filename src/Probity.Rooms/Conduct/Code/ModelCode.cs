using System.Text.Json;
using Probity.Conduct.Contract;

namespace Probity.Conduct.Code;

/// <summary>The code that comes with the program, in each language: what an agency publishes first. It goes along with the United Nations' code of 1979 and copies none of it.</summary>
internal static class ModelCode
{
    /// <summary>The languages that it is written in.</summary>
    public static readonly IReadOnlyList<string> Languages = ["en", "es", "pt"];

    /// <summary>Limits of a code, also of one that is typed.</summary>
    public const int MaxArticles = 30, MaxQuestions = 40, MaxTitle = 120, MaxText = 2_000, MaxFile = 256 * 1024, Answers = 3, LeastQuestions = 5;

    static readonly JsonSerializerOptions s_strict = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, MaxDepth = 6 };

    static readonly Lazy<(IReadOnlyList<CodeArticle> Articles, IReadOnlyList<CodeQuestion> Questions)> s_model =
        new(() => Parse(Languages.ToDictionary(language => language, Bytes, StringComparer.Ordinal)));

    public static IReadOnlyList<CodeArticle> Articles => s_model.Value.Articles;

    public static IReadOnlyList<CodeQuestion> Questions => s_model.Value.Questions;

    /// <summary>Puts the files of all languages together.</summary>
    /// <exception cref="InvalidDataException">A file is not as it has to be, or the languages differ in more than words.</exception>
    public static (IReadOnlyList<CodeArticle> Articles, IReadOnlyList<CodeQuestion> Questions) Parse(IReadOnlyDictionary<string, byte[]> files)
    {
        var written = Languages.Select(language => Read(language, files[language])).ToList();
        var first = written[0];
        foreach (var other in written)
        {
            Require(other.Articles.Select(a => (a.Number, string.Join(',', a.Un))).SequenceEqual(first.Articles.Select(a => (a.Number, string.Join(',', a.Un)))), other, "has other articles");
            Require(other.Questions.Select(q => (q.Number, q.Article, q.Right)).SequenceEqual(first.Questions.Select(q => (q.Number, q.Article, q.Right))), other, "has other questions");
        }

        return (
            [.. first.Articles.Select((a, i) => new CodeArticle(a.Number, a.Un, written.ToDictionary(w => w.Language, w => new ArticleWords(w.Articles[i].Title, w.Articles[i].Text), StringComparer.Ordinal)))],
            [.. first.Questions.Select((q, i) => new CodeQuestion(q.Number, q.Article, q.Right, written.ToDictionary(w => w.Language, w => WordsOf(w.Questions[i]), StringComparer.Ordinal)))]);
    }

    static QuestionWords WordsOf(WrittenQuestion question) => new(question.Text, question.Answers, question.Why);

    static Written Read(string language, byte[] bytes)
    {
        if (bytes.Length > MaxFile) throw new InvalidDataException($"The code in {language} is longer than {MaxFile} bytes.");
        Written written;
        try
        {
            written = JsonSerializer.Deserialize<Written>(bytes, s_strict) ?? throw new InvalidDataException($"The code in {language} is empty.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"The code in {language} cannot be read: {fault.Message}", fault);
        }

        Require(written.Language == language, written, "names another language");
        Require(written.Articles.Count is > 0 and <= MaxArticles && written.Questions.Count is >= LeastQuestions and <= MaxQuestions, written, "has too few or too many articles or questions");
        Require(written.Articles.Select(a => a.Number).SequenceEqual(written.Articles.Select(a => a.Number).Where(n => n > 0).Distinct().Order()), written, "numbers its articles otherwise than upwards");
        Require(written.Articles.All(a => Fits(a.Title, MaxTitle) && Fits(a.Text, MaxText) && a.Un.All(n => n is >= 1 and <= 8)), written, "has an article that is empty, too long, or goes along with none");
        Require(written.Questions.Select(q => q.Number).Distinct().Count() == written.Questions.Count, written, "has a question twice");
        Require(written.Questions.All(q => Fits(q.Text, MaxText) && Fits(q.Why, MaxText) && q.Answers.Count == Answers && q.Answers.All(a => Fits(a, MaxText)) && q.Right is >= 1 and <= Answers
            && written.Articles.Any(a => a.Number == q.Article)), written, "has a question that nobody can answer");
        return written;
    }

    static bool Fits(string text, int most) => !string.IsNullOrWhiteSpace(text) && text.Length <= most;

    static void Require(bool holds, Written written, string fault)
    {
        if (!holds) throw new InvalidDataException($"The code in {written.Language} {fault}.");
    }

    static byte[] Bytes(string language)
    {
        using var stream = typeof(ModelCode).Assembly.GetManifestResourceStream($"Probity.Conduct.Code.code.{language}.json")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    sealed record Written(string Language, IReadOnlyList<WrittenArticle> Articles, IReadOnlyList<WrittenQuestion> Questions);

    sealed record WrittenArticle(int Number, IReadOnlyList<int> Un, string Title, string Text);

    sealed record WrittenQuestion(int Number, int Article, string Text, IReadOnlyList<string> Answers, int Right, string Why);
}
