using Microsoft.EntityFrameworkCore;
using Probity.Risk.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Risk.ViewingRisks;

/// <summary>One assessment of the list. It never holds a score that an assessor gave: only how many scenarios they have scored.</summary>
internal sealed class AssessmentRow
{
    public Guid Id { get; init; }
    public required string Number { get; init; }
    public Guid Unit { get; init; }
    public AssessmentStage Stage { get; set; }
    public int Scenarios { get; set; }
    public Guid BegunBy { get; init; }
    public Guid? ConsolidatedBy { get; set; }
    public Guid? ChallengedBy { get; set; }
    public DateTimeOffset LastActivity { get; set; }
    public DateTimeOffset? ReviewDue { get; set; }
}

/// <summary>An assessor of an assessment, and whether they are one still.</summary>
internal sealed class AssessorRow
{
    public Guid Assessment { get; init; }
    public Guid Person { get; init; }
    public bool Named { get; set; }

    /// <summary>The keys of the scenarios that they have scored.</summary>
    public string Scored { get; set; } = "";
    public int ScoredCount { get; set; }
}

/// <summary>One risk with what its level follows from: ids, dates, codes and figures, nothing that people wrote.</summary>
internal sealed class RiskRow
{
    public Guid Assessment { get; init; }
    public required string Scenario { get; init; }
    public Guid Unit { get; init; }
    public bool IsInForce { get; set; }
    public DateTimeOffset RatedAt { get; set; }
    public int InherentLikelihood { get; set; }
    public int InherentImpact { get; set; }
    public int CurrentLikelihood { get; set; }
    public int CurrentImpact { get; set; }
    public int CurrentScore { get; set; }
    public int? LoweredLikelihood { get; set; }
    public int? LoweredImpact { get; set; }
    public int? LoweredScore { get; set; }

    /// <summary>The control that it was lowered for, and until when its passed test holds.</summary>
    public Guid? LoweredFor { get; set; }
    public DateTimeOffset? PassedUntil { get; set; }

    /// <summary>When the first treatment that nobody has verified is due.</summary>
    public DateTimeOffset? OpenDue { get; set; }
    public Guid? Owner { get; set; }
    public Guid? LoweringAskedBy { get; set; }
    public AcceptanceStage? Acceptance { get; set; }
    public Guid? AcceptanceAskedBy { get; set; }
    public DateTimeOffset? AcceptedUntil { get; set; }

    /// <summary>The largest score that is accepted, or asked to be.</summary>
    public int AcceptedUpTo { get; set; }

    /// <summary>Whether an acceptance holds for what the risk is at a moment.</summary>
    public bool IsAccepted(Rating rating, DateTimeOffset now) => Acceptance == AcceptanceStage.Accepted && AcceptedUntil >= now && RiskMatrix.ScoreOf(rating) <= AcceptedUpTo;

    /// <summary>The risk that remains at a moment, without what facts of the record make of it.</summary>
    public Rating RemainingAt(DateTimeOffset now) => Residual.ScoreOf(CurrentScore, LoweredScore, PassedUntil, OpenDue, now) is var score && LoweredScore is not null && score != CurrentScore
        ? new(LoweredLikelihood!.Value, LoweredImpact!.Value) : new(CurrentLikelihood, CurrentImpact);
}

/// <summary>A post in which the step of a scenario is done, and when it was named first.</summary>
internal sealed class NamedPostRow
{
    public Guid Assessment { get; init; }
    public required string Scenario { get; init; }
    public Guid Post { get; init; }
    public DateTimeOffset NamedAt { get; init; }

    /// <summary>Whether it is one still.</summary>
    public bool Named { get; set; }
}

/// <summary>A control or a treatment: who answers for it and what is due.</summary>
internal sealed class RiskDuty
{
    public Guid Id { get; init; }
    public Guid Assessment { get; init; }
    public required string Scenario { get; init; }
    public bool IsControl { get; init; }
    public Guid Owner { get; init; }
    public DateTimeOffset Due { get; set; }
    public bool Passed { get; set; }
    public bool Done { get; set; }
    public bool Verified { get; set; }
}

/// <summary>Keeps the lists of assessments, assessors, risks and what is due about them.</summary>
internal sealed class RisksView : IView
{
    public const string ViewName = "risks";

    public string Name => ViewName;

    public int Version => 5;

    public async Task ClearAsync(DbContext views, CancellationToken cancel)
    {
        await views.Set<AssessmentRow>().ExecuteDeleteAsync(cancel);
        await views.Set<AssessorRow>().ExecuteDeleteAsync(cancel);
        await views.Set<RiskRow>().ExecuteDeleteAsync(cancel);
        await views.Set<RiskDuty>().ExecuteDeleteAsync(cancel);
        await views.Set<NamedPostRow>().ExecuteDeleteAsync(cancel);
    }

