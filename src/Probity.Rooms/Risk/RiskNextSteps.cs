using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Risk.Library;
using Probity.Risk.ViewingRisks;
using Probity.Shared;

namespace Probity.Risk;

/// <summary>What is due about risks: to score, to consolidate, to challenge, to approve, to review, to test, to do and to verify, to accept.</summary>
internal sealed class RiskNextSteps(Risks risks, DbContext views, RiskDesk desk, IRegister registers, TimeProvider time) : INextSteps
{
    // What falls due so soon is a next step; what is further off is in the list.
    static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    public bool Serves(ClaimsPrincipal person) => RiskAccess.HasAnyRole(person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id || !RiskAccess.HasAnyRole(person)) return [];
        var steps = new List<NextStep>();
        var now = time.GetUtcNow();
        foreach (var row in await (await risks.VisibleAsync(id, cancel)).Where(a => a.Stage != AssessmentStage.Replaced && (a.Stage != AssessmentStage.Active || a.ReviewDue < now)).OrderBy(a => a.LastActivity).ThenBy(a => a.Id).Take(most).AsNoTracking().ToListAsync(cancel))
        {
            // The list may be a moment behind: what is asked is read from the record.
            if (StepOf(await desk.ReadAsync(id, row.Id, cancel)) is { } step) steps.Add(step);
        }

        steps.AddRange(await DutiesAsync(person, id, now, most, cancel));
        steps.AddRange(await LoweringsAsync(person, id, most, cancel));
        steps.AddRange(await AcceptancesAsync(person, id, now, most, cancel));
        return [.. steps.OrderBy(s => s.Due ?? DateTimeOffset.MaxValue).Take(most)];
    }

    static NextStep? StepOf(RiskFacts facts)
    {
        var (assessment, _, actor, register, now) = facts;
        var (what, due) = assessment.Stage switch
        {
            AssessmentStage.Draft when May(RiskAction.Prepare) => ("prepare", null),
            AssessmentStage.Scoring when May(RiskAction.Score) && assessment.ScoredBy(actor.Person) < assessment.Scenarios.Count => ("score", null),
            AssessmentStage.Opened when May(RiskAction.Consolidate) => ("consolidate", null),
            AssessmentStage.Consolidated when May(RiskAction.Challenge) => ("challenge", null),
            AssessmentStage.Challenged when May(RiskAction.Approve) => ("approve", null),
            AssessmentStage.Active when assessment.IsReviewDue(now) && RiskAccess.Begins(actor) => ("review", assessment.ReviewDue),
            _ => ((string?)null, (DateTimeOffset?)null),
        };
        return what is null ? null : new NextStep(
            $"{assessment.Number}: {RiskText.Of($"next.{what}")}", RiskText.Say($"next.{what}.why", register.Units.GetValueOrDefault(assessment.Unit)?.Name), RiskText.Of("next.do"),
            what == "review" ? "/risk/new" : $"/risk/{assessment.Id:D}", due);

        bool May(RiskAction action) => RiskAccess.Refuses(action, facts) is null;
    }

    // An owner has to do or to keep; integrity and investigators verify what is said to be done and test what is due.
    async Task<IEnumerable<NextStep>> DutiesAsync(ClaimsPrincipal person, Guid id, DateTimeOffset now, int most, CancellationToken cancel)
    {
        var (soon, checks) = (now + Soon, SignedInPerson.Has(person, Role.Integrity) || SignedInPerson.Has(person, Role.Investigator));
        var due = await views.Set<RiskDuty>().AsNoTracking().Where(d => views.Set<AssessmentRow>().Any(a => a.Id == d.Assessment && a.Stage == AssessmentStage.Active))
            .Where(d => (d.Owner == id && !d.IsControl && !d.Done && d.Due < soon)
                || (checks && d.Owner != id && ((!d.IsControl && d.Done && !d.Verified) || (d.IsControl && d.Due < soon))))
            .OrderBy(d => d.Due).ThenBy(d => d.Id).Take(most).ToListAsync(cancel);
        var numbers = await views.Set<AssessmentRow>().AsNoTracking().Where(a => due.Select(d => d.Assessment).Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Number, cancel);
        var register = await registers.ReadAsync(cancel);
        return due.Where(d => d.Owner == id || Recusal.Between(id, [d.Owner], register, now) is null).Select(d =>
        {
            var what = d.Owner == id ? "treat" : d.IsControl ? "test" : "verify";
            return new NextStep($"{numbers[d.Assessment]}: {RiskText.Of($"next.{what}")}", $"{RiskText.Of($"next.{what}.why")} {TitleOf(d.Scenario)}".Trim(), RiskText.Of("next.do"), PathOf(d.Assessment, d.Scenario), d.Due);
        });
    }

    async Task<IEnumerable<NextStep>> LoweringsAsync(ClaimsPrincipal person, Guid id, int most, CancellationToken cancel) => !SignedInPerson.Has(person, Role.Overseer) ? []
        : (await risks.AskedToLowerAsync(id, cancel)).Take(most).Select(r => new NextStep(
            RiskText.Of("next.lower"), $"{RiskText.Of("next.lower.why")} {TitleOf(r.Scenario)}".Trim(), RiskText.Of("next.do"), PathOf(r.Assessment, r.Scenario), null));

    async Task<IEnumerable<NextStep>> AcceptancesAsync(ClaimsPrincipal person, Guid id, DateTimeOffset now, int most, CancellationToken cancel)
    {
        if (!SignedInPerson.Has(person, Role.Overseer)) return [];
        var soon = now + Soon;
        return (await risks.AcceptedAsync(id, cancel)).Where(r => r.Acceptance == AcceptanceStage.Asked ? r.AcceptanceAskedBy != id : r.AcceptedUntil < soon && r.AcceptedUntil >= now).Take(most).Select(r =>
        {
            var what = r.Acceptance == AcceptanceStage.Asked ? "accept" : "ends";
            return new NextStep(RiskText.Of($"next.{what}"), $"{RiskText.Of($"next.{what}.why")} {TitleOf(r.Scenario)}".Trim(), RiskText.Of("next.do"), PathOf(r.Assessment, r.Scenario), what == "ends" ? r.AcceptedUntil : null);
        });
    }

    /// <summary>The step of a scenario of the library, for lists; nothing of a scenario of the unit's own, whose words lie in its assessment alone.</summary>
    internal static string TitleOf(string scenario) => ScenarioLibrary.Find(scenario) is null ? "" : ScenarioLibrary.WordsOf(new AssessedScenario(scenario)).Step;

    internal static string PathOf(Guid assessment, string scenario) => $"/risk/{assessment:D}/risks/{scenario}";
}
