using Probity.Risk.Library;

namespace Probity.Risk.Viewing;

/// <summary>How far the scores of one scenario lie apart: each a dot on the line from 1 to 25, nobody's name beside it.</summary>
public sealed record StripLine(string Title, IReadOnlyList<(double X, double Y)> Dots, double MedianX, string Inherent, string Current, int Spread, bool IsWide, string Knowledge);

/// <summary>Lays out the scores of an assessment once they are open.</summary>
internal static class StripPlot
{
    /// <summary>The height of a line, and where its dots lie.</summary>
    public const int LineHeight = 62, Middle = 44;

    /// <summary>So far apart, scores are to be talked about: two bands.</summary>
    const int Wide = 10;

    public static IReadOnlyList<StripLine> Of(RiskAssessment assessment) => [.. assessment.Scenarios.Select(s => (s, Scores: assessment.OpenedScores(s.Key))).Where(s => s.Scores.Count > 0).Select(s => LineOf(s.s, s.Scores, assessment))];

    static StripLine LineOf(AssessedScenario scenario, IReadOnlyList<GivenScore> scores, RiskAssessment assessment)
    {
        var current = scores.Select(s => RiskMatrix.ScoreOf(s.Current)).Order().ToList();
        var spread = current[^1] - current[0];
        return new StripLine(
            ScenarioLibrary.WordsOf(scenario).Step, [.. current.GroupBy(c => c).SelectMany(g => g.Select((c, i) => (X(c), Middle - 11.0 * i)))], X(RiskMatrix.ScoreOf(assessment.MedianOf(scenario.Key)!.Current)),
            string.Join(", ", scores.Select(s => RiskMatrix.ScoreOf(s.Inherent)).Order()), string.Join(", ", current), spread, spread >= Wide,
            string.Join(", ", scores.Select(s => s.Knowledge).Order().Select(k => RiskText.Word(k))));
    }

    /// <summary>Where a score lies, in percent of the width.</summary>
    public static double X(int score) => 3 + (score - 1) * 94.0 / 24;
}
