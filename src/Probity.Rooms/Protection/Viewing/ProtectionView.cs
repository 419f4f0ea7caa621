using Microsoft.EntityFrameworkCore;
using Probity.Protection.Contract;
using Probity.Protection.Plans;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Protection.Viewing;

/// <summary>Keeps the lists of approaches and of protection plans.</summary>
internal sealed class ProtectionView : IView
{
    public const string ViewName = "protection";

    public string Name => ViewName;

    public int Version => 2;

    public async Task ClearAsync(DbContext views, CancellationToken cancel)
    {
        await views.Set<ApproachRow>().ExecuteDeleteAsync(cancel);
        await views.Set<ApproachNamedRow>().ExecuteDeleteAsync(cancel);
        await views.Set<PlanRow>().ExecuteDeleteAsync(cancel);
        await views.Set<PlanMeasureRow>().ExecuteDeleteAsync(cancel);
    }

    public async ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        var id = recorded.Stream.Value;
        switch (recorded.Event)
        {
            case ApproachRecorded e:
                views.Add(new ApproachRow
                {
                    Approach = id, Reporter = recorded.Actor.Value, Unit = e.Unit, Kind = e.Kind, Place = e.Place, Wish = e.Wish, Month = e.Happened.UtcDateTime.Year * 100 + e.Happened.UtcDateTime.Month,
                    Year = recorded.When.UtcDateTime.Year, Recorded = recorded.When, ReadBy = e.ReadBy,
                });
                foreach (var named in e.People.Concat(e.Units).Distinct()) views.Add(new ApproachNamedRow { Approach = id, Named = named });
                break;
            case AlertRaised when await views.FindAsync<ApproachRow>([id], cancel) is { } row: (row.Alerting, row.ToAct) = (true, false); break;
            case AlertAcknowledged when await views.FindAsync<ApproachRow>([id], cancel) is { } row: row.Alerting = false; break;
            case AlertToAct when await views.FindAsync<ApproachRow>([id], cancel) is { } row: row.ToAct = true; break;
            case AlertActed when await views.FindAsync<ApproachRow>([id], cancel) is { } row: row.ToAct = false; break;
            case NotingAsked when await views.FindAsync<ApproachRow>([id], cancel) is { } row: row.Noting = true; break;
            case NotingReturned when await views.FindAsync<ApproachRow>([id], cancel) is { } row: row.Noting = false; break;
            case ApproachRead when await views.FindAsync<ApproachRow>([id], cancel) is { } row: row.Read = true; break;
            case ApproachHandled when await views.FindAsync<ApproachRow>([id], cancel) is { } row: (row.Handled, row.Noting) = (true, false); break;
            case PlanOpened e:
                views.Add(new PlanRow { Plan = id, Approach = e.Approach, Person = e.Person, Owner = e.Owner, OwnerIsNew = true, Level = e.Level, Stage = PlanStage.Opened, ReviewDue = e.ReviewDue });
                break;
            case MeasurePlanned e: views.Add(new PlanMeasureRow { Plan = id, Measure = e.Measure, Owner = e.Owner, Due = e.Due }); break;
            case MeasureDone e when await views.FindAsync<PlanMeasureRow>([id, e.Measure], cancel) is { } measure: measure.Done = true; break;
            case PersonErased e: await ForgetAsync(views, e.Person, cancel); break;
            case IEvent e when await views.FindAsync<PlanRow>([id], cancel) is { } plan: Move(plan, e); break;
        }
    }

    static void Move(PlanRow plan, IEvent happened)
    {
        switch (happened)
        {
            case PlanActivated: plan.Stage = PlanStage.Active; break;
            case PlanClosingReturned: (plan.Stage, plan.Contested) = (PlanStage.Active, false); break;
            case PlanReviewed e: (plan.Level, plan.ReviewDue) = (e.Level, e.ReviewDue); break;
            case PlanGivingAsked: plan.Giving = true; break;
            case PlanGivingReturned: plan.Giving = false; break;
            case PlanGiven e: (plan.Owner, plan.OwnerIsNew, plan.Giving) = (e.Owner, true, false); break;
            case PlanOwnerAnswered e: (plan.Owner, plan.OwnerIsNew) = (e.Agrees ? plan.Owner : Guid.Empty, false); break;
            case PlanClosingAsked: (plan.Stage, plan.Contested) = (PlanStage.Closing, false); break;
            case PlanClosingHeard e: plan.Contested = !e.Agrees; break;
            case PlanClosed: plan.Stage = PlanStage.Closed; break;
        }
    }

    // What whoever was erased recorded, and the plan that protected them.
    static async Task ForgetAsync(DbContext views, Guid person, CancellationToken cancel)
    {
        await views.Set<ApproachRow>().Where(a => a.Reporter == person).LoadAsync(cancel);
        await views.Set<PlanRow>().Where(p => p.Person == person).LoadAsync(cancel);
        var approaches = views.Set<ApproachRow>().Local.Where(a => a.Reporter == person).ToList();
        var plans = views.Set<PlanRow>().Local.Where(p => p.Person == person).ToList();
        var (ofApproach, ofPlan) = (approaches.Select(a => a.Approach).ToHashSet(), plans.Select(p => p.Plan).ToHashSet());
        await views.Set<ApproachNamedRow>().Where(n => ofApproach.Contains(n.Approach)).LoadAsync(cancel);
        await views.Set<PlanMeasureRow>().Where(m => ofPlan.Contains(m.Plan)).LoadAsync(cancel);
        views.RemoveRange(views.Set<ApproachNamedRow>().Local.Where(n => ofApproach.Contains(n.Approach)).ToList());
        views.RemoveRange(views.Set<PlanMeasureRow>().Local.Where(m => ofPlan.Contains(m.Plan)).ToList());
        views.RemoveRange(approaches);
        views.RemoveRange(plans);
    }
}
