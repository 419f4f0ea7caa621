using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Probity.Exhibits;
using Probity.Exhibits.Balancing;
using Probity.Exhibits.Contract;
using static Probity.Tests.Exhibits.Balancing.GramsLife;

namespace Probity.Tests.Exhibits.Balancing;

/// <summary>Net and gross are not one figure, and say together what neither says alone.</summary>
public sealed class NetAgainstGrossTests
{
    readonly GramsLife _life = new();

    [Theory]
    // Within what packaging may weigh; heavier than with it; so light that no packaging is so heavy.
    [InlineData(1_000, GramsState.WeighedOnce, 0), InlineData(840, GramsState.WeighedOnce, 0), InlineData(1_052, GramsState.DoesNotAddUp, -2), InlineData(800, GramsState.DoesNotAddUp, 40), InlineData(400, GramsState.DoesNotAddUp, 440)]
    public void A_first_net_mass_is_held_against_gross(double net, object state, double less)
    {
        var id = _life.Seize();
        _life.Weigh(id, Officer, 1_050m);
        _life.Pass(id, Officer, Keeper);
        _life.Weigh(id, Keeper, (decimal)net, kind: MassKind.Net);
        var balance = _life.BalanceOf(id);
        Assert.Equal(((GramsState)state, (decimal)less), (balance.State, balance.Figures.Less - balance.Figures.More));
    }

    [Fact]
    public void What_weighs_less_opened_than_its_seal_and_bag_can_weigh_does_not_add_up()
    {
        var life = new GramsLife();
        var (gone, fits) = (life.Seize(), life.Seize());
        foreach (var (id, opened) in new[] { (gone, 800m), (fits, 1_055m) })
        {
            life.Weigh(id, GramsLife.Officer, 1_100m);
            life.Weigh(id, GramsLife.Keeper, opened, kind: MassKind.GrossOpen);
        }

        Assert.Equal((GramsState.DoesNotAddUp, -300m), (life.BalanceOf(gone).State, Assert.Single(life.BalanceOf(gone).Breaks).Difference.Value));
        Assert.NotEqual(GramsState.DoesNotAddUp, life.BalanceOf(fits).State);
        var exhibit = life.Book.Families[gone].Root;
        Assert.NotEmpty(Discrepancies.Of(exhibit with { Readings = [exhibit.Readings[0]] }, exhibit.Readings[1]));
    }

    [Fact]
    public void Three_packages_do_not_weigh_a_quarter_of_it_and_what_was_weighed_net_need_not_be_once_more()
    {
        var life = new GramsLife();
        var (gone, done) = (life.Seize(3), life.Seize());
        life.Weigh(gone, GramsLife.Officer, 1_100m, package: null);
        life.Weigh(gone, GramsLife.Keeper, 835m, package: null, kind: MassKind.Net);
        Assert.Equal(GramsState.DoesNotAddUp, life.BalanceOf(gone).State);
        life.Weigh(done, GramsLife.Officer, 1_100m);
        life.Pass(done, GramsLife.Officer, GramsLife.Keeper);
        life.Sign(done, life.Reseal(done, GramsLife.Keeper));
        life.Weigh(done, GramsLife.Keeper, 1_080m);
        Assert.Equal(GramsGap.Opened, life.BalanceOf(done).Gap);
        life.Weigh(done, GramsLife.Keeper, 1_000m, kind: MassKind.Net);
        Assert.Equal((GramsState.CannotTell, GramsGap.NetSinceOpened), (life.BalanceOf(done).State, life.BalanceOf(done).Gap));
    }

    [Fact]
    public void What_was_drawn_in_between_is_allowed_for_and_the_matter_is_one()
    {
        var id = _life.Seize();
        _life.Weigh(id, Officer, 1_050m);
        _life.Weigh(id, Officer, 50m, kind: MassKind.Tare);
        _life.Draw(id, Officer, 100m);
        _life.Weigh(id, Keeper, 900m, kind: MassKind.Net);
        Assert.NotEqual(GramsState.DoesNotAddUp, _life.BalanceOf(id).State);
        var other = _life.Seize();
        _life.Weigh(other, Officer, 1_050m);
        _life.Weigh(other, Officer, 50m, kind: MassKind.Tare);
        _life.Draw(other, Officer, 100m);
        var act = _life.Weigh(other, Keeper, 890m, kind: MassKind.Net);
        _life.Weigh(other, Keeper, 890m, kind: MassKind.Net);
        Assert.Equal((act, -10m), Assert.Single(_life.BalanceOf(other).Breaks) is var step ? (step.Later, step.Difference.Value) : default);
        _life.Settle(other, act);
        Assert.NotEqual(GramsState.DoesNotAddUp, _life.BalanceOf(other).State);
    }

    [Fact]
    public void A_packaging_that_the_keeper_weighed_excuses_no_more_than_packaging_weighs()
    {
        var id = _life.Seize();
        _life.Weigh(id, Officer, 1_050m);
        _life.Pass(id, Officer, Keeper);
        _life.Weigh(id, Keeper, 650m, kind: MassKind.Tare);
        _life.Weigh(id, Keeper, 400m, kind: MassKind.Net);
        Assert.Equal(GramsState.DoesNotAddUp, _life.BalanceOf(id).State);
    }

