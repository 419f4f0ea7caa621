using Probity.Cases.Contract;
using Probity.Shared;

namespace Probity.Exhibits;

/// <summary>The choices that several forms on an exhibit have.</summary>
internal static class ExhibitChoices
{
    /// <summary>The balances, those of the reader's own units first.</summary>
    public static IReadOnlyList<Choice> Balances(ExhibitFacts facts, When when) =>
        [.. facts.Store.Balances.Values.OrderByDescending(b => facts.Actor.Posts.Any(p => p.Unit == b.Unit)).ThenBy(b => b.Serial, StringComparer.Ordinal)
            .Select(b => new Choice(b.Id.ToString("D"), Coarse(b, facts, ExhibitWords.Say(
                b.CalibrationDue < DateOnly.FromDateTime(facts.Now.UtcDateTime) ? "weigh.balance-over" : "weigh.balance-of",
                b.Serial, ExhibitWords.Of(b.Capacity), ExhibitWords.Of(b.Uncertainty), when.Day(b.CalibrationDue), ExhibitWords.Of(MassUncertainty.LeastOf(b.Uncertainty))))))];

    // Whoever weighs on it knows before they do that it tells nothing.
    static string Coarse(Balance balance, ExhibitFacts facts, string said) =>
        (facts.Exhibit.MassOf(Contract.MassKind.GrossSealed) ?? facts.Exhibit.MassOf(Contract.MassKind.Net)) is { } known && MassUncertainty.IsTooLarge(balance.Uncertainty.Value, known.Mass.Value)
            ? ExhibitWords.Say("weigh.balance-coarse", said) : said;

    /// <summary>Who may sign what the reader does.</summary>
    public static IReadOnlyList<Choice> Witnesses(ExhibitFacts facts) => ExhibitWords.People(
        facts.Register, facts.Now, actor => SecondPerson.RefusesSigner(actor.Person, facts.Actor.Person, facts) is null);

    /// <summary>The orders on the record of the case that are about an exhibit.</summary>
    public static IReadOnlyList<Choice> Orders(ExhibitFacts facts, When when, params IReadOnlyCollection<ExhibitOrderKind> kinds) => [.. facts.Standing.Court.About(facts.Exhibit.Id, kinds)
        .Select(o => new Choice(o.Id.ToString("D"), string.Join(", ", new[] { o.Said.Reference, when.Day(o.Said.Ordered), o.Said.To }.Where(t => t is not null))))];

    /// <summary>The packages with their seals.</summary>
    public static IReadOnlyList<Choice> Packages(ExhibitForm form) => [.. form.Packages.Select(p => new Choice(
        p.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), ExhibitWords.PackageOf(p.Number, p.Seal)))];

    /// <summary>Where an exhibit can be put: the other places of the reader's units, of the exhibit's, and of where it is.</summary>
    public static IReadOnlyList<Choice> Places(ExhibitFacts facts)
    {
        var units = facts.Actor.Posts.Select(p => p.Unit).Append(facts.Exhibit.Unit).ToHashSet();
        if (facts.Exhibit.Location is { } now && facts.Store.Locations.TryGetValue(now, out var place)) units.Add(place.Unit);
        return [.. facts.Store.Locations.Values.Where(l => units.Contains(l.Unit) && l.Id != facts.Exhibit.Location).OrderBy(l => l.Name, StringComparer.CurrentCulture)
            .Select(l => new Choice(l.Id.ToString("D"), l.Most is { } most
                ? ExhibitWords.Say("move.place-limit", l.Name, ExhibitWords.Of(l.Class), ExhibitWords.Of(most)) : $"{l.Name} – {ExhibitWords.Of(l.Class)}"))];
    }
}
