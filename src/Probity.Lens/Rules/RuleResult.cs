using Probity.Lens.Logs;

namespace Probity.Lens.Rules;

/// <summary>What judging a log by rules found.</summary>
/// <param name="Log">The log.</param>
/// <param name="Rules">One result a rule, in the order of their file.</param>
/// <param name="Zone">Where times are written; null for UTC.</param>
public sealed record RuleCheckResult(EventLog Log, IReadOnlyList<RuleResult> Rules, TimeZoneInfo? Zone)
{
    /// <summary>Whether any rule was violated.</summary>
    public bool AnyViolated => Rules.Any(r => r.Violations.Count > 0);
}

/// <summary>What judging by one rule found.</summary>
/// <param name="Log">The log that the rule was judged on, which the violations number: in an object-centric one, of the objects that the rule names.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Cases">Cases with a violation; for rate, the cases with the outcome of the people who stand out.</param>
/// <param name="Events">Events that violations name.</param>
/// <param name="People">People who did those events, or who stand out.</param>
/// <param name="Activations">How often the rule was called into play.</param>
/// <param name="Pending">Activations whose time is not up with the log's last event.</param>
/// <param name="Unknown">Activations that cannot be judged, as a person or a value is missing.</param>
/// <param name="Vacuous">Cases in which nothing called the rule into play.</param>
/// <param name="Violations">Each violation, in the order of the log.</param>
/// <param name="Rates">For rate: each person judged, the most notable first; else empty.</param>
/// <param name="NeverSeen">Activities and attributes that the rule speaks of and the log has nowhere: often a slip in spelling.</param>
public sealed record RuleResult(
    EventLog Log, Rule Rule, int Cases, int Events, int People, long Activations, long Pending, long Unknown, int Vacuous,
    IReadOnlyList<Violation> Violations, IReadOnlyList<PersonRate> Rates, IReadOnlyList<string> NeverSeen)
{
    /// <summary>Of a rule over objects: what its violations are about, by their <see cref="Violation.Number"/>.</summary>
    public IReadOnlyList<ObjectFinding> Findings { get; init; } = [];

    /// <summary>The finding that a violation tells of; null where it is of a rule over cases.</summary>
    public ObjectFinding? FindingOf(Violation violation) => violation.Reason >= Reason.OtherOwner ? Findings[violation.Number] : null;

    /// <summary>The positions in the case of the events that a violation is about.</summary>
    public IReadOnlyList<int> EventsOf(Violation violation) => FindingOf(violation)?.Events ?? violation.Events;

    /// <summary>Who did those events, or stands out, as numbers into the log's resources; each once, in the order of the events.</summary>
    public IReadOnlyList<int> PeopleOf(Violation violation) => violation.Reason switch
    {
        // A unit's share is nobody's.
        Reason.Rate => Rates[violation.Number].Person is >= 0 and var person ? [person] : [],
        >= Reason.OtherOwner => Findings[violation.Number].People,
        _ => [.. violation.Events.Select(e => Log.ResourcesOf(violation.Case)[e]).Where(r => r >= 0).Distinct()],
    };
}

/// <summary>A person's share of cases with an outcome, against their peers'; or a unit's, where the rule compares by another value.</summary>
/// <param name="Person">The person, as a number into the log's resources; -1 where the rule compares by another value.</param>
/// <param name="Outcomes">Their cases with the outcome.</param>
/// <param name="Cases">Their cases.</param>
/// <param name="Shrunken">Their share, drawn towards the peers' by how few cases there are: (k + α) / (n + α + β), or (k + α) / (e + β) over an exposure e.</param>
/// <param name="Peers">The mean of the peers' share, without this person.</param>
/// <param name="Probability">How likely at least so many outcomes would be for one of the peers.</param>
/// <param name="Adjusted">The same after Benjamini and Hochberg (1995), for as many tests as there are people.</param>
public readonly record struct PersonRate(int Person, int Outcomes, int Cases, double Shrunken, double Peers, double Probability, double Adjusted)
{
    /// <summary>The person's name, or the value compared by.</summary>
    public string Name { get; init; } = "";

    /// <summary>What the outcomes are counted against: the cases, or the events or days that the rule names.</summary>
    public double Exposure { get; init; } = Cases;

    /// <summary>Outcomes over exposure.</summary>
    public double Share => Outcomes / Exposure;

    /// <summary>Whether the rule is violated here: the adjusted probability is at most <see cref="PeerRates.FalseDiscoveries"/>.</summary>
    public bool StandsOut => Adjusted <= PeerRates.FalseDiscoveries;
}
