using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Cases.Assigning;

/// <summary>
/// The draw that the house makes by itself after a case was opened or sent to the prosecutor and after a redraw was approved. It
/// takes a moment, and whoever caused it wants to see who was drawn.
/// </summary>
internal static class AwaitedDraw
{
    /// <summary>The seat whose draw has still to come because of the case's newest entries, or null.</summary>
    public static Seat? Of(IEnumerable<Recorded> entries)
    {
        Seat? awaited = null;
        var redraws = new HashSet<Seat>();
        foreach (var recorded in entries)
        {
            switch (recorded.Event)
            {
                case CaseOpened: awaited = Seat.Handler; break;
                case StageEntered { Stage: Stage.Prosecute }: awaited = Seat.Prosecutor; break;
                case AssignmentRequested e: awaited = e.Seat; break;
                case DrawVoided e: awaited = e.Seat; break;
                case SeatVacated e: awaited = e.Seat; break;
                case RedrawProposed e: redraws.Add(e.Seat); break;
                case HandAssignmentProposed e: redraws.Remove(e.Seat); break;
                case AssignmentApproved e when redraws.Remove(e.Seat): awaited = e.Seat; break;
                case SeatDrawn or NobodyEligible or DrawHeld: awaited = null; break;
            }
        }

        return awaited;
    }

    /// <summary>Waits for the draw that is awaited, as long as a page waits for a view. True where one still has to come.</summary>
    public static async Task<bool> WaitAsync(TransparencyLog log, StreamId stream, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(ViewPositions.Patience);
        var entries = (await log.ReadStreamAsync(stream, 0, cancel)).ToList();
        if (Of(entries.Select(EventTypes.Read)) is null) return false;
        try
        {
            await foreach (var batch in log.SubscribeAsync(entries[^1].Header.Index + 1, limit.Token))
            {
                entries.AddRange(batch.Where(e => e.Header.Stream == stream));
                if (Of(entries.Select(EventTypes.Read)) is null) return false;
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The page says that the draw is under way.
        }

        return true;
    }
}
