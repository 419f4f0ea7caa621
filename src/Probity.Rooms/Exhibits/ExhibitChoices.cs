using Probity.Shared;

namespace Probity.Exhibits;

/// <summary>The choices that several forms on an exhibit have.</summary>
internal static class ExhibitChoices
{
    /// <summary>The balances, those of the reader's own units first.</summary>
    public static IReadOnlyList<Choice> Balances(ExhibitFacts facts, When when) =>
        [.. facts.Store.Balances.Values.OrderByDescending(b => facts.Actor.Posts.Any(p => p.Unit == b.Unit)).ThenBy(b => b.Serial, StringComparer.Ordinal)
            .Select(b => new Choice(b.Id.ToString("D"), ExhibitWords.Say(
                b.CalibrationDue < DateOnly.FromDateTime(facts.Now.UtcDateTime) ? "weigh.balance-over" : "weigh.balance-of",
                b.Serial, ExhibitWords.Of(b.Capacity), ExhibitWords.Of(b.Uncertainty), when.Day(b.CalibrationDue))))];

    /// <summary>Who may sign what the reader does.</summary>
    public static IReadOnlyList<Choice> Witnesses(ExhibitFacts facts) => ExhibitWords.People(
        facts.Register, facts.Now, actor => SecondPerson.RefusesSigner(actor.Person, facts.Actor.Person, facts) is null);

    /// <summary>The packages with their seals.</summary>
    public static IReadOnlyList<Choice> Packages(ExhibitForm form) => [.. form.Packages.Select(p => new Choice(
        p.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), ExhibitWords.Say("weigh.package-of", p.Number, p.Seal)))];
}
