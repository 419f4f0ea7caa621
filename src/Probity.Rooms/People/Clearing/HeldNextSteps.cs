using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Shared;

namespace Probity.People.Clearing;

/// <summary>What vetting would decide to somebody's disadvantage is a next step of those who may clear it.</summary>
internal sealed class HeldNextSteps(AnswerHeld slice, DbContext views, TimeProvider time) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => SignedInPerson.Has(person, Role.Integrity) || SignedInPerson.Has(person, Role.Overseer);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || !Serves(person) || SignedInPerson.Of(person) is not { } id) return [];
        // What lapsed stays in the list and would fill it.
        var (steps, since) = (new List<NextStep>(), time.GetUtcNow() - HeldActs.Lapse);
        foreach (var row in await views.Set<HeldRow>().AsNoTracking().Where(r => r.At > since || r.Kind == AdverseAct.ClearanceSuspension).OrderBy(r => r.At).ThenBy(r => r.Act).Take(4 * most).ToListAsync(cancel))
        {
            if (steps.Count == most) break;
            if (await slice.ReadAsync(id, row.Person, row.Act, cancel) is not { Act.Waits: true } facts || facts.Act.By == id || AnswerHeld.Refuses(agrees: false, facts) is not null) continue;
            // What has taken effect does not wait to be cleared: it is looked at.
            var key = facts.Act.Kind == AdverseAct.ClearanceSuspension ? "held-suspension" : "held";
            steps.Add(new NextStep(
                PeopleText.Say("next." + key, PeopleText.Of("held." + PeopleText.Camel(facts.Act.Kind)), facts.Register.NameOf(row.Person)), PeopleText.Say("next-why." + key, facts.Register.NameOf(facts.Act.By)),
                PeopleText.Of("next-do.held"), HeldActPlace.Of(row.Person, row.Act), facts.Act.Earliest));
        }

        return steps;
    }
}
