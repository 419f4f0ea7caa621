using System.Globalization;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Shared;

namespace Probity.Exhibits.Listing;

/// <summary>
/// Tells of what is in no store for too long: whoever has it, and those who watch, each of what the list shows them. Handed from hand to hand it would else never lie
/// where somebody counts.
/// </summary>
internal sealed class UnplacedNextSteps(ShowExhibits list, IRegister registers, TimeProvider time) : INextSteps
{
    static readonly Role[] Watching = [Role.Integrity, Role.Overseer, Role.Commander];

    public bool Serves(ClaimsPrincipal person) => ShowExhibits.Serves(person);

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id) return [];
        var (register, now, steps) = (await registers.ReadAsync(cancel), time.GetUtcNow(), new List<NextStep>());
        if (await StepAsync(list.Held(id, gone: false), "unplaced-own", "mine") is { } own) steps.Add(own);
        if (steps.Count < most && Watching.Any(role => SignedInPerson.Has(person, role)) && await StepAsync((await list.SeenAsync(id, cancel)).Where(e => e.Holder != id), "unplaced", "all") is { } seen) steps.Add(seen);
        return steps;

        async Task<NextStep?> StepAsync(IQueryable<ExhibitRow> among, string key, string of)
        {
            var late = now - Unplaced.Within;
            var found = Unplaced.Of(among, register, now).Where(e => e.Since < late).OrderBy(e => e.Since);
            var oldest = await found.Select(e => (DateTimeOffset?)e.Since).FirstOrDefaultAsync(cancel);
            if (oldest is not { } since) return null;
            var many = await found.Take(ShowExhibits.MostCounted).CountAsync(cancel);
            var days = ((int)(now - since).TotalDays).ToString(CultureInfo.CurrentCulture);
            return new NextStep(
                ExhibitWords.Say($"next.{key}", many), ExhibitWords.Say($"next.{key}.why", days), ExhibitsText.Of($"next.{key}.do"), $"/exhibits?of={of}&place={ExhibitQuery.NoPlace}", since + Unplaced.Within);
        }
    }
}
