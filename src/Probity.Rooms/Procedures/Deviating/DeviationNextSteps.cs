using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Shared;

namespace Probity.Procedures.Deviating;

/// <summary>Deviations that await a second person, as next steps of those who may be it; of the overseer once they are overdue.</summary>
internal sealed class DeviationNextSteps(DbContext views, DeviationDesk desk, ICaseDirectory cases, IRegister registers, TimeProvider time, IStringLocalizer<SopText> text) : INextSteps
{
    // More are read, because not all are this person's.
    const int ReadForEach = 10;

    public bool Serves(ClaimsPrincipal person) => DeviationAccess.Has(person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (SignedInPerson.Of(person) is not { } id || !Serves(person)) return [];
        var now = time.GetUtcNow();
        var onlyOverdue = DeviationAccess.OnlyOverdue(Actor.From(await registers.ReadAsync(cancel), id, now));
        var before = onlyOverdue ? now - Deviation.Patience : now;
        var rows = await views.Set<DeviationRow>().AsNoTracking().Where(r => r.State == DeviationState.Awaiting && r.By != id && r.At <= before)
            .OrderBy(r => r.At).Take(ReadForEach * most).ToListAsync(cancel);
        var visible = (await cases.AmongAsync(id, [.. rows.Select(r => r.Case).Distinct()], cancel)).ToDictionary(c => c.Id);
        var steps = new List<NextStep>();
        foreach (var row in rows.Where(r => visible.ContainsKey(r.Case)))
        {
            // The list may be a moment behind: what is awaited is read from the record.
            if (await desk.SeeAsync(id, row.Case, cancel) is not { } facts || facts.Deviations.All.Find(d => d.Id == row.Id) is not { State: DeviationState.Awaiting } deviation
                || DeviationAccess.Refuses(facts.Actor, deviation, facts.Standing.Case.Staff, facts.Register, now) is not null) continue;
            steps.Add(new NextStep(
                text["Next.Deviation", visible[row.Case].Number, ActivityNames.Of(deviation.Activity)], text[deviation.IsOverdue(now) ? "Next.Deviation.Overdue" : "Next.Deviation.Why", facts.Register.NameOf(deviation.By)],
                text["Next.Deviation.Do"], ShowDeviations.PathOf(row.Case), deviation.At + Deviation.Patience));
            if (steps.Count == most) break;
        }

        return steps;
    }
}
