using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Revetting;
using Probity.People.Viewing;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Covering;

/// <summary>Whether somebody's clearances cover a post, by the rows of the list: as <see cref="Requiring.ClearedForPost"/> and <see cref="RevettingDuty"/> say of a posting, so that no page counts as cleared whom a posting refuses.</summary>
internal sealed record CoverRule(Lots Lots, Policy Policy, Register Register, DateTimeOffset Now)
{
    /// <summary>Whether somebody has a valid clearance of a level, and was vetted anew in time where they were drawn.</summary>
    public bool Covers(Guid person, IReadOnlyCollection<ClearanceRow> rows, ClearanceLevel level) =>
        !Register.IsShutOut(person) && rows.Any(r => r.Level >= level && r.IsValidAt(Now)) && !IsOverdue(person, rows);

    /// <summary>Whether somebody was drawn to be vetted anew and is not in time.</summary>
    public bool IsOverdue(Guid person, IEnumerable<ClearanceRow> rows) => RevettingDuty.IsOverdue(person, rows, Lots, Policy, Now);
}

/// <summary>Reads what a <see cref="CoverRule"/> rests on.</summary>
internal sealed class CoverRules(FoldedStream<Lots> lots, IPolicies policies)
{
    public async ValueTask<CoverRule> ReadAsync(Register register, DateTimeOffset now, CancellationToken cancel) => new(await lots.ReadAsync(cancel), await policies.ReadAsync(cancel), register, now);
}
