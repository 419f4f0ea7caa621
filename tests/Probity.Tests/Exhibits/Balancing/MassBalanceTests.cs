using Probity.Exhibits.Balancing;
using Probity.Exhibits.Contract;
using static Probity.Tests.Exhibits.Balancing.GramsLife;

namespace Probity.Tests.Exhibits.Balancing;

/// <summary>Every gram: what was seized is somewhere, or shows.</summary>
public sealed class MassBalanceTests
{
    readonly GramsLife _life = new();

    static void Conserves(GramsFigures figures) =>
        Assert.Equal(
            figures.Seized + figures.Explained + figures.Repacked + figures.Rough + figures.Unexplained, figures.Accounted + figures.At(GramsPlace.Missing) + figures.At(GramsPlace.Unconfirmed));

    [Fact]
    public void From_seizure_to_ash_with_a_sample_at_the_laboratory()
    {
        var id = _life.Seize();
        _life.Weigh(id, Officer, 1_000m, kind: MassKind.Net);
        _life.Pass(id, Officer, Keeper);
        var sample = _life.Draw(id, Keeper, 10m);
        _life.Pass(sample, Keeper, Analyst, Purpose.Laboratory);
        _life.Analyse(sample, 10m, 2m, duplicate: 4m);
        _life.Weigh(id, Keeper, 990.2m, kind: MassKind.Net);
        var balance = _life.BalanceOf(id);
        Assert.Equal((GramsState.Balanced, MassKind.Net, 1_000m), (balance.State, balance.Kind, balance.Figures.Seized));
        Assert.Equal((990.2m, 8m, 2m, 0.2m, 4m), (
            balance.Figures.At(GramsPlace.Held), balance.Figures.At(GramsPlace.Laboratory), balance.Figures.At(GramsPlace.Consumed), balance.Figures.Unexplained, balance.Figures.Duplicate));
        // Two weighings of what was seized, the drawing once and the laboratory's own: the drawing is in both figures and cancels itself out.
        Assert.Equal(Grams.Combine(new Grams(0.5m), new Grams(0.5m), new Grams(0.1m)), balance.Figures.Uncertainty);
        Conserves(balance.Figures);
        _life.Destroy(id);
        Assert.Equal((990.2m, 0m), (_life.BalanceOf(id).Figures.At(GramsPlace.Destroyed), _life.BalanceOf(id).Figures.At(GramsPlace.Held)));
    }

    [Fact]
    public void What_is_meant_for_a_partner_is_on_its_way_while_a_person_of_this_record_has_it()
    {
        var id = _life.Seize();
        _life.Weigh(id, Officer, 1_000m, kind: MassKind.Net);
        _life.Pass(id, Officer, Keeper, Purpose.Partner);
        Assert.Equal((1_000m, 0m), (_life.BalanceOf(id).Figures.At(GramsPlace.OnItsWay), _life.BalanceOf(id).Figures.At(GramsPlace.Partner)));
        _life.Pass(id, Keeper, Officer);
        Assert.Equal((0m, 1_000m), (_life.BalanceOf(id).Figures.At(GramsPlace.OnItsWay), _life.BalanceOf(id).Figures.At(GramsPlace.Held)));
    }

