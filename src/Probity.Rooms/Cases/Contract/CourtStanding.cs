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

    /// <summary>When.</summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>Whether they refused it.</summary>
    public bool IsRefused { get; init; }

    /// <summary>When it was taken back.</summary>
    public DateTimeOffset? LiftedAt { get; init; }

    /// <summary>Who of those that watch over both asked to take the prosecutor's back, and waits for one of the other post.</summary>
    public Guid? LiftAskedBy { get; init; }

    /// <summary>When an appeal was allowed against the judgment that it rested on: what was not done by it until then is not done.</summary>
    public DateTimeOffset? FellAt { get; init; }

    /// <summary>Whether the judge of the case gave it themselves, or has confirmed what the registry put on the record.</summary>
    public bool IsSeenByJudge { get; init; }

    /// <summary>Who confirmed what the registry put on the record, and when.</summary>
    public Guid? ConfirmedBy { get; init; }
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>Who named the judge who saw the court's order, or for whom it waits.</summary>
    public Guid? JudgeNamedBy { get; init; }

    /// <summary>Whether whoever put it on the record also chose, by naming them, the judge who confirmed it.</summary>
    public bool IsByOwnJudge => ConfirmedBy is not null && JudgeNamedBy == By;

    /// <summary>Whether it rests on the judgment: the court's, unless it said that it need not wait for one.</summary>
    public bool RestsOnJudgment => Said is { By: OrderedBy.Court, BeforeJudgment: false };

    /// <summary>Whether it waits for the second signature.</summary>
    public bool IsAwaited => Said.By == OrderedBy.Prosecution && SignedBy is null && LiftedAt is null;

    /// <summary>Whether something may be done by it, as far as the order itself goes.</summary>
    public bool Stands => LiftedAt is null && FellAt is null && !IsRefused && !IsAwaited;

    public bool Covers(Guid exhibit) => Said.Exhibits.Any(e => e.Id == exhibit);
}

/// <summary>What of the court an order about exhibits has to wait for.</summary>
internal enum CourtWait { Judge, Judgment, Appeal, Hearing }

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

    /// <summary>The orders that wait for the judge of the case to see them.</summary>
    public IReadOnlySet<Guid> AwaitingJudge { get; init; } = new HashSet<Guid>();

    /// <summary>Whether the case is the court's, so that its prosecutor orders nothing.</summary>
    public bool IsCourts { get; init; }

    /// <summary>Whether the case rests for good, so that nothing of it is needed as proof any more.</summary>
    public bool IsAtRest { get; init; }

    public bool IsUnderAppeal { get; init; }
    public bool HasHearingAhead { get; init; }

    /// <summary>The orders of a kind about an exhibit.</summary>
    public IEnumerable<ExhibitOrder> About(Guid exhibit, params IReadOnlyCollection<ExhibitOrderKind> kinds) => Orders.Where(o => kinds.Contains(o.Said.Kind) && o.Covers(exhibit));

    /// <summary>Whether what is destroyed by an order leaves a sample: as it was ordered, and by the prosecutor's for as long as the case may be taken up again.</summary>
    public bool KeepsSample(ExhibitOrder order) => order.Said.BeforeJudgment || (order.Said is { By: OrderedBy.Prosecution, Kind: ExhibitOrderKind.Destroy } && !IsAtRest);

    /// <summary>What an order has to wait for, or null. Only the court itself can say that it need not.</summary>
    /// <param name="order">The order.</param>
    /// <param name="things">The exhibit, with what it was drawn from and what was drawn from it: each proves what the others prove.</param>
    public CourtWait? WaitsFor(ExhibitOrder order, IEnumerable<Guid> things) =>
        AwaitingJudge.Contains(order.Id) ? CourtWait.Judge
        : order.Said is { By: OrderedBy.Court, BeforeJudgment: true } ? null
        : AnythingMayProve || things.Any(Proving.Contains) ? CourtWait.Judgment
        : IsUnderAppeal ? CourtWait.Appeal
        : HasHearingAhead ? CourtWait.Hearing : null;
}
