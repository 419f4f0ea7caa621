using System.Security.Claims;
using Probity.Conduct.Contract;
using Probity.Risk.Contract;

namespace Probity.Conduct.Viewing;

/// <summary>How many of a unit's people whom the code binds have not acknowledged it in time; nothing before a code is in force.</summary>
internal sealed class CodeSignal(CodePeople people) : IRiskSignals
{
    public RiskSignal Signal => RiskSignal.UnacknowledgedCode;

    public string? PageFor(ClaimsPrincipal reader) => ConductAccess.SeesOthers(reader) ? "/conduct/people" : null;

    public async ValueTask<IReadOnlyList<SignalCount>> CountAsync(SignalScope scope, CancellationToken cancel)
    {
        if (await people.InForceAsync(cancel) is null) return [];
        var overdue = await people.OverdueAsync(scope.Now, cancel);
        var tally = new SignalTally(scope);
        foreach (var (unit, person) in scope.People(CodeDuty.Binds)) tally.Add(unit, overdue.ContainsKey(person), overdue.TryGetValue(person, out var since) ? since : null);
        return tally.Counts;
    }
}