    [Fact]
    public void Each_package_weighed_net_is_held_against_all_of_it_with_its_packaging()
    {
        var id = _life.Seize(2);
        _life.Weigh(id, Officer, 2_100m, package: null);
        _life.Pass(id, Officer, Keeper);
        _life.Weigh(id, Keeper, 1_000m, 1, MassKind.Net);
        Assert.NotEqual(GramsState.DoesNotAddUp, _life.BalanceOf(id).State);
        _life.Weigh(id, Keeper, 200m, 2, MassKind.Net);
        Assert.Equal((GramsState.DoesNotAddUp, 480m), (_life.BalanceOf(id).State, _life.BalanceOf(id).Figures.Less));
    }

    [Theory]
    // The packaging known, unknown and believable, unknown and not.
    [InlineData(true, 990, 990, 50, 0, 0), InlineData(true, 970, 970, 50, 0, -20), InlineData(false, 990, 990, 0, -50, 0), InlineData(false, 600, 600, 0, -208, -232)]
    public void What_is_burned_is_what_was_weighed_before_and_the_rest_is_unexplained(bool known, double net, double burned, double packaging, double repacked, double unexplained)
    {
        var id = _life.Seize();
        _life.Weigh(id, Officer, 1_050m);
        if (known) _life.Weigh(id, Officer, 50m, kind: MassKind.Tare);
        _life.Pass(id, Officer, Keeper);
        _life.Draw(id, Keeper, 10m);
        _life.Destroy(id, before: () => _life.Weigh(id, Keeper, (decimal)net, kind: MassKind.Net, moment: Moment.PreDestruction));
        var figures = _life.BalanceOf(id).Figures;
        Assert.Equal(((decimal)burned, (decimal)packaging, (decimal)repacked, (decimal)unexplained), (figures.At(GramsPlace.Destroyed), figures.At(GramsPlace.Packaging), figures.Repacked, figures.Unexplained));
        Assert.Equal(unexplained < 0, _life.BalanceOf(id).State == GramsState.DoesNotAddUp);
        Assert.Equal(1_050m + figures.Repacked + figures.Unexplained, figures.Accounted);
    }

    [Fact]
    public void Lifted_out_with_a_new_seal_more_than_packaging_weighs_does_not_add_up()
    {
        foreach (var (grams, state) in ((decimal, GramsState)[])[(19_960m, GramsState.CannotTell), (18_650m, GramsState.DoesNotAddUp)])
        {
            var id = _life.Seize(4);
            _life.Weigh(id, Officer, 20_000m, package: null);
            _life.Draw(id, Officer, 10m);
            _life.Weigh(id, Keeper, grams, package: null);
            Assert.Equal(state, _life.BalanceOf(id).State);
        }
    }

    [Fact]
    public void Opened_again_and_again_it_loses_no_more_than_one_packaging()
    {
        var id = _life.Seize();
        _life.Weigh(id, Officer, 1_060m);
        foreach (var (grams, state) in ((decimal, GramsState)[])[(1_015m, GramsState.CannotTell), (970m, GramsState.DoesNotAddUp)])
        {
            _life.Sign(id, _life.Reseal(id, Officer));
            _life.Weigh(id, Keeper, grams);
            Assert.Equal(state, _life.BalanceOf(id).State);
        }
    }

    [Fact]
    public void A_gross_mass_of_whoever_opened_it_does_not_stand_between_net_and_what_the_seizer_weighed()
    {
        var id = _life.Seize();
        _life.Weigh(id, Officer, 1_060m);
        _life.Weigh(id, Officer, 60m, kind: MassKind.Tare);
        _life.Pass(id, Officer, Keeper);
        _life.Draw(id, Keeper, 5m);
        _life.Weigh(id, Keeper, 1_010m);
        Assert.Equal(GramsState.CannotTell, _life.BalanceOf(id).State);
        _life.Weigh(id, Keeper, 950m, kind: MassKind.Net);
        Assert.Equal((GramsState.DoesNotAddUp, 45m), (_life.BalanceOf(id).State, _life.BalanceOf(id).Figures.Less));
    }

    [Fact]
    public void The_bounds_stand_in_the_rules_with_their_reasons()
    {
        var rules = File.ReadAllText(Path.Combine(Docs(), "rules", "exhibits.yaml"));
        var said = Regex.Matches(rules, @"^#   (\w+): ([0-9.]+)", RegexOptions.Multiline).ToDictionary(m => m.Groups[1].Value, m => decimal.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture));
        var held = typeof(MassRules).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral || f.IsInitOnly).ToDictionary(f => f.Name, f => Convert.ToDecimal(f.GetValue(null), CultureInfo.InvariantCulture));
        Assert.Equal(held.OrderBy(h => h.Key, StringComparer.Ordinal), said.OrderBy(h => h.Key, StringComparer.Ordinal));
    }

    static string Docs([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "docs"));
}
