using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;

namespace Probity.Exhibits.Listing;

/// <summary>How many exhibits somebody has.</summary>
internal sealed class ExhibitHoldings(DbContext views) : IHoldings
{
    public HeldKind Kind => HeldKind.Exhibits;

    public Task<int> CountAsync(Guid person, CancellationToken cancel) => views.Set<ExhibitRow>().AsNoTracking().CountAsync(e => e.Holder == person && e.End == null, cancel);
}
