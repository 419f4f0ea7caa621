using Probity.Cases.Contract;
using Probity.Exhibits.Balancing;
using Probity.Exhibits.Contract;
using Probity.Ledger;
using Probity.Records.Contract;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Exhibits.Disposing;

/// <summary>All that a decision on the end of an exhibit may know.</summary>
/// <param name="Of">The exhibit, its case and who acts.</param>
/// <param name="Held">Whether the law wants its case kept.</param>
/// <param name="Unsettled">How many discrepancies of it, and of what was drawn from it, keep it: not settled, or without an explanation and not released.</param>
internal sealed record DisposalFacts(ExhibitFacts Of, bool Held, int Unsettled)
{
    public const string LegalHold = "exhibits.legal-hold";
    public const string OpenDiscrepancy = "exhibits.open-discrepancy";
    public const string OnItsWay = "exhibits.on-its-way";
    public const string OrderMissing = "exhibits.order-missing";
    public const string OrderOfOther = "exhibits.order-of-other";
    public const string Undecided = "exhibits.charge-undecided";
    public const string UnderAppeal = "exhibits.appeal-open";
    public const string HearingAhead = "exhibits.hearing-ahead";
    public const string AwaitsJudge = "exhibits.order-awaits-judge";
    public const string OrderDay = "exhibits.order-day";

    public const string OrderedIt = "exhibits.witness-ordered-it";

    /// <summary>The account of all that was seized as one, as its page and its story have it.</summary>
    public MassBalance? Account { get; init; }

    /// <summary>Whether that adds up as far as anybody can tell; or two from outside have let go what does not.</summary>
    public bool AddsUp { get; init; } = true;

    /// <summary>What keeps an exhibit where it is, whatever a court has ordered; or null.</summary>
    public Refusal? Refuses()
    {
        if (Held) return new Refusal(LegalHold);
        if (Unsettled > 0) return new Refusal(OpenDiscrepancy);
        return Of.Exhibit.Status is ExhibitStatus.Held or ExhibitStatus.Forfeited ? null : new Refusal(OnItsWay);
    }

    /// <summary>
    /// The refusal of an order that was chosen, or null: it has to stand on the record of the case, be about this exhibit, and leave nothing of the court to
    /// wait for.
    /// </summary>
    public Refusal? RefusesOrder(Guid? order, params IReadOnlyCollection<ExhibitOrderKind> kinds)
    {
        if (Of.Standing.Court.Orders.FirstOrDefault(o => o.Id == order) is not { } found) return new Refusal(OrderMissing);
        if (!kinds.Contains(found.Said.Kind) || !found.Covers(Of.Exhibit.Id)) return new Refusal(OrderOfOther);
        if (found.Said.Ordered < DateOnly.FromDateTime(Of.Exhibit.RootSeizedAt.UtcDateTime)) return new Refusal(OrderDay);
        return CodeOf(Of.Standing.Court.WaitsFor(found, Of.Family.Select(e => e.Id).Append(Of.Exhibit.Id))) is { } waits ? new Refusal(waits) : null;
    }

    /// <summary>The code of what an order still waits for; null where it waits for nothing.</summary>
    public static string? CodeOf(CourtWait? wait) => wait switch
    {
        CourtWait.Judge => AwaitsJudge,
        CourtWait.Judgment => Undecided,
        CourtWait.Appeal => UnderAppeal,
        CourtWait.Hearing => HearingAhead,
        _ => null,
    };

    /// <summary>
    /// Whether somebody put an order on the record, the registry's or whoever else's: they vouch for nothing that was done by it, or one person could send a thing away
    /// by their word alone.
    /// </summary>
    public static bool IsOrderOf(Guid person, Guid? order, ExhibitFacts facts) => facts.Standing.Court.Known.Any(o => o.Id == order && o.By == person);

    /// <summary>The same for orders to choose from: whether all of them are theirs.</summary>
    public static bool AreOrdersOf(Guid person, IReadOnlyCollection<Choice> orders, ExhibitFacts facts) => orders.Count > 0 && orders.All(o => IsOrderOf(person, ExhibitWords.Id(o.Value), facts));

    /// <summary>Whether a code is about the order that was chosen.</summary>
    public static bool IsOfOrder(string code) => code is OrderMissing or OrderOfOther or OrderDay or Undecided or UnderAppeal or HearingAhead or AwaitsJudge;

    /// <summary>The order as it stands on the record; for one that <see cref="RefusesOrder"/> lets through.</summary>
    public ExhibitsOrdered OrderOf(Guid order) => Of.Standing.Court.Orders.First(o => o.Id == order).Said;

    /// <summary>
    /// Whether a sample is kept that proves what is destroyed before the judgment: analysed and reviewed, in somebody's hands, and itself not ordered to be
    /// destroyed. Only such an order asks for one.
    /// </summary>
    public bool KeepsSample => Of.Family.Any(e => e.Origin is not null && e.Id != Of.Exhibit.Id && e is { IsGone: false, IsMissing: false, Destruction: null } && e.Results.Any() && CanBeAnalysedAgain(e));

    // As much is left of it as was used up: another laboratory can do it once more.
    bool CanBeAnalysedAgain(Exhibit sample) => Of.Family.Append(Of.Exhibit).SelectMany(e => e.Samples).FirstOrDefault(s => s.Id == sample.Id) is { Mass.Value: var drawn }
        && sample.Taken.Sum(t => t.Mass.Value) is var used && drawn - used > 0m && drawn - used >= used;
}

/// <summary>The way of every command that ends an exhibit: what it waits for is read in the same session, so that nothing found meanwhile is missed.</summary>
internal sealed class DisposalDesk(ExhibitDesk desk)
{
    public Task<Outcome?> RunAsync(Guid person, Guid exhibit, ExhibitAction action, Func<DisposalFacts, Decision> decide, CancellationToken cancel) =>
        desk.RunAsync(person, exhibit, action, async (session, facts) => decide(await ReadAsync(session, facts, cancel)), cancel);

    /// <summary>What stands in the way of the end of an exhibit.</summary>
    public static async ValueTask<DisposalFacts> ReadAsync(RecordSession session, ExhibitFacts facts, CancellationToken cancel)
    {
        var holds = await session.FoldAsync<LegalHolds>(LegalHolds.StreamOf(facts.Exhibit.Case), cancel);
        var unsettled = 0;
        foreach (var member in facts.Family.Append(facts.Exhibit))
        {
            foreach (var id in (await session.FoldAsync<DiscrepancyList>(DiscrepancyList.StreamOf(member.Id), cancel)).Ids.Distinct())
            {
                if ((await session.FoldAsync<Discrepancy>(new StreamId(id), cancel)).Blocks) unsettled++;
            }
        }

        IReadOnlyList<Exhibit> family = [facts.Exhibit, .. facts.Family];
        var matters = await WeightMatters.ReadAsync(session, family, cancel);
        var account = family.Any(e => e.Origin is null) ? matters.BalanceOf(family) : null;
        return new DisposalFacts(facts, !holds.Standing.IsEmpty, unsettled)
        {
            Account = account, AddsUp = account is not { State: GramsState.DoesNotAddUp } || account.Breaks.All(b => matters.IsReleased(b, family)),
        };
    }
}
