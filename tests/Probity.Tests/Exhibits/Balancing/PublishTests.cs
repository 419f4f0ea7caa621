using Probity.Access.Contract;
using Probity.Exhibits.Balancing;
using Probity.Exhibits.Contract;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using static Probity.Tests.Exhibits.Balancing.GramsLife;

namespace Probity.Tests.Exhibits.Balancing;

/// <summary>What is published of a unit's grams: what it tells, what it keeps to itself, and that it can be had again.</summary>
public sealed class PublishTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly Register Agency = new Staff().Unit("service", "SER").Unit("narcotics", "NAR", "service").Unit("port", "POR", "service").Post("ines", "port", Role.Integrity).ToRegister();

    static GramsFacts Facts(BalanceStatements? statements = null, string unit = "service") =>
        new(Actor.From(Agency, Staff.Id("ines"), Now), Agency, Staff.Id(unit), statements ?? BalanceStatements.Initial, Now);

    static PublishBalance.Standing At(GramsBook book)
    {
        var checkpoint = new Checkpoint("example.org/unit", book.Next, Hash.FromBase64("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="));
        return new PublishBalance.Standing("note", checkpoint, book);
    }

    static BalancePublished Published(GramsBook book, string unit = "service") =>
        (BalancePublished)Assert.Single(Assert.IsType<Decision.Accepted>(PublishBalance.Decide(Facts(unit: unit), At(book))).Filings).Event;

    static GramsLife Life(params (int Year, string Substance, int Count)[] seized)
    {
        var life = new GramsLife();
        foreach (var (year, substance, count) in seized)
        {
            life.WaitUntil(year);
            for (var i = 0; i < count; i++)
            {
                var id = life.Seize(substance: substance);
                life.Weigh(id, Officer, 1_000m + i);
                life.Weigh(id, Keeper, 1_000m + i);
            }
        }

        return life;
    }

    [Fact]
    public void A_line_of_fewer_than_five_joins_its_neighbour_and_never_another_way_of_weighing()
    {
        var life = Life((2025, "cocaine-hcl", 6), (2025, "heroin", 2), (2025, "khat", 3), (2026, "cocaine-hcl", 3), (2027, "cocaine-hcl", 5), (2028, "cocaine-hcl", 1));
        var net = life.Seize();
        life.Weigh(net, Officer, 5m, kind: MassKind.Net);
        var published = Published(life.Book);
        Assert.Equal(
            [(2025, 2025, "cocaine-hcl", 6), (2026, 2028, "cocaine-hcl", 9), (2025, 2025, null, 5)], published.Lines.Select(l => (l.From, l.Until, l.Substance, l.Exhibits)));
        // One net weighing alone would be one case.
        Assert.True(published.Withheld);
        Assert.All(published.Lines, l => Assert.Equal(MassKind.GrossSealed, l.Basis));
        Assert.Equal((0, 0), (published.Untold, published.Lines[0].NotAddingUp));
    }

    [Fact]
    public void A_loss_is_published_in_grams_and_the_number_of_its_exhibits_only_where_it_points_at_none()
    {
        var life = Life((2025, "cocaine-hcl", 6));
        var id = life.Book.Families.Keys.Order().First();
        var mass = life.BalanceOf(id).Figures.Seized;
        life.Weigh(id, Keeper, mass - 38m);
        // What another exhibit has too much of makes up for nothing.
        var other = life.Book.Families.Keys.Order().Last();
        life.Weigh(other, Keeper, life.BalanceOf(other).Figures.Seized + 38m);
        var line = Assert.Single(Published(life.Book).Lines);
        Assert.Equal((38m, 38m, 0m, null), (line.Less.Value, line.More.Value, line.Unexplained.Value, line.NotAddingUp));
    }

    [Fact]
    public void Only_the_unit_and_those_below_it_and_only_what_grams_measure()
    {
        var life = Life((2025, "cocaine-hcl", 5));
        life.Seize(kind: ExhibitKind.Cash, substance: null);
        var elsewhere = life.Seize(unit: Staff.Id("port"));
        life.Weigh(elsewhere, Officer, 9_000m);
        Assert.Equal(5, Published(life.Book, "narcotics").Lines.Sum(l => l.Exhibits));
        Assert.Equal(6, Published(life.Book).Lines.Sum(l => l.Exhibits));
        CaseHouse.Refused(PublishBalance.NothingSeized, PublishBalance.Decide(Facts(), At(GramsBook.Empty)));
        var told = life.Book with { Published = life.Book.Published.SetItem(Staff.Id("narcotics"), (1, Now)) };
        Assert.IsType<Decision.Accepted>(PublishBalance.Decide(Facts(unit: "narcotics"), At(told)));
        CaseHouse.Refused(PublishBalance.UnitUnknown, PublishBalance.Decide(Facts(unit: "nowhere"), At(life.Book)));
    }

    [Fact]
    public void No_part_stands_in_the_way_of_the_whole_and_what_is_left_of_the_whole_points_at_none()
    {
        var life = Life((2025, "cocaine-hcl", 6), (2026, "cocaine-hcl", 6), (2027, "heroin", 6));
        void Port(int year, string substance, int count, decimal lost = 0m)
        {
            life.WaitUntil(year);
            for (var i = 0; i < count; i++)
            {
                var id = life.Seize(unit: Staff.Id("port"), substance: substance);
                life.Weigh(id, Officer, 500m);
                life.Weigh(id, Keeper, 500m - lost);
            }
        }

        Port(2028, "cocaine-hcl", 2, 100m);
        // The clean team first, for ever: the unit above publishes all the same, says what it covers, and the loss is in it.
        life.File(BalanceStatements.StreamOf(Staff.Id("narcotics")).Value, Staff.Id("ines"), Published(life.Book, "narcotics"));
        var whole = Published(life.Book);
        Assert.Equal([Staff.Id("narcotics")], whole.Covers!);
        Assert.Equal((200m, 20, false), (whole.Lines.Sum(l => l.Less.Value), whole.Lines.Sum(l => l.Exhibits), whole.Withheld));
        // Two are left where somebody subtracts: nothing is withheld for that, but it is told in one line.
        var line = Assert.Single(whole.Lines);
        Assert.Equal((2025, 2028, null, null), (line.From, line.Until, line.Substance, line.NotAddingUp));
        Assert.Equal(whole.Lines, CheckBalance.LinesOf(life.Book, Staff.Id("service"), Agency));
        // Two of one and three of another substance are five of several.
        Port(2028, "heroin", 3);
        Assert.Equal([(2025, null, 6), (2026, null, 6), (2027, null, 6), (2028, null, 5)], Published(life.Book).Lines.Select(l => (l.From, l.Substance, l.Exhibits)));
        // With five of each left, each is told by itself.
        Port(2028, "cocaine-hcl", 3);
        Port(2028, "heroin", 2);
        Assert.Equal(["cocaine-hcl", "heroin"], Published(life.Book).Lines.Select(l => l.Substance).Distinct().Order());
        // The whole closes no part: five of each are left beside it, or none.
        life.File(BalanceStatements.StreamOf(Staff.Id("service")).Value, Staff.Id("ines"), Published(life.Book));
        foreach (var part in (string[])["narcotics", "port"]) Assert.Equal(life.Book.Families.Values.Count(f => f.Root.Unit == Staff.Id(part)), Published(life.Book, part).Lines.Sum(l => l.Exhibits));
        Assert.IsType<Decision.Accepted>(PublishBalance.Decide(Facts(), At(life.Book)));
    }

    [Fact]
    public void A_part_that_follows_the_whole_waits_only_while_it_would_tell_of_the_few_that_are_left()
    {
        var life = Life((2025, "cocaine-hcl", 12));
        void Port(int count, decimal lost)
        {
            for (var i = 0; i < count; i++)
            {
                var id = life.Seize(unit: Staff.Id("port"));
                life.Weigh(id, Officer, 500m);
                life.Weigh(id, Keeper, 500m - lost);
            }
        }

        Port(3, 100m);
        life.File(BalanceStatements.StreamOf(Staff.Id("service")).Value, Staff.Id("ines"), Published(life.Book));
        CaseHouse.Refused(PublishBalance.Overlaps, PublishBalance.Decide(Facts(unit: "narcotics"), At(life.Book)));
        Port(3, 0m);
        // Six are left of the other unit; of those three that do not add up would show by the difference, so no number of them is told.
        var part = Assert.Single(Published(life.Book, "narcotics").Lines);
        Assert.Equal((12, null), (part.Exhibits, part.NotAddingUp));
        Assert.Equal([part], CheckBalance.LinesOf(life.Book, Staff.Id("narcotics"), Agency));
    }

    [Fact]
    public void One_rough_weighing_makes_no_loss_of_others_disappear_and_a_line_of_before_says_that_it_tells_nothing()
    {
        var life = Life((2025, "cocaine-hcl", 6));
        var first = life.Book.Families.Keys.Order().First();
        life.Weigh(first, Keeper, 962m);
        var lost = -life.BalanceOf(first).Figures.Unexplained;
        var rough = life.Seize();
        life.Weigh(rough, Officer, 1_000m);
        life.Weigh(rough, Keeper, 400m, u: 4_600_000m);
        var line = Assert.Single(Published(life.Book).Lines);
        Assert.Equal((-lost, -600m, lost), (line.Unexplained.Value, line.Rough!.Value.Value, line.Less.Value));
        Assert.True(line.Uncertainty.Value < 10m);
        Assert.Contains("Weighed too roughly", ShowUnitGrams.Line(line).Unexplained, StringComparison.Ordinal);
        var before = line with { Uncertainty = new(4_600_000m), Rough = null };
        Assert.Contains("tells nothing", ShowUnitGrams.Line(before).Unexplained, StringComparison.Ordinal);
        Assert.DoesNotContain("tells nothing", ShowUnitGrams.Line(line).Unexplained, StringComparison.Ordinal);
    }

    [Fact]
    public void Computed_again_from_the_same_entries_it_is_the_same_and_from_others_it_is_not()
    {
        var life = Life((2025, "cocaine-hcl", 6));
        var then = life.Book;
        var statement = new BalanceStatement(then.Next, Now, Staff.Id("ines"), Published(then));
        var facts = Facts(new BalanceStatements { All = [statement] });
        // The order in which a dictionary has them is not that of the record.
        var again = Replayed(Life((2025, "cocaine-hcl", 6)).Book, then);
        Assert.True(Check(facts, statement, again, true).SameFigures);

        // What came in since changes nothing of it.
        life.Weigh(life.Book.Families.Keys.First(), Keeper, 3m);
        Assert.True(Check(facts, statement, then, true).SameFigures);

        // An edited entry does; and so does another root, whatever the figures.
        Assert.False(Check(facts, statement, life.Book, true).SameFigures);
        Assert.False(Check(facts, statement, then, false).SameRoot);
        Assert.False(Check(facts, statement, null, false).SameFigures);
        var contradicted = facts.Statements.Apply(new Recorded(
            Check(facts, statement, life.Book, true), "exhibits.balance-checked.v1", 99, BalanceStatements.StreamOf(Staff.Id("service")), 2, Now, null, new ActorId(Staff.Id("ines"))));
        Assert.True(contradicted.All[0].IsContradicted);
        CaseHouse.Refused(CheckBalance.NotPublished, CheckBalance.Decide(facts, 7, new(true, then)));
        CaseHouse.Refused(CheckBalance.OtherMethod, CheckBalance.Decide(
            Facts(new BalanceStatements { All = [statement with { Of = statement.Of with { Method = 0 } }] }), statement.Index, new(true, then)));
    }

    static GramsBook Replayed(GramsBook fresh, GramsBook then) => fresh with { Next = then.Next };

    static BalanceChecked Check(GramsFacts facts, BalanceStatement statement, GramsBook? book, bool root) =>
        (BalanceChecked)CaseHouse.Accepted(CheckBalance.Decide(facts, statement.Index, new(root, book)));

    [Fact]
    public void An_erased_case_leaves_the_book_and_is_counted()
    {
        var life = Life((2025, "cocaine-hcl", 5));
        var kept = life.Seize(@case: Guid.CreateVersion7());
        life.Weigh(kept, Officer, 10m);
        life.File(Case, Officer, new MatterErased(Case));
        Assert.Equal((5, kept), (life.Book.Erased, Assert.Single(life.Book.Families).Key));
    }

    [Fact]
    public void A_small_number_is_not_told_and_does_not_follow_from_the_others()
    {
        var life = Life((2025, "cocaine-hcl", 6));
        life.Weigh(life.Book.Families.Keys.First(), Keeper, 3m);
        IReadOnlyCollection<GramsFamily> families = [.. life.Book.Families.Values];
        Assert.Equal(["5", "0", "0", "1"], ShowUnitGrams.CountsOf(families, traces: true).Select(c => c.Count));
        Assert.Equal(["the others", "0", "0", "fewer than 5"], ShowUnitGrams.CountsOf(families, traces: false).Select(c => c.Count));
    }
}
