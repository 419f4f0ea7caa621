using Probity.Cases.Contract;
using Probity.Cases.Deciding;
using Probity.Shared.Record;

namespace Probity.Cases.Ordering;

/// <summary>What orders about exhibits have in common.</summary>
internal static class OrderRules
{
    public const string IsCourts = "cases.order-is-courts";
    public const string Unknown = "cases.order-unknown";

    /// <summary>Who ever had an exhibit of the case in hand orders nothing about any for the court, and confirms nothing.</summary>
    public const string HadInHand = "cases.order-had-in-hand";

    /// <summary>
    /// The refusal of an order by the prosecutor, or null: what is charged, or ever came before a court, is the court's.
    /// </summary>
    public static Refusal? RefusesProsecution(Case @case) =>
        @case.WasBeforeCourt || (!DecideInCase.HasEnded(@case) && (@case.Court.Upheld.Any() || @case.Decisions.Contains(DecisionKind.Charge))) ? new Refusal(IsCourts) : null;

    /// <summary>Whether all that an order is about was done: the exhibits as the room that keeps them knows them.</summary>
    public static bool IsCarriedOut(ExhibitOrder order, IEnumerable<CaseThing> things) =>
        things.Where(t => order.Covers(t.Id)).ToList() is { Count: > 0 } covered && covered.TrueForAll(t => t.Done.Any(d => d.Order == order.Id));

    /// <summary>Whether an order of the court stands that its judge has neither given nor confirmed.</summary>
    public static bool CanBeConfirmed(ExhibitOrder order) => order is { Stands: true, Said.By: OrderedBy.Court, IsSeenByJudge: false };

    /// <summary>The orders of the court, or of the prosecutor, of a kind about any of these exhibits of which it is not settled yet whether they hold: they wait for the judge, or for the second signature.</summary>
    public static IEnumerable<ExhibitOrder> WaitingLike(ExhibitOrderKind kind, OrderedBy by, IEnumerable<Guid> exhibits, Case @case, DateTimeOffset now)
    {
        var about = exhibits.ToHashSet();
        return @case.Court.Orders.Where(o => o.Said.Kind == kind && o.Said.By == by && IsWaiting(o, now) && o.Said.Exhibits.Any(e => about.Contains(e.Id)));
    }

    /// <summary>Whether an order waits for the judge of the case to see it, or for the second signature.</summary>
    public static bool IsWaiting(ExhibitOrder order, DateTimeOffset now) => order.IsAwaited || (order.Stands && OrderPolicy.WaitsForJudge(order, now) is not null);

    /// <summary>What the court's part of a case says about its exhibits, as other rooms' decisions read it.</summary>
    public static CourtStanding StandingOf(Case @case, DateTimeOffset now)
    {
        // What an appeal has set aside is tried anew, also in a case that was closed by then.
        var anew = @case.Court.Upheld.Where(c => c.IsSetAside).ToList();
        var over = @case.Stage == Stage.Closed || DecideInCase.HasEnded(@case);
        var open = over ? anew : @case.Court.Upheld.Where(c => c.IsUndecided).ToList();
        return new CourtStanding
        {
            Orders = [.. @case.Court.Orders.Where(o => o.Stands && (o.Said.By == OrderedBy.Court || RefusesProsecution(@case) is null))],
            Known = @case.Court.Orders,
            Proving = open.SelectMany(c => c.Elements).SelectMany(e => e.Evidence).ToHashSet(),
            AnythingMayProve = open.Any(c => c.Elements.All(e => e.Evidence.IsEmpty))
                || (!over && !@case.Court.Upheld.Any() && @case.Decisions.Contains(DecisionKind.Charge) && !@case.Decisions.Contains(DecisionKind.Convict)),
            AwaitingJudge = @case.Court.Orders.Where(o => OrderPolicy.WaitsForJudge(o, now) is not null).Select(o => o.Id).ToHashSet(),
            IsCourts = RefusesProsecution(@case) is not null,
            IsAtRest = OrderPolicy.IsAtRest(@case, now),
            IsUnderAppeal = @case.Court.Acts.Any(a => a.IsOpenAppeal),
            // One whose time has come counts until the registry has said what became of it. A closed case has none ahead, unless it is tried anew.
            HasHearingAhead = !CasePlace.Court.IsShutBy(@case) && @case.Court.Hearings.Any(h => h.State == HearingState.Scheduled),
        };
    }
}
