using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Exhibits.Listing;

/// <summary>Tells a commander of each exhibit that somebody of theirs holds whose access ended or who has left: a relief officer takes it over.</summary>
internal sealed class ReliefNextSteps(DbContext views, TransparencyLog log, ExhibitDesk desk, IRegister registers, TimeProvider time) : INextSteps
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
        foreach (var found in await views.Set<ExhibitRow>().AsNoTracking().Where(e => theirs.Contains(e.Holder) && e.End == null).OrderBy(e => e.Since).ThenBy(e => e.Id).Take(most).Select(e => e.Id).ToListAsync(cancel))
        {
            // The list may be a moment behind: who has it is read from the exhibit.
            var facts = await desk.ReadAsync(new RecordSession(log), id, found, cancel);
            if (!facts.Exhibit.Exists || !register.NeedsRelief(facts.Exhibit.Chain.Holder, now) || ExhibitAccess.Refuses(ExhibitAction.View, facts) is not null) continue;
            steps.Add(new NextStep(ExhibitWords.Say("next.relief", facts.Exhibit.Number), ExhibitWords.Say("next.relief.why", register.NameOf(facts.Exhibit.Chain.Holder)), ExhibitsText.Of("next.relief.do"), $"/exhibits/{found:D}", now));
        }

        return steps;
    }
}
