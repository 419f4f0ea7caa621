using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Files;
using Probity.Reports.Handling;
using Probity.Reports.Keys;
using Probity.Reports.Reading;
using Probity.Shared;

namespace Probity.Reports.Viewing;

/// <summary>
/// What waits here. Whoever has not unlocked their key for a day is asked to, every holder alike, whether or not anything came; what is due is told to whoever has unlocked it, without a word of what it is about.
/// </summary>
internal sealed class ReportNextSteps(ReportQueue queue, ReportReader reader, ReportDesk desk, KeySeen seen, ChangeKeys keys, When when, TimeProvider time) : INextSteps
{
    const int MostAsked = 20;

    static readonly TimeSpan s_locked = TimeSpan.FromDays(1);

    public bool Serves(ClaimsPrincipal person) => ReportForms.Serves(person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || !Serves(person) || SignedInPerson.Of(person) is not { } id) return [];
        if (!seen.Look(person, reader))
        {
            // Whoever has no key yet is asked for one elsewhere.
            if ((await keys.ReadAsync(cancel)).ConfirmedKeyOf(id) is null) return [];
            return seen.Of(id) is { } last && time.GetUtcNow() - last < s_locked ? []
                : [new NextStep(HandlingText.Of("next.locked"), HandlingText.Of("next-why.locked"), HandlingText.Of("next-do.locked"), ReportForms.KeyAddress, time.GetUtcNow())];
        }

        var steps = new List<NextStep>();
        var content = await queue.ReadAsync(person, cancel);
        foreach (var facts in content.Open.Where(f => !ReportQueue.IsFlood(f)))
        {
            if (steps.Count >= most) break;
            if (StepOf(facts) is { } step) steps.Add(step);
        }

        // An erasure that waits for whoever looks; and for integrity, once, that something has been kept long enough.
        foreach (var entry in content.Kept.Where(k => k.ErasureAsked).Take(MostAsked))
        {
            if (steps.Count >= most) break;
            if (await desk.ReadAsync(id, entry.Report, await reader.OpenAsync(person, entry.Report, cancel), cancel) is { } facts && ReportAccess.Refuses(ReportAction.AnswerErasure, facts) is null) steps.Add(Step("erasure", facts, null));
        }

        if (steps.Count < most && SignedInPerson.Has(person, Role.Integrity) && content.Kept.Any(k => !k.ErasureAsked))
            steps.Add(new NextStep(HandlingText.Of("next.kept"), HandlingText.Of("next-why.kept"), HandlingText.Of("next-do.kept"), ShowQueue.Address + "?show=kept"));
        return steps;
    }

    NextStep? StepOf(ReportFacts facts)
    {
        if (facts.Report.Originals.Find(a => a.By == facts.Person && a.IsOpen(facts.Now)) is { } given) return Step("original-given", facts, null) with { Href = ShowFile.AddressOf(facts.Report.Id, given.File) };
        if (facts.Report.Originals.Find(a => a.Waits && a.By != facts.Person) is { } asked && ReportAccess.Refuses(ReportAction.AgreeOriginal, facts) is null)
            return Step("original", facts, null) with { Href = ShowFile.AddressOf(facts.Report.Id, asked.File) };
        if (ReportAccess.Refuses(ReportAction.AnswerClosing, facts) is null) return Step("closing", facts, null);
        if (ReportAccess.Refuses(ReportAction.Review, facts) is null) return Step("review", facts, null);
        var next = facts.Clock.Next;
        // Until somebody answers for it, something is to be done about it, however much time there is.
        if (next is { Kind: ClockKind.Acknowledgement or ClockKind.Triage }) return Step(HandlingText.Camel(next.Kind), facts, next.Due);
        if (facts.Report.Handler is null && ReportAccess.Refuses(ReportAction.Take, facts) is null && facts.Report.Triage is { Verdict: not TriageVerdict.Junk }) return Step("take", facts, null);
        return next?.On(facts.Today) is ClockState.Warned or ClockState.Due or ClockState.Missed ? Step(HandlingText.Camel(next.Kind), facts, next.Due) : facts.SourceWrote ? Step("wrote", facts, null) : null;
    }

    // Somebody in danger, and what was assessed as urgent, comes before whatever is overdue.
    static bool IsFirst(ReportFacts facts) => ReportQueue.IsDanger(facts) || facts.Report is { Handler: null, Triage.Urgency: ReportUrgency.AtOnce };

    NextStep Step(string what, ReportFacts facts, DateOnly? due) => new(
        HandlingText.Say($"next.{what}", ReportForms.Reference(facts.Report.Id)), ReportQueue.IsDanger(facts) ? HandlingText.Of("next-why.danger") : HandlingText.Say($"next-why.{what}", due is { } day ? when.Day(day) : ""), HandlingText.Of("next-do.open"),
        $"/reports/{facts.Report.Id:D}", IsFirst(facts) ? DateTimeOffset.MinValue : due is { } on ? new DateTimeOffset(on.ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero) : time.GetUtcNow());
}
