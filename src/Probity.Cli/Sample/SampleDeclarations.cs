using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Declaring;

namespace Probity.Cli.Sample;

/// <summary>
/// What the sample's people own, declared four times in its three years: one's wealth grew by more than their income, which waits for the vetting unit; another's was an inheritance, as
/// papers showed; and one left the last declaration out, so that their next fell due some days before the sample ends.
/// </summary>
internal sealed class SampleDeclarations(SampleYears years)
{
    /// <summary>The days of the declarations, the first within the time of an entry since the pack was chosen, each other within a year of the one before.</summary>
    public static readonly IReadOnlyList<DateTimeOffset> Rounds =
        [SamplePlan.Begin.AddDays(40), SamplePlan.Begin.AddDays(385), SamplePlan.Begin.AddDays(725), SamplePlan.End.AddDays(-140)];

    /// <summary>When vetting says that what was inherited is explained.</summary>
    public static readonly DateTimeOffset Resolved = SamplePlan.End.AddDays(-120);

    const string Currency = "VCP";
    const int Grown = 4, Inherited = 7, Late = 9;

    static readonly Role[] s_roles = [Role.Commander, Role.Officer, Role.Custodian, Role.Analyst, Role.Prosecutor, Role.Vetting, Role.Integrity, Role.Investigator];

    List<Guid> Declaring => [.. s_roles.SelectMany(role => years.Unit.Holders(role)).Distinct()];

    public async Task DeclareAsync(int round)
    {
        foreach (var (person, number) in Declaring.Index().Select(p => (p.Item, p.Index)).Where(p => round < LastRound || p.Index != Late))
            SampleYears.Expect(await years.Slice<Declare>().HandleAsync(person, new(
                IdOf(person, round), round == 0 ? DeclarationKind.Entry : DeclarationKind.Yearly, DateOnly.FromDateTime(Rounds[round].UtcDateTime).AddDays(-1 - number % 20), Currency, Of(number, round), null), default));
    }

    public async Task ResolveAsync()
    {
        var person = Declaring[Inherited];
        SampleYears.Expect(await years.Slice<ResolveGrowth>().HandleAsync(
            years.Unit.Holders(Role.Vetting)[0], new(person, IdOf(person, LastRound), GrowthOutcome.Explained, "The deed of an aunt's house was shown; it was left out of the lines."), default));
    }

    static int LastRound => Rounds.Count - 1;

    static Guid IdOf(Guid person, int round) => SampleUnit.Id($"declaration/{person}/{round}");

    // Nothing of anybody real: round figures of an invented currency.
    static List<DeclaredLine> Of(int number, int round)
    {
        var (random, income) = (new Random(SamplePlan.Seed + 3_000 + number), 18_000m + number % 7 * 2_500m);
        var (spent, savings, loan) = (Math.Round(income * (0.8m + (decimal)random.NextDouble() * 0.15m)), 1_000m + random.Next(40) * 250m, random.Next(3) * 9_000m);
        var lines = new List<DeclaredLine>
        {
            Line(DeclaredKind.Income, "Salary", income), Line(DeclaredKind.Spending, "Rent, food, school, travel", spent),
            Line(DeclaredKind.Account, "Savings", savings + round * (income - spent)), Line(DeclaredKind.Cash, "At home", 200m),
            new(DeclaredKind.Household, "Partner and children", null, null),
        };
        if (loan > 0m) lines.AddRange([Line(DeclaredKind.Property, "Flat, half of it", 2 * loan), Line(DeclaredKind.Debt, "Loan for the flat", loan)]);
        if (round == LastRound && number == Grown) lines.Add(Line(DeclaredKind.Vehicle, "Pickup, this year's", 31_000m));
        if (round == LastRound && number == Inherited) lines.Add(Line(DeclaredKind.Property, "House by the river", 26_000m));
        return lines;
    }

    static DeclaredLine Line(DeclaredKind kind, string what, decimal amount) => new(kind, what, amount, null);
}
