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
        // One less the other would be that of the port alone, however few they are.
        var told = life.Book with { Published = life.Book.Published.SetItem(Staff.Id("narcotics"), (1, Now)) };
        CaseHouse.Refused(PublishBalance.Overlaps, PublishBalance.Decide(Facts(), At(told)));
        Assert.IsType<Decision.Accepted>(PublishBalance.Decide(Facts(unit: "narcotics"), At(told)));
        CaseHouse.Refused(PublishBalance.UnitUnknown, PublishBalance.Decide(Facts(unit: "nowhere"), At(life.Book)));
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
