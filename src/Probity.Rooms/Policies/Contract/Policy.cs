using System.Collections.Immutable;

namespace Probity.Policies.Contract;

/// <summary>
/// A version of the agency's policy pack: every rule's figure. Decisions keep <see cref="Label"/>, so that a later version never judges an earlier decision.
/// </summary>
/// <param name="Pack">The country's code (ISO 3166-1 alpha-2), or <see cref="DefaultPack"/>.</param>
/// <param name="Number">Which version of this agency it is, from 1; 0 where nobody has chosen one yet.</param>
/// <param name="Since">Since when it holds; null where nobody has chosen one.</param>
/// <param name="Figures">What was set, by the rule's key. A rule that is not in it has its default.</param>
internal sealed record Policy(string Pack, int Number, DateTimeOffset? Since, ImmutableSortedDictionary<string, int> Figures)
{
    /// <summary>The pack that all others start as copies of.</summary>
    public const string DefaultPack = "default";

    /// <summary>What holds where nobody has chosen a pack.</summary>
    public static readonly Policy Unchosen = new(DefaultPack, 0, null, ImmutableSortedDictionary<string, int>.Empty.WithComparers(StringComparer.Ordinal));

    /// <summary>Since when this agency has had a pack at all; null where nobody has chosen one. A later version begins nothing anew.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>Pack and version, as decisions keep it: <c>PA 2</c>.</summary>
    public string Label => FormattableString.Invariant($"{Pack} {Number}");

    /// <summary>A rule's figure in this version.</summary>
    public int Of(PolicyRule rule) => Figures.TryGetValue(rule.Key, out var figure) ? figure : rule.Default;

    /// <summary>The end of a rule's period that begins at a moment: in minutes, days, working days or months. Months and days are counted in UTC.</summary>
    /// <exception cref="ArgumentException">The rule is no period.</exception>
    public DateTimeOffset After(PolicyRule rule, DateTimeOffset start) => rule.Unit switch
    {
        RuleUnit.Minutes => start.AddMinutes(Of(rule)),
        RuleUnit.Days => start.AddDays(Of(rule)),
        RuleUnit.WorkingDays => WorkingDays.After(start, Of(rule)),
        RuleUnit.Months => start.AddMonths(Of(rule)),
        _ => throw new ArgumentException($"{rule.Key} is no period.", nameof(rule)),
    };
}
