using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.Policies.Contract;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.People.Declaring;

/// <summary>Tells people of their next declaration at 30, 7 and 1 days and once it is overdue, and the vetting unit, or an overseer where it is theirs, of growth that waits.</summary>
internal sealed class DeclarationNextSteps(Declarers declarers, IPolicies policies, IRegister registers, TransparencyLog log, When when, TimeProvider time) : INextSteps
{
    /// <summary>How many days before it falls due somebody is told first.</summary>
    public const int FirstWarning = 30;

    public bool Serves(ClaimsPrincipal person) => Enum.GetValues<Role>().Any(role => (DeclarationAccess.Declares(role) || role is Role.Vetting or Role.Overseer) && SignedInPerson.Has(person, role));

    public async Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel)
    {
        if (most <= 0 || SignedInPerson.Of(person) is not { } id || !Serves(person)) return [];
        var (policy, now, steps) = (await policies.ReadAsync(cancel), time.GetUtcNow(), new List<NextStep>());
        if (await declarers.OfAsync(id, cancel) is { Holds: > 0 } own && Declarers.DueOf(own, policy) is var due && due - now <= TimeSpan.FromDays(FirstWarning))
        {
            var days = (int)Math.Ceiling((due - now).TotalDays);
            steps.Add(new NextStep(
                days < 0 ? DeclarationsText.Of("next.overdue") : DeclarationsText.Of("next.due"), DeclarationsText.Say(days < 0 ? "next.overdue.why" : days <= 1 ? "next.due.tomorrow" : "next.due.why", when.Day(due), days),
                DeclarationsText.Of("next.due.do"), "/declarations/new", due));
        }

        if (steps.Count < most && await ExitOfAsync(id, await registers.ReadAsync(cancel), now, cancel) is { } exit) steps.Insert(0, exit);
        var overseer = SignedInPerson.Has(person, Role.Overseer);
        if (!(overseer || SignedInPerson.Has(person, Role.Vetting)) || steps.Count == most) return steps;
        var theirs = DeclarationAccess.ReadableBy(overseer, id, await registers.ReadAsync(cancel), now, out var barred);
        var (rows, total) = await declarers.ReadAsync(DeclarersWanted.Flagged, theirs, policy, barred, now, 1, cancel);
        if (rows.Count > 0)
            steps.Add(new NextStep(DeclarationsText.Say("next.flagged", Math.Min(total, Declarers.MostCounted)), DeclarationsText.Of("next.flagged.why"), DeclarationsText.Of("next.flagged.do"), "/declarations/people", rows[0].FlaggedSince));
        return steps;
    }

    // Who leaves declares once more, while they can still sign in.
    async Task<NextStep?> ExitOfAsync(Guid person, Register register, DateTimeOffset now, CancellationToken cancel)
    {
        if (register.Departures.Of(person) is not { From: { } from } leaves || from <= now || !DeclarationAccess.Declares(Actor.From(register, person, now))) return null;
        var own = await new RecordSession(log).FoldAsync<Declarations>(Declarations.StreamOf(person), cancel);
        return own.All.Any(d => d.Kind == DeclarationKind.Exit && d.At >= leaves.AskedAt) ? null
            : new NextStep(DeclarationsText.Of("next.exit"), DeclarationsText.Say("next.exit.why", when.Day(from)), DeclarationsText.Of("next.due.do"), "/declarations/new", from);
    }
}
