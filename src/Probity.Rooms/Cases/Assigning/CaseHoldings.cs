using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Cases.ViewingDocket;

namespace Probity.Cases.Assigning;

/// <summary>How many open cases somebody handles.</summary>
internal sealed class CaseHoldings(DbContext views) : IHoldings
{
    public HeldKind Kind => HeldKind.Cases;

    public Task<int> CountAsync(Guid person, CancellationToken cancel) => views.Set<DocketCase>().AsNoTracking().CountAsync(c => c.Handler == person && c.Stage != Stage.Closed, cancel);
}
