using CsCheck;
using Probity.Exhibits;
using Probity.Exhibits.Contract;

namespace Probity.Tests.Exhibits;

public sealed class CustodyChainTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 2, 3, 0, 0, TimeSpan.Zero);
    static readonly Guid[] People = [.. Enumerable.Range(0, 6).Select(i => new Guid(i + 1, 0, 0, new byte[8]))];

    static Release Gave(int from, int to, int minute, Guid? transfer = null, Purpose purpose = Purpose.Store) => new(
        Guid.CreateVersion7(), transfer ?? Guid.CreateVersion7(), People[from], People[to], Start.AddMinutes(minute), Start, [], true, purpose, null, null);

    static Receipt Took(int from, int to, int minute, Guid? transfer = null) => new(
        Guid.CreateVersion7(), transfer ?? Guid.CreateVersion7(), People[from], People[to], Start.AddMinutes(minute), Start, [], true, null, null);

    [Fact]
    public void Nobody_has_given_it_away_so_who_seized_it_has_it() => Assert.Equal(People[0], CustodyChain.Of(People[0], [], []).Holder);

    [Fact]
    public void One_half_moves_nothing()
    {
        var given = CustodyChain.Of(People[0], [Gave(0, 1, 5)], []);
        Assert.Equal((People[0], 1, 0), (given.Holder, given.Given.Length, given.Links.Length));
        var taken = CustodyChain.Of(People[0], [], [Took(0, 1, 5)]);
        Assert.Equal((People[0], 1, 0), (taken.Holder, taken.Taken.Length, taken.Links.Length));
    }

    [Fact]
    public void Halves_between_others_or_a_day_apart_do_not_join()
    {
        Assert.Empty(CustodyChain.Of(People[0], [Gave(0, 1, 0)], [Took(0, 2, 0)]).Links);
        Assert.Empty(CustodyChain.Of(People[0], [Gave(0, 1, 0)], [Took(2, 1, 0)]).Links);
        Assert.Empty(CustodyChain.Of(People[0], [Gave(0, 1, 0)], [Took(0, 1, 24 * 60 + 1)]).Links);
        Assert.Single(CustodyChain.Of(People[0], [Gave(0, 1, 0)], [Took(0, 1, 24 * 60)]).Links);
    }

    [Fact]
    public void What_a_device_joined_belongs_together_however_late()
    {
        var transfer = Guid.CreateVersion7();
        Assert.Single(CustodyChain.Of(People[0], [Gave(0, 1, 0, transfer)], [Took(0, 1, 9_999, transfer)]).Links);
    }

    [Fact]
    public void Two_who_took_it_from_one_are_a_fork_and_a_missing_half_between_is_none()
    {
        var forked = CustodyChain.Of(People[0], [Gave(0, 1, 0), Gave(0, 2, 10)], [Took(0, 1, 1), Took(0, 2, 11)]);
        Assert.False(forked.IsForked(forked.Links[0]));
        Assert.True(forked.IsForked(forked.Links[1]));
        Assert.Equal((People[1], 2), (forked.Holder, forked.Claimants.Select(p => Array.IndexOf(People, p)).Single()));

        // 1 gave it back to 0, and one of the two halves of that has not come in yet.
        var bridged = CustodyChain.Of(People[0], [Gave(0, 1, 0), Gave(1, 0, 5), Gave(0, 2, 10)], [Took(0, 1, 1), Took(0, 2, 11)]);
        Assert.Equal(People[1], bridged.Links[1].Gap);
        Assert.True(bridged.Links[1].Bridged);
        Assert.False(bridged.IsForked(bridged.Links[1]));
        Assert.Equal(People[2], bridged.Holder);
    }

    [Fact]
    public void What_others_sign_to_each_other_moves_nothing_and_the_missing_half_makes_it_whole()
    {
        // 2 says that they took it from 0, who has it; 2 and 3 sign, and 3 and 4.
        List<Release> releases = [Gave(2, 3, 10), Gave(3, 4, 20)];
        List<Receipt> receipts = [Took(0, 2, 5), Took(2, 3, 11), Took(3, 4, 21)];
        var claimed = CustodyChain.Of(People[0], releases, receipts);
        Assert.Equal((People[0], null), (claimed.Holder, claimed.Last));
        Assert.Equal([(People[0], true, false), (null, true, false)], claimed.Links.Select(l => (l.Gap, l.IsClaim, l.Bridged)));
        Assert.Equal([People[2], People[4]], claimed.Claimants);
        // What 0 does meanwhile counts.
        var passed = CustodyChain.Of(People[0], [.. releases, Gave(0, 5, 30)], [.. receipts, Took(0, 5, 31)]);
        Assert.Equal((People[5], 3, false), (passed.Holder, passed.Links.Length, passed.Links[0].IsClaim));
        var whole = CustodyChain.Of(People[0], [.. releases, Gave(0, 2, 4)], receipts);
        Assert.Equal(People[4], whole.Holder);
        Assert.All(whole.Links, l => Assert.Equal((null, false), (l.Gap, l.IsClaim)));
    }

    /// <summary>An exhibit goes through many hands while every line is down, and each signs on a device whose clock is some minutes off.</summary>
    static readonly Gen<(int[] Hands, int[] Skews, bool[] Joined)> Travels = Gen.Int[1, 12].SelectMany(n => Gen.Select(
        Gen.Int[0, People.Length - 2].Array[n], Gen.Int[-4, 4].Array[2 * n], Gen.Bool.Array[n]));

    [Fact]
    public void In_whatever_order_the_halves_come_in_and_however_often_the_chain_is_the_same()
    {
        Gen.Select(Travels, Gen.Int).Sample((travel, seed) =>
        {
            var (releases, receipts, hands) = Sign(travel);
            var expected = CustodyChain.Of(People[0], releases, receipts);
            Assert.Equal(hands, expected.Links.Select(l => l.In.To).Prepend(People[0]));
            Assert.All(expected.Links, l => Assert.Null(l.Gap));
            Assert.Empty(expected.Given);
            Assert.Empty(expected.Taken);

            var random = new Random(seed);
            releases = [.. releases.OrderBy(_ => random.Next())];
            receipts = [.. receipts.OrderBy(_ => random.Next())];
            var again = CustodyChain.Of(People[0], releases, receipts);
            Assert.Equal(expected.Links.AsEnumerable(), again.Links.AsEnumerable());
            Assert.Equal(expected.Holder, again.Holder);
        }, iter: 3_000);
    }

    [Fact]
    public void A_half_that_never_comes_in_is_missed_and_hides_no_other()
    {
        Gen.Select(Travels, Gen.Int[0, 11], Gen.Bool).Sample((travel, lost, giver) =>
        {
            var (releases, receipts, _) = Sign(travel);
            var at = lost % releases.Count;
            if (giver) releases.RemoveAt(at);
            else receipts.RemoveAt(at);
            var chain = CustodyChain.Of(People[0], releases, receipts);
            Assert.Equal(travel.Hands.Length - 1, chain.Links.Length);
            Assert.Equal(1, chain.Given.Length + chain.Taken.Length);
            // Each of the others is joined to its own.
            Assert.All(chain.Links, l => Assert.True((l.Out.At - l.In.At).Duration() < TimeSpan.FromMinutes(10)));
        }, iter: 2_000);
    }

    // Hand-overs between the same two follow each other by an hour, more than any two clocks are apart; joined ones share an id.
    static (List<Release> Releases, List<Receipt> Receipts, List<Guid> Hands) Sign((int[] Hands, int[] Skews, bool[] Joined) travel)
    {
        var (releases, receipts, hands) = (new List<Release>(), new List<Receipt>(), new List<Guid> { People[0] });
        var from = 0;
        for (var i = 0; i < travel.Hands.Length; i++)
        {
            var to = travel.Hands[i] < from ? travel.Hands[i] : travel.Hands[i] + 1;
            var transfer = Guid.CreateVersion7();
            releases.Add(Gave(from, to, 60 * i + 10 + travel.Skews[2 * i], transfer));
            receipts.Add(Took(from, to, 60 * i + 11 + travel.Skews[2 * i + 1], travel.Joined[i] ? transfer : null));
            hands.Add(People[to]);
            from = to;
        }

        return (releases, receipts, hands);
    }
}