    [Fact]
    public void The_grams_of_what_held_nothing_controlled_are_accounted_for_as_what_was_suspected()
    {
        var id = _life.Seize();
        _life.Weigh(id, Officer, 1_000m, kind: MassKind.Net);
        _life.Pass(id, Officer, Keeper);
        var sample = _life.Draw(id, Keeper, 10m);
        _life.Pass(sample, Keeper, Analyst, Purpose.Laboratory);
        _life.FindNothing(sample, 2m);
        _life.Weigh(id, Keeper, 990m, kind: MassKind.Net);
        var balance = _life.BalanceOf(id);
        Assert.Equal((1_000m, 990m, 8m, 2m, 0m), (
            balance.Figures.Seized, balance.Figures.At(GramsPlace.Held), balance.Figures.At(GramsPlace.Laboratory), balance.Figures.At(GramsPlace.Consumed), balance.Figures.Unexplained));
        Conserves(balance.Figures);
        Assert.Contains("suspected", ShowGrams.Line(_life.Book.Families[id]).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_is_found_between_its_two_weighings_and_a_sampling_is_none()
    {
        var (id, other) = (_life.Seize(2), _life.Seize());
        foreach (var package in new[] { 1, 2 }) _life.Weigh(id, Officer, 1_000m, package);
        _life.Weigh(other, Officer, 500m, kind: MassKind.Net);
        _life.Draw(other, Officer, 20m);
        _life.Weigh(other, Keeper, 480m, kind: MassKind.Net);
        _life.Pass(id, Officer, Keeper);
        _life.Weigh(id, Keeper, 1_000.2m, 1);
        var later = _life.Weigh(id, Keeper, 961.6m, 2);
        var balance = _life.BalanceOf(id);
        Assert.Equal((GramsState.DoesNotAddUp, 38.2m, -38.2m), (balance.State, balance.Figures.Less, balance.Figures.Unexplained));
        Assert.Equal((2, later), (Assert.Single(balance.Breaks).Package, balance.Breaks[0].Later));
        Assert.NotEqual(GramsState.DoesNotAddUp, _life.BalanceOf(other).State);
        Conserves(balance.Figures);
    }

    [Fact]
    public void Many_losses_each_within_the_uncertainty_are_one_that_is_not()
    {
        var id = _life.Seize();
        for (var i = 0; i < 5; i++) _life.Weigh(id, i == 0 ? Officer : Keeper, 1_000m - 0.6m * i, u: 0.5m);
        var balance = _life.BalanceOf(id);
        Assert.Equal((GramsState.DoesNotAddUp, -2.4m), (balance.State, balance.Figures.Unexplained));
        Assert.Equal(-2.4m, Assert.Single(balance.Breaks).Difference.Value);
    }

    [Theory]
    [InlineData(1_100, 1_051, 50), InlineData(6_488, 6_190, 300), InlineData(1_100, 1_096, 5)]
    public void A_weighing_again_that_is_far_rougher_than_the_first_closes_nothing(int seized, int again, int off)
    {
        var id = _life.Seize();
        _life.Weigh(id, Officer, seized);
        _life.Pass(id, Officer, Keeper);
        _life.Weigh(id, Keeper, again, u: off);
        // Once more on the same balance changes nothing.
        _life.Weigh(id, Analyst, again, u: off);
        var balance = _life.BalanceOf(id);
        Assert.Equal((GramsState.CannotTell, GramsGap.AgainTooRough, 0m, (decimal)seized), (balance.State, balance.Gap, balance.Figures.Again, balance.Figures.At(GramsPlace.Held)));
        var exhibit = _life.Book.Families[id].Root;
        Assert.True(exhibit.AwaitsFinerWeighing);
        Assert.True(exhibit.AwaitsIntake(exhibit.Readings[^1].At));
        Assert.Empty(exhibit.WeighedAgain);
        Assert.Null((exhibit with { Readings = [exhibit.Readings[0]] }).Compare(exhibit.Readings[1]));
        Assert.Null((exhibit with { Readings = [.. exhibit.Readings.Take(2)] }).Compare(exhibit.Readings[2]));
        Conserves(balance.Figures);

        // A fine one tells: of the loss, and where there is none.
        _life.Weigh(id, Keeper, again);
        Assert.Equal((GramsState.DoesNotAddUp, (decimal)(seized - again)), (_life.BalanceOf(id).State, _life.BalanceOf(id).Figures.Less));
        Assert.False(_life.Book.Families[id].Root.AwaitsFinerWeighing);
        var whole = _life.Seize();
        _life.Weigh(whole, Officer, seized);
        _life.Weigh(whole, Keeper, again, u: off);
        _life.Weigh(whole, Keeper, seized);
        Assert.Equal((GramsState.Balanced, false), (_life.BalanceOf(whole).State, _life.Book.Families[whole].Root.AwaitsFinerWeighing));
    }

    [Fact]
    public void What_a_rough_balance_still_shows_is_a_loss()
    {
        var id = _life.Seize();
        _life.Weigh(id, Officer, 1_100m);
        _life.Weigh(id, Keeper, 900m, u: 50m);
        Assert.Equal((GramsState.DoesNotAddUp, 200m), (_life.BalanceOf(id).State, _life.BalanceOf(id).Figures.Less));
        Assert.False(_life.Book.Families[id].Root.AwaitsFinerWeighing);
    }

    [Fact]
    public void What_nobody_else_weighed_again_is_not_said_to_balance()
    {
        var id = _life.Seize(2);
        _life.Weigh(id, Officer, 1_000m, 1);
        Assert.Equal((GramsState.CannotTell, GramsGap.NotEveryPackage), (_life.BalanceOf(id).State, _life.BalanceOf(id).Gap));
        _life.Weigh(id, Officer, 500m, 2);
        _life.Weigh(id, Officer, 500m, 2);
        Assert.Equal((GramsState.WeighedOnce, 0m, 0m), (_life.BalanceOf(id).State, _life.BalanceOf(id).Figures.Again, _life.BalanceOf(id).Figures.Carried));
        _life.Pass(id, Officer, Keeper);
        Assert.Equal(1_500m, _life.BalanceOf(id).Figures.Carried);
        _life.Weigh(id, Keeper, 1_000m, 1);
        Assert.Equal((GramsState.WeighedOnce, 1_000m, 500m), (_life.BalanceOf(id).State, _life.BalanceOf(id).Figures.Again, _life.BalanceOf(id).Figures.Carried));
        _life.Weigh(id, Keeper, 500m, 2);
        Assert.Equal((GramsState.Balanced, 0m), (_life.BalanceOf(id).State, _life.BalanceOf(id).Figures.Carried));
    }

    [Fact]
    public void What_was_never_weighed_or_only_late_cannot_be_told()
    {
        var (never, late, cash) = (_life.Seize(), _life.Seize(), _life.Seize(kind: ExhibitKind.Cash, substance: null));
        _life.Pass(late, Officer, Keeper);
        _life.Pass(late, Keeper, Analyst, Purpose.Laboratory);
        _life.Weigh(late, Analyst, 900m);
        Assert.Equal((GramsState.CannotTell, GramsGap.NeverWeighed), (_life.BalanceOf(never).State, _life.BalanceOf(never).Gap));
        Assert.Equal((GramsState.CannotTell, GramsGap.WeighedLate, 0m), (_life.BalanceOf(late).State, _life.BalanceOf(late).Gap, _life.BalanceOf(late).Figures.Seized));
        Assert.False(MassBalance.Applies(_life.Book.Families[cash].Root));
    }

    [Fact]
    public void A_net_mass_within_what_packaging_weighs_says_nothing_of_the_gross()
    {
        var id = _life.Seize();
        _life.Weigh(id, Officer, 1_050m);
        _life.Pass(id, Officer, Keeper);
        _life.Weigh(id, Keeper, 1_000m, kind: MassKind.Net);
        var balance = _life.BalanceOf(id);
        Assert.Equal((GramsState.WeighedOnce, MassKind.GrossSealed, 1_050m), (balance.State, balance.Kind, balance.Figures.Accounted));
    }

    [Fact]
    public void An_opened_package_that_is_lighter_with_its_packaging_is_never_said_to_be_fine()
    {
        var id = _life.Seize();
        _life.Weigh(id, Officer, 1_050m);
        _life.Draw(id, Officer, 10m);
        _life.Weigh(id, Keeper, 1_000m);
        var balance = _life.BalanceOf(id);
        Assert.Equal((GramsState.CannotTell, GramsGap.Opened, -40m, 0m), (balance.State, balance.Gap, balance.Figures.Repacked, balance.Figures.Unexplained));
        Conserves(balance.Figures);
        // The same where the packaging weighs what it did.
        var other = _life.Seize();
        _life.Weigh(other, Officer, 1_050m);
        _life.Draw(other, Officer, 10m);
        _life.Weigh(other, Keeper, 1_040.3m);
        Assert.NotEqual(GramsState.CannotTell, _life.BalanceOf(other).State);
    }

    [Fact]
    public void A_new_seal_excuses_no_loss_that_nobody_vouches_for_or_that_it_reached_the_record_after()
    {
        // Nobody has signed it, then somebody says that it was not so, and then somebody vouches for it.
        foreach (var (objection, signs, state) in ((string?, bool, GramsState)[])[(null, false, GramsState.DoesNotAddUp), ("It was not opened.", true, GramsState.DoesNotAddUp), (null, true, GramsState.CannotTell)])
        {
            var id = _life.Seize();
            _life.Weigh(id, Officer, 1_000m);
            var act = _life.Reseal(id, Officer);
            if (signs) _life.Sign(id, act, objection);
            _life.Weigh(id, Keeper, 961.6m);
            Assert.Equal(state, _life.BalanceOf(id).State);
            Conserves(_life.BalanceOf(id).Figures);
        }

        // Signed by two, but entered once the loss had shown.
        var late = _life.Seize();
        _life.Weigh(late, Officer, 1_000m);
        _life.WaitUntil(2026);
        var later = _life.Weigh(late, Keeper, 961.6m);
        _life.Sign(late, _life.Reseal(late, Officer, TimeSpan.FromDays(30)));
        var balance = _life.BalanceOf(late);
        Assert.Equal((GramsState.DoesNotAddUp, -38.4m, 38.4m), (balance.State, balance.Figures.Unexplained, balance.Figures.Less));
        Assert.Equal(later, Assert.Single(balance.Breaks).Later);
    }

    [Fact]
    public void What_a_witness_says_was_not_burned_is_shown_by_nobody()
    {
        var id = _life.Seize();
        _life.Weigh(id, Officer, 700m);
        _life.Weigh(id, Keeper, 700m);
        _life.Destroy(id, "It was flour.");
        var balance = _life.BalanceOf(id);
        Assert.Equal((GramsState.DoesNotAddUp, 700m, 0m), (balance.State, balance.Figures.At(GramsPlace.Unconfirmed), balance.Figures.Accounted));
        var published = GramsLines.Published(GramsLines.Of([_life.Book.Families[id]])[0], _ => true);
        Assert.Equal((700m, 700m), (published.Unconfirmed!.Value.Value, GramsWords.FiguresOf(published).At(GramsPlace.Unconfirmed)));
    }

    // Two who never had it sign to each other, and back, before the weighing that the loss is held against.
    [Fact]
    public void A_loss_that_was_found_is_not_lost_among_hands_that_nobody_gave_it_to()
    {
        var id = _life.Seize();
        _life.Pass(id, Officer, Keeper);
        _life.WaitUntil(2026);
        _life.Weigh(id, Keeper, 1_000m);
        _life.Weigh(id, Analyst, 400m);
        Assert.Equal(GramsState.DoesNotAddUp, _life.BalanceOf(id).State);
        var (ago, one, other) = (TimeSpan.FromDays(1), Guid.CreateVersion7(), Guid.CreateVersion7());
        _life.Pass(id, one, other, ago: ago);
        _life.Pass(id, other, Keeper, ago: ago);
        Assert.Equal(GramsState.DoesNotAddUp, _life.BalanceOf(id).State);
    }

    [Fact]
    public void Where_net_and_gross_say_different_things_the_worse_is_believed()
    {
        var id = _life.Seize();
        _life.Weigh(id, Officer, 1_050m);
        _life.Weigh(id, Officer, 1_000m, kind: MassKind.Net);
        _life.Weigh(id, Keeper, 1_000m, kind: MassKind.Net);
        Assert.Equal(GramsState.Balanced, _life.BalanceOf(id).State);
        _life.Weigh(id, Keeper, 1_000m);
        Assert.Equal((GramsState.DoesNotAddUp, MassKind.GrossSealed), (_life.BalanceOf(id).State, _life.BalanceOf(id).Kind));
    }

    [Fact]
    public void What_dried_and_was_explained_by_two_shows_as_explained()
    {
        var id = _life.Seize(substance: "cannabis-herb");
        _life.Weigh(id, Officer, 2_000m);
        var dry = _life.Weigh(id, Keeper, 1_200m);
        Assert.Equal(GramsState.DoesNotAddUp, _life.BalanceOf(id).State);
        _life.Settle(id, dry, explained: false);
        Assert.Equal(GramsState.DoesNotAddUp, _life.BalanceOf(id).State);
        _life.Settle(id, dry);
        var balance = _life.BalanceOf(id);
        Assert.Equal((GramsState.Balanced, -800m, 0m), (balance.State, balance.Figures.Explained, balance.Figures.Unexplained));
        Assert.Empty(balance.Breaks);
        Conserves(balance.Figures);
    }

    [Fact]
    public void All_of_it_weighed_as_one_and_package_by_package_is_one_mass()
    {
        var id = _life.Seize(2);
        _life.Weigh(id, Officer, 1_000m, null);
        _life.Weigh(id, Keeper, 400m, 1);
        _life.Weigh(id, Keeper, 600m, 2);
        Assert.Equal((GramsState.Balanced, 1_000m), (_life.BalanceOf(id).State, _life.BalanceOf(id).Figures.At(GramsPlace.Held)));
        _life.Weigh(id, Keeper, 950m, null);
        Assert.Equal((GramsState.DoesNotAddUp, -50m), (_life.BalanceOf(id).State, _life.BalanceOf(id).Figures.Unexplained));
        // What one package then shows was lost already: it is not lost twice.
        _life.Weigh(id, Keeper, 350m, 1);
        Assert.Equal(-50m, _life.BalanceOf(id).Figures.Unexplained);
    }

    [Theory]
    [InlineData(400.0, 4_600_000.0), InlineData(951.0, 50.0)]
    public void A_loss_within_too_large_an_uncertainty_never_adds_up(double left, double uncertainty)
    {
        var id = _life.Seize();
        _life.Weigh(id, Officer, 1_000m, u: 2m);
        _life.Weigh(id, Keeper, (decimal)left, u: (decimal)uncertainty);
        var balance = _life.BalanceOf(id);
        Assert.Equal((GramsState.CannotTell, GramsGap.TooRough), (balance.State, balance.Gap));
        // Said by itself, so that in the sum of many no loss of others disappears in it.
        Assert.Equal(((decimal)left - 1_000m, 0m, 0m), (balance.Figures.Rough, balance.Figures.Unexplained, balance.Figures.Squares));
        Conserves(balance.Figures);
        // Weighed again on a fine one, it shows.
        _life.Weigh(id, Keeper, (decimal)left, u: 2m);
        Assert.Equal(GramsState.DoesNotAddUp, _life.BalanceOf(id).State);
        // What was seized on a rough one is not known either, however fine the next.
        var other = _life.Seize();
        _life.Weigh(other, Officer, 1_000m, u: 51m);
        Assert.Equal(GramsGap.TooRough, _life.BalanceOf(other).Gap);
        _life.Weigh(other, Keeper, 960m, u: 0.1m);
        Assert.Equal(GramsState.CannotTell, _life.BalanceOf(other).State);
    }

    [Fact]
    public void A_sample_is_weighed_no_rougher_than_what_it_was_drawn_from()
    {
        var (id, other) = (_life.Seize(), _life.Seize());
        foreach (var (of, rough) in new[] { (id, 0.5m), (other, 20m) })
        {
            _life.Weigh(of, Officer, 1_000m, kind: MassKind.Net);
            var sample = _life.Draw(of, Officer, 100m);
            _life.Pass(sample, Officer, Analyst, Purpose.Laboratory);
            _life.Weigh(sample, Analyst, 90m + rough / 2m, kind: MassKind.Net, u: rough == 20m ? 20m : 20m / 2m);
        }

        Assert.All([id, other], of => Assert.Equal((GramsState.CannotTell, GramsGap.TooRough), (_life.BalanceOf(of).State, _life.BalanceOf(of).Gap)));
        // A few grams on the balance of the store hide no more than all of it does.
        var small = _life.Seize();
        _life.Weigh(small, Officer, 1_000m, kind: MassKind.Net);
        _life.Weigh(_life.Draw(small, Officer, 2m), Keeper, 2m, kind: MassKind.Net);
        Assert.NotEqual(GramsState.CannotTell, _life.BalanceOf(small).State);
    }

    [Fact]
    public void What_a_count_did_not_find_does_not_add_up()
    {
        var id = _life.Seize();
        _life.Weigh(id, Officer, 700m);
        _life.Weigh(id, Keeper, 700m);
        _life.File(id, Keeper, new ExhibitMissed(Guid.CreateVersion7(), Guid.CreateVersion7()));
        Assert.Equal((GramsState.DoesNotAddUp, 700m), (_life.BalanceOf(id).State, _life.BalanceOf(id).Figures.At(GramsPlace.Missing)));
    }
}
