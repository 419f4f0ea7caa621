using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Risk.ViewingRisks;
using Probity.Shared;

namespace Probity.Risk.Moving;

/// <summary>Tells whoever answers for a risk, and integrity, that facts of the record have raised it: until something is to be done about it by a day, or an overseer has accepted it as high as it is.</summary>
internal sealed class MovedNextSteps(DbContext views, RecordFacts facts, TimeProvider time) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => RiskAccess.HasAnyRole(person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id || !RiskAccess.HasAnyRole(person)) return [];
        var (now, all) = (time.GetUtcNow(), SignedInPerson.Has(person, Role.Integrity));
        var rows = await views.Set<RiskRow>().AsNoTracking().Where(r => r.IsInForce && (all || r.Owner == id)).ToListAsync(cancel);
        if (rows.Count == 0) return [];
        var counted = await facts.ReadAsync(null, cancel);
        var moved = rows.Where(r => !(r.OpenDue >= now) && counted.Of(r, now) is { HasMoved: true } move && !r.IsAccepted(move.Rating, now)).ToLookup(r => r.Assessment);
        Guid[] assessments = [.. moved.Select(m => m.Key)];
        var known = await views.Set<AssessmentRow>().AsNoTracking().Where(a => assessments.Contains(a.Id)).OrderBy(a => a.Number).Take(most).ToListAsync(cancel);
        return [.. known.Select(a => StepOf(a, [.. moved[a.Id]], all))];
    }

    // One for each assessment: what moves a risk mostly moves others of the unit too.
    static NextStep StepOf(AssessmentRow assessment, IReadOnlyList<RiskRow> risks, bool seesAll) => risks is [var one]
        ? new NextStep(
            $"{assessment.Number}: {RiskText.Of("next.moved.one")}", $"{RiskText.Of("next.moved.why")} {RiskNextSteps.TitleOf(one.Scenario)}".Trim(), RiskText.Of("next.do"), RiskNextSteps.PathOf(one.Assessment, one.Scenario))
        : new NextStep($"{assessment.Number}: {RiskText.Say("next.moved.other", risks.Count)}", RiskText.Of("next.moved.why"), RiskText.Of("next.do"), seesAll ? $"/risk/{assessment.Id:D}" : "/risk");
}
