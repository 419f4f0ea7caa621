using System.Text.Json;
using Probity.Lens.Rules;

namespace Probity.Cli.Verbs;

/// <summary>The part <c>rules</c> of <c>check --json</c>; its shape is a public interface.</summary>
internal sealed class RulesJson(RuleCheckResult result, RuleSentences sentences, int examples)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("rules");
        foreach (var rule in result.Rules) WriteRule(json, rule);
        json.WriteEndArray();
    }

    void WriteRule(Utf8JsonWriter json, RuleResult rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Rule.Id);
        json.WriteString("kind", rule.Rule.KindName);
        if (rule.Rule.ObjectType is not null) json.WriteString("object", rule.Rule.ObjectType);
        if (rule.Rule.Sentence is not null) json.WriteString("sentence", rule.Rule.Sentence);
        if (rule.Rule.Why is not null) json.WriteString("why", rule.Rule.Why);
        json.WriteNumber("cases", rule.Cases);
        json.WriteNumber("events", rule.Events);
        json.WriteNumber("people", rule.People);
        json.WriteNumber("violations", rule.Violations.Count);
        json.WriteNumber("activations", rule.Activations);
        json.WriteNumber("pending", rule.Pending);
        json.WriteNumber("unknown", rule.Unknown);
        json.WriteNumber("vacuous", rule.Vacuous);
        json.WriteStartArray("neverSeen");
        foreach (var name in rule.NeverSeen) json.WriteStringValue(name);
        json.WriteEndArray();
        if (rule.Rule.Kind is RuleKind.Rate or RuleKind.ValueKept) WriteRates(json, rule);
        json.WriteStartArray("examples");
        foreach (var violation in rule.Violations.Take(examples)) WriteExample(json, rule, violation);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The people with the most notable shares, whether they stand out or not: that nobody does wants to be seen.</summary>
    void WriteRates(Utf8JsonWriter json, RuleResult rule)
    {
        if (rule.Rule.By is not null) json.WriteString("by", rule.Rule.By);
        json.WriteString("exposure", rule.Rule.ExposureName);
        json.WriteNumber("judged", rule.Rates.Count);
        json.WriteStartArray("rates");
        foreach (var rate in rule.Rates.Take(examples))
        {
            json.WriteStartObject();
            json.WriteString(rule.Rule.By is null ? "person" : "value", rate.Name);
            json.WriteNumber("outcomes", rate.Outcomes);
            json.WriteNumber("cases", rate.Cases);
            if (rule.Rule.Exposure != RateExposure.Cases) json.WriteNumber("over", rate.Exposure);
            json.WriteNumber("share", rate.Share);
            json.WriteNumber("shrunken", rate.Shrunken);
            json.WriteNumber("peers", rate.Peers);
            json.WriteNumber("probability", rate.Probability);
            json.WriteNumber("adjusted", rate.Adjusted);
            json.WriteBoolean("standsOut", rate.StandsOut);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    void WriteExample(Utf8JsonWriter json, RuleResult rule, Violation violation)
    {
        json.WriteStartObject();
        if (violation.Case < 0) json.WriteNull("case");
        else json.WriteString("case", rule.Log.Cases[violation.Case]);
        json.WriteStartArray("events");
        foreach (var position in rule.EventsOf(violation)) json.WriteNumberValue(position);
        json.WriteEndArray();
        json.WriteStartArray("people");
        foreach (var person in sentences.PeopleOf(rule, violation)) json.WriteStringValue(person);
        json.WriteEndArray();
        if (rule.FindingOf(violation) is { Objects.Count: > 0 } finding)
        {
            json.WriteStartArray("objects");
            foreach (var name in finding.Objects) json.WriteStringValue(name);
            json.WriteEndArray();
        }

        json.WriteString("sentence", sentences.Explain(rule, violation));
        json.WriteEndObject();
        if (json.BytesPending > 1 << 16) json.Flush();
    }
}
