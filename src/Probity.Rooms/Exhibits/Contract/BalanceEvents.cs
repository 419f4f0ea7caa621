using Probity.Shared.Record;

namespace Probity.Exhibits.Contract;

/// <summary>
/// One line of a published balance: everything seized from the first of some years until the last, of one substance or of several together where one alone
/// would point at a case, and where its grams are. <paramref name="Less"/> and <paramref name="More"/> are what is beyond the uncertainty of the exhibit
/// that it is missing from or too much in; <paramref name="NotAddingUp"/> is null where it is too small a number to be told. <paramref name="Unconfirmed"/> was
/// burned, and its witnesses have not signed; <paramref name="Rough"/> is more or less by weighings that are too rough to tell of a loss; <paramref name="Packaging"/> is what was around
/// what was burned, where that was weighed with it first and without it last; null where there are none.
/// </summary>
internal sealed record BalanceLine(
    int From, int Until, string? Substance, MassKind Basis, int Exhibits, GramsSum Seized, GramsSum Held, GramsSum OnItsWay, GramsSum Laboratory, GramsSum Court,
    GramsSum Partner, GramsSum Consumed, GramsSum Returned, GramsSum Forfeited, GramsSum Destroyed, GramsSum Missing, GramsSum Explained, GramsSum Repacked,
    GramsSum Unexplained, GramsSum Uncertainty, GramsSum Less, GramsSum More, GramsSum WeighedAgain, int? NotAddingUp, GramsSum? Unconfirmed = null, GramsSum? Rough = null,
    GramsSum? Packaging = null);

/// <summary>
/// The balance of a unit and those below it was published, as the first <paramref name="Size"/> entries of the record have it; <paramref name="Checkpoint"/>
/// is the log's signed note over them. Whoever keeps it can show a later edit. <paramref name="Untold"/> exhibits cannot be told, because they were not
/// weighed when they were seized; null where that number is too small to be told. <paramref name="Withheld"/>: some lines are too small to be told.
/// <paramref name="Covers"/> are the units below it of which an account was published before: it overlaps with those.
/// </summary>
[EventType("exhibits.balance-published.v1")]
internal sealed record BalancePublished(
    Guid Unit, int Method, long Size, string Root, string Checkpoint, IReadOnlyList<BalanceLine> Lines, int? Untold, bool Withheld, IReadOnlyList<Guid>? Covers = null) : IEvent;

/// <summary>
/// Somebody had a published balance computed again from the same entries: whether the record still has the root that it had, and whether the figures
/// came out the same. <paramref name="Erased"/> seizures among them can be read no longer, because two people decided to erase their case.
/// </summary>
[EventType("exhibits.balance-checked.v1")]
internal sealed record BalanceChecked(Guid Unit, long Statement, bool SameRoot, bool SameFigures, int Erased) : IEvent;
