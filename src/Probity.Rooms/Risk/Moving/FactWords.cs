using System.Globalization;
using Probity.Risk.Contract;
using Probity.Risk.Viewing;
using Probity.Shared;

namespace Probity.Risk.Moving;

/// <summary>Says in the reader's words what facts make of a risk.</summary>
internal sealed class FactWords(When when)
{
    /// <summary>That a risk moved by itself and since when; null where it has not.</summary>
    public string? Moved(Movement move) => !move.HasMoved ? null : move.Since is { } since ? RiskText.Say("moved.since", when.Day(since)) : RiskText.Of("moved");

    /// <summary>A fact in the table of what bears on a risk.</summary>
    public FactLine LineOf(SignalFact fact, string? href) => new(
        NameOf(fact.Signal), fact.Count is { } count ? Said(count) : RiskText.Of("facts.not-measured"), RiskText.Say("facts.from-share", Percent(fact.From), Percent(fact.From * SignalTable.TwiceAt)),
        fact.Count is null ? RiskText.Of("facts.unknown") : RiskText.Of($"facts.adds.{fact.Steps}"), fact.Count is null ? Tone.Neutral : fact.Steps == 0 ? Tone.Good : Tone.Urgent, href);

    /// <summary>A step by which facts raised it.</summary>
    public StepLine StepOf(MovedStep step) => new(
        step.Fact is not { } fact ? RiskText.Of("step.notBelow") : RiskText.Say($"step.fact.{fact.Steps}", NameOf(fact.Signal), Said(fact.Count!)), RiskForms.Said(step.Rating));

    string Said(SignalCount count)
    {
        var told = RiskText.Say("facts.of", Figures.Whole(count.Count), Figures.Whole(count.Of), ((double)count.Count / count.Of).ToString("P0", CultureInfo.CurrentCulture));
        return count is { Count: > 0, Since: { } since } ? RiskText.Say("facts.of-since", told, when.Day(since)) : told;
    }

    static string NameOf(RiskSignal signal) => RiskText.Of("signal." + RiskText.Camel(signal));

    static string Percent(int percent) => (percent / 100d).ToString("P0", CultureInfo.CurrentCulture);
}
