namespace Probity.Cases.Contract;

/// <summary>An order about exhibits as it stands.</summary>
/// <param name="Said">What was ordered.</param>
/// <param name="By">Who put it on the record.</param>
/// <param name="At">When.</param>
internal sealed record ExhibitOrder(ExhibitsOrdered Said, Guid By, DateTimeOffset At)
{
    public Guid Id => Said.Order;

    /// <summary>Who signed or refused the prosecutor's order.</summary>
    public Guid? SignedBy { get; init; }

    /// <summary>Whether they refused it.</summary>
    public bool IsRefused { get; init; }

    /// <summary>When the court took it back.</summary>
    public DateTimeOffset? LiftedAt { get; init; }

    /// <summary>Whether it waits for the second signature.</summary>
    public bool IsAwaited => Said.By == OrderedBy.Prosecution && SignedBy is null && LiftedAt is null;

    /// <summary>Whether something may be done by it, as far as the order itself goes.</summary>
    public bool Stands => LiftedAt is null && !IsRefused && !IsAwaited;

    public bool Covers(Guid exhibit) => Said.Exhibits.Any(e => e.Id == exhibit);
}

/// <summary>What of the court an order about exhibits has to wait for.</summary>
internal enum CourtWait { Judgment, Appeal, Hearing }

/// <summary>What the court's part of a case says about its exhibits: which orders stand, and what is still undecided.</summary>
internal sealed record CourtStanding
{
    public static CourtStanding None { get; } = new();

    /// <summary>The orders that stand, the oldest first.</summary>
    public IReadOnlyList<ExhibitOrder> Orders { get; init; } = [];

    /// <summary>All that were ever put on the record of the case, also what was refused or taken back since.</summary>
    public IReadOnlyList<ExhibitOrder> Known { get; init; } = [];

    /// <summary>What proves a charge on which the court has not found yet.</summary>
    public IReadOnlySet<Guid> Proving { get; init; } = new HashSet<Guid>();

    /// <summary>Whether there is a charge without a judgment of which nobody has said what proves it: then anything may.</summary>
    public bool AnythingMayProve { get; init; }

    public bool IsUnderAppeal { get; init; }
    public bool HasHearingAhead { get; init; }

    /// <summary>The orders of a kind about an exhibit.</summary>
    public IEnumerable<ExhibitOrder> About(Guid exhibit, params IReadOnlyCollection<ExhibitOrderKind> kinds) => Orders.Where(o => kinds.Contains(o.Said.Kind) && o.Covers(exhibit));

    /// <summary>What an order has to wait for, or null. Only the court itself can say that it need not.</summary>
    /// <param name="order">The order.</param>
    /// <param name="things">The exhibit, with what it was drawn from and what was drawn from it: each proves what the others prove.</param>
    public CourtWait? WaitsFor(ExhibitOrder order, IEnumerable<Guid> things) =>
        order.Said is { By: OrderedBy.Court, BeforeJudgment: true } ? null
        : AnythingMayProve || things.Any(Proving.Contains) ? CourtWait.Judgment
        : IsUnderAppeal ? CourtWait.Appeal
        : HasHearingAhead ? CourtWait.Hearing : null;
}
