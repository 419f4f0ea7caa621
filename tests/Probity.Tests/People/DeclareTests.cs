using System.Text;
using CsCheck;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.People.Declaring;
using Probity.Policies.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.People;

/// <summary>What a declaration takes, whose it is to read, and what its growth comes to.</summary>
public sealed class DeclareTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly Register People = Staff.Agency().Post("vasco", "agency", Role.Vetting).ToRegister();

    static DeclaredLine Line(DeclaredKind kind, decimal? amount, string what = "as it says") => new(kind, what, amount, null);

    static DeclaredLine[] Lines(decimal income, decimal spending, decimal account, decimal debt = 0m) =>
        [Line(DeclaredKind.Income, income), Line(DeclaredKind.Spending, spending), Line(DeclaredKind.Account, account), Line(DeclaredKind.Debt, debt)];

    static Declare.Command Command(DateOnly day, DeclaredLine[] lines, string currency = "USD", Guid? corrects = null, int id = 1) =>
        new(new Guid(id, 0, 0, new byte[8]), DeclarationKind.Yearly, day, currency, lines, corrects);

    static DeclarationFacts Facts(Declarations? declarations = null, string actor = "ana", string person = "ana") =>
        new(Staff.Id(person), declarations ?? Declarations.Initial, Policy.Unchosen, Actor.From(People, Staff.Id(actor), Now), People, Now);

    static Declarations After(params Declare.Command[] made) => made.Aggregate(Declarations.Initial, (all, command) =>
    {
        var accepted = Assert.IsType<Decision.Accepted>(Declare.Decide(command, Facts(all)));
        return all.Apply(new Recorded(accepted.Filings[0].Event, "people.declared.v1", all.Version, Declarations.StreamOf(Staff.Id("ana")), all.Version + 1, Now, null, new ActorId(Staff.Id("ana"))));
    });

    static string Code(Decision decision) => decision is Decision.Refused { Refusal.Code: var code } ? code : "";

    static readonly DateOnly Last = new(2025, 12, 31), First = new(2025, 11, 30);

    [Theory]
    [InlineData("ana", "ana", ""), InlineData("chief", "chief", ""), InlineData("ines", "ines", ""), InlineData("vera", "vera", "")]
    [InlineData("oscar", "oscar", Bars.Role), InlineData("root", "root", Bars.Role), InlineData("maria", "maria", Bars.Role), InlineData("vera", "ana", Bars.Role)]
    public void Who_may_declare(string actor, string person, string expected) => Assert.Equal(expected, DeclarationAccess.Refuses(DeclarationAction.Declare, Facts(actor: actor, person: person))?.Code ?? "");

    // The vetting unit reads, its own people's an overseer; nobody else, whatever they command.
    [Theory]
    [InlineData("ana", "ana", ""), InlineData("vera", "ana", ""), InlineData("vasco", "vera", Bars.Role), InlineData("vera", "vera", "")]
    [InlineData("chief", "ana", Bars.Role), InlineData("ines", "ana", Bars.Role), InlineData("igor", "ana", Bars.Role), InlineData("ben", "ana", Bars.Role), InlineData("root", "ana", Bars.Role), InlineData("maria", "ana", Bars.Role)]
    [InlineData("oscar", "ana", Bars.Role), InlineData("oscar", "vera", "")]
    public void Who_may_read(string actor, string person, string expected) => Assert.Equal(expected, DeclarationAccess.Refuses(DeclarationAction.Read, Facts(actor: actor, person: person))?.Code ?? "");

    [Fact]
    public void Nobody_resolves_their_own_or_that_of_who_commands_them()
    {
        Assert.Equal(Bars.Self, DeclarationAccess.Refuses(DeclarationAction.Resolve, Facts(actor: "vera", person: "vera"))?.Code);
        var under = Staff.Agency().Post("vasco", "agency", Role.Vetting, under: "ana").ToRegister();
        var facts = new DeclarationFacts(Staff.Id("ana"), Declarations.Initial, Policy.Unchosen, Actor.From(under, Staff.Id("vasco"), Now), under, Now);
        Assert.Equal(Bars.Subordinate, DeclarationAccess.Refuses(DeclarationAction.Read, facts)?.Code);
        // Of the two of the unit one is left: overseers read it too.
        Assert.Null(DeclarationAccess.Refuses(DeclarationAction.Resolve, facts with { Actor = Actor.From(under, Staff.Id("vera"), Now) }));
        Assert.Null(DeclarationAccess.Refuses(DeclarationAction.Resolve, facts with { Actor = Actor.From(under, Staff.Id("oscar"), Now) }));
        Assert.Equal([.. new[] { "ana", "chief", "vasco", "vera" }.Select(Staff.Id).Order()], DeclarationAccess.LeftToOverseers(under, Now).Order());
        // Where nobody of the vetting unit may, it is the overseer's.
        var only = new Staff().Unit("agency", "AGE").Post("ana", "agency", Role.Officer).Post("vasco", "agency", Role.Vetting, under: "ana").Post("oscar", "agency", Role.Overseer).ToRegister();
        Assert.Null(DeclarationAccess.Refuses(DeclarationAction.Read, new(Staff.Id("ana"), Declarations.Initial, Policy.Unchosen, Actor.From(only, Staff.Id("oscar"), Now), only, Now)));
    }

    [Fact]
    public void What_a_declaration_takes()
    {
        var whole = Lines(24_000, 20_000, 4_000);
        Assert.Equal("", Code(Declare.Decide(Command(Last, whole), Facts())));
        Assert.Equal(Declare.KindMissing, Code(Declare.Decide(Command(Last, whole) with { Kind = null }, Facts())));
        Assert.Equal(Declare.DayWrong, Code(Declare.Decide(Command(Last, whole) with { AsOf = null }, Facts())));
        Assert.Equal(Declare.DayWrong, Code(Declare.Decide(Command(new(2026, 3, 4), whole), Facts())));
        Assert.Equal(Declare.DayWrong, Code(Declare.Decide(Command(new(2025, 11, 1), whole), Facts())));
        Assert.Equal(Declare.CurrencyWrong, Code(Declare.Decide(Command(Last, whole, "us$"), Facts())));
        Assert.Equal(Declare.Nothing, Code(Declare.Decide(Command(Last, []), Facts())));
        Assert.Equal(Declare.IncomeMissing, Code(Declare.Decide(Command(Last, whole[1..]), Facts())));
        Assert.Equal(Declare.IncomeMissing, Code(Declare.Decide(Command(Last, [whole[0], whole[2]]), Facts())));
        Assert.Equal(Declare.TooMany, Code(Declare.Decide(Command(Last, [.. Enumerable.Repeat(whole[0], DeclaredLines.Most + 1)]), Facts())));
        Assert.Equal(Declare.LineWrong, Code(Declare.Decide(Command(Last, [.. whole, Line(DeclaredKind.Cash, -1m)]), Facts())));
        Assert.Equal(Declare.LineWrong, Code(Declare.Decide(Command(Last, [.. whole, Line(DeclaredKind.Cash, null)]), Facts())));
        Assert.Equal(Declare.LineWrong, Code(Declare.Decide(Command(Last, [.. whole, Line(DeclaredKind.Cash, 1m, "a\u202Eb")]), Facts())));
        Assert.Equal("", Code(Declare.Decide(Command(Last, [.. whole, Line(DeclaredKind.Household, null)]), Facts())));
        var first = After(Command(Last, whole));
        Assert.Equal(Declare.DayTaken, Code(Declare.Decide(Command(Last, whole, id: 2), Facts(first))));
        Assert.Equal(Declare.DayTaken, Code(Declare.Decide(Command(First, whole, id: 2), Facts(first))));
        Assert.Equal(Declare.CorrectsUnknown, Code(Declare.Decide(Command(Last, whole, corrects: Guid.NewGuid(), id: 2), Facts(first))));
        Assert.Equal(Declare.DayWrong, Code(Declare.Decide(Command(new(2026, 1, 31), whole, corrects: first.Last!.Id, id: 2), Facts(first))));
        Assert.Equal("", Code(Declare.Decide(Command(Last, whole, corrects: first.Last!.Id, id: 2), Facts(first))));
        // Sent twice under one id, it is there once.
        Assert.Empty(Assert.IsType<Decision.Accepted>(Declare.Decide(Command(Last, whole), Facts(first))).Filings);
    }

    // 10,000 before; what is there a month later, what came in and went out, and whether 20 % of a year's income is passed.
    [Theory]
    [InlineData(2_000, 1_800, 10_200, 0, false)]
    [InlineData(2_000, 1_800, 14_900, 0, false)]
    [InlineData(2_000, 1_800, 15_200, 0, true)]
    [InlineData(2_000, 1_800, 15_200, 1_000, false)]
    [InlineData(0, 0, 10_000, 0, false)]
    [InlineData(0, 0, 10_001, 0, true)]
    [InlineData(2_000, 1_800, 3_000, 0, false)]
    public void Growth_that_income_does_not_explain_is_flagged(decimal income, decimal spending, decimal account, decimal debt, bool flagged)
    {
        var all = After(Command(First, Lines(24_000, 20_000, 10_000)), Command(Last, Lines(income, spending, account, debt), id: 2));
        Assert.Equal(flagged, all.Last!.IsFlagged);
        Assert.Equal("default 0", all.Last.Policy);
    }

    // A month's salary of 2,000, of which 1,800 went out; a fifth of a year of it is about 4,700.
    [Theory]
    [InlineData(0, false), InlineData(4_500, false), InlineData(5_000, true), InlineData(300_000, true)]
    public void A_large_gift_explains_nothing_before_somebody_has_looked(decimal gift, bool flagged)
    {
        DeclaredLine[] lines = [.. Lines(2_000, 1_800, 10_200 + gift), Line(DeclaredKind.Gift, gift)];
        Assert.Equal(flagged, After(Command(First, Lines(24_000, 20_000, 10_000)), Command(Last, lines, id: 2)).Last!.IsFlagged);
    }

    [Fact]
    public void Two_currencies_are_for_somebody_to_look_at()
    {
        var all = After(Command(First, Lines(24_000, 20_000, 10_000)), Command(Last, Lines(1, 1, 1), "CVE", id: 2));
        Assert.True(all.Last!.IsFlagged);
        Assert.Null(WealthGrowth.Between(all.All[0], all.All[1]));
    }

    [Fact]
    public void A_correction_takes_the_place_of_what_it_corrects_and_is_held_against_the_one_before()
    {
        var all = After(Command(First, Lines(24_000, 20_000, 10_000)), Command(Last, Lines(2_000, 1_800, 90_000), id: 2));
        Assert.True(all.Last!.IsFlagged);
        var corrected = After(
            Command(First, Lines(24_000, 20_000, 10_000)), Command(Last, Lines(2_000, 1_800, 90_000), id: 2), Command(Last, Lines(2_000, 1_800, 9_000), corrects: all.Last.Id, id: 3));
        Assert.Equal((false, 2, 3), (corrected.Last!.IsFlagged, corrected.Standing.Count, corrected.All.Count));
        var resolve = new ResolveGrowth.Command(Staff.Id("ana"), all.Last.Id, GrowthOutcome.Corrected, "A zero too many, as the bank's letter shows.");
        Assert.Equal(ResolveGrowth.NotCorrected, Code(ResolveGrowth.Decide(resolve, Facts(all, "vera"))));
        Assert.Equal("", Code(ResolveGrowth.Decide(resolve, Facts(corrected, "vera"))));
    }

    // Cash that was never declared, put into the past by corrections: 10,000 of 24,000 a year was declared first; 4,800 is a fifth of that.
    [Theory]
    [InlineData("14800", "24000", false), InlineData("14801", "24000", true), InlineData("14000 14800 15000", "24000", true), InlineData("90000", "900000", true), InlineData("9000", "24000", false)]
    public void A_correction_that_raises_what_was_declared_first_is_flagged(string accounts, string income, bool flagged)
    {
        var made = new List<Declare.Command> { Command(First, Lines(24_000, 20_000, 10_000)) };
        foreach (var account in accounts.Split(' ').Select(Amount))
            made.Add(Command(First, Lines(Amount(income), 20_000, account), corrects: made[^1].Id, id: made.Count + 1));
        var all = After([.. made]);
        Assert.Equal(flagged, all.Last!.IsFlagged);
        Assert.Equal(made.Count, all.All.Count);

        static decimal Amount(string written) => decimal.Parse(written, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_correction_in_another_currency_is_for_somebody_to_look_at()
    {
        var first = Command(First, Lines(24_000, 20_000, 10_000));
        Assert.True(After(first, Command(First, Lines(1, 1, 1), "CVE", first.Id, 2)).Last!.IsFlagged);
    }

    [Theory]
    [InlineData(12, ""), InlineData(13, Declare.TooOld)]
    public void The_past_is_corrected_for_so_long_and_no_longer(int months, string expected)
    {
        var first = Command(First, Lines(24_000, 20_000, 10_000));
        Assert.Equal(expected, Code(Declare.Decide(Command(First, Lines(24_000, 20_000, 9_000), corrects: first.Id, id: 2), Facts(After(first)) with { Now = Now.AddMonths(months) })));
    }

    [Fact]
    public void What_became_of_it_needs_an_outcome_and_reasons_and_is_said_once()
    {
        var all = After(Command(First, Lines(24_000, 20_000, 10_000)), Command(Last, Lines(2_000, 1_800, 90_000), id: 2));
        var resolve = new ResolveGrowth.Command(Staff.Id("ana"), all.Last!.Id, GrowthOutcome.Referred, "No papers were shown for the flat in May.");
        Assert.Equal(ResolveGrowth.OutcomeMissing, Code(ResolveGrowth.Decide(resolve with { Outcome = null }, Facts(all, "vera"))));
        Assert.Equal(ResolveGrowth.ReasonsMissing, Code(ResolveGrowth.Decide(resolve with { Reasons = "no papers" }, Facts(all, "vera"))));
        Assert.Equal(ResolveGrowth.NotFlagged, Code(ResolveGrowth.Decide(resolve with { Declaration = all.All[0].Id }, Facts(all, "vera"))));
        var filed = Assert.IsType<Decision.Accepted>(ResolveGrowth.Decide(resolve, Facts(all, "vera"))).Filings[0];
        Assert.Equal(Compartments.OfPerson(Staff.Id("ana")), filed.Compartment);
        all = all.Apply(new Recorded(filed.Event, "people.growth-resolved.v1", all.Version, filed.Stream, all.Version + 1, Now, null, new ActorId(Staff.Id("vera"))));
        Assert.Equal(ResolveGrowth.NotFlagged, Code(ResolveGrowth.Decide(resolve, Facts(all, "vera"))));
    }

    [Fact]
    public void The_arithmetic_holds_whatever_the_figures()
    {
        var money = Gen.Decimal[0m, 10_000_000m].Select(d => Math.Round(d, 2));
        Gen.Select(money, money, money, money, Gen.Int[1, 900]).Sample((before, after, income, spending, days) =>
        {
            var growth = new WealthGrowth(First, First.AddDays(days), "USD", before, after, income, spending);
            Assert.Equal(after, before + income - spending + growth.Unexplained);
            if (growth.Percent is { } percent) Assert.True(Math.Abs(percent / 100m * growth.YearlyIncome - growth.Unexplained) < 0.01m);
            // A stricter bound never lets through what a looser one flags.
            for (var bound = 2; bound <= 100; bound += 7) Assert.True(!growth.IsAbove(bound) || growth.IsAbove(bound - 1));
        }, iter: 1_000);
    }

    [Fact]
    public void Lines_are_read_as_people_type_and_paste_them()
    {
        var faults = new List<LineFault>();
        var lines = TypedLines.Read(DeclaredKind.Property, "flat, half; 30000; bought 2016; with a loan\r\n\n  \nplot\t1234,50\n", faults);
        Assert.Equal([new(DeclaredKind.Property, "flat, half", 30000m, "bought 2016; with a loan"), new DeclaredLine(DeclaredKind.Property, "plot", 1234.50m, null)], lines);
        Assert.Empty(faults);
        Assert.Equal([new DeclaredLine(DeclaredKind.Household, "wife", null, "teacher; since 2014")], TypedLines.Read(DeclaredKind.Household, "wife; teacher; since 2014", faults));
        Assert.Empty(TypedLines.Read(DeclaredKind.Cash, "at home\nat home; much\nat home; 1,234\n; 5\nat home; -3", faults));
        Assert.Equal([(1, TypedLines.AmountMissing), (2, TypedLines.AmountMissing), (3, TypedLines.AmountTwice), (4, TypedLines.TextWrong), (5, TypedLines.AmountMissing)], faults.Select(f => (f.Line, f.Code)));
        // What a form shows of the last declaration reads as what it was.
        Assert.Equal(lines, TypedLines.Read(DeclaredKind.Property, TypedLines.Write(lines, DeclaredKind.Property), faults));
    }

    // Excel's "Unicode text": UTF-16 with its mark, between tabs; and the same with the high byte first.
    [Theory]
    [InlineData(false), InlineData(true)]
    public void A_table_in_utf16_is_read_by_its_mark(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        using var file = new MemoryStream([.. encoding.GetPreamble(), .. encoding.GetBytes("Tipo\tConcepto\tImporte\tNota\r\nCuentas y ahorros\tcaja de ahorro señal\t4200\t\r\n")]);
        var (lines, faults, code) = SpreadsheetLines.Read(file, "lines.txt", default);
        Assert.Equal((null, 0), (code, faults.Count));
        Assert.Equal([new DeclaredLine(DeclaredKind.Account, "caja de ahorro señal", 4200m, null)], lines);
    }

    [Theory]
    [InlineData("kind,what,amount,note\nAccount,savings,4200,\nHousehold,wife,,teacher\n")]
    [InlineData("Tipo;Concepto;Importe;Nota\nCuentas y ahorros;savings;4200;\nHogar;wife;;teacher\n")]
    [InlineData("tipo\tdescrição\tmontante\tobservação\nContas e poupanças\tsavings\t4200\t\nAgregado familiar\twife\t\tteacher\n")]
    public void A_spreadsheet_is_read_in_each_language(string csv)
    {
        var (lines, faults, code) = SpreadsheetLines.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "lines.csv", default);
        Assert.Equal((null, 0), (code, faults.Count));
        Assert.Equal([new DeclaredLine(DeclaredKind.Account, "savings", 4200m, null), new DeclaredLine(DeclaredKind.Household, "wife", null, "teacher")], lines.Select(l => l with { Note = string.IsNullOrEmpty(l.Note) ? null : l.Note }));
    }

    [Fact]
    public void A_workbook_is_read_and_what_is_wrong_in_it_is_said_by_line()
    {
        byte[] book = SpreadsheetText.Workbook([["kind", "what", "amount"], ["Cash", "at home", "300"], ["Yacht", "big", "1"], ["Debt", "loan", "much"]]);
        var (lines, faults, code) = SpreadsheetLines.Read(new MemoryStream(book), "lines.xlsx", default);
        Assert.Null(code);
        Assert.Single(lines);
        Assert.Equal([(3L, SpreadsheetLines.KindUnknown), (4L, TypedLines.AmountMissing)], faults);
        Assert.Equal(SpreadsheetLines.NoColumns, SpreadsheetLines.Read(new MemoryStream("a,b\n1,2\n"u8.ToArray()), "x.csv", default).Code);
        Assert.Equal(SpreadsheetLines.Unreadable, SpreadsheetLines.Read(new MemoryStream("{}"u8.ToArray()), "x.json", default).Code);
    }

    [Fact]
    public void Whatever_bytes_come_the_reader_ends_in_lines_or_in_a_code()
    {
        byte[] book = SpreadsheetText.Workbook([["kind", "what", "amount", "note"], ["Cash", "at home", "300", ""]]);
        byte[] csv = "kind,what,amount,note\nAccount,savings,4200,\n"u8.ToArray();
        Gen.Select(Gen.Bool, Gen.Select(Gen.Int[0, 2_000], Gen.Byte).Array[0, 12]).Sample((isBook, changes) =>
        {
            var bytes = (byte[])(isBook ? book : csv).Clone();
            foreach (var (at, value) in changes) bytes[at % bytes.Length] = value;
            var (lines, faults, code) = SpreadsheetLines.Read(new MemoryStream(bytes), "lines", default);
            Assert.True(code is not null || lines.All(Declare.Fits), $"{lines.Count} lines, {faults.Count} faults");
        }, iter: 2_000);
    }
}
