using Microsoft.EntityFrameworkCore;
using Probity.Cases.Contract;
using Probity.Cases.Searching;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Cases.ViewingDocket;

/// <summary>Keeps the docket.</summary>
internal sealed class DocketView(SearchWords words) : IView
{
    public const string ViewName = "docket";

    public string Name => ViewName;

    public int Version => 11;

    public async Task ClearAsync(DbContext views, CancellationToken cancel)
    {
        await views.Set<DocketCase>().ExecuteDeleteAsync(cancel);
        await views.Set<DocketParty>().ExecuteDeleteAsync(cancel);
        await views.Set<DocketNamed>().ExecuteDeleteAsync(cancel);
        await views.Set<DocketSeated>().ExecuteDeleteAsync(cancel);
        await views.Set<DocketWall>().ExecuteDeleteAsync(cancel);
        await views.Set<DocketGlass>().ExecuteDeleteAsync(cancel);
        await views.Set<DocketWord>().ExecuteDeleteAsync(cancel);
        await views.Set<DocketHearing>().ExecuteDeleteAsync(cancel);
    }

    public async ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        var id = recorded.Stream.Value;
        if (recorded.Event is CaseOpened opened)
        {
            views.Add(new DocketCase
            {
                Id = id, Number = opened.Number, Unit = opened.Unit, Offence = opened.Offence, Opener = recorded.Actor.Value,
                Opened = recorded.When, StageSince = recorded.When, LastActivity = recorded.When, Parties = opened.Parties.Count,
                StaffNamed = opened.Parties.Any(p => p.Person is not null) ? recorded.When : null,
            });
            foreach (var person in opened.Parties.Where(p => p.Role == PartyRole.Subject).Select(p => p.Person).OfType<Guid>().Distinct()) views.Add(new DocketParty(id, person));
            foreach (var mark in words.MarksOf(string.Join('\n', opened.Parties.Select(p => p.Name).Prepend(opened.Summary)))) views.Add(new DocketWord(id, mark, recorded.When));
            return;
        }

        if (recorded.Event is MatterErased)
        {
            await RemoveAsync(views, id, cancel);
            return;
        }

        if (!recorded.Type.StartsWith("cases.", StringComparison.Ordinal)) return;
        if (await views.FindAsync<DocketCase>([id], cancel) is not { } row) return;
        if (recorded.When > row.LastActivity) row.LastActivity = recorded.When;
        switch (recorded.Event)
        {
            case SeatDrawn e:
                await SitAsync(views, row, e.Seat, e.Person, cancel);
                break;
            case NobodyEligible or DrawHeld:
                row.SeatVacant = true;
                break;
            case RedrawProposed e:
                Ask(row, e.Seat, recorded.Actor.Value, null);
                break;
            case HandAssignmentProposed e:
                Ask(row, e.Seat, recorded.Actor.Value, e.Person);
                break;
            case AssignmentApproved e:
                var asked = e.Seat == Seat.Handler ? row.HandlerAsked : row.ProsecutorAsked;
                Ask(row, e.Seat, null, null);
                if (asked is { } person) await SitAsync(views, row, e.Seat, person, cancel);
                else if (e.Seat == Seat.Handler) row.Handler = null;
                else row.Prosecutor = null;
                break;
            case AssignmentRejected e:
                Ask(row, e.Seat, null, null);
                break;
            case AccessGiven e:
                if (await views.FindAsync<DocketNamed>([id, e.Person], cancel) is null) views.Add(new DocketNamed(id, e.Person));
                break;
            case AccessEnded e:
                if (await views.FindAsync<DocketNamed>([id, e.Person], cancel) is { } ended) views.Remove(ended);
                break;
            case SeatVacated e:
                Ask(row, e.Seat, null, null);
                if (e.Seat == Seat.Handler) row.Handler = null;
                else row.Prosecutor = null;
                break;
            case ConflictDeclared:
                if (await views.FindAsync<DocketWall>([id, recorded.Actor.Value], cancel) is null)
                    views.Add(new DocketWall { Case = id, Person = recorded.Actor.Value });
                break;
            case WallLiftProposed e:
                if (await views.FindAsync<DocketWall>([id, e.Person], cancel) is { } asking) Ask(row, asking, recorded.Actor.Value);
                break;
            case WallKept e:
                if (await views.FindAsync<DocketWall>([id, e.Person], cancel) is { } kept) Ask(row, kept, null);
                break;
            case WallLifted e:
                if (await views.FindAsync<DocketWall>([id, e.Person], cancel) is { } lifted)
                {
                    Ask(row, lifted, null);
                    views.Remove(lifted);
                }

                break;
            case GlassBroken e:
                row.ToJudge++;
                views.Add(new DocketGlass { Id = e.Glass, Case = id, Person = recorded.Actor.Value, At = recorded.When, Until = e.Until });
                break;
            case GlassReviewed e:
                if (await views.FindAsync<DocketGlass>([e.Glass], cancel) is { Justified: null } glass)
                {
                    row.ToJudge--;
                    glass.Justified = e.Justified;
                }


                break;
            case PartyAdded { Party: var party }:
                row.Parties++;
                if (party.Person is not null) row.StaffNamed = recorded.When;
                if (party is { Role: PartyRole.Subject, Person: { } named } && await views.FindAsync<DocketParty>([id, named], cancel) is null)
                    views.Add(new DocketParty(id, named));
                await HoldAsync(views, row, party.Name, cancel);
                break;
            case PartyEnded:
                row.Parties--;
                break;
            case PartyBarLifted e:
                row.LetBack = recorded.When;
                if (await views.FindAsync<DocketParty>([id, e.Person], cancel) is { } barred) views.Remove(barred);
                break;
            case JudgeAssigned e:
                if (row.Judge is { } was && was != e.Person) row.JudgeReplaced = recorded.When;
                row.Judge = e.Person;
                break;
            case ExhibitsOrdered { By: OrderedBy.Prosecution }:
                row.OrdersAsked++;
                break;
            case ExhibitsOrdered:
                row.Ordered = recorded.When;
                if (row.Judge != recorded.Actor.Value) row.OrderedForJudge = recorded.When;
                break;
            case ExhibitsOrderConfirmed:
                row.OrderConfirmed = recorded.When;
                break;
            case JudgmentGiven when row.SetAside > 0:
                row.SetAside--;
                break;
            case JudgmentGiven:
                row.Found++;
                break;
            case AppealDecided { Outcome: AppealOutcome.Allowed }:
                (row.TriedAnew, row.SetAside) = (true, row.Found);
                break;
            case ExhibitsOrderSigned e:
                row.OrdersAsked--;
                if (e.Agrees) row.OrderSigned = recorded.When;
                break;
            case ExhibitsOrderLiftingAsked e:
                row.LiftAsked = e.Order;
                break;
            case ExhibitsOrderLifted e when row.LiftAsked == e.Order:
                row.LiftAsked = null;
                break;
            case HearingScheduled e:
                views.Add(new DocketHearing { Id = e.Hearing, Case = id, At = e.At });
                break;
            case HearingHeld e:
                await EndAsync(views, e.Hearing, cancel);
                break;
            case HearingAdjourned e:
                await EndAsync(views, e.Hearing, cancel);
                break;
            case StepRecorded:
                row.Steps++;
                break;
            case StageEntered e:
                (row.Stage, row.StageSince) = (e.Stage, recorded.When);
                break;
            case CaseDecided:
                row.Decisions++;
                break;
            case ClosingProposed e:
                (row.ClosingAskedBy, row.ClosingAsked) = (recorded.Actor.Value, e.Outcome);
                break;
            case ClosingReturned:
                (row.ClosingAskedBy, row.ClosingAsked) = (null, null);
                break;
            case CaseClosed e:
                (row.ClosingAskedBy, row.ClosingAsked) = (null, null);
                (row.Outcome, row.Stage, row.StageSince) = (e.Outcome, Stage.Closed, recorded.When);
                break;
        }

