using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Interdiction.Contract;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;

namespace Probity.Interdiction.Viewing;

/// <summary>What happened with a target, the newest first.</summary>
internal sealed class TargetTimeline(TransparencyLog log, ICaseDirectory cases, When when)
{
    public async Task<IReadOnlyList<TimelineItem>> ReadAsync(TargetFacts facts, CancellationToken cancel)
    {
        var items = new List<TimelineItem>();
        foreach (var entry in await log.ReadStreamAsync(facts.Target.Stream, 0, cancel))
        {
            var recorded = EventTypes.Read(entry);
            items.Add(new TimelineItem(
                InterdictionText.Of("event." + recorded.Type), recorded.When, facts.Register.NameOf(recorded.Actor.Value),
                TextOf(recorded.Event, facts.Target.Score, facts.Register), await LinkOf(recorded.Event, facts.Actor.Person, cancel)));
        }

        items.Reverse();
        return items;
    }

    // A link only for those who may see the case; for the others its number is words.
    async Task<Link?> LinkOf(IEvent? happened, Guid reader, CancellationToken cancel) =>
        happened is TargetInspected { CaseNumber: { } number } && await cases.ByNumberAsync(reader, number, cancel) is { } found
            ? new Link($"/cases/{found.Id:D}", found.Number) : null;

    string? TextOf(IEvent? happened, int score, Register register) => happened switch
    {
        TargetSelected e => Join(Judged(score, e.Threshold), e.Reason),
        TargetPassed e => Join(Judged(score, e.Threshold), e.Reason),
        TargetInspected e => Join(
            InterdictionText.Of("inspection." + InterdictionText.Camel(e.Kind)) + ": " + InterdictionText.Of(e.Found ? "result.found" : "result.nothing") + ".",
            e.CaseNumber is { } number ? InterdictionText.Say("case-of", number) : null, e.Note),
        OverrideAsked e => Join(ShowTarget.Against(e.Kind) + ".", Judged(score, e.Threshold), e.Reason),
        OverrideRecorded e => Join(
            ShowTarget.Against(e.Kind) + ".", Judged(score, e.Threshold), e.Reason, InterdictionText.Say("absence.said", e.Absence),
            InterdictionText.Say("signs.by", register.NameOf(e.Countersigner), when.Moment(e.Due))),
        OverrideRefused e => e.Reason,
        OverrideObjected e => e.Reason,
        _ => null,
    };

    static string Judged(int score, int threshold) => InterdictionText.Say("threshold.was", score, threshold);

    static string Join(params ReadOnlySpan<string?> parts)
    {
        var said = new List<string>();
        foreach (var part in parts)
        {
            if (part is not null) said.Add(part);
        }

        return string.Join(' ', said);
    }
}
