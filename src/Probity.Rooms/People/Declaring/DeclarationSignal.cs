using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Risk.Contract;

namespace Probity.People.Declaring;

/// <summary>How many of a unit's people who declare have not done so in time, from the agency's first policy pack on.</summary>
internal sealed class DeclarationSignal(Declarers declarers) : IRiskSignals
{
    public RiskSignal Signal => RiskSignal.OverdueDeclarations;

    public string? PageFor(ClaimsPrincipal reader) => SignedInPerson.Has(reader, Role.Vetting) ? "/declarations/people?of=overdue" : null;

    public async ValueTask<IReadOnlyList<SignalCount>> CountAsync(SignalScope scope, CancellationToken cancel)
    {
        // Before the first pack nobody has to.
        if (scope.Policy.Began is null) return [];
        var overdue = await declarers.OverdueAsync(scope.Policy, scope.Now, cancel);
        var tally = new SignalTally(scope);
        foreach (var (unit, person) in scope.People(DeclarationAccess.Declares)) tally.Add(unit, overdue.ContainsKey(person), overdue.TryGetValue(person, out var since) ? since : null);
        return tally.Counts;
    }
}
