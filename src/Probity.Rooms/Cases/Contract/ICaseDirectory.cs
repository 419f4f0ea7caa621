using System.Security.Claims;

namespace Probity.Cases.Contract;

/// <summary>A case by its number.</summary>
internal sealed record CaseEntry(Guid Id, string Number, bool Closed);

/// <summary>What other rooms may ask about cases on behalf of a reader.</summary>
internal interface ICaseDirectory
{
    /// <summary>Those of <paramref name="ids"/> that this person may see, by number; of the others not even that they are there.</summary>
    Task<IReadOnlyList<CaseEntry>> AmongAsync(Guid person, IReadOnlyList<Guid> ids, CancellationToken cancel);

    /// <summary>All cases that this person may see, by number.</summary>
    Task<IReadOnlyList<CaseEntry>> AllAsync(Guid person, CancellationToken cancel);

    /// <summary>The ids of the same, for a question that another room asks of its own tables: who asks sees nothing of any other case, and counts none.</summary>
    Task<IQueryable<Guid>> SeenAsync(Guid person, CancellationToken cancel);

    /// <summary>Those of <paramref name="ids"/> in which staff were ever named or declared a conflict, so that somebody may be barred. Nothing is guarded: the caller has to.</summary>
    Task<IReadOnlySet<Guid>> BarringAsync(IReadOnlyList<Guid> ids, CancellationToken cancel);

    /// <summary>The case of this number, or null where there is none that this person may see.</summary>
    Task<CaseEntry?> ByNumberAsync(Guid person, string number, CancellationToken cancel);

    /// <summary>
    /// Opens one case from the record itself, with the guard before it: the reading, or the refusal, is recorded. Null where this
    /// person may not know of it.
    /// </summary>
    Task<CaseEntry?> OpenAsync(Guid person, Guid id, string what, CancellationToken cancel);

    /// <summary>Whether a role of this person sees cases at all.</summary>
    bool SeesCases(ClaimsPrincipal person);
}
