using System.Globalization;
using CsCheck;
using Probity.People.Contract;
using Probity.People.Selecting;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.People;

/// <summary>The rank against its definition in words: the weighted mean, as a fraction, then the criterion fixed beforehand, then the lot.</summary>
public sealed class SelectionPropertyTests
{
    [Fact]
    public void The_rank_is_what_its_definition_says() => Gen.Select(Gen.Int[1, 5], Gen.Int[3, 5], Gen.Int[1, 8], Gen.Int[0, int.MaxValue], Gen.Bool).Sample((criteria, scorers, applications, salt, hasLot) =>
    {
        var random = new Random(salt);
        var weights = WeightsOf(criteria, random);
        var tie = random.Next(criteria);
        // Few different points, so that equals come often.
        IReadOnlyList<int> Points() => [.. Enumerable.Range(0, criteria).Select(_ => random.Next(2) * 5)];
        var scores = Enumerable.Range(1, applications).ToDictionary(a => a, _ => (IReadOnlyList<IReadOnlyList<int>>)[.. Enumerable.Range(0, scorers).Select(_ => Points())]);
        var lot = Ranking.Lot(Convert.ToHexStringLower(BitConverter.GetBytes(salt).Concat(new byte[28]).ToArray()), [.. scores.Keys]);
        Assert.Equal(scores.Keys, lot.Order());
        var ranked = Ranking.Of(weights, tie, scores, hasLot ? lot : null);
        Assert.Equal(scores.Keys, ranked.Select(r => r.Application).Order());
        foreach (var one in ranked)
        {
            var before = scores.Keys.Count(other => other != one.Application && Before(other, one.Application));
            Assert.Equal(before + 1, one.Place);
        }

        // Whoever leads has it: one before another in the list is not behind it by the definition.
        for (var i = 1; i < ranked.Count; i++) Assert.False(Before(ranked[i].Application, ranked[i - 1].Application));

        bool Before(int one, int other)
        {
            // Fractions compared crosswise, each with its own denominator: nothing is shared with the code under test.
            var (mine, theirs) = (MeanOf(one), MeanOf(other));
            var compared = (mine.Over * theirs.Under).CompareTo(theirs.Over * mine.Under);
            if (compared != 0) return compared > 0;
            var parted = scores[one].Sum(s => s[tie]).CompareTo(scores[other].Sum(s => s[tie]));
            return parted != 0 ? parted > 0 : hasLot && lot.ToList().IndexOf(one) < lot.ToList().IndexOf(other);
        }

        (System.Numerics.BigInteger Over, System.Numerics.BigInteger Under) MeanOf(int application)
        {
            System.Numerics.BigInteger over = 0;
            foreach (var given in scores[application]) for (var c = 0; c < criteria; c++) over += weights[c] * given[c];
            return (over, 100 * scores[application].Count);
        }
    }, iter: 400, threads: 1);

    [Fact]
    public void Nothing_reads_a_score_before_all_are_opened() => Gen.Select(Gen.Int[1, 4], Gen.Int[0, int.MaxValue]).Sample((applications, salt) =>
    {
        var random = new Random(salt);
        var events = new List<(IEvent, string)> { SelectionScene.DrawUp, SelectionScene.Freeze };
        for (var a = 1; a <= applications; a++) events.AddRange(SelectionScene.Apply(a, a == 1 ? "ben" : a == 2 ? "carla" : a == 3 ? "dina" : SelectionScene.Outsider));
        var slots = (from a in Enumerable.Range(1, applications) from m in SelectionScene.Panel select (a, m)).ToArray();
        random.Shuffle(slots);
        var readers = new[] { "vera", "ines", "oscar", "paula", "igor", "olga", "ben", "carla", "chief" };
        foreach (var (at, (application, scorer)) in slots.Index())
        {
            var mark = string.Create(CultureInfo.InvariantCulture, $"Mark {at} of what nobody reads.");
            events.Add((new ApplicationScored(SelectionScene.Id, application, [new(random.Next(6), mark), new(random.Next(6), mark)]), scorer));
            var competition = SelectionScene.Fold([.. events]).All[SelectionScene.Id];
            Assert.Empty(competition.Ranks());
            Assert.All(competition.Applications, a => Assert.Empty(competition.OpenedScores(a.Number)));
            Assert.All(readers.Where(r => r != scorer), r => Assert.True(competition.Own(application, Staff.Id(r)).All(s => s.Reason != mark)));
            Assert.Empty(competition.Unexplained());
        }

        var opened = SelectionScene.Fold([.. events, (new ScoresOpened(SelectionScene.Id, SelectionScene.Seed), "olga")]).All[SelectionScene.Id];
        Assert.Equal(applications, opened.Ranks().Count);
    }, iter: 40, threads: 1);

    static int[] WeightsOf(int criteria, Random random)
    {
        var weights = Enumerable.Repeat(1, criteria).ToArray();
        for (var left = 100 - criteria; left > 0; left--) weights[random.Next(criteria)]++;
        return weights;
    }
}
