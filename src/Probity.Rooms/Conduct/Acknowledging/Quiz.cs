using Probity.Conduct.Contract;

namespace Probity.Conduct.Acknowledging;

/// <summary>What came of the answers to a version's questions: the share that was right, in whole percent, and the numbers of those that were not.</summary>
internal sealed record Mark(int Score, IReadOnlySet<int> Wrong)
{
    /// <summary>Marks answers, by the question's number; a question without one is wrong. What is between two percents counts as the lower.</summary>
    public static Mark Of(IReadOnlyList<CodeQuestion> questions, IReadOnlyDictionary<int, int> answers)
    {
        var wrong = questions.Where(q => answers.GetValueOrDefault(q.Number) != q.Right).Select(q => q.Number).ToHashSet();
        return new Mark((questions.Count - wrong.Count) * 100 / questions.Count, wrong);
    }
}

/// <summary>The order in which the questions of one attempt stand.</summary>
internal static class QuizOrder
{
    /// <summary>The places 0 to <paramref name="count"/> - 1 in an order that the number of the attempt alone decides, so that a page that is shown again is the same.</summary>
    public static IReadOnlyList<int> Of(int attempt, int count)
    {
        var places = Enumerable.Range(0, count).ToArray();
        var state = unchecked((uint)attempt * 2654435761u) | 1u;
        for (var i = count - 1; i > 0; i--)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            var j = (int)(state % (uint)(i + 1));
            (places[i], places[j]) = (places[j], places[i]);
        }

        return places;
    }
}
