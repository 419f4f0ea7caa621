using System.Globalization;
using Probity.Shared.Drawing;

namespace Probity.People.Selecting;

/// <summary>
/// The seeds of the lot between equals: for each scoring one of its own from the node's secret, whose SHA-256 stands on the record before anybody applies and which is revealed when
/// the scores are opened. Who holds the secret could foresee a lot, not alter it.
/// </summary>
internal sealed class SelectionSeeds(DrawSeeds ofCases)
{
    /// <summary>What a scoring commits to.</summary>
    public string Commitment(Guid competition, int round) => Of(competition, round).Commitment(1);

    /// <summary>The seed in lower-case hexadecimal; null where it is of another secret.</summary>
    public string? Reveal(Competition competition) => Of(competition.Id, competition.Round) is var seeds && competition.Commitment is { } promised && seeds.Knows(1, promised)
        ? Convert.ToHexStringLower(seeds.Seed(1, 1)) : null;

    DrawSeeds Of(Guid competition, int round) => ofCases.Of(string.Create(CultureInfo.InvariantCulture, $"probity selection chain {competition:N} {round}"));
}