    public async ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel)
    {
        if (!recorded.Type.StartsWith("risk.", StringComparison.Ordinal) || recorded.Event is null) return;
        if (recorded.Event is AssessmentBegun e)
        {
            views.Add(new AssessmentRow
            {
                Id = recorded.Stream.Value, Number = e.Number, Unit = e.Unit, Scenarios = e.Scenarios.Count, BegunBy = recorded.Actor.Value, LastActivity = recorded.When,
            });
            return;
        }

        if (await views.FindAsync<AssessmentRow>([recorded.Stream.Value], cancel) is not { } row) return;
        row.LastActivity = recorded.When;
        await TakeAsync(views, row, recorded, cancel);
        await TakeRiskAsync(views, row, recorded, cancel);
    }

    static async ValueTask TakeAsync(DbContext views, AssessmentRow row, Recorded recorded, CancellationToken cancel)
    {
        switch (recorded.Event)
        {
            case ScenarioAdded:
                row.Scenarios++;
                break;
            case ScenarioLeftOut:
                row.Scenarios--;
                break;
            case AssessorsNamed e:
                row.Stage = AssessmentStage.Scoring;
                await NameAsync(views, row.Id, e.Assessors, cancel);
                await OpenIfAllInAsync(views, row, cancel);
                break;
            case ScenarioScored e when await views.FindAsync<AssessorRow>([row.Id, recorded.Actor.Value], cancel) is { } assessor:
                if (!assessor.Scored.Split(' ').Contains(e.Scenario)) (assessor.Scored, assessor.ScoredCount) = ($"{assessor.Scored} {e.Scenario}".Trim(), assessor.ScoredCount + 1);
                await OpenIfAllInAsync(views, row, cancel);
                break;
            case RatingsConsolidated e:
                (row.Stage, row.ConsolidatedBy) = (AssessmentStage.Consolidated, recorded.Actor.Value);
                foreach (var rating in e.Ratings) await RateAsync(views, row, rating, recorded.When, cancel);
                break;
            case RatingsAgreed:
                (row.Stage, row.ChallengedBy) = (AssessmentStage.Challenged, recorded.Actor.Value);
                break;
            case RatingsQuestioned:
                (row.Stage, row.ChallengedBy) = (AssessmentStage.Opened, recorded.Actor.Value);
                break;
            case AssessmentReturned:
                row.Stage = AssessmentStage.Opened;
                break;
            case AssessmentApproved e:
                (row.Stage, row.ReviewDue) = (AssessmentStage.Active, e.ReviewDue);
                foreach (var risk in await OfAsync<RiskRow>(views, r => r.Assessment == row.Id, cancel)) risk.IsInForce = true;
                break;
            case AssessmentReplaced:
                (row.Stage, row.ReviewDue) = (AssessmentStage.Replaced, null);
                foreach (var risk in await OfAsync<RiskRow>(views, r => r.Assessment == row.Id, cancel)) risk.IsInForce = false;
                break;
        }
    }

    static async ValueTask TakeRiskAsync(DbContext views, AssessmentRow assessment, Recorded recorded, CancellationToken cancel)
    {
        switch (recorded.Event)
        {
            case RiskOwnerNamed e:
                await ChangeAsync(e.Scenario, r => r.Owner = e.Owner);
                break;
            case PostsNamed e:
                await NamePostsAsync(views, assessment.Id, e, recorded.When, cancel);
                break;
            case ControlAdded e:
                views.Add(new RiskDuty { Id = e.Control, Assessment = assessment.Id, Scenario = e.Scenario, IsControl = true, Owner = e.Owner, Due = e.NextTest });
                break;
            case ControlTested e when await views.FindAsync<RiskDuty>([e.Control], cancel) is { } control:
                (control.Due, control.Passed) = (e.NextTest, e.Passed);
                await ChangeAsync(control.Scenario, r => r.PassedUntil = r.LoweredFor != e.Control ? r.PassedUntil : e.Passed ? e.NextTest : null);
                break;
            case LoweringAsked e:
                await ChangeAsync(e.Scenario, r => r.LoweringAskedBy = recorded.Actor.Value);
                break;
            case LoweringRefused e:
                await ChangeAsync(e.Scenario, r => r.LoweringAskedBy = null);
                break;
            case ResidualSet e when await views.FindAsync<RiskDuty>([e.Control], cancel) is { } control:
                await ChangeAsync(e.Scenario, r =>
                {
                    (r.LoweredLikelihood, r.LoweredImpact, r.LoweredScore) = (e.Rating.Likelihood, e.Rating.Impact, RiskMatrix.ScoreOf(e.Rating));
                    (r.LoweredFor, r.PassedUntil, r.LoweringAskedBy) = (e.Control, control.Passed ? control.Due : null, null);
                });
                break;
            case TreatmentPlanned e:
                views.Add(new RiskDuty { Id = e.Treatment, Assessment = assessment.Id, Scenario = e.Scenario, Owner = e.Owner, Due = e.Due });
                await ChangeAsync(e.Scenario, r => r.OpenDue = r.OpenDue < e.Due ? r.OpenDue : e.Due);
                break;
            case TreatmentDone e when await views.FindAsync<RiskDuty>([e.Treatment], cancel) is { } duty:
                duty.Done = true;
                break;
            case TreatmentReopened e when await views.FindAsync<RiskDuty>([e.Treatment], cancel) is { } duty:
                duty.Done = false;
                break;
            case TreatmentVerified e when await views.FindAsync<RiskDuty>([e.Treatment], cancel) is { } duty:
                duty.Verified = true;
                var open = (await OfAsync<RiskDuty>(views, d => d.Assessment == duty.Assessment && d.Scenario == duty.Scenario && !d.IsControl, cancel)).Where(d => !d.Verified).ToList();
                await ChangeAsync(duty.Scenario, r => r.OpenDue = open.Count == 0 ? null : open.Min(d => d.Due));
                break;
            case AcceptanceAsked e:
                await ChangeAsync(e.Scenario, r => (r.Acceptance, r.AcceptanceAskedBy, r.AcceptedUntil, r.AcceptedUpTo) =
                    (AcceptanceStage.Asked, recorded.Actor.Value, e.Until, e.UpTo ?? RiskMatrix.BoundsOf(RiskMatrix.LevelOf(r.CurrentScore)).Most));
                break;
            case AcceptanceGiven e:
                await ChangeAsync(e.Scenario, r => r.Acceptance = AcceptanceStage.Accepted);
                break;
            case AcceptanceRefused e:
                await ChangeAsync(e.Scenario, r => r.Acceptance = AcceptanceStage.Refused);
                break;
            case AcceptanceRevoked e:
                await ChangeAsync(e.Scenario, r => r.Acceptance = AcceptanceStage.Revoked);
                break;
        }

        async ValueTask ChangeAsync(string scenario, Action<RiskRow> change)
        {
            if (await views.FindAsync<RiskRow>([assessment.Id, scenario], cancel) is { } risk) change(risk);
        }
    }

    static async ValueTask NameAsync(DbContext views, Guid assessment, IReadOnlyList<Guid> named, CancellationToken cancel)
    {
        var known = await OfAsync<AssessorRow>(views, a => a.Assessment == assessment, cancel);
        foreach (var assessor in known) assessor.Named = named.Contains(assessor.Person);
        foreach (var person in named.Where(p => known.All(k => k.Person != p))) views.Add(new AssessorRow { Assessment = assessment, Person = person, Named = true });
    }

    static async ValueTask NamePostsAsync(DbContext views, Guid assessment, PostsNamed e, DateTimeOffset at, CancellationToken cancel)
    {
        var known = await OfAsync<NamedPostRow>(views, p => p.Assessment == assessment && p.Scenario == e.Scenario, cancel);
        // The first time counts, though it was taken off meanwhile: else whoever names it anew would have the time anew.
        foreach (var post in known) post.Named = e.Posts.Contains(post.Post);
        foreach (var post in e.Posts.Where(p => known.All(k => k.Post != p))) views.Add(new NamedPostRow { Assessment = assessment, Scenario = e.Scenario, Post = post, NamedAt = at, Named = true });
    }

    static async ValueTask OpenIfAllInAsync(DbContext views, AssessmentRow row, CancellationToken cancel)
    {
        if (row.Stage == AssessmentStage.Scoring && (await OfAsync<AssessorRow>(views, a => a.Assessment == row.Id, cancel)).Where(a => a.Named).All(a => a.ScoredCount >= row.Scenarios))
            row.Stage = AssessmentStage.Opened;
    }

    static async ValueTask RateAsync(DbContext views, AssessmentRow row, ConsolidatedRating rating, DateTimeOffset at, CancellationToken cancel)
    {
        if (await views.FindAsync<RiskRow>([row.Id, rating.Scenario], cancel) is not { } risk) views.Add(risk = new RiskRow { Assessment = row.Id, Scenario = rating.Scenario, Unit = row.Unit });
        risk.RatedAt = at;
        (risk.InherentLikelihood, risk.InherentImpact) = (rating.Inherent.Likelihood, rating.Inherent.Impact);
        (risk.CurrentLikelihood, risk.CurrentImpact, risk.CurrentScore) = (rating.Current.Likelihood, rating.Current.Impact, RiskMatrix.ScoreOf(rating.Current));
    }

    // Rows that this run has added are not in the database yet.
    static async ValueTask<List<T>> OfAsync<T>(DbContext views, System.Linq.Expressions.Expression<Func<T, bool>> which, CancellationToken cancel) where T : class
    {
        var rows = await views.Set<T>().Where(which).ToListAsync(cancel);
        rows.AddRange(views.Set<T>().Local.Where(which.Compile()).Where(r => !rows.Contains(r)));
        return rows;
    }
}
