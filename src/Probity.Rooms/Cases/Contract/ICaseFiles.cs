using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Contract;

/// <summary>What a decision in another room has to know of a case.</summary>
/// <param name="Id">The case.</param>
/// <param name="Number">Its number; empty where it was erased.</param>
/// <param name="Exists">Whether there is such a case.</param>
/// <param name="Closed">Whether it is closed.</param>
/// <param name="Erased">Whether it was erased.</param>
/// <param name="Staff">The staff named in it: whoever is barred from them decides nothing in it.</param>
/// <param name="Suspects">Those of them who are under suspicion: whoever is barred from these does not see it.</param>
/// <param name="Seated">Who ever sat in it.</param>
/// <param name="Prosecutor">Who is its prosecutor.</param>
internal sealed record CaseFile(
    Guid Id, string Number, bool Exists, bool Closed, bool Erased, IReadOnlyList<Guid> Staff, IReadOnlyList<Guid> Suspects,
    IReadOnlyList<Guid> Seated, Guid? Prosecutor)
{
    /// <summary>Who works it.</summary>
    public Guid? Handler { get; init; }

    /// <summary>Who declared a conflict with it: they neither see it nor decide in it.</summary>
    public IReadOnlyCollection<Guid> Walled { get; init; } = [];

    /// <summary>The bar that keeps somebody from deciding anything in it, a code, or null.</summary>
    public string? BarOf(Guid person, Register register, DateTimeOffset now) =>
        Recusal.Between(person, Staff, register, now) ?? (Walled.Contains(person) ? Bars.Declared : null);
}

/// <summary>What somebody is to a case, by the case's own table of who may.</summary>
/// <param name="Case">The case.</param>
/// <param name="Unit">The unit that works it.</param>
/// <param name="Opened">When it was opened.</param>
/// <param name="Sees">Whether they see it.</param>
/// <param name="Steps">Why they may not record what is done in it; null where they may.</param>
/// <param name="Bar">The bar that keeps them from deciding anything in it, a code, or null.</param>
internal sealed record CaseStanding(CaseFile Case, Guid Unit, DateTimeOffset Opened, bool Sees, Refusal? Steps, string? Bar)
{
    /// <summary>Whether they record what is done in it.</summary>
    public bool Works => Steps is null;

    /// <summary>Whether they opened it, and see it for that: whoever found something has it in hand, whomever the lot makes its handler.</summary>
    public bool OpenedIt { get; init; }

    /// <summary>Whether they see the court's part of it: it is before a court, and their seat or post is for that.</summary>
    public bool SeesCourt { get; init; }

    /// <summary>What the court's part of it says about its exhibits.</summary>
    public CourtStanding Court { get; init; } = CourtStanding.None;
}

/// <summary>Cases as other rooms' decisions read them.</summary>
internal interface ICaseFiles
{
    /// <summary>A case from the record itself; the session will expect its version. Nothing is guarded: the caller has to.</summary>
    ValueTask<CaseFile> ReadAsync(RecordSession session, Guid id, CancellationToken cancel);

    /// <summary>What <paramref name="actor"/> is to a case; the session will expect its version. No reading is recorded, and whoever does not see the case is to learn nothing of it: that is the caller's.</summary>
    ValueTask<CaseStanding> StandingAsync(RecordSession session, Actor actor, Register register, Guid id, DateTimeOffset now, CancellationToken cancel);
}
