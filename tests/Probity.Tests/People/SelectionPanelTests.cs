using Probity.People.Contract;
using Probity.People.Selecting;
using static Probity.Tests.People.SelectionScene;

namespace Probity.Tests.People;

/// <summary>What panels hold against: rankings that change under the answer.</summary>
public sealed class SelectionPanelTests
{
    [Fact]
    public void Whoever_answers_to_a_ranking_says_which_they_read()
    {
        // Asked for as scored, returned, and asked for again as a departure.
        var again = Fold([.. Story, Propose(false), (new RankingReturned(Id, Reason), "igor"), Propose(true)]);
        AdoptRanking.Answer first = new(Id, 1, true, null), second = first with { Proposal = 2 };
        Assert.Equal(AdoptRanking.AskedAnew, Refused(AdoptRanking.Second(first, Facts(again, "igor", AtClosing))));
        Assert.Equal(AdoptRanking.AskedAnew, Refused(AdoptRanking.Second(first with { Proposal = 0 }, Facts(again, "igor", AtClosing))));
        Assert.IsType<RankingSeconded>(Assert.Single(Events(AdoptRanking.Second(second, Facts(again, "igor", AtClosing)))));
        var seconded = again.Then(AtClosing, (new RankingSeconded(Id), "igor"));
        Assert.Equal(AdoptRanking.AskedAnew, Refused(AdoptRanking.Agree(first with { Agree = false, Reason = Reason }, Facts(seconded, "oscar", AtClosing))));
        Assert.IsType<RankingAdopted>(Events(AdoptRanking.Agree(second, Facts(seconded, "oscar", AtClosing)))[^1]);
    }
}
