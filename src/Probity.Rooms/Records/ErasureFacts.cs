using Probity.Access.Contract;
using Probity.Records.Contract;

namespace Probity.Records;

/// <summary>What an erasure or a hold is about, as far as a decision has to know it.</summary>
/// <param name="Kind">Whether it is a matter or a person.</param>
/// <param name="Id">Its id.</param>
/// <param name="Exists">Whether there is one.</param>
/// <param name="NotYet">The code of what forbids erasing it now, or null: an open case, a person who is or was lately in a post.</param>
/// <param name="People">Whoever is barred from these decides nothing about it.</param>
/// <param name="Hidden">Whoever is barred from these does not see it.</param>
/// <param name="Worked">Who had a part in it.</param>
/// <param name="Prosecutor">The prosecutor of a case.</param>
internal sealed record ErasureSubject(
    SubjectKind Kind, Guid Id, bool Exists, string? NotYet, IReadOnlyList<Guid> People, IReadOnlyList<Guid> Hidden, IReadOnlyList<Guid> Worked,
    Guid? Prosecutor)
{
    /// <summary>Who declared a conflict with it, and so neither sees it nor decides about it.</summary>
    public IReadOnlyCollection<Guid> Walled { get; init; } = [];

    /// <summary>How many things of it somebody still has; not asked of a case that is open.</summary>
    public int Things { get; init; }

    /// <summary>Nobody could say any more who has the things of it.</summary>
    public const string ThingsHeld = "records.things-held";

    /// <summary>A case is worked on until it is closed.</summary>
    public const string CaseOpen = "records.case-open";

    /// <summary>The person holds a post, or the conflict check still needs to know that they held one: <see cref="Recusal.MonthsAfterPosting"/>.</summary>
    public const string InPost = "records.in-post";
}

/// <summary>All that a decision about erasing may know.</summary>
internal sealed record ErasureFacts(Erasure Erasure, ErasureSubject Subject, Actor Actor, Register Register, DateTimeOffset Now);