        row.Waits = row.ToJudge > 0 || row.SeatVacant || row.HandlerAskedBy is not null || row.ProsecutorAskedBy is not null || row.ClosingAskedBy is not null
            || row.OrdersAsked > 0 || row.LiftAsked is not null;
    }

    // What this batch has added to it and not saved yet goes too.
    static async ValueTask RemoveAsync(DbContext views, Guid id, CancellationToken cancel)
    {
        await views.SaveChangesAsync(cancel);
        views.ChangeTracker.Clear();
        await views.Set<DocketParty>().Where(p => p.Case == id).ExecuteDeleteAsync(cancel);
        await views.Set<DocketNamed>().Where(p => p.Case == id).ExecuteDeleteAsync(cancel);
        await views.Set<DocketSeated>().Where(p => p.Case == id).ExecuteDeleteAsync(cancel);
        await views.Set<DocketWall>().Where(p => p.Case == id).ExecuteDeleteAsync(cancel);
        await views.Set<DocketGlass>().Where(p => p.Case == id).ExecuteDeleteAsync(cancel);
        await views.Set<DocketWord>().Where(p => p.Case == id).ExecuteDeleteAsync(cancel);
        await views.Set<DocketHearing>().Where(p => p.Case == id).ExecuteDeleteAsync(cancel);
        await views.Set<DocketCase>().Where(c => c.Id == id).ExecuteDeleteAsync(cancel);
    }

    static async ValueTask EndAsync(DbContext views, Guid hearing, CancellationToken cancel)
    {
        if (await views.FindAsync<DocketHearing>([hearing], cancel) is { } ended) ended.Open = false;
    }

    async ValueTask HoldAsync(DbContext views, DocketCase row, string text, CancellationToken cancel)
    {
        foreach (var mark in words.MarksOf(text))
        {
            if (await views.FindAsync<DocketWord>([row.Id, mark], cancel) is null) views.Add(new DocketWord(row.Id, mark, row.Opened));
        }
    }

    static async ValueTask SitAsync(DbContext views, DocketCase row, Seat seat, Guid person, CancellationToken cancel)
    {
        if (seat == Seat.Handler) row.Handler = person;
        else row.Prosecutor = person;
        row.SeatVacant = false;
        if (await views.FindAsync<DocketSeated>([row.Id, person], cancel) is null) views.Add(new DocketSeated(row.Id, person));
    }

    static void Ask(DocketCase row, DocketWall wall, Guid? by)
    {
        row.ToJudge += (by is null ? 0 : 1) - (wall.LiftAskedBy is null ? 0 : 1);
        wall.LiftAskedBy = by;
    }

    static void Ask(DocketCase row, Seat seat, Guid? by, Guid? person)
    {
        if (seat == Seat.Handler) (row.HandlerAskedBy, row.HandlerAsked) = (by, person);
        else (row.ProsecutorAskedBy, row.ProsecutorAsked) = (by, person);
    }
}
