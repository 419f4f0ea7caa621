using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Cases.ViewingDocket;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Cases.Assigning;

/// <summary>Tells a commander of each open case of somebody of theirs whose access ended or who has left: it needs another handler.</summary>
internal sealed class ReliefNextSteps(DbContext views, TransparencyLog log, IRegister registers, IStringLocalizer<CasesPages> text, TimeProvider time) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => SignedInPerson.Has(person, Role.Commander);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id || !Serves(person)) return [];
        var (register, now) = (await registers.ReadAsync(cancel), time.GetUtcNow());
        var actor = Actor.From(register, id, now);
        Guid[] theirs = [.. register.RelievedBy(actor, now)];
        if (theirs.Length == 0) return [];
        var steps = new List<NextStep>();
        foreach (var found in await views.Set<DocketCase>().AsNoTracking().Where(c => c.Handler != null && theirs.Contains(c.Handler.Value) && c.Stage != Stage.Closed)
            .OrderBy(c => c.Opened).ThenBy(c => c.Id).Take(most).Select(c => c.Id).ToListAsync(cancel))
        {
            // The list may be a moment behind: what is asked is read from the record.
            var @case = await new RecordSession(log).FoldAsync<Case>(new StreamId(found), cancel);
            if (@case.Handler is not { } handler || !register.NeedsRelief(handler, now) || CaseAccess.Refuses(CaseAction.ProposeAssignment, actor, @case, register, now) is not null) continue;
            if (@case.SeatProposals.ContainsKey(Seat.Handler)) continue;
            steps.Add(new NextStep(text["Relief.Next", @case.Number], text["Relief.Why", register.NameOf(handler)], text["Relief.Do"], $"/cases/{found:D}/assignment/handler", now));
        }

        return steps;
    }
}
