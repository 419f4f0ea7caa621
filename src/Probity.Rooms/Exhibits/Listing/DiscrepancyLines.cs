using Microsoft.EntityFrameworkCore;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits.Listing;

/// <summary>What did not fit and how far its answer has come: that part of the exhibits' lists which follows the stream of a discrepancy.</summary>
internal static class DiscrepancyLines
{
    /// <summary>Moves the line of a discrepancy on; other entries change nothing.</summary>
    public static async ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        switch (recorded.Event)
        {
            case DiscrepancyFound e when await views.FindAsync<DiscrepancyRow>([recorded.Stream.Value], cancel) is null:
                views.Add(new DiscrepancyRow
                {
                    Id = recorded.Stream.Value, Exhibit = e.Exhibit, Case = e.Case, Number = e.Number, Kind = e.Kind, At = recorded.When,
                    Stage = DiscrepancyStage.Open,
                });
                foreach (var person in e.People) views.Add(new DiscrepancyPerson(recorded.Stream.Value, person));
                break;
            case DiscrepancyFound when await views.FindAsync<DiscrepancyRow>([recorded.Stream.Value], cancel) is { Stage: DiscrepancyStage.Settled or DiscrepancyStage.Released } row:
                (row.Stage, row.AnsweredBy) = (DiscrepancyStage.Open, null);
                break;
            case DiscrepancyAnswered when await views.FindAsync<DiscrepancyRow>([recorded.Stream.Value], cancel) is { } row:
                (row.Stage, row.AnsweredBy) = (DiscrepancyStage.Answered, recorded.Actor.Value);
                break;
            case DiscrepancySettled e when await views.FindAsync<DiscrepancyRow>([recorded.Stream.Value], cancel) is { } row:
                row.Stage = e.Agrees ? DiscrepancyStage.Settled : DiscrepancyStage.Open;
                break;
            case DiscrepancyReleaseAsked when await views.FindAsync<DiscrepancyRow>([recorded.Stream.Value], cancel) is { } row:
                (row.Stage, row.AnsweredBy) = (DiscrepancyStage.ReleaseAsked, recorded.Actor.Value);
                break;
            case DiscrepancyReleased e when await views.FindAsync<DiscrepancyRow>([recorded.Stream.Value], cancel) is { } row:
                row.Stage = e.Agrees ? DiscrepancyStage.Released : DiscrepancyStage.Settled;
                break;
        }
    }
}
