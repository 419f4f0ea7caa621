using System.Globalization;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Shared;

namespace Probity.Exhibits.Listing;

/// <summary>Tells of what was not weighed in time: whoever has it, and the integrity officer of what others have, each once, however many there are.</summary>
internal sealed class UnweighedNextSteps(ShowExhibits list, TimeProvider time) : INextSteps
{
    public bool Serves(ClaimsPrincipal person) => ShowExhibits.Serves(person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id) return [];
        var steps = new List<NextStep>();
        // What was given away is weighed by who takes it.
        if (ExhibitAccess.HandlerRoles.Any(role => SignedInPerson.Has(person, role)) && await StepAsync(list.Held(id, gone: false).Where(e => e.Addressee == null), "unweighed-own", "mine") is { } own) steps.Add(own);
        if (steps.Count < most && SignedInPerson.Has(person, Role.Integrity) && await StepAsync((await list.SeenAsync(id, cancel)).Where(e => e.Holder != id), "unweighed", "all") is { } seen) steps.Add(seen);
        return steps;

        async Task<NextStep?> StepAsync(IQueryable<ExhibitRow> among, string key, string of)
        {
            var now = time.GetUtcNow();
            var late = now - Unweighed.Within;
            var found = Unweighed.Of(among).Where(e => e.UnweighedSince < late).OrderBy(e => e.UnweighedSince);
            if (await found.Select(e => new { e.Id, e.UnweighedSince }).FirstOrDefaultAsync(cancel) is not { UnweighedSince: { } since } oldest) return null;
            var many = await found.Take(ShowExhibits.MostCounted).CountAsync(cancel);
            var days = ((int)(now - since).TotalDays).ToString(CultureInfo.CurrentCulture);
            return new NextStep(
                ExhibitWords.Say($"next.{key}", many), ExhibitWords.Say($"next.{key}.why", days), ExhibitsText.Of($"next.{key}.do"),
                many == 1 && of == "mine" ? $"/exhibits/{oldest.Id:D}/weigh" : $"/exhibits?of={of}&weighed={ExhibitQuery.NeverWeighed}", since + Unweighed.Within);
        }
    }
}
