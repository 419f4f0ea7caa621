using CsCheck;
using Probity.Exhibits.Balancing;
using Probity.Exhibits.Contract;
using static Probity.Tests.Exhibits.Balancing.GramsLife;

namespace Probity.Tests.Exhibits.Balancing;

/// <summary>Exhibits that are weighed, sampled, analysed and handed on at random: an honest life balances, and one planted loss is found where it was.</summary>
public sealed class RandomLivesTests
{
    static void Conserves(GramsFigures figures) =>
        Assert.Equal(
            figures.Seized + figures.Explained + figures.Repacked + figures.Rough + figures.Unexplained, figures.Accounted + figures.At(GramsPlace.Missing) + figures.At(GramsPlace.Unconfirmed));

    // A life: acts by number, with chance taken from the same numbers, so that a failing one can be read and made again.
    sealed record Act(int What, int Whom, int Chance);

    static readonly Gen<Act[]> Lives = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 9], Gen.Int[-100, 100], (what, whom, chance) => new Act(what, whom, chance)).Array[3, 25];

    // What is really there, gram by gram, beside what balances show of it.
    sealed class Truth
    {
        public readonly GramsLife Life = new();
        public readonly Guid Root;
        public readonly List<(Guid Exhibit, int Package)> Things = [];
        readonly Dictionary<(Guid, int), decimal> _mass = [];
        public readonly Dictionary<(Guid, int), Guid> Last = [];
        readonly Dictionary<Guid, Guid> _holder = [];
        readonly MassKind _kind;

        public Truth(MassKind kind)
        {
            _kind = kind;
            Root = Life.Seize(3);
            _holder[Root] = Officer;
            for (var p = 1; p <= 3; p++)
            {
                Things.Add((Root, p));
                _mass[(Root, p)] = 1_000m + p;
                Weigh(Things[^1], Officer, 0);
            }
        }

        public void Live(Act act)
        {
            var thing = Things[act.Whom % Things.Count];
            var holder = _holder[thing.Exhibit];
            switch (act.What)
            {
                case 0 or 1:
                    Weigh(thing, act.Chance > 0 ? Keeper : Analyst, act.Chance);
                    break;
                case 2 when _kind == MassKind.Net && _mass[thing] > 50m:
                    var sample = Life.Draw(thing.Exhibit, holder, 20m, thing.Package);
                    _mass[thing] -= 20m;
                    _mass[(sample, 1)] = 20m;
                    _holder[sample] = holder;
                    Things.Add((sample, 1));
                    break;
                case 3 when thing.Exhibit != Root && _mass[thing] > 3m:
                    Life.Analyse(thing.Exhibit, _mass[thing], 1m);
                    _mass[thing] -= 1m;
                    break;
                case 4 or 5:
                    var to = holder == Keeper ? Analyst : Keeper;
                    Life.Pass(thing.Exhibit, holder, to, (Purpose)(Math.Abs(act.Chance) % 5));
                    _holder[thing.Exhibit] = to;
                    break;
            }
        }

        // Within a tenth of the uncertainty: even a hundred of them together stay within the root of the sum of their squares.
        public Guid Weigh((Guid Exhibit, int Package) thing, Guid by, int chance) =>
            Last[thing] = Life.Weigh(thing.Exhibit, by, _mass[thing] + chance * 0.0005m, thing.Package, thing.Exhibit == Root ? _kind : MassKind.Net);

        public void Steal((Guid, int) thing, decimal grams) => _mass[thing] -= grams;
    }

    [Theory]
    [InlineData("Net"), InlineData("GrossSealed")]
    public void Where_no_gram_disappears_none_is_missed(string kind) => Lives.Sample(acts =>
    {
        var truth = new Truth(Enum.Parse<MassKind>(kind));
        foreach (var act in acts) truth.Live(act);
        var balance = truth.Life.BalanceOf(truth.Root);
        Conserves(balance.Figures);
        Assert.True(balance.State is GramsState.Balanced or GramsState.WeighedOnce, $"{balance.State} {balance.Figures.Unexplained} ± {balance.Figures.Uncertainty}");
        Assert.Equal((3_006m, 0m, 0m), (decimal.Round(balance.Figures.Seized), balance.Figures.Less, balance.Figures.More));
    }, iter: 300);

    [Theory]
    [InlineData("Net"), InlineData("GrossSealed")]
    public void One_planted_loss_is_found_at_its_exhibit_and_between_its_two_weighings(string kind) => Gen.Select(Lives, Lives, Gen.Int[0, 50]).Sample((before, after, at) =>
    {
        var truth = new Truth(Enum.Parse<MassKind>(kind));
        foreach (var act in before) truth.Live(act);
        var thing = truth.Things[at % truth.Things.Count];
        // A sample's first weighing is its drawing; any other thing was weighed at its seizure.
        var earlier = truth.Last.GetValueOrDefault(thing);
        truth.Steal(thing, 12m);
        var later = truth.Weigh(thing, Keeper, 0);
        foreach (var act in after) truth.Live(act);
        var balance = truth.Life.BalanceOf(truth.Root);
        Conserves(balance.Figures);
        Assert.Equal(GramsState.DoesNotAddUp, balance.State);
        var step = balance.Breaks[0];
        Assert.Equal((thing.Exhibit, later), (step.Exhibit, step.Later));
        if (thing.Exhibit == truth.Root) Assert.Equal((thing.Package, earlier), (step.Package, step.Earlier));
        Assert.InRange(balance.Figures.Less, 11m, 13m);
    }, iter: 300);
}

