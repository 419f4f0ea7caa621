using Probity.Exhibits.Contract;
using Probity.Ledger;
using Probity.Records.Contract;
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
    public const string OrderDay = "exhibits.order-day";

    /// <summary>What keeps an exhibit where it is, whatever a court has ordered; or null.</summary>
    public Refusal? Refuses()
    {
        if (Held) return new Refusal(LegalHold);
        if (Unsettled > 0) return new Refusal(OpenDiscrepancy);
        return Of.Exhibit.Status is ExhibitStatus.Held or ExhibitStatus.Forfeited ? null : new Refusal(OnItsWay);
    }

    /// <summary>The refusal of a court's order as it was written down, or null.</summary>
    public Refusal? RefusesOrder(string order, DateOnly ordered) =>
        ExhibitTexts.Refuses(order, ExhibitTexts.MaxLine, OrderMissing)
        ?? (ordered > DateOnly.FromDateTime(Of.Now.UtcDateTime) || ordered < DateOnly.FromDateTime(Of.Exhibit.RootSeizedAt.UtcDateTime) ? new Refusal(OrderDay) : null);
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

        return new DisposalFacts(facts, !holds.Standing.IsEmpty, unsettled);
    }
}
