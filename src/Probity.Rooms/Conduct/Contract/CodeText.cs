namespace Probity.Conduct.Contract;

/// <summary>The words of an article in one language.</summary>
internal sealed record ArticleWords(string Title, string Text);

/// <summary>An article of the code, in each language.</summary>
/// <param name="Number">Its number, which stays its own from version to version.</param>
/// <param name="Un">Articles of the United Nations' code of conduct for law enforcement officials (resolution 34/169) that it goes along with.</param>
/// <param name="Words">By the language's code.</param>
internal sealed record CodeArticle(int Number, IReadOnlyList<int> Un, IReadOnlyDictionary<string, ArticleWords> Words);

/// <summary>The words of a question in one language; the answers are in the same order in each.</summary>
internal sealed record QuestionWords(string Text, IReadOnlyList<string> Answers, string Why);

/// <summary>A question about a scene of everyday work.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Article">The article that it is about.</param>
/// <param name="Right">Which answer is right, from 1.</param>
/// <param name="Words">By the language's code.</param>
internal sealed record CodeQuestion(int Number, int Article, int Right, IReadOnlyDictionary<string, QuestionWords> Words);
