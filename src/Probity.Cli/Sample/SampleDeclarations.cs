using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Declaring;

namespace Probity.Cli.Sample;

/// <summary>
/// What the sample's people own, declared twice: one's wealth grew by more than their income, which waits for the vetting unit; another's was an inheritance, as papers showed; and
/// one has not declared this year.
/// </summary>
internal sealed class SampleDeclarations(SampleYears years)
{
    public static readonly DateTimeOffset Entry = SamplePlan.End.AddDays(-500), Yearly = SamplePlan.End.AddDays(-140), Resolved = SamplePlan.End.AddDays(-120);

    const string Currency = "VCP";
    const int Grown = 4, Inherited = 7, Late = 9;

    static readonly Role[] s_roles = [Role.Commander, Role.Officer, Role.Custodian, Role.Analyst, Role.Prosecutor, Role.Vetting, Role.Integrity, Role.Investigator];

    List<Guid> Declaring => [.. s_roles.SelectMany(role => years.Unit.Holders(role)).Distinct()];

    public async Task EnterAsync()
    {
        foreach (var (person, number) in Declaring.Select((p, i) => (p, i)))
            await DeclareAsync(person, DeclarationKind.Entry, Entry, number, Of(number, before: true));
    }

    public async Task DeclareAgainAsync()
    {
        foreach (var (person, number) in Declaring.Select((p, i) => (p, i)).Where(p => p.i != Late))
            await DeclareAsync(person, DeclarationKind.Yearly, Yearly, number, Of(number, before: false));
    }

    public async Task ResolveAsync()
    {
        var person = Declaring[Inherited];
        SampleYears.Expect(await years.Slice<ResolveGrowth>().HandleAsync(
            years.Unit.Holders(Role.Vetting)[0], new(person, IdOf(person, DeclarationKind.Yearly), GrowthOutcome.Explained, "The deed of an aunt's house was shown; it was left out of the lines."), default));
    }

    async Task DeclareAsync(Guid person, DeclarationKind kind, DateTimeOffset at, int number, IReadOnlyList<DeclaredLine> lines) => SampleYears.Expect(await years.Slice<Declare>().HandleAsync(
        person, new(IdOf(person, kind), kind, DateOnly.FromDateTime(at.UtcDateTime).AddDays(-1 - number % 20), Currency, lines, null), default));

    static Guid IdOf(Guid person, DeclarationKind kind) => SampleUnit.Id($"declaration/{person}/{kind}");

    // Nothing of anybody real: round figures of an invented currency.
    static List<DeclaredLine> Of(int number, bool before)
    {
        var (random, income) = (new Random(SamplePlan.Seed + 3_000 + number), 18_000m + number % 7 * 2_500m);
        var (spent, savings, loan) = (Math.Round(income * (0.8m + (decimal)random.NextDouble() * 0.15m)), 1_000m + random.Next(40) * 250m, random.Next(3) * 9_000m);
        var lines = new List<DeclaredLine>
        {
            Line(DeclaredKind.Income, "Salary", income), Line(DeclaredKind.Spending, "Rent, food, school, travel", spent),
            Line(DeclaredKind.Account, "Savings", before ? savings : savings + income - spent), Line(DeclaredKind.Cash, "At home", 200m),
            new(DeclaredKind.Household, "Partner and children", null, null),
        };
        if (loan > 0m) lines.AddRange([Line(DeclaredKind.Property, "Flat, half of it", 2 * loan), Line(DeclaredKind.Debt, "Loan for the flat", loan)]);
        if (!before && number == Grown) lines.Add(Line(DeclaredKind.Vehicle, "Pickup, this year's", 31_000m));
        if (!before && number == Inherited) lines.Add(Line(DeclaredKind.Property, "House by the river", 26_000m));
        return lines;
    }

    static DeclaredLine Line(DeclaredKind kind, string what, decimal amount) => new(kind, what, amount, null);
}
